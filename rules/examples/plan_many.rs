//! How long the plans of ten thousand classes take on one core: `cargo run --release -p duxue-rules --example plan_many`.
//!
//! Each class is somewhere in a term of three to six months, with clips and failures behind it; every plan is made from the
//! facts alone, as the daily job does.

#![expect(clippy::print_stdout, reason = "an example speaks on stdout")]

use std::time::Instant;

use duxue_rules::{
    calendar::{Calendar, Dates},
    civil,
    evidence::{Chance, EvidenceClip, Outlook, PlanDay, plan},
    ids::ClipId,
    policy::Policy,
    span::Span,
};
use jiff::{
    SignedDuration, ToSpan,
    civil::{Date, date, time},
};
use uuid::Uuid;

const CLASSES: i32 = 10_000;

fn class(number: i32, calendar: &Calendar) -> Option<(Vec<PlanDay>, Vec<EvidenceClip>)> {
    let first = date(2023, 2, 1).checked_add((number % 1_000).days()).ok()?;
    let last = first.checked_add((88 + number % 97).days()).ok()?;
    let today = first.checked_add((number % 90).days()).ok()?;
    let mut clips = Vec::new();
    let mut days = Vec::new();
    for (index, date) in calendar.working_days(Dates::through(first, last).ok()?).value.into_iter().enumerate() {
        let morning = civil::instant(date, time(8, 30, 0, 0))?;
        let lost = |date: Date| Chance::Lost { since: date };
        let chance = match index % 5 {
            _ if date >= today => {
                let lesson = |n: i64| {
                    let start = morning + SignedDuration::from_mins(55 * n);
                    Span::new(start, start + SignedDuration::from_mins(45)).ok()
                };
                Chance::Open { lessons: (0..6).filter_map(lesson).collect() }
            }
            0 => {
                clips.push(EvidenceClip {
                    clip: ClipId(Uuid::from_u128(index as u128)).into(),
                    starts_at: morning,
                    continuous_seconds: 1_205,
                    doubt: None,
                });
                lost(date)
            }
            _ => lost(date),
        };
        days.push(PlanDay { date, chance });
    }
    Some((days, clips))
}

fn main() {
    let (calendar, policy) = (Calendar::published(), Policy::default());
    let classes: Vec<_> = (0..CLASSES).filter_map(|number| class(number, &calendar)).collect();
    let begun = Instant::now();
    let plans: Vec<_> = classes.iter().map(|(days, clips)| plan(days, clips, &policy)).collect();
    let took = begun.elapsed();
    let count = |wanted: fn(&Outlook) -> bool| plans.iter().filter(|plan| wanted(&plan.outlook)).count();
    println!("{} classes planned in {:.2} s on one core", plans.len(), took.as_secs_f64());
    println!("  met {}", count(|outlook| matches!(outlook, Outlook::Met)));
    println!("  open {}", count(|outlook| matches!(outlook, Outlook::Open)));
    println!("  out of reach {}", count(|outlook| matches!(outlook, Outlook::OutOfReach { .. })));
    println!("  recordings planned {}", plans.iter().map(|plan| plan.planned.len()).sum::<usize>());
}
