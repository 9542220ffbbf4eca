//! R9.4: subsidy standards 补贴标准, claims and reckonings 补贴核算. Nothing of it is ever changed: the newest counts.

use std::collections::BTreeSet;

use duxue_rules::{
    ids::{ClaimId, ClassId, FileId, InstitutionId, StandardId, SubsidyId, UserId},
    subsidy::{Annex, ClassClaim, Fen, Subsidy, reckon},
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{
    Named, Result, Tx, json,
    row::{FromRow, Row},
    value::{ToValue, args},
};

/// What a student of a major is worth in a year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standard {
    /// Its identity.
    pub id: StandardId,
    /// 专业.
    pub major: String,
    /// Of the programme.
    pub year: i16,
    /// For one student.
    pub amount: Fen,
    /// What it rests on.
    pub document: String,
    /// Who set it.
    pub set_by: Named<UserId>,
    /// When.
    pub set_at: Timestamp,
}

/// A standard to set.
#[derive(Clone, Debug)]
pub struct NewStandard {
    /// Its identity.
    pub id: StandardId,
    /// 专业.
    pub major: String,
    /// Of the programme.
    pub year: i16,
    /// For one student.
    pub amount: Fen,
    /// What it rests on.
    pub document: String,
    /// Who sets it.
    pub set_by: UserId,
    /// Now.
    pub set_at: Timestamp,
}

/// The papers of a claim 附件6-8.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Annexes {
    /// 附件6.
    pub six: Option<FileId>,
    /// 附件7.
    pub seven: Option<FileId>,
    /// 附件8.
    pub eight: Option<FileId>,
}

/// A claim as it was handed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claim {
    /// Its identity.
    pub id: ClaimId,
    /// Its papers.
    pub annexes: Annexes,
    /// Who claimed.
    pub claimed_by: Named<UserId>,
    /// When.
    pub claimed_at: Timestamp,
}

/// What went into a reckoning and what came out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reckoning {
    /// What went in.
    pub claim: ClassClaim,
    /// What came out.
    pub subsidy: Subsidy,
}

/// A reckoning as it was recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordedSubsidy {
    /// Its identity.
    pub id: SubsidyId,
    /// Of which class.
    pub class: Named<ClassId>,
    /// Whose class it is.
    pub institution: Named<InstitutionId>,
    /// The standard that it used.
    pub standard: StandardId,
    /// The claim that it answers.
    pub claim: ClaimId,
    /// The reckoning.
    pub reckoning: Reckoning,
    /// The version of the policy.
    pub policy_version: i64,
    /// Who reckoned.
    pub reckoned_by: Named<UserId>,
    /// When.
    pub reckoned_at: Timestamp,
}

/// A reckoning to record.
#[derive(Clone, Debug)]
pub struct NewSubsidy {
    /// Its identity.
    pub id: SubsidyId,
    /// Of which class.
    pub class: ClassId,
    /// The standard that it used.
    pub standard: StandardId,
    /// The claim that it answers.
    pub claim: ClaimId,
    /// The reckoning.
    pub reckoning: Reckoning,
    /// The version of the policy.
    pub policy_version: i64,
    /// Who reckons.
    pub reckoned_by: UserId,
    /// Now.
    pub reckoned_at: Timestamp,
}

impl Annexes {
    /// Those that are there, as the rules want them.
    pub fn there(&self) -> BTreeSet<Annex> {
        let all = [(Annex::Six, self.six), (Annex::Seven, self.seven), (Annex::Eight, self.eight)];
        all.into_iter().filter_map(|(annex, file)| file.map(|_| annex)).collect()
    }

    /// Their files.
    pub fn files(&self) -> impl Iterator<Item = FileId> {
        [self.six, self.seven, self.eight].into_iter().flatten()
    }
}

impl FromRow for Standard {
    fn from_row(row: &Row) -> Result<Self> {
        Ok(Self {
            id: row.parsed("id")?,
            major: row.text("major")?,
            year: row.number("year")?,
            amount: Fen::from_fen(row.number("fen")?),
            document: row.text("document")?,
            set_by: row.named("set_by", "set_by_name")?,
            set_at: row.time("set_at")?,
        })
    }
}

impl FromRow for Claim {
    fn from_row(row: &Row) -> Result<Self> {
        Ok(Self {
            id: row.parsed("id")?,
            annexes: Annexes {
                six: row.opt_parsed("annex6_file_id")?,
                seven: row.opt_parsed("annex7_file_id")?,
                eight: row.opt_parsed("annex8_file_id")?,
            },
            claimed_by: row.named("claimed_by", "claimed_by_name")?,
            claimed_at: row.time("claimed_at")?,
        })
    }
}

impl FromRow for RecordedSubsidy {
    fn from_row(row: &Row) -> Result<Self> {
        let reckoning: Reckoning = row.json("body")?;
        // The same facts give the same amounts, or somebody changed one of the two.
        if reckon(&reckoning.claim).as_ref() != Ok(&reckoning.subsidy) {
            return Err(row.impossible("body"));
        }
        Ok(Self {
            id: row.parsed("id")?,
            class: row.named("class_id", "class_name")?,
            institution: row.named("institution_id", "institution_name")?,
            standard: row.parsed("standard_id")?,
            claim: row.parsed("claim_id")?,
            reckoning,
            policy_version: row.int("policy_version")?,
            reckoned_by: row.named("reckoned_by", "reckoned_by_name")?,
            reckoned_at: row.time("reckoned_at")?,
        })
    }
}

macro_rules! select_standard {
    ($rest:literal) => {
        concat!(
            "SELECT s.id, s.major, s.year, s.fen, s.document, s.set_by, u.display_name AS set_by_name, s.set_at
             FROM subsidy_standards s JOIN users u ON u.id = s.set_by ",
            $rest
        )
    };
}

macro_rules! select_claim {
    ($rest:literal) => {
        concat!(
            "SELECT l.id, l.annex6_file_id, l.annex7_file_id, l.annex8_file_id, l.claimed_by,
                    u.display_name AS claimed_by_name, l.claimed_at
             FROM claims l JOIN users u ON u.id = l.claimed_by ",
            $rest
        )
    };
}

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT y.id, y.class_id, c.name AS class_name, c.institution_id, i.name AS institution_name, y.standard_id,
                    y.claim_id, y.body, y.policy_version, y.reckoned_by, u.display_name AS reckoned_by_name,
                    y.reckoned_at
             FROM subsidies y
             JOIN classes c ON c.id = y.class_id
             JOIN institutions i ON i.id = c.institution_id
             JOIN users u ON u.id = y.reckoned_by ",
            $rest
        )
    };
}

impl Tx {
    /// Sets a standard; the earlier ones of that major and year stay on record. Field errors: `major`, `year`,
    /// `amount_fen`, `document`.
    pub async fn add_standard(&mut self, standard: &NewStandard) -> Result<()> {
        let NewStandard { id, major, year, amount, document, set_by, set_at } = standard;
        self.run(
            "INSERT INTO subsidy_standards (id, major, year, fen, document, set_by, set_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7)",
            args![id, major, i64::from(*year), amount.fen(), document, set_by, set_at],
        )
        .await?;
        Ok(())
    }

    /// The standard of that identity.
    pub async fn standard(&mut self, id: StandardId) -> Result<Option<Standard>> {
        self.optional(select_standard!("WHERE s.id = $1"), args![id]).await
    }

    /// The standard that counts for a major in a year.
    pub async fn standard_of(&mut self, major: &str, year: i16) -> Result<Option<Standard>> {
        self.optional(
            select_standard!("WHERE s.major = $1 AND s.year = $2 ORDER BY s.id DESC LIMIT 1"),
            args![major, i64::from(year)],
        )
        .await
    }

    /// Standards, the newest first, before `after`.
    pub async fn standards(&mut self, after: Option<StandardId>, limit: u32) -> Result<Vec<Standard>> {
        self.all(select_standard!("WHERE s.id < COALESCE($1, 'g') ORDER BY s.id DESC LIMIT $2"), args![after, limit])
            .await
    }

    /// Takes in a claim. Field errors: `annex6_file_id`, `annex7_file_id`, `annex8_file_id`.
    pub async fn add_claim(
        &mut self,
        id: ClaimId,
        class: ClassId,
        annexes: &Annexes,
        by: UserId,
        at: Timestamp,
    ) -> Result<()> {
        let Annexes { six, seven, eight } = annexes;
        self.insert(
            "INSERT INTO claims (id, class_id, annex6_file_id, annex7_file_id, annex8_file_id, claimed_by, claimed_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7)",
            args![id, class, six, seven, eight, by, at],
            &[
                ("claims_annex6_exists", "SELECT id FROM files WHERE id = $1", six.to_value()),
                ("claims_annex7_exists", "SELECT id FROM files WHERE id = $1", seven.to_value()),
                ("claims_annex8_exists", "SELECT id FROM files WHERE id = $1", eight.to_value()),
            ],
        )
        .await
    }

    /// All claims of a class, the oldest first.
    pub async fn claims(&mut self, class: ClassId) -> Result<Vec<Claim>> {
        self.all(select_claim!("WHERE l.class_id = $1 ORDER BY l.id"), args![class]).await
    }

    /// Records a reckoning.
    pub async fn add_subsidy(&mut self, new: &NewSubsidy) -> Result<()> {
        let NewSubsidy { id, class, standard, claim, reckoning, policy_version, reckoned_by, reckoned_at } = new;
        self.run(
            "INSERT INTO subsidies
                (id, class_id, standard_id, claim_id, body, policy_version, reckoned_by, reckoned_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
            args![id, class, standard, claim, json::text(reckoning), policy_version, reckoned_by, reckoned_at],
        )
        .await?;
        Ok(())
    }

    /// The reckoning of that identity.
    pub async fn subsidy(&mut self, id: SubsidyId) -> Result<Option<RecordedSubsidy>> {
        self.optional(select!("WHERE y.id = $1"), args![id]).await
    }

    /// All reckonings of a class, the oldest first.
    pub async fn subsidies(&mut self, class: ClassId) -> Result<Vec<RecordedSubsidy>> {
        self.all(select!("WHERE y.class_id = $1 ORDER BY y.id"), args![class]).await
    }
}
