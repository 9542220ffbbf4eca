//! Which recorded footage may be let go. Sealed clips are not footage: nothing here ever touches one (R9.3).

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{
    ids::{CameraId, SegmentId},
    span::Span,
};

/// A segment that is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kept {
    /// Which.
    pub segment: SegmentId,
    /// Whose pictures.
    pub camera: CameraId,
    /// Of what time.
    pub span: Span,
    /// Its size.
    pub bytes: u64,
}

/// Footage that something still waits for, such as a clip to be cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Need {
    /// Whose pictures.
    pub camera: CameraId,
    /// Of what time.
    pub span: Span,
}

/// Why a segment goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LetGo {
    /// It is older than footage is kept.
    Age,
    /// The disk needs the room.
    Room,
}

/// Of `oldest_first`, what goes: everything that ended before `keep_since`, and then the oldest until `missing_bytes` are
/// won. What is needed stays, however old it is and however full the disk.
pub fn let_go(
    oldest_first: &[Kept],
    needs: &[Need],
    keep_since: Timestamp,
    missing_bytes: u64,
) -> Vec<(SegmentId, LetGo)> {
    let mut won = 0;
    let mut gone = Vec::new();
    for kept in oldest_first {
        let needed = needs.iter().any(|n| n.camera == kept.camera && n.span.intersection(kept.span).is_some());
        let old = kept.span.end() <= keep_since;
        if needed || !(old || won < missing_bytes) {
            continue;
        }
        won += kept.bytes;
        gone.push((kept.segment, if old { LetGo::Age } else { LetGo::Room }));
    }
    gone
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use uuid::Uuid;

    fn at(minute: i64) -> Timestamp {
        Timestamp::from_second(minute * 60).unwrap()
    }

    fn kept(n: u128, camera: u128, minute: i64) -> Kept {
        let span = Span::new(at(minute), at(minute + 1)).unwrap();
        Kept { segment: SegmentId(Uuid::from_u128(n)), camera: CameraId(Uuid::from_u128(camera)), span, bytes: 10 }
    }

    fn numbers(gone: &[(SegmentId, LetGo)]) -> Vec<u128> {
        gone.iter().map(|(segment, _)| segment.0.as_u128()).collect()
    }

    #[test]
    fn the_old_goes_and_the_young_stays() {
        let all = [kept(1, 1, 0), kept(2, 1, 1), kept(3, 1, 2)];
        assert_eq!(numbers(&let_go(&all, &[], at(2), 0)), [1, 2]);
    }

    #[test]
    fn a_full_disk_takes_the_oldest_first_and_no_more_than_it_needs() {
        let all = [kept(1, 1, 0), kept(2, 1, 1), kept(3, 1, 2)];
        let gone = let_go(&all, &[], at(0), 15);
        assert_eq!(numbers(&gone), [1, 2]);
        assert!(gone.iter().all(|(_, why)| *why == LetGo::Room));
        assert_eq!(numbers(&let_go(&all, &[], at(0), 20)), [1, 2], "exactly what it needs");
        assert_eq!(numbers(&let_go(&all, &[], at(0), 21)), [1, 2, 3]);
    }

    #[test]
    fn what_a_clip_waits_for_stays_whatever_happens() {
        let all = [kept(1, 1, 0), kept(2, 2, 0), kept(3, 1, 1)];
        let need = Need { camera: CameraId(Uuid::from_u128(1)), span: Span::new(at(0), at(1)).unwrap() };
        assert_eq!(numbers(&let_go(&all, &[need], at(100), u64::MAX)), [2, 3]);
    }

    proptest! {
        #[test]
        fn nothing_needed_ever_goes(minutes in proptest::collection::vec(0i64..50, 0..40), from in 0i64..50, missing in 0u64..500) {
            let all: Vec<Kept> = minutes.iter().enumerate().map(|(n, m)| kept(n as u128, 1, *m)).collect();
            let need = Need { camera: CameraId(Uuid::from_u128(1)), span: Span::new(at(from), at(from + 5)).unwrap() };
            let gone = let_go(&all, &[need], at(25), missing);
            for (segment, _) in gone {
                let one = all.iter().find(|kept| kept.segment == segment).unwrap();
                prop_assert!(one.span.end() <= need.span.start() || one.span.start() >= need.span.end());
            }
        }
    }
}
