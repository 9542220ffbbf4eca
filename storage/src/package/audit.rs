//! The audit log's entries in a package, each with the proof that the signed log holds it.

use serde::{Deserialize, Serialize};

use crate::{
    Result, Tx,
    audit::{self, Link},
    audit_tree::{Digest32, leaf, root_of},
    row::{FromRow, Row},
    seal::Hash,
    value::args,
};

/// All entries about some things, and the log that they are proved to be in.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AuditExtract {
    /// How many entries the log had: the size in the checkpoint beside.
    pub size: u64,
    /// The entries, in the log's order.
    pub entries: Vec<ProvedEntry>,
}

/// An entry exactly as it was hashed, and its proof.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ProvedEntry {
    /// Its place in the log: 1, 2, 3, …
    pub seq: i64,
    /// When, in microseconds since 1970-01-01T00:00:00Z.
    pub at: i64,
    /// Who, an identity; null: the system by itself.
    pub actor: Option<String>,
    /// What was done.
    pub action: String,
    /// To what kind of thing.
    pub subject_kind: String,
    /// To which one.
    pub subject_id: String,
    /// What else matters: JSON, as the text that was hashed.
    pub detail: String,
    /// The hash of the entry before.
    pub previous: Hash,
    /// Its hash: SHA-256 of the JSON array of the above, in this order, hashes in hexadecimal.
    pub hash: Hash,
    /// The inclusion proof (RFC 6962, 2.1.1): of leaf `seq - 1`, whose content is `hash`, in the tree of `size` leaves.
    pub proof: Vec<Hash>,
}

impl ProvedEntry {
    /// Whether it is what its hash says, and the tree of that size and root holds it.
    pub fn holds(&self, size: u64, root: &Digest32) -> bool {
        let Some(index) = u64::try_from(self.seq).ok().and_then(|seq| seq.checked_sub(1)) else { return false };
        let proof: Vec<Digest32> = self.proof.iter().map(|hash| hash.0).collect();
        self.hash_of_text() == self.hash.0 && root_of(index, size, leaf(&self.hash.0), &proof) == Some(*root)
    }

    fn hash_of_text(&self) -> Digest32 {
        let Self { seq, at, actor, action, subject_kind, subject_id, detail, previous, .. } = self;
        audit::hash_of(*seq, *at, actor.as_deref(), (action, subject_kind, subject_id), detail, &previous.0)
    }
}

/// A row as it stands.
struct Raw(ProvedEntry);

impl FromRow for Raw {
    fn from_row(row: &Row) -> Result<Self> {
        let Link { seq, previous, hash, .. } = Link::from_row(row)?;
        Ok(Self(ProvedEntry {
            seq,
            at: row.int("at")?,
            actor: row.opt_text("actor")?,
            action: row.text("action")?,
            subject_kind: row.text("subject_kind")?,
            subject_id: row.text("subject_id")?,
            detail: row.text("detail")?,
            previous: Hash(previous),
            hash: Hash(hash),
            proof: Vec::new(),
        }))
    }
}

impl Tx {
    /// The entries about these things (kind and identity) among the first `size` of the log, each with its proof.
    pub async fn audit_extract(&mut self, subjects: &[(&str, String)], size: u64) -> Result<AuditExtract> {
        let mut entries = Vec::new();
        for (kind, id) in subjects {
            let rows: Vec<Raw> = self
                .all(
                    "SELECT seq, at, actor, action, subject_kind, subject_id, detail, prev_hash, hash
                     FROM audit WHERE subject_kind = $1 AND subject_id = $2 AND seq <= $3 ORDER BY seq",
                    args![kind, id, size],
                )
                .await?;
            for Raw(mut entry) in rows {
                let proof = self.audit_proof(entry.seq, size).await?.unwrap_or_default();
                entry.proof = proof.into_iter().map(Hash).collect();
                entries.push(entry);
            }
        }
        entries.sort_by_key(|entry| entry.seq);
        Ok(AuditExtract { size, entries })
    }
}
