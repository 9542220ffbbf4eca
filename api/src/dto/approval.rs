//! 一: what the bureau approved: institutions with their majors, venues, textbooks.

use duxue_rules::ids::{FileId, InstitutionId, TextbookExceptionId, VenueApprovalId};
use duxue_storage::{approval, textbook, venue_approval};
use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::refs::{InstitutionRef, UserRef, VenueRef};

/// An institution to add, or what it is to be called.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct InstitutionName {
    /// Its name, 1 to 200 characters; no two have the same.
    #[schema(min_length = 1, max_length = 200)]
    pub name: String,
}

/// R1.1: 《抚顺市 … 年高校毕业生专业转换及技能提升培训机构及专业》.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ApprovalList {
    /// The list's year.
    pub year: i16,
    /// Grows by one with every change.
    pub revision: i64,
    /// When it was last changed.
    pub changed_at: Timestamp,
    /// By whom.
    pub changed_by: UserRef,
    /// Its lines; an institution's people see their own.
    pub majors: Vec<ApprovedMajor>,
}

/// A line of the list.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ApprovedMajor {
    /// The institution.
    pub institution: InstitutionRef,
    /// A major approved for it.
    #[schema(example = "电子商务")]
    pub major: String,
}

/// A year's list, whole.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewApprovalList {
    /// The revision that this replaces; 0 where the year has no list yet.
    pub revision: i64,
    /// Its lines.
    pub majors: Vec<NewApprovedMajor>,
}

/// A line of the list.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewApprovedMajor {
    /// The institution.
    #[schema(value_type = Uuid)]
    pub institution_id: InstitutionId,
    /// A major approved for it, 1 to 100 characters.
    #[schema(min_length = 1, max_length = 100)]
    pub major: String,
}

impl ApprovalList {
    pub(crate) fn of(list: approval::ApprovalList, lines: Vec<approval::ApprovedMajor>) -> Self {
        let line =
            |line: approval::ApprovedMajor| ApprovedMajor { institution: line.institution.into(), major: line.major };
        Self {
            year: list.year,
            revision: list.revision,
            changed_at: list.changed_at,
            changed_by: list.changed_by.into(),
            majors: lines.into_iter().map(line).collect(),
        }
    }
}

/// R1.2: the bureau verified a venue on site 现场核验.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct VenueApproval {
    /// Its identity.
    #[schema(value_type = Uuid)]
    pub id: VenueApprovalId,
    /// Of which venue.
    pub venue: VenueRef,
    /// From when on.
    #[schema(value_type = String, format = Date)]
    pub approved_on: Date,
    /// The bureau's paper.
    #[schema(value_type = Uuid)]
    pub file_id: FileId,
    /// The first day on which it no longer holds; null while it does.
    #[schema(value_type = Option<String>, format = Date)]
    pub withdrawn_on: Option<Date>,
    /// Why it was withdrawn.
    pub withdrawn_because: Option<String>,
    /// Who recorded it.
    pub recorded_by: UserRef,
}

/// An approval of a venue to record.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewVenueApproval {
    /// From when on.
    #[schema(value_type = String, format = Date)]
    pub approved_on: Date,
    /// The bureau's paper: a file of the centre or of the venue's institution.
    #[schema(value_type = Uuid)]
    pub file_id: FileId,
}

/// An approval no longer holds.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Withdrawal {
    /// The first day on which it no longer holds.
    #[schema(value_type = String, format = Date)]
    pub on: Date,
    /// Why, 1 to 2000 characters.
    #[schema(min_length = 1, max_length = 2000)]
    pub reason: String,
}

impl From<venue_approval::VenueApproval> for VenueApproval {
    fn from(row: venue_approval::VenueApproval) -> Self {
        let (withdrawn_on, withdrawn_because) = row.withdrawn.unzip();
        Self {
            id: row.id,
            venue: row.venue.into(),
            approved_on: row.approved_on,
            file_id: row.file,
            withdrawn_on,
            withdrawn_because,
            recorded_by: row.created_by.into(),
        }
    }
}

/// R1.3 特殊情况: the bureau lets an institution use a textbook that is not in the national catalogue.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct TextbookException {
    /// Its identity.
    #[schema(value_type = Uuid)]
    pub id: TextbookExceptionId,
    /// The textbook's title.
    pub title: String,
    /// When it was approved.
    #[schema(value_type = String, format = Date)]
    pub approved_on: Date,
    /// The approval's file.
    #[schema(value_type = Uuid)]
    pub file_id: FileId,
    /// Who recorded it.
    pub recorded_by: UserRef,
}

/// An exception to record.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewTextbookException {
    /// The textbook's title, 1 to 200 characters.
    #[schema(min_length = 1, max_length = 200)]
    pub title: String,
    /// When it was approved.
    #[schema(value_type = String, format = Date)]
    pub approved_on: Date,
    /// The approval's file: one of the centre or of the institution.
    #[schema(value_type = Uuid)]
    pub file_id: FileId,
}

impl From<textbook::TextbookException> for TextbookException {
    fn from(row: textbook::TextbookException) -> Self {
        Self {
            id: row.id,
            title: row.title,
            approved_on: row.approved_on,
            file_id: row.file,
            recorded_by: row.created_by.into(),
        }
    }
}
