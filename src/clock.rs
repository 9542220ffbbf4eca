//! The one place that asks what time it is. Everything else is told.

use std::sync::Arc;

use jiff::Timestamp;

/// Says what time it is; handed to every part that needs to know.
pub type Clock = Arc<dyn Fn() -> Timestamp + Send + Sync>;

/// The clock of the machine.
#[expect(clippy::disallowed_methods, reason = "this is the place")]
pub fn system() -> Clock {
    Arc::new(Timestamp::now)
}
