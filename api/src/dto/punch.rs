//! Punches 打卡.

use std::collections::HashMap;

use duxue_rules::{
    attendance::MarkedPunch,
    ids::{PunchId, StudentId, VenueId},
};
use duxue_storage::punch::{Punch as Row, Source};
use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{
    refs::{DeviceRef, StudentRef, Text, UserRef, VenueRef},
    words::{Mark, PunchMethod, Side},
};

/// Punches that a device sends: at most 500 at once.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewPunches {
    /// In any order; those made while there was no network too.
    #[schema(max_items = 500)]
    pub punches: Vec<NewPunch>,
}

/// One punch, as the device has it.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewPunch {
    /// The device's own identity of it, 1 to 100 characters. Sent again, it is known and not kept twice.
    #[schema(min_length = 1, max_length = 100, example = "20241008-000123")]
    pub id: String,
    /// Who, by identity; or else `number`.
    #[schema(value_type = Option<Uuid>)]
    pub student_id: Option<StudentId>,
    /// 学号, looked for among the institution's classes that run that day; of several, the one taught in this classroom
    /// that day.
    pub number: Option<String>,
    /// When it was made, by the device's clock.
    pub at: Timestamp,
    /// For which end of the day; without it the middle of the day's teaching divides them.
    pub side: Option<Side>,
    /// How the device knew the student.
    pub method: PunchMethod,
}

/// What became of the punches, in their order.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct SentPunches {
    /// One for each.
    pub results: Vec<SentPunch>,
    /// How many are kept for the first time.
    pub kept: usize,
    /// How many were known.
    pub known: usize,
    /// How many were refused; send those again once what is wrong is put right.
    pub refused: usize,
}

/// What became of one punch.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct SentPunch {
    /// The device's own identity of it.
    pub id: String,
    /// Whether it is kept.
    pub outcome: PunchOutcome,
    /// Its identity here; null when it was refused.
    #[schema(value_type = Option<Uuid>)]
    pub punch_id: Option<PunchId>,
    /// Why it was refused.
    pub problem: Option<Text>,
}

/// What became of the picture of a punch.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct PunchPicture {
    /// Whether it was held against the student's own templates.
    pub compared: bool,
    /// Why not; null when it was.
    pub why: Option<Text>,
}

/// What became of one punch, in a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum PunchOutcome {
    /// Kept for the first time.
    Kept,
    /// It was sent before.
    Known,
    /// Not kept; `problem` says why.
    Refused,
}

/// A punch of a day, with what is to be said of it.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Punch {
    /// Its identity.
    #[schema(value_type = Uuid)]
    pub id: PunchId,
    /// Who.
    pub student: StudentRef,
    /// For which end of the day.
    pub side: Side,
    /// How the device knew the student.
    pub method: PunchMethod,
    /// When it was made, by the device's clock.
    pub made_at: Timestamp,
    /// When it came.
    pub received_at: Timestamp,
    /// Where.
    pub venue: VenueRef,
    /// The device that sent it; null for one that was imported.
    pub device: Option<DeviceRef>,
    /// Who imported it; null for one that a device sent.
    pub imported_by: Option<UserRef>,
    /// How much the face is like the student's; null when nobody looked, and to whoever is not of the centre.
    pub face: Option<PunchFace>,
    /// Whether the student has punched by it (R7.3a).
    pub counts: bool,
    /// What is to be said of it.
    pub marks: Vec<PunchMark>,
}

/// Something to be said of a punch.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct PunchMark {
    /// In a word.
    pub mark: Mark,
    /// For people.
    pub text: Text,
}

/// How much the face behind a punch is like the student's (R7.3a, R7.1x). The picture itself was not kept.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct PunchFace {
    /// How much the face looked like the student's: cosine, -1 to 1.
    pub similarity: f32,
    /// How much less it looked like the next student's; null: nobody else was there to be compared.
    pub margin: Option<f32>,
    /// The recogniser.
    pub model: String,
    /// The hint whether somebody stood there in person; null: no face was large enough to tell. Nobody is refused for it.
    pub liveness: Option<PunchLiveness>,
}

/// Over how many pictures of one check-in was looked whether somebody stood there in person.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct PunchLiveness {
    /// Pictures in which the face was large enough to tell.
    #[schema(minimum = 1)]
    pub pictures: u32,
    /// Of them, those that look like a person and not like a picture of one.
    pub in_person: u32,
}

impl Punch {
    /// A stored punch with its marks, and with how sure the kiosk was where `with_face`.
    pub fn of(row: Row, marked: &MarkedPunch, names: &HashMap<StudentId, String>, with_face: bool) -> Self {
        let punch = row.punch;
        let (face, liveness) = (row.face.filter(|_| with_face), row.liveness);
        let (device, imported_by) = match row.source {
            Source::Device { device, .. } => (Some(device.into()), None),
            Source::Import { by } => (None, Some(by.into())),
        };
        let student =
            StudentRef { student_id: punch.student, name: names.get(&punch.student).cloned().unwrap_or_default() };
        let marks = marked.marks.iter().map(|&mark| PunchMark { mark: mark.into(), text: mark.text().into() });
        Self {
            id: punch.id,
            student,
            side: punch.side.into(),
            method: punch.method.into(),
            made_at: punch.made_at,
            received_at: punch.received_at,
            venue: row.venue.into(),
            device,
            imported_by,
            face: face.map(|face| PunchFace {
                similarity: face.similarity,
                margin: face.margin,
                model: face.model,
                liveness: liveness.map(|seen| PunchLiveness { pictures: seen.pictures, in_person: seen.in_person }),
            }),
            counts: marked.counts(),
            marks: marks.collect(),
        }
    }
}

/// Where an imported table's device hangs.
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ImportQuery {
    /// The classroom of the device.
    #[param(value_type = Uuid)]
    pub venue_id: VenueId,
}

/// What became of an imported table.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ImportedPunches {
    /// How many lines are kept for the first time.
    pub kept: usize,
    /// How many were imported before, or stand in the table twice.
    pub known: usize,
    /// The first and the last civil day of what is kept; null when that is nothing.
    pub days: Option<ImportedDays>,
}

/// From one civil day to another, both inside.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
pub struct ImportedDays {
    /// The first.
    #[schema(value_type = String, format = Date)]
    pub first: Date,
    /// The last.
    #[schema(value_type = String, format = Date)]
    pub last: Date,
}
