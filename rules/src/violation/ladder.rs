//! 违规1次给予警告；2次约谈相关负责人；3次报人社行政部门对其作出停课整改处理；情节严重者将报司法机关依法处理.

use std::collections::BTreeSet;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{Confirmed, Severity, Verdict};
use crate::{
    ids::{InstitutionId, ViolationId},
    policy::Policy,
    text::Text,
};

/// What a violation brings on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MeasureKind {
    /// 报司法机关依法处理; no step of the ladder, it comes besides.
    Judiciary,
    /// 警告.
    Warning,
    /// 约谈相关负责人.
    Interview,
    /// 报人社行政部门对其作出停课整改处理.
    Suspension,
}

/// A measure that is due because of a violation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Measure {
    /// Against whom.
    pub institution: InstitutionId,
    /// Because of which violation.
    pub violation: ViolationId,
    /// The how manieth of the institution it is, 1 for the first.
    pub number: u32,
    /// What is due.
    pub kind: MeasureKind,
    /// The day on which the violation was confirmed.
    pub since: Date,
}

impl MeasureKind {
    /// Its words.
    pub fn text(self) -> Text {
        match self {
            Self::Judiciary => Text::new("报司法机关依法处理", "it is reported to the judiciary"),
            Self::Warning => Text::new("给予警告", "the institution is warned"),
            Self::Interview => Text::new("约谈相关负责人", "those responsible are interviewed"),
            Self::Suspension => Text::new(
                "报人社行政部门作出停课整改处理",
                "it is reported to the bureau for suspension and rectification",
            ),
        }
    }

    /// The step of the ladder for the `number`-th violation; `None` below the policy's first.
    fn step(number: u32, policy: &Policy) -> Option<Self> {
        if number >= policy.suspension_at {
            Some(Self::Suspension)
        } else if number >= policy.interview_at {
            Some(Self::Interview)
        } else {
            (number >= policy.warning_at).then_some(Self::Warning)
        }
    }
}

/// Every measure that the institution's standing violations bring on, in the order of their confirmation. Verdicts may come
/// in any order and may be of other institutions.
pub fn ladder(institution: InstitutionId, verdicts: &[Verdict], policy: &Policy) -> Vec<Measure> {
    let mut standing: Vec<&Confirmed> = verdicts
        .iter()
        .filter_map(Verdict::standing)
        .filter(|confirmed| confirmed.charge().institution == institution)
        .collect();
    standing.sort_by_key(|confirmed| (confirmed.word().at, confirmed.charge().violation));
    let mut known = BTreeSet::new();
    standing.retain(|confirmed| known.insert(confirmed.charge().violation));
    let numbered = standing.into_iter().zip(1u32..);
    numbered
        .flat_map(|(confirmed, number)| {
            let serious = (confirmed.severity() == Severity::Serious).then_some(MeasureKind::Judiciary);
            let step = MeasureKind::step(number, policy);
            let violation = confirmed.charge().violation;
            let measure = move |kind| Measure { institution, violation, number, kind, since: confirmed.on() };
            [serious, step].into_iter().flatten().map(measure)
        })
        .collect()
}

#[cfg(test)]
pub(super) mod tests {
    use super::super::verdict::tests::{INSTITUTION, MANAGER, SUPERVISOR, charge, confirmed, violation, word};
    use super::*;
    use proptest::prelude::*;
    use uuid::Uuid;

    use MeasureKind::{Interview, Judiciary, Suspension, Warning};

    fn verdict(n: u128, hours: i64) -> Verdict {
        Verdict::Confirmed(confirmed(n, hours, Severity::Ordinary))
    }

    /// `count` ordinary violations, one a day.
    pub fn violations(count: u128) -> Vec<Verdict> {
        (1..=count).map(|n| verdict(n, n as i64 * 24)).collect()
    }

    pub fn asked(verdicts: &[Verdict]) -> Vec<Measure> {
        ladder(INSTITUTION, verdicts, &Policy::default())
    }

    fn kinds(verdicts: &[Verdict]) -> Vec<MeasureKind> {
        asked(verdicts).into_iter().map(|measure| measure.kind).collect()
    }

    /// 七(五): 违规 1 次…警告；违规 2 次约谈…，违规 3 次报人社行政部门…停课整改.
    #[test]
    fn first_a_warning_then_an_interview_then_suspension_and_every_further_one_too() {
        assert_eq!(kinds(&[]), []);
        assert_eq!(kinds(&violations(1)), [Warning]);
        assert_eq!(kinds(&violations(2)), [Warning, Interview]);
        assert_eq!(kinds(&violations(3)), [Warning, Interview, Suspension]);
        assert_eq!(kinds(&violations(5)), [Warning, Interview, Suspension, Suspension, Suspension]);
    }

    /// 七(五): 情节严重者将报司法机关依法处理.
    #[test]
    fn a_serious_one_goes_to_the_judiciary_at_once_and_takes_its_step_as_well() {
        let serious = Verdict::Confirmed(confirmed(1, 1, Severity::Serious));
        assert_eq!(kinds(std::slice::from_ref(&serious)), [Judiciary, Warning]);
        let mut with_second = vec![serious];
        with_second.push(verdict(2, 30));
        assert_eq!(kinds(&with_second), [Judiciary, Warning, Interview]);
    }

    #[test]
    fn a_dismissed_charge_does_nothing_and_a_withdrawn_one_no_longer_does() {
        let dismissed = Verdict::Dismissed(charge(7).dismiss(SUPERVISOR, word(1)).unwrap());
        assert_eq!(kinds(&[dismissed]), []);
        let mut three = violations(3);
        let first = confirmed(1, 24, Severity::Ordinary).withdraw(MANAGER, word(200)).unwrap();
        three[0] = Verdict::Withdrawn(first);
        let measures = asked(&three);
        let told: Vec<_> = measures.iter().map(|measure| (measure.violation, measure.number, measure.kind)).collect();
        assert_eq!(told, [(violation(2), 1, Warning), (violation(3), 2, Interview)]);
    }

    #[test]
    fn each_institution_has_its_own_ladder() {
        let mut other = charge(2);
        other.institution = InstitutionId(Uuid::nil());
        let other = Verdict::Confirmed(other.confirm(SUPERVISOR, Severity::Ordinary, word(2)).unwrap());
        assert_eq!(kinds(&[verdict(1, 1), other.clone()]), [Warning]);
        assert_eq!(ladder(InstitutionId(Uuid::nil()), &[verdict(1, 1), other], &Policy::default()).len(), 1);
    }

    prop_compose! {
        /// Confirmed, dismissed and withdrawn ones, some at the same hour.
        fn any_verdicts()(list in prop::collection::vec((0u8..6, 0i64..40, any::<bool>()), 0..14)) -> Vec<Verdict> {
            list.into_iter().enumerate().map(|(n, (what, hours, serious))| {
                let n = n as u128 + 1;
                let severity = if serious { Severity::Serious } else { Severity::Ordinary };
                match what {
                    0 => Verdict::Dismissed(charge(n).dismiss(SUPERVISOR, word(hours)).unwrap()),
                    1 => Verdict::Withdrawn(confirmed(n, hours, severity).withdraw(MANAGER, word(99)).unwrap()),
                    _ => Verdict::Confirmed(confirmed(n, hours, severity)),
                }
            }).collect()
        }
    }

    prop_compose! {
        fn any_policy()(warning_at in 1u32..4, one in 1u32..4, two in 1u32..4) -> Policy {
            let interview_at = warning_at + one;
            Policy { warning_at, interview_at, suspension_at: interview_at + two, ..Policy::default() }
        }
    }

    proptest! {
        #[test]
        fn no_step_is_skipped_and_none_goes_back(verdicts in any_verdicts(), policy in any_policy()) {
            prop_assert_eq!(policy.problems(), []);
            let measures = ladder(INSTITUTION, &verdicts, &policy);
            let steps: Vec<MeasureKind> =
                measures.iter().map(|measure| measure.kind).filter(|kind| *kind != Judiciary).collect();
            let standing = verdicts.iter().filter(|verdict| verdict.standing().is_some()).count() as u32;
            prop_assert_eq!(steps.len() as u32, (standing + 1).saturating_sub(policy.warning_at));
            prop_assert!(steps.first().is_none_or(|first| *first == Warning));
            for pair in steps.windows(2) {
                let next = [(Warning, Warning), (Warning, Interview), (Interview, Interview), (Interview, Suspension),
                    (Suspension, Suspension)];
                prop_assert!(next.contains(&(pair[0], pair[1])), "{:?}", pair);
            }
            let interviews = steps.iter().filter(|step| **step == Interview).count() as u32;
            if steps.contains(&Suspension) {
                prop_assert_eq!(interviews, policy.suspension_at - policy.interview_at);
            }
        }

        #[test]
        fn every_serious_one_goes_to_the_judiciary_whatever_the_ladder(verdicts in any_verdicts(), policy in any_policy()) {
            let serious: BTreeSet<ViolationId> = verdicts
                .iter()
                .filter_map(Verdict::standing)
                .filter(|confirmed| confirmed.severity() == Severity::Serious)
                .map(|confirmed| confirmed.charge().violation)
                .collect();
            let judged: Vec<ViolationId> = ladder(INSTITUTION, &verdicts, &policy)
                .into_iter()
                .filter(|measure| measure.kind == Judiciary)
                .map(|measure| measure.violation)
                .collect();
            prop_assert_eq!(judged.len(), serious.len());
            prop_assert_eq!(judged.into_iter().collect::<BTreeSet<_>>(), serious);
        }

        #[test]
        fn the_order_in_which_verdicts_come_does_not_matter(
            (verdicts, mixed) in any_verdicts().prop_flat_map(|list| (Just(list.clone()), Just(list).prop_shuffle())),
        ) {
            prop_assert_eq!(asked(&mixed), asked(&verdicts));
            prop_assert_eq!(asked(&[mixed, verdicts.clone()].concat()), asked(&verdicts), "nor that one comes twice");
        }

        #[test]
        fn what_was_dismissed_or_withdrawn_is_as_if_it_never_was(verdicts in any_verdicts()) {
            let standing: Vec<Verdict> =
                verdicts.iter().filter(|verdict| matches!(verdict, Verdict::Confirmed(_))).cloned().collect();
            prop_assert_eq!(asked(&verdicts), asked(&standing));
        }

        #[test]
        fn a_later_violation_changes_nothing_of_the_earlier_measures(verdicts in any_verdicts()) {
            let before = asked(&verdicts);
            let mut more = verdicts;
            more.push(verdict(900, 500));
            prop_assert_eq!(&asked(&more)[..before.len()], &before[..]);
        }
    }

    #[test]
    fn each_measure_has_its_words() {
        crate::text::told_apart(
            [MeasureKind::Judiciary, MeasureKind::Warning, MeasureKind::Interview, MeasureKind::Suspension]
                .map(MeasureKind::text),
        );
    }
}
