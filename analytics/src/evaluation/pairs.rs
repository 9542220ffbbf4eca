//! Who is who: the similarities of every two pictures.

use serde::Serialize;

use crate::Embedding;

/// The false-match rates at which it is told how many are still recognised.
const RATES: [f64; 3] = [0.1, 0.01, 0.001];
/// The similarities at which the curve is told.
const STEPS: std::ops::RangeInclusive<i32> = 0..=20;

/// Similarities of pairs of the same person and of different people.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Pairs {
    /// Of one person.
    pub same: Vec<f32>,
    /// Of two.
    pub different: Vec<f32>,
}

/// What the pairs say of a recogniser.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Identity {
    /// Pairs of one person.
    pub same: usize,
    /// Pairs of two.
    pub different: usize,
    /// The chance that a pair of one person is more similar than a pair of two: area under the ROC curve.
    pub auc: f64,
    /// The lowest similarity of a pair of one person.
    pub lowest_same: f32,
    /// The highest similarity of a pair of two.
    pub highest_different: f32,
    /// At the recogniser's own threshold.
    pub at_threshold: AtThreshold,
    /// Where the false matches are as rare as said. A rate below one pair in all those there are cannot be told.
    pub at_rates: Vec<AtThreshold>,
    /// The curve.
    pub roc: Vec<RocPoint>,
}

/// Mistakes at a threshold.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct AtThreshold {
    /// Two faces are one person's from this similarity on.
    pub threshold: f32,
    /// Pairs of one person below it.
    pub missed: usize,
    /// Pairs of two that reach it.
    pub mistaken: usize,
}

/// A point of the ROC curve.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct RocPoint {
    /// From this similarity on.
    pub threshold: f32,
    /// Share of the pairs of one person that reach it.
    pub recognised: f64,
    /// Share of the pairs of two that reach it.
    pub mistaken: f64,
}

impl Pairs {
    /// Every two of the faces, each with the person's name. Faces of different models do not compare.
    pub fn of(faces: &[(String, Embedding)]) -> Self {
        let mut pairs = Self::default();
        for (i, (person, face)) in faces.iter().enumerate() {
            for (other, other_face) in &faces[i + 1..] {
                let list = if person == other { &mut pairs.same } else { &mut pairs.different };
                list.extend(face.similarity(other_face));
            }
        }
        pairs
    }

    /// What they say; `None` without pairs of both kinds.
    pub fn identity(&self, threshold: f32) -> Option<Identity> {
        let lowest_same = self.same.iter().copied().min_by(f32::total_cmp)?;
        let highest_different = self.different.iter().copied().max_by(f32::total_cmp)?;
        Some(Identity {
            same: self.same.len(),
            different: self.different.len(),
            auc: self.auc(),
            lowest_same,
            highest_different,
            at_threshold: self.at(threshold),
            at_rates: RATES.iter().filter_map(|&rate| self.at_rate(rate)).collect(),
            roc: STEPS.map(|step| self.point(step as f32 / 20.0)).collect(),
        })
    }

    /// By counting every pair against every other kind of pair.
    fn auc(&self) -> f64 {
        let mut different = self.different.clone();
        different.sort_by(f32::total_cmp);
        let below = |same: &f32| {
            let less = different.partition_point(|other| other < same);
            let up_to = different.partition_point(|other| other <= same);
            (less + up_to) as f64 / 2.0
        };
        self.same.iter().map(below).sum::<f64>() / (self.same.len() * self.different.len()) as f64
    }

    /// The mistakes at a threshold.
    pub fn at(&self, threshold: f32) -> AtThreshold {
        AtThreshold {
            threshold,
            missed: self.same.iter().filter(|one| **one < threshold).count(),
            mistaken: self.different.iter().filter(|one| **one >= threshold).count(),
        }
    }

    /// The lowest threshold at which at most `rate` of the pairs of two reach it.
    fn at_rate(&self, rate: f64) -> Option<AtThreshold> {
        let allowed = (rate * self.different.len() as f64).floor() as usize;
        if allowed == 0 {
            return None;
        }
        let mut different = self.different.clone();
        different.sort_by(|a, b| b.total_cmp(a));
        // Just above the first that may not reach it; with all allowed, everything does.
        let threshold = different.get(allowed).map_or(-1.0, |next| next.next_up());
        Some(self.at(threshold))
    }

    fn point(&self, threshold: f32) -> RocPoint {
        let share = |list: &[f32]| list.iter().filter(|one| **one >= threshold).count() as f64 / list.len() as f64;
        RocPoint { threshold, recognised: share(&self.same), mistaken: share(&self.different) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pairs(same: &[f32], different: &[f32]) -> Pairs {
        Pairs { same: same.to_vec(), different: different.to_vec() }
    }

    #[test]
    fn apart_is_one_and_alike_is_a_coin() {
        let apart = pairs(&[0.7, 0.9], &[0.1, 0.2, 0.3]).identity(0.363).unwrap();
        assert_eq!((apart.auc, apart.lowest_same, apart.highest_different), (1.0, 0.7, 0.3));
        assert_eq!(apart.at_threshold, AtThreshold { threshold: 0.363, missed: 0, mistaken: 0 });
        assert_eq!(pairs(&[0.5], &[0.5, 0.5]).identity(0.363).unwrap().auc, 0.5);
        assert_eq!(pairs(&[0.1], &[0.5, 0.6]).identity(0.363).unwrap().auc, 0.0);
        assert_eq!(pairs(&[], &[0.1]).identity(0.363), None);
        assert_eq!(pairs(&[0.1], &[]).identity(0.363), None);
    }

    #[test]
    fn a_rate_allows_its_share_of_mistakes_and_no_more() {
        let different: Vec<f32> = (0..100).map(|n| n as f32 / 100.0).collect();
        let identity = pairs(&[0.95, 0.8, 0.995], &different).identity(0.5).unwrap();
        let [tenth, hundredth] = identity.at_rates[..] else { panic!("{:?}", identity.at_rates) };
        assert_eq!((tenth.mistaken, tenth.missed), (10, 1), "0.90 to 0.99 reach it");
        assert_eq!((hundredth.mistaken, hundredth.missed), (1, 2), "0.99 alone reaches it");
    }

    #[test]
    fn the_curve_falls() {
        let identity = pairs(&[0.4, 0.6, 0.9], &[0.1, 0.5]).identity(0.5).unwrap();
        assert_eq!(identity.roc.len(), 21);
        assert!(identity.roc.windows(2).all(|two| two[0].recognised >= two[1].recognised));
        let half = identity.roc.iter().find(|point| point.threshold == 0.5).unwrap();
        assert_eq!((half.recognised, half.mistaken), (2.0 / 3.0, 0.5));
    }
}
