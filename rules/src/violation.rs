//! R7.5 (七(五)): 违规处理. From a person's verdict to the ladder of measures, and the suspension that stops teaching.
//!
//! The machine raises findings; a violation exists only once one of the centre's supervisors has confirmed it
//! ([`Charge::confirm`]). The ladder is never stored: [`ladder`] derives it from the verdicts there are, so that a
//! confirmation which is withdrawn takes its step with it. What was done about a measure is recorded beside it
//! ([`measures`]), and a suspension has states of its own ([`Suspension`]).
//!
//! Readings of the notice that were chosen here:
//! - It counts an institution's violations without end: no year, no class starts the count anew.
//! - Several findings of one occasion may be confirmed as one violation (违规1次): the person who confirms says so.
//! - 情节严重者将报司法机关 comes at once and besides the step of the ladder, not instead of it.
//! - 报人社行政部门对其作出停课整改处理: the centre reports and the bureau suspends. Teaching stops from the day that the bureau's
//!   order names, and may resume on the day on which a manager of the centre records that it is lifted.

mod ladder;
mod measures;
mod suspension;
mod teach;
mod verdict;

pub use ladder::{Measure, MeasureKind, ladder};
pub use measures::{Carried, MeasureState, measures, measures_findings};
pub use suspension::{InForce, Lifted, Order, Reported, Suspension, report};
pub use teach::{MayTeach, may_teach};
pub use verdict::{Charge, Confirmed, Dismissed, Severity, Verdict, VerdictRefusal, Withdrawn, Word};
