//! Reads again which policy and calendar are in force: a manager may have changed them through another node.

use std::time::Duration;

use tokio_util::sync::CancellationToken;

use super::{Parts, reconcile};

/// What another node was told is followed within so long. This node's own changes count at once.
const PERIOD: Duration = Duration::from_secs(15);

/// Runs until `stop`.
pub async fn run(parts: Parts, stop: CancellationToken) {
    let never = tokio::sync::Notify::new();
    reconcile(&stop, &never, PERIOD, || async { Ok(parts.in_force.read_again(&parts.store).await?) }).await;
}
