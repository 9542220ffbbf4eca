//! Every second of a wanted time is either recorded or missing with a cause (DESIGN, walk 1).

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{camera::OutageCause, ids::SegmentId, span::Span};

/// A closed segment of one camera's footage.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Recorded {
    /// Which.
    pub segment: SegmentId,
    /// From its first picture to the end of its last.
    pub span: Span,
}

/// A time in which the camera gave no footage.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Outage {
    /// When it began.
    pub span_start: Timestamp,
    /// When it ended; `None` while it goes on.
    pub end: Option<Timestamp>,
    /// Why.
    pub cause: OutageCause,
}

/// What there is of one part of the wanted time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum PartKind {
    /// Footage, in this segment.
    Recorded {
        /// Where it is.
        segment: SegmentId,
    },
    /// No footage.
    Missing {
        /// Why; [`OutageCause::Unknown`] where no outage was noted.
        cause: OutageCause,
    },
}

/// One part of the wanted time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Part {
    /// When.
    pub span: Span,
    /// What.
    pub what: PartKind,
}

/// Tiles `wanted`, as far as it lies before `now`, into parts: in order, without overlap, without a hole.
///
/// Footage always wins over an outage. Where segments overlap, the one that began first counts until it ends; where
/// outages overlap, the one that began last says why. Neighbouring parts never say the same. The order of the two lists
/// does not matter. Footage that is still being written has no segment yet: a caller that shows a running recording
/// gives as `now` the instant up to which segments are closed.
pub fn account(wanted: Span, recorded: &[Recorded], outages: &[Outage], now: Timestamp) -> Vec<Part> {
    let Ok(wanted) = Span::new(wanted.start(), wanted.end().min(now)) else { return Vec::new() };
    let mut footage: Vec<&Recorded> = recorded.iter().collect();
    footage.sort_unstable_by_key(|r| (r.span.start(), r.segment, r.span.end()));
    let mut causes: Vec<&Outage> = outages.iter().collect();
    causes.sort_by_key(|o| (o.span_start, o.end.unwrap_or(Timestamp::MAX), o.cause as u8));

    let mut parts = Vec::new();
    let mut at = wanted.start();
    for &Recorded { segment, span } in footage {
        let Some(span) = span.intersection(wanted) else { continue };
        if let Ok(hole) = Span::new(at, span.start()) {
            explain(hole, &causes, &mut parts);
        }
        if let Ok(rest) = Span::new(at.max(span.start()), span.end()) {
            push(&mut parts, rest, PartKind::Recorded { segment });
            at = rest.end();
        }
    }
    if let Ok(hole) = Span::new(at, wanted.end()) {
        explain(hole, &causes, &mut parts);
    }
    parts
}

/// Tiles a hole by causes, cutting wherever an outage begins or ends.
fn explain(hole: Span, causes: &[&Outage], parts: &mut Vec<Part>) {
    let mut cuts: Vec<Timestamp> = causes
        .iter()
        .flat_map(|o| [Some(o.span_start), o.end])
        .flatten()
        .filter(|&at| hole.contains(at))
        .chain([hole.start(), hole.end()])
        .collect();
    cuts.sort_unstable();
    for pair in cuts.windows(2) {
        let Ok(piece) = Span::new(pair[0], pair[1]) else { continue };
        let cause = causes
            .iter()
            .rev()
            .find(|o| o.span_start <= piece.start() && o.end.is_none_or(|end| piece.start() < end))
            .map_or(OutageCause::Unknown, |o| o.cause);
        push(parts, piece, PartKind::Missing { cause });
    }
}

/// Appends a part, lengthening the last one where it says the same.
fn push(parts: &mut Vec<Part>, span: Span, what: PartKind) {
    if let Some(last) = parts.last_mut()
        && last.what == what
        && last.span.end() == span.start()
        && let Ok(joined) = Span::new(last.span.start(), span.end())
    {
        last.span = joined;
        return;
    }
    parts.push(Part { span, what });
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use uuid::Uuid;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    fn span(start: i64, end: i64) -> Span {
        Span::new(at(start), at(end)).unwrap()
    }

    fn segment(number: u128) -> SegmentId {
        SegmentId(Uuid::from_u128(number))
    }

    fn recorded(number: u128, start: i64, end: i64) -> Recorded {
        Recorded { segment: segment(number), span: span(start, end) }
    }

    #[test]
    fn a_lesson_with_a_broken_network_is_footage_cause_footage() {
        let parts = account(
            span(100, 200),
            &[recorded(2, 150, 260), recorded(1, 40, 120)],
            &[Outage { span_start: at(121), end: Some(at(150)), cause: OutageCause::Unreachable }],
            at(1_000),
        );
        let missing = |start, end, cause| Part { span: span(start, end), what: PartKind::Missing { cause } };
        let there = |start, end, n| Part { span: span(start, end), what: PartKind::Recorded { segment: segment(n) } };
        assert_eq!(
            parts,
            [
                there(100, 120, 1),
                missing(120, 121, OutageCause::Unknown),
                missing(121, 150, OutageCause::Unreachable),
                there(150, 200, 2)
            ]
        );
    }

    #[test]
    fn what_lies_ahead_is_not_missing() {
        assert_eq!(account(span(100, 200), &[], &[], at(100)), []);
        assert_eq!(account(span(100, 200), &[], &[], at(130))[0].span, span(100, 130));
    }

    #[test]
    fn json_says_kind_and_cause_in_plain_words() {
        let part = account(span(0, 1), &[], &[], at(9))[0];
        let json = serde_json::to_value(part).unwrap();
        assert_eq!(json["what"], serde_json::json!({"kind": "missing", "cause": "unknown"}));
    }

    const CAUSES: [OutageCause; 4] =
        [OutageCause::Stalled, OutageCause::DiskFull, OutageCause::RecorderDown, OutageCause::Pruned];

    /// Looks at one second alone, without any notion of sorting or tiling.
    fn truth(second: i64, recorded: &[Recorded], outages: &[Outage]) -> PartKind {
        let covering = recorded.iter().filter(|r| r.span.contains(at(second)));
        if let Some(first) = covering.min_by_key(|r| (r.span.start(), r.segment)) {
            return PartKind::Recorded { segment: first.segment };
        }
        let open = outages.iter().filter(|o| o.span_start <= at(second) && o.end.is_none_or(|end| at(second) < end));
        let last = open.max_by_key(|o| (o.span_start, o.end.unwrap_or(Timestamp::MAX), o.cause as u8));
        PartKind::Missing { cause: last.map_or(OutageCause::Unknown, |o| o.cause) }
    }

    prop_compose! {
        fn any_recorded()(number in 1u128..1_000, start in 0i64..60, length in 1i64..30) -> Recorded {
            recorded(number, start, start + length)
        }
    }

    prop_compose! {
        fn any_outage()(start in 0i64..60, end in proptest::option::of(0i64..80), cause in 0usize..4) -> Outage {
            Outage { span_start: at(start), end: end.map(at), cause: CAUSES[cause] }
        }
    }

    proptest! {
        #[test]
        fn the_parts_tile_the_time_and_say_the_truth_of_every_second(
            (start, length, now) in (0i64..50, 1i64..40, 0i64..100),
            recorded in prop::collection::vec(any_recorded(), 0..8),
            outages in prop::collection::vec(any_outage(), 0..6),
        ) {
            let wanted = span(start, start + length);
            let parts = account(wanted, &recorded, &outages, at(now));
            let end = (start + length).min(now);
            let mut next = at(start);
            for part in &parts {
                prop_assert_eq!(part.span.start(), next);
                next = part.span.end();
            }
            prop_assert_eq!(next, at(end.max(start)));
            for pair in parts.windows(2) {
                prop_assert!(pair[0].what != pair[1].what, "neighbours say the same");
            }
            for second in start..end {
                let part = parts.iter().find(|part| part.span.contains(at(second))).unwrap();
                prop_assert_eq!(part.what, truth(second, &recorded, &outages), "second {}", second);
            }
        }

        #[test]
        fn the_order_of_the_records_does_not_matter(
            recorded in prop::collection::vec(any_recorded(), 0..8).prop_shuffle(),
            outages in prop::collection::vec(any_outage(), 0..6).prop_shuffle(),
        ) {
            let (mut sorted, mut other) = (recorded.clone(), outages.clone());
            sorted.sort_by_key(|r| (r.span, r.segment));
            other.sort_by_key(|o| (o.span_start, o.end, o.cause as u8));
            let wanted = span(5, 70);
            prop_assert_eq!(account(wanted, &recorded, &outages, at(65)), account(wanted, &sorted, &other, at(65)));
        }
    }
}
