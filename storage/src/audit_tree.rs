//! The audit log as a Merkle tree (RFC 6962), beside its chain: an entry that leaves the house carries a proof that the
//! signed log holds it, and the log a signed statement of its length, which nobody can take back.
//!
//! The tree grows behind the log, in steps of its own: what appends an entry never waits for it.

mod checkpoint;
mod merkle;

use jiff::Timestamp;

use crate::{
    Result, Tx,
    audit::Head,
    row::{FromRow, Row},
    signing::{PublicKey, SigningKey},
    value::args,
};

pub use checkpoint::{Checkpoint, NotACheckpoint, origin};
pub use merkle::{Digest32, leaf, root_of};

/// How many entries a step adds at most: so long the log is held.
const STEP: u32 = 500;

/// A checkpoint as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredCheckpoint {
    /// How many entries it speaks of.
    pub size: u64,
    /// The signed note.
    pub note: String,
    /// When it was signed.
    pub signed_at: Timestamp,
}

impl FromRow for StoredCheckpoint {
    fn from_row(row: &Row) -> Result<Self> {
        Ok(Self { size: row.number("size")?, note: row.text("note")?, signed_at: row.time("signed_at")? })
    }
}

struct Node(Digest32);

impl FromRow for Node {
    fn from_row(row: &Row) -> Result<Self> {
        Ok(Self(row.hash("hash")?))
    }
}

impl Tx {
    /// Takes the next entries of the log into the tree; how many were taken. Nothing more to take: 0.
    pub async fn grow_audit_tree(&mut self) -> Result<u32> {
        // The log's own lock: two that grow the tree do so one after the other.
        self.run("UPDATE audit_head SET seq = seq WHERE id = 1", args![]).await?;
        let mut size = self.audit_tree_size().await?;
        let next: Vec<Head> = self
            .all(
                "SELECT seq, hash FROM audit WHERE seq > $1 ORDER BY seq LIMIT $2",
                args![i64::try_from(size).unwrap_or(i64::MAX), STEP],
            )
            .await?;
        let mut taken = 0;
        for entry in next {
            // A hole is for the chain's check to report; a tree with a hole would say nothing.
            if u64::try_from(entry.seq).ok() != size.checked_add(1) {
                break;
            }
            let mut hash = leaf(&entry.hash);
            self.put_node(merkle::Place { level: 0, position: size }, &hash).await?;
            for (place, left) in merkle::completed_by(size) {
                hash = merkle::node(&self.node(left).await?, &hash);
                self.put_node(place, &hash).await?;
            }
            size += 1;
            taken += 1;
        }
        Ok(taken)
    }

    /// How many entries the tree holds.
    pub async fn audit_tree_size(&mut self) -> Result<u64> {
        struct Size(u64);
        impl FromRow for Size {
            fn from_row(row: &Row) -> Result<Self> {
                Ok(Self(row.number("size")?))
            }
        }
        let Size(size) = self
            .one(
                "SELECT 0 AS id, CAST(COALESCE(MAX(position) + 1, 0) AS BIGINT) AS size FROM audit_nodes WHERE level = 0",
                args![],
            )
            .await?;
        Ok(size)
    }

    /// Signs how far the tree has grown, unless that was signed already; the newest checkpoint. `None`: it is empty.
    pub async fn sign_audit_tree(&mut self, key: &SigningKey, now: Timestamp) -> Result<Option<StoredCheckpoint>> {
        let size = self.audit_tree_size().await?;
        if size == 0 {
            return Ok(None);
        }
        let root = self.fold_nodes(&merkle::whole(size)).await?;
        let note = Checkpoint { origin: origin(&key.public()), size, root }.sign(key);
        self.run(
            "INSERT INTO audit_checkpoints (size, note, signed_at) VALUES ($1, $2, $3) ON CONFLICT (size) DO NOTHING",
            args![size, note, now],
        )
        .await?;
        self.audit_checkpoint().await
    }

    /// The newest checkpoint.
    pub async fn audit_checkpoint(&mut self) -> Result<Option<StoredCheckpoint>> {
        self.optional("SELECT size, note, signed_at FROM audit_checkpoints ORDER BY size DESC LIMIT 1", args![]).await
    }

    /// What the checkpoints say that `key` signed, for [`Tx::verify_audit`]: how many entries, and their root.
    pub async fn audit_roots(&mut self, key: &PublicKey) -> Result<Vec<(u64, Digest32)>> {
        let stored: Vec<StoredCheckpoint> =
            self.all("SELECT size, note, signed_at FROM audit_checkpoints ORDER BY size", args![]).await?;
        let root = |stored: &StoredCheckpoint| match Checkpoint::open(&stored.note, key) {
            Ok(checkpoint) if checkpoint.size == stored.size => checkpoint.root,
            // A note that was changed, or put in another's place, is no root of anything.
            Ok(_) | Err(_) => [0xff; 32],
        };
        Ok(stored.iter().map(|stored| (stored.size, root(stored))).collect())
    }

    /// Proof that the tree of the first `size` entries holds entry `seq` (RFC 6962, 2.1.1); `None` where it does not.
    pub async fn audit_proof(&mut self, seq: i64, size: u64) -> Result<Option<Vec<Digest32>>> {
        let Some(index) = u64::try_from(seq).ok().and_then(|seq| seq.checked_sub(1)) else { return Ok(None) };
        if index >= size || size > self.audit_tree_size().await? {
            return Ok(None);
        }
        let mut proof = Vec::new();
        for places in merkle::path(index, size) {
            proof.push(self.fold_nodes(&places).await?);
        }
        Ok(Some(proof))
    }

    async fn fold_nodes(&mut self, places: &[merkle::Place]) -> Result<Digest32> {
        let mut hashes = Vec::with_capacity(places.len());
        for place in places {
            hashes.push(self.node(*place).await?);
        }
        Ok(merkle::fold(&hashes))
    }

    async fn node(&mut self, place: merkle::Place) -> Result<Digest32> {
        let Node(hash) = self
            .one(
                "SELECT level, hash FROM audit_nodes WHERE level = $1 AND position = $2",
                args![place.level, place.position],
            )
            .await?;
        Ok(hash)
    }

    async fn put_node(&mut self, place: merkle::Place, hash: &Digest32) -> Result<()> {
        self.run(
            "INSERT INTO audit_nodes (level, position, hash) VALUES ($1, $2, $3)",
            args![place.level, place.position, hex::encode(hash)],
        )
        .await?;
        Ok(())
    }
}

/// Grows a tree of its own out of hashes that come in order, in little memory: what a check holds checkpoints against.
#[derive(Clone, Debug, Default)]
pub(crate) struct Growing {
    size: u64,
    /// The complete subtrees so far, the largest first.
    edge: Vec<Digest32>,
}

impl Growing {
    /// The next entry's hash.
    pub(crate) fn push(&mut self, entry: &Digest32) {
        let mut hash = leaf(entry);
        for _ in 0..self.size.trailing_ones() {
            if let Some(left) = self.edge.pop() {
                hash = merkle::node(&left, &hash);
            }
        }
        self.edge.push(hash);
        self.size += 1;
    }

    /// How many there were.
    pub(crate) fn size(&self) -> u64 {
        self.size
    }

    /// The root of their tree.
    pub(crate) fn root(&self) -> Digest32 {
        merkle::fold(&self.edge)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_grows_in_memory_is_the_tree() {
        let mut growing = Growing::default();
        let entries: Vec<Digest32> = (0..33).map(|n| [n; 32]).collect();
        let mut nodes = std::collections::HashMap::new();
        for (index, entry) in (0u64..).zip(&entries) {
            growing.push(entry);
            let mut hash = leaf(entry);
            nodes.insert((0, index), hash);
            for (place, left) in merkle::completed_by(index) {
                hash = merkle::node(&nodes[&(left.level, left.position)], &hash);
                nodes.insert((place.level, place.position), hash);
            }
            let whole: Vec<_> =
                merkle::whole(index + 1).iter().map(|place| nodes[&(place.level, place.position)]).collect();
            assert_eq!((growing.size(), growing.root()), (index + 1, merkle::fold(&whole)));
        }
    }
}
