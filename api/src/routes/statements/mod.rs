//! R7.3d: written statements. What one says never changes; the manager's signature, the seal and the student's own
//! signature come to it, each once.

pub mod list;
pub mod scan;
pub mod sign;
pub mod write;

use duxue_rules::attendance;
use duxue_storage::{Tx, statement::Statement as Row};

use crate::{
    dto::{
        refs::Text,
        statement::{Statement, StatementContent},
    },
    load,
    problem::Failure,
    sign::content_hash,
};

/// The word under which signatures of statements are kept, and the audit log tells of them.
pub(super) const SUBJECT: &str = "statement";

/// A statement as it is shown.
async fn shown(tx: &mut Tx, row: Row) -> Result<Statement, Failure> {
    let signatures = tx.signatures_of(SUBJECT, &row.statement.id.to_string()).await?;
    let names = load::student_names(tx, row.class).await?;
    Ok(Statement::of(row, signatures, &names))
}

/// A statement as it counts. The manager's signature does only while it is under what the statement says now: whoever
/// changes the text or the days behind the system's back has a statement that nobody signed.
pub(super) async fn counting(tx: &mut Tx, row: Row) -> Result<attendance::Statement, Failure> {
    let mut statement = row.statement.clone();
    if statement.manager_signed_at.is_some() {
        let signed = content_hash(&StatementContent::of(&row))?;
        let signatures = tx.signatures_of(SUBJECT, &statement.id.to_string()).await?;
        if !signatures.iter().any(|signature| signature.content_sha256 == signed) {
            statement.manager_signed_at = None;
        }
    }
    Ok(statement)
}

/// What comes to a statement comes once.
fn already(field: Option<&str>, zh: &str, en: &str) -> Failure {
    Failure::Conflict { field: field.map(str::to_owned), text: Text::new(zh, en) }
}
