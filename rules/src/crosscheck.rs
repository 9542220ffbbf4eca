//! R7.1x (七(一)): what the cameras saw of a teaching session against the daily report and the roster.
//!
//! The machine never confirms a violation: it raises a finding 疑点 with its grounds, how sure it is and what would
//! change its mind, and a person decides.

mod types;

pub use types::{
    CountPoint, Estimate, FindingDraft, FindingKind, Judgement, Presence, SessionFacts, SessionSummary, StudentPresence,
};

use crate::policy::Policy;
pub use crate::roster::{RosterStudent, Sex};
pub use crate::text::{Reason, RuleId, Text};

/// What the session's samples say about who was there.
pub fn summarise(facts: &SessionFacts, _policy: &Policy) -> SessionSummary {
    let mut series: Vec<CountPoint> = facts
        .observations
        .iter()
        .map(|seen| CountPoint { at: seen.at, faces: u32::try_from(seen.faces.len()).unwrap_or(u32::MAX) })
        .collect();
    series.sort_by_key(|point| (point.at, point.faces));
    let most = series.iter().map(|point| point.faces).max().unwrap_or(0);
    SessionSummary {
        samples: u32::try_from(series.len()).unwrap_or(u32::MAX),
        people: Estimate { likely: most, low: most, high: u32::MAX },
        men: None,
        women: None,
        students: Vec::new(),
        unknown: Estimate::default(),
        series,
        reservations: Vec::new(),
    }
}

/// The summary, and every finding that the facts support under the policy.
pub fn judge(facts: &SessionFacts, policy: &Policy) -> Judgement {
    Judgement { summary: summarise(facts, policy), findings: Vec::new() }
}
