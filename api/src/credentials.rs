//! User names and passwords that somebody chooses, and tokens that the system does.

use duxue_storage::{
    password::{self, BadPassword},
    sign_in::Token,
};

use crate::problem::{Failure, chain};

/// The hash of a chosen password, to be stored; `field` is where it was typed.
pub(crate) async fn hashed(field: &str, password: String) -> Result<String, Failure> {
    password::hash(password).await.map_err(|problem| match problem {
        BadPassword::TooShort | BadPassword::TooLong => Failure::field(field, problem.zh(), problem.to_string()),
        BadPassword::System => Failure::Internal,
    })
}

/// Refuses a user name that nobody could type again.
pub(crate) fn username(chosen: &str) -> Result<(), Failure> {
    if chosen.chars().any(|letter| letter.is_whitespace() || letter.is_control()) {
        return Err(Failure::field("username", "用户名不得含空格。", "a user name holds no spaces"));
    }
    Ok(())
}

/// What the system's randomness gave.
pub(crate) fn random(token: std::io::Result<Token>) -> Result<Token, Failure> {
    token.map_err(|error| {
        tracing::error!(error = chain(&error), "the system gives no randomness");
        Failure::Internal
    })
}
