//! R7.4a (七(四)): 远程监控应不少于2次/周, for each class.
//!
//! The week is Monday to Sunday. A week counts by the class's training days in it: none, none needed; one, one needed
//! (nobody can watch twice what is taught once); more, the policy's number. A record counts for the week in which was
//! watched, from the day on which it was signed, once; two records never rest on the same viewing. What is signed after the
//! week is over heals it from then on: the watching did happen, and the log of the system shows when.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{SignedRemote, Standing};
use crate::{
    calendar::Week,
    finding::{Finding, Record},
    ids::{ClassId, SupervisionId, WatchId},
    policy::Policy,
    text::{RuleId, Text},
};

const RULE: RuleId = RuleId::new("R7.4a");

/// A week's remote supervision of a class, as of a day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RemoteWeek {
    /// Which.
    pub week: Week,
    /// The class's training days in it; never 0.
    pub training_days: u32,
    /// How many are needed.
    pub needed: u32,
    /// The last training day of the week, by which the watching must have been.
    pub by: Date,
    /// Those that are signed and count, in order of their signatures.
    pub signed: Vec<SupervisionId>,
    /// How it stands.
    pub standing: Standing,
}

/// Every week of the class that has a training day, in order. Days and records may come in any order.
pub fn remote_weeks(
    class: ClassId,
    training_days: &[Date],
    records: &[SignedRemote],
    today: Date,
    policy: &Policy,
) -> Vec<RemoteWeek> {
    let mut weeks: BTreeMap<Week, BTreeSet<Date>> = BTreeMap::new();
    for &day in training_days {
        if let Some(week) = Week::of(day) {
            weeks.entry(week).or_default().insert(day);
        }
    }
    let counted = counted(class, records, today);
    weeks
        .into_iter()
        .filter_map(|(week, days)| {
            let by = *days.last()?;
            let training_days = u32::try_from(days.len()).unwrap_or(u32::MAX);
            let needed = policy.remote_per_week.min(training_days);
            let signed: Vec<SupervisionId> = counted
                .iter()
                .filter(|record| days.contains(&record.watched_on()))
                .map(|record| record.record().id)
                .collect();
            let standing = match (signed.len() >= needed as usize, today <= by) {
                (true, _) => Standing::Done,
                (false, true) => Standing::Open,
                (false, false) => Standing::Overdue,
            };
            Some(RemoteWeek { week, training_days, needed, by, signed, standing })
        })
        .collect()
}

/// The class's records that were signed by the day, each resting on viewings of its own: of two that share one, the one
/// signed first.
fn counted(class: ClassId, records: &[SignedRemote], today: Date) -> Vec<&SignedRemote> {
    let mut own: Vec<&SignedRemote> =
        records.iter().filter(|record| record.record().class == class && record.signed_on() <= today).collect();
    own.sort_by_key(|record| (record.signature().at, record.record().id));
    let mut used: BTreeSet<WatchId> = BTreeSet::new();
    own.retain(|record| {
        let watches = || record.record().basis.iter().map(|basis| basis.watch());
        let fresh = watches().all(|watch| !used.contains(&watch));
        if fresh {
            used.extend(watches());
        }
        fresh
    });
    own
}

/// The weeks that are over and lack a supervision.
pub fn remote_findings(class: ClassId, weeks: &[RemoteWeek]) -> Vec<Finding> {
    let overdue = weeks.iter().filter(|week| week.standing == Standing::Overdue);
    overdue
        .map(|RemoteWeek { week, needed, signed, .. }| {
            let count = signed.len();
            let expected = Text::new(
                format!("{week} 起的一周应有 {needed} 次远程监管"),
                format!("{needed} remote supervisions due in the week of {week}"),
            );
            let seen = Text::new(format!("已签字 {count} 次"), format!("{count} signed"));
            let records = [Record::Class(class), Record::Day(week.monday())];
            Finding::new(RULE, "remote_supervision_missing", expected, seen)
                .showing(records.into_iter().chain(signed.iter().map(|&id| Record::Supervision(id))))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::remote::tests::{CLASS, signed};
    use super::*;
    use jiff::{ToSpan, civil::date};
    use proptest::prelude::*;
    use uuid::Uuid;

    /// Monday 14 to Friday 18 October 2024.
    fn week() -> Vec<Date> {
        (14..=18).map(|day| date(2024, 10, day)).collect()
    }

    fn one_week(days: &[Date], records: &[SignedRemote], today: Date) -> RemoteWeek {
        let mut weeks = remote_weeks(CLASS, days, records, today, &Policy::default());
        assert_eq!(weeks.len(), 1);
        weeks.remove(0)
    }

    /// 七(四): 远程监控应不少于2次/周.
    #[test]
    fn two_a_week_are_due_by_friday() {
        let (monday, wednesday, friday) = (date(2024, 10, 14), date(2024, 10, 16), date(2024, 10, 18));
        let one = [signed(1, monday, monday)];
        let open = one_week(&week(), &one, wednesday);
        assert_eq!((open.needed, open.signed.len(), open.by, open.standing), (2, 1, friday, Standing::Open));
        let overdue = one_week(&week(), &one, date(2024, 10, 19));
        assert_eq!(overdue.standing, Standing::Overdue);
        let text = remote_findings(CLASS, &[overdue])[0].text();
        assert_eq!(text.en, "R7.4a: 2 remote supervisions due in the week of 2024-10-14; 1 signed");
        assert_eq!(text.zh, "R7.4a：2024-10-14 起的一周应有 2 次远程监管；已签字 1 次");
        let two = [signed(1, monday, monday), signed(2, wednesday, wednesday)];
        assert_eq!(one_week(&week(), &two, friday).standing, Standing::Done);
        assert_eq!(remote_findings(CLASS, &[one_week(&week(), &two, date(2024, 11, 1))]), []);
    }

    #[test]
    fn a_week_with_one_training_day_needs_one_and_a_week_without_none() {
        // 30 September 2024 is the only training day before National Day; the week after begins on Tuesday the 8th.
        let days = [date(2024, 9, 30), date(2024, 10, 8), date(2024, 10, 9), date(2024, 10, 21)];
        let weeks = remote_weeks(CLASS, &days, &[], date(2024, 12, 1), &Policy::default());
        let told: Vec<_> = weeks.iter().map(|week| (week.week.monday(), week.needed)).collect();
        assert_eq!(told, [(date(2024, 9, 30), 1), (date(2024, 10, 7), 2), (date(2024, 10, 21), 1)]);
    }

    #[test]
    fn a_make_up_saturday_belongs_to_the_week_before_it() {
        let days = [date(2024, 10, 11), date(2024, 10, 12)];
        assert_eq!(one_week(&days, &[], date(2024, 10, 12)).by, date(2024, 10, 12));
    }

    #[test]
    fn a_record_counts_from_its_signature_for_the_week_of_the_watching() {
        let (friday, next) = (date(2024, 10, 18), date(2024, 10, 22));
        let late = [signed(1, friday, next), signed(2, friday, friday)];
        assert_eq!(one_week(&week(), &late, date(2024, 10, 21)).signed.len(), 1);
        assert_eq!(one_week(&week(), &late, next).standing, Standing::Done);
        let mut days = week();
        days.push(next);
        let weeks = remote_weeks(CLASS, &days, &late, next, &Policy::default());
        assert_eq!((weeks[0].signed.len(), weeks[1].signed.len()), (2, 0), "not for the week in which it was signed");
    }

    #[test]
    fn one_viewing_is_one_supervision_however_many_records_it_gets() {
        let monday = date(2024, 10, 14);
        let first = signed(1, monday, monday);
        let mut again = serde_json::to_value(&first).unwrap();
        again["record"]["id"] = serde_json::json!(Uuid::from_u128(99));
        let again: SignedRemote = serde_json::from_value(again).unwrap();
        assert_eq!(one_week(&week(), &[first.clone(), again], monday).signed, [first.record().id]);
    }

    #[test]
    fn another_classs_record_and_a_day_without_training_do_not_count() {
        let (monday, saturday) = (date(2024, 10, 14), date(2024, 10, 19));
        let other = ClassId(Uuid::nil());
        let weeks = remote_weeks(other, &week(), &[signed(1, monday, monday)], monday, &Policy::default());
        assert_eq!(weeks[0].signed, []);
        assert_eq!(one_week(&week(), &[signed(1, saturday, saturday)], saturday).signed, []);
    }

    fn days_of(offsets: &[i32]) -> Vec<Date> {
        offsets.iter().map(|&offset| date(2024, 10, 7).checked_add(offset.days()).unwrap()).collect()
    }

    prop_compose! {
        /// Each viewing has its own day; some are signed days later, some have two records.
        fn any_records()(list in prop::collection::vec((1u128..30, 0i32..10), 0..12)) -> Vec<SignedRemote> {
            list.into_iter().map(|(n, later)| {
                let days = days_of(&[n as i32 * 5 % 28, n as i32 * 5 % 28 + later]);
                signed(n, days[0], days[1])
            }).collect()
        }
    }

    proptest! {
        #[test]
        fn the_order_of_days_and_records_does_not_matter(
            offsets in prop::collection::btree_set(0i32..28, 0..20),
            (records, mixed) in any_records().prop_flat_map(|list| (Just(list.clone()), Just(list).prop_shuffle())),
            today in 0i32..40,
        ) {
            let mut days = days_of(&offsets.into_iter().collect::<Vec<_>>());
            let today = days_of(&[today])[0];
            let policy = Policy::default();
            let weeks = remote_weeks(CLASS, &days, &records, today, &policy);
            days.reverse();
            days.extend(days.clone());
            prop_assert_eq!(remote_weeks(CLASS, &days, &mixed, today, &policy), weeks);
        }

        #[test]
        fn each_week_needs_what_its_training_days_allow_and_no_record_counts_twice(
            offsets in prop::collection::btree_set(0i32..28, 0..20), records in any_records(), today in 0i32..40,
            per_week in 0u32..5,
        ) {
            let days = days_of(&offsets.iter().copied().collect::<Vec<_>>());
            let policy = Policy { remote_per_week: per_week, ..Policy::default() };
            let today = days_of(&[today])[0];
            let weeks = remote_weeks(CLASS, &days, &records, today, &policy);
            let with_days: BTreeSet<i32> = offsets.iter().map(|offset| offset / 7).collect();
            prop_assert_eq!(weeks.len(), with_days.len());
            let mut ids = BTreeSet::new();
            for week in &weeks {
                let inside = days.iter().filter(|day| week.week.dates().contains(**day)).count();
                prop_assert_eq!(week.needed as usize, inside.min(per_week as usize));
                let done = week.signed.len() >= week.needed as usize;
                prop_assert_eq!(week.standing == Standing::Done, done);
                prop_assert_eq!(week.standing == Standing::Overdue, !done && today > week.by);
                prop_assert!(week.signed.iter().all(|id| ids.insert(*id)));
            }
        }

        #[test]
        fn another_record_or_another_day_never_takes_away(
            offsets in prop::collection::btree_set(0i32..28, 1..20), records in any_records(), today in 0i32..40,
        ) {
            let days = days_of(&offsets.into_iter().collect::<Vec<_>>());
            let policy = Policy::default();
            let count = |records: &[SignedRemote], today: i32| -> usize {
                let weeks = remote_weeks(CLASS, &days, records, days_of(&[today])[0], &policy);
                weeks.iter().map(|week| week.signed.len()).sum()
            };
            let all = count(&records, today);
            prop_assert!(count(&records, today + 1) >= all);
            if let Some((_, fewer)) = records.split_last() {
                prop_assert!(count(fewer, today) <= all);
            }
        }
    }
}
