//! Passwords: argon2id (RFC 9106), stored as PHC strings.
//!
//! Hashing takes tens of milliseconds of a core on purpose, so it runs on tokio's blocking threads.

use argon2::{
    Argon2,
    password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash},
};
use tokio::task::spawn_blocking;

/// The fewest characters of a password.
pub const MIN_CHARACTERS: usize = 8;
/// The most bytes: nobody needs more, and hashing them would cost.
pub const MAX_BYTES: usize = 1024;

/// Why a password cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadPassword {
    /// Too easy to guess.
    #[error("a password has at least {MIN_CHARACTERS} characters")]
    TooShort,
    /// Longer than anyone types.
    #[error("a password has at most {MAX_BYTES} bytes")]
    TooLong,
    /// The system gave no randomness or no memory.
    #[error("the password could not be hashed")]
    System,
}

impl BadPassword {
    /// The same in Chinese.
    pub fn zh(self) -> &'static str {
        match self {
            Self::TooShort => "密码至少 8 个字符",
            Self::TooLong => "密码过长",
            Self::System => "密码处理失败，请稍后再试",
        }
    }
}

/// The PHC string of a password, with a salt of its own.
///
/// # Errors
///
/// [`BadPassword`], to be shown at the field `password`.
pub async fn hash(password: String) -> Result<String, BadPassword> {
    if password.chars().count() < MIN_CHARACTERS {
        return Err(BadPassword::TooShort);
    }
    if password.len() > MAX_BYTES {
        return Err(BadPassword::TooLong);
    }
    spawn_blocking(move || Argon2::default().hash_password(password.as_bytes()).map(|hash| hash.to_string()))
        .await
        .map_err(|_| BadPassword::System)?
        .map_err(|_| BadPassword::System)
}

/// Whether `password` is the one of `hash`. Without a hash (no such user) it takes as long and answers no, so that
/// nobody learns from the time which user names exist.
pub async fn verify(password: String, hash: Option<String>) -> bool {
    /// Of a random password that nobody kept, with the parameters that [`hash`] uses.
    const NOBODY: &str =
        "$argon2id$v=19$m=19456,t=2,p=1$CGVK5IVcOFCPZDXOVjJUvg$v1vZLdMhDCLKuDrPSQ5tXzJuFg8hJrZ1iIYC4XkzkJ4";
    if password.len() > MAX_BYTES {
        return false;
    }
    let check = move || {
        let known = hash.is_some();
        let text = hash.unwrap_or_else(|| NOBODY.to_owned());
        let Ok(hash) = PasswordHash::new(&text) else { return false };
        let fits = Argon2::default().verify_password(password.as_bytes(), &hash).is_ok();
        fits && known
    };
    spawn_blocking(check).await.unwrap_or(false)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn the_right_one_fits_and_no_other() {
        let hash = hash("夜里的火车 train".into()).await.unwrap();
        assert!(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{hash}");
        assert!(verify("夜里的火车 train".into(), Some(hash.clone())).await);
        assert!(!verify("夜里的火车 Train".into(), Some(hash)).await);
    }

    #[tokio::test]
    async fn nobody_has_no_password_but_a_hash_that_reads() {
        assert!(!verify("anything at all".into(), None).await);
        // A hash that does not read would answer at once, and so tell.
        let started = std::time::Instant::now();
        verify("anything at all".into(), None).await;
        assert!(started.elapsed() > std::time::Duration::from_millis(1), "no work was done");
    }

    #[tokio::test]
    async fn short_and_endless_ones_are_refused() {
        assert_eq!(hash("1234567".into()).await, Err(BadPassword::TooShort));
        assert_eq!(hash("x".repeat(1025)).await, Err(BadPassword::TooLong));
        assert!(!verify("x".repeat(1025), None).await);
    }
}
