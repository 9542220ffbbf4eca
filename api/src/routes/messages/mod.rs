//! R7.6: what institution and centre write to each other about a class.

pub mod list;
pub mod read;
pub mod send;

use duxue_storage::message::Side;

use crate::extract::SignedIn;

/// The word under which the log has messages.
pub(super) const SUBJECT: &str = "message";

/// For which side somebody speaks and reads.
fn side(who: &SignedIn) -> Side {
    if who.actor.institution.is_some() { Side::Institution } else { Side::Centre }
}
