//! R6.1: what the provincial platform calls a class: it offers no interface, so it is asked and answers by file.

use duxue_rules::ids::{ClassId, UserId};
use jiff::Timestamp;

use crate::{
    Named, Result, Tx,
    row::{FromRow, Row},
    value::args,
};

/// A class as the platform has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlatformClass {
    /// Which.
    pub class: ClassId,
    /// Its name there.
    pub name: String,
    /// Its number there.
    pub number: String,
    /// When the platform's table was handed in.
    pub answered_at: Timestamp,
    /// By whom.
    pub answered_by: Named<UserId>,
    /// SHA-256 of the table.
    pub table_sha256: [u8; 32],
}

/// What the platform says of a class.
#[derive(Clone, Debug)]
pub struct NewPlatformClass {
    /// Which.
    pub class: ClassId,
    /// Its name there.
    pub name: String,
    /// Its number there, 1 to 100 characters.
    pub number: String,
    /// Now.
    pub at: Timestamp,
    /// Who hands the table in.
    pub by: UserId,
    /// SHA-256 of the table.
    pub table_sha256: [u8; 32],
}

impl FromRow for PlatformClass {
    fn from_row(row: &Row) -> Result<Self> {
        Ok(Self {
            class: row.parsed("class_id")?,
            name: row.text("name")?,
            number: row.text("number")?,
            answered_at: row.time("answered_at")?,
            answered_by: row.named("answered_by", "answered_by_name")?,
            table_sha256: row.hash("table_sha256")?,
        })
    }
}

struct Numbered(ClassId);

impl FromRow for Numbered {
    fn from_row(row: &Row) -> Result<Self> {
        Ok(Self(row.parsed("class_id")?))
    }
}

impl Tx {
    /// Keeps what the platform says of a class, in place of what it said before. Field errors: `number` (another class has
    /// it).
    pub async fn put_platform_class(&mut self, new: &NewPlatformClass) -> Result<()> {
        let NewPlatformClass { class, name, number, at, by, table_sha256 } = new;
        self.run(
            "INSERT INTO platform_classes (class_id, name, number, answered_at, answered_by, table_sha256)
             VALUES ($1, $2, $3, $4, $5, $6)
             ON CONFLICT (class_id) DO UPDATE
             SET name = excluded.name, number = excluded.number, answered_at = excluded.answered_at,
                 answered_by = excluded.answered_by, table_sha256 = excluded.table_sha256",
            args![class, name, number, at, by, hex::encode(table_sha256)],
        )
        .await?;
        Ok(())
    }

    /// What the platform said of a class, if it did.
    pub async fn platform_class(&mut self, class: ClassId) -> Result<Option<PlatformClass>> {
        self.optional(
            "SELECT p.class_id, p.name, p.number, p.answered_at, p.answered_by, u.display_name AS answered_by_name,
                    p.table_sha256
             FROM platform_classes p JOIN users u ON u.id = p.answered_by WHERE p.class_id = $1",
            args![class],
        )
        .await
    }

    /// The class that has a number on the platform.
    pub async fn class_of_platform_number(&mut self, number: &str) -> Result<Option<ClassId>> {
        let found: Option<Numbered> =
            self.optional("SELECT class_id FROM platform_classes WHERE number = $1", args![number]).await?;
        Ok(found.map(|Numbered(class)| class))
    }
}
