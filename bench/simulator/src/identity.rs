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
        if self.0.is_multiple_of(2) { Sex::Female } else { Sex::Male }
    }
}

/// People who are far from each other for a recogniser and whose sex the gender head reads as drawn: a man, a woman, and
/// so on in turn. Chosen out of the first 500 numbers with face-reidentification-retail-0095; the figures are in the
/// crate's documentation.
pub const CAST: [Identity; 40] = {
    let numbers: [u64; 40] = [
        1, 238, 385, 388, 131, 80, 47, 98, 417, 90, 335, 212, 7, 186, 341, 208, 483, 10, 163, 224, 147, 304, 197, 436,
        285, 82, 389, 298, 121, 168, 497, 34, 221, 282, 117, 226, 343, 148, 85, 112,
    ];
    let mut cast = [Identity(0); 40];
    let mut n = 0;
    while n < 40 {
        cast[n] = Identity(numbers[n]);
        n += 1;
    }
    cast
};
