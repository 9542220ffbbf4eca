//! Browsers that are signed in.

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use duxue_rules::ids::UserId;
use jiff::Timestamp;
use sha2::{Digest, Sha256};

use crate::{
    Result, Tx,
    row::{FromRow, Row},
    user::User,
    value::args,
};

/// What a browser shows to prove that it is signed in: 256 random bits. Only its hash is ever stored.
#[derive(Clone, PartialEq, Eq)]
pub struct Token(String);

impl Token {
    /// A new one, from the system's randomness.
    ///
    /// # Errors
    ///
    /// When the system has none to give.
    pub fn random() -> std::io::Result<Self> {
        let mut bytes = [0; 32];
        getrandom::fill(&mut bytes).map_err(std::io::Error::other)?;
        Ok(Self(BASE64_URL_SAFE_NO_PAD.encode(bytes)))
    }

    /// What a browser sent.
    pub fn received(text: &str) -> Self {
        Self(text.to_owned())
    }

    /// What the browser is to keep: 43 characters of the URL-safe alphabet.
    pub fn secret(&self) -> &str {
        &self.0
    }

    /// The hash under which it is looked up. SHA-256 suffices: unlike a password, it cannot be guessed.
    pub fn hash(&self) -> TokenHash {
        TokenHash(Sha256::digest(self.0.as_bytes()).into())
    }
}

impl std::fmt::Debug for Token {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Token(…)")
    }
}

/// The hash of a [`Token`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct TokenHash(pub [u8; 32]);

impl TokenHash {
    fn text(self) -> String {
        hex::encode(self.0)
    }
}

/// A browser that is signed in, and as whom.
#[derive(Clone, Debug, PartialEq)]
pub struct SignIn {
    /// Who.
    pub user: User,
    /// Since when.
    pub created_at: Timestamp,
    /// Until when at most.
    pub expires_at: Timestamp,
    /// When it last asked for something, roughly.
    pub last_seen_at: Timestamp,
    /// Whether they have a second factor.
    pub second_factor: bool,
}

impl FromRow for SignIn {
    fn from_row(row: &Row) -> Result<Self> {
        Ok(Self {
            user: User::from_row(row)?,
            created_at: row.time("signed_in_at")?,
            expires_at: row.time("expires_at")?,
            last_seen_at: row.time("last_seen_at")?,
            second_factor: row.flag("second_factor")?,
        })
    }
}

impl Tx {
    /// Signs a browser in.
    pub async fn add_sign_in(
        &mut self,
        token: TokenHash,
        user: UserId,
        created_at: Timestamp,
        expires_at: Timestamp,
    ) -> Result<()> {
        self.run(
            "INSERT INTO sign_ins (token_hash, user_id, created_at, expires_at, last_seen_at)
             VALUES ($1, $2, $3, $4, $3)",
            args![token.text(), user, created_at, expires_at],
        )
        .await?;
        Ok(())
    }

    /// Who shows this token, if it is still good and they may sign in.
    pub async fn signed_in(&mut self, token: TokenHash, now: Timestamp) -> Result<Option<SignIn>> {
        self.optional(
            "SELECT u.id, u.username, u.display_name, u.role, u.institution_id, i.name AS institution_name,
                    u.created_at, u.disabled_at, s.created_at AS signed_in_at, s.expires_at, s.last_seen_at,
                    EXISTS (SELECT 1 FROM second_factors f WHERE f.user_id = u.id AND f.confirmed_at IS NOT NULL)
                    AS second_factor
             FROM sign_ins s
             JOIN users u ON u.id = s.user_id
             LEFT JOIN institutions i ON i.id = u.institution_id
             WHERE s.token_hash = $1 AND s.expires_at > $2 AND u.disabled_at IS NULL",
            args![token.text(), now],
        )
        .await
    }

    /// Notes that the browser is in use.
    pub async fn touch_sign_in(&mut self, token: TokenHash, now: Timestamp) -> Result<()> {
        self.run("UPDATE sign_ins SET last_seen_at = $2 WHERE token_hash = $1", args![token.text(), now]).await?;
        Ok(())
    }

    /// Signs a browser out; whether it was signed in.
    pub async fn end_sign_in(&mut self, token: TokenHash) -> Result<bool> {
        Ok(self.run("DELETE FROM sign_ins WHERE token_hash = $1", args![token.text()]).await? > 0)
    }

    /// Signs every browser of a person's out, also those that owe a code.
    pub async fn end_sign_ins_of(&mut self, user: UserId) -> Result<()> {
        self.run("DELETE FROM sign_ins WHERE user_id = $1", args![user]).await?;
        self.end_half_sign_ins_of(user).await
    }

    /// Signs every browser of a person's out but one, also those that owe a code.
    pub async fn end_other_sign_ins(&mut self, user: UserId, here: TokenHash) -> Result<()> {
        self.run("DELETE FROM sign_ins WHERE user_id = $1 AND token_hash <> $2", args![user, here.text()]).await?;
        self.end_half_sign_ins_of(user).await
    }

    /// Forgets those that have run out; how many.
    pub async fn sweep_sign_ins(&mut self, now: Timestamp) -> Result<u64> {
        self.run("DELETE FROM sign_ins WHERE expires_at <= $1", args![now]).await
    }
}
