//! R7.4b: sheets of on-site inspections 督导记录单, from the first draft to the last signature.

use duxue_rules::{
    ids::{ClassId, InstitutionId, SupervisionId, UserId},
    supervision::{SheetDraft, SheetSigning, SignedSheet},
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{
    Named, Result, Tx, json,
    row::{FromRow, Row},
    value::{ToValue, args},
};

/// A sheet in whatever state, as it is kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "state", content = "facts")]
pub enum Sheet {
    /// It is still being written.
    Draft(SheetDraft),
    /// Its content stands, and signatures are missing.
    Signing(SheetSigning),
    /// Nothing is missing.
    Signed(SignedSheet),
}

/// A sheet beside the names that its readers need.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inspection {
    /// The sheet.
    pub sheet: Sheet,
    /// Which class.
    pub class: Named<ClassId>,
    /// Whose class it is.
    pub institution: InstitutionId,
    /// Who wrote the first draft.
    pub drafted_by: Named<UserId>,
    /// Counts up with every change.
    pub revision: i64,
    /// When it last changed.
    pub updated_at: Timestamp,
}

impl Sheet {
    /// What it says.
    pub fn content(&self) -> &SheetDraft {
        match self {
            Self::Draft(draft) => draft,
            Self::Signing(signing) => signing.sheet(),
            Self::Signed(signed) => signed.sheet(),
        }
    }

    fn state(&self) -> &'static str {
        match self {
            Self::Draft(_) => "draft",
            Self::Signing(_) => "signing",
            Self::Signed(_) => "signed",
        }
    }
}

impl FromRow for Inspection {
    fn from_row(row: &Row) -> Result<Self> {
        let sheet: Sheet = row.json("body")?;
        if row.text("state")? != sheet.state() {
            return Err(row.impossible("state"));
        }
        Ok(Self {
            class: row.named("class_id", "class_name")?,
            institution: row.parsed("institution_id")?,
            drafted_by: row.named("drafted_by", "drafted_by_name")?,
            revision: row.int("revision")?,
            updated_at: row.time("updated_at")?,
            sheet,
        })
    }
}

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT i.id, i.class_id, c.name AS class_name, c.institution_id, i.drafted_by,
                    u.display_name AS drafted_by_name, i.state, i.revision, i.updated_at, i.body
             FROM inspections i
             JOIN classes c ON c.id = i.class_id
             JOIN users u ON u.id = i.drafted_by ",
            $rest
        )
    };
}

impl Tx {
    /// Adds the first draft of a sheet. Field error: `class_id`.
    pub async fn add_inspection(&mut self, draft: &SheetDraft, by: UserId, at: Timestamp) -> Result<()> {
        let SheetDraft { id, class, .. } = draft;
        let body = json::text(&Sheet::Draft(draft.clone()));
        self.insert(
            "INSERT INTO inspections (id, class_id, drafted_by, state, revision, body, created_at, updated_at)
             VALUES ($1, $2, $3, 'draft', 1, $4, $5, $5)",
            args![id, class, by, body, at],
            &[("inspections_class_exists", "SELECT id FROM classes WHERE id = $1", class.to_value())],
        )
        .await
    }

    /// A sheet moves on. Lost if it is no longer at `revision`, or is signed already.
    pub async fn put_inspection(&mut self, revision: i64, sheet: &Sheet, at: Timestamp) -> Result<()> {
        self.advance(
            "inspection sheet",
            "UPDATE inspections SET state = $3, body = $4, revision = revision + 1, updated_at = $5
             WHERE id = $1 AND revision = $2 AND state <> 'signed'",
            args![sheet.content().id, revision, sheet.state(), json::text(sheet), at],
        )
        .await
    }

    /// The one of that identity.
    pub async fn inspection(&mut self, id: SupervisionId) -> Result<Option<Inspection>> {
        self.optional(select!("WHERE i.id = $1"), args![id]).await
    }

    /// Those of a class, the oldest first.
    pub async fn inspections(&mut self, class: ClassId) -> Result<Vec<Inspection>> {
        self.all(select!("WHERE i.class_id = $1 ORDER BY i.id"), args![class]).await
    }

    /// The sheets of a class that nobody's signature is missing from, the oldest first.
    pub async fn signed_sheets(&mut self, class: ClassId) -> Result<Vec<SignedSheet>> {
        let rows: Vec<Inspection> =
            self.all(select!("WHERE i.class_id = $1 AND i.state = 'signed' ORDER BY i.id"), args![class]).await?;
        let signed = rows.into_iter().filter_map(|row| match row.sheet {
            Sheet::Signed(signed) => Some(signed),
            Sheet::Draft(_) | Sheet::Signing(_) => None,
        });
        Ok(signed.collect())
    }
}
