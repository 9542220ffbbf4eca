//! Records one camera into a folder until it is killed: to try a camera, and to see what a crash leaves.
//!
//! `cargo run -p duxue-ingest --example record -- rtsp://user:password@camera/path FOLDER`

use std::{path::PathBuf, sync::Arc, time::Duration};

use duxue_ingest::{CameraSpec, CameraUrl, Ingest, IngestConfig, Transport};
use duxue_rules::ids::CameraId;
use tokio_util::{sync::CancellationToken, task::TaskTracker};

#[expect(clippy::print_stdout, reason = "its only way to speak")]
#[expect(clippy::disallowed_methods, reason = "a program of its own, with the real time")]
#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let (Some(address), Some(folder)) = (arguments.next(), arguments.next()) else {
        return Err("usage: record rtsp://user:password@camera/path FOLDER".into());
    };
    let config = IngestConfig {
        segment_max: Duration::from_secs(2),
        min_free_bytes: 0,
        disk_retry: Duration::from_millis(300),
        ..IngestConfig::new(PathBuf::from(folder))
    };
    let (tracker, stop) = (TaskTracker::new(), CancellationToken::new());
    let (ingest, mut events) = Ingest::start(config, Arc::new(jiff::Timestamp::now), &tracker, stop)?;
    ingest.set_camera(CameraSpec {
        id: CameraId(uuid::Uuid::from_u128(1)),
        main: CameraUrl::parse(&address)?,
        sub: None,
        transport: Transport::Tcp,
        revision: 1,
        enabled: true,
    });
    while let Some(event) = events.recv().await {
        println!("{event:?}");
    }
    Ok(())
}
