//! How many people were there and never found often enough to have a place.
//!
//! The model is capture–recapture with unequal chances, `M_h` with beta-distributed chances (Otis, Burnham, White and
//! Anderson, *Statistical Inference from Capture Data on Closed Animal Populations*, 1978; Dorazio and Royle, *Mixture
//! models for estimating the size of a closed population when capture rates vary among individuals*, Biometrics 59, 2003): each
//! of `N` people is found in each of `n` samples with a chance of their own from Beta(a, b). `D` of them were found in
//! `k` samples or more, the i-th in `f_i`:
//!
//! `L(N, a, b) = C(N, D) · P(fewer than k | a, b)^(N − D) · Π BetaBinomial(f_i | n, a, b)`
//!
//! summed over a grid of (a, b), with `1/N` as prior of `N`. Where the chances may come as close to none as you like, the
//! counts cannot tell how many people there are (Link, *Nonidentifiability of population size from capture-recapture data
//! with heterogeneous detection probabilities*, Biometrics 59, 2003): so `a ≥ 1`, and whom the camera can never see is the
//! policy's share, on top.

use crate::policy::Policy;

/// More people unseen than this are not considered.
const MOST: usize = 60;

/// People whom the places do not show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Never {
    /// The likeliest number.
    pub likely: usize,
    /// The most that stays possible.
    pub most: usize,
}

/// In how many of the samples somebody is found who has a place: more often than somebody passing by stops at one spot.
pub(super) fn least_to_be_a_seat(samples: usize) -> usize {
    ((samples as f64 * 0.08).ceil() as usize).max(2)
}

/// `found`: in how many of the samples each of the others was, none less than `least`.
pub(super) fn never_found(found: &[u32], samples: usize, least: usize, policy: &Policy) -> Never {
    if found.is_empty() {
        return Never { likely: 0, most: 0 };
    }
    let mut often = vec![0u32; samples + 1];
    found.iter().for_each(|&n| often[(n as usize).min(samples)] += 1);
    let rare = rarely_found(&often, found.len(), least);
    // Whom the camera can never see is allowed for, not supposed.
    let likely = (0..rare.len()).max_by(|&a, &b| rare[a].total_cmp(&rare[b]).then(b.cmp(&a))).unwrap_or(0);
    let unseen = convolve(&rare, &hidden(found.len(), policy));
    let total: f64 = unseen.iter().sum();
    let enough = 1.0 - f64::from(policy.crosscheck_error);
    let mut so_far = 0.0;
    let most = unseen.iter().position(|chance| {
        so_far += chance / total;
        so_far >= enough
    });
    Never { likely, most: most.unwrap_or(unseen.len()) }
}

/// How likely 0, 1, … people were found too rarely, not scaled.
fn rarely_found(often: &[u32], known: usize, least: usize) -> Vec<f64> {
    let mut by_number = vec![0.0; MOST + 1];
    let weights: Vec<(f64, f64)> = shapes().map(|(a, b)| fit(often, a, b, least)).collect();
    // Scaled by the best, as likelihoods of long series are below the smallest f64.
    let best = weights.iter().map(|(log, _)| *log).fold(f64::MIN, f64::max);
    for (log, rare) in weights {
        let mut term = (log - best).exp();
        for (unseen, sum) in by_number.iter_mut().enumerate() {
            *sum += term * known as f64 / (known + unseen) as f64;
            term *= rare * (known + unseen + 1) as f64 / (unseen + 1) as f64;
        }
    }
    by_number
}

/// The shapes of the distribution of chances that are tried.
fn shapes() -> impl Iterator<Item = (f64, f64)> {
    let spreads = [1.5, 2.0, 3.0, 5.0, 8.0, 14.0, 25.0, 50.0, 150.0];
    let means = (2..40).map(|n| f64::from(n) / 40.0).chain([0.985, 0.995]);
    means.flat_map(move |mean| spreads.map(|spread| (mean * spread, (1.0 - mean) * spread))).filter(|(a, _)| *a >= 1.0)
}

/// The logarithm of the likelihood of how often people were found, and the chance to be found less than `least` times.
fn fit(often: &[u32], a: f64, b: f64, least: usize) -> (f64, f64) {
    let chances = beta_binomial(often.len() - 1, a, b);
    let log = often.iter().zip(&chances).filter(|(n, _)| **n > 0).map(|(n, log)| f64::from(*n) * log).sum();
    (log, chances.iter().take(least).map(|log| log.exp()).sum::<f64>().min(1.0))
}

/// The logarithms of the chances of 0, 1, …, `samples` finds, by the ratio of each to the one before.
fn beta_binomial(samples: usize, a: f64, b: f64) -> Vec<f64> {
    let n = samples as f64;
    let mut log: f64 = (0..samples).map(|j| ((b + j as f64) / (a + b + j as f64)).ln()).sum();
    (0..=samples)
        .map(|k| {
            let here = log;
            let k = k as f64;
            log += ((n - k) / (k + 1.0) * (a + k) / (b + n - k - 1.0)).ln();
            here
        })
        .collect()
}

/// How likely 0, 1, … people are never in view, besides `known` who are; not scaled.
fn hidden(known: usize, policy: &Policy) -> Vec<f64> {
    let share = f64::from(policy.count_hidden_share);
    let mut term = 1.0;
    (0..=MOST)
        .map(|n| {
            let here = term;
            term *= share * (known + n + 1) as f64 / (n + 1) as f64;
            here
        })
        .collect()
}

fn convolve(a: &[f64], b: &[f64]) -> Vec<f64> {
    (0..a.len()).map(|n| (0..=n).map(|i| a[i] * b[n - i]).sum()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_are_a_distribution_with_the_mean_of_its_shape() {
        for (a, b) in [(1.0, 1.0), (3.0, 0.5), (20.0, 60.0)] {
            let chances: Vec<f64> = beta_binomial(30, a, b).iter().map(|log| log.exp()).collect();
            let mean: f64 = chances.iter().enumerate().map(|(k, chance)| k as f64 * chance).sum();
            assert!((chances.iter().sum::<f64>() - 1.0).abs() < 1e-9);
            assert!((mean - 30.0 * a / (a + b)).abs() < 1e-6);
        }
        // Beta(1, 1) makes every number as likely.
        assert!(beta_binomial(9, 1.0, 1.0).iter().all(|log| (log.exp() - 0.1).abs() < 1e-9));
    }

    #[test]
    fn whoever_is_always_found_leaves_nobody_out() {
        let nobody_hidden = Policy { count_hidden_share: 0.0, ..Policy::default() };
        let never = never_found(&[40; 28], 40, 4, &nobody_hidden);
        assert_eq!(never, Never { likely: 0, most: 0 });
        // With three in a hundred out of view, of 28 none is likeliest and three is possible.
        let never = never_found(&[40; 28], 40, 4, &Policy::default());
        assert_eq!((never.likely, never.most), (0, 3));
    }

    #[test]
    fn the_more_unevenly_people_are_found_the_more_may_be_missed() {
        let policy = Policy { count_hidden_share: 0.0, ..Policy::default() };
        let most = |found: &[u32]| never_found(found, 40, 4, &policy).most;
        let even = most(&[20; 30]);
        let uneven = most(&(0..30).map(|n| 5 + n).collect::<Vec<_>>());
        let often_missed = most(&(0..30).map(|n| 4 + n % 9).collect::<Vec<_>>());
        assert!(even < uneven && uneven < often_missed, "{even} {uneven} {often_missed}");
    }

    #[test]
    fn a_seat_is_found_in_two_samples_and_in_eight_of_a_hundred() {
        let least = [10, 25, 26, 37, 38, 100].map(least_to_be_a_seat);
        assert_eq!(least, [2, 2, 3, 3, 4, 8]);
    }

    #[test]
    fn every_shape_has_its_mean_and_spread_and_none_comes_close_to_never() {
        let shapes: Vec<(f64, f64)> = shapes().collect();
        let sums = shapes.iter().fold((0.0, 0.0), |sum, shape| (sum.0 + shape.0, sum.1 + shape.1));
        assert_eq!(shapes.len(), 295);
        assert!((sums.0 - 5510.9175).abs() < 1e-6 && (sums.1 - 4651.5825).abs() < 1e-6, "{sums:?}");
        assert!(shapes.contains(&(1.0, 1.0)) && shapes.iter().all(|(a, b)| *a >= 1.0 && *b > 0.0));
    }

    #[test]
    fn the_parts_of_the_model_by_hand() {
        // Of three samples, as likely each number of finds: three people, one seen in all, two in two.
        let (log, rare) = fit(&[0, 0, 2, 1], 1.0, 1.0, 2);
        assert!((log - 3.0 * 0.25f64.ln()).abs() < 1e-12 && (rare - 0.5).abs() < 1e-12);
        // 1, share · C(D + 1, 1), share² · C(D + 2, 2), …
        let hidden = hidden(3, &Policy { count_hidden_share: 0.5, ..Policy::default() });
        assert_eq!((&hidden[..4], hidden.len()), (&[1.0, 2.0, 2.5, 2.5][..], MOST + 1));
        assert_eq!(convolve(&[1.0, 2.0, 3.0], &[1.0, 10.0, 100.0]), [1.0, 12.0, 123.0]);
    }

    /// Reckoned outside of the program with gamma functions instead of ratios.
    #[test]
    fn a_second_reckoning_gives_the_same() {
        let uneven: Vec<u32> = (5..35).collect();
        let rare: Vec<u32> = (0..30).map(|n| 4 + n % 9).collect();
        let few: Vec<u32> = (0..12).map(|n| 1 + n % 3).collect();
        for (found, samples, least, share, likely, most) in [
            (&[20; 30][..], 40, 4, 0.0, 0, 0),
            (&[20; 30], 40, 4, 0.03, 0, 3),
            (&uneven, 40, 4, 0.0, 0, 5),
            (&uneven, 40, 4, 0.03, 0, 6),
            (&rare, 40, 4, 0.0, 2, 22),
            (&rare, 40, 4, 0.03, 2, 23),
            (&[3, 4, 5, 9], 20, 2, 0.03, 0, 3),
            (&[2, 2, 3], 20, 2, 0.0, 0, 13),
            (&few, 12, 1, 0.03, 2, 12),
            (&[2, 3, 2, 4, 2, 6], 24, 2, 0.0, 1, 15),
            (&[2, 3, 2, 4, 2, 6], 24, 2, 0.03, 1, 16),
            (&[], 24, 2, 0.03, 0, 0),
        ] {
            let policy = Policy { count_hidden_share: share, ..Policy::default() };
            assert_eq!(never_found(found, samples, least, &policy), Never { likely, most }, "{found:?}, {share}");
        }
    }

    #[test]
    fn likelihoods_too_small_for_a_number_are_still_weighed() {
        let policy = Policy { count_hidden_share: 0.0, ..Policy::default() };
        let many: Vec<u32> = (8..98).cycle().take(270).collect();
        let most = never_found(&many, 100, 8, &policy).most;
        assert!((1..MOST).contains(&most), "{most}");
    }
}
