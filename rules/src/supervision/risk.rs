//! R7.4c (七(四): 常态化随机监管): how likely a class is to be drawn for supervision today.
//!
//! The weight is `base + per_finding × open findings + per_violation × confirmed violations of its institution +
//! per_week_unseen × training weeks in which nobody looked`, from the policy. Every class has a chance, so that nobody can
//! count on being left alone; the more speaks for a look, the greater it is.

use std::collections::BTreeSet;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{calendar::Week, ids::ClassId, policy::Policy};

/// What is known of a class that may be drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct RiskFacts {
    /// Which.
    pub class: ClassId,
    /// Its findings that nobody has decided yet.
    pub open_findings: u32,
    /// The confirmed violations of its institution that stand.
    pub confirmed_violations: u32,
    /// See [`weeks_unseen`].
    pub weeks_unseen: u32,
}

/// The class's weight in the draw. Never 0 under a policy without [`Policy::problems`]; held at the largest number.
pub fn weight(facts: &RiskFacts, policy: &Policy) -> u32 {
    let part = |each: u32, count: u32| each.saturating_mul(count);
    policy
        .risk_base
        .saturating_add(part(policy.risk_per_finding, facts.open_findings))
        .saturating_add(part(policy.risk_per_violation, facts.confirmed_violations))
        .saturating_add(part(policy.risk_per_week_unseen, facts.weeks_unseen))
}

/// In how many of the class's training weeks before the present one nobody looked, on site or from afar. The present week
/// is not over and does not count.
pub fn weeks_unseen(training_days: &[Date], looked_on: &[Date], today: Date) -> u32 {
    let weeks = |dates: &[Date]| dates.iter().filter_map(|&date| Week::of(date)).collect::<BTreeSet<_>>();
    let seen = weeks(looked_on);
    let over = |week: &Week| week.sunday() < today;
    u32::try_from(weeks(training_days).into_iter().filter(over).filter(|week| !seen.contains(week)).count())
        .unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use proptest::prelude::*;
    use uuid::Uuid;

    fn facts(open_findings: u32, confirmed_violations: u32, weeks_unseen: u32) -> RiskFacts {
        RiskFacts { class: ClassId(Uuid::nil()), open_findings, confirmed_violations, weeks_unseen }
    }

    #[test]
    fn by_default_a_finding_weighs_two_a_violation_three_a_week_unseen_one() {
        let policy = Policy::default();
        assert_eq!(weight(&facts(0, 0, 0), &policy), 1);
        assert_eq!(weight(&facts(1, 0, 0), &policy), 3);
        assert_eq!(weight(&facts(0, 1, 0), &policy), 4);
        assert_eq!(weight(&facts(0, 0, 1), &policy), 2);
        assert_eq!(weight(&facts(2, 1, 3), &policy), 1 + 4 + 3 + 3);
        assert_eq!(weight(&facts(u32::MAX, u32::MAX, 1), &policy), u32::MAX);
    }

    #[test]
    fn weeks_without_training_and_the_present_one_are_not_unseen() {
        let days = [date(2024, 10, 8), date(2024, 10, 16), date(2024, 10, 28), date(2024, 11, 4)];
        let (sunday, monday) = (date(2024, 11, 3), date(2024, 11, 4));
        assert_eq!(weeks_unseen(&days, &[], sunday), 2, "the week of the 28th is not over");
        assert_eq!(weeks_unseen(&days, &[], monday), 3);
        assert_eq!(weeks_unseen(&days, &[date(2024, 10, 17)], monday), 2, "a look counts for its week");
    }

    proptest! {
        #[test]
        fn more_that_speaks_for_a_look_never_weighs_less(
            (a, b, c) in (0u32..50, 0u32..50, 0u32..50), (x, y, z) in (0u32..9, 0u32..9, 0u32..9),
            (base, f, v, w) in (1u32..9, 0u32..9, 0u32..9, 0u32..9),
        ) {
            let policy = Policy {
                risk_base: base, risk_per_finding: f, risk_per_violation: v, risk_per_week_unseen: w, ..Policy::default()
            };
            let less = weight(&facts(a, b, c), &policy);
            prop_assert!(less >= 1);
            prop_assert_eq!(weight(&facts(a + x, b + y, c + z), &policy) - less, f * x + v * y + w * z);
        }
    }
}
