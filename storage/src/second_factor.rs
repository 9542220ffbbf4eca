//! Second factors: a secret of which a person's device makes codes, and codes for when the device is lost.

use std::collections::HashSet;

use duxue_rules::ids::UserId;
use jiff::Timestamp;
use sha2::{Digest, Sha256};
use totp_rs::Secret;

use crate::{
    Result, Tx,
    row::{FromRow, Row},
    secret::{CannotOpen, SecretKey},
    sign_in::TokenHash,
    totp::TotpSecret,
    user::User,
    value::args,
};

/// How many codes a person gets for when the device is lost.
pub const RECOVERY_CODES: usize = 10;
/// 80 bits: nobody guesses one, so that a plain hash of it suffices.
const RECOVERY_BYTES: usize = 10;

/// A second factor as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SecondFactor {
    /// What codes are made of.
    pub secret: TotpSecret,
    /// Since when it is asked for: since a code of it was shown.
    pub confirmed_at: Option<Timestamp>,
    /// Recovery codes that were not used yet.
    pub recovery_codes: u32,
}

/// A code for when the device is lost. Only its hash is kept.
#[derive(Clone, PartialEq, Eq)]
pub struct RecoveryCode(String);

impl RecoveryCode {
    /// A new one, from the system's randomness.
    ///
    /// # Errors
    ///
    /// When the system has none to give.
    pub fn random() -> std::io::Result<Self> {
        let mut bytes = [0; RECOVERY_BYTES];
        getrandom::fill(&mut bytes).map_err(std::io::Error::other)?;
        Ok(Self(Secret::from(bytes.to_vec()).to_base32()))
    }

    /// What somebody typed, however they grouped it.
    pub fn received(text: &str) -> Self {
        Self(text.chars().filter(char::is_ascii_alphanumeric).map(|letter| letter.to_ascii_uppercase()).collect())
    }

    /// To be written down: four groups of four.
    pub fn shown(&self) -> String {
        let letters: Vec<char> = self.0.chars().collect();
        let groups: Vec<String> = letters.chunks(4).map(|group| group.iter().collect()).collect();
        groups.join("-")
    }

    fn hash(&self) -> String {
        hex::encode(Sha256::digest(self.0.as_bytes()))
    }
}

struct Sealed {
    user: UserId,
    secret_sealed: String,
    confirmed_at: Option<Timestamp>,
    recovery_codes: u32,
}

impl FromRow for Sealed {
    fn from_row(row: &Row) -> Result<Self> {
        Ok(Self {
            user: row.parsed("user_id")?,
            secret_sealed: row.text("secret_sealed")?,
            confirmed_at: row.opt_time("confirmed_at")?,
            recovery_codes: row.number("recovery_codes")?,
        })
    }
}

pub(crate) fn aad(user: UserId) -> String {
    format!("second factor of {user}")
}

/// Whose it is.
struct Owner(UserId);

impl FromRow for Owner {
    fn from_row(row: &Row) -> Result<Self> {
        Ok(Self(row.parsed("user_id")?))
    }
}

impl Tx {
    /// Everyone of whom a second factor is asked: one that they have confirmed.
    pub async fn second_factor_owners(&mut self) -> Result<HashSet<UserId>> {
        let owners: Vec<Owner> =
            self.all("SELECT user_id FROM second_factors WHERE confirmed_at IS NOT NULL", args![]).await?;
        Ok(owners.into_iter().map(|Owner(user)| user).collect())
    }

    /// Whether a second factor is asked of this person.
    pub async fn has_second_factor(&mut self, user: UserId) -> Result<bool> {
        let sql = "SELECT user_id FROM second_factors WHERE user_id = $1 AND confirmed_at IS NOT NULL";
        let owner: Option<Owner> = self.optional(sql, args![user]).await?;
        Ok(owner.is_some())
    }

    /// Keeps a secret that is not confirmed yet, in place of an earlier one that never was. [`crate::Error::Lost`] when
    /// the person has a confirmed one.
    pub async fn begin_second_factor(
        &mut self,
        user: UserId,
        secret: &TotpSecret,
        now: Timestamp,
        key: &SecretKey,
    ) -> Result<()> {
        let sealed = key.seal(&aad(user), secret.bytes())?;
        self.advance(
            "second factor",
            "INSERT INTO second_factors (user_id, secret_sealed, created_at) VALUES ($1, $2, $3)
             ON CONFLICT (user_id) DO UPDATE
             SET secret_sealed = excluded.secret_sealed, created_at = excluded.created_at
             WHERE second_factors.confirmed_at IS NULL",
            args![user, sealed, now],
        )
        .await
    }

    /// A person's second factor, confirmed or not.
    pub async fn second_factor(&mut self, user: UserId, key: &SecretKey) -> Result<Option<SecondFactor>> {
        let sealed: Option<Sealed> = self
            .optional(
                "SELECT f.user_id, f.secret_sealed, f.confirmed_at,
                        (SELECT COUNT(*) FROM recovery_codes c WHERE c.user_id = f.user_id AND c.used_at IS NULL)
                        AS recovery_codes
                 FROM second_factors f WHERE f.user_id = $1",
                args![user],
            )
            .await?;
        let open = |row: Sealed| {
            let bytes = key.open(&aad(row.user), &row.secret_sealed)?.try_into().map_err(|_| CannotOpen)?;
            let secret = TotpSecret::from_bytes(bytes);
            Ok(SecondFactor { secret, confirmed_at: row.confirmed_at, recovery_codes: row.recovery_codes })
        };
        sealed.map(open).transpose()
    }

    /// Confirms a secret by the code of that time step. [`crate::Error::Lost`] when it was already.
    pub async fn confirm_second_factor(
        &mut self,
        user: UserId,
        step: i64,
        now: Timestamp,
        codes: &[RecoveryCode],
    ) -> Result<()> {
        self.advance(
            "second factor",
            "UPDATE second_factors SET confirmed_at = $2, last_step = $3 WHERE user_id = $1 AND confirmed_at IS NULL",
            args![user, now, step],
        )
        .await?;
        self.replace_recovery_codes(user, codes).await
    }

    /// Takes the code of a time step: whether it is later than every one taken before. So a code is good once, also of two
    /// that come at the same time.
    pub async fn take_step(&mut self, user: UserId, step: i64) -> Result<bool> {
        let taken = self
            .run(
                "UPDATE second_factors SET last_step = $2
                 WHERE user_id = $1 AND confirmed_at IS NOT NULL AND last_step < $2",
                args![user, step],
            )
            .await?;
        Ok(taken > 0)
    }

    /// Takes a recovery code: whether it is one of theirs that was not used.
    pub async fn take_recovery_code(&mut self, user: UserId, code: &RecoveryCode, now: Timestamp) -> Result<bool> {
        let sql = "UPDATE recovery_codes SET used_at = $3 WHERE user_id = $1 AND code_hash = $2 AND used_at IS NULL";
        Ok(self.run(sql, args![user, code.hash(), now]).await? > 0)
    }

    /// Gives a person new recovery codes; the old ones are good no more.
    pub async fn replace_recovery_codes(&mut self, user: UserId, codes: &[RecoveryCode]) -> Result<()> {
        self.run("DELETE FROM recovery_codes WHERE user_id = $1", args![user]).await?;
        for code in codes {
            let sql = "INSERT INTO recovery_codes (user_id, code_hash) VALUES ($1, $2)";
            self.run(sql, args![user, code.hash()]).await?;
        }
        Ok(())
    }

    /// Takes a second factor away, with its recovery codes. [`crate::Error::Lost`] when there is none.
    pub async fn remove_second_factor(&mut self, user: UserId) -> Result<()> {
        self.run("DELETE FROM recovery_codes WHERE user_id = $1", args![user]).await?;
        self.advance("second factor", "DELETE FROM second_factors WHERE user_id = $1", args![user]).await
    }

    /// Keeps that the password was given and the code is owed.
    pub async fn add_half_sign_in(
        &mut self,
        ticket: TokenHash,
        user: UserId,
        created_at: Timestamp,
        expires_at: Timestamp,
    ) -> Result<()> {
        self.run(
            "INSERT INTO half_sign_ins (ticket_hash, user_id, created_at, expires_at) VALUES ($1, $2, $3, $4)",
            args![hex::encode(ticket.0), user, created_at, expires_at],
        )
        .await?;
        Ok(())
    }

    /// Who owes the code of this ticket, if it is good and they may sign in.
    pub async fn half_signed_in(&mut self, ticket: TokenHash, now: Timestamp) -> Result<Option<User>> {
        self.optional(
            "SELECT u.id, u.username, u.display_name, u.role, u.institution_id, i.name AS institution_name,
                    u.created_at, u.disabled_at
             FROM half_sign_ins h
             JOIN users u ON u.id = h.user_id
             LEFT JOIN institutions i ON i.id = u.institution_id
             WHERE h.ticket_hash = $1 AND h.expires_at > $2 AND u.disabled_at IS NULL",
            args![hex::encode(ticket.0), now],
        )
        .await
    }

    /// Ends a ticket; whether it was there.
    pub async fn end_half_sign_in(&mut self, ticket: TokenHash) -> Result<bool> {
        Ok(self.run("DELETE FROM half_sign_ins WHERE ticket_hash = $1", args![hex::encode(ticket.0)]).await? > 0)
    }

    pub(crate) async fn end_half_sign_ins_of(&mut self, user: UserId) -> Result<()> {
        self.run("DELETE FROM half_sign_ins WHERE user_id = $1", args![user]).await?;
        Ok(())
    }

    /// Forgets tickets that have run out; how many.
    pub async fn sweep_half_sign_ins(&mut self, now: Timestamp) -> Result<u64> {
        self.run("DELETE FROM half_sign_ins WHERE expires_at <= $1", args![now]).await
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_known_however_it_is_typed() {
        let code = RecoveryCode::random().unwrap();
        let shown = code.shown();
        assert_eq!((shown.len(), shown.matches('-').count()), (19, 3), "{shown}");
        for typed in [shown.clone(), shown.to_lowercase(), shown.replace('-', " ")] {
            assert_eq!(RecoveryCode::received(&typed).hash(), code.hash());
        }
        assert_ne!(RecoveryCode::random().unwrap().hash(), code.hash());
    }
}
