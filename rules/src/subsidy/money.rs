//! Money in whole fen 分: never a fraction, never a float.

use std::fmt;

use serde::{Deserialize, Serialize};

/// An amount in fen; 100 fen are a yuan.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Fen(u64);

impl Fen {
    /// Nothing.
    pub const ZERO: Self = Self(0);

    /// So many fen.
    pub const fn from_fen(fen: u64) -> Self {
        Self(fen)
    }

    /// So many yuan, at most what fits.
    pub const fn from_yuan(yuan: u64) -> Self {
        Self(yuan.saturating_mul(100))
    }

    /// The fen.
    pub const fn fen(self) -> u64 {
        self.0
    }

    /// The sum, if it fits.
    pub const fn checked_add(self, other: Self) -> Option<Self> {
        match self.0.checked_add(other.0) {
            Some(sum) => Some(Self(sum)),
            None => None,
        }
    }
}

/// Yuan with two decimals, such as `3000.00`.
impl fmt::Display for Fen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{:02}", self.0 / 100, self.0 % 100)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_shown_in_yuan_and_stored_in_fen() {
        assert_eq!(Fen::from_yuan(3_000).to_string(), "3000.00");
        assert_eq!(Fen::from_fen(5).to_string(), "0.05");
        assert_eq!(Fen::from_yuan(3).fen(), 300);
        assert_eq!(serde_json::to_string(&Fen::from_yuan(1)).unwrap(), "100");
        assert_eq!(Fen::from_fen(u64::MAX).checked_add(Fen::from_fen(1)), None);
    }
}
