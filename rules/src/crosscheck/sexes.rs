//! Men and women by count, with the classifier's known error. A hint for a number, never about one person.
//!
//! Each person is read wrongly with chance `e`, and as wrongly again in the next sample, so more samples do not help:
//! of `T` men among `V` people, `Bin(T, 1-e) + Bin(V-T, e)` read as men. Every `T` under which the number read is not
//! in the outer `error` of that distribution stays in the interval (a confidence interval by test inversion).

use super::{Estimate, binomial::distribution, samples::Samples};
use crate::{observation::Observation, policy::Policy};

/// Faces that carry a hint, and those that read as men.
fn readable(sample: &Observation, policy: &Policy) -> (u32, u32) {
    let hints = || {
        let big = |eyes: f32| eyes >= policy.identify_min_eye_distance_px;
        sample.faces.iter().filter(move |face| big(face.eye_distance_px)).filter_map(|face| face.male_probability)
    };
    let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    (count(hints().count()), count(hints().filter(|hint| *hint > 0.5).count()))
}

/// Men and women among `people`; `None` while there is too little to go by.
pub(super) fn estimate(samples: &Samples<'_>, people: Estimate, policy: &Policy) -> Option<(Estimate, Estimate)> {
    if !samples.enough() {
        return None;
    }
    let mut best: Option<(u32, u32)> = None;
    for camera in samples.cameras() {
        let mut counts: Vec<(u32, u32)> = samples
            .telling
            .iter()
            .filter(|sample| sample.camera == camera)
            .map(|sample| readable(sample, policy))
            .collect();
        counts.sort_unstable_by(|a, b| b.cmp(a));
        // The fullest pictures: those that reach the number which enough samples confirm.
        let confirmed = policy.count_confirmed_by_samples.max(1) as usize;
        let Some(&(people_read, _)) = counts.get(confirmed - 1).filter(|count| count.0 > 0) else { continue };
        let full: Vec<f64> = counts
            .iter()
            .filter(|count| count.0 >= people_read)
            .map(|&(all, men)| f64::from(men) / f64::from(all))
            .collect();
        let share = full.iter().sum::<f64>() / full.len() as f64;
        let men = (share * f64::from(people_read)).round() as u32;
        if best.is_none_or(|best| best.0 < people_read) {
            best = Some((people_read, men));
        }
    }
    let (people_read, men_read) = best?;
    let men = invert(people_read, men_read, policy)?;
    let women = Estimate { likely: people_read - men.likely, low: people_read - men.high, high: people_read - men.low };
    // Whoever could not be read may be either.
    let unread = people.high.saturating_sub(people_read);
    let widen = |part: Estimate| Estimate { high: part.high + unread, ..part };
    Some((widen(men), widen(women)))
}

/// The numbers of men among `people` under which `read` men is no surprise.
fn invert(people: u32, read: u32, policy: &Policy) -> Option<Estimate> {
    let each_side = f64::from(policy.crosscheck_error) / 2.0;
    let mut fits: Option<(u32, u32)> = None;
    let mut likely = (0.0, read);
    for men in 0..=people {
        let chances = readings(people, men, f64::from(policy.sex_error));
        let up_to: f64 = chances.iter().take(read as usize + 1).sum();
        let from: f64 = chances.iter().skip(read as usize).sum();
        if up_to > each_side && from > each_side {
            fits = Some((fits.map_or(men, |fits| fits.0), men));
        }
        let chance = chances.get(read as usize).copied().unwrap_or(0.0);
        if chance > likely.0 {
            likely = (chance, men);
        }
    }
    fits.map(|(low, high)| Estimate { likely: likely.1.clamp(low, high), low, high })
}

/// The chances that 0, 1, …, `people` read as men when `men` are.
fn readings(people: u32, men: u32, error: f64) -> Vec<f64> {
    let right = distribution(men, 1.0 - error);
    let wrong = distribution(people - men, error);
    let mut chances = vec![0.0; people as usize + 1];
    for (a, p) in right.iter().enumerate() {
        for (b, q) in wrong.iter().enumerate() {
            chances[a + b] += p * q;
        }
    }
    chances
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn twelve_of_twenty_read_as_men_may_be_ten_to_fifteen() {
        // 15 men read as 14.4 on average with a deviation of 1.06: 12 or fewer 4 times in 100. 16: 15.3, less than 1 time.
        let men = invert(20, 12, &Policy::default()).unwrap();
        assert_eq!((men.low, men.likely, men.high), (10, 12, 15));
    }

    #[test]
    fn without_error_the_reading_is_the_truth() {
        let men = invert(20, 12, &Policy { sex_error: 0.0, ..Policy::default() }).unwrap();
        assert_eq!(men, Estimate { likely: 12, low: 12, high: 12 });
    }

    #[test]
    fn one_man_read_among_thirty_women_may_be_none() {
        let men = invert(30, 1, &Policy::default()).unwrap();
        // 0 men read as 1 in 29 of 100 pictures, 1 man in 17.
        assert_eq!((men.low, men.likely), (0, 0));
        assert!(men.high >= 1);
    }

    #[test]
    fn readings_are_a_distribution_around_the_truth() {
        let chances = readings(30, 10, 0.06);
        assert!((chances.iter().sum::<f64>() - 1.0).abs() < 1e-9);
        let mean: f64 = chances.iter().enumerate().map(|(k, chance)| k as f64 * chance).sum();
        assert!((mean - (10.0 * 0.94 + 20.0 * 0.06)).abs() < 1e-9);
    }
}
