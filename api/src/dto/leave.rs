//! Sick and personal leave 请假.

use std::collections::HashMap;

use duxue_rules::ids::{ClassId, LeaveId, StudentId};
use duxue_storage::leave;
use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    refs::{StudentRef, UserRef},
    rule_finding::RuleFinding,
    words::LeaveKind,
};

/// A leave to record (R7.3e).
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewLeave {
    /// Who.
    #[schema(value_type = Uuid)]
    pub student_id: StudentId,
    /// Sick or personal.
    pub kind: LeaveKind,
    /// The first day.
    #[schema(value_type = String, format = Date)]
    pub first_on: Date,
    /// The last day, inside.
    #[schema(value_type = String, format = Date)]
    pub last_on: Date,
    /// Why, 1 to 2000 characters.
    #[schema(min_length = 1, max_length = 2000)]
    pub reason: String,
}

/// Why a leave no longer holds.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LeaveCancellation {
    /// It was a mistake, or the student came: 1 to 2000 characters.
    #[schema(min_length = 1, max_length = 2000)]
    pub reason: String,
}

/// A leave as it was recorded.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Leave {
    /// Its identity.
    #[schema(value_type = Uuid)]
    pub id: LeaveId,
    /// The student's class.
    #[schema(value_type = Uuid)]
    pub class_id: ClassId,
    /// Who.
    pub student: StudentRef,
    /// Sick or personal.
    pub kind: LeaveKind,
    /// The first day.
    #[schema(value_type = String, format = Date)]
    pub first_on: Date,
    /// The last day, inside.
    #[schema(value_type = String, format = Date)]
    pub last_on: Date,
    /// Why.
    pub reason: String,
    /// Who granted it.
    pub granted_by: UserRef,
    /// When it was recorded.
    pub recorded_at: Timestamp,
    /// That it no longer holds; null while it does.
    pub cancelled: Option<CancelledLeave>,
}

/// That a leave no longer holds.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct CancelledLeave {
    /// When it was cancelled.
    pub at: Timestamp,
    /// By whom.
    pub by: UserRef,
    /// Why.
    pub reason: String,
}

/// A class's leaves.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Leaves {
    /// All of them, in the order in which they were recorded.
    pub items: Vec<Leave>,
    /// What is wrong with those that hold: recorded after the report that counts it, and the like (R7.3e).
    pub findings: Vec<RuleFinding>,
}

/// A leave that was just recorded.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct RecordedLeave {
    /// The leave.
    pub leave: Leave,
    /// What is to be said of it all the same, such as that a report counted it before.
    pub findings: Vec<RuleFinding>,
}

impl Leave {
    /// A stored leave beside the names of the class's students.
    pub fn of(row: leave::Leave, names: &HashMap<StudentId, String>) -> Self {
        let leave = row.leave;
        let name = names.get(&leave.student).cloned().unwrap_or_default();
        Self {
            id: row.id,
            class_id: row.class,
            student: StudentRef { student_id: leave.student, name },
            kind: leave.kind.into(),
            first_on: leave.dates.start(),
            // A stored leave has at least one day.
            last_on: leave.dates.last().unwrap_or(leave.dates.start()),
            reason: leave.reason,
            granted_by: row.granted_by.into(),
            recorded_at: leave.recorded_at,
            cancelled: row.cancelled.map(|cancelled| CancelledLeave {
                at: cancelled.at,
                by: cancelled.by.into(),
                reason: cancelled.because,
            }),
        }
    }
}
