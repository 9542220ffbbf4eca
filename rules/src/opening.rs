//! 一, 二, 五, 六: from the wish to teach a class to the day it may begin.
//!
//! [`Draft`] → self-check → [`SelfChecked`] → filing on site → [`Filed`] → application → [`Applied`] → the centre's word →
//! [`Approved`] → first lesson → [`Running`]. Each state holds exactly what was settled on the way to it, and each step
//! consumes the one before, so a class that runs without an approved application cannot be written down. Every refusal
//! names all that is missing, and gives the state back unchanged.

mod approvals;
mod filing;
pub mod health;
mod in_time;
mod measuring;
mod naming;
mod readiness;
mod self_check;
mod stage;
mod steps;

pub use approvals::{
    Catalogue, CatalogueEntry, Textbook, TextbookGround, VenueApproval, major_allowed, textbook_allowed, venue_allowed,
};
pub use filing::{Filing, FilingPaper, StudentFiling, check as check_filing};
pub use in_time::opening_in_time;
pub use measuring::{PictureReport, StreamReport, long_enough};
pub use naming::{ClassName, check as check_name, class_name};
pub use readiness::{CameraReport, Measure, RoomReport, check as check_readiness, measure};
pub use self_check::{SelfCheck, SelfCheckItem, check as check_self};
pub use stage::{Stage, may_run};
pub use steps::{Application, Applied, Approved, Draft, Filed, Opening, Refused, Running, SelfChecked, Step};
