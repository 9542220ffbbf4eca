//! People who sign in.

use duxue_rules::{
    access::{Actor, Role},
    ids::{InstitutionId, UserId},
};
use jiff::Timestamp;

use crate::{
    Named, Result, Tx, json,
    row::{FromRow, Row},
    sign_in::TokenHash,
    value::{ToValue, args},
};

/// A person who signs in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct User {
    /// Their identity.
    pub id: UserId,
    /// What they type to sign in.
    pub username: String,
    /// What others see.
    pub display_name: String,
    /// What they are.
    pub role: Role,
    /// For whom they work; exactly people of an institution have one.
    pub institution: Option<Named<InstitutionId>>,
    /// When they were added.
    pub created_at: Timestamp,
    /// Since when they cannot sign in.
    pub disabled_at: Option<Timestamp>,
}

/// A person to add.
#[derive(Clone)]
pub struct NewUser {
    /// Their identity.
    pub id: UserId,
    /// What they type to sign in.
    pub username: String,
    /// What others see.
    pub display_name: String,
    /// What they are.
    pub role: Role,
    /// For whom they work.
    pub institution: Option<InstitutionId>,
    /// From [`crate::password::hash`].
    pub password_hash: String,
    /// Now.
    pub created_at: Timestamp,
}

impl User {
    /// As the access rules see them.
    pub fn actor(&self) -> Actor {
        Actor { role: self.role, institution: self.institution.as_ref().map(|institution| institution.id) }
    }
}

impl FromRow for User {
    fn from_row(row: &Row) -> Result<Self> {
        Ok(Self {
            id: row.parsed("id")?,
            username: row.text("username")?,
            display_name: row.text("display_name")?,
            role: row.word("role")?,
            institution: row.opt_named("institution_id", "institution_name")?,
            created_at: row.time("created_at")?,
            disabled_at: row.opt_time("disabled_at")?,
        })
    }
}

/// A user with what is needed to check a password.
struct WithPassword(User, String);

impl FromRow for WithPassword {
    fn from_row(row: &Row) -> Result<Self> {
        Ok(Self(User::from_row(row)?, row.text("password_hash")?))
    }
}

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT u.id, u.username, u.display_name, u.role, u.institution_id, i.name AS institution_name,
                    u.created_at, u.disabled_at, u.password_hash
             FROM users u LEFT JOIN institutions i ON i.id = u.institution_id ",
            $rest
        )
    };
}

impl Tx {
    /// Adds a person. Field errors: `username`, `display_name`, `institution_id`.
    pub async fn add_user(&mut self, user: &NewUser) -> Result<()> {
        let NewUser { id, username, display_name, role, institution, password_hash, created_at } = user;
        self.insert(
            "INSERT INTO users (id, username, display_name, role, institution_id, password_hash, created_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7)",
            args![id, username, display_name, json::word(role), institution, password_hash, created_at],
            &[("users_institution_exists", "SELECT id FROM institutions WHERE id = $1", institution.to_value())],
        )
        .await
    }

    /// The person of that identity.
    pub async fn user(&mut self, id: UserId) -> Result<Option<User>> {
        self.optional(select!("WHERE u.id = $1"), args![id]).await
    }

    /// The person who signs in by that name, with the hash that their password must fit; also when disabled.
    pub async fn user_to_sign_in(&mut self, username: &str) -> Result<Option<(User, String)>> {
        let found: Option<WithPassword> = self.optional(select!("WHERE u.username = $1"), args![username]).await?;
        Ok(found.map(|WithPassword(user, hash)| (user, hash)))
    }

    /// Everyone, by identity, after `after`.
    pub async fn users(&mut self, after: Option<UserId>, limit: u32) -> Result<Vec<User>> {
        self.all(select!("WHERE ($1 IS NULL OR u.id > $1) ORDER BY u.id LIMIT $2"), args![after, limit]).await
    }

    /// Those of an institution, or of none, who may sign in, by name.
    pub async fn colleagues(&mut self, institution: Option<InstitutionId>) -> Result<Vec<User>> {
        self.all(
            select!(
                "WHERE u.disabled_at IS NULL
                   AND (u.institution_id = $1 OR ($1 IS NULL AND u.institution_id IS NULL))
                 ORDER BY u.display_name, u.id"
            ),
            args![institution],
        )
        .await
    }

    /// Replaces a password. Every browser of theirs is signed out.
    pub async fn set_password(&mut self, id: UserId, password_hash: &str) -> Result<()> {
        self.advance("user", "UPDATE users SET password_hash = $2 WHERE id = $1", args![id, password_hash]).await?;
        self.end_sign_ins_of(id).await
    }

    /// Replaces a password of somebody who is signed in; every other browser of theirs is signed out.
    pub async fn change_password(&mut self, id: UserId, password_hash: &str, here: TokenHash) -> Result<()> {
        self.advance("user", "UPDATE users SET password_hash = $2 WHERE id = $1", args![id, password_hash]).await?;
        self.end_other_sign_ins(id, here).await
    }

    /// Lets a person sign in again who was kept from it. Lost if they may.
    pub async fn enable_user(&mut self, id: UserId) -> Result<()> {
        let sql = "UPDATE users SET disabled_at = NULL WHERE id = $1 AND disabled_at IS NOT NULL";
        self.advance("user", sql, args![id]).await
    }

    /// Keeps a person from signing in, from now on; every browser of theirs is signed out. Lost if they were already.
    pub async fn disable_user(&mut self, id: UserId, at: Timestamp) -> Result<()> {
        self.advance("user", "UPDATE users SET disabled_at = $2 WHERE id = $1 AND disabled_at IS NULL", args![id, at])
            .await?;
        self.end_sign_ins_of(id).await
    }
}
