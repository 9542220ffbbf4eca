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
mod hints;
mod identity;
mod samples;
mod seats;
mod sexes;
mod teaching;
mod types;
mod unknown;

use case::Case;
pub use findings::punches::shown_by_punches;
pub use hints::{Hints, PunchFace, Replay, StreamBefore};
pub use identity::{Recognised, recognised};
pub(crate) use samples::{is_dark, is_frozen};
pub use teaching::{Teaching, TeachingSpan, TeachingState};
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
    judge_with(facts, &Hints::default(), policy)
}

/// The same with what others noticed: punches whose face is another's, pictures that were shown before, streams as they
/// were. These need no samples.
pub fn judge_with(facts: &SessionFacts, hints: &Hints, policy: &Policy) -> Judgement {
    let case = Case::new(facts, policy);
    let mut drafts = findings::papers::all(&case);
    drafts.extend(findings::pictures::all(&case));
    drafts.extend(findings::teaching::all(&case, findings::pictures::nobody_from_to(&case)));
    drafts.extend(findings::replays::all(&case, hints));
    drafts.extend(findings::cameras::all(&case, hints));
    drafts.extend(findings::numbers::all(&case));
    drafts.extend(findings::people::all(&case));
    drafts.extend(findings::punches::all(&case, hints));
    drafts.sort_by(|a, b| {
        b.confidence.total_cmp(&a.confidence).then_with(|| (a.kind, a.subject).cmp(&(b.kind, b.subject)))
    });
    Judgement { summary: case.summary, findings: one_each(drafts) }
}

/// One finding of a kind about a subject: the surest, with what the others saw among its grounds.
fn one_each(sorted: Vec<FindingDraft>) -> Vec<FindingDraft> {
    let mut kept: Vec<FindingDraft> = Vec::new();
    for draft in sorted {
        match kept.iter_mut().find(|kept| (kept.kind, kept.subject) == (draft.kind, draft.subject)) {
            Some(surer) => {
                surer.reasons.push(Reason::new("seen_as_well", draft.seen.zh, draft.seen.en));
                for reason in draft.reasons {
                    if !surer.reasons.contains(&reason) {
                        surer.reasons.push(reason);
                    }
                }
                if surer.frames.is_empty() {
                    surer.frames = draft.frames;
                }
            }
            None => kept.push(draft),
        }
    }
    kept
}
