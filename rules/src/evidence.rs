//! R9.1 and R9.2 (九): the video of a class's lessons 视频资料: what can be a clip, whether the clips are enough, and which
//! days to record so that they will be.
//!
//! [`check`] judges clips that are there; [`plan`] chooses days ahead. They share facts and policy but no code: each is the
//! other's test.

mod check;
mod cut;
mod days;
mod facts;
mod plan;

pub use check::{EvidenceCheck, MonthEvidence, SetAside, WhySetAside, check};
pub use cut::{ClipRefusal, clip_span, continuous, continuous_seconds};
pub use days::{Asked, CameraFootage, TaughtSession, days, wanted_now};
pub use facts::{Chance, EvidenceClip, Exhibit, PlanDay};
pub use plan::{Outlook, Plan, PlannedDay, Short, plan};
