//! Decoding times for a stream that only says when its pictures are shown.

use std::{cmp::Reverse, collections::BinaryHeap, collections::VecDeque};

/// What 25 pictures a second give; used until the stream shows its own rate.
const USUAL_DURATION: i64 = 3_600;
/// No H.264 decoder holds back more pictures (ITU-T H.264 section A.3.1).
const DEPTH_MAX: usize = 16;

/// Gives each picture, in decoding order, a decoding time that grows and does not pass its showing time.
///
/// The decoding times are the showing times in order, given out `depth` pictures late. A stream without B-frames has depth 0.
/// Where the stream does not state its depth it is learnt: until the next key frame after the first B-frame, showing times
/// may then lie before decoding times, which the file format allows.
pub(crate) struct Reorder {
    depth: usize,
    waiting: BinaryHeap<Reverse<i64>>,
    recent: VecDeque<i64>,
    needed: usize,
    last_dts: Option<i64>,
    duration: i64,
}

impl Reorder {
    /// `depth`: as the stream states it, if it does.
    pub(crate) fn new(depth: Option<usize>) -> Self {
        let depth = depth.unwrap_or(0).min(DEPTH_MAX);
        Self {
            depth,
            waiting: BinaryHeap::new(),
            recent: VecDeque::new(),
            needed: depth,
            last_dts: None,
            duration: USUAL_DURATION,
        }
    }

    /// Forgets the times, keeps what was learnt of the stream.
    pub(crate) fn restart(&mut self) {
        self.waiting.clear();
        self.recent.clear();
        self.last_dts = None;
        self.depth = self.needed;
    }

    /// By how much decoding of the very first picture precedes its showing.
    pub(crate) fn lead(&self) -> i64 {
        self.depth as i64 * self.duration
    }

    /// The decoding time of the next picture in decoding order.
    pub(crate) fn decode_time(&mut self, pts: i64, key: bool) -> i64 {
        self.learn(pts);
        if key {
            self.depth = self.needed;
        }
        self.waiting.push(Reverse(pts));
        let wanted = if self.waiting.len() > self.depth {
            self.waiting.pop().map_or(pts, |Reverse(earliest)| earliest)
        } else {
            // Not enough pictures seen yet: lead in at the usual distance.
            let missing = (self.depth + 1 - self.waiting.len()) as i64;
            let earliest = self.waiting.peek().map_or(pts, |Reverse(earliest)| *earliest);
            earliest - missing * self.duration
        };
        let dts = self.last_dts.map_or(wanted, |last| wanted.max(last + 1));
        if let Some(last) = self.last_dts
            && (1..=90_000).contains(&(dts - last))
            && self.waiting.len() >= self.depth
        {
            self.duration = dts - last;
        }
        self.last_dts = Some(dts);
        dts
    }

    fn learn(&mut self, pts: i64) {
        let overtaken = self.recent.iter().filter(|earlier| **earlier > pts).count();
        self.needed = self.needed.max(overtaken.min(DEPTH_MAX));
        if self.recent.len() == DEPTH_MAX {
            self.recent.pop_front();
        }
        self.recent.push_back(pts);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Showing times in decoding order: groups of a P picture and the B pictures before it.
    fn with_b_frames(b: usize, groups: usize) -> Vec<i64> {
        let mut list = vec![0];
        for group in 0..groups {
            let first = (group * (b + 1)) as i64;
            list.push((first + b as i64 + 1) * 3_600);
            list.extend((1..=b as i64).map(|index| (first + index) * 3_600));
        }
        list
    }

    #[test]
    fn without_b_frames_both_times_are_the_same() {
        let mut reorder = Reorder::new(None);
        for pts in (0..200).map(|index| index * 3_000) {
            assert_eq!(reorder.decode_time(pts, pts == 0), pts);
        }
    }

    proptest! {
        #[test]
        fn with_the_stated_depth_decoding_grows_and_never_passes_showing(b in 1_usize..4) {
            let mut reorder = Reorder::new(Some(1));
            let mut last = None;
            for (index, pts) in with_b_frames(b, 50).into_iter().enumerate() {
                let dts = reorder.decode_time(pts, index == 0);
                prop_assert!(dts <= pts && last.is_none_or(|last| last < dts), "{index}: {dts} {pts} {last:?}");
                last = Some(dts);
            }
        }

        #[test]
        fn an_unstated_depth_is_learnt_by_the_next_key_frame(b in 1_usize..4) {
            let mut reorder = Reorder::new(None);
            let pictures = with_b_frames(b, 40);
            let mut last = i64::MIN;
            for (index, pts) in pictures.iter().enumerate() {
                // A key frame every 10 groups; it is the P picture of its group.
                let dts = reorder.decode_time(*pts, index % (10 * (b + 1)) == 1);
                prop_assert!(dts > last);
                if index > 11 * (b + 1) {
                    prop_assert!(dts <= *pts, "{index}: {dts} {pts}");
                }
                last = dts;
            }
        }
    }
}
