//! R7.4b (七(四)): 现场督导检查每班期应不少于2次，每次应不少于2人.
//!
//! A visit is a training day of the class with a signed sheet of enough inspectors: two sheets of one day are one visit. The
//! notice's own time runs to the class's last day. So that the visits are not all left to the end, they are planned over the
//! class's training days in equal parts; being behind that plan is told, and breaks nothing.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{SignedSheet, Standing};
use crate::{
    finding::{Finding, Record},
    ids::{ClassId, SupervisionId},
    policy::Policy,
    text::{RuleId, Text},
};

const RULE: RuleId = RuleId::new("R7.4b");

/// The on-site inspections of a class, as of a day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Visits {
    /// How many are needed: the policy's number, or all training days where there are fewer.
    pub needed: u32,
    /// Those that count, in order of days.
    pub visits: Vec<Visit>,
    /// When each of those needed is planned for.
    pub plan: Vec<PlannedVisit>,
    /// The class's last training day, by which the notice wants them all.
    pub by: Date,
    /// How the whole stands.
    pub standing: Standing,
}

/// One visit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Visit {
    /// The day.
    pub on: Date,
    /// Its sheets.
    pub sheets: Vec<SupervisionId>,
}

/// One of the visits that are needed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct PlannedVisit {
    /// 1 for the first.
    pub number: u32,
    /// The training day by which it is planned.
    pub by: Date,
    /// How it stands.
    pub standing: Standing,
}

/// What there is and what is due; `None` for a class without a training day. Days and sheets may come in any order.
pub fn visits(
    class: ClassId,
    training_days: &[Date],
    sheets: &[SignedSheet],
    today: Date,
    policy: &Policy,
) -> Option<Visits> {
    let days: Vec<Date> = training_days.iter().copied().collect::<BTreeSet<_>>().into_iter().collect();
    let last = *days.last()?;
    let needed = policy.onsite_per_class.min(u32::try_from(days.len()).unwrap_or(u32::MAX));
    let mut by_day: BTreeMap<Date, BTreeSet<SupervisionId>> = BTreeMap::new();
    for signed in sheets {
        let sheet = signed.sheet();
        let counts = sheet.class == class
            && signed.signed_on() <= today
            && sheet.inspectors.len() >= policy.onsite_inspectors as usize
            && days.binary_search(&sheet.on).is_ok();
        if counts {
            by_day.entry(sheet.on).or_default().insert(sheet.id);
        }
    }
    let visits: Vec<Visit> =
        by_day.into_iter().map(|(on, sheets)| Visit { on, sheets: sheets.into_iter().collect() }).collect();
    let standing = |number: u32, by: Date| match (visits.len() >= number as usize, today > last, today > by) {
        (true, _, _) => Standing::Done,
        (false, true, _) => Standing::Overdue,
        (false, false, true) => Standing::Behind,
        (false, false, false) => Standing::Open,
    };
    let plan: Vec<PlannedVisit> = (1..=needed)
        .map(|number| {
            let by = days[(number as usize * days.len()).div_ceil(needed as usize) - 1];
            PlannedVisit { number, by, standing: standing(number, by) }
        })
        .collect();
    let standing = plan.iter().map(|visit| visit.standing).min().unwrap_or(Standing::Done);
    Some(Visits { needed, visits, plan, by: last, standing })
}

/// What is missing once the class is over.
pub fn visits_finding(class: ClassId, visits: &Visits) -> Option<Finding> {
    (visits.standing == Standing::Overdue).then(|| {
        let (needed, count) = (visits.needed, visits.visits.len());
        let expected = Text::new(
            format!("每班期现场督导检查不少于 {needed} 次"),
            format!("{needed} on-site inspections during the class"),
        );
        let seen = Text::new(format!("已签字 {count} 次"), format!("{count} signed"));
        let sheets = visits.visits.iter().flat_map(|visit| &visit.sheets);
        Finding::new(RULE, "onsite_inspection_missing", expected, seen)
            .showing([Record::Class(class)].into_iter().chain(sheets.map(|&id| Record::Supervision(id))))
    })
}

#[cfg(test)]
mod tests {
    use super::super::sheet::tests::{CLASS, signed};
    use super::*;
    use jiff::{ToSpan, civil::date};
    use proptest::prelude::*;

    /// Ten training days, Monday 14 to Friday 25 October 2024.
    fn days() -> Vec<Date> {
        [14, 15, 16, 17, 18, 21, 22, 23, 24, 25].map(|day| date(2024, 10, day)).to_vec()
    }

    fn asked(sheets: &[SignedSheet], today: Date) -> Visits {
        visits(CLASS, &days(), sheets, today, &Policy::default()).unwrap()
    }

    /// 七(四): 现场督导检查每班期应不少于2次.
    #[test]
    fn two_visits_a_class_one_planned_for_each_half() {
        let visits = asked(&[], date(2024, 10, 14));
        let plan: Vec<_> = visits.plan.iter().map(|visit| visit.by).collect();
        assert_eq!((visits.needed, plan), (2, vec![date(2024, 10, 18), date(2024, 10, 25)]));
        assert_eq!((visits.standing, visits.by), (Standing::Open, date(2024, 10, 25)));
        let one = [signed(1, date(2024, 10, 16), date(2024, 10, 16))];
        assert_eq!(asked(&one, date(2024, 10, 21)).standing, Standing::Open);
        let two =
            [signed(1, date(2024, 10, 16), date(2024, 10, 16)), signed(2, date(2024, 10, 17), date(2024, 10, 17))];
        assert_eq!(asked(&two, date(2024, 10, 21)).standing, Standing::Done);
    }

    #[test]
    fn behind_the_plan_is_no_breach_until_the_class_is_over() {
        let behind = asked(&[], date(2024, 10, 21));
        assert_eq!((behind.plan[0].standing, behind.plan[1].standing), (Standing::Behind, Standing::Open));
        assert_eq!(visits_finding(CLASS, &behind), None);
        let over = asked(&[signed(1, date(2024, 10, 16), date(2024, 10, 16))], date(2024, 10, 26));
        let finding = visits_finding(CLASS, &over).unwrap();
        assert_eq!(finding.text().zh, "R7.4b：每班期现场督导检查不少于 2 次；已签字 1 次");
        assert_eq!(finding.records.len(), 2);
    }

    #[test]
    fn two_sheets_of_one_day_are_one_visit() {
        let day = date(2024, 10, 16);
        let visits = asked(&[signed(1, day, day), signed(2, day, day)], day);
        assert_eq!(visits.visits.len(), 1);
        assert_eq!(visits.visits[0].sheets.len(), 2);
    }

    #[test]
    fn a_sheet_counts_from_its_last_signature_on_and_on_training_days_only() {
        let (day, signed_on) = (date(2024, 10, 16), date(2024, 10, 18));
        let sheet = [signed(1, day, signed_on)];
        assert_eq!(asked(&sheet, date(2024, 10, 17)).visits, []);
        assert_eq!(asked(&sheet, signed_on).visits.len(), 1);
        let sunday = date(2024, 10, 20);
        assert_eq!(asked(&[signed(1, sunday, sunday)], sunday).visits, []);
    }

    /// 每次应不少于2人, under the policy of the question: a city that wants three does not count a sheet of two.
    #[test]
    fn a_sheet_of_too_few_inspectors_for_the_policy_does_not_count() {
        let day = date(2024, 10, 16);
        let three = Policy { onsite_inspectors: 3, ..Policy::default() };
        assert_eq!(visits(CLASS, &days(), &[signed(1, day, day)], day, &three).unwrap().visits, []);
    }

    proptest! {
        #[test]
        fn the_plan_is_spread_and_the_whole_stands_as_its_worst_part(
            offsets in prop::collection::btree_set(0i32..60, 1..40), per_class in 0u32..6,
            sheets in prop::collection::vec((0i32..60, 0i32..5), 0..8), today in 0i32..80,
        ) {
            let on = |offset: i32| date(2024, 10, 1).checked_add(offset.days()).unwrap();
            let days: Vec<Date> = offsets.iter().map(|&offset| on(offset)).collect();
            let mut sheets: Vec<SignedSheet> = sheets
                .into_iter()
                .enumerate()
                .map(|(n, (day, later))| signed(n as u128 + 1, on(day), on(day + later)))
                .collect();
            let policy = Policy { onsite_per_class: per_class, ..Policy::default() };
            let told = visits(CLASS, &days, &sheets, on(today), &policy).unwrap();
            prop_assert_eq!(told.needed as usize, (per_class as usize).min(days.len()));
            prop_assert_eq!(told.plan.len(), told.needed as usize);
            prop_assert!(told.plan.windows(2).all(|pair| pair[0].by < pair[1].by));
            prop_assert!(told.plan.last().is_none_or(|last| last.by == told.by));
            let enough = told.visits.len() >= told.needed as usize;
            prop_assert_eq!(told.standing == Standing::Done, enough);
            prop_assert_eq!(told.standing == Standing::Overdue, !enough && on(today) > told.by);
            prop_assert!(told.visits.iter().all(|visit| days.contains(&visit.on)));
            sheets.reverse();
            prop_assert_eq!(visits(CLASS, &days, &sheets, on(today), &policy).unwrap(), told);
        }
    }
}
