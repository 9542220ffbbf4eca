//! Signatures under records: who stands by which content, bound to its hash.

use duxue_rules::ids::{SignatureId, UserId};
use jiff::Timestamp;

use crate::{
    Named, Result, Tx,
    row::{FromRow, Row},
    value::args,
};

/// A signature.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signature {
    /// Its identity.
    pub id: SignatureId,
    /// SHA-256 of the record's text as it was signed. A record whose hash is another now is no longer signed.
    pub content_sha256: [u8; 32],
    /// Who signed.
    pub signed_by: Named<UserId>,
    /// As what, a word such as `supervisor`.
    pub capacity: String,
    /// The object of the drawn signature (PNG).
    pub drawing_key: String,
    /// When.
    pub signed_at: Timestamp,
}

/// A signature to add.
#[derive(Clone, Debug)]
pub struct NewSignature {
    /// Its identity.
    pub id: SignatureId,
    /// What kind of record, a word such as `supervision`.
    pub subject_kind: &'static str,
    /// Which one.
    pub subject_id: String,
    /// SHA-256 of the record's text.
    pub content_sha256: [u8; 32],
    /// Who signs.
    pub signed_by: UserId,
    /// As what.
    pub capacity: String,
    /// The object of the drawn signature (PNG).
    pub drawing_key: String,
    /// Now.
    pub signed_at: Timestamp,
}

impl FromRow for Signature {
    fn from_row(row: &Row) -> Result<Self> {
        Ok(Self {
            id: row.parsed("id")?,
            content_sha256: row.hash("content_sha256")?,
            signed_by: row.named("signed_by", "signed_by_name")?,
            capacity: row.text("capacity")?,
            drawing_key: row.text("drawing_key")?,
            signed_at: row.time("signed_at")?,
        })
    }
}

impl Tx {
    /// Adds one. Field errors: `signature` (the same person signed the same content already), `capacity`.
    pub async fn add_signature(&mut self, signature: &NewSignature) -> Result<()> {
        let NewSignature { id, subject_kind, subject_id, content_sha256, signed_by, capacity, drawing_key, signed_at } =
            signature;
        let sha256 = hex::encode(content_sha256);
        self.run(
            "INSERT INTO signatures
                (id, subject_kind, subject_id, content_sha256, signed_by, capacity, drawing_key, signed_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
            args![id, subject_kind, subject_id, sha256, signed_by, capacity, drawing_key, signed_at],
        )
        .await?;
        Ok(())
    }

    /// Those under a record, the oldest first.
    pub async fn signatures_of(&mut self, subject_kind: &str, subject_id: &str) -> Result<Vec<Signature>> {
        self.all(
            "SELECT s.id, s.content_sha256, s.signed_by, u.display_name AS signed_by_name, s.capacity, s.drawing_key,
                    s.signed_at
             FROM signatures s JOIN users u ON u.id = s.signed_by
             WHERE s.subject_kind = $1 AND s.subject_id = $2 ORDER BY s.id",
            args![subject_kind, subject_id],
        )
        .await
    }
}
