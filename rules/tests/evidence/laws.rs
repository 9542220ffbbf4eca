//! What must hold on whole terms of three to six months, with holidays, failures and clips anywhere.

use duxue_rules::{
    evidence::{EvidenceClip, Outlook, Plan, check, plan},
    policy::Policy,
};
use jiff::{
    ToSpan,
    civil::{Date, date},
};
use proptest::prelude::*;

use crate::world::{Luck, Term, clip};

/// A term with a past: before `today` each day was recorded, failed, or not tried; some days ahead are known to be lost.
#[derive(Clone, Debug)]
pub struct Past {
    pub term: Term,
    pub clips: Vec<EvidenceClip>,
}

pub fn past() -> impl Strategy<Value = Past> {
    (0i32..900, 80i32..185, 0i32..200, 1u64..u64::MAX, 1u64..12, 0u64..40).prop_map(
        |(start, length, today, luck, every, lost_percent)| {
            let first = date(2023, 2, 1).checked_add(start.days()).unwrap();
            let mut term = Term::working_days(first, first.checked_add(length.days()).unwrap());
            let today = first.checked_add(today.min(length).days()).unwrap();
            let mut luck = Luck(luck);
            let mut clips = Vec::new();
            for day in term.dates() {
                if day < today {
                    if luck.below(every) == 0 {
                        clips.push(clip(day));
                    } else {
                        term.lose(day, day);
                    }
                } else if luck.below(100) < lost_percent {
                    term.lose(day, first.checked_add((luck.below(40) as i32).days()).unwrap().min(today));
                }
            }
            Past { term, clips }
        },
    )
}

fn recorded(plan: &Plan) -> Vec<EvidenceClip> {
    plan.planned.iter().map(|day| clip(day.date)).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, ..ProptestConfig::default() })]

    #[test]
    fn the_rule_is_in_reach_exactly_when_recording_every_open_day_would_satisfy_the_checker(past in past()) {
        let Past { term, clips } = past;
        let policy = Policy::default();
        let plan = plan(&term.days, &clips, &policy);
        let everything: Vec<_> = term.open().into_iter().map(clip).chain(clips.iter().copied()).collect();
        let best = check(&term.dates(), &everything, &policy);
        prop_assert_eq!(matches!(plan.outlook, Outlook::OutOfReach { .. }), !best.satisfied);
        prop_assert_eq!(plan.outlook == Outlook::Met, check(&term.dates(), &clips, &policy).satisfied);
        // And what is planned, once recorded, comes as near as recording everything.
        let with_plan = check(&term.dates(), &[recorded(&plan), clips].concat(), &policy);
        prop_assert_eq!(with_plan.missing, best.missing);
        prop_assert_eq!(plan.outlook == Outlook::Met, plan.planned.is_empty() && best.satisfied);
        prop_assert!(plan.slots as usize >= plan.planned.len());
        prop_assert_eq!(plan.short.is_empty(), best.satisfied);
    }

    #[test]
    fn as_many_failures_as_promised_are_borne_whichever_they_are(past in past(), luck in 1u64..u64::MAX, share in 1u64..4) {
        let Past { mut term, mut clips } = past;
        let policy = Policy::default();
        let promised = plan(&term.days, &clips, &policy);
        prop_assume!(promised.outlook == Outlook::Open);
        let mut failures = promised.may_fail.unwrap();
        let mut luck = Luck(luck);
        let mut plans = 0;
        loop {
            let now = plan(&term.days, &clips, &policy);
            prop_assert!(now.may_fail.is_none_or(|may| may >= failures), "a promise is never taken back");
            let Some(next) = now.planned.first().map(|day| day.date) else { break };
            // Days that were passed over are gone.
            for day in term.open().into_iter().filter(|&day| day < next) {
                term.lose(day, day);
            }
            if failures > 0 && luck.below(share) == 0 {
                failures -= 1;
                term.lose(next, next);
            } else {
                clips.push(clip(next));
            }
            plans += 1;
            prop_assert!(plans < 200);
        }
        prop_assert!(check(&term.dates(), &clips, &policy).satisfied);
    }

    #[test]
    fn the_last_safe_day_is_safe_and_the_day_after_is_not(past in past()) {
        let Past { mut term, clips } = past;
        let policy = Policy::default();
        let plan_now = plan(&term.days, &clips, &policy);
        prop_assume!(plan_now.outlook == Outlook::Open);
        let last = plan_now.last_safe_day.unwrap();
        let waited: Vec<Date> = term.open().into_iter().filter(|&day| day < last).collect();
        for day in waited {
            term.lose(day, day);
        }
        prop_assert_eq!(plan(&term.days, &clips, &policy).outlook, Outlook::Open);
        term.lose(last, last);
        let too_late = plan(&term.days, &clips, &policy).outlook;
        prop_assert_eq!(too_late, Outlook::OutOfReach { since: Some(last) });
    }

    #[test]
    fn it_went_out_of_reach_when_the_checker_says_so(past in past()) {
        let Past { term, clips } = past;
        let policy = Policy::default();
        let Outlook::OutOfReach { since } = plan(&term.days, &clips, &policy).outlook else { return Ok(()) };
        // What could still be had at the beginning of a date, by the checker alone.
        let possible_on = |today: Date| {
            let lost_before = |day: Date| term.days.iter().any(|d| d.date == day && match d.chance {
                duxue_rules::evidence::Chance::Lost { since } => since < today,
                duxue_rules::evidence::Chance::Open { .. } => false,
            });
            let possible: Vec<_> = term.dates().into_iter()
                .filter(|&day| clips.iter().any(|clip| clip.date() == day) || !lost_before(day))
                .map(clip).collect();
            check(&term.dates(), &possible, &policy).satisfied
        };
        match since {
            Some(since) => {
                prop_assert!(possible_on(since));
                prop_assert!(!possible_on(since.tomorrow().unwrap()));
            }
            None => prop_assert!(!possible_on(Date::MIN)),
        }
    }

    #[test]
    fn adding_a_clip_never_hurts(past in past(), extra in 0usize..130) {
        let Past { term, clips } = past;
        let policy = Policy::default();
        let dates = term.dates();
        let before = check(&dates, &clips, &policy);
        let more = [clips.clone(), vec![clip(dates[extra % dates.len()])]].concat();
        let after = check(&dates, &more, &policy);
        prop_assert!(after.missing <= before.missing && before.missing <= after.missing + 1);
        let (was, is) = (plan(&term.days, &clips, &policy), plan(&term.days, &more, &policy));
        prop_assert!(is.planned.len() <= was.planned.len() || !after.satisfied);
    }

    #[test]
    fn the_order_of_the_facts_does_not_matter_and_the_same_facts_give_the_same_plan(past in past()) {
        let Past { term, clips } = past;
        let policy = Policy::default();
        let (mut days, mut mixed) = (term.days.clone(), clips.clone());
        days.reverse();
        mixed.reverse();
        prop_assert_eq!(plan(&days, &mixed, &policy), plan(&term.days, &clips, &policy));
        prop_assert_eq!(check(&term.dates(), &mixed, &policy), check(&term.dates(), &clips, &policy));
    }
}
