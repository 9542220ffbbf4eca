//! R4.1 to R4.3: queries to offices that are asked by file, and their answers.

use duxue_rules::ids::{ExchangeId, FileId, StudentId};
use duxue_storage::exchange::Exchange as Row;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{
    import::Imported,
    refs::{ClassRef, UserRef},
    verification::Verifications,
    words::{VerificationMatter, VerificationPhase},
};

/// A query to write.
#[derive(Clone, Copy, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewExchange {
    /// What is asked: `business` and `other` are the institution's to ask, `employment` the centre's.
    pub matter: VerificationMatter,
    /// For which of the two times.
    pub phase: VerificationPhase,
    /// As what kind of file.
    #[serde(default)]
    pub format: TableFormat,
}

/// A kind of file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum TableFormat {
    /// A workbook.
    #[default]
    Xlsx,
    /// CSV in UTF-8.
    Csv,
}

/// A query that went out.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Exchange {
    /// Its identity.
    #[schema(value_type = Uuid)]
    pub id: ExchangeId,
    /// About whose students.
    pub class: ClassRef,
    /// What was asked.
    pub matter: VerificationMatter,
    /// For which of the two times.
    pub phase: VerificationPhase,
    /// Whose ID numbers went out.
    #[schema(value_type = Vec<Uuid>)]
    pub students: Vec<StudentId>,
    /// When.
    pub asked_at: Timestamp,
    /// To whom the file was given.
    pub asked_by: UserRef,
    /// The answer; null until it came.
    pub answer: Option<ExchangeAnswer>,
}

/// An answer that came.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ExchangeAnswer {
    /// When it was handed in.
    pub at: Timestamp,
    /// By whom.
    pub by: UserRef,
    /// SHA-256 of its file, in hexadecimal.
    pub sha256: String,
    /// How many people it told of.
    pub rows: u32,
}

/// How an answer is handed in.
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct AnswerImport {
    /// The paper for all of them, where the matter needs one: 核实说明 before, 截图 or 核实承诺书 at the end.
    #[param(value_type = Option<Uuid>)]
    pub file_id: Option<FileId>,
    /// With `true` nothing is kept: the answer says what would be.
    #[serde(default)]
    pub dry_run: bool,
}

/// What came of an answer.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ImportedAnswer {
    /// What came of the table.
    #[serde(flatten)]
    pub imported: Imported,
    /// Of how many something was found.
    pub found: usize,
    /// Who was asked about and is not in the answer.
    #[schema(value_type = Vec<Uuid>)]
    pub unanswered: Vec<StudentId>,
    /// The class's verifications as they are now, or would be.
    pub verifications: Verifications,
}

impl From<Row> for Exchange {
    fn from(row: Row) -> Self {
        Self {
            id: row.id,
            class: row.class.into(),
            matter: row.matter.into(),
            phase: row.phase.into(),
            students: row.students,
            asked_at: row.asked_at,
            asked_by: row.asked_by.into(),
            answer: row.answer.map(|answer| ExchangeAnswer {
                at: answer.at,
                by: answer.by.into(),
                sha256: hex::encode(answer.sha256),
                rows: answer.rows,
            }),
        }
    }
}
