//! R3: who a student is and what they handed in. ID numbers are encrypted, and looked up by a keyed hash.

use duxue_rules::{
    calendar::Dates,
    enrolment::{Enrolment, HandedIn, NumberKey},
    ids::{ClassId, StudentId, UserId},
    person::IdNumber,
};
use jiff::{Timestamp, civil::Date};

use crate::{
    Result, Tx, json,
    row::{FromRow, Row},
    secret::{CannotOpen, SecretKey},
    value::args,
};

/// What a student handed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StudentPapers {
    /// Whose.
    pub student: StudentId,
    /// Grows by one with every change.
    pub revision: i64,
    /// The papers.
    pub papers: HandedIn,
    /// The ID number, if it was recorded. It prints itself masked.
    pub number: Option<IdNumber>,
    /// Stands for it where numbers are compared.
    pub number_key: Option<NumberKey>,
}

struct SealedPapers {
    student: StudentId,
    revision: i64,
    papers: HandedIn,
    number_key: Option<NumberKey>,
    number_sealed: Option<String>,
}

impl FromRow for SealedPapers {
    fn from_row(row: &Row) -> Result<Self> {
        let number_sealed = row.opt_text("number_sealed")?;
        let number_key = number_sealed.is_some().then(|| row.hash("number_key").map(NumberKey)).transpose()?;
        Ok(Self {
            student: row.parsed("student_id")?,
            revision: row.int("revision")?,
            papers: row.json("body")?,
            number_key,
            number_sealed,
        })
    }
}

impl SealedPapers {
    fn opened(self, key: &SecretKey) -> Result<StudentPapers> {
        let number =
            self.number_key.zip(self.number_sealed).map(|(of, sealed)| opened(of, &sealed, key)).transpose()?;
        let Self { student, revision, papers, number_key, .. } = self;
        Ok(StudentPapers { student, revision, papers, number, number_key })
    }
}

/// The number that a student had.
struct Before(Option<String>);

impl FromRow for Before {
    fn from_row(row: &Row) -> Result<Self> {
        Ok(Self(row.opt_text("number_key")?))
    }
}

impl FromRow for Enrolment {
    fn from_row(row: &Row) -> Result<Self> {
        let (first, last): (Date, Date) = (row.parsed("starts_on")?, row.parsed("ends_on")?);
        Ok(Self {
            student: row.parsed("student_id")?,
            class: row.parsed("class_id")?,
            number: NumberKey(row.hash("number_key")?),
            name: row.text("name")?,
            dates: Dates::through(first, last).map_err(|_| row.impossible("ends_on"))?,
            left: row.opt_parsed("left_on")?,
        })
    }
}

pub(crate) fn aad(number: NumberKey) -> String {
    format!("ID number of {}", hex::encode(number.0))
}

/// It was checked before it was sealed; the day only bounds the birth date.
fn opened(of: NumberKey, sealed: &str, key: &SecretKey) -> Result<IdNumber, CannotOpen> {
    let plain = String::from_utf8(key.open(&aad(of), sealed)?).map_err(|_| CannotOpen)?;
    IdNumber::parse(&plain, Date::MAX).map_err(|_| CannotOpen)
}

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT p.student_id, p.revision, p.body, p.number_key, n.number_sealed
             FROM student_papers p
             JOIN students s ON s.id = p.student_id
             LEFT JOIN persons n ON n.number_key = p.number_key ",
            $rest
        )
    };
}

impl Tx {
    /// What a student handed in; `None` before anything was.
    pub async fn papers(&mut self, student: StudentId, key: &SecretKey) -> Result<Option<StudentPapers>> {
        let sealed: Option<SealedPapers> = self.optional(select!("WHERE p.student_id = $1"), args![student]).await?;
        sealed.map(|papers| papers.opened(key)).transpose()
    }

    /// The same of a class's students, for those who handed in anything.
    pub async fn papers_of_class(&mut self, class: ClassId, key: &SecretKey) -> Result<Vec<StudentPapers>> {
        let sealed: Vec<SealedPapers> =
            self.all(select!("WHERE s.class_id = $1 ORDER BY p.student_id"), args![class]).await?;
        sealed.into_iter().map(|papers| papers.opened(key)).collect()
    }

    /// Replaces what a student handed in; the revision afterwards. `revision` is the one that was read, 0 where there was
    /// none: lost if someone else changed it meanwhile.
    pub async fn put_papers(
        &mut self,
        (student, revision): (StudentId, i64),
        papers: &HandedIn,
        by: UserId,
        at: Timestamp,
    ) -> Result<i64> {
        let sql = if revision == 0 {
            "INSERT INTO student_papers (student_id, revision, body, changed_at, changed_by)
             VALUES ($1, $2 + 1, $3, $4, $5) ON CONFLICT (student_id) DO NOTHING"
        } else {
            "UPDATE student_papers SET revision = revision + 1, body = $3, changed_at = $4, changed_by = $5
             WHERE student_id = $1 AND revision = $2"
        };
        self.advance("student's papers", sql, args![student, revision, json::text(papers), at, by]).await?;
        Ok(revision + 1)
    }

    /// Records a student's ID number beside their papers. Whoever else records the same number waits until this
    /// transaction ends, so that [`Tx::enrolments_of`] afterwards knows of every other one (R3.4).
    pub async fn record_number(
        &mut self,
        student: StudentId,
        number: &IdNumber,
        at: Timestamp,
        key: &SecretKey,
    ) -> Result<NumberKey> {
        // While the key changes this person may stand there under an older hash: one number is one person (R3.4).
        for older in key.older_number_keys(number) {
            self.rename_person(older, number, key).await?;
        }
        let number_key = key.number_key(number);
        let hashed = hex::encode(number_key.0);
        let sealed = key.seal(&aad(number_key), number.expose().as_bytes())?;
        let before: Option<Before> = self
            .optional("SELECT student_id, number_key FROM student_papers WHERE student_id = $1", args![student])
            .await?;
        // The update of what is there already is the lock.
        self.run(
            "INSERT INTO persons (number_key, number_sealed, created_at) VALUES ($1, $2, $3)
             ON CONFLICT (number_key) DO UPDATE SET created_at = persons.created_at",
            args![hashed, sealed, at],
        )
        .await?;
        self.advance(
            "student's papers",
            "UPDATE student_papers SET number_key = $2 WHERE student_id = $1",
            args![student, hashed],
        )
        .await?;
        // A number that was mistyped is nobody's and is not kept.
        self.run(
            "DELETE FROM persons WHERE number_key = $1
             AND NOT EXISTS (SELECT 1 FROM student_papers p WHERE p.number_key = persons.number_key)",
            args![before.and_then(|Before(number)| number)],
        )
        .await?;
        Ok(number_key)
    }

    /// Every enrolment of a person, in whichever institution.
    pub async fn enrolments_of(&mut self, number: NumberKey) -> Result<Vec<Enrolment>> {
        self.all(
            "SELECT s.id AS student_id, s.class_id, p.number_key, s.name, c.starts_on, c.ends_on, d.left_on
             FROM student_papers p
             JOIN students s ON s.id = p.student_id
             JOIN classes c ON c.id = s.class_id
             LEFT JOIN departures d ON d.student_id = s.id
             WHERE p.number_key = $1 ORDER BY s.id",
            args![hex::encode(number.0)],
        )
        .await
    }
}
