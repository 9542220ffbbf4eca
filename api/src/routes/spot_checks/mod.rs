//! R4.4: spot checks.

pub mod draw;
pub mod list;
pub mod record;

use duxue_rules::ids::ClassId;
use duxue_storage::Tx;

use crate::{dto::subsidy::SpotChecks, load, problem::Failure};

/// The word under which the log has spot checks.
pub(super) const SUBJECT: &str = "spot_check";

/// All draws of a class and what came out.
pub(super) async fn shown(tx: &mut Tx, class: ClassId) -> Result<SpotChecks, Failure> {
    let (draws, results) = (tx.spot_checks(class).await?, tx.spot_check_results(class).await?);
    Ok(SpotChecks::of(draws, results, &load::student_names(tx, class).await?))
}
