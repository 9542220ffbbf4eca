//! R9.1: whether a video that was handed in counts as evidence.

use duxue_rules::{evidence::WhySetAside, ids::SessionId};
use duxue_storage::upload_evidence::{Taking, UploadDecision};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    refs::{Text, UserRef},
    rule_finding::RuleFinding,
};

/// What became of a sealed upload.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum UploadEvidenceState {
    /// Nobody has decided yet; it does not count.
    Undecided,
    /// It counts as evidence of a lesson.
    Taken,
    /// It does not count.
    TurnedDown,
}

/// The decision about a sealed upload.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct UploadStanding {
    /// What was decided.
    pub state: UploadEvidenceState,
    /// To be named by the next decision; 0 before the first.
    pub revision: u32,
    /// The lesson as evidence of which it was taken.
    #[schema(value_type = Option<Uuid>)]
    pub session_id: Option<SessionId>,
    /// Why it was turned down.
    pub reason: Option<String>,
    /// Who decided.
    pub decided_by: Option<UserRef>,
    /// When.
    pub decided_at: Option<Timestamp>,
    /// Why it does not count although it was taken: it may be, or is, footage that was there before. Null: nothing is in
    /// question.
    pub in_question: Option<Text>,
}

/// Whether an upload counts, and what stands against it.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct UploadEvidence {
    /// The decision that stands.
    #[serde(flatten)]
    pub standing: UploadStanding,
    /// The lesson that `against` is about: the one as evidence of which it was taken, or which its sender names.
    #[schema(value_type = Option<Uuid>)]
    pub judged_for: Option<SessionId>,
    /// What stands against taking it for that lesson; empty also where no lesson is named.
    pub against: Vec<RuleFinding>,
}

/// A decision. It changes the one that stands, whose revision it names.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case", tag = "outcome", deny_unknown_fields)]
pub enum NewUploadDecision {
    /// It is taken as evidence of a lesson.
    Taken {
        /// The revision of the decision that stands; 0 before the first.
        revision: u32,
        /// Which lesson.
        #[schema(value_type = Uuid)]
        session_id: SessionId,
    },
    /// It is turned down, or not taken any more.
    TurnedDown {
        /// The revision of the decision that stands; 0 before the first.
        revision: u32,
        /// Why; the institution reads it.
        #[schema(example = "画面不是本班教室")]
        reason: String,
    },
}

impl From<Option<UploadDecision>> for UploadStanding {
    fn from(decision: Option<UploadDecision>) -> Self {
        let Some(UploadDecision { taking, revision, decided_by, decided_at, doubt, .. }) = decision else {
            let state = UploadEvidenceState::Undecided;
            return Self {
                state,
                revision: 0,
                session_id: None,
                reason: None,
                decided_by: None,
                decided_at: None,
                in_question: None,
            };
        };
        let (state, session_id, reason) = match taking {
            Taking::Taken(session) => (UploadEvidenceState::Taken, Some(session), None),
            Taking::TurnedDown(reason) => (UploadEvidenceState::TurnedDown, None, Some(reason)),
        };
        Self {
            state,
            revision,
            session_id,
            reason,
            decided_by: Some(decided_by.into()),
            decided_at: Some(decided_at),
            in_question: doubt.map(|doubt| WhySetAside::InQuestion { doubt }.text().into()),
        }
    }
}
