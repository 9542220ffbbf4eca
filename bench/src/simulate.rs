//! Cameras to record, in a process of their own so that their cost is nobody's.

use std::{path::PathBuf, time::Duration};

use anyhow::Result;
use duxue_simulator::{CameraConfig, Identity, Script, Simulator, SimulatorConfig};

const PEOPLE: u32 = 10;
const LENGTH_S: u32 = 10;

/// The classroom that all cameras look at: drawn and encoded once.
pub fn script() -> Script {
    (0..PEOPLE)
        .fold(Script::empty(1, PEOPLE, LENGTH_S), |script, seat| script.seated(seat, Identity::of(u64::from(seat)), 0))
}

pub fn run(cameras: usize) -> Result<()> {
    // Cameras do not send their key frames all at the same instant.
    let apart = Duration::from_secs(u64::from(LENGTH_S)) / u32::try_from(cameras)?.max(1);
    let simulator = Simulator::start(SimulatorConfig {
        address: "127.0.0.1".into(),
        port: 0,
        credentials: None,
        cameras: (0..u32::try_from(cameras)?)
            .map(|n| CameraConfig { offset: apart * n, ..CameraConfig::drawn(script()) })
            .collect(),
        cache_dir: cache_dir(),
    })?;
    crate::say(&simulator.port().to_string());
    crate::wait_for_end_of_input()?;
    Ok(())
}

/// Encoded footage waits here for the next run.
fn cache_dir() -> PathBuf {
    std::env::temp_dir().join("duxue-bench")
}
