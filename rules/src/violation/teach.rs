//! May an institution teach on a day? A suspension stops all its classes, and nothing else does.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{Measure, MeasureKind, Suspension};
use crate::{
    ids::InstitutionId,
    text::{Reason, RuleId},
};

/// The rule that stops teaching.
const RULE: RuleId = RuleId::new("R7.5");

/// Whether an institution may teach, and why.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct MayTeach {
    /// The rule.
    pub rule: RuleId,
    /// Whether it may.
    pub may: bool,
    /// What stops it, or what a person should know; empty when there is nothing to tell.
    pub reasons: Vec<Reason>,
}

/// Whether the institution may teach on `date`. Suspensions and measures may be of other institutions, in any order.
pub fn may_teach(institution: InstitutionId, date: Date, suspensions: &[Suspension], ladder: &[Measure]) -> MayTeach {
    let mut own: Vec<&Suspension> =
        suspensions.iter().filter(|suspension| suspension.institution() == institution).collect();
    own.sort_by_key(|suspension| (suspension.reported().on(), suspension.reported().violation()));
    let asked = |measure: &&Measure| (measure.institution, measure.kind) == (institution, MeasureKind::Suspension);
    let due: Vec<&Measure> = ladder.iter().filter(asked).filter(|measure| measure.since <= date).collect();
    let mut reasons = Vec::new();
    for suspension in own.iter().filter(|suspension| suspension.stops(date)) {
        reasons.extend(suspension.history().into_iter().filter(|reason| reason.code != "suspension_lifted"));
        if !due.iter().any(|measure| measure.violation == suspension.reported().violation()) {
            reasons.push(Reason::new(
                "suspension_no_longer_asked",
                "所依据的违规认定已撤回，请按程序解除停课整改",
                "the violation it rests on no longer asks for it: it should be lifted",
            ));
        }
    }
    let may = reasons.is_empty();
    let mut pending: Vec<&Measure> = due
        .into_iter()
        .filter(|measure| {
            let ordered = |suspension: &&Suspension| {
                suspension.reported().violation() == measure.violation && suspension.order().is_some()
            };
            !own.iter().any(ordered)
        })
        .collect();
    pending.sort_by_key(|measure| measure.number);
    reasons.extend(pending.into_iter().map(|Measure { number, since, .. }| {
        Reason::new(
            "suspension_pending",
            format!("{since} 认定第 {number} 次违规，停课整改尚待人社行政部门决定"),
            format!(
                "violation number {number} was confirmed on {since}: the bureau has not ordered the suspension yet"
            ),
        )
    }));
    MayTeach { rule: RULE, may, reasons }
}

#[cfg(test)]
mod tests {
    use super::super::ladder::tests::{asked, violations};
    use super::super::suspension::tests::{in_force, lifted, reported};
    use super::super::verdict::tests::INSTITUTION;
    use super::*;
    use jiff::{ToSpan, civil::date};
    use proptest::prelude::*;
    use uuid::Uuid;

    const FROM: Date = date(2024, 10, 14);

    fn told(date: Date, suspensions: &[Suspension], violations_count: u128) -> (bool, Vec<String>) {
        let answer = may_teach(INSTITUTION, date, suspensions, &asked(&violations(violations_count)));
        (answer.may, answer.reasons.into_iter().map(|reason| reason.code).collect())
    }

    #[test]
    fn two_violations_stop_nobody_and_there_is_nothing_to_tell() {
        assert_eq!(told(FROM, &[], 2), (true, vec![]));
    }

    #[test]
    fn a_third_is_told_but_only_the_bureaus_order_stops_teaching() {
        let pending = vec!["suspension_pending".to_owned()];
        assert_eq!(told(FROM, &[], 3), (true, pending.clone()));
        assert_eq!(told(FROM, &[Suspension::Reported(reported())], 3), (true, pending));
        let stopped = told(FROM, &[Suspension::InForce(in_force(FROM))], 3);
        assert_eq!(stopped, (false, vec!["suspension_reported".to_owned(), "suspension_ordered".to_owned()]));
        assert!(told(FROM.yesterday().unwrap(), &[Suspension::InForce(in_force(FROM))], 3).0);
    }

    #[test]
    fn once_lifted_it_teaches_again() {
        let done = Suspension::Lifted(lifted(FROM, date(2024, 11, 4)));
        assert!(!told(date(2024, 11, 3), std::slice::from_ref(&done), 3).0);
        assert_eq!(told(date(2024, 11, 4), &[done], 3), (true, vec![]));
    }

    #[test]
    fn a_withdrawn_violation_lifts_nothing_by_itself_but_says_that_somebody_should() {
        let (may, reasons) = told(FROM, &[Suspension::InForce(in_force(FROM))], 2);
        assert!(!may && reasons.contains(&"suspension_no_longer_asked".to_owned()));
    }

    #[test]
    fn another_institution_goes_on_teaching() {
        let other = InstitutionId(Uuid::nil());
        let ladder = asked(&violations(3));
        let answer = may_teach(other, FROM, &[Suspension::InForce(in_force(FROM))], &ladder);
        assert_eq!((answer.may, answer.reasons, answer.rule), (true, vec![], RULE));
    }

    proptest! {
        /// As the days go by: reported on the 8th, ordered on the 10th from some day on, lifted on some later day.
        #[test]
        fn teaching_stops_exactly_between_the_orders_first_day_and_the_lifting(
            from in 0i32..30, open in 0i32..40, asked_on in -10i32..90, is_lifted in any::<bool>(), again in 0i32..40,
        ) {
            let day = |offset: i32| date(2024, 10, 10).checked_add(offset.days()).unwrap();
            let second = Suspension::InForce(in_force(day(again + 60)));
            let first = if is_lifted {
                Suspension::Lifted(lifted(day(from), day(from + open)))
            } else {
                Suspension::InForce(in_force(day(from)))
            };
            let stopped = asked_on >= from && !(is_lifted && asked_on >= from + open) || asked_on >= again + 60;
            let ladder = asked(&violations(3));
            let answer = may_teach(INSTITUTION, day(asked_on), &[first.clone(), second.clone()], &ladder);
            prop_assert_eq!(answer.may, !stopped);
            prop_assert!(answer.may || !answer.reasons.is_empty());
            prop_assert_eq!(may_teach(INSTITUTION, day(asked_on), &[second, first], &ladder).may, answer.may);
        }
    }
}
