//! R8.1, R8.2: close-out, assessments and certificates.

pub mod apply;
pub mod assess;
pub mod decide;
pub mod list;
pub mod list_assessments;

use duxue_rules::{closeout::Application, ids::ClassId};
use duxue_storage::Tx;

use crate::problem::Failure;

/// The word under which the log has applications.
pub(super) const SUBJECT: &str = "closeout";

/// The close-out of a class that the centre accepted.
pub(super) async fn accepted(tx: &mut Tx, class: ClassId) -> Result<Option<duxue_rules::closeout::Accepted>, Failure> {
    Ok(tx.closeouts(class).await?.into_iter().find_map(|row| match row.application {
        Application::Accepted(accepted) => Some(accepted),
        Application::Applied(_) | Application::TurnedDown(_) => None,
    }))
}
