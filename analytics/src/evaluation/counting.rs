//! Numbers found against numbers known.

use serde::Serialize;

/// How far counts are from the truth.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Counting {
    /// Pictures counted.
    pub pictures: usize,
    /// Of them, counted exactly.
    pub right: usize,
    /// Mean of found minus true: below 0 where people are missed.
    pub bias: f64,
    /// Mean distance from the truth.
    pub mean_error: f64,
    /// The most that were missed in one picture.
    pub most_missed: u32,
    /// The most that were too many in one picture.
    pub most_extra: u32,
}

impl Counting {
    /// From (true, found); `None` without any.
    pub fn of(counts: &[(u32, u32)]) -> Option<Self> {
        if counts.is_empty() {
            return None;
        }
        let mean = |error: fn(&(u32, u32)) -> f64| counts.iter().map(error).sum::<f64>() / counts.len() as f64;
        Some(Self {
            pictures: counts.len(),
            right: counts.iter().filter(|(truth, found)| truth == found).count(),
            bias: mean(|&(truth, found)| f64::from(found) - f64::from(truth)),
            mean_error: mean(|&(truth, found)| f64::from(found.abs_diff(truth))),
            most_missed: counts.iter().map(|(truth, found)| truth.saturating_sub(*found)).max().unwrap_or(0),
            most_extra: counts.iter().map(|(truth, found)| found.saturating_sub(*truth)).max().unwrap_or(0),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn missed_and_extra_people_are_told_apart() {
        assert_eq!(Counting::of(&[]), None);
        let counting = Counting::of(&[(5, 5), (17, 12), (2, 3), (0, 0)]).unwrap();
        assert_eq!((counting.pictures, counting.right), (4, 2));
        assert_eq!((counting.most_missed, counting.most_extra), (5, 1));
        assert_eq!((counting.bias, counting.mean_error), (-1.0, 1.5));
    }
}
