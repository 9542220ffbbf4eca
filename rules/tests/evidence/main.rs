//! R9.1 and R9.2 (九) by example: what an official would expect of the clips and of the plan.

#![allow(clippy::unwrap_used)]

mod brute;
mod duels;
mod laws;
mod world;

use duxue_rules::{
    calendar::Month,
    evidence::{Chance, Outlook, Short, WhySetAside, check, plan},
    policy::Policy,
};
use jiff::civil::{Date, date};
use world::{Term, clip, clip_at, clip_of, weekly};

/// Three months with National Day before and New Year in them: 8 October to 31 December 2024.
fn autumn() -> Term {
    Term::working_days(date(2024, 10, 8), date(2024, 12, 31))
}

fn month(text: &str) -> Month {
    text.parse().unwrap()
}

#[test]
fn ten_clips_a_week_apart_two_in_each_month_are_enough() {
    let clips = weekly(date(2024, 10, 8), 10);
    let check = check(&autumn().dates(), &clips, &Policy::default());
    assert!(check.satisfied && check.findings.is_empty() && check.missing == 0, "{check:#?}");
    assert_eq!(check.counted.len(), 10);
    let months: Vec<_> = check.months.iter().map(|m| (m.month.to_string(), m.needed, m.counted.len())).collect();
    assert_eq!(months, [("2024-10".into(), 2, 4), ("2024-11".into(), 2, 4), ("2024-12".into(), 2, 2)]);
}

#[test]
fn nine_are_not() {
    let check = check(&autumn().dates(), &weekly(date(2024, 10, 15), 9), &Policy::default());
    assert!(!check.satisfied);
    assert_eq!(check.missing, 1);
    let texts: Vec<_> = check.findings.iter().map(|finding| finding.text().zh).collect();
    assert_eq!(texts, ["R9.1：每班次应有至少10次视频资料，相互间隔7天以上，每次不少于20分钟；符合要求的有9次"]);
}

#[test]
fn a_month_with_one_fails_by_name_although_there_are_ten_in_all() {
    // Three months and a half: ten Tuesdays from October on, then one in the half of January.
    let days = Term::working_days(date(2024, 10, 8), date(2025, 1, 17)).dates();
    let mut clips = weekly(date(2024, 10, 8), 12);
    clips.push(clip(date(2025, 1, 2)));
    let check = check(&days, &clips, &Policy::default());
    assert_eq!(check.missing, 1);
    let texts: Vec<_> = check.findings.iter().map(|finding| finding.text().en).collect();
    assert_eq!(texts, ["R9.1: 2 clips in 2025-01, 7 days or more apart; 1 count"]);
}

#[test]
fn six_days_apart_is_too_close_and_seven_dates_are_a_week_whatever_the_hour() {
    let policy = Policy { clip_min_count: 2, clip_month_count: 1, ..Policy::default() };
    let days = Term::working_days(date(2024, 11, 1), date(2024, 11, 29)).dates();
    let monday = clip_at(date(2024, 11, 4), 15, 1_200);
    let sunday_before = check(&days, &[monday, clip(date(2024, 11, 8))], &policy);
    assert!(!sunday_before.satisfied);
    assert_eq!(sunday_before.set_aside[0].why, WhySetAside::TooClose { to: monday.clip, days: 4, needed: 7 });
    // 15:00 on one Monday to 08:00 on the next is less than 7 times 24 hours, but 7 dates.
    assert!(check(&days, &[monday, clip_at(date(2024, 11, 11), 8, 1_200)], &policy).satisfied);
}

#[test]
fn a_clip_of_nineteen_minutes_and_fifty_nine_seconds_does_not_count() {
    let mut clips = weekly(date(2024, 10, 8), 10);
    clips[3] = clip_at(clips[3].date(), 9, 1_199);
    let check = check(&autumn().dates(), &clips, &Policy::default());
    assert!(!check.satisfied);
    assert_eq!(check.set_aside[0].why, WhySetAside::TooShort { seconds: 1_199, needed: 1_200 });
    assert!(check.set_aside[0].why.text().zh.contains("不足1200秒"));
}

#[test]
fn a_clip_from_a_day_without_training_does_not_count() {
    let mut clips = weekly(date(2024, 10, 8), 9);
    clips.push(clip(date(2024, 12, 14)));
    let check = check(&autumn().dates(), &clips, &Policy::default());
    assert!(!check.satisfied, "2024-12-14 is a Saturday");
    assert_eq!(check.set_aside[0].why, WhySetAside::NoTrainingDay);
}

#[test]
fn the_last_clip_of_a_month_does_not_cost_the_next_month_its_only_one() {
    let policy = Policy { clip_min_count: 4, clip_month_count: 1, ..Policy::default() };
    let days = [(1, 20), (1, 27), (2, 3), (2, 28), (3, 5)].map(|(month, day)| date(2025, month, day));
    let check = check(&days, &days.map(clip), &policy);
    assert!(check.satisfied, "{check:#?}");
    // The 28th of February is six days before the 5th of March.
    assert_eq!(check.set_aside.iter().map(|aside| aside.clip).collect::<Vec<_>>(), [clip(days[3]).clip]);
}

#[test]
fn a_short_month_needs_what_it_has_room_for() {
    // From the 28th of October on there is no room for two dates a week apart; nor after the 3rd of February.
    let days = Term::working_days(date(2024, 10, 28), date(2025, 2, 12)).dates();
    let check = check(&days, &[], &Policy::default());
    let needs: Vec<_> = check.months.iter().map(|m| (m.month.to_string(), m.needed)).collect();
    let expected = [("2024-10", 1), ("2024-11", 2), ("2024-12", 2), ("2025-01", 2), ("2025-02", 2)];
    assert_eq!(needs, expected.map(|(month, needed)| (month.to_string(), needed)));
    assert_eq!(check.missing, 10);
}

#[test]
fn a_plan_for_three_months_begins_at_once_and_satisfies_the_rule() {
    let term = autumn();
    let plan = plan(&term.days, &[], &Policy::default());
    assert_eq!(plan.outlook, Outlook::Open);
    let dates: Vec<Date> = plan.planned.iter().map(|day| day.date).collect();
    assert_eq!((dates.len(), dates[0]), (10, date(2024, 10, 8)));
    assert_eq!(plan.slots, 13, "three more than needed");
    let recorded: Vec<_> = dates.iter().map(|&day| clip(day)).collect();
    assert!(check(&term.dates(), &recorded, &Policy::default()).satisfied);
    assert_eq!(plan.planned[0].lessons.len(), 6, "all six lessons are long enough to try");
    assert_eq!(plan.reasons[0].text.zh, "还需录制10次，余下的培训日可安排13次");
    assert_eq!(plan.reasons[0].text.en, "10 more needed, 13 slots left");
}

#[test]
fn when_the_camera_was_down_on_the_planned_day_the_next_one_is_taken() {
    let mut term = autumn();
    term.lose(date(2024, 10, 8), date(2024, 10, 8));
    let plan = plan(&term.days, &[], &Policy::default());
    assert_eq!(plan.planned[0].date, date(2024, 10, 9));
    assert_eq!(plan.outlook, Outlook::Open);
}

#[test]
fn the_slots_left_are_a_week_from_the_clips_that_are_there() {
    // Four Tuesdays of October are recorded: nine Tuesdays are left, from the 5th of November to the 31st of December.
    let plan = plan(&autumn().days, &weekly(date(2024, 10, 8), 4), &Policy::default());
    assert_eq!((plan.kept.len(), plan.slots), (4, 9));
}

#[test]
fn when_the_evidence_is_complete_nothing_more_is_planned() {
    let clips = weekly(date(2024, 10, 8), 12);
    let plan = plan(&autumn().days, &clips, &Policy::default());
    assert_eq!(plan.outlook, Outlook::Met);
    assert!(plan.planned.is_empty() && plan.may_fail.is_none() && plan.last_safe_day.is_none());
    assert_eq!(plan.reasons[0].code, "evidence_met");
}

#[test]
fn a_month_without_camera_puts_the_rule_out_of_reach_on_the_day_its_last_chance_went() {
    let mut term = autumn();
    let mut clips = weekly(date(2024, 10, 8), 4);
    for day in term.dates() {
        let recorded = clips.iter().any(|clip| clip.date() == day);
        if day.month() == 11 || (day.month() == 10 && !recorded) {
            term.lose(day, day);
        }
    }
    clips.retain(|clip| clip.date().month() == 10);
    let plan = plan(&term.days, &clips, &Policy::default());
    // November must have two, a week apart. On Friday the 22nd a first one and the 29th would still have done.
    assert_eq!(plan.outlook, Outlook::OutOfReach { since: Some(date(2024, 11, 22)) });
    assert_eq!(
        plan.short,
        [
            Short { month: None, needed: 10, possible: 9 },
            Short { month: Some(month("2024-11")), needed: 2, possible: 0 },
        ]
    );
    assert_eq!(plan.planned.len(), 5, "December is recorded as well as can be");
    assert!(plan.reasons[0].text.zh.starts_with("自2024-11-22起"));
    let zh: Vec<_> = plan.reasons.iter().map(|reason| reason.text.zh.as_str()).collect();
    assert!(zh.contains(&"2024年11月应有2次，最多只能有0次") && zh.contains(&"仍按最大可能再录制5次"), "{zh:?}");
}

#[test]
fn a_day_that_is_over_is_not_lost_where_its_clip_is_there() {
    let mut term = Term::of([date(2024, 11, 4), date(2024, 11, 11)]);
    for day in term.dates() {
        term.lose(day, day);
    }
    let plan = plan(&term.days, &[clip(date(2024, 11, 4))], &Policy { clip_min_count: 2, ..Policy::default() });
    assert_eq!(plan.outlook, Outlook::OutOfReach { since: Some(date(2024, 11, 11)) });
}

#[test]
fn what_was_known_beforehand_counts_from_when_it_was_known() {
    let mut term = autumn();
    for day in term.dates().into_iter().filter(|day| day.month() == 12) {
        term.lose(day, date(2024, 10, 18));
    }
    let plan = plan(&term.days, &[], &Policy::default());
    assert_eq!(plan.outlook, Outlook::OutOfReach { since: Some(date(2024, 10, 18)) });
}

#[test]
fn a_term_that_never_had_room_says_so() {
    let term = Term::working_days(date(2024, 11, 4), date(2024, 11, 29));
    let plan = plan(&term.days, &[], &Policy::default());
    assert_eq!(plan.outlook, Outlook::OutOfReach { since: None });
    assert_eq!(plan.short, [Short { month: None, needed: 10, possible: 4 }]);
    assert_eq!(plan.reasons[0].code, "evidence_never_possible");
}

#[test]
fn a_class_without_a_timetable_has_lost_nothing() {
    let nothing = plan(&[], &[], &Policy::default());
    assert_eq!((nothing.outlook, nothing.planned.len(), nothing.may_fail), (Outlook::NoDays, 0, None));
    let codes: Vec<_> = nothing.reasons.iter().map(|reason| reason.code.as_str()).collect();
    assert_eq!(codes, ["evidence_no_days"]);
}

#[test]
fn where_nothing_may_fail_the_plan_says_so() {
    let term = Term::of([date(2024, 11, 4), date(2024, 11, 11)]);
    let plan = plan(&term.days, &[], &Policy { clip_min_count: 2, ..Policy::default() });
    assert_eq!((plan.outlook, plan.may_fail), (Outlook::Open, Some(0)));
    assert!(plan.reasons.iter().any(|reason| reason.text.zh == "今后的录制一次也不能失败"), "{:?}", plan.reasons);
}

#[test]
fn a_last_month_of_two_days_bears_one_failure_and_its_last_day_is_the_last_chance() {
    let mut term = Term::working_days(date(2024, 11, 1), date(2025, 3, 4));
    let clips: Vec<_> =
        weekly(date(2024, 11, 1), 17).into_iter().filter(|clip| clip.date() < date(2025, 3, 1)).collect();
    for day in term.dates().into_iter().filter(|&day| day < date(2025, 3, 3)) {
        if !clips.iter().any(|clip| clip.date() == day) {
            term.lose(day, day);
        }
    }
    let plan = plan(&term.days, &clips, &Policy::default());
    assert_eq!(plan.outlook, Outlook::Open);
    assert_eq!((plan.planned.len(), plan.may_fail, plan.last_safe_day), (1, Some(1), Some(date(2025, 3, 4))));
    assert!(plan.reasons.iter().any(|reason| reason.code == "evidence_at_risk"));
    let zh: Vec<_> = plan.reasons.iter().map(|reason| reason.text.zh.as_str()).collect();
    assert!(zh.contains(&"今后最多可有1个录制日失败") && zh.contains(&"最迟须在2025-03-04录成下一次"), "{zh:?}");
}

#[test]
fn lessons_shorter_than_a_clip_are_no_chance() {
    let mut term = autumn();
    for day in &mut term.days {
        let Chance::Open { lessons } = &mut day.chance else { continue };
        lessons.truncate(2);
        lessons[0] = duxue_rules::span::Span::new(
            lessons[0].start(),
            lessons[0].start() + jiff::SignedDuration::from_secs(1_199),
        )
        .unwrap();
    }
    let with_one = plan(&term.days, &[], &Policy::default());
    assert!(with_one.planned.iter().all(|day| day.lessons.len() == 1));
    let strict = Policy { clip_min_seconds: 46 * 60, ..Policy::default() };
    assert_eq!(plan(&term.days, &[], &strict).outlook, Outlook::OutOfReach { since: None });
    assert!(plan(&[], &[clip_of(1, date(2024, 11, 1))], &Policy::default()).planned.is_empty());
}
