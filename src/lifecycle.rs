//! Start, soft stop, hard stop.
//!
//! The first signal (Ctrl-C or SIGTERM) asks everybody to finish what they have; the second, or [`PATIENCE`], drops it.
//! Producers stop before consumers: HTTP and cameras first, then the jobs that write what they left, then the database.

use std::time::Duration;

use anyhow::{Context, Result};
use tokio::signal::unix::{SignalKind, signal};
use tokio_util::{sync::CancellationToken, task::TaskTracker};
use tracing::{info, warn};

/// How long a soft stop may take.
pub const PATIENCE: Duration = Duration::from_secs(20);

/// One floor of the house: what is stopped together.
#[derive(Clone, Default)]
pub struct Floor {
    /// Asks the floor to finish.
    pub stop: CancellationToken,
    /// Knows when it has.
    pub tasks: TaskTracker,
}

impl Floor {
    /// Asks everybody on the floor to finish, and waits until they have.
    pub async fn close(&self) {
        self.stop.cancel();
        self.tasks.close();
        self.tasks.wait().await;
    }
}

/// The two floors of a running service.
#[derive(Clone, Default)]
pub struct Lifecycle {
    /// HTTP, cameras, samplers: what makes work.
    pub producers: Floor,
    /// Indexers, archivers, judges: what finishes work.
    pub consumers: Floor,
    /// Set when a task that the house cannot do without has ended by itself.
    pub failed: CancellationToken,
}

impl Lifecycle {
    /// Runs until a signal or a failure, then stops floor by floor. `Err` when a vital task died.
    pub async fn run_until_stopped(&self) -> Result<()> {
        let mut interrupt = signal(SignalKind::interrupt()).context("cannot listen for Ctrl-C")?;
        let mut terminate = signal(SignalKind::terminate()).context("cannot listen for SIGTERM")?;
        let failed = tokio::select! {
            _ = interrupt.recv() => false,
            _ = terminate.recv() => false,
            () = self.failed.cancelled() => true,
        };
        info!("stopping: finishing what has begun");
        let soft = async {
            self.producers.close().await;
            self.consumers.close().await;
        };
        tokio::select! {
            () = soft => info!("stopped"),
            _ = interrupt.recv() => warn!("stopped at once by a second signal"),
            () = tokio::time::sleep(PATIENCE) => warn!(seconds = PATIENCE.as_secs(), "stopped after waiting in vain"),
        }
        if failed {
            anyhow::bail!("a part that duxue cannot do without has ended; the log says which");
        }
        Ok(())
    }

    /// Runs `task` on `floor`; should it end before the floor was asked to stop, the whole house stops.
    pub fn spawn_vital<F>(&self, floor: &Floor, name: &'static str, task: F)
    where
        F: Future<Output = ()> + Send + 'static,
    {
        let failed = self.failed.clone();
        let stop = floor.stop.clone();
        floor.tasks.spawn(async move {
            // A panic unwinds through here as well: the guard then fires.
            let guard = failed.drop_guard();
            task.await;
            if stop.is_cancelled() {
                guard.disarm();
            } else {
                tracing::error!(job.name = name, "ended by itself");
            }
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_vital_task_that_ends_stops_the_house() {
        let life = Lifecycle::default();
        life.spawn_vital(&life.consumers, "brief", async {});
        let ended = tokio::time::timeout(Duration::from_secs(10), life.run_until_stopped()).await.unwrap();
        assert!(ended.is_err());
    }

    #[tokio::test]
    async fn a_vital_task_that_ends_when_asked_is_fine() {
        let life = Lifecycle::default();
        let stop = life.consumers.stop.clone();
        life.spawn_vital(&life.consumers, "obedient", async move { stop.cancelled().await });
        life.consumers.close().await;
        assert!(!life.failed.is_cancelled());
    }
}
