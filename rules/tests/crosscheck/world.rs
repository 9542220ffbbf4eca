//! A classroom of which the truth is known: people who come, go, look away, and are misread now and then.

use duxue_rules::{
    crosscheck::{FindingKind, Judgement, RosterStudent, SessionFacts, Sex, judge},
    ids::{CameraId, ClassId, ObservationId, SessionId, StudentId},
    observation::{Area, Likeness, Observation, PictureMeasures, SeenFace},
    policy::Policy,
    report::DailyReport,
    span::Span,
};
use jiff::{SignedDuration, Timestamp, civil::date};
use uuid::Uuid;

/// Small numbers, so that a session of a minute can be judged.
pub fn quick() -> Policy {
    Policy {
        crosscheck_min_samples: 6,
        crosscheck_settle_seconds: 0,
        crosscheck_independent_seconds: 2,
        count_min_detection: 0.9,
        count_hidden_share: 0.0,
        staff_in_room: 0,
        never_seen_min_others: 2,
        unknown_min_samples: 4,
        left_min_seconds: 20,
        nobody_min_seconds: 10,
        teaching_min_seconds: 6,
        late_start_seconds: 16,
        early_end_seconds: 16,
        picture_min_seconds: 6,
        ..Policy::default()
    }
}

/// A repeatable source of chance (SplitMix64).
#[derive(Clone)]
pub struct Chance(pub u64);

impl Chance {
    pub fn next(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (z ^ (z >> 31)) as f64 / u64::MAX as f64
    }
}

/// Somebody who really is in the room.
#[derive(Clone)]
pub struct Person {
    /// A student of the roster by number, or a stranger.
    pub student: Option<usize>,
    pub man: bool,
    /// Seconds from the session's start.
    pub here: (i64, i64),
    /// In what share of samples the face shows, and of those, in what share it is recognised.
    pub shows: f64,
    pub recognised: f64,
}

pub struct World {
    pub people: Vec<Person>,
    pub roster: Vec<RosterStudent>,
    pub report: Option<DailyReport>,
    pub seconds: i64,
    pub every: i64,
    /// For how long somebody who looks away goes on doing so.
    pub turns_every: i64,
    pub seed: u64,
}

pub fn start() -> Timestamp {
    "2024-10-08T01:30:00Z".parse().unwrap()
}

pub fn student(number: usize) -> StudentId {
    StudentId(Uuid::from_u128(1_000 + number as u128))
}

impl World {
    /// A class of so many, every second one a man, all there, all enrolled, all reported, sampled every 2 s for 80 s.
    pub fn full(students: usize) -> Self {
        let sex = |n: usize| if n.is_multiple_of(2) { Sex::Male } else { Sex::Female };
        Self {
            people: (0..students).map(|n| Self::person(Some(n), sex(n) == Sex::Male)).collect(),
            roster: (0..students)
                .map(|n| RosterStudent { id: student(n), name: format!("学员{n:02}"), sex: sex(n), enrolled: true })
                .collect(),
            report: Some(report(students, students)),
            seconds: 80,
            every: 2,
            turns_every: 2,
            seed: 7,
        }
    }

    pub fn person(student: Option<usize>, man: bool) -> Person {
        Person { student, man, here: (0, i64::MAX), shows: 0.97, recognised: 0.95 }
    }

    pub fn without(mut self, gone: &[usize]) -> Self {
        self.people.retain(|person| person.student.is_none_or(|n| !gone.contains(&n)));
        self
    }

    pub fn with_stranger(mut self) -> Self {
        self.people.push(Self::person(None, true));
        self
    }

    pub fn facts(&self) -> SessionFacts {
        let mut chance = Chance(self.seed);
        let mut showing: Vec<bool> = Vec::new();
        let observations = (0..self.seconds / self.every)
            .map(|n| {
                let second = n * self.every;
                if n == 0 || second % self.turns_every < self.every {
                    showing = self.people.iter().map(|person| chance.next() < person.shows).collect();
                }
                let faces = self
                    .people
                    .iter()
                    .enumerate()
                    .filter(|(seat, person)| showing[*seat] && (person.here.0..person.here.1).contains(&second))
                    .map(|(seat, person)| face(seat, person, &mut chance))
                    .collect();
                Observation {
                    id: ObservationId(Uuid::from_u128(n as u128 + 1)),
                    session: SessionId(Uuid::from_u128(1)),
                    camera: CameraId(Uuid::from_u128(1)),
                    at: start() + SignedDuration::from_secs(second),
                    faces,
                    look: None,
                    faceless: vec![],
                    picture: PictureMeasures { brightness: 120.0, sharpness: 200.0, change: (n > 0).then_some(1.5) },
                }
            })
            .collect();
        let span = Span::new(start(), start() + SignedDuration::from_secs(self.seconds)).unwrap();
        SessionFacts {
            session: SessionId(Uuid::from_u128(1)),
            span,
            roster: self.roster.clone(),
            report: self.report.clone(),
            report_sent_at: None,
            observations,
            lessons: Vec::new(),
            outages: Vec::new(),
            now: span.end(),
        }
    }

    pub fn judge(&self, policy: &Policy) -> Judgement {
        judge(&self.facts(), policy)
    }
}

fn face(seat: usize, person: &Person, chance: &mut Chance) -> SeenFace {
    let jitter = chance.next() as f32 * 0.004;
    let similarity = match person.student {
        Some(_) if chance.next() < person.recognised => 0.6 + chance.next() as f32 * 0.3,
        Some(_) => 0.25 + chance.next() as f32 * 0.1,
        None => 0.02 + chance.next() as f32 * 0.15,
    };
    let like = person.student.unwrap_or(0);
    let male = if person.man { 0.9 } else { 0.1 };
    SeenFace {
        area: Area {
            x: 0.02 + 0.15 * (seat % 6) as f32 + jitter,
            y: 0.05 + 0.18 * (seat / 6) as f32 + jitter,
            width: 0.04,
            height: 0.06,
        },
        score: 0.9,
        eye_distance_px: 40.0,
        likeness: Some(Likeness { student: student(like), similarity, runner_up: Some(similarity - 0.2) }),
        male_probability: Some(male),
    }
}

pub fn report(roll: usize, present: usize) -> DailyReport {
    DailyReport {
        class: ClassId(Uuid::from_u128(5)),
        date: date(2024, 10, 8),
        roll: roll as u32,
        present: present as u32,
        present_men: None,
        present_women: None,
        sick: (roll - present) as u32,
        personal: 0,
        other: 0,
        absent: Vec::new(),
        note: String::new(),
    }
}

pub fn kinds(judgement: &Judgement) -> Vec<FindingKind> {
    let mut kinds: Vec<_> = judgement.findings.iter().map(|finding| finding.kind).collect();
    kinds.sort_unstable();
    kinds
}
