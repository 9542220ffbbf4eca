use proptest::prelude::*;

use super::*;

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(1_728_360_000 + second).unwrap()
}

fn segment(start: i64, end: i64) -> ClosedSegment {
    ClosedSegment {
        camera: CameraId(uuid::Uuid::nil()),
        path: "x".into(),
        start: at(start),
        end: at(end),
        bytes: 1,
        sha256: [0; 32],
        codec: String::new(),
        width: 2,
        height: 2,
        frames: 1,
        recovered: false,
    }
}

fn ledger() -> Ledger {
    Ledger::new(CameraId(uuid::Uuid::nil()), 2_000_000, at(0), (OutageCause::Starting, None))
}

/// One line an event, seconds since the start.
fn lines(events: &[IngestEvent]) -> Vec<String> {
    let second = |at: &Timestamp| at.as_second() - 1_728_360_000;
    let line = |event: &IngestEvent| match event {
        IngestEvent::SegmentClosed(closed) => format!("{}-{}", second(&closed.start), second(&closed.end)),
        IngestEvent::OutageBegan { at, cause, .. } => format!("{} {cause:?}", second(at)),
        IngestEvent::OutageEnded { at, .. } => format!("{} again", second(at)),
        IngestEvent::StateChanged { .. } => "state".into(),
    };
    events.iter().map(line).collect()
}

#[test]
fn a_plain_day() {
    let mut ledger = ledger();
    ledger.begun();
    ledger.started(at(3));
    ledger.begun();
    ledger.done(at(63), Some(segment(3, 63)));
    ledger.started(at(63));
    ledger.out(at(80), (OutageCause::Stalled, None));
    ledger.done(at(81), Some(segment(63, 70)));
    ledger.out(at(90), (OutageCause::Unreachable, None));
    ledger.out(at(91), (OutageCause::Unreachable, None));
    ledger.begun();
    ledger.started(at(95));
    assert_eq!(
        lines(&ledger.take_events()),
        ["0 Starting", "3 again", "3-63", "63-70", "70 Stalled", "90 again", "90 Unreachable", "95 again"]
    );
}

#[test]
fn a_hole_between_segments_is_an_outage_of_its_own() {
    let mut ledger = ledger();
    ledger.begun();
    ledger.started(at(0));
    ledger.done(at(9), Some(segment(0, 5)));
    ledger.begun();
    ledger.started(at(9));
    assert_eq!(lines(&ledger.take_events()), ["0 Starting", "0 again", "0-5", "5 Stalled", "9 again"]);
}

proptest! {
    /// Began and Ended alternate, times never go back, whatever the order of reports.
    #[test]
    fn outages_alternate(steps in prop::collection::vec((0_u8..6, 0_i64..9), 1..80)) {
        let mut ledger = ledger();
        let (mut now, mut start) = (0, 0);
        for (what, seconds) in steps {
            now += seconds;
            match what {
                0 => ledger.begun(),
                1 => { start = now; ledger.started(at(now)) }
                2 => ledger.done(at(now), Some(segment(start, now))),
                3 => ledger.done(at(now), None),
                4 => ledger.out(at(now), (OutageCause::DiskFull, None)),
                _ => ledger.out(at(now), (OutageCause::Stalled, None)),
            }
        }
        ledger.close(at(now));
        let (mut open, mut last) = (false, at(-1));
        for event in ledger.take_events() {
            match event {
                IngestEvent::OutageBegan { at, .. } => {
                    prop_assert!(!open && at >= last);
                    (open, last) = (true, at);
                }
                IngestEvent::OutageEnded { at, .. } => {
                    prop_assert!(open && at >= last);
                    (open, last) = (false, at);
                }
                _ => {}
            }
        }
        prop_assert!(!open);
    }
}
