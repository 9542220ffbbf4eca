//! Students 学员 on a class's roster.

use duxue_rules::{
    ids::{ClassId, StudentId},
    roster::{RosterStudent, Sex},
};
use jiff::{Timestamp, civil::Date};

use crate::{
    Result, Tx,
    consent::NewConsent,
    json,
    row::{FromRow, Row},
    value::{ToValue, args},
};

/// A student of a class.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Student {
    /// Their identity.
    pub id: StudentId,
    /// Their class.
    pub class: ClassId,
    /// Their name.
    pub name: String,
    /// As registered.
    pub sex: Sex,
    /// 学号, unique within the class; never an ID number.
    pub number: Option<String>,
    /// When they agreed to face recognition, separately from everything else; `None`: they did not.
    pub face_consent_at: Option<Timestamp>,
    /// When they were added.
    pub created_at: Timestamp,
    /// How many face templates there are of them.
    pub templates: u32,
    /// The first day on which they were no longer in the class, if they left it.
    pub left_on: Option<Date>,
}

/// A student to add.
#[derive(Clone, Debug)]
pub struct NewStudent {
    /// Their identity.
    pub id: StudentId,
    /// Their class.
    pub class: ClassId,
    /// Their name.
    pub name: String,
    /// As registered.
    pub sex: Sex,
    /// 学号.
    pub number: Option<String>,
    /// When they agreed to face recognition.
    pub face_consent_at: Option<Timestamp>,
    /// Now.
    pub created_at: Timestamp,
}

impl FromRow for Student {
    fn from_row(row: &Row) -> Result<Self> {
        Ok(Self {
            id: row.parsed("id")?,
            class: row.parsed("class_id")?,
            name: row.text("name")?,
            sex: row.word("sex")?,
            number: row.opt_text("number")?,
            face_consent_at: row.opt_time("face_consent_at")?,
            created_at: row.time("created_at")?,
            templates: row.number("templates")?,
            left_on: row.opt_parsed("left_on")?,
        })
    }
}

impl FromRow for RosterStudent {
    fn from_row(row: &Row) -> Result<Self> {
        Ok(Self {
            id: row.parsed("id")?,
            name: row.text("name")?,
            sex: row.word("sex")?,
            enrolled: row.number::<u32>("templates")? > 0,
        })
    }
}

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT s.id, s.class_id, s.name, s.sex, s.number, s.face_consent_at, s.created_at,
                    (SELECT COUNT(*) FROM templates t WHERE t.student_id = s.id) AS templates, d.left_on
             FROM students s LEFT JOIN departures d ON d.student_id = s.id ",
            $rest
        )
    };
}

impl Tx {
    /// Adds one, with the first line of their consent ledger. Field errors: `name`, `number`, `class_id`.
    pub async fn add_student(&mut self, student: &NewStudent) -> Result<()> {
        let NewStudent { id, class, name, sex, number, face_consent_at, created_at } = student;
        self.insert(
            "INSERT INTO students (id, class_id, name, sex, number, face_consent_at, created_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7)",
            args![id, class, name, json::word(sex), number, face_consent_at, created_at],
            &[("students_class_exists", "SELECT id FROM classes WHERE id = $1", class.to_value())],
        )
        .await?;
        let Some(recorded_at) = *face_consent_at else { return Ok(()) };
        let agreed = NewConsent { student: *id, given: true, dated: None, file: None, recorded_at, recorded_by: None };
        self.note_consent(&agreed).await
    }

    /// The one of that identity.
    pub async fn student(&mut self, id: StudentId) -> Result<Option<Student>> {
        self.optional(select!("WHERE s.id = $1"), args![id]).await
    }

    /// A class's students, by identity, after `after`.
    pub async fn students(&mut self, class: ClassId, after: Option<StudentId>, limit: u32) -> Result<Vec<Student>> {
        self.all(
            select!("WHERE s.class_id = $1 AND s.id > COALESCE($2, '') ORDER BY s.id LIMIT $3"),
            args![class, after, limit],
        )
        .await
    }

    /// The roster of a day as the rules want it: without those who had left by then. Enrolled are those with a template
    /// of `model`: the running recogniser.
    pub async fn roster(&mut self, class: ClassId, on: Date, model: &str) -> Result<Vec<RosterStudent>> {
        self.all(
            "SELECT s.id, s.name, s.sex,
                    (SELECT COUNT(*) FROM templates t WHERE t.student_id = s.id AND t.model = $3) AS templates
             FROM students s LEFT JOIN departures d ON d.student_id = s.id
             WHERE s.class_id = $1 AND (d.left_on IS NULL OR d.left_on > $2) ORDER BY s.id",
            args![class, on, model],
        )
        .await
    }
}
