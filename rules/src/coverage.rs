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
    let mut footage: Vec<(Span, SegmentId)> =
        recorded.iter().filter_map(|r| Some((r.span.intersection(wanted)?, r.segment))).collect();
    // By the segment's own start, not the clipped one, so that what lies before `wanted` does not change the answer.
    let began =
        |segment: SegmentId| recorded.iter().filter(move |r| r.segment == segment).map(|r| r.span.start()).min();
    footage.sort_by_cached_key(|&(span, segment)| (span.start(), began(segment), segment, span.end()));
    let mut causes: Vec<&Outage> = outages.iter().filter(|o| o.end.is_none_or(|end| end > o.span_start)).collect();
    causes.sort_by_key(|o| (o.span_start, o.end.unwrap_or(Timestamp::MAX), o.cause as u8));

    let mut parts = Vec::new();
    let mut at = wanted.start();
    for (span, segment) in footage {
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
