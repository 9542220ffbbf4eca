//! R7.4c: draws of the classes to look at on a day.

use std::collections::HashMap;

use duxue_rules::ids::{ClassId, SelectionId};
use duxue_storage::selection::RecordedSelection;
use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::refs::{ClassRef, UserRef};

/// A draw to make.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewDraw {
    /// How many classes to draw, 1 to 100; all, where fewer are taught today.
    #[schema(minimum = 1, maximum = 100)]
    pub wanted: u32,
    /// Why it is drawn again; needed exactly when there was a draw today.
    #[serde(default)]
    pub reason: String,
}

/// A draw, kept for ever with everything that it takes to draw it again.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct SupervisionDraw {
    /// Its identity.
    #[schema(value_type = Uuid)]
    pub id: SelectionId,
    /// The civil day that it is for.
    #[schema(value_type = String, format = Date)]
    pub date: Date,
    /// The how manieth of its day, from 1.
    pub number: u32,
    /// Why it was drawn again; null for the first of a day.
    pub reason: Option<String>,
    /// The classes to look at, in the order of the lots.
    pub drawn: Vec<ClassRef>,
    /// Every class that took part, with what its weight came from.
    pub candidates: Vec<DrawCandidate>,
    /// The seed, in hexadecimal: with the candidates it gives the same lots on every machine.
    pub seed: String,
    /// The version of the policy whose weights it used.
    pub policy_version: i64,
    /// Who drew.
    pub drawn_by: UserRef,
    /// When.
    pub drawn_at: Timestamp,
}

/// A class that took part.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct DrawCandidate {
    /// Which.
    pub class: ClassRef,
    /// Its weight.
    pub weight: u32,
    /// Its findings that nobody had decided.
    pub open_findings: u32,
    /// Confirmed violations of its institution.
    pub confirmed_violations: u32,
    /// Training weeks in which nobody looked.
    pub weeks_unseen: u32,
}

impl SupervisionDraw {
    /// With the classes' names.
    pub(crate) fn of(row: RecordedSelection, names: &HashMap<ClassId, String>) -> Self {
        let class = |id: ClassId| ClassRef { id, name: names.get(&id).cloned().unwrap_or_default() };
        let selection = row.selection;
        let weights = selection.draw.candidates.iter().map(|candidate| candidate.weight);
        let candidates = selection.facts.iter().zip(weights).map(|(facts, weight)| DrawCandidate {
            class: class(facts.class),
            weight,
            open_findings: facts.open_findings,
            confirmed_violations: facts.confirmed_violations,
            weeks_unseen: facts.weeks_unseen,
        });
        Self {
            id: row.id,
            date: selection.on,
            number: row.number,
            reason: selection.again_because.as_ref().map(|reason| reason.as_str().to_owned()),
            drawn: selection.drawn().map(class).collect(),
            candidates: candidates.collect(),
            seed: hex::encode(selection.draw.seed.0),
            policy_version: row.policy_version,
            drawn_by: row.drawn_by.into(),
            drawn_at: row.drawn_at,
        }
    }
}
