//! Versions of the policy: every decision names the one it was taken under, and none ever changes.

use duxue_rules::{
    ids::UserId,
    policy::{
        Policy,
        change::{Numbers, differences, follow_file, still_known},
    },
};
use jiff::Timestamp;
use serde_json::json;

use crate::{
    Error, Named, Result, Tx, audit, json,
    row::{FromRow, Row},
    value::args,
};

/// A version of the policy.
#[derive(Clone, Debug, PartialEq)]
pub struct StoredPolicy {
    /// 1, 2, 3, …
    pub version: i64,
    /// The numbers.
    pub policy: Policy,
    /// Since when.
    pub created_at: Timestamp,
}

/// A version as its history shows it, of long ago too.
#[derive(Clone, Debug, PartialEq)]
pub struct PolicyVersion {
    /// 1, 2, 3, …
    pub version: i64,
    /// Shown wherever a decision of it is shown.
    pub label: String,
    /// Every number by name, also one that this program does not know any more.
    pub numbers: Numbers,
    /// Since when.
    pub created_at: Timestamp,
    /// Who set it, and why; `None`: the configuration file says so.
    pub set: Option<(Named<UserId>, String)>,
}

/// What is shown of the policy beside a decision.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct PolicyRef {
    /// Its version.
    pub version: i64,
    /// Its label; empty for the notice's own.
    pub label: String,
}

impl FromRow for StoredPolicy {
    fn from_row(row: &Row) -> Result<Self> {
        Ok(Self { version: row.int("version")?, policy: row.json("body")?, created_at: row.time("created_at")? })
    }
}

impl FromRow for PolicyVersion {
    fn from_row(row: &Row) -> Result<Self> {
        let set = match (row.opt_named("created_by", "created_by_name")?, row.opt_text("reason")?) {
            (Some(by), Some(reason)) => Some((by, reason)),
            (None, None) => None,
            _ => return Err(row.impossible("reason")),
        };
        Ok(Self {
            version: row.int("version")?,
            label: row.text("label")?,
            numbers: row.json("body")?,
            created_at: row.time("created_at")?,
            set,
        })
    }
}

impl PolicyRef {
    pub(crate) fn of(row: &Row) -> Result<Self> {
        Ok(Self { version: row.int("policy_version")?, label: row.text("policy_label")? })
    }
}

/// As text, for an old version may have keys that are unknown now.
struct Body(String);

impl FromRow for Body {
    fn from_row(row: &Row) -> Result<Self> {
        Ok(Self(row.text("body")?))
    }
}

macro_rules! versions {
    ($rest:literal) => {
        concat!(
            "SELECT p.version, p.label, p.body, p.created_at, p.reason, p.created_by, u.display_name AS created_by_name
             FROM policies p LEFT JOIN users u ON u.id = p.created_by ",
            $rest
        )
    };
}

impl Tx {
    /// The policy in force when the configuration file says `file`: the newest version with what was changed in the file
    /// since it was last read. A new version where that is another policy.
    pub async fn ensure_policy(&mut self, file: &Policy, now: Timestamp) -> Result<StoredPolicy> {
        let Some(newest) = self.newest_policy().await? else {
            self.remember_file(file, now).await?;
            return self.put_policy(0, file, None, now).await;
        };
        let in_force = still_known(&newest.numbers);
        let said: Option<Body> = self.optional("SELECT body FROM policy_file", args![]).await?;
        // Before it was kept what the file says, every version was the file's.
        let said = said.and_then(|Body(text)| serde_json::from_str(&text).ok());
        let said = said.map_or_else(|| in_force.clone(), |numbers| still_known(&numbers));
        self.remember_file(file, now).await?;
        let next = follow_file(&said, file, &in_force);
        let changes = differences(&newest.numbers, &duxue_rules::catalogue::fields(&next));
        if changes.is_empty() {
            let policy = next;
            return Ok(StoredPolicy { version: newest.version, policy, created_at: newest.created_at });
        }
        let fields: Vec<String> = changes.into_iter().map(|one| one.field).collect();
        let stored = self.put_policy(newest.version, &next, None, now).await?;
        self.audit(audit::Entry {
            at: now,
            actor: None,
            action: "follow_policy_file".to_owned(),
            subject_kind: "policy".to_owned(),
            subject_id: stored.version.to_string(),
            detail: json!({ "fields": fields }),
        });
        Ok(stored)
    }

    /// Keeps a new version after `before`, set by a person with a reason: lost if another came meanwhile.
    pub async fn put_policy(
        &mut self,
        before: i64,
        policy: &Policy,
        set: Option<(UserId, &str)>,
        now: Timestamp,
    ) -> Result<StoredPolicy> {
        let (by, reason) = set.unzip();
        let added = self
            .run(
                "INSERT INTO policies (version, label, body, created_at, created_by, reason)
                 SELECT $1, $2, $3, $4, $5, $6
                 WHERE $7 = (SELECT COALESCE(MAX(version), 0) FROM policies)
                 ON CONFLICT (version) DO NOTHING",
                args![before + 1, policy.label, json::text(policy), now, by, reason, before],
            )
            .await?;
        if added == 0 {
            return Err(Error::Lost { what: "policy" });
        }
        Ok(StoredPolicy { version: before + 1, policy: policy.clone(), created_at: now })
    }

    /// The policy of a version.
    pub async fn policy(&mut self, version: i64) -> Result<Option<StoredPolicy>> {
        self.optional("SELECT version, body, created_at FROM policies WHERE version = $1", args![version]).await
    }

    /// The version in force, as its history shows it.
    pub async fn newest_policy(&mut self) -> Result<Option<PolicyVersion>> {
        self.optional(versions!("ORDER BY p.version DESC LIMIT 1"), args![]).await
    }

    /// The version in force; `None` before the first.
    pub(crate) async fn newest_policy_version(&mut self) -> Result<Option<i64>> {
        self.optional("SELECT version AS n FROM policies ORDER BY version DESC LIMIT 1", args![]).await
    }

    /// Versions before `before`, the newest first.
    pub async fn policy_versions(&mut self, before: Option<i64>, limit: u32) -> Result<Vec<PolicyVersion>> {
        self.all(
            versions!("WHERE p.version < $1 ORDER BY p.version DESC LIMIT $2"),
            args![before.unwrap_or(i64::MAX), i64::from(limit)],
        )
        .await
    }

    async fn remember_file(&mut self, file: &Policy, now: Timestamp) -> Result<()> {
        self.run(
            "INSERT INTO policy_file (one, body, read_at) VALUES (1, $1, $2)
             ON CONFLICT (one) DO UPDATE SET body = excluded.body, read_at = excluded.read_at",
            args![json::text(file), now],
        )
        .await?;
        Ok(())
    }
}
