//! R9.4: findings about students that the centre let pass, each with its reason.

use duxue_rules::{
    ids::{ClassId, ExceptionId, StudentId, UserId},
    subsidy::LetPass,
};
use jiff::Timestamp;

use crate::{
    Named, Result, Tx, json,
    row::{FromRow, Row},
    value::args,
};

/// What the centre let pass for a student.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exception {
    /// Its identity.
    pub id: ExceptionId,
    /// For whom.
    pub student: Named<StudentId>,
    /// The finding, and why it is let pass.
    pub let_pass: LetPass,
    /// Who decided.
    pub decided_by: Named<UserId>,
    /// When.
    pub decided_at: Timestamp,
}

impl FromRow for Exception {
    fn from_row(row: &Row) -> Result<Self> {
        let let_pass: LetPass = row.json("body")?;
        let finding = &let_pass.finding;
        if (finding.rule.as_str(), finding.code.as_str()) != (row.text("rule")?.as_str(), row.text("code")?.as_str()) {
            return Err(row.impossible("body"));
        }
        Ok(Self {
            id: row.parsed("id")?,
            student: row.named("student_id", "student_name")?,
            let_pass,
            decided_by: row.named("decided_by", "decided_by_name")?,
            decided_at: row.time("decided_at")?,
        })
    }
}

impl Tx {
    /// Lets a finding about a student pass. Field error: `code` (it was let pass already).
    pub async fn add_exception(
        &mut self,
        id: ExceptionId,
        (class, student): (ClassId, StudentId),
        let_pass: &LetPass,
        by: UserId,
        at: Timestamp,
    ) -> Result<()> {
        let (rule, code) = (let_pass.finding.rule.as_str(), let_pass.finding.code.as_str());
        self.run(
            "INSERT INTO exceptions (id, class_id, student_id, rule, code, body, decided_by, decided_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
            args![id, class, student, rule, code, json::text(let_pass), by, at],
        )
        .await?;
        Ok(())
    }

    /// What was let pass in a class, the oldest first.
    pub async fn exceptions(&mut self, class: ClassId) -> Result<Vec<Exception>> {
        self.all(
            "SELECT e.id, e.student_id, s.name AS student_name, e.rule, e.code, e.body, e.decided_by,
                    u.display_name AS decided_by_name, e.decided_at
             FROM exceptions e JOIN students s ON s.id = e.student_id JOIN users u ON u.id = e.decided_by
             WHERE e.class_id = $1 ORDER BY e.id",
            args![class],
        )
        .await
    }
}
