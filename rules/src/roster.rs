//! Who is on a class's roster 学员花名册, as far as the rules need to know.

use serde::{Deserialize, Serialize};

use crate::ids::StudentId;

/// The registered sex (the 17th digit of the ID number, GB 11643).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sex {
    /// 男.
    Male,
    /// 女.
    Female,
}

/// One student of the class.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct RosterStudent {
    /// Who.
    pub id: StudentId,
    /// The name, for sentences that an official reads.
    pub name: String,
    /// As registered.
    pub sex: Sex,
    /// Whether there is a face template to compare with; without one nothing can be said about this student's face.
    pub enrolled: bool,
}
