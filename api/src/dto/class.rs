//! Classes, their students and sessions.

use duxue_rules::ids::{ClassId, InstitutionId, SessionId, StudentId, TemplateId, VenueId};
use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{
    refs::{InstitutionRef, VenueRef},
    words::{OpeningStage, SettlementState, Sex},
};

/// A class 班次.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Class {
    /// Its identity.
    #[schema(value_type = Uuid)]
    pub id: ClassId,
    /// Its name, as filed (R6.1).
    pub name: String,
    /// Its major 专业.
    pub major: String,
    /// Whose it is.
    pub institution: InstitutionRef,
    /// Its first day.
    #[schema(value_type = String, format = Date)]
    pub starts_on: Date,
    /// Its last day.
    #[schema(value_type = String, format = Date)]
    pub ends_on: Date,
    /// Students on the roster who have not left.
    pub students: u32,
    /// Those among them who have a face template.
    pub enrolled: u32,
    /// How far its opening has come; null of a class that was added without one.
    pub opening: Option<OpeningStage>,
    /// How far its settlement has come.
    pub settlement: SettlementState,
}

/// Which classes.
#[derive(Clone, Copy, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ClassQuery {
    /// Only those whose opening stands there.
    #[param(inline)]
    pub opening: Option<OpeningStage>,
    /// Only those whose settlement stands there.
    #[param(inline)]
    pub settlement: Option<SettlementState>,
}

/// A class to add.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewClass {
    /// Whose it is.
    #[schema(value_type = Uuid)]
    pub institution_id: InstitutionId,
    /// Its name, 1 to 200 characters, unique in the institution.
    #[schema(min_length = 1, max_length = 200)]
    pub name: String,
    /// Its major 专业, 1 to 100 characters.
    #[schema(min_length = 1, max_length = 100)]
    pub major: String,
    /// Its first day.
    #[schema(value_type = String, format = Date)]
    pub starts_on: Date,
    /// Its last day, not before the first.
    #[schema(value_type = String, format = Date)]
    pub ends_on: Date,
}

/// A student on a roster. Templates never leave the server; `enrolled` says whether there is one.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Student {
    /// Their identity.
    #[schema(value_type = Uuid)]
    pub id: StudentId,
    /// Their name.
    pub name: String,
    /// Their registered sex.
    pub sex: Sex,
    /// The number on the roster.
    pub number: Option<String>,
    /// When they consented to their face being processed; null when they have not.
    pub face_consent_at: Option<Timestamp>,
    /// Whether there is a face template of theirs.
    pub enrolled: bool,
    /// The first day on which they were no longer in the class; null while they are.
    #[schema(value_type = Option<String>, format = Date)]
    pub left_on: Option<Date>,
}

/// A student to add.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewStudent {
    /// Their name, 1 to 100 characters.
    #[schema(min_length = 1, max_length = 100)]
    pub name: String,
    /// Their registered sex.
    pub sex: Sex,
    /// The number on the roster, 1 to 40 characters, unique in the class.
    #[schema(min_length = 1, max_length = 40)]
    pub number: Option<String>,
    /// Whether they signed the separate consent to their face being processed.
    pub face_consent: bool,
}

/// An enrolment picture was taken in.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Enrolled {
    /// The template made from it; the template itself is never given.
    #[schema(value_type = Uuid)]
    pub template_id: TemplateId,
    /// The recogniser that made it.
    pub model: String,
    /// How good the picture was.
    pub quality: EnrolQuality,
}

/// How good an enrolment picture was.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, ToSchema)]
pub struct EnrolQuality {
    /// The detector's score of the face, 0 to 1.
    pub score: f32,
    /// Pixels between the eyes.
    pub eye_distance_px: f32,
    /// Variance of the Laplacian; low is blurred.
    pub sharpness: f32,
}

/// One teaching session.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Session {
    /// Its identity.
    #[schema(value_type = Uuid)]
    pub id: SessionId,
    /// Whose.
    #[schema(value_type = Uuid)]
    pub class_id: ClassId,
    /// Where.
    pub venue: VenueRef,
    /// On what civil date in Asia/Shanghai.
    #[schema(value_type = String, format = Date)]
    pub date: Date,
    /// From when.
    pub starts_at: Timestamp,
    /// Until when.
    pub ends_at: Timestamp,
}

/// A session to add.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewSession {
    /// Where: a venue of the class's own institution (R1.2).
    #[schema(value_type = Uuid)]
    pub venue_id: VenueId,
    /// From when.
    pub starts_at: Timestamp,
    /// Until when, on the same civil date.
    pub ends_at: Timestamp,
}

impl From<duxue_storage::class::Class> for Class {
    fn from(row: duxue_storage::class::Class) -> Self {
        Self {
            id: row.id,
            name: row.name,
            major: row.major,
            institution: row.institution.into(),
            starts_on: row.starts_on,
            ends_on: row.ends_on,
            students: row.students,
            enrolled: row.enrolled,
            opening: row.opening.map(Into::into),
            settlement: row.settlement.into(),
        }
    }
}

impl From<duxue_storage::student::Student> for Student {
    fn from(row: duxue_storage::student::Student) -> Self {
        Self {
            id: row.id,
            name: row.name,
            sex: row.sex.into(),
            number: row.number,
            face_consent_at: row.face_consent_at,
            enrolled: row.templates > 0,
            left_on: row.left_on,
        }
    }
}

impl From<duxue_storage::session::Session> for Session {
    fn from(row: duxue_storage::session::Session) -> Self {
        Self {
            id: row.id,
            class_id: row.class.id,
            venue: row.venue.into(),
            date: row.date,
            starts_at: row.span.start(),
            ends_at: row.span.end(),
        }
    }
}
