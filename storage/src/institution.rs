//! Training institutions 培训机构.

use duxue_rules::ids::InstitutionId;
use jiff::Timestamp;

use crate::{
    Result, Tx,
    row::{FromRow, Row},
    value::args,
};

/// A training institution.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Institution {
    /// Its identity.
    pub id: InstitutionId,
    /// Its name; no two have the same.
    pub name: String,
    /// When it was added.
    pub created_at: Timestamp,
}

impl FromRow for Institution {
    fn from_row(row: &Row) -> Result<Self> {
        Ok(Self { id: row.parsed("id")?, name: row.text("name")?, created_at: row.time("created_at")? })
    }
}

impl Tx {
    /// Adds one. Field errors: `name`.
    pub async fn add_institution(&mut self, institution: &Institution) -> Result<()> {
        let Institution { id, name, created_at } = institution;
        self.run("INSERT INTO institutions (id, name, created_at) VALUES ($1, $2, $3)", args![id, name, created_at])
            .await?;
        Ok(())
    }

    /// Renames one that is still called `from`. Lost if someone else renamed it. Field errors: `name`.
    pub async fn rename_institution(&mut self, id: InstitutionId, from: &str, to: &str) -> Result<()> {
        self.advance(
            "institution",
            "UPDATE institutions SET name = $3 WHERE id = $1 AND name = $2",
            args![id, from, to],
        )
        .await
    }

    /// Holds the institution until the end of the transaction, so that what is decided about it in several rows is decided
    /// one after the other; whether there is such an institution.
    pub async fn hold_institution(&mut self, id: InstitutionId) -> Result<bool> {
        Ok(self.run("UPDATE institutions SET name = name WHERE id = $1", args![id]).await? > 0)
    }

    /// The one of that identity.
    pub async fn institution(&mut self, id: InstitutionId) -> Result<Option<Institution>> {
        self.optional("SELECT id, name, created_at FROM institutions WHERE id = $1", args![id]).await
    }

    /// All, or only `only`, by identity, after `after`.
    pub async fn institutions(
        &mut self,
        only: Option<InstitutionId>,
        after: Option<InstitutionId>,
        limit: u32,
    ) -> Result<Vec<Institution>> {
        self.all(
            "SELECT id, name, created_at FROM institutions
             WHERE ($1 IS NULL OR id = $1) AND id > COALESCE($2, '')
             ORDER BY id LIMIT $3",
            args![only, after, limit],
        )
        .await
    }
}
