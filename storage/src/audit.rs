//! The audit log: a chain in which every entry's hash covers the entry before it.
//!
//! [`crate::Tx::audit`] collects entries, [`crate::Tx::commit`] writes them in the same transaction as the change they tell of.
//! [`crate::Tx::verify_audit`] walks the chain. What is missing from its end shows in the head row, and a chain rewritten
//! from some point on shows in the anchors: every seal carries, signed, the head of its time.

use std::collections::BTreeMap;

use duxue_rules::ids::UserId;
use jiff::Timestamp;
use serde_json::Value as Json;
use sha2::{Digest, Sha256};

use crate::{
    Result, Tx,
    audit_tree::{Digest32, Growing},
    json,
    row::{FromRow, Row},
    value::args,
};

/// What came before the first entry.
const GENESIS: [u8; 32] = [0; 32];

/// How many rows a walk holds in memory.
const STRIDE: u32 = 1000;

/// What is to be remembered of one act.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// When.
    pub at: Timestamp,
    /// Who; `None`: the system by itself.
    pub actor: Option<UserId>,
    /// What was done, a word such as `decide_finding`.
    pub action: String,
    /// To what kind of thing, a word such as `finding`.
    pub subject_kind: String,
    /// To which one; an identity.
    pub subject_id: String,
    /// What else matters. Never a password, a face or a camera's credentials.
    pub detail: Json,
}

/// An entry as it stands in the chain.
#[derive(Clone, Debug, PartialEq)]
pub struct Recorded {
    /// Its place: 1, 2, 3, …
    pub seq: i64,
    /// What it says.
    pub entry: Entry,
    /// SHA-256 over the entry and the hash before it.
    pub hash: [u8; 32],
}

/// The end of the chain at some moment; signed into every seal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Head {
    /// How many entries there were.
    pub seq: i64,
    /// The hash of the last.
    pub hash: [u8; 32],
}

/// What a walk along the chain found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChainReport {
    /// How many entries were read.
    pub entries: i64,
    /// The first thing that is wrong, if anything is.
    pub broken: Option<Broken>,
}

/// Where the chain is broken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Broken {
    /// The first place at which something is wrong; everything before it is sound.
    pub seq: i64,
    /// What.
    pub what: BrokenLink,
}

/// How a chain can be broken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum BrokenLink {
    /// The entry is not there.
    Missing,
    /// The entry's text does not give its hash: it was changed.
    Rewritten,
    /// The entry does not follow on the one before.
    Unlinked,
    /// A sealed clip remembers another entry at this place.
    NotAsSealed,
    /// A signed checkpoint of the log up to here tells of other entries.
    NotAsSigned,
    /// The chain goes on after its recorded end.
    Beyond,
}

impl ChainReport {
    /// Whether nothing is wrong.
    pub fn is_sound(&self) -> bool {
        self.broken.is_none()
    }
}

/// The text that is hashed: a JSON array, so that no two entries give the same bytes.
fn hash(seq: i64, entry: &Entry, detail: &str, previous: &[u8; 32]) -> [u8; 32] {
    let Entry { at, actor, action, subject_kind, subject_id, .. } = entry;
    let actor = actor.map(|actor| actor.to_string());
    let what = (action.as_str(), subject_kind.as_str(), subject_id.as_str());
    hash_of(seq, at.as_microsecond(), actor.as_deref(), what, detail, previous)
}

/// The same out of the columns as they are stored.
pub(crate) fn hash_of(
    seq: i64,
    at: i64,
    actor: Option<&str>,
    (action, subject_kind, subject_id): (&str, &str, &str),
    detail: &str,
    previous: &[u8; 32],
) -> [u8; 32] {
    let text = json::text(&(seq, at, actor, action, subject_kind, subject_id, detail, hex::encode(previous)));
    Sha256::digest(text.as_bytes()).into()
}

impl Tx {
    pub(crate) async fn append_to_chain(&mut self, entries: Vec<Entry>) -> Result<()> {
        if entries.is_empty() {
            return Ok(());
        }
        self.run(
            "INSERT INTO audit_head (id, seq, hash) VALUES (1, 0, $1) ON CONFLICT (id) DO NOTHING",
            args![hex::encode(GENESIS)],
        )
        .await?;
        // This row is the lock: whoever appends next waits here until this transaction has ended.
        let added = i64::try_from(entries.len()).unwrap_or(i64::MAX);
        let head: Head =
            self.one("UPDATE audit_head SET seq = seq + $1 WHERE id = 1 RETURNING seq, hash", args![added]).await?;
        let mut seq = head.seq - added;
        self.hold_to_condition(seq).await?;
        let mut previous = head.hash;
        for entry in entries {
            seq += 1;
            let detail = json::text(&entry.detail);
            let hash = hash(seq, &entry, &detail, &previous);
            self.run(
                "INSERT INTO audit (seq, at, actor, action, subject_kind, subject_id, detail, prev_hash, hash)
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
                args![
                    seq,
                    entry.at,
                    entry.actor,
                    entry.action,
                    entry.subject_kind,
                    entry.subject_id,
                    detail,
                    hex::encode(previous),
                    hex::encode(hash),
                ],
            )
            .await?;
            self.happen(seq, &entry).await?;
            previous = hash;
        }
        self.run("UPDATE audit_head SET hash = $1 WHERE id = 1", args![hex::encode(previous)]).await?;
        Ok(())
    }

    /// The end of the chain now.
    pub async fn audit_head(&mut self) -> Result<Head> {
        let head = self.optional("SELECT seq, hash FROM audit_head WHERE id = 1", args![]).await?;
        Ok(head.unwrap_or(Head { seq: 0, hash: GENESIS }))
    }

    /// Entries, newest first, before place `before`.
    pub async fn audit_entries(&mut self, before: Option<i64>, limit: u32) -> Result<Vec<Recorded>> {
        self.all(
            "SELECT seq, at, actor, action, subject_kind, subject_id, detail, hash
             FROM audit WHERE seq < $1 ORDER BY seq DESC LIMIT $2",
            args![before.unwrap_or(i64::MAX), limit],
        )
        .await
    }

    /// What happened to one thing, oldest first.
    pub async fn audit_of(&mut self, subject_kind: &str, subject_id: &str) -> Result<Vec<Recorded>> {
        self.all(
            "SELECT seq, at, actor, action, subject_kind, subject_id, detail, hash
             FROM audit WHERE subject_kind = $1 AND subject_id = $2 ORDER BY seq",
            args![subject_kind, subject_id],
        )
        .await
    }

    /// Walks the whole chain, and holds it against its head, the `anchors` that seals carry, and the `roots` that signed
    /// checkpoints tell of: how many entries, and their tree's root.
    ///
    /// # Errors
    ///
    /// An entry that cannot even be read counts as rewritten; errors are the database's own.
    pub async fn verify_audit(&mut self, anchors: &[Head], roots: &[(u64, Digest32)]) -> Result<ChainReport> {
        let head = self.audit_head().await?;
        let mut anchors = anchors.to_vec();
        anchors.sort_by_key(|anchor| anchor.seq);
        let mut anchors = anchors.into_iter().filter(|anchor| anchor.seq > 0).peekable();
        let mut roots = roots.iter().copied().collect::<BTreeMap<_, _>>();
        let mut tree = Growing::default();
        let mut last = Head { seq: 0, hash: GENESIS };
        let broken = |entries, seq, what| Ok(ChainReport { entries, broken: Some(Broken { seq, what }) });
        loop {
            let rows: Vec<Link> = self
                .all(
                    "SELECT seq, at, actor, action, subject_kind, subject_id, detail, prev_hash, hash
                     FROM audit WHERE seq > $1 ORDER BY seq LIMIT $2",
                    args![last.seq, STRIDE],
                )
                .await?;
            if rows.is_empty() {
                break;
            }
            for link in rows {
                let expected = last.seq + 1;
                if link.seq > expected {
                    return broken(last.seq, expected, BrokenLink::Missing);
                }
                let Some((entry, detail)) = &link.content else {
                    return broken(last.seq, expected, BrokenLink::Rewritten);
                };
                if link.previous != last.hash {
                    return broken(last.seq, expected, BrokenLink::Unlinked);
                }
                if hash(link.seq, entry, detail, &link.previous) != link.hash {
                    return broken(last.seq, expected, BrokenLink::Rewritten);
                }
                while let Some(anchor) = anchors.next_if(|anchor| anchor.seq == link.seq) {
                    if anchor.hash != link.hash {
                        return broken(last.seq, expected, BrokenLink::NotAsSealed);
                    }
                }
                tree.push(&link.hash);
                if roots.remove(&tree.size()).is_some_and(|signed| signed != tree.root()) {
                    return broken(last.seq, expected, BrokenLink::NotAsSigned);
                }
                if link.seq > head.seq {
                    return broken(last.seq, expected, BrokenLink::Beyond);
                }
                last = Head { seq: link.seq, hash: link.hash };
            }
        }
        if last.seq < head.seq || anchors.next().is_some() || !roots.is_empty() {
            return broken(last.seq, last.seq + 1, BrokenLink::Missing);
        }
        if last.hash != head.hash {
            return broken(last.seq, last.seq, BrokenLink::Rewritten);
        }
        Ok(ChainReport { entries: last.seq, broken: None })
    }
}

/// A row as it stands, readable or not.
pub(crate) struct Link {
    pub(crate) seq: i64,
    /// The entry and its detail exactly as written; `None` when it cannot be read as one.
    content: Option<(Entry, String)>,
    pub(crate) previous: [u8; 32],
    pub(crate) hash: [u8; 32],
}

impl FromRow for Link {
    fn from_row(row: &Row) -> Result<Self> {
        let content = entry(row).and_then(|entry| Ok((entry, row.text("detail")?))).ok();
        // An unreadable hash equals no hash.
        let hash = |column| row.hash(column).unwrap_or([0xff; 32]);
        Ok(Self { seq: row.int("seq")?, content, previous: hash("prev_hash"), hash: hash("hash") })
    }
}

impl FromRow for Head {
    fn from_row(row: &Row) -> Result<Self> {
        Ok(Self { seq: row.int("seq")?, hash: row.hash("hash")? })
    }
}

impl FromRow for Recorded {
    fn from_row(row: &Row) -> Result<Self> {
        Ok(Self { seq: row.int("seq")?, entry: entry(row)?, hash: row.hash("hash")? })
    }
}

fn entry(row: &Row) -> Result<Entry> {
    Ok(Entry {
        at: row.time("at")?,
        actor: row.opt_parsed("actor")?,
        action: row.text("action")?,
        subject_kind: row.text("subject_kind")?,
        subject_id: row.text("subject_id")?,
        detail: row.json("detail")?,
    })
}
