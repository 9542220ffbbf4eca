//! Terms and clips to try the rule on.

use std::sync::LazyLock;

use duxue_rules::{
    calendar::{Calendar, Dates},
    civil,
    evidence::{Chance, EvidenceClip, PlanDay},
    ids::ClipId,
    span::Span,
};
use jiff::{
    SignedDuration, ToSpan,
    civil::{Date, date, time},
};
use uuid::Uuid;

static CALENDAR: LazyLock<Calendar> = LazyLock::new(Calendar::published);

/// A class's training days and what can be had of them.
#[derive(Clone, Debug)]
pub struct Term {
    pub days: Vec<PlanDay>,
}

impl Term {
    /// Every working day from the first to the last, both inside, with six lessons each.
    pub fn working_days(first: Date, last: Date) -> Self {
        let days = CALENDAR.working_days(Dates::through(first, last).unwrap()).value;
        Self::of(days)
    }

    pub fn of(days: impl IntoIterator<Item = Date>) -> Self {
        Self { days: days.into_iter().map(|date| PlanDay { date, chance: open(date) }).collect() }
    }

    pub fn dates(&self) -> Vec<Date> {
        self.days.iter().map(|day| day.date).collect()
    }

    pub fn lose(&mut self, date: Date, since: Date) {
        for day in self.days.iter_mut().filter(|day| day.date == date) {
            day.chance = Chance::Lost { since };
        }
    }

    /// The days that can still be recorded.
    pub fn open(&self) -> Vec<Date> {
        self.days.iter().filter(|day| matches!(day.chance, Chance::Open { .. })).map(|day| day.date).collect()
    }
}

/// Six lessons of 45 minutes with breaks of 10, from 08:30 on.
fn open(date: Date) -> Chance {
    let first = civil::instant(date, time(8, 30, 0, 0)).unwrap();
    let lesson = |n: i64| {
        let start = first + SignedDuration::from_mins(n * 55);
        Span::new(start, start + SignedDuration::from_mins(45)).unwrap()
    };
    Chance::Open { lessons: (0..6).map(lesson).collect() }
}

pub fn clip_of(number: u128, date: Date) -> EvidenceClip {
    EvidenceClip {
        clip: ClipId(Uuid::from_u128(number)).into(),
        starts_at: civil::instant(date, time(9, 0, 0, 0)).unwrap(),
        continuous_seconds: 1_205,
        doubt: None,
    }
}

/// A good clip, numbered by its date.
pub fn clip(date: Date) -> EvidenceClip {
    clip_of(number(date), date)
}

pub fn clip_at(day: Date, hour: i8, seconds: u32) -> EvidenceClip {
    let starts_at = civil::instant(day, time(hour, 0, 0, 0)).unwrap();
    let clip = ClipId(Uuid::from_u128(number(day))).into();
    EvidenceClip { clip, starts_at, continuous_seconds: seconds, doubt: None }
}

fn number(day: Date) -> u128 {
    (day - date(2020, 1, 1)).get_days() as u128
}

/// Clips on the same weekday, week after week.
pub fn weekly(first: Date, count: i32) -> Vec<EvidenceClip> {
    (0..count).map(|week| clip(first.checked_add((7 * week).days()).unwrap())).collect()
}

/// A small sequence of numbers from a seed (xorshift), for luck that can be had again.
pub struct Luck(pub u64);

impl Luck {
    pub fn below(&mut self, bound: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % bound
    }
}
