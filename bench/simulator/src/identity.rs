//! Who a drawn person is: looks that stay the same in every picture, out of one number.

use serde::{Deserialize, Serialize};

/// A person's number; everything about their looks follows from it. Odd numbers are men, even ones women.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Identity(u64);

/// The sex a person is drawn with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sex {
    /// A woman.
    Female,
    /// A man.
    Male,
}

impl Identity {
    /// The person of that number.
    pub const fn of(number: u64) -> Self {
        Self(number)
    }

    /// The number.
    pub const fn number(self) -> u64 {
        self.0
    }

    /// How the person is drawn.
    pub const fn sex(self) -> Sex {
        if self.0 % 2 == 0 { Sex::Female } else { Sex::Male }
    }
}
