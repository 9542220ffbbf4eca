//! The drawn class: who sits where, who is enrolled, and what the rules say of a session from what was seen.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, bail};
use duxue_analytics::{Analyser, Embedding, Gallery, Observed, decode};
use duxue_rules::{
    attendance::{FaceAnswer, face_answer},
    crosscheck::{Presence, RosterStudent, SessionFacts, SessionSummary, Sex, summarise},
    ids::{CameraId, SessionId, StudentId},
    observation::{Observation, PictureMeasures},
    policy::Policy,
    span::Span,
};
use duxue_simulator::{
    CAST, CameraConfig, Identity, Script, Sex as DrawnSex, Simulator, SimulatorConfig, TOLD_APART_FROM, cast, portrait,
};
use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;

const SEED: u64 = 1;
/// Whose chair changes hands, who comes late, who leaves early.
const REPLACED: u32 = 5;
const LATE: u32 = 7;
const LEAVES: u32 = 3;
/// A class must be larger than these seats.
pub const LEAST_PEOPLE: u32 = 10;

/// Those who are enrolled: first those who are there, then as many as there are portraits left.
pub struct Class {
    people: u32,
    seconds: u32,
    enrolled: Vec<Identity>,
    gallery: Gallery,
    policy: Policy,
}

/// What became of a session.
pub struct Verdict {
    pub summary: SessionSummary,
    /// Students who were there and are said to have been seen.
    pub seen: usize,
    /// Students who were not there and are said to have been.
    pub seen_absent: usize,
    /// Students who were there and are missed.
    pub missed: usize,
    /// How many seconds after they had left the replaced one was still told, at most; negative: before.
    pub replaced_after_s: Option<i64>,
}

impl Class {
    pub fn enrol(analyser: &Analyser, people: u32, seconds: u32) -> Result<Self> {
        let Some(model) = analyser.recogniser_name() else { bail!("there is no model that recognises faces") };
        let enrolled = cast(SEED);
        let template = |(n, who): (usize, &Identity)| {
            let template = analyser.enrol(decode(&portrait(*who)?)?.view())?;
            Ok((student(n), template.embedding))
        };
        let gallery = Gallery::new(model, enrolled.iter().enumerate().map(template).collect::<Result<Vec<_>>>()?);
        Ok(Self { people, seconds, enrolled, gallery, policy: policy() })
    }

    /// Different people over the session: one more than seats, as one seat changes hands.
    pub fn truth(&self) -> u32 {
        self.people + 1
    }

    /// Enrolled students who are never there.
    pub fn absent(&self) -> usize {
        self.enrolled.len().saturating_sub(self.people as usize)
    }

    /// Everybody sits for the whole time but three: one comes late, one leaves early, one gives the chair to a stranger.
    fn script(&self) -> Script {
        let third = self.seconds / 3;
        let seats = (0..self.people).zip(&self.enrolled);
        let from = |seat: u32| if seat == LATE { third } else { 0 };
        let sitting = seats.fold(Script::empty(SEED, self.people, self.seconds), |script, (seat, who)| {
            script.seated(seat, *who, from(seat))
        });
        sitting.leaves(LEAVES, 2 * third).replaced(REPLACED, self.changes_hands_s(), stranger())
    }

    fn changes_hands_s(&self) -> u32 {
        self.seconds / 2
    }

    /// The session as a camera's main stream.
    pub fn film(&self, dir: &Path) -> Result<PathBuf> {
        let config = SimulatorConfig {
            address: "127.0.0.1".into(),
            port: 0,
            credentials: None,
            cameras: vec![CameraConfig::drawn(self.script())],
            cache_dir: dir.to_owned(),
        };
        // What it serves lies in its cache as plain streams; the larger one is the main stream.
        drop(Simulator::start(config)?);
        let files = fs::read_dir(dir)?.map(|entry| entry.and_then(|e| Ok((e.metadata()?.len(), e.path()))));
        let largest = files.collect::<std::io::Result<Vec<_>>>()?.into_iter().max();
        largest.map(|(_, path)| path).context("the simulator keeps no streams")
    }

    /// Whose face it is, where that is sure.
    pub fn who(&self, face: &Embedding) -> Option<StudentId> {
        match face_answer(self.gallery.liken(face), &self.policy) {
            FaceAnswer::Recognised { student, .. } => Some(student),
            FaceAnswer::Unsure | FaceAnswer::Unknown => None,
        }
    }

    /// What was seen of the film at a moment, as the rules take it.
    pub fn observation(&self, n: usize, at_ms: i64, observed: &Observed, picture: PictureMeasures) -> Observation {
        Observation {
            id: Uuid::from_u128(n as u128 + 1).into(),
            session: SessionId(Uuid::nil()),
            camera: CameraId(Uuid::nil()),
            at: at(at_ms),
            faces: observed.seen(Some(&self.gallery)),
            faceless: observed.seen_faceless(),
            picture,
            look: None,
        }
    }

    /// What the rules say of the whole session.
    pub fn verdict(&self, observations: Vec<Observation>) -> Result<Verdict> {
        let end = at(i64::from(self.seconds) * 1_000);
        let roster = self.enrolled.iter().enumerate().map(|(n, who)| RosterStudent {
            id: student(n),
            name: format!("{n}"),
            sex: if who.sex() == DrawnSex::Male { Sex::Male } else { Sex::Female },
            enrolled: true,
        });
        let facts = SessionFacts {
            session: SessionId(Uuid::nil()),
            span: Span::new(at(0), end)?,
            roster: roster.collect(),
            report: None,
            report_sent_at: None,
            observations,
            lessons: Vec::new(),
            outages: Vec::new(),
            now: end,
        };
        let summary = summarise(&facts, &self.policy);
        let (there, absent) = summary.students.split_at((self.people as usize).min(summary.students.len()));
        let count = |of: &[duxue_rules::crosscheck::StudentPresence], presence: Presence| {
            of.iter().filter(|student| student.presence == presence).count()
        };
        let last = there.get(REPLACED as usize).and_then(|student| student.last_seen);
        let left = at(i64::from(self.changes_hands_s()) * 1_000);
        Ok(Verdict {
            seen: count(there, Presence::Seen),
            seen_absent: count(absent, Presence::Seen),
            missed: count(there, Presence::NotSeen),
            replaced_after_s: last.map(|last| last.duration_since(left).as_secs()),
            summary,
        })
    }
}

/// Somebody who is on nobody's roster.
fn stranger() -> Identity {
    (1_000..).map(Identity::of).find(|who| !CAST.contains(who)).unwrap_or_else(|| Identity::of(0))
}

/// As the notice has it, but for what drawn people and a short film need: they are more alike than real ones, nobody
/// teaches, and they sit otherwise every few seconds.
fn policy() -> Policy {
    Policy {
        crosscheck_settle_seconds: 0,
        crosscheck_independent_seconds: 10,
        staff_in_room: 0,
        identify_min_similarity: TOLD_APART_FROM,
        unknown_max_similarity: 0.74,
        ..Policy::default()
    }
}

fn student(n: usize) -> StudentId {
    StudentId(Uuid::from_u128(n as u128 + 1))
}

fn at(ms: i64) -> Timestamp {
    Timestamp::UNIX_EPOCH + SignedDuration::from_millis(ms)
}
