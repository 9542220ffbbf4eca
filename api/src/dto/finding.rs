//! Findings 疑点 and the decision on them.

use std::collections::HashMap;

use duxue_rules::ids::{CameraId, ClassId, FindingId, PunchId, StudentId};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{
    refs::{CameraRef, ClassRef, SessionRef, StudentRef, Text, UserRef},
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
    /// The camera that took it, whose recordings show that second; null for a punch's, and in findings from before frames
    /// named one.
    pub camera: Option<CameraRef>,
    /// The punch whose device took it (R7.1x): the face alone; null for a camera's.
    #[schema(value_type = Option<Uuid>)]
    pub punch_id: Option<PunchId>,
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
    /// How likely it is them, 0 to 1: a hint, never a fact; null where nobody is named, or it was not kept.
    pub probability: Option<f32>,
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
    /// Why, 1 to 2000 characters; blank is refused.
    #[schema(min_length = 1, max_length = 2000)]
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

impl Finding {
    /// The finding of this row; `students` are the names of its class's, `cameras` those of its frames'.
    pub fn of(
        row: duxue_storage::finding::Finding,
        students: &HashMap<StudentId, String>,
        cameras: &HashMap<CameraId, String>,
    ) -> Self {
        let state = row.state_name().into();
        let decision = match row.state {
            duxue_storage::finding::FindingState::Decided(decision) => Some(Decision {
                by: decision.by.into(),
                at: decision.at,
                outcome: decision.outcome.into(),
                reason: decision.reason,
            }),
            duxue_storage::finding::FindingState::Open | duxue_storage::finding::FindingState::Withdrawn => None,
        };
        let frames = row.frames.into_iter().zip(0..);
        Self {
            id: row.id,
            rule: row.draft.rule.as_str().to_owned(),
            kind: row.draft.kind.into(),
            state,
            confidence: row.draft.confidence,
            class: row.class.into(),
            session: SessionRef::new(row.session, row.span),
            subject: row.subject.map(Into::into),
            expected: row.draft.expected.into(),
            seen: row.draft.seen.into(),
            reasons: row.draft.reasons.into_iter().map(Into::into).collect(),
            would_change: row.draft.would_change.into(),
            frames: frames.map(|(frame, index)| Frame::of(row.id, index, frame, students, cameras)).collect(),
            policy: PolicyRef { version: row.policy.version, label: row.policy.label },
            raised_at: row.raised_at,
            updated_at: row.updated_at,
            decision,
        }
    }
}

impl Frame {
    fn of(
        finding: FindingId,
        index: u32,
        frame: duxue_storage::finding::Frame,
        students: &HashMap<StudentId, String>,
        cameras: &HashMap<CameraId, String>,
    ) -> Self {
        let face = |face: duxue_storage::finding::FrameFace| FrameFace {
            x: face.area.x,
            y: face.area.y,
            width: face.area.width,
            height: face.area.height,
            label: face.student.and_then(|student| students.get(&student).cloned()),
            probability: face.probability,
        };
        Self {
            index,
            camera: frame.camera.and_then(|id| Some(CameraRef { id, name: cameras.get(&id)?.clone() })),
            punch_id: frame.punch,
            at: frame.at,
            width: frame.width,
            height: frame.height,
            faces: frame.faces.into_iter().map(face).collect(),
            url: format!("/api/v1/findings/{finding}/frames/{index}.jpg"),
        }
    }
}

impl From<duxue_rules::Reason> for Reason {
    fn from(reason: duxue_rules::Reason) -> Self {
        Self { code: reason.code, text: reason.text.into() }
    }
}

impl From<duxue_storage::finding::StateName> for FindingState {
    fn from(state: duxue_storage::finding::StateName) -> Self {
        use duxue_storage::finding::StateName as Stored;
        match state {
            Stored::Open => Self::Open,
            Stored::Confirmed => Self::Confirmed,
            Stored::Dismissed => Self::Dismissed,
            Stored::Withdrawn => Self::Withdrawn,
        }
    }
}

impl From<FindingState> for duxue_storage::finding::StateName {
    fn from(state: FindingState) -> Self {
        match state {
            FindingState::Open => Self::Open,
            FindingState::Confirmed => Self::Confirmed,
            FindingState::Dismissed => Self::Dismissed,
            FindingState::Withdrawn => Self::Withdrawn,
        }
    }
}

impl From<duxue_storage::finding::Outcome> for Outcome {
    fn from(outcome: duxue_storage::finding::Outcome) -> Self {
        match outcome {
            duxue_storage::finding::Outcome::Confirmed => Self::Confirmed,
            duxue_storage::finding::Outcome::Dismissed => Self::Dismissed,
        }
    }
}

impl From<Outcome> for duxue_storage::finding::Outcome {
    fn from(outcome: Outcome) -> Self {
        match outcome {
            Outcome::Confirmed => Self::Confirmed,
            Outcome::Dismissed => Self::Dismissed,
        }
    }
}
