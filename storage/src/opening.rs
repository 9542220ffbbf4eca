//! 二, 五, 六: the opening of a class, step by step; every state holds the ones before it.

use duxue_rules::{
    ids::{ClassId, InstitutionId, UserId},
    opening::{Draft, Opening, RoomReport},
};
use jiff::{Timestamp, civil::Date};

use crate::{
    Named, Result, Tx, json,
    row::{FromRow, Row},
    value::args,
};

/// How far the opening of a class is.
#[derive(Clone, Debug, PartialEq)]
pub struct Dossier {
    /// Which class.
    pub class: Named<ClassId>,
    /// Its major.
    pub major: String,
    /// Whose class it is.
    pub institution: InstitutionId,
    /// Grows by one with every step; 0 where none was taken.
    pub revision: i64,
    /// What was settled on the way.
    pub opening: Opening,
    /// What was measured of each room for the newest application (R2.2).
    pub readiness: Vec<RoomReport>,
    /// Why the centre sent the newest application back.
    pub sent_back_because: Option<String>,
    /// When the newest step was taken, and by whom.
    pub changed: Option<(Timestamp, Named<UserId>)>,
}

/// A step of an opening to keep.
#[derive(Clone, Debug)]
pub struct OpeningStep {
    /// Of which class.
    pub class: ClassId,
    /// The revision that the step was judged from.
    pub revision: i64,
    /// Where the opening stands after it.
    pub opening: Opening,
    /// See [`Dossier::readiness`].
    pub readiness: Vec<RoomReport>,
    /// See [`Dossier::sent_back_because`].
    pub sent_back_because: Option<String>,
    /// Now.
    pub at: Timestamp,
    /// Who takes it.
    pub by: UserId,
}

impl FromRow for Dossier {
    fn from_row(row: &Row) -> Result<Self> {
        let class: Named<ClassId> = row.named("class_id", "class_name")?;
        let institution: InstitutionId = row.parsed("institution_id")?;
        let major = row.text("major")?;
        let Some(revision) = row.opt_int("revision")? else {
            let first_day: Date = row.parsed("starts_on")?;
            let opening = Opening::Draft(Draft::of_class(institution, &class.name, &major, first_day));
            let (readiness, sent_back_because, changed) = (Vec::new(), None, None);
            return Ok(Self { class, major, institution, revision: 0, opening, readiness, sent_back_because, changed });
        };
        let opening: Opening = row.json("body")?;
        if row.text("stage")? != json::word(&opening.stage()) || opening.draft().institution != institution {
            return Err(row.impossible("body"));
        }
        Ok(Self {
            class,
            major,
            institution,
            revision,
            opening,
            readiness: row.json("readiness")?,
            sent_back_because: row.opt_text("sent_back_because")?,
            changed: Some((row.time("changed_at")?, row.named("changed_by", "changed_by_name")?)),
        })
    }
}

impl Tx {
    /// The dossier of a class: that of a class of which no step was taken is its first draft. `None`: no such class.
    pub async fn dossier(&mut self, class: ClassId) -> Result<Option<Dossier>> {
        self.optional(
            "SELECT c.id AS class_id, c.name AS class_name, c.major, c.institution_id, c.starts_on,
                    o.stage, o.revision, o.body, o.readiness, o.sent_back_because, o.changed_at, o.changed_by,
                    u.display_name AS changed_by_name
             FROM classes c
             LEFT JOIN openings o ON o.class_id = c.id
             LEFT JOIN users u ON u.id = o.changed_by
             WHERE c.id = $1",
            args![class],
        )
        .await
    }

    /// Keeps a step. Lost if someone else took one from the same revision. Field error: `reason`.
    pub async fn take_opening_step(&mut self, step: &OpeningStep) -> Result<()> {
        let OpeningStep { class, revision, opening, readiness, sent_back_because, at, by } = step;
        let sql = if *revision == 0 {
            "INSERT INTO openings
                (class_id, revision, stage, body, readiness, sent_back_because, changed_at, changed_by)
             VALUES ($1, $2 + 1, $3, $4, $5, $6, $7, $8) ON CONFLICT (class_id) DO NOTHING"
        } else {
            "UPDATE openings
             SET revision = revision + 1, stage = $3, body = $4, readiness = $5, sent_back_because = $6,
                 changed_at = $7, changed_by = $8
             WHERE class_id = $1 AND revision = $2"
        };
        let (stage, body, readiness) = (json::word(&opening.stage()), json::text(opening), json::text(readiness));
        self.advance("opening", sql, args![class, revision, stage, body, readiness, sent_back_because, at, by]).await
    }
}
