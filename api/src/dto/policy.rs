//! The policy: its numbers, where each comes from, and how they changed.

use std::collections::BTreeMap;

use duxue_rules::{
    catalogue::{Rule, fields, rules_of},
    policy::{
        Policy,
        change::{Numbers, differences},
    },
};
use duxue_storage::policy::PolicyVersion as Row;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

use super::refs::{Text, UserRef};

/// A version of the policy: what it changed, when, by whom and why. None ever changes.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct PolicyVersion {
    /// 1, 2, 3, …
    #[schema(example = 2)]
    pub version: i64,
    /// Shown wherever a decision of it is shown; empty for the notice's own.
    pub label: String,
    /// Since when it counted.
    pub since: Timestamp,
    /// Where it comes from.
    pub origin: PolicyOrigin,
    /// The manager who set it; null when the configuration file says so.
    pub set_by: Option<UserRef>,
    /// Why; null when the configuration file says so.
    #[schema(example = "市局 2024 年 11 月通知：远程监管改为每周 3 次")]
    pub reason: Option<String>,
    /// What differs from the version before; of the first, from the notice.
    pub changes: Vec<PolicyChange>,
}

/// Where a version of the policy comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum PolicyOrigin {
    /// The service's configuration file.
    File,
    /// A manager of the centre.
    Manager,
}

/// A number that a version has otherwise than the version before.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct PolicyChange {
    /// The field.
    #[schema(example = "remote_per_week")]
    pub field: String,
    /// What it was; null where the version before did not have it.
    #[schema(value_type = Value, example = 2)]
    pub before: Option<Value>,
    /// What it is; null where the version does not have it any more.
    #[schema(value_type = Value, example = 3)]
    pub after: Option<Value>,
    /// What the notice says, or where it says nothing our own default; null where this program does not know the field.
    #[schema(value_type = Value, example = 2)]
    pub default: Option<Value>,
    /// The rules that use it.
    pub rules: Vec<RuleRef>,
}

/// The policy in force, number by number.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct CurrentPolicy {
    /// The version.
    pub version: PolicyVersion,
    /// Every number, in the order of the policy.
    pub numbers: Vec<PolicyNumber>,
}

/// One number of the policy.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct PolicyNumber {
    /// The field.
    #[schema(example = "remote_per_week")]
    pub field: String,
    /// What it is.
    #[schema(value_type = Value, example = 2)]
    pub value: Value,
    /// What the notice says, or where it says nothing our own default.
    #[schema(value_type = Value, example = 2)]
    pub default: Value,
    /// Whether the two are not the same.
    pub differs: bool,
    /// The rules that use it.
    pub rules: Vec<RuleRef>,
}

/// A rule of the notice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct RuleRef {
    /// Its ID.
    #[schema(example = "R7.4a")]
    pub id: String,
    /// The article of the notice that it makes exact.
    #[schema(example = "七(四)")]
    pub article: String,
    /// What it is about.
    pub title: Text,
}

/// Numbers to change. What is not named stays as it is in force.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PolicyChanges {
    /// The version that this was made from; refused when another has come since.
    #[schema(example = 1)]
    pub version: i64,
    /// Why, 1 to 1000 characters; it stays in the history and in the audit log.
    #[schema(min_length = 1, max_length = 1000, example = "市局 2024 年 11 月通知：远程监管改为每周 3 次")]
    pub reason: String,
    /// The new values by field, such as `{"remote_per_week": 3}`.
    #[schema(value_type = Object, example = json!({"remote_per_week": 3}))]
    pub changes: BTreeMap<String, Value>,
}

impl From<&Rule> for RuleRef {
    fn from(rule: &Rule) -> Self {
        Self { id: rule.id.as_str().to_owned(), article: rule.article.to_owned(), title: rule.title().into() }
    }
}

fn rules(field: &str) -> Vec<RuleRef> {
    rules_of(field).map(RuleRef::from).collect()
}

impl PolicyVersion {
    /// A version after `before`; the first comes after the notice.
    pub(crate) fn of(row: Row, before: Option<&Numbers>) -> Self {
        let notice = fields(&Policy::default());
        let changes = differences(before.unwrap_or(&notice), &row.numbers).into_iter().map(|one| PolicyChange {
            default: notice.get(&one.field).cloned(),
            rules: rules(&one.field),
            field: one.field,
            before: one.before,
            after: one.after,
        });
        let changes = changes.collect();
        let (set_by, reason) = row.set.unzip();
        Self {
            version: row.version,
            label: row.label,
            since: row.created_at,
            origin: if set_by.is_some() { PolicyOrigin::Manager } else { PolicyOrigin::File },
            set_by: set_by.map(Into::into),
            reason,
            changes,
        }
    }
}

impl CurrentPolicy {
    pub(crate) fn of(version: PolicyVersion, policy: &Policy) -> Self {
        let notice = fields(&Policy::default());
        let number = |(field, value): (String, Value)| {
            let default = notice.get(&field).cloned().unwrap_or(Value::Null);
            PolicyNumber { differs: value != default, rules: rules(&field), field, value, default }
        };
        Self { version, numbers: fields(policy).into_iter().map(number).collect() }
    }
}
