//! Serves drawn classrooms until it is killed: `cargo run -p duxue-simulator --example serve -- [cameras] [port]`.

use duxue_simulator::{CameraConfig, Simulator, SimulatorConfig, Stream, classroom};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut args = std::env::args().skip(1);
    let cameras = args.next().map_or(Ok(1), |a| a.parse::<u64>())?;
    let port = args.next().map_or(Ok(8554), |a| a.parse::<u16>())?;
    let simulator = Simulator::start(SimulatorConfig {
        address: "127.0.0.1".into(),
        port,
        credentials: None,
        cameras: (0..cameras).map(|n| CameraConfig::drawn(classroom(n % 2, 10))).collect(),
        cache_dir: std::env::temp_dir().join("duxue-simulator"),
    })?;
    let mut out = std::io::stdout();
    use std::io::Write;
    for camera in 1..=simulator.cameras() {
        writeln!(out, "{}", simulator.url(camera, Stream::Main))?;
    }
    loop {
        std::thread::park();
    }
}
