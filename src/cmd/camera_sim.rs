//! `duxue camera-sim`: cameras to try things with, without filming anybody.

use std::{path::PathBuf, process::ExitCode};

use anyhow::{Context, Result};
use duxue_simulator::{CameraConfig, Credentials, Script, Simulator, SimulatorConfig, Stream, classroom};

use super::say;

#[derive(clap::Args)]
pub struct Args {
    /// How many drawn classrooms to serve
    #[arg(long, default_value_t = 1)]
    cameras: u32,
    /// How many people sit in each
    #[arg(long, default_value_t = 10)]
    people: u32,
    /// Which classrooms: the same seed draws the same people
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Serve what a script (TOML) says instead: who sits where and when, what goes wrong; may be given again
    #[arg(long, value_name = "FILE")]
    script: Vec<PathBuf>,
    /// Serve a video file instead; may be given again
    #[arg(long, value_name = "FILE")]
    file: Vec<PathBuf>,
    /// The address to listen on
    #[arg(long, default_value = "127.0.0.1")]
    address: String,
    /// The port to listen on; 0 takes any free one
    #[arg(long, default_value_t = 8554)]
    port: u16,
    /// Ask for this user name (with --password, RFC 7616 digest)
    #[arg(long, requires = "password")]
    user: Option<String>,
    /// Ask for this password
    #[arg(long, requires = "user")]
    password: Option<String>,
    /// Where encoded footage is kept for the next time
    #[arg(long, value_name = "DIR")]
    cache: Option<PathBuf>,
}

pub async fn run(args: Args) -> Result<ExitCode> {
    let mut cameras = Vec::new();
    for path in &args.script {
        let text =
            std::fs::read_to_string(path).with_context(|| format!("cannot read the script {}", path.display()))?;
        let script: Script =
            toml::from_str(&text).with_context(|| format!("the script {} is not right", path.display()))?;
        cameras.push(CameraConfig::drawn(script));
    }
    cameras.extend(args.file.iter().map(CameraConfig::file));
    if cameras.is_empty() {
        let seeds = args.seed..args.seed + u64::from(args.cameras);
        cameras.extend(seeds.map(|seed| CameraConfig::drawn(classroom(seed, args.people))));
    }
    let count = cameras.len();
    let config = SimulatorConfig {
        address: args.address,
        port: args.port,
        credentials: args.user.zip(args.password).map(|(user, password)| Credentials { user, password }),
        cameras,
        cache_dir: args.cache.unwrap_or_else(cache_dir),
    };
    let simulator = tokio::task::spawn_blocking(move || Simulator::start(config)).await??;
    for camera in 1..=count {
        say(&format!(
            "camera {camera}: {} and {}",
            simulator.url(camera, Stream::Main),
            simulator.url(camera, Stream::Sub)
        ));
    }
    tokio::signal::ctrl_c().await.context("cannot listen for Ctrl-C")?;
    tokio::task::spawn_blocking(move || drop(simulator)).await?;
    Ok(ExitCode::SUCCESS)
}

/// Where drawn and encoded footage waits for the next start.
pub fn cache_dir() -> PathBuf {
    let base = std::env::var_os("XDG_CACHE_HOME")
        .map(PathBuf::from)
        .or_else(|| std::env::home_dir().map(|home| home.join(".cache")))
        .unwrap_or_else(std::env::temp_dir);
    base.join("duxue").join("classrooms")
}
