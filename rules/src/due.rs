//! What is due this week? One list for an office, made of what the other decisions say: supervision (R7.4a to R7.4c), daily
//! reports (R7.3b), evidence (R9.1), close-out (R8.1), tracking (R11.2) and the measures against violations (R7.5).
//!
//! Nothing is decided here. Each entry says of whom or what, by when, how much of it is done, and why.
//!
//! How to add a kind of work: a word in [`DueKind`], its rule, a function in `class` that turns a decision into entries.

mod class;

use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};

pub use class::ClassFacts;

use crate::{
    calendar::{Calendar, Week},
    civil,
    finding::Record,
    policy::Policy,
    supervision::Standing,
    text::{Reason, RuleId, Text},
    violation::MeasureState,
};

/// What kind of work.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DueKind {
    /// A measure against a violation.
    Measure,
    /// The day's report of a class.
    DailyReport,
    /// Remote supervision of a class in a week.
    RemoteSupervision,
    /// An on-site inspection of a class.
    OnSiteInspection,
    /// A further kind of means.
    Means,
    /// A class's evidence: nothing more may go wrong, or it is too late.
    Evidence,
    /// The application for close-out.
    CloseOut,
    /// A node of the tracking ledger.
    Tracking,
    /// The tracking ledger itself.
    TrackingLedger,
}

/// Something that is due.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Due {
    /// What kind of work.
    pub kind: DueKind,
    /// The rule that asks for it.
    pub rule: RuleId,
    /// The class, or the institution.
    pub about: Record,
    /// The last day on which it is in time; of what has no time in the notice, the day from which it is due.
    pub by: Date,
    /// How many are done.
    pub done: u32,
    /// Of how many.
    pub needed: u32,
    /// How it stands; never done.
    pub standing: Standing,
    /// Why, in sentences.
    pub reasons: Vec<Reason>,
}

impl DueKind {
    /// The rule that asks for it.
    pub fn rule(self) -> RuleId {
        match self {
            Self::Measure => RuleId::new("R7.5"),
            Self::DailyReport => RuleId::new("R7.3b"),
            Self::RemoteSupervision => RuleId::new("R7.4a"),
            Self::OnSiteInspection => RuleId::new("R7.4b"),
            Self::Means => RuleId::new("R7.4c"),
            Self::Evidence => RuleId::new("R9.1"),
            Self::CloseOut => RuleId::new("R8.1"),
            Self::Tracking | Self::TrackingLedger => RuleId::new("R11.2"),
        }
    }
}

impl Due {
    /// One line: `2024-10-18 前，已完成 1/2`.
    pub fn text(&self) -> Text {
        let Self { by, done, needed, .. } = self;
        Text::new(format!("{by} 前，已完成 {done}/{needed}"), format!("due by {by}, {done} of {needed} done"))
    }
}

/// What is due by the end of the week in which `now` lies, and what is overdue from before: the earliest first. Classes and
/// measures may come in any order.
pub fn this_week(
    classes: &[ClassFacts],
    measures: &[MeasureState],
    now: Timestamp,
    calendar: &Calendar,
    policy: &Policy,
) -> Vec<Due> {
    let today = civil::date_of(now);
    let until = Week::of(today).map_or(today, Week::sunday);
    let of_classes = classes.iter().flat_map(|facts| class::all(facts, now, calendar, policy));
    let mut due: Vec<Due> = of_classes.chain(measures.iter().filter_map(measure)).collect();
    due.retain(|due| due.by <= until);
    due.sort_by_key(|due| (due.by, due.about, due.kind));
    due
}

fn measure(state: &MeasureState) -> Option<Due> {
    let measure = state.measure;
    let what = measure.kind.text();
    let reason = Reason::new(
        "measure_due",
        format!("第 {} 次违规：{}", measure.number, what.zh),
        format!("violation number {}: {}", measure.number, what.en),
    );
    state.carried_out.is_none().then(|| Due {
        kind: DueKind::Measure,
        rule: DueKind::Measure.rule(),
        about: Record::Institution(measure.institution),
        by: measure.since,
        done: 0,
        needed: 1,
        // The notice gives it no time that could be over.
        standing: Standing::Open,
        reasons: vec![reason],
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        ids::{InstitutionId, ViolationId},
        violation::{Measure, MeasureKind},
    };
    use jiff::civil::date;
    use uuid::Uuid;

    fn state(carried_out: Option<Date>) -> MeasureState {
        let measure = Measure {
            institution: InstitutionId(Uuid::from_u128(1)),
            violation: ViolationId(Uuid::from_u128(2)),
            number: 2,
            kind: MeasureKind::Interview,
            since: date(2024, 10, 3),
        };
        MeasureState { measure, carried_out }
    }

    /// 七(五): 违规 2 次约谈相关负责人.
    #[test]
    fn a_measure_stays_on_the_list_until_it_was_carried_out() {
        let now = "2024-10-16T02:00:00Z".parse().unwrap();
        let listed = |state| this_week(&[], &[state], now, &Calendar::published(), &Policy::default());
        let due = listed(state(None)).remove(0);
        assert_eq!((due.rule.as_str(), due.by, due.standing), ("R7.5", date(2024, 10, 3), Standing::Open));
        assert_eq!(due.reasons[0].text.zh, "第 2 次违规：约谈相关负责人");
        assert_eq!(due.text().en, "due by 2024-10-03, 0 of 1 done");
        assert_eq!(listed(state(Some(date(2024, 10, 8)))), []);
    }
}
