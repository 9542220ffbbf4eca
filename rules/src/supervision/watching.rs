//! R7.4a (七(四)): what counts as having watched a class. It is the system's own log, never the supervisor's word: a viewing is
//! a [`Basis`] when it showed this class's teaching *live* (七: 实时、随机的方式). Recordings may be looked at as well; they are
//! no remote supervision. The notice gives no least length: the seconds are on the record for everyone to see.

use jiff::SignedDuration;
use serde::{Deserialize, Serialize};

use crate::{
    ids::{CameraId, ClassId, UserId, WatchId},
    span::Span,
};

/// What a viewing showed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Showing {
    /// What the camera saw at that time.
    Live,
    /// What it had seen before.
    Recording,
}

/// A viewing that is over, as the system logged it by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct LoggedWatch {
    /// Which.
    pub watch: WatchId,
    /// Who watched.
    pub by: UserId,
    /// Which camera.
    pub camera: CameraId,
    /// What of it.
    pub showing: Showing,
    /// From when to when.
    pub span: Span,
}

/// A time in which a class was taught in front of a camera.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Taught {
    /// The class.
    pub class: ClassId,
    /// A camera of its venue.
    pub camera: CameraId,
    /// From when to when.
    pub span: Span,
}

/// A viewing that really showed a class's teaching; only [`basis`] makes one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Basis {
    watch: WatchId,
    pub(super) by: UserId,
    pub(super) class: ClassId,
    /// From the first to the last teaching that was seen.
    pub(super) span: Span,
    seconds: u32,
}

impl Basis {
    /// The viewing.
    pub fn watch(&self) -> WatchId {
        self.watch
    }

    /// How many seconds of teaching it showed.
    pub fn seconds(&self) -> u32 {
        self.seconds
    }
}

/// What a viewing showed of a class's teaching; `None` where it showed none, or a recording.
pub fn basis(class: ClassId, watch: &LoggedWatch, taught: &[Taught]) -> Option<Basis> {
    if watch.showing != Showing::Live {
        return None;
    }
    let own = taught.iter().filter(|taught| (taught.class, taught.camera) == (class, watch.camera));
    let mut seen: Vec<Span> = own.filter_map(|taught| taught.span.intersection(watch.span)).collect();
    seen.sort_unstable();
    let start = seen.first()?.start();
    let mut end = start;
    let mut length = SignedDuration::ZERO;
    for part in seen {
        if let Ok(fresh) = Span::new(part.start().max(end), part.end()) {
            length += fresh.duration();
            end = fresh.end();
        }
    }
    let span = Span::new(start, end).ok()?;
    Some(Basis { watch: watch.watch, by: watch.by, class, span, seconds: u32::try_from(length.as_secs()).ok()? })
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::civil;
    use jiff::{
        Timestamp,
        civil::{Date, time},
    };
    use uuid::Uuid;

    pub const CLASS: ClassId = ClassId(Uuid::from_u128(5));
    pub const SUPERVISOR: UserId = UserId(Uuid::from_u128(6));
    const CAMERA: CameraId = CameraId(Uuid::from_u128(7));

    pub fn at(day: Date, hour: i8, minute: i8) -> Timestamp {
        civil::instant(day, time(hour, minute, 0, 0)).unwrap()
    }

    fn span(day: Date, from: (i8, i8), to: (i8, i8)) -> Span {
        Span::new(at(day, from.0, from.1), at(day, to.0, to.1)).unwrap()
    }

    /// Taught from 8:30 to 12:00.
    pub fn taught(day: Date) -> Taught {
        Taught { class: CLASS, camera: CAMERA, span: span(day, (8, 30), (12, 0)) }
    }

    pub fn watch(n: u128, day: Date, from: (i8, i8), to: (i8, i8)) -> LoggedWatch {
        let (watch, by) = (WatchId(Uuid::from_u128(n)), SUPERVISOR);
        LoggedWatch { watch, by, camera: CAMERA, showing: Showing::Live, span: span(day, from, to) }
    }

    const DAY: Date = jiff::civil::date(2024, 10, 14);

    #[test]
    fn only_live_pictures_of_this_classs_teaching_are_a_basis() {
        let seconds = |watch: LoggedWatch| basis(CLASS, &watch, &[taught(DAY)]).map(|basis| basis.seconds());
        let inside = watch(1, DAY, (9, 0), (9, 20));
        assert_eq!(seconds(inside), Some(1_200));
        assert_eq!(seconds(watch(1, DAY, (8, 0), (8, 40))), Some(600), "what was before the lesson does not count");
        assert_eq!(seconds(watch(1, DAY, (12, 0), (12, 30))), None, "after the lesson");
        assert_eq!(seconds(LoggedWatch { showing: Showing::Recording, ..inside }), None);
        assert_eq!(seconds(LoggedWatch { camera: CameraId(Uuid::nil()), ..inside }), None, "another room");
        let other = [Taught { class: ClassId(Uuid::nil()), ..taught(DAY) }];
        assert_eq!(basis(CLASS, &inside, &other), None, "another class in that room");
    }

    #[test]
    fn teaching_that_two_sessions_both_claim_is_seen_once() {
        let twice = [taught(DAY), Taught { span: span(DAY, (9, 10), (10, 0)), ..taught(DAY) }];
        assert_eq!(basis(CLASS, &watch(1, DAY, (9, 0), (9, 20)), &twice).unwrap().seconds(), 1_200);
    }
}
