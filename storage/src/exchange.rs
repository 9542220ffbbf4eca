//! R4.1 to R4.3: whom another office was asked about by a file, and that its answer came.

use duxue_rules::{
    ids::{ClassId, ExchangeId, InstitutionId, StudentId, UserId},
    person::IdNumber,
    verification::{Matter, Phase},
};
use jiff::Timestamp;

use crate::{
    Named, Result, SecretKey, Tx, json,
    row::{FromRow, Row},
    value::args,
};

/// A query by file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exchange {
    /// Its identity.
    pub id: ExchangeId,
    /// About whose students.
    pub class: Named<ClassId>,
    /// Whose class it is.
    pub institution: InstitutionId,
    /// What was asked.
    pub matter: Matter,
    /// For which of the two times.
    pub phase: Phase,
    /// Whose ID numbers went out.
    pub students: Vec<StudentId>,
    /// When.
    pub asked_at: Timestamp,
    /// To whom.
    pub asked_by: Named<UserId>,
    /// The answer, once it came.
    pub answer: Option<Answer>,
}

/// An answer that came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// When.
    pub at: Timestamp,
    /// Who handed it in.
    pub by: Named<UserId>,
    /// SHA-256 of its file.
    pub sha256: [u8; 32],
    /// How many people it told of.
    pub rows: u32,
}

/// A query to note.
#[derive(Clone, Debug)]
pub struct NewExchange {
    /// Its identity.
    pub id: ExchangeId,
    /// About whose students.
    pub class: ClassId,
    /// What is asked.
    pub matter: Matter,
    /// For which of the two times.
    pub phase: Phase,
    /// Whose ID numbers go out.
    pub students: Vec<StudentId>,
    /// Now.
    pub at: Timestamp,
    /// To whom.
    pub by: UserId,
}

impl FromRow for Exchange {
    fn from_row(row: &Row) -> Result<Self> {
        let answer = match (row.opt_time("answered_at")?, row.opt_named("answered_by", "answered_by_name")?) {
            (Some(at), Some(by)) => {
                Some(Answer { at, by, sha256: row.hash("answer_sha256")?, rows: row.number("answer_rows")? })
            }
            (None, None) => None,
            _ => return Err(row.impossible("answered_at")),
        };
        Ok(Self {
            id: row.parsed("id")?,
            class: row.named("class_id", "class_name")?,
            institution: row.parsed("institution_id")?,
            matter: row.word("matter")?,
            phase: row.word("phase")?,
            students: row.json("students")?,
            asked_at: row.time("asked_at")?,
            asked_by: row.named("asked_by", "asked_by_name")?,
            answer,
        })
    }
}

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT e.id, e.class_id, c.name AS class_name, c.institution_id, e.matter, e.phase, e.students, e.asked_at,
                    e.asked_by, u.display_name AS asked_by_name, e.answered_at, e.answered_by,
                    a.display_name AS answered_by_name, e.answer_sha256, e.answer_rows
             FROM exchanges e
             JOIN classes c ON c.id = e.class_id
             JOIN users u ON u.id = e.asked_by
             LEFT JOIN users a ON a.id = e.answered_by ",
            $rest
        )
    };
}

impl Tx {
    /// Notes a query.
    pub async fn add_exchange(&mut self, new: &NewExchange) -> Result<()> {
        let NewExchange { id, class, matter, phase, students, at, by } = new;
        let (matter, phase, students) = (json::word(matter), json::word(phase), json::text(students));
        self.run(
            "INSERT INTO exchanges (id, class_id, matter, phase, students, state, asked_at, asked_by)
             VALUES ($1, $2, $3, $4, $5, 'asked', $6, $7)",
            args![id, class, matter, phase, students, at, by],
        )
        .await?;
        Ok(())
    }

    /// The one of that identity.
    pub async fn exchange(&mut self, id: ExchangeId) -> Result<Option<Exchange>> {
        self.optional(select!("WHERE e.id = $1"), args![id]).await
    }

    /// Those about a class, the oldest first.
    pub async fn exchanges(&mut self, class: ClassId) -> Result<Vec<Exchange>> {
        self.all(select!("WHERE e.class_id = $1 ORDER BY e.id"), args![class]).await
    }

    /// Notes that the answer came: once, or lost.
    pub async fn answer_exchange(
        &mut self,
        id: ExchangeId,
        (by, at): (UserId, Timestamp),
        sha256: [u8; 32],
        rows: u32,
    ) -> Result<()> {
        self.advance(
            "exchange",
            "UPDATE exchanges SET state = 'answered', answered_at = $2, answered_by = $3, answer_sha256 = $4,
                                  answer_rows = $5
             WHERE id = $1 AND state = 'asked'",
            args![id, at, by, hex::encode(sha256), rows],
        )
        .await
    }

    /// The student of a class who has that ID number, found by its keyed hash.
    pub async fn student_of_id_number(
        &mut self,
        class: ClassId,
        number: &IdNumber,
        key: &SecretKey,
    ) -> Result<Option<StudentId>> {
        let found: Option<Found> = self
            .optional(
                "SELECT p.student_id FROM student_papers p JOIN students s ON s.id = p.student_id
                 WHERE s.class_id = $1 AND p.number_key = $2",
                args![class, hex::encode(key.number_key(number).0)],
            )
            .await?;
        Ok(found.map(|Found(student)| student))
    }
}

struct Found(StudentId);

impl FromRow for Found {
    fn from_row(row: &Row) -> Result<Self> {
        Ok(Self(row.parsed("student_id")?))
    }
}
