//! The planner against other ways of choosing days, under the same bad luck.

use std::collections::BTreeSet;

use duxue_rules::{
    evidence::{EvidenceClip, Outlook, check, plan},
    policy::Policy,
};
use jiff::{
    ToSpan,
    civil::{Date, Weekday, date},
};

use crate::world::{Luck, Term, clip};

/// Chooses the next day to record: from the term, the clips so far and the first day that is still free.
type Rival = fn(&Term, &[EvidenceClip], Date) -> Option<Date>;

fn far(clips: &[EvidenceClip], day: Date) -> bool {
    clips.iter().all(|clip| (clip.date() - day).get_days().abs() >= 7)
}

/// The planner, asked again after each day.
fn planner(term: &Term, clips: &[EvidenceClip], _: Date) -> Option<Date> {
    plan(&term.days, clips, &Policy::default()).planned.first().map(|day| day.date)
}

/// Every first day that is far enough from the last clip.
fn as_soon_as_possible(term: &Term, clips: &[EvidenceClip], from: Date) -> Option<Date> {
    term.open().into_iter().find(|&day| day >= from && far(clips, day))
}

/// Only Wednesdays.
fn every_wednesday(term: &Term, clips: &[EvidenceClip], from: Date) -> Option<Date> {
    term.open().into_iter().find(|&day| day >= from && day.weekday() == Weekday::Wednesday && far(clips, day))
}

/// From the 1st and from the 15th of each month on, what the rule's words suggest.
fn twice_a_month(term: &Term, clips: &[EvidenceClip], from: Date) -> Option<Date> {
    let half = |day: Date| (day.year(), day.month(), day.day() >= 15);
    let done: BTreeSet<_> = clips.iter().map(|clip| half(clip.date())).collect();
    term.open().into_iter().find(|&day| day >= from && !done.contains(&half(day)) && far(clips, day))
}

/// Every ninth day, spread over the term.
fn spread(term: &Term, clips: &[EvidenceClip], from: Date) -> Option<Date> {
    let after = clips.last().map_or(from, |last| last.date().checked_add(9.days()).unwrap());
    term.open().into_iter().find(|&day| day >= from.max(after) && far(clips, day))
}

/// Plays a term through; whether the rule holds at its end.
fn holds(rival: Rival, term: &Term, fails: &BTreeSet<Date>) -> bool {
    let (mut term, mut clips) = (term.clone(), Vec::new());
    let mut from = Date::MIN;
    while let Some(day) = rival(&term, &clips, from) {
        for passed in term.open().into_iter().filter(|&open| open <= day) {
            term.lose(passed, passed);
        }
        if !fails.contains(&day) {
            clips.push(clip(day));
        }
        from = day.tomorrow().unwrap();
    }
    check(&term.dates(), &clips, &Policy::default()).satisfied
}

#[test]
fn within_its_promise_the_planner_always_wins_and_overall_no_other_way_wins_more_often() {
    let rivals: [(&str, Rival); 4] = [
        ("as soon as possible", as_soon_as_possible),
        ("every Wednesday", every_wednesday),
        ("twice a month", twice_a_month),
        ("spread", spread),
    ];
    let mut luck = Luck(0x5eed_2024);
    let mut won = 0;
    let mut rivals_won = [0; 4];
    for _ in 0..150 {
        let first = date(2023, 2, 1).checked_add((luck.below(1_200) as i32).days()).unwrap();
        let length = 88 + luck.below(95) as i32;
        let term = Term::working_days(first, first.checked_add(length.days()).unwrap());
        let percent = luck.below(75);
        // Cameras fail for days on end as well as now and then.
        let mut fails = BTreeSet::new();
        let mut down = false;
        for day in term.dates() {
            down = if down { luck.below(100) < 60 } else { luck.below(100) < percent / 2 };
            if down || luck.below(100) < percent / 3 {
                fails.insert(day);
            }
        }
        let promise = plan(&term.days, &[], &Policy::default());
        let wins = holds(planner, &term, &fails);
        if promise.outlook == Outlook::Open && fails.len() as u32 <= promise.may_fail.unwrap() {
            assert!(wins, "{} failures of {:?} promised", fails.len(), promise.may_fail);
        }
        won += u32::from(wins);
        for (count, (_, rival)) in rivals_won.iter_mut().zip(rivals) {
            *count += u32::from(holds(rival, &term, &fails));
        }
    }
    assert!(won > 30, "the luck is not so bad that nobody wins: {won}");
    for (count, (name, _)) in rivals_won.iter().zip(rivals) {
        assert!(won >= *count, "{name}: {count} against the planner's {won}");
    }
    // On this luck the planner is strictly better than each of them.
    assert!(rivals_won.iter().all(|&count| count < won), "{rivals_won:?} against {won}");
}
