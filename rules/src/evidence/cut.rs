//! Which part of the footage can be cut as a clip now.

use jiff::SignedDuration;
use serde::{Deserialize, Serialize};

use crate::{coverage::Recorded, policy::Policy, span::Span, text::Text};

/// Why no clip can be cut yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, thiserror::Error)]
#[error("the longest unbroken footage has {longest_seconds} s so far, a clip needs {needed_seconds} s")]
pub struct ClipRefusal {
    /// Whole seconds of footage in the longest unbroken stretch.
    pub longest_seconds: u32,
    /// What the policy asks for.
    pub needed_seconds: u32,
}

impl ClipRefusal {
    /// The sentence for people.
    pub fn text(&self) -> Text {
        let Self { longest_seconds, needed_seconds } = self;
        Text::new(
            format!("目前最长的连续录像为 {longest_seconds} 秒，视频资料至少需要 {needed_seconds} 秒"),
            self.to_string(),
        )
    }
}

/// The unbroken stretches of footage inside `within`, in order; holes up to the policy's limit do not break one.
pub fn continuous(recorded: &[Recorded], within: Span, policy: &Policy) -> Vec<Span> {
    stretches(recorded, within, policy).into_iter().map(|stretch| stretch.span()).collect()
}

/// The earliest part of `within` that makes a clip: at least the policy's length of *footage* (small holes inside are
/// not counted), and a little more where there is more, so that a frame lost at either end does not spoil it.
pub fn clip_span(recorded: &[Recorded], within: Span, policy: &Policy) -> Result<Span, ClipRefusal> {
    let needed = SignedDuration::from_secs(i64::from(policy.clip_min_seconds));
    let wanted = needed + SignedDuration::from_secs(i64::from(policy.clip_spare_seconds));
    let stretches = stretches(recorded, within, policy);
    if let Some(stretch) = stretches.iter().find(|stretch| stretch.footage() >= needed) {
        return Ok(stretch.first(wanted));
    }
    let longest = stretches.iter().map(Stretch::footage).max().unwrap_or(SignedDuration::ZERO);
    Err(ClipRefusal {
        longest_seconds: u32::try_from(longest.as_secs()).unwrap_or(u32::MAX),
        needed_seconds: policy.clip_min_seconds,
    })
}

/// Footage without a hole longer than the limit: its pieces in order, disjoint, at least one.
struct Stretch {
    first: Span,
    rest: Vec<Span>,
}

impl Stretch {
    fn last(&self) -> Span {
        self.rest.last().copied().unwrap_or(self.first)
    }

    fn span(&self) -> Span {
        Span::new(self.first.start(), self.last().end()).unwrap_or(self.first)
    }

    fn footage(&self) -> SignedDuration {
        self.rest.iter().map(|piece| piece.duration()).fold(self.first.duration(), |sum, more| sum + more)
    }

    /// From the start until `wanted` footage is reached, or all of it.
    fn first(&self, wanted: SignedDuration) -> Span {
        let mut left = wanted;
        for piece in std::iter::once(&self.first).chain(&self.rest) {
            if piece.duration() >= left {
                let end = piece.start() + left;
                return Span::new(self.first.start(), end).unwrap_or(self.first);
            }
            left -= piece.duration();
        }
        self.span()
    }
}

fn stretches(recorded: &[Recorded], within: Span, policy: &Policy) -> Vec<Stretch> {
    let limit = SignedDuration::from_millis(i64::from(policy.clip_max_gap_ms));
    let mut pieces: Vec<Span> = recorded.iter().filter_map(|r| r.span.intersection(within)).collect();
    pieces.sort_unstable();
    let mut stretches: Vec<Stretch> = Vec::new();
    for piece in pieces {
        let Some(stretch) = stretches.last_mut() else {
            stretches.push(Stretch { first: piece, rest: Vec::new() });
            continue;
        };
        let end = stretch.last().end();
        // Overlapping footage is counted once.
        let Ok(fresh) = Span::new(piece.start().max(end), piece.end()) else { continue };
        if fresh.start().duration_since(end) <= limit {
            stretch.rest.push(fresh);
        } else {
            stretches.push(Stretch { first: fresh, rest: Vec::new() });
        }
    }
    stretches
}
