//! Recording as the server does it: connections, segments on disk, live fragments and key frames kept for whoever asks.

use std::{path::PathBuf, sync::Arc, time::Duration};

use anyhow::{Context, Result};
use duxue_ingest::{CameraSpec, CameraUrl, Clock, Ingest, IngestConfig, Transport};
use duxue_rules::ids::CameraId;
use tokio_util::{sync::CancellationToken, task::TaskTracker};

pub fn run(urls: &[String], seconds: u64, dir: PathBuf) -> Result<()> {
    let specs = urls.iter().zip(1_u64..).map(|(url, n)| spec(url, n)).collect::<Result<Vec<_>>>()?;
    // Not a task of the runtime, which would wait for it to end.
    let stop = CancellationToken::new();
    let no_more_input = stop.clone();
    std::thread::Builder::new().name("input".into()).spawn(move || {
        // An input that cannot be read has ended too.
        drop(crate::wait_for_end_of_input());
        no_more_input.cancel();
    })?;
    tokio::runtime::Builder::new_multi_thread().enable_all().build()?.block_on(async {
        let tracker = TaskTracker::new();
        let (ingest, mut events) =
            Ingest::start(IngestConfig::new(dir), system_clock(), &tracker, stop.clone()).context("cannot record")?;
        for spec in specs {
            ingest.set_camera(spec);
        }
        tracker.spawn(async move {
            // The server writes rows of these; here they only must not pile up.
            while events.recv().await.is_some() {}
        });
        tokio::select! {
            () = stop.cancelled() => {}
            () = tokio::time::sleep(Duration::from_secs(seconds)) => stop.cancel(),
        }
        // The last sender of events.
        drop(ingest);
        tracker.close();
        tracker.wait().await;
        Ok(())
    })
}

fn spec(url: &str, n: u64) -> Result<CameraSpec> {
    Ok(CameraSpec {
        id: format!("00000000-0000-7000-8000-{n:012x}").parse::<CameraId>()?,
        main: CameraUrl::parse(url)?,
        sub: None,
        transport: Transport::Tcp,
        revision: 1,
        enabled: true,
    })
}

#[expect(clippy::disallowed_methods, reason = "a benchmark runs in the time of the machine")]
fn system_clock() -> Clock {
    Arc::new(jiff::Timestamp::now)
}
