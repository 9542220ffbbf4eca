//! Drawing lots that anyone can draw again: R4.4 (四: 抽查3人/班) and R7.4c (七(四): 随机监管).
//!
//! The seed comes in as a value and is recorded with the draw, so the same candidates and seed always give the same lots,
//! on any machine, today and in three years. To check a draw without this program:
//!
//! 1. Order the candidates by their key (the UUID's 16 bytes), as [`Draw::candidates`] has them.
//! 2. Number stream: block `n` (0, 1, …) is SHA-256 (FIPS 180-4) over the 32 seed bytes and `n` as 8 bytes, big end first.
//!    Each block gives four numbers of 8 bytes, big end first.
//! 3. To draw one of the candidates that are left: let `total` be the sum of their weights. Take numbers from the stream
//!    until one is below the greatest multiple of `total` that 64 bits hold; its remainder by `total` is the ticket. Go
//!    through the candidates in order and take the first at which the sum of weights so far exceeds the ticket.
//!
//! There are only whole numbers in it, and every candidate's chance at each lot is its weight's share, exactly.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::hex;

/// 32 bytes from a true source of randomness, drawn by whoever asks, once; hexadecimal in JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Seed(pub [u8; 32]);

/// Somebody who may be drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Candidate {
    /// Who.
    pub id: Uuid,
    /// How likely, against the others; 0 is never drawn.
    pub weight: u32,
}

/// A draw with everything that is needed to do it again.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Draw {
    /// The seed.
    pub seed: Seed,
    /// How many were asked for.
    pub wanted: u32,
    /// All who could be drawn, in the order of their IDs, each once.
    pub candidates: Vec<Candidate>,
    /// Who was drawn, in the order of the lots: as many as wanted, or all who could be.
    pub drawn: Vec<Uuid>,
}

/// Why a recorded draw is not believed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DrawProblem {
    /// The candidates are not in order, or one is there twice.
    #[error("the candidates are not in the order of their IDs, each once")]
    Candidates,
    /// The seed gives other lots.
    #[error("drawn again with its seed, other lots come out")]
    Lots,
}

impl Draw {
    /// Draws `wanted` of the candidates without putting them back. An ID given twice counts once, with its first weight.
    pub fn new(candidates: impl IntoIterator<Item = Candidate>, wanted: u32, seed: Seed) -> Self {
        let mut candidates: Vec<Candidate> = candidates.into_iter().collect();
        candidates.sort_by_key(|candidate| candidate.id);
        candidates.dedup_by_key(|candidate| candidate.id);
        let drawn = lots(&candidates, wanted, seed);
        Self { seed, wanted, candidates, drawn }
    }

    /// Draws with the same chance for everyone.
    pub fn uniform(ids: impl IntoIterator<Item = Uuid>, wanted: u32, seed: Seed) -> Self {
        Self::new(ids.into_iter().map(|id| Candidate { id, weight: 1 }), wanted, seed)
    }

    /// Draws again from what is recorded.
    pub fn check(&self) -> Result<(), DrawProblem> {
        if !self.candidates.windows(2).all(|pair| pair[0].id < pair[1].id) {
            return Err(DrawProblem::Candidates);
        }
        if lots(&self.candidates, self.wanted, self.seed) != self.drawn {
            return Err(DrawProblem::Lots);
        }
        Ok(())
    }
}

fn lots(candidates: &[Candidate], wanted: u32, seed: Seed) -> Vec<Uuid> {
    let mut left: Vec<Candidate> = candidates.iter().copied().filter(|candidate| candidate.weight > 0).collect();
    let mut numbers = Numbers { seed, block: 0, ready: Vec::new() };
    let mut drawn = Vec::new();
    while drawn.len() < wanted as usize && !left.is_empty() {
        let total: u64 = left.iter().map(|candidate| u64::from(candidate.weight)).sum();
        let ticket = numbers.below(total);
        let mut sum = 0;
        let index = left.iter().position(|candidate| {
            sum += u64::from(candidate.weight);
            sum > ticket
        });
        // The ticket is below the total, so there always is one.
        let Some(index) = index else { break };
        drawn.push(left.remove(index).id);
    }
    drawn
}

/// The number stream of a seed.
struct Numbers {
    seed: Seed,
    block: u64,
    /// What the last block still holds, last number first.
    ready: Vec<u64>,
}

impl Numbers {
    fn next(&mut self) -> u64 {
        loop {
            if let Some(number) = self.ready.pop() {
                return number;
            }
            let hash = Sha256::new().chain_update(self.seed.0).chain_update(self.block.to_be_bytes()).finalize();
            self.block += 1;
            self.ready =
                hash.chunks(8).rev().map(|bytes| bytes.iter().fold(0, |n, &byte| n << 8 | u64::from(byte))).collect();
        }
    }

    /// A number from 0 to below `bound`, each as likely; `bound` must not be 0.
    fn below(&mut self, bound: u64) -> u64 {
        // 2^64 modulo the bound: as many numbers at the top of the range would favour the small remainders.
        let surplus = (u64::MAX % bound + 1) % bound;
        loop {
            let number = self.next();
            if number <= u64::MAX - surplus {
                return number % bound;
            }
        }
    }
}

impl Serialize for Seed {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&hex::write(&self.0))
    }
}

impl<'de> Deserialize<'de> for Seed {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        hex::read(&text).map(Self).ok_or_else(|| serde::de::Error::custom("a seed is 64 hexadecimal digits"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn id(n: u128) -> Uuid {
        Uuid::from_u128(n)
    }

    fn seed(n: u64) -> Seed {
        let mut bytes = [0; 32];
        bytes[..8].copy_from_slice(&n.to_be_bytes());
        Seed(bytes)
    }

    #[test]
    fn lots_are_as_worked_out_by_hand_from_the_description() {
        // Worked out by a separate program (Python's hashlib) from the three steps in the module's text.
        let thirty = Draw::uniform((1..=30).map(id), 3, Seed([7; 32]));
        assert_eq!(thirty.drawn, UNIFORM.map(id));
        let weighted = (1..=10).map(|n| Candidate { id: id(n), weight: n as u32 * n as u32 });
        let weighted = Draw::new(weighted, 5, Seed([9; 32]));
        assert_eq!(weighted.drawn, WEIGHTED.map(id));
    }

    const UNIFORM: [u128; 3] = [13, 7, 30];
    const WEIGHTED: [u128; 5] = [10, 7, 6, 8, 5];

    #[test]
    fn of_thirty_students_each_is_drawn_about_as_often() {
        let draws = 20_000u64;
        let mut times = [0u32; 30];
        for n in 0..draws {
            for drawn in Draw::uniform((0..30).map(id), 3, seed(n)).drawn {
                times[drawn.as_u128() as usize] += 1;
            }
        }
        // Chi-square over 30 students, each expected 2 000 times. Drawn without putting back, the statistic is smaller by
        // (30-3)/(30-1); 58.3 is the 0.1 % point at 29 degrees of freedom, 13.1 the 99.5 % point (no fixed pattern).
        let chi: f64 = times.iter().map(|&n| (f64::from(n) - 2_000.0).powi(2) / 2_000.0).sum::<f64>() * 29.0 / 27.0;
        assert!((13.1..58.3).contains(&chi), "chi-square {chi}, {times:?}");
    }

    #[test]
    fn three_times_the_risk_is_drawn_three_times_as_often() {
        let weights = [1, 3, 6];
        let mut times = [0u32; 3];
        for n in 0..30_000 {
            let candidates = weights.iter().enumerate().map(|(n, &weight)| Candidate { id: id(n as u128), weight });
            times[Draw::new(candidates, 1, seed(n)).drawn[0].as_u128() as usize] += 1;
        }
        for (drawn, weight) in times.into_iter().zip(weights) {
            let expected = 3_000.0 * f64::from(weight);
            // Five standard deviations.
            let bound = 5.0 * (expected * (1.0 - f64::from(weight) / 10.0)).sqrt();
            assert!((f64::from(drawn) - expected).abs() < bound, "{times:?}");
        }
    }

    #[test]
    fn a_class_of_two_is_checked_whole_and_nobody_at_no_weight() {
        let mut all = Draw::uniform([id(1), id(2)], 3, seed(1)).drawn;
        all.sort();
        assert_eq!(all, [id(1), id(2)]);
        assert!(Draw::uniform([], 3, seed(1)).drawn.is_empty());
        let never = Candidate { id: id(1), weight: 0 };
        assert_eq!(Draw::new([never, Candidate { id: id(2), weight: 1 }], 2, seed(1)).drawn, [id(2)]);
    }

    #[test]
    fn a_draw_that_was_changed_afterwards_is_seen() {
        let draw = Draw::uniform((0..30).map(id), 3, seed(5));
        assert_eq!(draw.check(), Ok(()));
        let swapped = Draw { drawn: vec![draw.drawn[1], draw.drawn[0], draw.drawn[2]], ..draw.clone() };
        assert_eq!(swapped.check(), Err(DrawProblem::Lots));
        let mut without = draw.clone();
        without.candidates.retain(|candidate| candidate.id != draw.drawn[2]);
        assert_eq!(without.check(), Err(DrawProblem::Lots));
        let mut twice = draw.clone();
        twice.candidates.insert(1, twice.candidates[0]);
        assert_eq!(twice.check(), Err(DrawProblem::Candidates));
        assert_eq!(Draw { seed: seed(6), ..draw }.check(), Err(DrawProblem::Lots));
    }

    #[test]
    fn a_seed_is_hexadecimal_in_json_and_nothing_else() {
        let json = serde_json::to_string(&seed(1)).unwrap();
        assert_eq!(json, format!("\"0000000000000001{}\"", "0".repeat(48)));
        assert_eq!(serde_json::from_str::<Seed>(&json).unwrap(), seed(1));
        for wrong in ["\"00\"".to_owned(), format!("\"{}\"", "g".repeat(64)), format!("\"{}\"", "é".repeat(32))] {
            assert!(serde_json::from_str::<Seed>(&wrong).unwrap_err().to_string().contains("64 hexadecimal"));
        }
    }

    proptest! {
        #[test]
        fn the_order_in_which_candidates_come_does_not_matter(
            (sorted, mixed) in prop::collection::btree_map(0u128..99, 0u32..9, 0..20).prop_flat_map(|map| {
                let list: Vec<_> = map.into_iter().map(|(n, weight)| Candidate { id: id(n), weight }).collect();
                (Just(list.clone()), Just(list).prop_shuffle())
            }),
            wanted in 0u32..12, from in any::<u64>(),
        ) {
            let draw = Draw::new(sorted.clone(), wanted, seed(from));
            prop_assert_eq!(&Draw::new(mixed, wanted, seed(from)), &draw);
            prop_assert_eq!(draw.check(), Ok(()));
            let possible = sorted.iter().filter(|candidate| candidate.weight > 0).count();
            prop_assert_eq!(draw.drawn.len(), possible.min(wanted as usize));
            let mut once = draw.drawn.clone();
            once.sort();
            once.dedup();
            prop_assert_eq!(once.len(), draw.drawn.len(), "nobody twice");
            let json = serde_json::to_string(&draw).unwrap();
            prop_assert_eq!(serde_json::from_str::<Draw>(&json).unwrap(), draw);
        }
    }

    #[test]
    fn the_numbers_that_would_favour_the_small_are_passed_over() {
        // Of 2^64 numbers one whole round of 2^63 + 1 fits; about half of all numbers are beyond it.
        let bound = (1 << 63) + 1;
        let raw = |n: u64| Numbers { seed: seed(n), block: 0, ready: Vec::new() };
        for n in 0..50 {
            let mut reference = raw(n);
            let first = std::iter::repeat_with(|| reference.next()).find(|number| *number < bound).unwrap();
            assert_eq!(raw(n).below(bound), first);
            // 2^63 fits in twice: nothing favours anybody, and the first number does.
            assert_eq!(raw(n).below(1 << 63), raw(n).next() % (1 << 63));
        }
    }
}
