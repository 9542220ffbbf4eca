//! R6.1: what the provincial platform is told of a class, and calls it.

use duxue_rules::ids::ClassId;
use duxue_storage::platform::PlatformClass as Row;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    exchange::TableFormat,
    import::Imported,
    refs::{ClassRef, UserRef},
};

/// A file for the platform.
#[derive(Clone, Copy, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewPlatformFile {
    /// As what kind of file.
    #[serde(default)]
    pub format: TableFormat,
}

/// A class's name in its parts (R6.1): `YYYY年{major}专业{batch}班期`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct ClassNameParts {
    /// The year.
    #[schema(example = 2024)]
    pub year: i16,
    /// The major.
    #[schema(example = "电子商务")]
    pub major: String,
    /// Which class of that major in that year, from 1.
    pub batch: u32,
}

/// A class and the provincial platform.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Platform {
    /// The class, with its name here.
    pub class: ClassRef,
    /// The name in its parts; null where it does not follow the form, and the platform would not take it.
    pub parts: Option<ClassNameParts>,
    /// What the platform says; null before its answer was handed in.
    pub answer: Option<PlatformAnswer>,
}

/// What the platform says of a class.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct PlatformAnswer {
    /// Its name there, which is the same as here.
    pub name: String,
    /// Its number there.
    pub number: String,
    /// When the answer was handed in.
    pub at: Timestamp,
    /// By whom.
    pub by: UserRef,
    /// SHA-256 of the table, in hexadecimal.
    pub sha256: String,
}

/// What came of the platform's table.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ImportedPlatformAnswers {
    /// What came of the table.
    #[serde(flatten)]
    pub imported: Imported,
    /// The classes that it tells of.
    #[schema(value_type = Vec<Uuid>)]
    pub class_ids: Vec<ClassId>,
}

impl From<Row> for PlatformAnswer {
    fn from(row: Row) -> Self {
        Self {
            name: row.name,
            number: row.number,
            at: row.answered_at,
            by: row.answered_by.into(),
            sha256: hex::encode(row.table_sha256),
        }
    }
}
