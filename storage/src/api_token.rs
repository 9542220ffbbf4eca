//! Tokens that programs show in a person's place. Only the hash is kept.

use duxue_rules::{
    access::scopes::Scopes,
    ids::{ApiTokenId, UserId},
};
use jiff::Timestamp;

use crate::{
    Named, Result, Tx, json,
    row::{FromRow, Row},
    sign_in::{Token, TokenHash},
    user::User,
    value::args,
};

/// What every token begins with, so that one left in a file is known for what it is.
const PREFIX: &str = "duxue_";

/// A token, without what is secret about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApiToken {
    /// Its identity.
    pub id: ApiTokenId,
    /// Whose, by the name that others see.
    pub owner: Named<UserId>,
    /// What it is for.
    pub name: String,
    /// What it may do, of what its owner may.
    pub scopes: Scopes,
    /// When it was made.
    pub created_at: Timestamp,
    /// Until when it is good.
    pub expires_at: Timestamp,
    /// When it was last shown, roughly.
    pub last_used_at: Option<Timestamp>,
    /// When it was revoked.
    pub revoked_at: Option<Timestamp>,
}

/// A token to keep.
#[derive(Clone, Debug)]
pub struct NewApiToken {
    /// Its identity.
    pub id: ApiTokenId,
    /// Whose.
    pub owner: UserId,
    /// What it is for.
    pub name: String,
    /// Of the token.
    pub token: TokenHash,
    /// What it may do.
    pub scopes: Scopes,
    /// Now.
    pub created_at: Timestamp,
    /// Until when it is good.
    pub expires_at: Timestamp,
}

/// A token that was shown and is good, and who made it.
#[derive(Clone, Debug, PartialEq)]
pub struct ShownToken {
    /// Its identity.
    pub id: ApiTokenId,
    /// Who made it.
    pub owner: User,
    /// What it was made for.
    pub scopes: Scopes,
    /// When it was shown before, roughly.
    pub last_used_at: Option<Timestamp>,
}

/// A new token's secret: a word that tells what it is, and 256 random bits.
///
/// # Errors
///
/// When the system has no randomness to give.
pub fn fresh() -> std::io::Result<Token> {
    Ok(Token::received(&format!("{PREFIX}{}", Token::random()?.secret())))
}

impl FromRow for ApiToken {
    fn from_row(row: &Row) -> Result<Self> {
        Ok(Self {
            id: row.parsed("id")?,
            owner: row.named("user_id", "display_name")?,
            name: row.text("name")?,
            scopes: row.json("scopes")?,
            created_at: row.time("created_at")?,
            expires_at: row.time("expires_at")?,
            last_used_at: row.opt_time("last_used_at")?,
            revoked_at: row.opt_time("revoked_at")?,
        })
    }
}

impl FromRow for ShownToken {
    fn from_row(row: &Row) -> Result<Self> {
        Ok(Self {
            id: row.parsed("token_id")?,
            owner: User::from_row(row)?,
            scopes: row.json("scopes")?,
            last_used_at: row.opt_time("last_used_at")?,
        })
    }
}

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT t.id, t.user_id, u.display_name, t.name, t.scopes, t.created_at, t.expires_at, t.last_used_at,
                    t.revoked_at
             FROM api_tokens t JOIN users u ON u.id = t.user_id ",
            $rest
        )
    };
}

impl Tx {
    /// Keeps a token. Field error: `name`.
    pub async fn add_api_token(&mut self, token: &NewApiToken) -> Result<()> {
        let NewApiToken { id, owner, name, token, scopes, created_at, expires_at } = token;
        self.run(
            "INSERT INTO api_tokens (id, user_id, name, token_hash, scopes, created_at, expires_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7)",
            args![id, owner, name, hex::encode(token.0), json::text(scopes), created_at, expires_at],
        )
        .await?;
        Ok(())
    }

    /// The one of that identity, also when it is good no more.
    pub async fn api_token(&mut self, id: ApiTokenId) -> Result<Option<ApiToken>> {
        self.optional(select!("WHERE t.id = $1"), args![id]).await
    }

    /// Those of `owner`, or everybody's, newest first, also those that are good no more; after `before`.
    pub async fn api_tokens(
        &mut self,
        owner: Option<UserId>,
        before: Option<ApiTokenId>,
        limit: u32,
    ) -> Result<Vec<ApiToken>> {
        self.all(
            select!("WHERE ($1 IS NULL OR t.user_id = $1) AND t.id < COALESCE($2, 'g') ORDER BY t.id DESC LIMIT $3"),
            args![owner, before, limit],
        )
        .await
    }

    /// Whose token this is, if it is good and they may sign in.
    pub async fn api_token_shown(&mut self, token: TokenHash, now: Timestamp) -> Result<Option<ShownToken>> {
        self.optional(
            "SELECT u.id, u.username, u.display_name, u.role, u.institution_id, i.name AS institution_name,
                    u.created_at, u.disabled_at, t.id AS token_id, t.scopes, t.last_used_at
             FROM api_tokens t
             JOIN users u ON u.id = t.user_id
             LEFT JOIN institutions i ON i.id = u.institution_id
             WHERE t.token_hash = $1 AND t.expires_at > $2 AND t.revoked_at IS NULL AND u.disabled_at IS NULL",
            args![hex::encode(token.0), now],
        )
        .await
    }

    /// Notes that it is in use.
    pub async fn touch_api_token(&mut self, id: ApiTokenId, now: Timestamp) -> Result<()> {
        self.run("UPDATE api_tokens SET last_used_at = $2 WHERE id = $1", args![id, now]).await?;
        Ok(())
    }

    /// Makes all of a person's good for nothing.
    pub async fn revoke_api_tokens_of(&mut self, owner: UserId, at: Timestamp, by: UserId) -> Result<u64> {
        self.run(
            "UPDATE api_tokens SET revoked_at = $2, revoked_by = $3 WHERE user_id = $1 AND revoked_at IS NULL",
            args![owner, at, by],
        )
        .await
    }

    /// Makes a token good for nothing. [`crate::Error::Lost`] when it was already.
    pub async fn revoke_api_token(&mut self, id: ApiTokenId, at: Timestamp, by: UserId) -> Result<()> {
        self.advance(
            "token",
            "UPDATE api_tokens SET revoked_at = $2, revoked_by = $3 WHERE id = $1 AND revoked_at IS NULL",
            args![id, at, by],
        )
        .await
    }
}
