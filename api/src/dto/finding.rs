//! Findings 疑点 and the decision on them.

use duxue_rules::ids::{ClassId, FindingId};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{
    refs::{ClassRef, SessionRef, StudentRef, Text, UserRef},
    words::FindingKind,
};

/// Where a finding stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum FindingState {
    /// Nobody has decided.
    Open,
    /// A person found it true.
    Confirmed,
    /// A person found it untrue or without weight.
    Dismissed,
    /// Later facts made it go away by itself.
    Withdrawn,
}

/// Something that does not agree with what was reported, for a person to decide.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Finding {
    /// Its identity.
    #[schema(value_type = Uuid)]
    pub id: FindingId,
    /// The rule it is measured by, such as `R7.1x`.
    pub rule: String,
    /// What it says.
    pub kind: FindingKind,
    /// Where it stands.
    pub state: FindingState,
    /// How sure the machine is, 0 to 1.
    pub confidence: f32,
    /// Of which class.
    pub class: ClassRef,
    /// Of which session.
    pub session: SessionRef,
    /// The student it is about, if it is about one.
    pub subject: Option<StudentRef>,
    /// What was expected.
    pub expected: Text,
    /// What was seen.
    pub seen: Text,
    /// Why the machine thinks so.
    pub reasons: Vec<Reason>,
    /// What would change the finding.
    pub would_change: Text,
    /// The frames that show it.
    pub frames: Vec<Frame>,
    /// The policy it was judged under.
    pub policy: PolicyRef,
    /// When it was raised.
    pub raised_at: Timestamp,
    /// When it last changed.
    pub updated_at: Timestamp,
    /// What a person decided; null while open.
    pub decision: Option<Decision>,
}

/// One reason.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct Reason {
    /// A stable word for it.
    pub code: String,
    /// The same as a sentence.
    pub text: Text,
}

/// A policy, named.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct PolicyRef {
    /// Its version.
    pub version: i64,
    /// Its label; empty for the notice's own.
    pub label: String,
}

/// A picture that shows it.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Frame {
    /// Its place among the finding's frames, from 0.
    pub index: u32,
    /// When it was taken.
    pub at: Timestamp,
    /// Pixels across.
    pub width: u32,
    /// Pixels down.
    pub height: u32,
    /// The faces found in it.
    pub faces: Vec<FrameFace>,
    /// Where to fetch it (JPEG); reading it is logged.
    pub url: String,
}

/// A face in a frame, in shares of the picture (0 to 1 from the left and the top).
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct FrameFace {
    /// Left edge.
    pub x: f32,
    /// Top edge.
    pub y: f32,
    /// Width.
    pub width: f32,
    /// Height.
    pub height: f32,
    /// Who it may be, when it is like someone on the roster.
    pub label: Option<String>,
}

/// How a finding is decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// It is true.
    Confirmed,
    /// It is untrue or without weight.
    Dismissed,
}

/// What a person decided.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Decision {
    /// Who.
    pub by: UserRef,
    /// When.
    pub at: Timestamp,
    /// What.
    pub outcome: Outcome,
    /// Why.
    pub reason: String,
}

/// A decision to take.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewDecision {
    /// What.
    pub outcome: Outcome,
    /// Why, 1 to 1000 characters; blank is refused.
    #[schema(min_length = 1, max_length = 1000)]
    pub reason: String,
}

/// Which findings.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct FindingQuery {
    /// Only in this state.
    #[param(inline)]
    pub state: Option<FindingState>,
    /// Only of this class.
    #[param(value_type = Option<Uuid>)]
    pub class_id: Option<ClassId>,
    /// The `next` of the page before.
    pub before: Option<String>,
}
