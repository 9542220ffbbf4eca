//! The second factor: codes by time (RFC 6238) of a secret that the person's device has too.

pub mod begin;
pub mod confirm;
pub mod remove;
pub mod remove_of;
pub mod renew_codes;
pub mod show;

use duxue_storage::second_factor::{RECOVERY_CODES, RecoveryCode};

use crate::{
    app::Shared,
    dto::second_factor::RecoveryCodes,
    extract::SignedIn,
    problem::{Failure, chain},
};

/// New recovery codes, and how they are shown.
fn recovery_codes() -> Result<(Vec<RecoveryCode>, RecoveryCodes), Failure> {
    let codes: std::io::Result<Vec<RecoveryCode>> = (0..RECOVERY_CODES).map(|_| RecoveryCode::random()).collect();
    let codes = codes.map_err(|error| {
        tracing::error!(error = chain(&error), "the system gives no randomness");
        Failure::Internal
    })?;
    let shown = RecoveryCodes { recovery_codes: codes.iter().map(RecoveryCode::shown).collect() };
    Ok((codes, shown))
}

/// A code of one's own device or a recovery code, beside the password. Wrong ones count as failed sign-ins do.
async fn take_own_code(app: &Shared, who: &SignedIn, code: &str) -> Result<(), Failure> {
    if app.take_code(&who.user, None, code).await? {
        return Ok(());
    }
    Err(Failure::field("code", "验证码错误或已使用，未作任何更改。", "the code is wrong or was used; nothing was done"))
}
