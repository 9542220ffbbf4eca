//! Sessions of numbers and boxes, made by chance from a seed.

use duxue_rules::{
    crosscheck::SessionFacts,
    ids::{CameraId, ObservationId, SessionId},
    observation::{Area, Observation, PictureMeasures, SeenFace},
    policy::Policy,
    span::Span,
};
use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;

use super::{SIZES, Tally, said};

/// Between two samples.
const EVERY: i64 = 10;
/// Two lessons and the break between them.
const LENGTH: i64 = 100 * 60;
/// A face, as shares of the picture.
const FACE: (f32, f32) = (0.02, 0.045);

/// By places and the cautious one, for each size.
pub(super) fn run(sessions: u64) -> Vec<(String, Tally)> {
    let policy = Policy::default();
    let mut lines = Vec::new();
    for size in SIZES {
        let (mut places, mut cautious) = (Tally::default(), Tally::default());
        for seed in 0..sessions {
            let (facts, truth) = session(size, seed * 1_000 + u64::from(size));
            let said = said(&facts, &policy);
            if let Some(estimate) = said.places {
                places.add(truth, estimate, said.fullest);
            }
            cautious.add(truth, said.cautious, said.fullest);
        }
        lines.push((format!("{size}, by places"), places));
        lines.push((format!("{size}, for findings"), cautious));
    }
    lines
}

/// A repeatable source of chance (SplitMix64).
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (z ^ (z >> 31)) as f64 / u64::MAX as f64
    }

    fn between(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * self.next()
    }
}

struct Sitting {
    seat: (f32, f32),
    /// In what share of the time the head can be found, and how long it stays hidden or not, in seconds.
    visible: f64,
    holds: f64,
    here: (i64, i64),
    shows: bool,
    /// How they lean just now, in faces.
    lean: (f32, f32),
}

/// A class of that size and its teacher; with the true number of different people.
fn session(size: u32, seed: u64) -> (SessionFacts, u32) {
    let mut chance = Chance(seed);
    let columns = (f64::from(size) * 1.6).sqrt().ceil() as u32;
    let mut sitting: Vec<Sitting> = (0..size).map(|n| person(n, columns, &mut chance)).collect();
    let teacher = chance.next() < 0.9;
    let mut stand = (0.1f32, 0i64);
    let start = Timestamp::UNIX_EPOCH;
    let observations = (0..LENGTH / EVERY)
        .map(|n| {
            let second = n * EVERY;
            let (mut faces, mut faceless) = (Vec::new(), Vec::new());
            for person in &mut sitting {
                let stay = (-(EVERY as f64) / person.holds).exp();
                if n == 0 || chance.next() > stay {
                    person.shows = chance.next() < person.visible;
                    person.lean = (chance.between(-0.5, 0.5) as f32, chance.between(-0.25, 0.35) as f32);
                }
                if person.shows && (person.here.0..person.here.1).contains(&second) {
                    let (x, y) = (person.seat.0 + person.lean.0 * FACE.0, person.seat.1 + person.lean.1 * FACE.1);
                    push(&mut faces, &mut faceless, (x, y), chance.next() < 0.75, &mut chance);
                }
            }
            if second >= stand.1 {
                stand = (chance.between(0.05, 0.9) as f32, second + chance.between(20.0, 400.0) as i64);
            }
            if teacher && chance.next() < 0.6 {
                let x = stand.0 + chance.between(-0.02, 0.02) as f32;
                push(&mut faces, &mut faceless, (x, 0.9), chance.next() < 0.5, &mut chance);
            }
            // A coat, or a poster.
            if chance.next() < 0.01 {
                let place = (chance.between(0.0, 0.95) as f32, chance.between(0.1, 0.9) as f32);
                push(&mut faces, &mut faceless, place, false, &mut chance);
            }
            Observation {
                id: ObservationId(Uuid::from_u128(n as u128 + 1)),
                session: SessionId(Uuid::nil()),
                camera: CameraId(Uuid::nil()),
                at: start + SignedDuration::from_secs(second),
                faces,
                faceless,
                picture: PictureMeasures { brightness: 120.0, sharpness: 200.0, change: (n > 0).then_some(1.5) },
            }
        })
        .collect();
    (facts(observations, start, LENGTH), size + u32::from(teacher))
}

/// The facts of a session of so many seconds of which only pictures are known.
pub(super) fn facts(observations: Vec<Observation>, start: Timestamp, seconds: i64) -> SessionFacts {
    let end = start + SignedDuration::from_secs(seconds);
    SessionFacts {
        session: SessionId(Uuid::nil()),
        span: Span::new(start, end).unwrap_or_else(|_| unreachable!("a session lasts a while")),
        roster: Vec::new(),
        report: None,
        report_sent_at: None,
        observations,
        lessons: Vec::new(),
        outages: Vec::new(),
        now: end,
    }
}

fn person(n: u32, columns: u32, chance: &mut Chance) -> Sitting {
    let (row, column) = (n / columns, n % columns);
    let seat = (0.03 + 0.94 * column as f32 / columns as f32, 0.08 + 0.085 * row as f32);
    // Most look up most of the time; one in four often looks down; one in ten is half hidden; one in a hundred wholly.
    let lot = chance.next();
    let visible = match lot {
        lot if lot < 0.01 => 0.0,
        lot if lot < 0.10 => chance.between(0.12, 0.5),
        lot if lot < 0.35 => chance.between(0.5, 0.85),
        _ => chance.between(0.85, 0.99),
    };
    let late = if chance.next() < 0.05 { chance.between(300.0, 1_500.0) as i64 } else { 0 };
    let gone = if chance.next() < 0.03 { chance.between(3_000.0, 5_400.0) as i64 } else { LENGTH };
    Sitting { seat, visible, holds: chance.between(20.0, 120.0), here: (late, gone), shows: true, lean: (0.0, 0.0) }
}

/// A head at a place: as a face, or as the body of somebody whose face is not found.
fn push(faces: &mut Vec<SeenFace>, faceless: &mut Vec<Area>, (x, y): (f32, f32), face: bool, chance: &mut Chance) {
    let mut near = |range: f64| chance.between(-range, range) as f32;
    if face {
        let area = Area { x: x + near(0.002), y: y + near(0.004), width: FACE.0, height: FACE.1 };
        faces.push(SeenFace { area, score: 0.9, eye_distance_px: 18.0, likeness: None, male_probability: None });
    } else {
        let (width, height) = (FACE.0 * (2.5 + near(0.4)), FACE.1 * (4.0 + near(0.6)));
        let x = x + FACE.0 / 2.0 - width / 2.0 + near(0.004);
        faceless.push(Area { x, y: y - FACE.1 * 0.15 + near(0.006), width, height });
    }
}
