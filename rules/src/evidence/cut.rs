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
    stretches(&spans(recorded), within, policy).into_iter().map(|stretch| stretch.span()).collect()
}

/// Whole seconds of picture in the longest unbroken stretch of `teaching` that a clip shows, its holes not counted; what
/// [`super::check`] judges it by.
pub fn continuous_seconds(shown: Span, gaps: &[Span], teaching: Span, policy: &Policy) -> u32 {
    let mut gaps = gaps.to_vec();
    gaps.sort_unstable();
    let mut pieces = Vec::new();
    let mut from = shown.start();
    for gap in gaps {
        pieces.extend(Span::new(from, gap.start().min(shown.end())).ok());
        from = from.max(gap.end());
    }
    pieces.extend(Span::new(from, shown.end()).ok());
    let longest = stretches(&pieces, teaching, policy).iter().map(Stretch::footage).max();
    u32::try_from(longest.unwrap_or(SignedDuration::ZERO).as_secs()).unwrap_or(u32::MAX)
}

fn spans(recorded: &[Recorded]) -> Vec<Span> {
    recorded.iter().map(|recorded| recorded.span).collect()
}

/// The earliest part of `within` that makes a clip: at least the policy's length of *footage* (small holes inside are
/// not counted), and a little more where there is more, so that a frame lost at either end does not spoil it.
pub fn clip_span(recorded: &[Recorded], within: Span, policy: &Policy) -> Result<Span, ClipRefusal> {
    let needed = SignedDuration::from_secs(i64::from(policy.clip_min_seconds));
    let wanted = needed + SignedDuration::from_secs(i64::from(policy.clip_spare_seconds));
    let stretches = stretches(&spans(recorded), within, policy);
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

fn stretches(shown: &[Span], within: Span, policy: &Policy) -> Vec<Stretch> {
    let limit = SignedDuration::from_millis(i64::from(policy.clip_max_gap_ms));
    let mut pieces: Vec<Span> = shown.iter().filter_map(|span| span.intersection(within)).collect();
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::SegmentId;
    use jiff::Timestamp;
    use proptest::prelude::*;
    use uuid::Uuid;

    fn span(start_ms: i64, end_ms: i64) -> Span {
        let at = |ms| Timestamp::from_millisecond(ms).unwrap();
        Span::new(at(start_ms), at(end_ms)).unwrap()
    }

    fn footage(spans: &[(i64, i64)]) -> Vec<Recorded> {
        spans
            .iter()
            .map(|&(start, end)| Recorded {
                segment: SegmentId(Uuid::from_u128(start as u128)),
                span: span(start, end),
            })
            .collect()
    }

    const MINUTE: i64 = 60_000;

    #[test]
    fn twenty_minutes_in_one_minute_segments_are_a_clip() {
        let segments: Vec<_> = (0..25).map(|n| (n * MINUTE, (n + 1) * MINUTE)).collect();
        let clip = clip_span(&footage(&segments), span(0, 45 * MINUTE), &Policy::default()).unwrap();
        assert_eq!(clip, span(0, 20 * MINUTE + 5_000));
    }

    #[test]
    fn a_second_less_is_refused_and_says_how_far_it_got() {
        let refusal = clip_span(
            &footage(&[(0, 20 * MINUTE - 1_000), (20 * MINUTE + 5_000, 30 * MINUTE)]),
            span(0, 45 * MINUTE),
            &Policy::default(),
        )
        .unwrap_err();
        assert_eq!(refusal, ClipRefusal { longest_seconds: 1_199, needed_seconds: 1_200 });
        assert!(refusal.text().zh.contains("1199"));
    }

    #[test]
    fn two_seconds_of_hole_are_borne_and_one_millisecond_more_is_not() {
        let policy = Policy::default();
        let whole = span(0, 60 * MINUTE);
        assert_eq!(continuous(&footage(&[(0, 1_000), (3_000, 4_000)]), whole, &policy), [span(0, 4_000)]);
        assert_eq!(
            continuous(&footage(&[(0, 1_000), (3_001, 4_000)]), whole, &policy),
            [span(0, 1_000), span(3_001, 4_000)]
        );
    }

    #[test]
    fn small_holes_do_not_count_as_footage() {
        let policy = Policy { clip_min_seconds: 10, clip_spare_seconds: 0, ..Policy::default() };
        let clip = clip_span(&footage(&[(0, 6_000), (8_000, 20_000)]), span(0, 20_000), &policy).unwrap();
        assert_eq!(clip, span(0, 12_000));
        let short = clip_span(&footage(&[(0, 6_000), (8_000, 11_999)]), span(0, 20_000), &policy).unwrap_err();
        assert_eq!(short.longest_seconds, 9);
    }

    #[test]
    fn footage_outside_the_lesson_is_no_teaching() {
        let policy = Policy { clip_min_seconds: 10, ..Policy::default() };
        assert!(clip_span(&footage(&[(0, 30_000)]), span(25_000, 60_000), &policy).is_err());
    }

    #[test]
    fn a_clip_counts_by_its_longest_unbroken_stretch_of_teaching() {
        let policy = Policy::default();
        let seconds = |shown, gaps: &[(i64, i64)], teaching| {
            let gaps: Vec<_> = gaps.iter().map(|&(start, end)| span(start, end)).collect();
            continuous_seconds(shown, &gaps, teaching, &policy)
        };
        let (shown, lesson) = (span(0, 30 * MINUTE), span(-MINUTE, 60 * MINUTE));
        assert_eq!(seconds(shown, &[], lesson), 1_800);
        assert_eq!(seconds(shown, &[(60_000, 62_000)], lesson), 1_798, "a small hole does not break, nor count");
        assert_eq!(seconds(shown, &[(62_001, 700_000), (60_000, 62_000)], lesson), 1_100, "a large one breaks");
        assert_eq!(seconds(shown, &[(0, 5_000), (1_795_000, 1_900_000)], lesson), 1_790, "holes at the ends");
        assert_eq!(seconds(shown, &[(0, 30 * MINUTE)], lesson), 0);
        assert_eq!(seconds(shown, &[], span(20 * MINUTE, 60 * MINUTE)), 600, "before the lesson is no teaching");
        assert_eq!(seconds(shown, &[], span(40 * MINUTE, 60 * MINUTE)), 0);
    }

    proptest! {
        /// Against a film strip of 100 ms cells, judged cell by cell.
        #[test]
        fn stretches_and_clips_hold_against_a_strip_of_cells(
            spans in prop::collection::vec((0i64..200, 1i64..60), 0..10),
            within in (0i64..100, 1i64..200),
            (gap, min, spare) in (0u32..20, 1u32..8, 0u32..3),
        ) {
            let policy = Policy {
                clip_max_gap_ms: gap * 100, clip_min_seconds: min, clip_spare_seconds: spare, ..Policy::default()
            };
            let ms: Vec<_> = spans.iter().map(|&(start, length)| (start * 100, (start + length) * 100)).collect();
            let recorded = footage(&ms);
            let lesson = span(within.0 * 100, (within.0 + within.1) * 100);
            let filled = |cell: i64| {
                let cell = span(cell * 100, cell * 100 + 100);
                lesson.contains(cell.start()) && recorded.iter().any(|r| r.span.contains(cell.start()))
            };
            // Runs of filled cells, joined over at most `gap` empty ones.
            let mut runs: Vec<(i64, i64, i64)> = Vec::new();
            for cell in (0..300).filter(|&cell| filled(cell)) {
                match runs.last_mut() {
                    Some(run) if cell - run.1 <= i64::from(gap) => { run.1 = cell + 1; run.2 += 1; }
                    _ => runs.push((cell, cell + 1, 1)),
                }
            }
            let expected: Vec<_> = runs.iter().map(|run| span(run.0 * 100, run.1 * 100)).collect();
            prop_assert_eq!(continuous(&recorded, lesson, &policy), expected);

            let enough = |run: &&(i64, i64, i64)| run.2 >= i64::from(min) * 10;
            match clip_span(&recorded, lesson, &policy) {
                Ok(clip) => {
                    let run = runs.iter().find(enough).unwrap();
                    prop_assert_eq!(clip.start(), span(run.0 * 100, run.1 * 100).start());
                    let cells = (0..300).filter(|&c| filled(c) && clip.contains(span(c * 100, c * 100 + 1).start())).count();
                    prop_assert_eq!(cells as i64, run.2.min(i64::from(min + spare) * 10));
                    prop_assert!(clip.end() <= lesson.end());
                }
                Err(refusal) => {
                    prop_assert!(!runs.iter().any(|run| enough(&run)));
                    prop_assert_eq!(i64::from(refusal.longest_seconds), runs.iter().map(|r| r.2 / 10).max().unwrap_or(0));
                }
            }
        }
    }
}
