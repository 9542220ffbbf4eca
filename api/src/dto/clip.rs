//! Evidence clips 视频资料.

use duxue_rules::ids::{CameraId, ClassId, ClipId, SessionId};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::refs::{CameraRef, ClassRef, SessionRef, Text, TimeSpan};

/// Where a clip stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ClipState {
    /// Wanted; the archiver has yet to cut it.
    Requested,
    /// Cut, checked, hashed and signed; it never changes again.
    Sealed,
    /// It could not be cut; `failure` says why.
    Failed,
}

/// An evidence clip.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Clip {
    /// Its identity.
    #[schema(value_type = Uuid)]
    pub id: ClipId,
    /// Where it stands.
    pub state: ClipState,
    /// Of which class.
    pub class: ClassRef,
    /// Of which session.
    pub session: SessionRef,
    /// By which camera.
    pub camera: CameraRef,
    /// The time that was asked for.
    pub wanted: TimeSpan,
    /// The time it truly holds, once cut.
    pub span: Option<TimeSpan>,
    /// The length of `span`.
    pub duration_seconds: Option<f64>,
    /// The size of the file.
    pub bytes: Option<u64>,
    /// SHA-256 of the file, in hexadecimal.
    pub sha256: Option<String>,
    /// Why it could not be cut.
    pub failure: Option<Text>,
    /// The policy it is cut under.
    pub policy: ClipPolicy,
    /// When it was asked for.
    pub requested_at: Timestamp,
    /// When it was sealed.
    pub sealed_at: Option<Timestamp>,
}

/// The policy a clip is cut under.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ClipPolicy {
    /// Its version.
    pub version: i64,
    /// Its label; empty for the notice's own.
    pub label: String,
    /// R9.1: the least length, in seconds.
    pub clip_min_seconds: u32,
}

/// A clip to cut.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewClip {
    /// Of which session.
    #[schema(value_type = Uuid)]
    pub session_id: SessionId,
    /// By which camera; it hangs in the session's venue.
    #[schema(value_type = Uuid)]
    pub camera_id: CameraId,
}

/// Which clips.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ClipQuery {
    /// Only of this class.
    #[param(value_type = Option<Uuid>)]
    pub class_id: Option<ClassId>,
    /// Only in this state.
    #[param(inline)]
    pub state: Option<ClipState>,
    /// The `next` of the page before.
    pub before: Option<String>,
}

/// What verifying found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum VerifyOutcome {
    /// The file is the one that was sealed.
    Good,
    /// As long as the sealed file, or longer, but other bytes.
    Tampered,
    /// Shorter than the sealed file.
    Truncated,
    /// The file is not there.
    Missing,
    /// The seal was not made with this installation's key, or was altered.
    BadSignature,
}

/// What verifying found, in words.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Verification {
    /// Which of the five.
    pub outcome: VerifyOutcome,
    /// The same as a sentence.
    pub detail: Text,
    /// When the file was read.
    pub checked_at: Timestamp,
}

impl Clip {
    /// The clip of this row; `clip_min_seconds` is its policy's.
    pub fn of(row: duxue_storage::clip::Clip, clip_min_seconds: u32) -> Self {
        use duxue_storage::clip::ClipState as Stored;
        let (state, sealed, failure) = match row.state {
            Stored::Requested => (ClipState::Requested, None, None),
            Stored::Sealed(sealed) => (ClipState::Sealed, Some(sealed), None),
            Stored::Failed(why) => (ClipState::Failed, None, Some(why.into())),
        };
        let sealed = sealed.as_ref();
        Self {
            id: row.id,
            state,
            class: row.class.into(),
            session: SessionRef::new(row.session, row.session_span),
            camera: row.camera.into(),
            wanted: row.wanted.into(),
            span: sealed.map(|sealed| sealed.span.into()),
            duration_seconds: sealed.map(|sealed| sealed.span.duration().as_secs_f64()),
            bytes: sealed.map(|sealed| sealed.bytes),
            sha256: sealed.map(|sealed| hex::encode(sealed.sha256)),
            failure,
            policy: ClipPolicy { version: row.policy.version, label: row.policy.label, clip_min_seconds },
            requested_at: row.requested_at,
            sealed_at: sealed.map(|sealed| sealed.sealed_at),
        }
    }
}

impl From<ClipState> for duxue_storage::clip::ClipStateName {
    fn from(state: ClipState) -> Self {
        match state {
            ClipState::Requested => Self::Requested,
            ClipState::Sealed => Self::Sealed,
            ClipState::Failed => Self::Failed,
        }
    }
}
