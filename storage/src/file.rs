//! Files that people hand in: scans, photos, sheets. Kept by their content's hash and never changed.

use duxue_rules::ids::{FileId, InstitutionId, UserId};
use jiff::Timestamp;

use crate::{
    Named, Result, Tx,
    row::{FromRow, Row},
    value::{ToValue, args},
};

/// A file as it was handed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// Its identity.
    pub id: FileId,
    /// Whose; `None`: the centre's.
    pub institution: Option<InstitutionId>,
    /// As the sender called it; only shown.
    pub name: String,
    /// Told by the content, such as `application/pdf`.
    pub media_type: String,
    /// Its size.
    pub bytes: u64,
    /// Its hash.
    pub sha256: [u8; 32],
    /// Its object.
    pub object_key: String,
    /// When it came.
    pub created_at: Timestamp,
    /// Who handed it in.
    pub created_by: Named<UserId>,
}

/// A file to add, whose object is stored already.
#[derive(Clone, Debug)]
pub struct NewFile {
    /// Its identity.
    pub id: FileId,
    /// Whose; `None`: the centre's.
    pub institution: Option<InstitutionId>,
    /// As the sender called it.
    pub name: String,
    /// Told by the content.
    pub media_type: String,
    /// Its size.
    pub bytes: u64,
    /// Its hash.
    pub sha256: [u8; 32],
    /// Its object.
    pub object_key: String,
    /// Now.
    pub created_at: Timestamp,
    /// Who hands it in.
    pub created_by: UserId,
}

impl FromRow for File {
    fn from_row(row: &Row) -> Result<Self> {
        Ok(Self {
            id: row.parsed("id")?,
            institution: row.opt_parsed("institution_id")?,
            name: row.text("name")?,
            media_type: row.text("media_type")?,
            bytes: row.number("bytes")?,
            sha256: row.hash("sha256")?,
            object_key: row.text("object_key")?,
            created_at: row.time("created_at")?,
            created_by: row.named("created_by", "created_by_name")?,
        })
    }
}

impl Tx {
    /// Adds one. Field errors: `name`, `institution_id`.
    pub async fn add_file(&mut self, file: &NewFile) -> Result<()> {
        let NewFile { id, institution, name, media_type, bytes, sha256, object_key, created_at, created_by } = file;
        let sha256 = hex::encode(sha256);
        self.insert(
            "INSERT INTO files (id, institution_id, name, media_type, bytes, sha256, object_key, created_at, created_by)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
            args![id, institution, name, media_type, bytes, sha256, object_key, created_at, created_by],
            &[("files_institution_exists", "SELECT id FROM institutions WHERE id = $1", institution.to_value())],
        )
        .await
    }

    /// The one of that identity.
    pub async fn file(&mut self, id: FileId) -> Result<Option<File>> {
        self.optional(
            "SELECT f.id, f.institution_id, f.name, f.media_type, f.bytes, f.sha256, f.object_key, f.created_at,
                    f.created_by, u.display_name AS created_by_name
             FROM files f JOIN users u ON u.id = f.created_by WHERE f.id = $1",
            args![id],
        )
        .await
    }
}
