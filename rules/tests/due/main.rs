//! What is due this week, as an office asks it on a Wednesday morning.

#![allow(clippy::unwrap_used)]

mod world;

use duxue_rules::{
    calendar::Calendar,
    due::{Due, DueKind as K, this_week},
    evidence::{EvidenceClip, plan},
    finding::Record,
    ids::ClipId,
    policy::Policy,
    supervision::Standing,
    tracking::{Entry, Node, Occupation},
};
use jiff::{
    Timestamp, ToSpan,
    civil::{Date, date},
};
use proptest::prelude::*;
use uuid::Uuid;
use world::{class, clock, facts, inspected, lessons, student, watched};

fn asked(facts: &duxue_rules::due::ClassFacts, now: Timestamp) -> Vec<Due> {
    this_week(std::slice::from_ref(facts), &[], now, &Calendar::published(), &Policy::default())
}

fn told(facts: &duxue_rules::due::ClassFacts, now: Timestamp) -> Vec<(K, Date, u32, u32, Standing)> {
    asked(facts, now).into_iter().map(|due| (due.kind, due.by, due.done, due.needed, due.standing)).collect()
}

/// 七(四): 远程监控应不少于2次/周: due by Friday, 1 of 2 done.
#[test]
fn on_wednesday_one_more_remote_supervision_is_due_by_friday() {
    let mut class = facts();
    class.remote = [8, 10, 15].into_iter().map(|day| watched(date(2024, 10, day))).collect();
    let wednesday = date(2024, 10, 16);
    class.reported.push(wednesday);
    let due = told(&class, clock(wednesday, 10, 0));
    assert_eq!(due, [(K::RemoteSupervision, date(2024, 10, 18), 1, 2, Standing::Open)]);
    let due = &asked(&class, clock(wednesday, 10, 0))[0];
    assert_eq!(due.reasons[0].text.zh, "2024-10-14 起的一周应有 2 次远程监管，已签字 1 次");
    assert_eq!(due.text().zh, "2024-10-18 前，已完成 1/2");
    assert_eq!((due.rule.as_str(), due.about), ("R7.4a", Record::Class(world::CLASS)));
}

#[test]
fn what_was_not_done_last_week_comes_first_and_stays() {
    let mut class = facts();
    class.remote = vec![watched(date(2024, 10, 8))];
    class.reported.push(date(2024, 10, 16));
    let due = told(&class, clock(date(2024, 10, 16), 10, 0));
    assert_eq!(
        due,
        [
            (K::RemoteSupervision, date(2024, 10, 12), 1, 2, Standing::Overdue),
            (K::RemoteSupervision, date(2024, 10, 18), 0, 2, Standing::Open)
        ]
    );
}

/// 七(三): 每天 9:00 前.
#[test]
fn todays_report_is_open_until_nine() {
    let class = facts();
    let report = |hour, minute| {
        let due = told(&class, clock(date(2024, 10, 16), hour, minute));
        due.into_iter().find(|due| due.0 == K::DailyReport)
    };
    let wednesday = date(2024, 10, 16);
    assert_eq!(report(8, 30), Some((K::DailyReport, wednesday, 0, 1, Standing::Open)));
    assert_eq!(report(9, 1), Some((K::DailyReport, wednesday, 0, 1, Standing::Overdue)));
}

/// 七(四): 现场督导检查每班期应不少于2次; 监管手段不少于2种.
#[test]
fn the_first_inspection_is_planned_for_the_first_half_and_both_are_due_by_the_end() {
    let mut class = facts();
    // The 33rd of 66 training days: 19 in October, and the 14th of November.
    let half = date(2024, 11, 20);
    let inspections = |class: &_, on| -> Vec<_> {
        told(class, clock(on, 10, 0))
            .into_iter()
            .filter(|due| matches!(due.0, K::OnSiteInspection | K::Means))
            .collect()
    };
    assert_eq!(inspections(&class, date(2024, 11, 15)), []);
    assert_eq!(inspections(&class, half), [(K::OnSiteInspection, half, 0, 2, Standing::Open)]);
    assert_eq!(inspections(&class, date(2024, 12, 2)), [(K::OnSiteInspection, half, 0, 2, Standing::Behind)]);
    class.sheets = vec![inspected(date(2024, 11, 25))];
    assert_eq!(inspections(&class, date(2024, 12, 2)), []);
    let last = date(2025, 1, 7);
    assert_eq!(
        inspections(&class, date(2025, 1, 8)),
        [(K::OnSiteInspection, last, 1, 2, Standing::Overdue), (K::Means, last, 1, 2, Standing::Overdue)]
    );
    class.remote = vec![watched(date(2024, 11, 26))];
    assert_eq!(inspections(&class, date(2025, 1, 8)).len(), 1, "two kinds were used");
    class.spot_checks = vec![date(2024, 12, 3)];
    class.remote.clear();
    assert_eq!(inspections(&class, date(2025, 1, 8)).len(), 1, "a spot check is a kind too");
}

/// 八: 在各班课程结束前 10 个工作日 … 申请结课验收.
#[test]
fn close_out_is_on_the_list_of_the_week_in_which_it_is_due() {
    let mut class = facts();
    // Back from Tuesday 7 January 2025: 6, 3, 2; 31, 30, 27, 26, 25, 24, 23 December.
    let due = date(2024, 12, 23);
    let listed = |class: &_, on| told(class, clock(on, 10, 0)).into_iter().find(|due| due.0 == K::CloseOut);
    assert_eq!(listed(&class, date(2024, 12, 20)), None);
    assert_eq!(listed(&class, due), Some((K::CloseOut, due, 0, 1, Standing::Open)));
    assert_eq!(listed(&class, date(2024, 12, 24)), Some((K::CloseOut, due, 0, 1, Standing::Overdue)));
    class.closeout_applied_on = Some(date(2024, 12, 24));
    assert_eq!(listed(&class, date(2024, 12, 24)), None);
}

/// 十一、2: 培训期结束当时，培训结束后3个月、6个月、1年; 统计结束 … 上交.
#[test]
fn tracking_is_due_node_by_node_and_the_ledger_at_the_end() {
    let mut class = facts();
    let tracking = |class: &_, on| -> Vec<_> {
        told(class, clock(on, 10, 0))
            .into_iter()
            .filter(|due| matches!(due.0, K::Tracking | K::TrackingLedger))
            .map(|(kind, by, done, ..)| (kind, by, done))
            .collect()
    };
    assert_eq!(tracking(&class, date(2025, 1, 10)), [], "30 days are left");
    assert_eq!(tracking(&class, date(2025, 2, 4)), [(K::Tracking, date(2025, 2, 6), 0)]);
    let looked_up = |node: Node| Entry {
        student: student(1),
        node,
        on: node.from(date(2025, 1, 7)).unwrap(),
        occupation: Occupation::Employed,
    };
    class.tracking = vec![looked_up(Node::AtEnd)];
    assert_eq!(tracking(&class, date(2025, 2, 4)), [(K::Tracking, date(2025, 2, 6), 1)], "one of two");
    class.students = vec![student(1)];
    class.tracking = Node::ALL.map(looked_up).to_vec();
    assert_eq!(tracking(&class, date(2026, 2, 5)), [(K::TrackingLedger, date(2026, 2, 6), 0)]);
    let a_year_after = date(2026, 1, 7);
    for on in [date(2025, 1, 7), a_year_after.yesterday().unwrap()] {
        class.ledger_handed_in_on = Some(on);
        assert_eq!(tracking(&class, date(2026, 2, 5)).len(), 1, "handed in before the last node: {on}");
    }
    class.ledger_handed_in_on = Some(a_year_after);
    assert_eq!(tracking(&class, date(2026, 2, 5)), []);
}

/// 九: 每班次提供至少10次视频资料.
#[test]
fn evidence_is_on_the_list_when_the_next_recording_must_not_fail_or_it_is_too_late() {
    let mut class = facts();
    let policy = Policy::default();
    let evidence = |class: &_, on| told(class, clock(on, 10, 0)).into_iter().find(|due| due.0 == K::Evidence);
    let open = plan(&lessons(&class.training_days, Date::MIN), &[], &policy);
    let safe = open.last_safe_day.unwrap();
    class.evidence = Some(open);
    assert_eq!(evidence(&class, safe), Some((K::Evidence, safe, 0, 10, Standing::Open)));
    assert_eq!(evidence(&class, safe.checked_sub(7.days()).unwrap()), None, "not this week");
    let weekly: Vec<EvidenceClip> = (0..14)
        .map(|week| EvidenceClip {
            clip: ClipId(Uuid::from_u128(week as u128)).into(),
            starts_at: clock(date(2024, 10, 8).checked_add((week * 7).days()).unwrap(), 9, 0),
            continuous_seconds: 1_300,
            doubt: None,
        })
        .collect();
    let all_but_january = plan(&lessons(&class.training_days, Date::MIN), &weekly[..13], &policy);
    class.evidence = Some(all_but_january);
    let last = date(2025, 1, 7);
    assert_eq!(evidence(&class, last), Some((K::Evidence, last, 12, 13, Standing::Open)), "January has none yet");
    class.evidence = Some(plan(&lessons(&class.training_days, Date::MIN), &weekly, &policy));
    assert_eq!(evidence(&class, last), None);
    // Nothing was recorded before December.
    class.evidence = Some(plan(&lessons(&class.training_days, date(2024, 12, 1)), &[], &policy));
    let late = evidence(&class, date(2024, 12, 2)).unwrap();
    assert_eq!((late.2, late.4), (0, Standing::Overdue));
    assert!(late.3 >= 10);
}

#[test]
fn a_class_without_a_training_day_has_nothing_due() {
    let mut class = facts();
    class.training_days.clear();
    assert_eq!(asked(&class, clock(date(2024, 10, 16), 10, 0)), []);
}

proptest! {
    #[test]
    fn the_list_is_in_order_reaches_to_sunday_and_does_not_depend_on_the_order_of_classes(
        offset in 0i32..500, seen in prop::collection::btree_set(0usize..60, 0..30),
    ) {
        let today = date(2024, 10, 1).checked_add(offset.days()).unwrap();
        let (one, other) = (class(1, &seen), class(2, &seen.iter().map(|day| day / 2).collect()));
        let now = clock(today, 10, 0);
        let (calendar, policy) = (Calendar::published(), Policy::default());
        let due = this_week(&[one.clone(), other.clone()], &[], now, &calendar, &policy);
        prop_assert_eq!(&this_week(&[other, one], &[], now, &calendar, &policy), &due);
        prop_assert!(due.is_sorted_by_key(|due| due.by));
        for due in &due {
            let sunday = duxue_rules::calendar::Week::of(today).unwrap().sunday();
            prop_assert!(due.by <= sunday && due.standing != Standing::Done && !due.reasons.is_empty());
            prop_assert!(due.done < due.needed, "{:?}", due);
            prop_assert_eq!(&due.kind.rule(), &due.rule);
        }
    }

    #[test]
    fn what_is_due_stays_on_the_list_until_it_is_done(
        offset in 0i32..400, later in 1i32..60, seen in prop::collection::btree_set(0usize..60, 0..30),
    ) {
        let day = |offset: i32| date(2024, 10, 1).checked_add(offset.days()).unwrap();
        let mut class = class(1, &seen);
        class.remote.retain(|record| record.signed_on() <= day(offset));
        let keys = |on| -> Vec<_> {
            let due = asked(&class, clock(on, 10, 0)).into_iter();
            due.map(|due| (due.kind, due.about, due.by, due.done)).collect()
        };
        let after = keys(day(offset + later));
        for due in keys(day(offset)) {
            prop_assert!(after.contains(&due), "{:?} is gone though nothing was done", due);
        }
    }
}
