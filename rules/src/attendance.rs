//! R7.2c, R7.3a to R7.3e (七(二), 七(三)出勤要求): who attended, by punches, and whether the papers say the same.
//!
//! [`judge`] makes a day's sheet out of the timetable, the punches, leaves and statements; [`Rate`] adds the days up;
//! [`Summary`] puts a month on 附件6; [`disagreements`] compares punches, daily reports and a handed-in summary;
//! [`report_duties`] and [`due`] say what the class manager owes.

mod agree;
mod day;
mod due;
mod duties;
mod face;
mod learn;
mod leave;
mod punch;
mod rate;
mod statement;
mod summary;

pub use agree::{Accounts, disagreements};
pub use day::{DayFacts, DaySheet, DayValue, HowShown, Member, Standing, StudentDay, judge};
pub use due::{Due, DueFacts, due};
pub use duties::{ReportDuty, ReportState, SentReport, report_duties, report_findings};
pub use face::{FaceAnswer, face_answer};
pub use learn::{KnownFace, cosine, may_teach, worth_keeping};
pub use leave::{Leave, LeaveKind, check as check_leaves};
pub use punch::{Mark, MarkedPunch, Punch, PunchMethod, Side, Window, Windows, mark, mark_day};
pub use rate::{Exemption, Rate, Settled, settle};
pub use statement::{Signer, Statement, StatementCause, check as check_statements};
pub use summary::{Summary, SummaryLine};
