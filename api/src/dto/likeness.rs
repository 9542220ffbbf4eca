//! R9.1: two videos that seem to show the same.

use duxue_rules::ids::{ClassId, ClipId, LikenessId, SessionId, UploadId};
use duxue_storage::{clip, likeness, upload};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::refs::{ClassRef, InstitutionRef, TimeSpan, UserRef};

/// Where a likeness stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum LikenessState {
    /// Nobody has decided yet.
    Open,
    /// They show the same.
    Confirmed,
    /// They do not.
    Dismissed,
}

/// Two videos that seem to show the same. The machine only raises it; a person looks at both and decides.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Likeness {
    /// Its identity.
    #[schema(value_type = Uuid)]
    pub id: LikenessId,
    /// Where it stands.
    pub state: LikenessState,
    /// The upload; of two uploads the later one.
    pub upload: AlikeUpload,
    /// The upload that it is like, where it is one.
    pub other_upload: Option<AlikeUpload>,
    /// The clip out of our own recordings that it is like, where it is one.
    pub other_clip: Option<AlikeClip>,
    /// From where to where the upload is like the other, in seconds from its beginning.
    pub span: Seconds,
    /// The same of the other.
    pub other_span: Seconds,
    /// Whether the one shows the other in a mirror.
    pub mirrored: bool,
    /// How alike they are in that stretch, 0 to 1.
    #[schema(example = 0.87)]
    pub alike: f32,
    /// Whether they are the same file, byte by byte.
    pub same_file: bool,
    /// When it was found.
    pub raised_at: Timestamp,
    /// Who decided.
    pub decided_by: Option<UserRef>,
    /// When.
    pub decided_at: Option<Timestamp>,
    /// Why.
    pub reason: Option<String>,
}

/// A stretch of a video.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
pub struct Seconds {
    /// Its beginning.
    pub from: u32,
    /// Its end.
    pub until: u32,
}

/// One of the two, handed in by an institution.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct AlikeUpload {
    /// Which.
    #[schema(value_type = Uuid)]
    pub id: UploadId,
    /// Who handed it in.
    pub institution: InstitutionRef,
    /// Whose lesson it shows, as its sender says.
    pub class: ClassRef,
    /// Which lesson, if its sender says.
    #[schema(value_type = Option<Uuid>)]
    pub session_id: Option<SessionId>,
    /// When its first picture was taken, as its sender says.
    pub starts_at: Timestamp,
    /// As its sender called it.
    pub filename: String,
}

/// One of the two, out of our own recordings.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct AlikeClip {
    /// Which.
    #[schema(value_type = Uuid)]
    pub id: ClipId,
    /// Of which class.
    pub class: ClassRef,
    /// Of which lesson.
    #[schema(value_type = Uuid)]
    pub session_id: SessionId,
    /// What it shows.
    pub span: Option<TimeSpan>,
}

/// Which likenesses.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct LikenessQuery {
    /// Only where an upload of this class is one of the two.
    #[param(value_type = Option<Uuid>)]
    pub class_id: Option<ClassId>,
    /// Only where this upload is one of the two.
    #[param(value_type = Option<Uuid>)]
    pub upload_id: Option<UploadId>,
    /// Only in this state.
    #[param(inline)]
    pub state: Option<LikenessState>,
    /// The `next` of the page before.
    pub before: Option<String>,
}

/// What a person decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum LikenessOutcome {
    /// They show the same: only one of them may count.
    Confirmed,
    /// They do not.
    Dismissed,
}

/// A decision about a likeness.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewLikenessDecision {
    /// What is decided.
    pub outcome: LikenessOutcome,
    /// Why.
    #[schema(example = "同一段录像，镜像后重新提交")]
    pub reason: String,
}

impl Likeness {
    /// Of these rows.
    pub(crate) fn of(
        row: likeness::StoredLikeness,
        upload: upload::Upload,
        other_upload: Option<upload::Upload>,
        other_clip: Option<clip::Clip>,
    ) -> Self {
        let seconds = |(from, until): (u32, u32)| Seconds { from, until };
        let (decided_by, decided_at, reason) = match row.decision {
            Some(decision) => (Some(decision.by.into()), Some(decision.at), Some(decision.reason)),
            None => (None, None, None),
        };
        Self {
            id: row.id,
            state: row.state.into(),
            upload: upload.into(),
            other_upload: other_upload.map(Into::into),
            other_clip: other_clip.map(Into::into),
            span: seconds(row.likeness.span),
            other_span: seconds(row.likeness.other_span),
            mirrored: row.likeness.mirrored,
            alike: row.likeness.alike,
            same_file: row.likeness.same_file,
            raised_at: row.raised_at,
            decided_by,
            decided_at,
            reason,
        }
    }
}

impl From<upload::Upload> for AlikeUpload {
    fn from(row: upload::Upload) -> Self {
        Self {
            id: row.id,
            institution: row.institution.into(),
            class: row.class.into(),
            session_id: row.session,
            starts_at: row.claimed_start,
            filename: row.name,
        }
    }
}

impl From<clip::Clip> for AlikeClip {
    fn from(row: clip::Clip) -> Self {
        let span = row.sealed().map(|sealed| sealed.span.into());
        Self { id: row.id, class: row.class.into(), session_id: row.session, span }
    }
}

impl From<likeness::LikenessState> for LikenessState {
    fn from(state: likeness::LikenessState) -> Self {
        match state {
            likeness::LikenessState::Open => Self::Open,
            likeness::LikenessState::Confirmed => Self::Confirmed,
            likeness::LikenessState::Dismissed => Self::Dismissed,
        }
    }
}

impl From<LikenessState> for likeness::LikenessState {
    fn from(state: LikenessState) -> Self {
        match state {
            LikenessState::Open => Self::Open,
            LikenessState::Confirmed => Self::Confirmed,
            LikenessState::Dismissed => Self::Dismissed,
        }
    }
}

impl From<LikenessOutcome> for likeness::LikenessState {
    fn from(outcome: LikenessOutcome) -> Self {
        match outcome {
            LikenessOutcome::Confirmed => Self::Confirmed,
            LikenessOutcome::Dismissed => Self::Dismissed,
        }
    }
}
