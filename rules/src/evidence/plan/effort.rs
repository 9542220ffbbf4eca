//! When the rule is out of reach: what comes nearest to it.
//!
//! Nearest is the choice of days that misses fewest clips, counting a clip that is missing both in a month and in all once;
//! of those, the one whose months miss fewest. What it reaches is then aimed for, with the same care for slack.

use super::table::{Event, Targets, next_far_enough};
use crate::policy::Policy;

/// The highest targets that the days can still meet.
pub(super) fn lowered(events: &[Event], targets: &Targets, policy: &Policy) -> Targets {
    let effort = Effort::new(events, targets, policy);
    let counts = effort.nearest();
    let total = counts.iter().sum::<u32>().min(targets.total);
    let months = counts.iter().zip(&targets.months).map(|(&count, &needed)| count.min(needed)).collect();
    Targets { months, total }
}

/// For each day, clips in its month so far and clips that months may miss from here on: the most days that can count.
struct Effort<'a> {
    events: &'a [Event],
    targets: &'a Targets,
    next: Vec<usize>,
    month_cap: usize,
    /// The months' needs, added up.
    worst: usize,
    most: Vec<Option<u32>>,
}

impl<'a> Effort<'a> {
    fn new(events: &'a [Event], targets: &'a Targets, policy: &Policy) -> Self {
        let month_cap = targets.months.iter().copied().max().unwrap_or(0) as usize;
        let worst = targets.months.iter().sum::<u32>() as usize;
        let mut effort = Self {
            events,
            targets,
            next: next_far_enough(events, policy),
            month_cap,
            worst,
            most: vec![None; events.len() * (month_cap + 1) * (worst + 1)],
        };
        for at in (0..events.len()).rev() {
            for count in 0..=month_cap {
                for missing in 0..=worst {
                    let index = effort.index(at, count, missing);
                    effort.most[index] = effort.taken(at, count, missing).max(effort.passed(at, count, missing));
                }
            }
        }
        effort
    }

    /// Clips by month of the nearest choice.
    fn nearest(&self) -> Vec<u32> {
        let mut counts = vec![0; self.targets.months.len()];
        let Some(first) = self.events.first() else { return counts };
        let before = self.targets.months[..first.month].iter().sum::<u32>() as usize;
        let misses = |missing: usize| {
            let most = self.most[self.index(0, 0, missing - before)]?;
            Some((missing.max(self.targets.total.saturating_sub(most) as usize), missing))
        };
        let Some((_, missing)) = (before..=self.worst).filter_map(misses).min() else { return counts };
        let (mut at, mut count, mut missing) = (0, 0, missing - before);
        while at < self.events.len() {
            let take = self.taken(at, count, missing) >= self.passed(at, count, missing);
            counts[self.events[at].month] += u32::from(take);
            let to = if take { self.next[at] } else { at + 1 };
            let then = if take { (count + 1).min(self.month_cap) } else { count };
            missing -= self.misses_between(at, to, then).min(missing);
            let same = self.events.get(to).is_some_and(|event| event.month == self.events[at].month);
            count = if same { then } else { 0 };
            at = to;
        }
        counts
    }

    fn taken(&self, at: usize, count: usize, missing: usize) -> Option<u32> {
        self.arrive(at, self.next[at], (count + 1).min(self.month_cap), missing).map(|most| most + 1)
    }

    fn passed(&self, at: usize, count: usize, missing: usize) -> Option<u32> {
        self.arrive(at, at + 1, count, missing)
    }

    fn arrive(&self, from: usize, to: usize, count: usize, missing: usize) -> Option<u32> {
        let missing = missing.checked_sub(self.misses_between(from, to, count))?;
        let Some(event) = self.events.get(to) else { return Some(0) };
        let count = if event.month == self.events[from].month { count } else { 0 };
        self.most[self.index(to, count, missing)]
    }

    /// What the months miss that are left behind on the way from one day to another.
    fn misses_between(&self, from: usize, to: usize, count: usize) -> usize {
        let months = &self.targets.months;
        let left = self.events[from].month;
        let arrived = self.events.get(to).map_or(months.len(), |event| event.month);
        if arrived == left {
            return 0;
        }
        (months[left] as usize).saturating_sub(count) + months[left + 1..arrived].iter().sum::<u32>() as usize
    }

    fn index(&self, at: usize, count: usize, missing: usize) -> usize {
        (at * (self.month_cap + 1) + count) * (self.worst + 1) + missing
    }
}
