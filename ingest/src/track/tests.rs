use proptest::prelude::*;

use super::*;
use crate::h264::{stream_info, tests::AVCC_1080P};

const LIMITS: TrackLimits = TrackLimits { fragment: 45_000, segment: 20 * 90_000, gap_us: 2_000_000 };

fn at(micros: i64) -> Timestamp {
    Timestamp::from_microsecond(1_728_360_000_000_000 + micros).unwrap()
}

fn unit(arrival_us: i64, pts: i64, key: bool) -> AccessUnit {
    AccessUnit { arrival: at(arrival_us), pts, key, data: Bytes::from(vec![0, 0, 0, 1, 7]) }
}

fn track() -> (Track, Vec<Output>) {
    let mut out = Vec::new();
    let mut track = Track::new(at(0), LIMITS);
    track.describe(stream_info(Bytes::from_static(AVCC_1080P)).unwrap(), &mut out);
    (track, out)
}

fn fragments(out: &[Output]) -> Vec<(&Fragment, bool)> {
    let each = out.iter().filter_map(|output| match output {
        Output::Fragment { fragment, segment_due } => Some((fragment, *segment_due)),
        _ => None,
    });
    each.collect()
}

/// What must hold for everything that a track gives out; knows nothing of how it does it.
fn check(out: &[Output]) {
    let mut last_end = None;
    let mut broken = true;
    for output in out {
        match output {
            Output::Fragment { fragment, segment_due } => {
                assert!(!fragment.samples.is_empty());
                assert_eq!(
                    fragment.payload.len(),
                    fragment.samples.iter().map(|sample| sample.size as usize).sum::<usize>()
                );
                assert!(!segment_due || fragment.starts_with_key());
                assert!(!broken || (fragment.starts_with_key() && *segment_due), "after a break comes a key frame");
                assert!(fragment.samples.iter().skip(1).all(|sample| !sample.key), "keys begin fragments");
                if let Some(end) = last_end {
                    assert!(if broken { fragment.dts >= end } else { fragment.dts == end }, "no overlap, no hole");
                }
                assert!(fragment.samples.len() == 1 || fragment.ticks() <= LIMITS.fragment);
                last_end = Some(fragment.dts + fragment.ticks());
                broken = false;
            }
            Output::Break => broken = true,
            Output::Stream(_) | Output::Key { .. } => {}
        }
    }
}

#[test]
fn segments_begin_at_key_frames_when_due() {
    let (mut track, mut out) = track();
    for index in 0..2_500_i64 {
        track.push(unit(index * 40_000, index * 3_600, index % 50 == 0), &mut out);
    }
    track.finish(&mut out);
    check(&out);
    let begun: Vec<i64> =
        fragments(&out).iter().filter(|(_, due)| *due).map(|(fragment, _)| fragment.dts / 90_000).collect();
    assert_eq!(begun, [0, 20, 40, 60, 80]);
    assert_eq!(fragments(&out).iter().map(|(fragment, _)| fragment.samples.len()).sum::<usize>(), 2_500);
}

#[test]
fn a_new_description_breaks_and_the_same_one_does_not_repeat() {
    let (mut track, mut out) = track();
    track.push(unit(0, 0, true), &mut out);
    track.describe(stream_info(Bytes::from_static(AVCC_1080P)).unwrap(), &mut out);
    track.push(unit(1_000_000, 0, true), &mut out);
    let mut other = stream_info(Bytes::from_static(AVCC_1080P)).unwrap();
    other.width = 640;
    track.describe(other, &mut out);
    check(&out);
    let streams = out.iter().filter(|output| matches!(output, Output::Stream(_))).count();
    let breaks = out.iter().filter(|output| matches!(output, Output::Break)).count();
    assert_eq!((streams, breaks), (2, 2));
}

proptest! {
    /// Any mixture of rates, holes, jumps, lost key frames and late arrivals.
    #[test]
    fn whatever_comes_what_is_given_out_is_sound(
        steps in prop::collection::vec((0_i64..9_000, 0_u8..20, -90_000_i64..500_000), 1..400)
    ) {
        let (mut track, mut out) = track();
        let (mut pts, mut arrival) = (0_i64, 0_i64);
        for (step, what, jump) in steps {
            match what {
                0 => pts += jump,
                1 => arrival += jump.abs() * 11,
                2 => track.finish(&mut out),
                _ => {}
            }
            pts += step;
            arrival += step * 11;
            track.push(unit(arrival, pts, what > 16), &mut out);
        }
        track.finish(&mut out);
        check(&out);
    }
}
