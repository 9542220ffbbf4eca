//! How many people were there, given that a camera misses some: hidden behind others, or turned away and not told apart.
//!
//! The model: of `N` people, each is one whom this camera can see at times with chance `1 - hidden`, and each of these
//! is found in a sample with chance `p` or more, both from the policy. Let `M` be the number of people that at least `k`
//! samples reached. Had `N` people been there, the chance that so few samples show more than `M` of them is
//!
//! `tail(N) = Σ_v Bin(N, 1-hidden)(v) · P(Bin(n, P(Bin(v, p) > M)) < k)`
//!
//! with `n` samples far enough apart to be independent. The upper end is the largest `N` with `tail(N) ≥ error`.
//! `M` never falls when somebody is added to a sample and `n` does not depend on people, so one more person seen never
//! lowers the upper end: the reason why `p` is not estimated from the same counts, which would be sharper.

use super::{
    Estimate,
    binomial::{above, at_most, distribution},
    samples::Samples,
};
use crate::policy::Policy;

/// Nobody counts beyond this; no classroom is bigger.
const MOST: u32 = 1_000;

/// What the samples of all cameras say about the number of people.
#[derive(Clone, Debug)]
pub(super) struct HeadCount {
    views: Vec<View>,
}

/// One camera's part.
#[derive(Clone, Copy, Debug)]
struct View {
    /// The number of people that enough samples reached.
    confirmed: u32,
    /// The highest of all samples.
    highest: u32,
    /// Samples that each tell something new.
    independent: u32,
    /// The upper end for this camera's view.
    high: u32,
}

impl HeadCount {
    /// `on_roll` is everyone who could be there, for the case that the samples say nothing.
    pub fn of(samples: &Samples<'_>, on_roll: u32, policy: &Policy) -> Self {
        let views = samples.cameras().into_iter().map(|camera| {
            let mut counts: Vec<u32> =
                samples.all.iter().filter(|seen| seen.camera == camera).map(|seen| seen.people().min(MOST)).collect();
            counts.sort_unstable_by(|a, b| b.cmp(a));
            let confirmed = counts.get(policy.count_confirmed_by_samples.max(1) as usize - 1).copied().unwrap_or(0);
            let independent = samples.independent(samples.telling.iter().copied().filter(|seen| seen.camera == camera));
            let highest = counts.first().copied().unwrap_or(0);
            View { confirmed, highest, independent, high: high(confirmed, independent, on_roll, policy) }
        });
        Self { views: views.collect() }
    }

    /// The interval. Cameras of one room may show the same people or others: at least the most that one shows, at
    /// most all together. `recognised` different students are a lower end of their own.
    pub fn estimate(&self, recognised: u32) -> Estimate {
        let confirmed = self.views.iter().map(|view| view.confirmed).max().unwrap_or(0);
        let low = confirmed.max(recognised);
        let high = self.views.iter().fold(0, |sum: u32, view| sum.saturating_add(view.high)).max(low);
        let highest = self.views.iter().map(|view| view.highest).max().unwrap_or(0);
        let likely = if confirmed == 0 { highest.clamp(low, high) } else { low };
        Estimate { likely, low, high }
    }

    /// The chance that the samples would show so few people if `people` had been there.
    pub fn chance_if(&self, people: u32, policy: &Policy) -> f64 {
        let all = self.views.iter().fold(0, |sum: u32, view| sum.saturating_add(view.high));
        self.views
            .iter()
            .map(|view| {
                let others = all - view.high;
                tail(people.saturating_sub(others).min(MOST), view.confirmed, view.independent, policy)
            })
            .fold(0.0, f64::max)
    }
}

fn high(confirmed: u32, independent: u32, on_roll: u32, policy: &Policy) -> u32 {
    if independent < policy.count_confirmed_by_samples {
        return on_roll.max(confirmed);
    }
    let error = f64::from(policy.crosscheck_error);
    let fits_with = |people| tail(people, confirmed, independent, policy) >= error;
    // The chance falls as the people grow more: double until it is too small, then halve the bracket.
    let (mut fits, mut step) = (confirmed, 4);
    while fits < MOST && fits_with((fits + step).min(MOST)) {
        fits = (fits + step).min(MOST);
        step *= 2;
    }
    let mut too_many = (fits + step).min(MOST + 1);
    while too_many - fits > 1 {
        let middle = fits + (too_many - fits) / 2;
        if fits_with(middle) {
            fits = middle;
        } else {
            too_many = middle;
        }
    }
    fits
}

fn tail(people: u32, confirmed: u32, independent: u32, policy: &Policy) -> f64 {
    let fewer_than = policy.count_confirmed_by_samples.max(1) - 1;
    let p = f64::from(policy.count_min_detection);
    let visible = distribution(people, 1.0 - f64::from(policy.count_hidden_share));
    visible
        .into_iter()
        .zip(0u32..)
        .filter(|&(chance, _)| chance > 1e-9)
        .map(|(chance, v)| chance * at_most(independent, above(v, p, confirmed), fewer_than))
        .sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn demo() -> Policy {
        Policy { count_min_detection: 0.95, count_hidden_share: 0.0, ..Policy::default() }
    }

    #[test]
    fn nobody_hidden_and_few_missed_gives_a_narrow_interval() {
        assert_eq!(high(10, 12, 0, &demo()), 10);
        assert_eq!(high(10, 6, 0, &demo()), 11);
    }

    #[test]
    fn under_the_careful_default_ten_seen_may_be_a_few_more() {
        // Worked out apart from this code, in exact fractions: with nobody hidden, tail(13) = 0.1308, tail(14) = 0.0033;
        // with 3 % hidden, tail(14) = 0.0848, tail(15) = 0.0158.
        let none_hidden = Policy { count_hidden_share: 0.0, ..Policy::default() };
        assert!((tail(13, 10, 60, &none_hidden) - 0.1308).abs() < 5e-4);
        assert_eq!(high(10, 60, 0, &none_hidden), 13);
        let policy = Policy::default();
        assert!((tail(14, 10, 60, &policy) - 0.0848).abs() < 5e-4);
        assert!((tail(15, 10, 60, &policy) - 0.0158).abs() < 5e-4);
        assert_eq!(high(10, 60, 0, &policy), 14);
    }

    #[test]
    fn too_few_samples_say_nothing_about_the_upper_end() {
        assert_eq!(high(3, 1, 30, &Policy::default()), 30);
    }

    #[test]
    fn more_seen_never_lowers_and_more_samples_never_raise_the_upper_end() {
        let policy = Policy::default();
        for confirmed in 0..40 {
            for independent in [2, 5, 12, 60, 200] {
                let here = high(confirmed, independent, 0, &policy);
                assert!(here <= high(confirmed + 1, independent, 0, &policy));
                assert!(here >= high(confirmed, independent + 1, 0, &policy));
            }
        }
    }
}
