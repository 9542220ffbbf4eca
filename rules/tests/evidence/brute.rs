//! Small terms, tried through: every choice of clips, and every game of recording against bad luck.

use duxue_rules::{
    evidence::{Chance, Outlook, PlanDay, check, plan},
    policy::Policy,
};
use jiff::civil::Date;
use proptest::prelude::*;

use crate::world::{Term, clip, clip_at};

fn apart(a: Date, b: Date) -> u32 {
    (a - b).get_days().unsigned_abs()
}

/// Every choice of these dates that are far enough from each other.
fn choices(dates: &[Date], policy: &Policy) -> Vec<Vec<Date>> {
    (0u32..1 << dates.len())
        .map(|bits| (0..dates.len()).filter(|&n| bits >> n & 1 == 1).map(|n| dates[n]).collect::<Vec<_>>())
        .filter(|choice| choice.windows(2).all(|pair| apart(pair[0], pair[1]) >= policy.clip_days_apart))
        .collect()
}

/// What a choice misses, straight from the rule's words.
fn missing(choice: &[Date], needs: &[((i16, i8), u32)], policy: &Policy) -> u32 {
    let months = needs.iter().map(|&(month, needed)| {
        needed.saturating_sub(choice.iter().filter(|date| (date.year(), date.month()) == month).count() as u32)
    });
    months.sum::<u32>().max(policy.clip_min_count.saturating_sub(choice.len() as u32))
}

fn needs(days: &[Date], policy: &Policy) -> Vec<((i16, i8), u32)> {
    let mut months: Vec<(i16, i8)> = days.iter().map(|date| (date.year(), date.month())).collect();
    months.dedup();
    let need = |month: (i16, i8)| {
        let inside: Vec<Date> = days.iter().copied().filter(|date| (date.year(), date.month()) == month).collect();
        let room = choices(&inside, policy).iter().map(Vec::len).max().unwrap_or(0) as u32;
        room.min(policy.clip_month_count)
    };
    months.into_iter().map(|month| (month, need(month))).collect()
}

/// The failures that the game bears from here: `None` lost, `u32::MAX` nothing more needed.
fn game(days: &[(Date, bool, bool)], chosen: &[Date], wins: &dyn Fn(&[Date]) -> bool, policy: &Policy) -> Option<u32> {
    let Some((&(date, held, open), rest)) = days.split_first() else { return wins(chosen).then_some(u32::MAX) };
    let wait = game(rest, chosen, wins, policy);
    if !(held || open) || chosen.last().is_some_and(|&last| apart(last, date) < policy.clip_days_apart) {
        return wait;
    }
    let won = game(rest, &[chosen, &[date]].concat(), wins, policy);
    let take = if held { won } else { won.map(|won| won.min(wait.map_or(0, |wait| wait.saturating_add(1)))) };
    take.max(wait)
}

#[derive(Clone, Debug)]
struct Small {
    term: Term,
    held: Vec<Date>,
    policy: Policy,
}

fn small() -> impl Strategy<Value = Small> {
    // Dates around the end of January and over all of February and into March, so that months meet.
    let first = jiff::civil::date(2025, 1, 24);
    let dates = prop::collection::btree_set(0i64..42, 3..13);
    (dates, prop::collection::vec(0u8..4, 13), (1u32..5, 1u32..3, 2u32..9), 1i64..4).prop_map(
        move |(offsets, kinds, (count, month, days_apart), stretch)| {
            let dates =
                offsets.iter().map(|&n| first.checked_add(jiff::SignedDuration::from_hours(24 * n / stretch)).unwrap());
            let mut dates: Vec<Date> = dates.collect();
            dates.dedup();
            let mut term = Term::of(dates.iter().copied());
            let mut held = Vec::new();
            for (&date, kind) in dates.iter().zip(kinds) {
                match kind {
                    0 => term.lose(date, date),
                    1 => held.push(date),
                    _ => {}
                }
            }
            let policy = Policy {
                clip_min_count: count,
                clip_month_count: month,
                clip_days_apart: days_apart,
                ..Policy::default()
            };
            Small { term, held, policy }
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 10_000, ..ProptestConfig::default() })]

    #[test]
    fn the_checker_finds_the_best_of_all_choices(small in small(), short in any::<bool>()) {
        let Small { term, held, policy } = small;
        let days = term.dates();
        let needs = needs(&days, &policy);
        let least = choices(&held, &policy).iter().map(|choice| missing(choice, &needs, &policy)).min().unwrap();
        let mut clips: Vec<_> = held.iter().map(|&date| clip(date)).collect();
        if short {
            clips.extend(days.iter().map(|&date| clip_at(date, 14, 600)));
        }
        clips.reverse();
        let check = check(&days, &clips, &policy);
        prop_assert_eq!(check.missing, least);
        prop_assert_eq!(check.satisfied, least == 0);
        prop_assert_eq!(check.satisfied, check.findings.is_empty());
        prop_assert_eq!(check.counted.len() + check.set_aside.len(), clips.len(), "each clip is accounted for");
        let counted: Vec<Date> = clips.iter().rev().filter(|c| check.counted.contains(&c.clip)).map(|c| c.date()).collect();
        let counted: Vec<Date> = counted.into_iter().filter(|date| held.contains(date)).collect();
        prop_assert!(counted.windows(2).all(|pair| apart(pair[0], pair[1]) >= policy.clip_days_apart || pair[0] == pair[1]));
    }

    #[test]
    fn the_planner_plays_as_well_as_trying_everything(small in small()) {
        let Small { term, held, policy } = small;
        let needs = needs(&term.dates(), &policy);
        let clips: Vec<_> = held.iter().map(|&date| clip(date)).collect();
        let plan = plan(&term.days, &clips, &policy);
        let open = |day: &PlanDay| matches!(day.chance, Chance::Open { .. });
        let days: Vec<_> = term.days.iter().map(|day| (day.date, held.contains(&day.date), open(day))).collect();
        let wins = |choice: &[Date]| missing(choice, &needs, &policy) == 0;
        match game(&days, &[], &wins, &policy) {
            Some(u32::MAX) => prop_assert_eq!((plan.outlook, plan.may_fail), (Outlook::Met, None)),
            Some(failures) => prop_assert_eq!((plan.outlook, plan.may_fail), (Outlook::Open, Some(failures))),
            None => {
                let lost = matches!(plan.outlook, Outlook::OutOfReach { .. });
                prop_assert!(lost);
                let usable: Vec<Date> = days.iter().filter(|day| day.1 || day.2).map(|day| day.0).collect();
                let all = choices(&usable, &policy);
                let least = all.iter().map(|choice| missing(choice, &needs, &policy)).min().unwrap();
                let mut chosen: Vec<Date> = plan.planned.iter().map(|day| day.date).collect();
                chosen.extend(clips.iter().filter(|c| plan.kept.contains(&c.clip)).map(|c| c.date()));
                chosen.sort();
                prop_assert_eq!(missing(&chosen, &needs, &policy), least, "the best effort is the best there is");
                // And what it aims for is played for as well as trying everything could.
                let aimed = |choice: &[Date]| plan.short.iter().all(|short| match short.month {
                    None => choice.len() as u32 >= short.possible,
                    Some(_) => true,
                }) && needs.iter().all(|&(month, needed)| {
                    let lowered = plan.short.iter().find(|short| short.month.is_some_and(|m| {
                        let first = m.dates().start();
                        (first.year(), first.month()) == month
                    }));
                    let have = choice.iter().filter(|date| (date.year(), date.month()) == month).count() as u32;
                    have >= lowered.map_or(needed, |short| short.possible)
                }) && (plan.short.iter().any(|short| short.month.is_none()) || choice.len() as u32 >= policy.clip_min_count);
                match game(&days, &[], &aimed, &policy) {
                    Some(u32::MAX) => prop_assert_eq!(plan.may_fail, None),
                    failures => prop_assert_eq!(plan.may_fail, failures),
                }
            }
        }
    }
}
