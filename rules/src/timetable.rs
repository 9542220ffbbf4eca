//! R7.2a, R7.2b, R7.2d, R1.2 (七(二)课时要求): the timetable 课程表, its changes, and whether it is followed.
//!
//! [`Timetable`] holds a class's lessons; [`check`] looks at it before the class opens and after every change;
//! [`ChangeRequest`] is the way to change it (written request, the centre's word *before* the lesson); [`deviations`]
//! compares what was taught with what was in force. [`Submission`] is the way of a timetable to the centre and back;
//! [`sessions`] says which teaching sessions one makes, and [`follow_up`] how those that are there come to follow it.

mod change;
mod check;
mod course;
mod follow;
mod lesson;
mod sessions;
mod submission;

pub use change::{
    Change, ChangeApproved, ChangeRefused, ChangeRequest, ChangeRequested, ChangeStep, NotTaken, Replayed, replay,
};
pub use check::{MonthDays, TimetableAnswer, check};
pub use course::{Course, PlannedSubject, TeachingPlan, months_after};
pub use follow::{Taught, deviations};
pub use lesson::{Lesson, LessonTwice, Timetable};
pub use sessions::{HeldSession, PlannedSession, SessionChanges, follow_up, sessions};
pub use submission::{Approved, Refused, Submission, SubmissionStep, Submitted, Withdrawn};
