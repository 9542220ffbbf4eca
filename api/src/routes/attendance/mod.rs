//! R7.2c, R7.3c: who attended, day by day, and whether the papers say the same.

mod facts;
pub mod forms;
pub mod hand_in;
mod month;
pub mod show;

use duxue_rules::{
    ids::{ClassId, LessonId},
    timetable::{Lesson, Timetable},
};
use duxue_storage::Tx;

pub(in crate::routes) use facts::Facts;
pub(in crate::routes) use month::month_of;

use super::timetables::Standing;
use crate::problem::Failure;

/// The word under which the audit log tells of handed-in summaries.
pub(in crate::routes) const SUMMARY: &str = "monthly_summary";

/// The lessons that a class's attendance is held against: those of the timetable in force. A class that has none is held
/// against its sessions, each as one lesson.
pub(in crate::routes) async fn lessons_of(tx: &mut Tx, class: ClassId) -> Result<Timetable, Failure> {
    if let Some(row) = tx.approved_timetable(class).await? {
        return Ok(Standing::of(tx, row).await?.in_force);
    }
    let sessions = tx.all_sessions_of_class(class).await?.into_iter().map(|session| Lesson {
        id: LessonId(session.id.0),
        span: session.span,
        venue: session.venue.id,
        subject: String::new(),
        teacher: String::new(),
    });
    Timetable::new(class, sessions.collect()).map_err(|_| Failure::Internal)
}
