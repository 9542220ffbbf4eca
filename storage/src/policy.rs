//! Versions of the policy: every decision names the one it was taken under, and none ever changes.

use duxue_rules::policy::Policy;
use jiff::Timestamp;

use crate::{
    Result, Tx, json,
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

impl PolicyRef {
    pub(crate) fn of(row: &Row) -> Result<Self> {
        Ok(Self { version: row.int("policy_version")?, label: row.text("policy_label")? })
    }
}

impl Tx {
    /// The version of exactly this policy: the newest, if it is the same, else a new one.
    pub async fn ensure_policy(&mut self, policy: &Policy, now: Timestamp) -> Result<StoredPolicy> {
        let newest = self.newest_policy_text().await?;
        let body = json::text(policy);
        let version = match newest {
            Some((version, text)) if text == body => version,
            newest => {
                let version = newest.map_or(1, |(version, _)| version + 1);
                self.run(
                    "INSERT INTO policies (version, label, body, created_at) VALUES ($1, $2, $3, $4)",
                    args![version, policy.label, body, now],
                )
                .await?;
                version
            }
        };
        self.one("SELECT version, body, created_at FROM policies WHERE version = $1", args![version]).await
    }

    /// The policy of a version.
    pub async fn policy(&mut self, version: i64) -> Result<Option<StoredPolicy>> {
        self.optional("SELECT version, body, created_at FROM policies WHERE version = $1", args![version]).await
    }

    /// As text, for an old version may have keys that are unknown now.
    async fn newest_policy_text(&mut self) -> Result<Option<(i64, String)>> {
        struct Text(i64, String);
        impl FromRow for Text {
            fn from_row(row: &Row) -> Result<Self> {
                Ok(Self(row.int("version")?, row.text("body")?))
            }
        }
        let newest: Option<Text> =
            self.optional("SELECT version, body FROM policies ORDER BY version DESC LIMIT 1", args![]).await?;
        Ok(newest.map(|Text(version, body)| (version, body)))
    }
}
