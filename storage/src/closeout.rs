//! R8.1, R8.2: applications for close-out 结课验收, assessments 考核 and certificates 证书.

use duxue_rules::{
    closeout::{Application, Applied, Assessment},
    ids::{AssessmentId, ClassId, CloseOutId, FileId, InstitutionId, StudentId, UserId},
};
use jiff::Timestamp;

use crate::{
    Error, Named, Result, Tx, json,
    row::{FromRow, Row},
    value::{ToValue, args},
};

/// An application beside the names that its readers need.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CloseOut {
    /// Which class.
    pub class: Named<ClassId>,
    /// Whose class it is.
    pub institution: InstitutionId,
    /// 学员出勤情况台账.
    pub ledger: FileId,
    /// 合格人员名单.
    pub pass_list: FileId,
    /// Who applied.
    pub applied_by: Named<UserId>,
    /// Who decided it.
    pub decided_by: Option<Named<UserId>>,
    /// The application with its state.
    pub application: Application,
}

/// An assessment as it was recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordedAssessment {
    /// Its identity.
    pub id: AssessmentId,
    /// Who was assessed.
    pub student: Named<StudentId>,
    /// How they did.
    pub assessment: Assessment,
    /// Who recorded it.
    pub recorded_by: Named<UserId>,
    /// When.
    pub recorded_at: Timestamp,
}

/// The column's word.
fn state(application: &Application) -> &'static str {
    match application {
        Application::Applied(_) => "applied",
        Application::Accepted(_) => "accepted",
        Application::TurnedDown(_) => "turned_down",
    }
}

impl FromRow for CloseOut {
    fn from_row(row: &Row) -> Result<Self> {
        let application: Application = row.json("body")?;
        let class: Named<ClassId> = row.named("class_id", "class_name")?;
        let applied = application.applied();
        if row.text("state")? != state(&application) {
            return Err(row.impossible("state"));
        }
        if (applied.id(), applied.class()) != (row.parsed("id")?, class.id) {
            return Err(row.impossible("body"));
        }
        Ok(Self {
            class,
            institution: row.parsed("institution_id")?,
            ledger: row.parsed("ledger_file_id")?,
            pass_list: row.parsed("pass_list_file_id")?,
            applied_by: row.named("applied_by", "applied_by_name")?,
            decided_by: row.opt_named("decided_by", "decided_by_name")?,
            application,
        })
    }
}

impl FromRow for RecordedAssessment {
    fn from_row(row: &Row) -> Result<Self> {
        let student: Named<StudentId> = row.named("student_id", "student_name")?;
        let assessment: Assessment = row.json("body")?;
        if assessment.student != student.id {
            return Err(row.impossible("body"));
        }
        Ok(Self {
            id: row.parsed("id")?,
            student,
            assessment,
            recorded_by: row.named("recorded_by", "recorded_by_name")?,
            recorded_at: row.time("recorded_at")?,
        })
    }
}

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT o.id, o.class_id, c.name AS class_name, c.institution_id, o.state, o.ledger_file_id,
                    o.pass_list_file_id, o.applied_by, a.display_name AS applied_by_name, o.decided_by,
                    d.display_name AS decided_by_name, o.body
             FROM closeouts o
             JOIN classes c ON c.id = o.class_id
             JOIN users a ON a.id = o.applied_by
             LEFT JOIN users d ON d.id = o.decided_by ",
            $rest
        )
    };
}

impl Tx {
    /// Takes in an application. [`Error::Lost`] when another lies with the centre or was accepted; hold the class first
    /// ([`Tx::hold_class`]). Field errors: `ledger_file_id`, `pass_list_file_id`.
    pub async fn add_closeout(
        &mut self,
        applied: &Applied,
        ledger: FileId,
        pass_list: FileId,
        policy_version: i64,
    ) -> Result<()> {
        let class = applied.class();
        let standing: i64 = self
            .one(
                "SELECT COUNT(*) AS n FROM closeouts WHERE class_id = $1 AND state IN ('applied', 'accepted')",
                args![class],
            )
            .await?;
        if standing > 0 {
            return Err(Error::Lost { what: "close-out" });
        }
        let application = Application::Applied(applied.clone());
        self.insert(
            "INSERT INTO closeouts
                (id, class_id, state, ledger_file_id, pass_list_file_id, body, policy_version, applied_by)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
            args![
                applied.id(),
                class,
                state(&application),
                ledger,
                pass_list,
                json::text(&application),
                policy_version,
                applied.sender().0,
            ],
            &[
                ("closeouts_ledger_exists", "SELECT id FROM files WHERE id = $1", ledger.to_value()),
                ("closeouts_pass_list_exists", "SELECT id FROM files WHERE id = $1", pass_list.to_value()),
            ],
        )
        .await
    }

    /// The centre decides one that lies with it. Lost if it no longer does.
    pub async fn decide_closeout(&mut self, to: &Application) -> Result<()> {
        self.advance(
            "close-out",
            "UPDATE closeouts SET state = $2, body = $3, decided_by = $4 WHERE id = $1 AND state = 'applied'",
            args![to.applied().id(), state(to), json::text(to), to.decision().map(|decision| decision.by)],
        )
        .await
    }

    /// The application of that identity.
    pub async fn closeout(&mut self, id: CloseOutId) -> Result<Option<CloseOut>> {
        self.optional(select!("WHERE o.id = $1"), args![id]).await
    }

    /// All of a class, the oldest first.
    pub async fn closeouts(&mut self, class: ClassId) -> Result<Vec<CloseOut>> {
        self.all(select!("WHERE o.class_id = $1 ORDER BY o.id"), args![class]).await
    }

    /// Records an assessment, with the certificate of who passed. Field errors: `student_id` (certified already), `number`.
    pub async fn add_assessment(
        &mut self,
        id: AssessmentId,
        class: ClassId,
        assessment: &Assessment,
        by: UserId,
        at: Timestamp,
    ) -> Result<()> {
        self.insert(
            "INSERT INTO assessments (id, class_id, student_id, body, recorded_by, recorded_at)
             VALUES ($1, $2, $3, $4, $5, $6)",
            args![id, class, assessment.student, json::text(assessment), by, at],
            &[("assessments_student_exists", "SELECT id FROM students WHERE id = $1", assessment.student.to_value())],
        )
        .await?;
        if let Some(certificate) = &assessment.certificate {
            self.run(
                "INSERT INTO certificates (student_id, kind, number, assessment_id) VALUES ($1, $2, $3, $4)",
                args![certificate.student, json::word(&certificate.kind), certificate.number.trim(), id],
            )
            .await?;
        }
        Ok(())
    }

    /// All assessments of a class, the oldest first.
    pub async fn assessments(&mut self, class: ClassId) -> Result<Vec<RecordedAssessment>> {
        self.all(
            "SELECT a.id, a.student_id, s.name AS student_name, a.body, a.recorded_by,
                    u.display_name AS recorded_by_name, a.recorded_at
             FROM assessments a JOIN students s ON s.id = a.student_id JOIN users u ON u.id = a.recorded_by
             WHERE a.class_id = $1 ORDER BY a.id",
            args![class],
        )
        .await
    }
}
