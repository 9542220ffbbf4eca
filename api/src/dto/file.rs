//! Files that were handed in.

use duxue_rules::ids::{FileId, InstitutionId};
use duxue_storage::file;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::refs::UserRef;

/// A file: a scan, a photo, a sheet.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct File {
    /// Its identity.
    #[schema(value_type = Uuid)]
    pub id: FileId,
    /// Whose; null: the centre's.
    #[schema(value_type = Option<Uuid>)]
    pub institution_id: Option<InstitutionId>,
    /// As the sender called it.
    #[schema(example = "办学许可证.pdf")]
    pub name: String,
    /// Told by its content.
    #[schema(example = "application/pdf")]
    pub media_type: String,
    /// Its size.
    pub bytes: u64,
    /// SHA-256, in hexadecimal.
    pub sha256: String,
    /// When it came.
    pub created_at: Timestamp,
    /// Who handed it in.
    pub created_by: UserRef,
}

impl From<file::File> for File {
    fn from(row: file::File) -> Self {
        Self {
            id: row.id,
            institution_id: row.institution,
            name: row.name,
            media_type: row.media_type,
            bytes: row.bytes,
            sha256: hex::encode(row.sha256),
            created_at: row.created_at,
            created_by: row.created_by.into(),
        }
    }
}

/// What a file is to be called, and whose it is.
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct FileQuery {
    /// Its name, shown to readers.
    pub name: String,
    /// Whose it is. An institution's people leave it out or name their own; from the centre, without it, it is the
    /// centre's.
    #[param(value_type = Option<Uuid>)]
    pub institution_id: Option<InstitutionId>,
}
