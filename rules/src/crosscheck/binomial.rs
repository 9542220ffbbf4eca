//! The binomial distribution, exact, for the small numbers of a classroom.

/// The chances of 0, 1, …, `trials` successes, each with chance `p`.
pub(super) fn distribution(trials: u32, p: f64) -> Vec<f64> {
    let count = trials as usize;
    if p <= 0.0 || p >= 1.0 {
        let sure = if p <= 0.0 { 0 } else { count };
        return (0..=count).map(|k| if k == sure { 1.0 } else { 0.0 }).collect();
    }
    // In logarithms, as (1 - p)^n is below the smallest f64 for long series.
    let odds = (p / (1.0 - p)).ln();
    let mut log = f64::from(trials) * (-p).ln_1p();
    let mut chances = Vec::with_capacity(count + 1);
    for k in 0..=trials {
        chances.push(log.exp());
        log += (f64::from(trials - k) / f64::from(k + 1)).ln() + odds;
    }
    chances
}

/// The chance of at most `most` successes.
pub(super) fn at_most(trials: u32, p: f64, most: u32) -> f64 {
    distribution(trials, p).iter().take(most as usize + 1).sum::<f64>().min(1.0)
}

/// The chance of more than `most` successes.
pub(super) fn above(trials: u32, p: f64, most: u32) -> f64 {
    distribution(trials, p).iter().skip(most as usize + 1).sum::<f64>().min(1.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn four_coins() {
        let expected = [1.0, 4.0, 6.0, 4.0, 1.0].map(|ways| ways / 16.0);
        for (chance, expected) in distribution(4, 0.5).iter().zip(expected) {
            assert!((chance - expected).abs() < 1e-12);
        }
        assert!((at_most(4, 0.5, 1) - 5.0 / 16.0).abs() < 1e-12);
        assert!((above(4, 0.5, 1) - 11.0 / 16.0).abs() < 1e-12);
    }

    #[test]
    fn certainty_and_impossibility() {
        assert_eq!(distribution(3, 0.0), [1.0, 0.0, 0.0, 0.0]);
        assert_eq!(distribution(3, 1.0), [0.0, 0.0, 0.0, 1.0]);
        assert_eq!(at_most(3, 0.3, 9), 1.0);
        assert_eq!(above(3, 0.3, 9), 0.0);
    }

    proptest! {
        #[test]
        fn chances_sum_to_one_and_have_the_right_mean(trials in 0u32..2_000, p in 0.0f64..=1.0) {
            let chances = distribution(trials, p);
            prop_assert!((chances.iter().sum::<f64>() - 1.0).abs() < 1e-9);
            let mean: f64 = chances.iter().enumerate().map(|(k, chance)| k as f64 * chance).sum();
            prop_assert!((mean - f64::from(trials) * p).abs() < 1e-6 * f64::from(trials + 1));
        }
    }
}
