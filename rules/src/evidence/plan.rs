//! R9.2: which days' lessons to record so that R9.1 will hold, with the greatest slack.
//!
//! Planning is a game against bad luck: on each day that can still be recorded the plan either records or waits, a
//! recording succeeds or fails, and a clip that counts keeps the next one a week away. [`table`] solves the game from its
//! end, so that for every position it is known how many further recordings may fail, whichever they are, when every later
//! choice is right. The plan is the way through it on which nothing fails. It never records a day that is not to count.
//!
//! Nothing is remembered between plans: whatever has happened (clips, failures, days that moved) comes in as facts, and the
//! game is solved afresh. When it cannot be won any more, [`effort`] lowers what is asked for as little as possible, and the
//! plan goes for that.

mod effort;
mod table;
mod words;

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::facts::{Chance, EvidenceClip, Exhibit, PlanDay};
use crate::{calendar::Month, policy::Policy, span::Span, text::Reason};
use table::{Event, Hold, Table, Targets};

/// What to record, and how safe that is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plan {
    /// Whether the rule holds, can hold, or cannot any more.
    pub outlook: Outlook,
    /// The clips that are there and count.
    pub kept: Vec<Exhibit>,
    /// The days to record, in order. Its length is how many more clips are needed.
    pub planned: Vec<PlannedDay>,
    /// How many clips, far enough apart, the open days still have room for.
    pub slots: u32,
    /// How many of the further recordings may fail, whichever they are, with what is aimed for still in reach; `None` when
    /// nothing more is needed.
    pub may_fail: Option<u32>,
    /// The last day on which a recording can begin the rest, if none succeeds before; `None` when nothing more is needed.
    pub last_safe_day: Option<Date>,
    /// What cannot be had any more; empty unless the rule is out of reach.
    pub short: Vec<Short>,
    /// The state in sentences, for the class's page and for alarms.
    pub reasons: Vec<Reason>,
}

/// Whether the rule holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum Outlook {
    /// It holds with the clips that are there.
    Met,
    /// It holds once the planned days are recorded.
    Open,
    /// The class has no training days yet: nothing can be planned, and nothing is lost.
    NoDays,
    /// No plan can meet it any more.
    OutOfReach {
        /// The date on which the last chance was lost; `None` when the training days never had room for it.
        since: Option<Date>,
    },
}

/// A day to record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlannedDay {
    /// Which.
    pub date: Date,
    /// The lessons long enough for a clip: the first is to be recorded, the others are for when it fails.
    pub lessons: Vec<Span>,
}

/// Something that cannot be had any more.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Short {
    /// The month; `None` for the class as a whole.
    pub month: Option<Month>,
    /// How many the rule asks for.
    pub needed: u32,
    /// How many the best effort still gives.
    pub possible: u32,
}

/// Plans the recordings of a class: `days` are all its training days, past ones too, `clips` what is there already.
/// Both may come in any order.
pub fn plan(days: &[PlanDay], clips: &[EvidenceClip], policy: &Policy) -> Plan {
    let term = Term::new(days, clips, policy);
    let events = term.events(Standing::AsItIs);
    let full = Table::solve(&events, &term.targets, policy);
    match full.start() {
        Some(Hold::Done) => term.written(Outlook::Met, &events, &full, &term.targets),
        Some(Hold::Failures(_)) => term.written(Outlook::Open, &events, &full, &term.targets),
        None => {
            let lowered = effort::lowered(&events, &term.targets, policy);
            let table = Table::solve(&events, &lowered, policy);
            if term.days.is_empty() {
                return term.written(Outlook::NoDays, &events, &table, &term.targets);
            }
            term.written(Outlook::OutOfReach { since: term.lost_since() }, &events, &table, &lowered)
        }
    }
}

/// The facts, sorted.
struct Term<'a> {
    days: Vec<&'a PlanDay>,
    /// The earliest good clip of each date.
    clips: BTreeMap<Date, Exhibit>,
    months: Vec<Month>,
    targets: Targets,
    policy: &'a Policy,
}

/// As of when the days are looked at.
#[derive(Clone, Copy)]
enum Standing {
    /// Now.
    AsItIs,
    /// At the beginning of a date.
    On(Date),
}

impl<'a> Term<'a> {
    fn new(days: &'a [PlanDay], clips: &[EvidenceClip], policy: &'a Policy) -> Self {
        let mut sorted: Vec<&PlanDay> = days.iter().collect();
        sorted.sort_by_key(|day| day.date);
        sorted.dedup_by_key(|day| day.date);
        // What is in question is planned for as if it were not there.
        let counts = |clip: &&EvidenceClip| clip.doubt.is_none() && clip.continuous_seconds >= policy.clip_min_seconds;
        let mut good: Vec<&EvidenceClip> = clips.iter().filter(counts).collect();
        good.sort_by_key(|clip| (clip.starts_at, clip.clip));
        let mut by_date = BTreeMap::new();
        for clip in good {
            by_date.entry(clip.date()).or_insert(clip.clip);
        }
        let mut months: Vec<Month> = sorted.iter().map(|day| Month::of(day.date)).collect();
        months.dedup();
        let in_months = months.iter().map(|&month| {
            let days = sorted.iter().filter(|day| Month::of(day.date) == month);
            let ordinals: Vec<i32> = days.map(|day| table::ordinal(day.date)).collect();
            table::room(&ordinals, policy).min(policy.clip_month_count)
        });
        let targets = Targets { months: in_months.collect(), total: policy.clip_min_count };
        Self { days: sorted, clips: by_date, months, targets, policy }
    }

    /// The lessons of a day that are long enough for a clip.
    fn lessons(&self, day: &PlanDay) -> Vec<Span> {
        let least = i64::from(self.policy.clip_min_seconds);
        match &day.chance {
            Chance::Open { lessons } => lessons.iter().copied().filter(|l| l.duration().as_secs() >= least).collect(),
            Chance::Lost { .. } => Vec::new(),
        }
    }

    /// The days on which there is a clip or may be one.
    fn events(&self, standing: Standing) -> Vec<Event> {
        let mut month = 0;
        let mut events = Vec::new();
        for (index, day) in self.days.iter().enumerate() {
            // The months are those of the days, in the same order.
            month += usize::from(self.months[month] != Month::of(day.date));
            let has_clip = self.clips.contains_key(&day.date);
            let (held, open) = match (standing, &day.chance) {
                (Standing::AsItIs, _) => (has_clip, !self.lessons(day).is_empty()),
                (Standing::On(_), _) if has_clip => (false, true),
                (Standing::On(_), Chance::Open { .. }) => (false, !self.lessons(day).is_empty()),
                (Standing::On(today), Chance::Lost { since }) => (false, *since >= today),
            };
            if held || open {
                events.push(Event { day: index, ordinal: table::ordinal(day.date), month, held });
            }
        }
        events
    }

    /// The date on which the rule went out of reach: one on which a day was lost.
    fn lost_since(&self) -> Option<Date> {
        let lost = |day: &&PlanDay| match day.chance {
            Chance::Lost { since } => Some(since),
            Chance::Open { .. } => None,
        };
        let mut dates: Vec<Date> = self.days.iter().filter_map(lost).collect();
        dates.sort_unstable();
        dates.dedup();
        let in_reach_on =
            |date| Table::solve(&self.events(Standing::On(date)), &self.targets, self.policy).start().is_some();
        if !in_reach_on(Date::MIN) {
            return None;
        }
        // The more days are lost the less is in reach, so it went on the first date after which it was gone.
        let kept = dates.partition_point(|&date| date.tomorrow().is_ok_and(in_reach_on));
        dates.get(kept).copied()
    }

    fn written(&self, outlook: Outlook, events: &[Event], table: &Table, aim: &Targets) -> Plan {
        let (kept, planned): (Vec<usize>, Vec<usize>) = table.way().into_iter().partition(|&event| events[event].held);
        let day = |event: usize| self.days[events[event].day];
        let planned =
            planned.iter().map(|&event| PlannedDay { date: day(event).date, lessons: self.lessons(day(event)) });
        let mut plan = Plan {
            outlook,
            kept: kept.iter().filter_map(|&event| self.clips.get(&day(event).date).copied()).collect(),
            planned: planned.collect(),
            slots: table::slots(events, &kept, self.policy),
            may_fail: match table.start() {
                Some(Hold::Failures(count)) => Some(count),
                Some(Hold::Done) | None => None,
            },
            last_safe_day: table.last_safe().map(|event| day(event).date),
            short: self.short(aim),
            reasons: Vec::new(),
        };
        plan.reasons = words::reasons(&plan, self.policy);
        plan
    }

    fn short(&self, aim: &Targets) -> Vec<Short> {
        let whole = (None, self.targets.total, aim.total);
        let months = self.months.iter().zip(&self.targets.months).zip(&aim.months);
        std::iter::once(whole)
            .chain(months.map(|((&month, &needed), &possible)| (Some(month), needed, possible)))
            .filter(|(_, needed, possible)| possible < needed)
            .map(|(month, needed, possible)| Short { month, needed, possible })
            .collect()
    }
}
