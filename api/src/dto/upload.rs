//! Video that institutions hand in.

use duxue_rules::ids::{ClassId, SessionId, UploadId};
use duxue_storage::upload;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::refs::{ClassRef, InstitutionRef, UserRef};

/// Where an upload stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum UploadState {
    /// Bytes are still to come.
    Receiving,
    /// Whole; it waits to be looked at.
    Received,
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
    pub fn of(row: upload::Upload, spooled: u64) -> Self {
        use upload::UploadState as Stored;
        let state = row.state_name().into();
        let (expires_at, ended_by, bytes_received) = match row.state {
            Stored::Receiving { expires_at } => (Some(expires_at), None, spooled),
            Stored::Received { .. } => (None, None, row.length),
            Stored::Ended { by, .. } => (None, Some(by.into()), 0),
        };
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
    UploadState = upload::UploadStateName { Receiving, Received, Ended }
    UploadEnd = upload::UploadEnd { Sender, Expiry, Loss }
}
