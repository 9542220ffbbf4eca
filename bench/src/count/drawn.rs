//! Drawn rooms through the real models. More than thirty people are two rooms side by side in one wide picture.

use anyhow::Result;
use duxue_analytics::{Analyser, ObserveOptions, Observed, OwnedPicture, decode};
use duxue_rules::{
    ids::{CameraId, ObservationId, SessionId},
    observation::{Observation, PictureMeasures},
    policy::Policy,
};
use duxue_simulator::{MAX_SEATS, Script, classroom};
use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;

use super::{SIZES, Tally, said, simulated::facts};
use crate::say;

/// Rooms of every size.
pub(super) fn run(
    analyser: &Analyser,
    rooms: u64,
    samples: u32,
    options: &ObserveOptions,
) -> Result<Vec<(String, Tally)>> {
    let (mut lines, policy) = (Vec::new(), settled());
    for size in SIZES {
        let (mut places, mut cautious) = (Tally::default(), Tally::default());
        for room in 0..rooms {
            let seed = room * 100 + u64::from(size);
            let start = Timestamp::UNIX_EPOCH;
            let observations: Vec<Observation> =
                (0..samples).map(|n| sample(analyser, size, seed, n, options)).collect::<Result<_>>()?;
            let facts = facts(observations, start, i64::from(samples) * 60);
            let said = said(&facts, &policy);
            if let Some(estimate) = said.places {
                say(&format!(
                    "  room {seed}: {size} people, {} ({} to {})",
                    estimate.likely, estimate.low, estimate.high
                ));
                places.add(size, estimate, said.fullest);
            }
            cautious.add(size, said.cautious, said.fullest);
        }
        lines.push((format!("{size}, by places"), places));
        lines.push((format!("{size}, for findings"), cautious));
    }
    Ok(lines)
}

/// A drawn class has settled from the first sample on.
pub(super) fn settled() -> Policy {
    Policy { crosscheck_settle_seconds: 0, ..Policy::default() }
}

/// What the models see of the room in its n-th minute.
fn sample(analyser: &Analyser, size: u32, seed: u64, n: u32, options: &ObserveOptions) -> Result<Observation> {
    let left = size.min(MAX_SEATS);
    let mut picture = picture(left, seed, n)?;
    if size > left {
        picture = beside(&picture, &self::picture(size - left, seed + 1, n)?)?;
    }
    Ok(observation(n, &analyser.observe(picture.view(), options)?))
}

/// The sample of the n-th minute.
pub(super) fn observation(n: u32, observed: &Observed) -> Observation {
    Observation {
        id: ObservationId(Uuid::from_u128(u128::from(n) + 1)),
        session: SessionId(Uuid::nil()),
        camera: CameraId(Uuid::nil()),
        at: Timestamp::UNIX_EPOCH + SignedDuration::from_mins(i64::from(n)),
        faces: observed.seen(None),
        faceless: observed.seen_faceless(),
        picture: PictureMeasures { brightness: 120.0, sharpness: 200.0, change: Some(1.5) },
        look: None,
    }
}

/// The room with those who show in that minute.
fn picture(people: u32, seed: u64, n: u32) -> Result<OwnedPicture> {
    let room = classroom(seed, people);
    let second = n % room.length_s;
    let shown =
        Script { stays: room.stays.iter().filter(|stay| shows(seed, stay.seat, n)).copied().collect(), ..room.clone() };
    Ok(decode(&duxue_simulator::frame(&shown, second)?)?)
}

/// One in five is often hidden, the others seldom.
fn shows(seed: u64, seat: u32, n: u32) -> bool {
    let share = |key: u64| {
        let mut z = key.wrapping_mul(0x9E37_79B9_7F4A_7C15);
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (z ^ (z >> 31)) as f64 / u64::MAX as f64
    };
    let who = seed << 8 | u64::from(seat);
    let visible = if share(who) < 0.2 { 0.3 + 0.4 * share(who ^ 0xABCD) } else { 0.92 };
    share(who << 16 | u64::from(n)) < visible
}

fn beside(left: &OwnedPicture, right: &OwnedPicture) -> Result<OwnedPicture> {
    let (left, right) = (left.view(), right.view());
    let rows = |picture: &duxue_analytics::Picture<'_>| picture.width() as usize * 3;
    let (a, b) = (left.bgr().chunks(rows(&left)), right.bgr().chunks(rows(&right)));
    let bgr: Vec<u8> = a.zip(b).flat_map(|(a, b)| [a, b].concat()).collect();
    Ok(OwnedPicture::new(left.width() + right.width(), left.height().min(right.height()), bgr)?)
}
