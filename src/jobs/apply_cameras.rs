//! Makes the running cameras those that the database says.

use std::{collections::HashSet, time::Duration};

use anyhow::{Context, Result};
use duxue_ingest::{CameraSpec, CameraUrl, Credentials, Transport};
use duxue_storage::camera::{Camera, Transport as StoredTransport};
use tokio_util::sync::CancellationToken;
use tracing::warn;

use super::{Parts, reconcile};

/// The timer is for what no poke tells, such as another node's change.
const PERIOD: Duration = Duration::from_secs(15);
const PAGE: u32 = 500;

/// Runs until `stop`.
pub async fn run(parts: Parts, stop: CancellationToken) {
    let poke = parts.pokes.cameras.clone();
    reconcile(&stop, &poke, PERIOD, || apply(&parts)).await;
}

async fn apply(parts: &Parts) -> Result<()> {
    let wanted = load(parts).await.context("cameras could not be read")?;
    let ids: HashSet<_> = wanted.iter().map(|spec| spec.id).collect();
    for gone in parts.ingest.cameras().into_iter().filter(|spec| !ids.contains(&spec.id)) {
        parts.ingest.remove_camera(gone.id);
    }
    for spec in wanted {
        parts.ingest.set_camera(spec);
    }
    Ok(())
}

async fn load(parts: &Parts) -> Result<Vec<CameraSpec>> {
    let mut tx = parts.store.read().await?;
    let mut specs = Vec::new();
    let mut after = None;
    loop {
        let page = tx.cameras(None, after, PAGE).await?;
        let Some(last) = page.last() else { return Ok(specs) };
        after = Some(last.id);
        specs.extend(page.iter().filter_map(|camera| spec(camera, parts)));
    }
}

/// `None`, with a line in the log, for a camera whose stored address or credentials cannot be used.
fn spec(camera: &Camera, parts: &Parts) -> Option<CameraSpec> {
    let credentials = match camera.credentials(&parts.secret) {
        Ok(found) => found.map(|c| Credentials { username: c.username, password: c.password }),
        Err(error) => {
            warn!(camera.id = %camera.id, "its password cannot be read: {error}");
            return None;
        }
    };
    let url = |text: &str| match CameraUrl::parse(text) {
        Ok(url) => Some(url.with_credentials(credentials.clone())),
        Err(error) => {
            warn!(camera.id = %camera.id, "its address cannot be used: {error}");
            None
        }
    };
    Some(CameraSpec {
        id: camera.id,
        main: url(&camera.main_url)?,
        sub: camera.sub_url.as_deref().and_then(url),
        transport: match camera.transport {
            StoredTransport::Tcp => Transport::Tcp,
            StoredTransport::Udp => Transport::Udp,
        },
        revision: camera.revision,
        enabled: camera.enabled,
    })
}
