//! Tables that are imported: all of it or nothing, and first, if wished, only to see what would come of it.

use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{approval::ApprovalList, timetable::Timetable};

/// Whether an import is meant.
#[derive(Clone, Copy, Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ImportMode {
    /// With `true` nothing is kept: the answer says what would be.
    #[serde(default)]
    pub dry_run: bool,
}

/// What came of a table.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Imported {
    /// Whether nothing was kept, as only this was asked for.
    pub dry_run: bool,
    /// How many rows were taken.
    pub rows: usize,
    /// Headings that are no column of this table; what stands under them was not looked at.
    pub ignored_headings: Vec<String>,
}

/// What came of an imported timetable.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ImportedTimetable {
    /// What came of the table.
    #[serde(flatten)]
    pub imported: Imported,
    /// The timetable with what is wrong with it.
    pub timetable: Timetable,
}

/// What came of an imported approval list.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ImportedApprovalList {
    /// What came of the table.
    #[serde(flatten)]
    pub imported: Imported,
    /// The list.
    pub list: ApprovalList,
}

/// What else belongs to a timetable that comes as a table.
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct TimetableImport {
    /// 教学大纲: a file of the institution.
    #[param(value_type = Uuid)]
    pub syllabus_file_id: duxue_rules::ids::FileId,
    /// 教学计划: a file of the institution.
    #[param(value_type = Uuid)]
    pub plan_file_id: duxue_rules::ids::FileId,
    /// 培训时长: how many months the major takes.
    pub months: u32,
    /// With `true` nothing is kept: the answer says what would be.
    #[serde(default)]
    pub dry_run: bool,
}

/// Which list an imported one replaces.
#[derive(Clone, Copy, Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ApprovalListImport {
    /// The revision that this replaces; 0 where the year has no list yet.
    pub revision: i64,
    /// With `true` nothing is kept: the answer says what would be.
    #[serde(default)]
    pub dry_run: bool,
}

/// A table that has a template.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum TemplateKind {
    /// A class's roster.
    Students,
    /// A class's timetable.
    Timetable,
    /// The approval list of a year.
    ApprovalList,
}
