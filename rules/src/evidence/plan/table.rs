//! The game of recording against bad luck, solved from its end.
//!
//! A position is: at which of the coming days one stands, free to record it; how many clips count in its month so far; how
//! many in all. To record is to go on to the first day far enough away if it succeeds, and to the next day, one failure
//! poorer, if it fails. So with `wait` and `won` the failures that the two next positions bear, recording bears the lesser
//! of `won` and `wait + 1`, and a position bears the better of that and `wait`. A day that has a clip already can be
//! counted or passed over at no risk.
//!
//! Of equally good moves the one is taken that needs fewer further clips, so that what is there is not passed over for a
//! hair's breadth of likelihood; then the one that more likely comes through when each recording fails with the policy's
//! chance; then the earlier one.

use jiff::civil::{Date, date};

use crate::policy::Policy;

/// A day on which there is a clip or may be one.
#[derive(Clone, Copy, Debug)]
pub(super) struct Event {
    /// The index among the training days.
    pub day: usize,
    /// The date as a number of days.
    pub ordinal: i32,
    /// The index among the months.
    pub month: usize,
    /// Whether there is a clip.
    pub held: bool,
}

/// What must be reached.
#[derive(Clone, Debug)]
pub(super) struct Targets {
    /// Clips that count, by month.
    pub months: Vec<u32>,
    /// In all.
    pub total: u32,
}

/// How much a position bears.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Hold {
    /// Nothing more is needed.
    Done,
    /// So many failures.
    Failures(u32),
}

/// The date as a number of days from a fixed one.
pub(super) fn ordinal(day: Date) -> i32 {
    (day - date(2000, 1, 1)).get_days()
}

/// How many of these days can be far enough from each other.
pub(super) fn room(ordinals: &[i32], policy: &Policy) -> u32 {
    let mut count = 0;
    let mut free_from = i32::MIN;
    for &ordinal in ordinals {
        if ordinal >= free_from {
            count += 1;
            free_from = ordinal + policy.clip_days_apart as i32;
        }
    }
    count
}

/// How many open days can be far enough from each other and from the kept ones.
pub(super) fn slots(events: &[Event], kept: &[usize], policy: &Policy) -> u32 {
    let near = |a: i32, b: i32| a.abs_diff(b) < policy.clip_days_apart;
    let free: Vec<i32> = events
        .iter()
        .filter(|event| !event.held && !kept.iter().any(|&kept| near(events[kept].ordinal, event.ordinal)))
        .map(|event| event.ordinal)
        .collect();
    room(&free, policy)
}

/// For each day, the first that is far enough after it.
pub(super) fn next_far_enough(events: &[Event], policy: &Policy) -> Vec<usize> {
    let far = |event: &Event| event.ordinal + policy.clip_days_apart as i32;
    events.iter().map(|event| events.partition_point(|other| other.ordinal < far(event))).collect()
}

/// A position's value.
#[derive(Clone, Copy, Debug)]
struct Cell {
    /// Failures borne; `LOST` and `DONE` at the ends.
    hold: i32,
    /// The chance that it is lost when each recording fails with the policy's chance.
    risk: f64,
    /// Clips still to be recorded when nothing fails.
    clips: u32,
    /// Whether the day is to be recorded, or its clip counted.
    take: bool,
}

const LOST: i32 = -1;
const DONE: i32 = i32::MAX;
const OUT: Cell = Cell { hold: LOST, risk: 1.0, clips: 0, take: false };
const HOME: Cell = Cell { hold: DONE, risk: 0.0, clips: 0, take: false };

/// The solved game.
pub(super) struct Table<'a> {
    events: &'a [Event],
    targets: &'a Targets,
    next: Vec<usize>,
    /// More clips than this in a month change nothing.
    month_cap: usize,
    cells: Vec<Cell>,
}

/// Clips that count so far: in the month of the day at which one stands, and in all; both capped at what is asked for.
type Score = (usize, usize);

impl<'a> Table<'a> {
    pub(super) fn solve(events: &'a [Event], targets: &'a Targets, policy: &Policy) -> Self {
        let month_cap = targets.months.iter().copied().max().unwrap_or(0) as usize;
        let mut table = Self {
            events,
            targets,
            next: next_far_enough(events, policy),
            month_cap,
            cells: vec![OUT; events.len() * (month_cap + 1) * (targets.total as usize + 1)],
        };
        let failure = f64::from(policy.clip_failure_percent) / 100.0;
        for at in (0..events.len()).rev() {
            for month in 0..=month_cap {
                for total in 0..=targets.total as usize {
                    let index = table.index(at, (month, total));
                    table.cells[index] = table.value(at, (month, total), failure);
                }
            }
        }
        table
    }

    /// What the whole game bears; `None` when it is lost.
    pub(super) fn start(&self) -> Option<Hold> {
        match self.enter(None, 0, (0, 0)).map_or(LOST, |cell| cell.hold) {
            DONE => Some(Hold::Done),
            failures => u32::try_from(failures).ok().map(Hold::Failures),
        }
    }

    /// The days recorded or counted when nothing fails.
    pub(super) fn way(&self) -> Vec<usize> {
        let mut way = Vec::new();
        let (mut at, mut score) = (0, (0, 0));
        while at < self.events.len() {
            let (to, then) = if self.cells[self.index(at, score)].take {
                way.push(at);
                (self.next[at], self.one_more(score))
            } else {
                (at + 1, score)
            };
            score = self.carried(at, to, then);
            at = to;
        }
        way
    }

    /// The last open day from which the game is still won when nothing is recorded before it.
    pub(super) fn last_safe(&self) -> Option<usize> {
        if !matches!(self.start(), Some(Hold::Failures(_))) {
            return None;
        }
        // Positions that the clips that are there can lead to, by day.
        let mut reached = vec![Vec::from([(0, 0)])];
        reached.resize(self.events.len() + 1, Vec::new());
        let mut last = None;
        for at in 0..self.events.len() {
            let scores = std::mem::take(&mut reached[at]);
            if !self.events[at].held && scores.iter().any(|&score| self.cells[self.index(at, score)].hold > LOST) {
                last = Some(at);
            }
            for score in scores {
                let waits = (at + 1, score);
                let counts = self.events[at].held.then(|| (self.next[at], self.one_more(score)));
                for (to, then) in std::iter::once(waits).chain(counts) {
                    let carried = self.carried(at, to, then);
                    if self.enter(Some(at), to, then).is_some() && !reached[to].contains(&carried) {
                        reached[to].push(carried);
                    }
                }
            }
        }
        last
    }

    fn value(&self, at: usize, score: Score, failure: f64) -> Cell {
        let wait = self.enter(Some(at), at + 1, score).unwrap_or(OUT);
        let won = self.enter(Some(at), self.next[at], self.one_more(score)).unwrap_or(OUT);
        let take = if self.events[at].held {
            Cell { take: true, ..won }
        } else {
            Cell {
                hold: if won.hold == LOST { LOST } else { won.hold.min(wait.hold.saturating_add(1)) },
                risk: (1.0 - failure) * won.risk + failure * wait.risk,
                clips: won.clips + 1,
                take: true,
            }
        };
        let wait = Cell { take: false, ..wait };
        let taken = take.hold > LOST
            && take
                .hold
                .cmp(&wait.hold)
                .then(wait.clips.cmp(&take.clips))
                .then(wait.risk.total_cmp(&take.risk))
                .is_ge();
        if taken { take } else { wait }
    }

    /// The position on arriving at `to`, coming from `from`; `None` when a month on the way was left with too few clips.
    fn enter(&self, from: Option<usize>, to: usize, score: Score) -> Option<Cell> {
        let months = &self.targets.months;
        let (left, first_passed) = match from {
            Some(from) => (self.events[from].month, self.events[from].month + 1),
            None => (usize::MAX, 0),
        };
        let arrived = self.events.get(to).map_or(months.len(), |event| event.month);
        if arrived != left {
            let enough = from.is_none() || score.0 >= months[left] as usize;
            if !enough || months[first_passed..arrived].iter().any(|&needed| needed > 0) {
                return None;
            }
        }
        if to == self.events.len() {
            return (score.1 >= self.targets.total as usize).then_some(HOME);
        }
        let month = if arrived == left { score.0 } else { 0 };
        Some(self.cells[self.index(to, (month, score.1))])
    }

    /// The score on arriving at `to`: the month's count begins anew in another month.
    fn carried(&self, from: usize, to: usize, score: Score) -> Score {
        let same = self.events.get(to).is_some_and(|event| event.month == self.events[from].month);
        (if same { score.0 } else { 0 }, score.1)
    }

    fn one_more(&self, score: Score) -> Score {
        ((score.0 + 1).min(self.month_cap), (score.1 + 1).min(self.targets.total as usize))
    }

    fn index(&self, at: usize, score: Score) -> usize {
        (at * (self.month_cap + 1) + score.0) * (self.targets.total as usize + 1) + score.1
    }
}
