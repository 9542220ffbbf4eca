//! Codes by time: TOTP (RFC 6238) as every authenticator knows it: SHA-1, six digits, thirty seconds.

use jiff::Timestamp;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use totp_rs::{Builder, Secret, Totp};

/// Bytes of a secret: as long as the hash (RFC 4226, 4, R6).
const BYTES: usize = 20;

/// What the person's device and we both have. It never shows but while it is handed over.
#[derive(Clone, PartialEq, Eq)]
pub struct TotpSecret([u8; BYTES]);

impl std::fmt::Debug for TotpSecret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("TotpSecret(…)")
    }
}

impl TotpSecret {
    /// A new one, from the system's randomness.
    ///
    /// # Errors
    ///
    /// When the system has none to give.
    pub fn random() -> std::io::Result<Self> {
        let mut bytes = [0; BYTES];
        getrandom::fill(&mut bytes).map_err(std::io::Error::other)?;
        Ok(Self(bytes))
    }

    /// The one of these bytes.
    pub fn from_bytes(bytes: [u8; BYTES]) -> Self {
        Self(bytes)
    }

    pub(crate) fn bytes(&self) -> &[u8; BYTES] {
        &self.0
    }

    fn totp(&self) -> Totp {
        Builder::new().with_secret(Secret::from(self.0)).with_skew(1).build_noncompliant()
    }

    /// The time step whose code this is, if it is one of now, of the step before or of the one after: clocks differ.
    pub fn step_of(&self, code: &str, now: Timestamp) -> Option<i64> {
        let code: String = code.chars().filter(|letter| !letter.is_whitespace()).collect();
        if code.len() != 6 || !code.bytes().all(|digit| digit.is_ascii_digit()) {
            return None;
        }
        let step = self.totp().check(&code, u64::try_from(now.as_second()).ok()?)?;
        i64::try_from(step).ok()
    }

    /// The code of an instant, as the person's device shows it.
    pub fn code_at(&self, at: Timestamp) -> String {
        let second = u64::try_from(at.as_second()).unwrap_or(0);
        self.totp().generate(second).to_string()
    }

    /// As people type it into a device: base32 (RFC 4648).
    pub fn base32(&self) -> String {
        Secret::from(self.0).to_base32()
    }

    /// As a device reads it from a square picture.
    pub fn uri(&self, account: &str) -> String {
        let account = utf8_percent_encode(account, NON_ALPHANUMERIC);
        format!("otpauth://totp/duxue:{account}?secret={}&issuer=duxue", self.base32())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    /// RFC 6238, appendix B, SHA-1: of its eight digits the last six.
    const VECTORS: [(i64, &str); 6] = [
        (59, "287082"),
        (1_111_111_109, "081804"),
        (1_111_111_111, "050471"),
        (1_234_567_890, "005924"),
        (2_000_000_000, "279037"),
        (20_000_000_000, "353130"),
    ];

    #[test]
    fn codes_are_those_of_the_rfc() {
        let secret = TotpSecret::from_bytes(*b"12345678901234567890");
        for (second, code) in VECTORS {
            assert_eq!(secret.code_at(at(second)), code);
            assert_eq!(secret.step_of(code, at(second)), Some(second / 30));
        }
        assert_eq!(secret.base32(), "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
    }

    #[test]
    fn a_code_is_of_one_step_and_good_for_one_more_each_way() {
        let secret = TotpSecret::from_bytes(*b"12345678901234567890");
        let code = secret.code_at(at(3000));
        assert_eq!(
            (2970..3060).map(|second| secret.step_of(&code, at(second))).filter(|s| *s == Some(100)).count(),
            90
        );
        assert_eq!((secret.step_of(&code, at(2969)), secret.step_of(&code, at(3060))), (None, None));
        let spaced = format!(" {} {} ", &code[..3], &code[3..]);
        assert_eq!(secret.step_of(&spaced, at(3000)), Some(100), "as some devices show it");
        for wrong in ["", "12345", "1234567", "abcdef", "１２３４５６", "-12345"] {
            assert_eq!(secret.step_of(wrong, at(3000)), None, "{wrong}");
        }
        assert_ne!(TotpSecret::random().unwrap(), secret);
    }

    #[test]
    fn the_picture_holds_secret_and_name() {
        let secret = TotpSecret::from_bytes(*b"12345678901234567890");
        let uri = "otpauth://totp/duxue:li%40n%3A1?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=duxue";
        assert_eq!(secret.uri("li@n:1"), uri);
        assert!(!format!("{secret:?}").contains("GEZ"));
    }
}
