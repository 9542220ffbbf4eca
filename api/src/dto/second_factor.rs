//! The second factor of a sign-in: codes by time (RFC 6238).

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// The password was right; a code is owed.
#[derive(Clone, Serialize, ToSchema)]
pub struct CodeOwed {
    /// To be sent with the code to `POST /sign-in/code`.
    pub ticket: String,
    /// Until when it is good.
    pub expires_at: Timestamp,
}

/// The second step of a sign-in.
#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CodeSignIn {
    /// The `ticket` of the first step.
    #[schema(max_length = 100)]
    pub ticket: String,
    /// The six digits that the person's device shows now, or one of their recovery codes.
    #[schema(max_length = 40, example = "287082")]
    pub code: String,
}

/// How one's own second factor stands.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct SecondFactor {
    /// Whether whoever runs duxue asks it of this role.
    pub required: bool,
    /// Since when it is on; null while it is not.
    pub on_since: Option<Timestamp>,
    /// Recovery codes that were not used yet.
    pub recovery_codes: u32,
}

/// One's own password once more.
#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Reassurance {
    /// The password.
    #[schema(max_length = 1024, format = Password)]
    pub password: String,
}

/// One's own password once more, and a code.
#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FullReassurance {
    /// The password.
    #[schema(max_length = 1024, format = Password)]
    pub password: String,
    /// The six digits that the device shows now, or a recovery code.
    #[schema(max_length = 40)]
    pub code: String,
}

/// A secret to put on a device. It is on once a code of it was shown.
#[derive(Clone, Serialize, ToSchema)]
pub struct BegunSecondFactor {
    /// To type in: base32 (RFC 4648).
    pub secret: String,
    /// To show as a square picture: `otpauth://totp/…`.
    pub uri: String,
}

/// A code that shows that the device has the secret.
#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FirstCode {
    /// The six digits that the device shows now.
    #[schema(max_length = 40)]
    pub code: String,
}

/// Codes for when the device is lost.
#[derive(Clone, Serialize, ToSchema)]
pub struct RecoveryCodes {
    /// Ten, each good once. Shown this once; only their hashes are kept.
    pub recovery_codes: Vec<String>,
}
