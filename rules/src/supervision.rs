//! R7.1a, R7.4a to R7.4c (七(一)、(四)): what supervision looks at, how often, by which means, and whom it looks at today.
//!
//! Three records count, each only once it is signed: the record of remote supervision ([`RemoteDraft`] →
//! [`SignedRemote`]), the sheet of an on-site inspection ([`SheetDraft`] → [`SheetSigning`] → [`SignedSheet`]) and, as a
//! third kind of means, a spot check. A signed one cannot be made without its signatures, and carries the hash of what was
//! signed. The quotas are answered as of a day: what was signed later did not count yet.
//!
//! How to add an item to look at: a field in [`Checklist`], a line in [`Checklist::looks`], its words in [`Item::text`].

mod checklist;
mod means;
mod remote;
mod risk;
mod selection;
mod sheet;
mod signature;
mod visits;
mod watching;
mod weeks;

use serde::{Deserialize, Serialize};

pub use checklist::{Checklist, Item, Look};
pub use means::{Means, MeansCheck, MeansUse, means, means_finding};
pub use remote::{RemoteDraft, SignedRemote};
pub use risk::{RiskFacts, weeks_unseen, weight};
pub use selection::{Selection, SelectionProblem, accept, select, verify};
pub use sheet::{SheetDraft, SheetSigning, SignedSheet};
pub use signature::{ContentHash, Signature};
pub use visits::{PlannedVisit, Visit, Visits, visits, visits_finding};
pub use watching::{Basis, LoggedWatch, Showing, Taught, basis};
pub use weeks::{RemoteWeek, remote_findings, remote_weeks};

/// How something that is due stands on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// Its time is over and it was not done.
    Overdue,
    /// The day planned for it is over, while the time that the notice gives still runs.
    Behind,
    /// There is still time.
    Open,
    /// It is done.
    Done,
}
