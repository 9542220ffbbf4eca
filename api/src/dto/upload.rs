//! Video that institutions hand in.

use duxue_rules::{
    ids::{ClassId, SessionId, UploadId},
    upload::VideoFacts,
};
use duxue_storage::{
    upload::{self, Verdict},
    upload_evidence::UploadDecision,
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{
    refs::{ClassRef, InstitutionRef, UserRef},
    rule_finding::RuleFinding,
    upload_evidence::UploadStanding,
};

/// Where an upload stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum UploadState {
    /// Bytes are still to come.
    Receiving,
    /// Whole; it waits to be looked at.
    Received,
    /// It can serve as evidence, and is kept and sealed.
    Accepted,
    /// It cannot; `refused_because` says why.
    Refused,
    /// It never became whole; `ended_by` says why.
    Ended,
}

/// What ended an upload before it was whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum UploadEnd {
    /// Its sender.
    Sender,
    /// Nothing came for too long.
    Expiry,
    /// Its file is gone from the disk.
    Loss,
}

/// A video that an institution hands in as evidence.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Upload {
    /// Its identity.
    #[schema(value_type = Uuid)]
    pub id: UploadId,
    /// Where it stands.
    pub state: UploadState,
    /// Whose.
    pub institution: InstitutionRef,
    /// Whose lesson it shows, as the sender says.
    pub class: ClassRef,
    /// Which lesson, if the sender says.
    #[schema(value_type = Option<Uuid>)]
    pub session_id: Option<SessionId>,
    /// When its first picture was taken, as the sender says.
    pub starts_at: Timestamp,
    /// As the sender called it.
    #[schema(example = "10月8日上午.mp4")]
    pub filename: String,
    /// The size that was announced.
    pub bytes: u64,
    /// How much has come.
    pub bytes_received: u64,
    /// When it was announced.
    pub created_at: Timestamp,
    /// Who hands it in.
    pub created_by: UserRef,
    /// Given up then, unless more comes before; only while it is being received.
    pub expires_at: Option<Timestamp>,
    /// What ended it before it was whole.
    pub ended_by: Option<UploadEnd>,
    /// What the check measured; null before it, and of a file that does not play.
    pub video: Option<Video>,
    /// Why it was refused.
    pub refused_because: Vec<RuleFinding>,
    /// The SHA-256 of what is kept, in hexadecimal.
    pub sha256: Option<String>,
    /// When it was sealed.
    pub sealed_at: Option<Timestamp>,
    /// Whether it counts as evidence; null before it is sealed.
    pub evidence: Option<UploadStanding>,
}

/// What was measured of a video.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Video {
    /// The container, as FFmpeg names it.
    #[schema(example = "mov,mp4,m4a,3gp,3g2,mj2")]
    pub container: String,
    /// The codec of its pictures, as FFmpeg names it.
    #[schema(example = "h264")]
    pub codec: String,
    /// Pixels.
    pub width: u32,
    /// Pixels.
    pub height: u32,
    /// From the first picture to the end of the last, as measured and not as claimed.
    pub duration_seconds: f64,
    /// Times without a picture that are longer than a clip may have.
    pub holes: Vec<Hole>,
    /// Share of the pictures that were dark, 0 to 1.
    pub dark_share: f64,
    /// Share of the pictures that were the same as the one before, 0 to 1.
    pub frozen_share: f64,
}

/// A time without a picture, in seconds from the first one.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
pub struct Hole {
    /// Its beginning.
    pub from: f64,
    /// Its end.
    pub until: f64,
}

impl From<VideoFacts> for Video {
    fn from(facts: VideoFacts) -> Self {
        let seconds = |ms: u64| ms as f64 / 1000.0;
        let share = |part: u32| if facts.samples == 0 { 1.0 } else { f64::from(part) / f64::from(facts.samples) };
        Self {
            duration_seconds: seconds(facts.duration_ms),
            holes: facts
                .holes
                .iter()
                .map(|hole| Hole { from: seconds(hole.from_ms), until: seconds(hole.until_ms) })
                .collect(),
            dark_share: share(facts.dark),
            frozen_share: share(facts.frozen),
            container: facts.container,
            codec: facts.codec,
            width: facts.width,
            height: facts.height,
        }
    }
}

/// Which uploads.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct UploadQuery {
    /// Only for this class.
    #[param(value_type = Option<Uuid>)]
    pub class_id: Option<ClassId>,
    /// Only in this state.
    #[param(inline)]
    pub state: Option<UploadState>,
    /// The `next` of the page before.
    pub before: Option<String>,
}

impl Upload {
    /// The upload of this row; `spooled` bytes of it lie on the disk.
    pub fn of(row: upload::Upload, decision: Option<UploadDecision>, spooled: u64) -> Self {
        use upload::UploadState as Stored;
        let state = row.state_name().into();
        let (mut expires_at, mut ended_by, mut bytes_received) = (None, None, row.length);
        let (mut video, mut refused_because, mut sha256) = (None, Vec::new(), None);
        match row.state {
            Stored::Receiving { expires_at: at } => (expires_at, bytes_received) = (Some(at), spooled),
            Stored::Received { .. } => {}
            Stored::Checked { verdict, .. } => match verdict {
                Verdict::Accepted { sha256: sum, video: measured, .. } => {
                    (sha256, video) = (Some(sum), Some(measured.into()));
                }
                Verdict::Refused { because, video: measured } => {
                    refused_because = because.into_iter().map(Into::into).collect();
                    video = measured.map(Into::into);
                }
            },
            Stored::Ended { by, .. } => (ended_by, bytes_received) = (Some(by.into()), 0),
        }
        Self {
            id: row.id,
            state,
            institution: row.institution.into(),
            class: row.class.into(),
            session_id: row.session,
            starts_at: row.claimed_start,
            filename: row.name,
            bytes: row.length,
            bytes_received,
            created_at: row.created_at,
            created_by: row.created_by.into(),
            expires_at,
            ended_by,
            video,
            refused_because,
            sha256,
            sealed_at: row.sealed_at,
            evidence: row.sealed_at.map(|_| decision.into()),
        }
    }
}

macro_rules! same_words {
    ($($ours:ident = $stored:ty { $($word:ident),+ })+) => {$(
        impl From<$stored> for $ours {
            fn from(stored: $stored) -> Self {
                match stored { $(<$stored>::$word => Self::$word),+ }
            }
        }
        impl From<$ours> for $stored {
            fn from(ours: $ours) -> Self {
                match ours { $($ours::$word => Self::$word),+ }
            }
        }
    )+};
}

same_words! {
    UploadState = upload::UploadStateName { Receiving, Received, Accepted, Refused, Ended }
    UploadEnd = upload::UploadEnd { Sender, Expiry, Loss }
}
