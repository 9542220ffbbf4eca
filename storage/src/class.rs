//! Classes 班次/班期.

use duxue_rules::{
    ids::{ClassId, InstitutionId},
    opening::Stage,
};
use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};

use crate::{
    Named, Result, Tx, json,
    row::{FromRow, Row},
    value::{ToValue, args},
};

/// A class of one institution.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Class {
    /// Its identity.
    pub id: ClassId,
    /// Whose it is.
    pub institution: Named<InstitutionId>,
    /// Its name (R6.2); unique within the institution.
    pub name: String,
    /// 专业.
    pub major: String,
    /// The first day.
    pub starts_on: Date,
    /// The last day, inside.
    pub ends_on: Date,
    /// When it was added.
    pub created_at: Timestamp,
    /// How many students are on its roster and have not left.
    pub students: u32,
    /// How many of them have a face template.
    pub enrolled: u32,
    /// How far its opening has come; `None` of one that was added without (R6.2).
    pub opening: Option<Stage>,
    /// How far its settlement has come.
    pub settlement: Settlement,
}

/// How far a class has come from its close-out to its payment (八 to 十).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Settlement {
    /// Close-out was not applied for, or turned down.
    NotApplied,
    /// Close-out was applied for.
    Applied,
    /// The centre accepted students at close-out.
    Accepted,
    /// The institution claims the subsidy.
    Claimed,
    /// It was reckoned, and the reckoning does not hang.
    Reckoned,
    /// The newest reckoning hangs, or hung.
    Noticed,
    /// It was paid.
    Paid,
}

/// Which classes.
#[derive(Clone, Copy, Debug, Default)]
pub struct ClassFilter {
    /// Only of this institution.
    pub institution: Option<InstitutionId>,
    /// Only those whose opening stands there.
    pub opening: Option<Stage>,
    /// Only those whose settlement stands there.
    pub settlement: Option<Settlement>,
}

/// A class to add.
#[derive(Clone, Debug)]
pub struct NewClass {
    /// Its identity.
    pub id: ClassId,
    /// Whose it is.
    pub institution: InstitutionId,
    /// Its name.
    pub name: String,
    /// 专业.
    pub major: String,
    /// The first day.
    pub starts_on: Date,
    /// The last day, inside.
    pub ends_on: Date,
    /// Now.
    pub created_at: Timestamp,
}

impl FromRow for Class {
    fn from_row(row: &Row) -> Result<Self> {
        Ok(Self {
            id: row.parsed("id")?,
            institution: row.named("institution_id", "institution_name")?,
            name: row.text("name")?,
            major: row.text("major")?,
            starts_on: row.parsed("starts_on")?,
            ends_on: row.parsed("ends_on")?,
            created_at: row.time("created_at")?,
            students: row.number("students")?,
            enrolled: row.number("enrolled")?,
            opening: row.opt_word("opening")?,
            settlement: row.word("settlement")?,
        })
    }
}

/// The newest of each step counts: identities grow with time.
macro_rules! settlement {
    () => {
        "CASE
            WHEN EXISTS (SELECT 1 FROM payments p WHERE p.class_id = c.id) THEN 'paid'
            WHEN EXISTS (SELECT 1 FROM notices n WHERE n.class_id = c.id
                AND n.subsidy_id = (SELECT MAX(y.id) FROM subsidies y WHERE y.class_id = c.id)) THEN 'noticed'
            WHEN EXISTS (SELECT 1 FROM subsidies y WHERE y.class_id = c.id) THEN 'reckoned'
            WHEN EXISTS (SELECT 1 FROM claims m WHERE m.class_id = c.id) THEN 'claimed'
            WHEN (SELECT e.state FROM closeouts e WHERE e.class_id = c.id ORDER BY e.id DESC LIMIT 1) = 'accepted'
                THEN 'accepted'
            WHEN (SELECT e.state FROM closeouts e WHERE e.class_id = c.id ORDER BY e.id DESC LIMIT 1) = 'applied'
                THEN 'applied'
            ELSE 'not_applied'
        END"
    };
}

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT c.id, c.institution_id, i.name AS institution_name, c.name, c.major, c.starts_on, c.ends_on,
                    c.created_at,
                    (SELECT COUNT(*) FROM students s WHERE s.class_id = c.id
                        AND NOT EXISTS (SELECT 1 FROM departures d WHERE d.student_id = s.id)) AS students,
                    (SELECT COUNT(*) FROM students s WHERE s.class_id = c.id
                        AND EXISTS (SELECT 1 FROM templates t WHERE t.student_id = s.id)) AS enrolled,
                    o.stage AS opening, ",
            settlement!(),
            " AS settlement
             FROM classes c JOIN institutions i ON i.id = c.institution_id LEFT JOIN openings o ON o.class_id = c.id ",
            $rest
        )
    };
}

impl Tx {
    /// Adds one. Field errors: `name`, `major`, `ends_on`, `institution_id`.
    pub async fn add_class(&mut self, class: &NewClass) -> Result<()> {
        let NewClass { id, institution, name, major, starts_on, ends_on, created_at } = class;
        self.insert(
            "INSERT INTO classes (id, institution_id, name, major, starts_on, ends_on, created_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7)",
            args![id, institution, name, major, starts_on, ends_on, created_at],
            &[("classes_institution_exists", "SELECT id FROM institutions WHERE id = $1", institution.to_value())],
        )
        .await
    }

    /// Renames one (R6.1). Lost if there is no such class. Field errors: `name`.
    pub async fn rename_class(&mut self, id: ClassId, name: &str) -> Result<()> {
        self.advance("class", "UPDATE classes SET name = $2 WHERE id = $1", args![id, name]).await
    }

    /// Holds the class until the end of the transaction, so that what is decided about it in several rows is decided one
    /// after the other; whether there is such a class.
    pub async fn hold_class(&mut self, id: ClassId) -> Result<bool> {
        Ok(self.run("UPDATE classes SET name = name WHERE id = $1", args![id]).await? > 0)
    }

    /// The one of that identity.
    pub async fn class(&mut self, id: ClassId) -> Result<Option<Class>> {
        self.optional(select!("WHERE c.id = $1"), args![id]).await
    }

    /// All, or those of `institution`, the newest first, before `after`.
    pub async fn classes(
        &mut self,
        institution: Option<InstitutionId>,
        after: Option<ClassId>,
        limit: u32,
    ) -> Result<Vec<Class>> {
        self.classes_that(ClassFilter { institution, ..ClassFilter::default() }, after, limit).await
    }

    /// Those that `filter` asks for, the newest first, before `after`.
    pub async fn classes_that(
        &mut self,
        filter: ClassFilter,
        after: Option<ClassId>,
        limit: u32,
    ) -> Result<Vec<Class>> {
        let ClassFilter { institution, opening, settlement } = filter;
        let (opening, settlement) = (opening.map(|it| json::word(&it)), settlement.map(|it| json::word(&it)));
        self.all(
            concat!(
                select!(
                    "WHERE ($1 IS NULL OR c.institution_id = $1) AND c.id < COALESCE($2, 'g')
                   AND ($3 IS NULL OR o.stage = $3) AND ($4 IS NULL OR "
                ),
                settlement!(),
                " = $4) ORDER BY c.id DESC LIMIT $5"
            ),
            args![institution, after, opening, settlement, i64::from(limit)],
        )
        .await
    }
}
