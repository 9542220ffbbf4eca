//! R7.2: timetables 课程表 and the requests to change them.

use duxue_rules::{
    ids::{ChangeRequestId, FileId, LessonId, TimetableId, VenueId},
    timetable as rules,
};
use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    finding::Reason,
    refs::{ClassRef, UserRef},
    rule_finding::RuleFinding,
};

/// A line of the teaching plan 教学计划.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PlannedSubject {
    /// What is taught.
    pub subject: String,
    /// At least in so many lessons.
    pub lessons: u32,
}

/// A timetable to hand in (R7.2a). One that still lies with the centre is withdrawn by it.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewTimetable {
    /// 教学大纲: a file of the institution.
    #[schema(value_type = Uuid)]
    pub syllabus_file_id: FileId,
    /// 教学计划: a file of the institution.
    #[schema(value_type = Uuid)]
    pub plan_file_id: FileId,
    /// The plan's subjects; left out, the timetable is not compared with it.
    #[serde(default)]
    pub subjects: Vec<PlannedSubject>,
    /// 培训时长: how many months the major takes.
    #[schema(example = 3)]
    pub months: u32,
    /// Every lesson, at most 2000.
    pub lessons: Vec<NewLesson>,
}

/// A lesson 课时 to be.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewLesson {
    /// In a change: the lesson that moves and keeps its identity. Left out, a new one.
    #[serde(default)]
    #[schema(value_type = Option<Uuid>)]
    pub id: Option<LessonId>,
    /// From when.
    pub starts_at: Timestamp,
    /// Until when, on the same civil date.
    pub ends_at: Timestamp,
    /// Where: a venue of the institution (R1.2).
    #[schema(value_type = Uuid)]
    pub venue_id: VenueId,
    /// What is taught, up to 100 characters.
    #[schema(max_length = 100)]
    pub subject: String,
    /// Who teaches, up to 100 characters.
    #[schema(max_length = 100)]
    pub teacher: String,
}

/// A lesson of a timetable.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Lesson {
    /// Its identity.
    #[schema(value_type = Uuid)]
    pub id: LessonId,
    /// Its civil date in Asia/Shanghai.
    #[schema(value_type = String, format = Date)]
    pub date: Date,
    /// From when.
    pub starts_at: Timestamp,
    /// Until when.
    pub ends_at: Timestamp,
    /// Where.
    #[schema(value_type = Uuid)]
    pub venue_id: VenueId,
    /// What is taught.
    pub subject: String,
    /// Who teaches.
    pub teacher: String,
}

impl From<&rules::Lesson> for Lesson {
    fn from(lesson: &rules::Lesson) -> Self {
        Self {
            id: lesson.id,
            date: lesson.date(),
            starts_at: lesson.span.start(),
            ends_at: lesson.span.end(),
            venue_id: lesson.venue,
            subject: lesson.subject.clone(),
            teacher: lesson.teacher.clone(),
        }
    }
}

/// Where a timetable stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum TimetableStage {
    /// It lies with the centre.
    Submitted,
    /// It is in force; sessions follow it.
    Approved,
    /// The centre refused it.
    Refused,
    /// Another one was handed in before the centre decided.
    Withdrawn,
}

/// A class's timetable.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Timetable {
    /// Its identity.
    #[schema(value_type = Uuid)]
    pub id: TimetableId,
    /// Whose.
    pub class: ClassRef,
    /// Where it stands.
    pub stage: TimetableStage,
    /// 教学大纲.
    #[schema(value_type = Uuid)]
    pub syllabus_file_id: FileId,
    /// 教学计划.
    #[schema(value_type = Uuid)]
    pub plan_file_id: FileId,
    /// The plan's subjects.
    pub subjects: Vec<PlannedSubject>,
    /// How many months the major takes.
    pub months: u32,
    /// Who handed it in.
    pub handed_in_by: UserRef,
    /// When.
    pub handed_in_at: Timestamp,
    /// Who decided it.
    pub decided_by: Option<UserRef>,
    /// When.
    pub decided_at: Option<Timestamp>,
    /// What the centre said with its decision.
    pub reason: Option<String>,
    /// The lessons with all approved changes made, by start.
    pub lessons: Vec<Lesson>,
    /// The training days of each month, given and due.
    pub training_days: Vec<TrainingDays>,
    /// Said of years whose holidays are still to be published.
    pub notes: Vec<Reason>,
    /// What is wrong with the lessons as they stand now.
    pub findings: Vec<RuleFinding>,
    /// What of the lessons that are over was not taught as they have it.
    pub deviations: Vec<RuleFinding>,
    /// All requests to change it, the oldest first.
    pub changes: Vec<TimetableChange>,
}

/// The training days of a month: 每月培训天数以当月实际工作日为准.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct TrainingDays {
    /// Which month, `YYYY-MM`.
    #[schema(example = "2024-10")]
    pub month: String,
    /// Working days of the class's span in it.
    pub due: u32,
    /// Those of them that have a lesson.
    pub given: u32,
    /// Whether the month's holidays are still to be published.
    pub provisional: bool,
}

impl From<rules::MonthDays> for TrainingDays {
    fn from(days: rules::MonthDays) -> Self {
        let rules::MonthDays { month, due, given, provisional } = days;
        Self { month: month.to_string(), due, given, provisional }
    }
}

/// A decision of the centre.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum TeachingOutcome {
    /// It agrees.
    Approved,
    /// It does not.
    Refused,
}

/// The centre's word on a timetable or a change.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TeachingDecision {
    /// What it decides.
    pub outcome: TeachingOutcome,
    /// Why; needed for a refusal, and to approve a timetable in spite of findings. Up to 2000 characters.
    #[serde(default)]
    #[schema(max_length = 2000)]
    pub reason: String,
}

/// A request to change the timetable (R7.2a).
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewTimetableChange {
    /// Lessons that are not held as the timetable has them.
    #[serde(default)]
    #[schema(value_type = Vec<Uuid>)]
    pub withdrawn: Vec<LessonId>,
    /// Lessons instead of them or beside them.
    #[serde(default)]
    pub added: Vec<NewLesson>,
    /// 说明情况: why, up to 2000 characters.
    #[schema(max_length = 2000)]
    pub reason: String,
}

/// Where a request stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ChangeStage {
    /// It lies with the centre.
    Requested,
    /// The lessons are changed.
    Approved,
    /// The lessons stay.
    Refused,
}

/// A request to change the timetable, as it stands.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct TimetableChange {
    /// Its identity.
    #[schema(value_type = Uuid)]
    pub id: ChangeRequestId,
    /// The timetable.
    #[schema(value_type = Uuid)]
    pub timetable_id: TimetableId,
    /// Where it stands.
    pub stage: ChangeStage,
    /// Lessons to be withdrawn.
    #[schema(value_type = Vec<Uuid>)]
    pub withdrawn: Vec<LessonId>,
    /// Lessons to be added.
    pub added: Vec<Lesson>,
    /// Why.
    pub reason: String,
    /// Who asked.
    pub requested_by: UserRef,
    /// When.
    pub requested_at: Timestamp,
    /// Who decided.
    pub decided_by: Option<UserRef>,
    /// When.
    pub decided_at: Option<Timestamp>,
    /// Why it was refused.
    pub refusal: Option<String>,
    /// While nobody has decided: what would be wrong with the lessons after it that is not wrong now, or why it can no
    /// longer be made.
    pub findings: Vec<RuleFinding>,
}

impl TimetableChange {
    /// The request, with what [`TimetableChange::findings`] is to say.
    pub(crate) fn of(row: duxue_storage::timetable::TimetableChange, findings: Vec<RuleFinding>) -> Self {
        use rules::ChangeRequest as R;
        let (stage, requested, decided_at, refusal) = match &row.request {
            R::Requested(requested) => (ChangeStage::Requested, requested, None, None),
            R::Approved(approved) => (ChangeStage::Approved, &approved.request, Some(approved.at), None),
            R::Refused(refused) => {
                (ChangeStage::Refused, &refused.request, Some(refused.at), Some(refused.reason.clone()))
            }
        };
        Self {
            id: requested.change.id,
            timetable_id: row.timetable,
            stage,
            withdrawn: requested.change.withdrawn.iter().copied().collect(),
            added: requested.change.added.iter().map(Lesson::from).collect(),
            reason: requested.change.reason.clone(),
            requested_at: requested.at,
            requested_by: row.requested_by.into(),
            decided_by: row.decided_by.map(Into::into),
            decided_at,
            refusal,
            findings,
        }
    }
}
