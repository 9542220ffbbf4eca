//! R1.1: the approval lists of institutions and majors, one a year.

use duxue_rules::{
    ids::{InstitutionId, UserId},
    opening::{Catalogue, CatalogueEntry},
};
use jiff::Timestamp;

use crate::{
    Error, Named, Result, Tx,
    constraint::named,
    row::{FromRow, Row},
    value::args,
};

/// The list of a year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApprovalList {
    /// Which.
    pub year: i16,
    /// Grows by one with every change.
    pub revision: i64,
    /// When it was last changed.
    pub changed_at: Timestamp,
    /// By whom.
    pub changed_by: Named<UserId>,
}

/// A line of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApprovedMajor {
    /// The institution.
    pub institution: Named<InstitutionId>,
    /// A major approved for it.
    pub major: String,
}

impl FromRow for ApprovalList {
    fn from_row(row: &Row) -> Result<Self> {
        Ok(Self {
            year: row.number("year")?,
            revision: row.int("revision")?,
            changed_at: row.time("changed_at")?,
            changed_by: row.named("changed_by", "changed_by_name")?,
        })
    }
}

impl FromRow for ApprovedMajor {
    fn from_row(row: &Row) -> Result<Self> {
        Ok(Self { institution: row.named("institution_id", "institution_name")?, major: row.text("major")? })
    }
}

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT l.year, l.revision, l.changed_at, l.changed_by, u.display_name AS changed_by_name
             FROM approval_lists l JOIN users u ON u.id = l.changed_by ",
            $rest
        )
    };
}

impl Tx {
    /// All lists, the newest year first.
    pub async fn approval_lists(&mut self) -> Result<Vec<ApprovalList>> {
        self.all(select!("ORDER BY l.year DESC"), args![]).await
    }

    /// The list of a year.
    pub async fn approval_list(&mut self, year: i16) -> Result<Option<ApprovalList>> {
        self.optional(select!("WHERE l.year = $1"), args![year]).await
    }

    /// The lines of a year's list, or only those of `institution`.
    pub async fn approved_majors(
        &mut self,
        year: i16,
        institution: Option<InstitutionId>,
    ) -> Result<Vec<ApprovedMajor>> {
        self.all(
            "SELECT m.institution_id, i.name AS institution_name, m.major
             FROM approved_majors m JOIN institutions i ON i.id = m.institution_id
             WHERE m.year = $1 AND ($2 IS NULL OR m.institution_id = $2) ORDER BY i.name, m.major",
            args![year, institution],
        )
        .await
    }

    /// A year's list as the rules take it.
    pub async fn catalogue(&mut self, year: i16) -> Result<Catalogue> {
        let lines = self.approved_majors(year, None).await?.into_iter();
        let entry = |line: ApprovedMajor| CatalogueEntry { year, institution: line.institution.id, major: line.major };
        Ok(Catalogue(lines.map(entry).collect()))
    }

    /// Writes a year's list anew; its revision afterwards. `revision` is the one that was read, 0 where there was none:
    /// lost if someone else wrote it meanwhile. Field errors: `year`, `majors`.
    pub async fn put_approval_list(
        &mut self,
        year: i16,
        revision: i64,
        lines: &[(InstitutionId, String)],
        by: UserId,
        at: Timestamp,
    ) -> Result<i64> {
        let touched = if revision == 0 {
            self.run(
                "INSERT INTO approval_lists (year, revision, changed_at, changed_by) VALUES ($1, 1, $2, $3)
                 ON CONFLICT (year) DO NOTHING",
                args![year, at, by],
            )
            .await?
        } else {
            self.run(
                "UPDATE approval_lists SET revision = revision + 1, changed_at = $3, changed_by = $4
                 WHERE year = $1 AND revision = $2",
                args![year, revision, at, by],
            )
            .await?
        };
        if touched == 0 {
            return Err(Error::Lost { what: "approval list" });
        }
        self.run("DELETE FROM approved_majors WHERE year = $1", args![year]).await?;
        for (institution, major) in lines {
            // Asked for, as SQLite does not say which foreign key broke.
            if self.institution(*institution).await?.is_none() {
                let lost = Error::Lost { what: "institution" };
                return Err(named("approved_majors_institution_exists").map_or(lost, Error::of));
            }
            self.run(
                "INSERT INTO approved_majors (year, institution_id, major) VALUES ($1, $2, $3)",
                args![year, institution, major],
            )
            .await?;
        }
        Ok(revision + 1)
    }
}
