//! Tokens that programs show in a person's place.

use duxue_rules::ids::ApiTokenId;
use duxue_storage::api_token;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{refs::UserRef, words::Action};

/// A token, without its secret.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ApiToken {
    /// Its identity.
    #[schema(value_type = Uuid)]
    pub id: ApiTokenId,
    /// Whose it is.
    pub owner: UserRef,
    /// What it is for.
    #[schema(example = "每日报表")]
    pub name: String,
    /// What it may do, of what its owner may.
    pub scopes: Vec<Action>,
    /// When it was made.
    pub created_at: Timestamp,
    /// Until when it is good.
    pub expires_at: Timestamp,
    /// When it was last used, to within five minutes.
    pub last_used_at: Option<Timestamp>,
    /// When it was revoked; since then it is good for nothing.
    pub revoked_at: Option<Timestamp>,
}

/// A token to make.
#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewApiToken {
    /// What it is for, 1 to 100 characters; unique among the owner's tokens.
    #[schema(min_length = 1, max_length = 100)]
    pub name: String,
    /// What it may do: some of what its owner may (`actions` of `GET /me`), at least one.
    #[schema(min_items = 1)]
    pub scopes: Vec<Action>,
    /// Until when it is good: at most 366 days from now.
    pub expires_at: Timestamp,
    /// The owner's password once more: a browser left open makes no tokens.
    #[schema(max_length = 1024, format = Password)]
    pub password: String,
}

/// A token that was just made.
#[derive(Clone, Serialize, ToSchema)]
pub struct MadeApiToken {
    /// The token.
    pub token: ApiToken,
    /// What the program is to send as `Authorization: Bearer …`. Shown this once; only its hash is kept.
    pub secret: String,
}

/// Whose tokens.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Whose {
    /// One's own.
    #[default]
    Mine,
    /// Everybody's, for who sees users.
    Everybodys,
}

/// Which tokens.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ApiTokenQuery {
    /// Whose; one's own without it.
    #[serde(default)]
    #[param(inline)]
    pub whose: Whose,
    /// The `next` of the page before; the newest page without it.
    pub before: Option<String>,
}

impl From<api_token::ApiToken> for ApiToken {
    fn from(row: api_token::ApiToken) -> Self {
        Self {
            id: row.id,
            owner: row.owner.into(),
            name: row.name,
            scopes: row.scopes.actions().iter().map(|&action| action.into()).collect(),
            created_at: row.created_at,
            expires_at: row.expires_at,
            last_used_at: row.last_used_at,
            revoked_at: row.revoked_at,
        }
    }
}
