//! R9.3: the seals of videos that institutions handed in. None is ever changed, and nothing here deletes one.

use duxue_rules::ids::{ClassId, UploadId};
use jiff::Timestamp;

use crate::{
    Error, Result, Tx,
    row::{FromRow, Row},
    upload::{Upload, UploadState, Verdict},
    value::args,
};

/// The signed paper of an upload.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UploadSeal {
    /// Exactly the bytes that were signed.
    pub manifest: String,
    /// The DSSE envelope, JSON.
    pub envelope: String,
    /// When it was sealed.
    pub sealed_at: Timestamp,
}

impl FromRow for UploadSeal {
    fn from_row(row: &Row) -> Result<Self> {
        Ok(Self { manifest: row.text("manifest")?, envelope: row.text("envelope")?, sealed_at: row.time("sealed_at")? })
    }
}

struct Id(UploadId);

impl FromRow for Id {
    fn from_row(row: &Row) -> Result<Self> {
        Ok(Self(row.parsed("id")?))
    }
}

impl Upload {
    /// Where its video lies in the object store, once it is kept.
    pub fn object_key(&self) -> Option<&str> {
        match &self.state {
            UploadState::Checked { verdict: Verdict::Accepted { object, .. }, .. } => Some(object),
            _ => None,
        }
    }
}

impl Tx {
    /// Seals an accepted upload, its object stored. Lost if it has a seal already, or is not accepted.
    pub async fn seal_upload(&mut self, id: UploadId, seal: &UploadSeal) -> Result<()> {
        let UploadSeal { manifest, envelope, sealed_at } = seal;
        let sealed = self
            .run(
                "INSERT INTO upload_seals (upload_id, manifest, envelope, sealed_at)
                 SELECT id, $2, $3, $4 FROM uploads WHERE id = $1 AND state = 'accepted'
                 ON CONFLICT (upload_id) DO NOTHING",
                args![id, manifest, envelope, sealed_at],
            )
            .await?;
        if sealed == 1 { Ok(()) } else { Err(Error::Lost { what: "upload" }) }
    }

    /// The signed paper of an upload, if it is sealed.
    pub async fn upload_seal(&mut self, id: UploadId) -> Result<Option<UploadSeal>> {
        self.optional(
            "SELECT upload_id, manifest, envelope, sealed_at FROM upload_seals WHERE upload_id = $1",
            args![id],
        )
        .await
    }

    /// Accepted uploads without a seal, the oldest first: those of before there were any.
    pub async fn unsealed_uploads(&mut self, limit: u32) -> Result<Vec<UploadId>> {
        let ids: Vec<Id> = self
            .all(
                "SELECT p.id FROM uploads p
                 WHERE p.state = 'accepted' AND NOT EXISTS (SELECT 1 FROM upload_seals s WHERE s.upload_id = p.id)
                 ORDER BY p.id LIMIT $1",
                args![limit],
            )
            .await?;
        Ok(ids.into_iter().map(|Id(id)| id).collect())
    }

    /// Sealed uploads, of one class or with `None` of all, the oldest first, after `after`.
    pub async fn sealed_uploads(
        &mut self,
        class: Option<ClassId>,
        after: Option<UploadId>,
        limit: u32,
    ) -> Result<Vec<UploadId>> {
        let ids: Vec<Id> = self
            .all(
                "SELECT p.id FROM uploads p JOIN upload_seals s ON s.upload_id = p.id
                 WHERE ($1 IS NULL OR p.class_id = $1) AND p.id > COALESCE($2, '')
                 ORDER BY p.id LIMIT $3",
                args![class, after, limit],
            )
            .await?;
        Ok(ids.into_iter().map(|Id(id)| id).collect())
    }
}
