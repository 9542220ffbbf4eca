//! R7.1x (七(一)): what the cameras saw of a teaching session against the daily report and the roster.
//!
//! The machine never confirms a violation: it raises a finding 疑点 with its grounds, how sure it is and what would
//! change its mind, and a person decides. Confidence is a chance where the model gives one (head-count, students who are
//! never seen or have left) and a judgement on the same scale where it does not (strangers, replacement).
//!
//! How to add a finding: a kind in `types`, a function from [`case::Case`] to drafts in `findings`, a line in [`judge`].

mod binomial;
mod case;
mod findings;
mod headcount;
mod identity;
mod samples;
mod sexes;
mod types;
mod unknown;

use case::Case;
pub use types::{
    CountPoint, Estimate, FindingDraft, FindingKind, Judgement, Presence, SessionFacts, SessionSummary, StudentPresence,
};

use crate::policy::Policy;
pub use crate::roster::{RosterStudent, Sex};
pub use crate::text::{Reason, RuleId, Text};

/// The rule that the cross-check serves.
pub const RULE: RuleId = RuleId::new("R7.1x");

/// What the session's samples say about who was there.
pub fn summarise(facts: &SessionFacts, policy: &Policy) -> SessionSummary {
    Case::new(facts, policy).summary
}

/// The summary, and every finding that the facts support under the policy, the surest first.
///
/// Before the session begins, and while fewer samples than the policy asks for are there, nothing is held against what
/// the cameras saw; the papers (late, missing, not fitting the roster) are judged all the same.
pub fn judge(facts: &SessionFacts, policy: &Policy) -> Judgement {
    let case = Case::new(facts, policy);
    let mut drafts = findings::papers::all(&case);
    drafts.extend(findings::pictures::all(&case));
    drafts.extend(findings::numbers::all(&case));
    drafts.extend(findings::people::all(&case));
    drafts.sort_by(|a, b| {
        b.confidence.total_cmp(&a.confidence).then_with(|| (a.kind, a.subject).cmp(&(b.kind, b.subject)))
    });
    Judgement { summary: case.summary, findings: drafts }
}
