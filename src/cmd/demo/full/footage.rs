//! What cameras and analysis leave behind of a session: footage, outages, observations, judgement, clips. Everything is kept
//! and judged by what the jobs use; only the pictures are not taken but made up.

use std::path::PathBuf;

use anyhow::{Context, Result};
use duxue_rules::{
    camera::OutageCause,
    evidence,
    ids::{ObservationId, OutageId},
    observation::{Area, Likeness, Observation, PictureMeasures, SeenFace},
    roster::Sex,
    span::Span,
};
use duxue_storage::{outage::Outage, segment::Segment, session::Session};
use jiff::{SignedDuration, Timestamp};
use serde_json::json;

use super::{
    Class, Student, World,
    calendar::Part,
    opening::STUDENTS,
    people::SUPERVISOR,
    truth::{self, State, Trouble},
};
use crate::{
    ids::new_id,
    jobs::{cut_clips, judge_sessions, request_clips, sample_sessions::spooled},
};

/// Footage is kept so long; older rows say that it was let go.
const KEPT: SignedDuration = SignedDuration::from_hours(24 * 6);
/// No segment is longer.
const SEGMENT: SignedDuration = SignedDuration::from_hours(1);
/// The drawn video that every clip shows: 65 seconds of a classroom.
const FILM: &[u8] = include_bytes!("classroom.mp4");

impl World {
    /// What is left of the morning's or the afternoon's session once it is over.
    pub(super) async fn record(&self, class: &Class, day: usize, morning: bool) -> Result<()> {
        let trouble = truth::trouble(class.part, day);
        let noon = self.at(12, 15);
        let sessions = self.parts.store.read().await?.sessions_of_class_on(class.id, self.date()).await?;
        for session in sessions.iter().filter(|session| (session.span.start() < noon) == morning) {
            if trouble == Some(Trouble::Down) {
                self.note_outage(class, session).await?;
            } else {
                self.keep_segments(&self.segments(class, session.span)).await?;
                let seen = self.observations(class, day, session, trouble.filter(|_| morning));
                let wanted = truth::is_telling(class.part, day) || trouble.is_some();
                let states = truth::states(self.fate, class.part, day);
                let picture = wanted.then(|| self.pictures.of(class.part, &states));
                self.keep_observations(session, &seen, picture).await?;
            }
            judge_sessions::judge_once(&self.parts, session, &self.model, self.clock.now()).await?;
        }
        Ok(())
    }

    fn segments(&self, class: &Class, span: Span) -> Vec<Segment> {
        let starts = std::iter::successors(Some(span.start()), |start| Some(*start + SEGMENT));
        let pieces = starts.take_while(|start| *start < span.end());
        pieces
            .filter_map(|start| Span::new(start, (start + SEGMENT).min(span.end())).ok())
            .map(|piece| self.segment(self.room(class).camera, piece))
            .collect()
    }

    async fn note_outage(&self, class: &Class, session: &Session) -> Result<()> {
        let outage = Outage {
            id: new_id::<OutageId>(session.span.start()),
            camera: self.room(class).camera,
            starts_at: session.span.start(),
            ends_at: Some(session.span.end()),
            cause: OutageCause::Unreachable,
            detail: None,
        };
        let mut tx = self.parts.store.begin().await?;
        tx.add_outage(&outage).await?;
        Ok(tx.commit().await?)
    }

    fn observations(&self, class: &Class, day: usize, session: &Session, trouble: Option<Trouble>) -> Vec<Observation> {
        let length = session.span.duration();
        let every = self.sampled_every(class, day).as_secs().unsigned_abs().max(1);
        let samples = i32::try_from(length.as_secs().unsigned_abs().div_ceil(every)).unwrap_or(1);
        let camera = self.room(class).camera;
        let usual = PictureMeasures { brightness: 118.0, sharpness: 240.0, change: Some(2.5) };
        let mut seen: Vec<Observation> = (0..samples)
            .map(|n| {
                let at = session.span.start() + length * (2 * n + 1) / (2 * samples);
                Observation {
                    id: new_id::<ObservationId>(at),
                    session: session.id,
                    camera,
                    at,
                    faces: self.faces(class, day, at),
                    look: None,
                    faceless: vec![],
                    picture: usual,
                }
            })
            .collect();
        if let Some(trouble) = trouble {
            // Half a minute of it, sampled every four seconds.
            let from = session.span.start() + SignedDuration::from_mins(70);
            seen.extend((0..9).map(|n| {
                let at = from + SignedDuration::from_secs(4 * n);
                let faces = if trouble == Trouble::Frozen { self.faces(class, day, from) } else { Vec::new() };
                Observation {
                    id: new_id(at),
                    session: session.id,
                    camera,
                    at,
                    faces,
                    look: None,
                    faceless: vec![],
                    picture: trouble.picture(),
                }
            }));
        }
        seen
    }

    /// As densely as it takes to tell when teaching begins and ends, where somebody will look for that: in the days of which
    /// there is still footage, and on days on which fraud shows. Of the others, what it takes to count.
    fn sampled_every(&self, class: &Class, day: usize) -> SignedDuration {
        let recent = self.today.duration_since(self.date()) <= KEPT;
        if recent || truth::is_telling(class.part, day) {
            SignedDuration::from_mins(2)
        } else {
            SignedDuration::from_mins(20)
        }
    }

    /// Everybody in the room who looks up just then.
    fn faces(&self, class: &Class, day: usize, at: Timestamp) -> Vec<SeenFace> {
        let key = class.part.index() as u64;
        let moment = at.as_second().unsigned_abs();
        (0..)
            .zip(&class.students)
            .filter_map(|(seat, student)| {
                let state = truth::state(self.fate, class.part, day, seat);
                let there = matches!(state, State::There | State::Replaced);
                let looks_up = !self.fate.once_in(14, &[70, key, moment, seat]);
                (there && looks_up).then(|| self.face(student, seat, state, moment))
            })
            .collect()
    }

    fn face(&self, student: &Student, seat: u64, state: State, moment: u64) -> SeenFace {
        let about = |what| [71, what, moment, seat];
        let chair = u32::try_from(seat).unwrap_or_default();
        let [x, y, width, height] = duxue_simulator::face_at(STUDENTS as u32, chair).unwrap_or_default();
        let similarity = match state {
            State::Replaced => 0.52 + 0.08 * self.fate.share(&about(0)),
            _ => 0.88 + 0.1 * self.fate.share(&about(0)),
        };
        let man = (student.person.sex == Sex::Male) != (state == State::Replaced);
        SeenFace {
            area: Area { x, y, width, height },
            score: 0.85 + 0.1 * self.fate.share(&about(1)),
            // About 42 of 100 parts of a face's width, in full HD.
            eye_distance_px: 1920.0 * width * (0.41 + 0.02 * self.fate.share(&about(2))),
            likeness: Some(Likeness { student: student.id, similarity, runner_up: Some(0.45) }),
            male_probability: Some(if man { 0.96 } else { 0.04 }),
        }
    }

    /// As the sampler does it; the pictures wait for the judge where somebody may want to see them.
    async fn keep_observations(&self, session: &Session, seen: &[Observation], picture: Option<&[u8]>) -> Result<()> {
        for observation in seen {
            let dark = observation.picture.brightness < 10.0;
            let Some(picture) = picture.map(|room| if dark { &self.pictures.dark } else { room }) else { break };
            let path = spooled(&self.parts.config.spool_dir(), session.id, observation.id);
            if let Some(folder) = path.parent() {
                tokio::fs::create_dir_all(folder).await?;
            }
            tokio::fs::write(&path, picture).await?;
        }
        let mut tx = self.parts.store.begin().await?;
        for observation in seen {
            tx.add_observation(observation).await?;
        }
        Ok(tx.commit().await?)
    }

    /// R9.1, R9.2: what the plan wants of today is asked for, cut and sealed; what cannot be had fails with its reason.
    pub(super) async fn keep_evidence(&self, class: &Class) -> Result<()> {
        request_clips::request_for(&self.parts, class.id, self.clock.now()).await?;
        let waiting = self.parts.store.read().await?.requested_clips().await?;
        for asked in waiting.iter().filter(|clip| clip.class.id == class.id) {
            let in_force = self.parts.in_force.now().policy;
            let policy = &in_force.policy;
            let mut tx = self.parts.store.read().await?;
            let (recorded, _) = tx.coverage_in(asked.camera.id, asked.wanted).await?;
            match evidence::clip_span(&recorded, asked.wanted, policy) {
                Ok(span) => {
                    let segments = tx.segments_in(asked.camera.id, span).await?;
                    drop(tx);
                    let sources: Vec<&Segment> = segments.iter().collect();
                    cut_clips::seal(&self.parts, asked, span, &[], &sources, policy, &self.film).await?;
                }
                Err(refusal) => {
                    drop(tx);
                    cut_clips::fail(&self.parts, asked, &refusal.text()).await?;
                }
            }
        }
        Ok(())
    }

    /// A supervisor asks for a clip of a lesson that the camera does not show, and will hear why there is none.
    pub(super) async fn ask_for_clip(&self, class: &Class, day: usize) -> Result<()> {
        if (class.part, day) != (Part::Risk, 4) {
            return Ok(());
        }
        let sessions = self.parts.store.read().await?.sessions_of_class_on(class.id, self.date()).await?;
        let session = sessions.first().context("there is no lesson")?.id;
        let body = json!({ "session_id": session, "camera_id": self.room(class).camera });
        self.api.post(SUPERVISOR, "/clips", &body).await?;
        Ok(())
    }

    /// What institutions hand in themselves: a lesson of a day on which the camera was down, and something that is no video.
    pub(super) async fn hand_in(&self, class: &Class, day: usize) -> Result<()> {
        let (name, file): (_, &[u8]) = match (class.part, day) {
            (Part::Risk, 13) => ("补录.mp4", FILM),
            (Part::Fraud, 16) => ("上课录像.mp4", b"this is no video"),
            _ => return Ok(()),
        };
        let before = class.training[day - 1];
        let sessions = self.parts.store.read().await?.sessions_of_class_on(class.id, before).await?;
        let session = sessions.first().context("there was no lesson")?.id.to_string();
        let claim = [("filename", name), ("class_id", &*class.id.to_string()), ("session_id", &*session)];
        self.api.upload(class.who, &claim, file).await
    }

    /// As the pruner does it, but that these files were never there.
    pub(super) async fn let_footage_go(&self, before: Timestamp) -> Result<()> {
        let kept = self.parts.store.read().await?.kept_segments(None, 5_000).await?;
        let mut tx = self.parts.store.begin().await?;
        for segment in kept.iter().filter(|segment| segment.span.end() < before) {
            tx.prune_segment(segment.id, self.clock.now()).await?;
        }
        Ok(tx.commit().await?)
    }

    /// Lets go what is old.
    pub(super) async fn let_old_footage_go(&self) -> Result<()> {
        self.let_footage_go(self.clock.now() - KEPT).await
    }
}

/// The film as a file that clips are made of.
pub async fn film(folder: PathBuf) -> Result<PathBuf> {
    tokio::fs::create_dir_all(&folder).await?;
    let path = folder.join("drawn.mp4");
    tokio::fs::write(&path, FILM).await.with_context(|| format!("{} cannot be written", path.display()))?;
    Ok(path)
}
