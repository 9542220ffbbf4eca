//! The reconcilers. Each reads the present state, acts idempotently, and is woken by a poke or by a timer.
//!
//! To add one: a file with `pub async fn run(parts: Parts)` that ends when its floor is asked to stop, and a line where
//! `service.rs` starts them.

pub mod apply_cameras;
pub mod check_uploads;
pub mod cut_clips;
pub mod deliver_events;
pub mod forget_faces;
pub mod forget_looks;
pub mod index_footage;
pub mod judge_sessions;
pub mod programs;
pub mod prune_events;
pub mod prune_footage;
pub mod renew_faces;
pub mod request_clips;
pub mod sample_sessions;
pub mod sign_audit_log;
pub mod sweep_accounts;
pub mod sweep_uploads;
pub mod tell_due;
pub mod trace_footage;
#[cfg(test)]
mod world;

use std::{sync::Arc, time::Duration};

use anyhow::Result;
use duxue_api::edges::Pokes;
use duxue_ingest::{DecoderPool, Ingest};
use duxue_storage::{Objects, SecretKey, SigningKey, Spool, Store, policy::StoredPolicy};
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;
use tracing::warn;

use crate::{clock::Clock, config::Config, wire::vision::Vision};

/// What the jobs work with.
#[derive(Clone)]
pub struct Parts {
    /// The configuration.
    pub config: Arc<Config>,
    /// The database.
    pub store: Store,
    /// Clips and frames.
    pub objects: Objects,
    /// Where uploads lie until they are whole and checked.
    pub spool: Spool,
    /// Opens camera credentials and face templates.
    pub secret: SecretKey,
    /// Seals clips.
    pub signing: Arc<SigningKey>,
    /// The policy that decisions are taken under.
    pub policy: Arc<StoredPolicy>,
    /// The cameras.
    pub ingest: Ingest,
    /// Turns key frames into pictures.
    pub decoders: DecoderPool,
    /// Finds faces, when the models are there.
    pub vision: Arc<Vision>,
    /// Wake-ups from the API and between jobs.
    pub pokes: Pokes,
    /// Wakes the judge, after a pause, when there are new observations.
    pub observed: Arc<Notify>,
    /// What time it is.
    pub clock: Clock,
}

/// Runs `step` at once, then whenever poked and every `period`, until `stop`. A step is never cut off half-way.
///
/// A failed step is tried again by the timer; the log tells when it begins to fail and when it works again.
async fn reconcile<F, Step>(stop: &CancellationToken, poke: &Notify, period: Duration, mut step: F)
where
    F: FnMut() -> Step,
    Step: Future<Output = Result<()>>,
{
    let mut failing = false;
    loop {
        // Interest is registered before the state is read, so that a poke in between is not lost.
        let poked = poke.notified();
        match step().await {
            Ok(()) if failing => {
                failing = false;
                tracing::info!("works again");
            }
            Ok(()) => {}
            Err(error) if failing => tracing::debug!("still failing: {error:#}"),
            Err(error) => {
                failing = true;
                warn!("will be tried again: {error:#}");
            }
        }
        tokio::select! {
            biased;
            () = stop.cancelled() => return,
            () = poked => {}
            () = tokio::time::sleep(period) => {}
        }
    }
}
