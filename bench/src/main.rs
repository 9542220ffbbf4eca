//! Benchmarks against what a user would pick instead: recording by duxue and by one ffmpeg a camera, in the same run,
//! from the same simulated cameras; then what analysing a key frame costs. And the API's most used calls with much in the
//! database. Nothing here passes or fails by time.
//! How to run it and what was seen: `docs/benchmarks.md`.

mod analysis;
mod api;
mod compare;
mod count;
mod footage;
mod process;
mod record;
mod simulate;
mod tampering;

use std::{
    io::{self, Read},
    path::PathBuf,
};

use anyhow::Result;
use clap::{Parser, Subcommand};

#[derive(Parser)]
#[command(about)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// CPU and memory of recording against ffmpeg, and of analysis by stage
    Ingest(compare::Args),
    /// How well people are counted over a session, from 5 to 60, against known truth
    Count(count::Args),
    /// The most used calls of the API with much in the database
    Api(api::Args),
    /// Footage that is handed in twice, disguised: how much of it is found, and how many false alarms there are
    Footage(footage::Args),
    /// Pictures that are not of this moment or not of this room: how much of it is noticed, and how many false alarms there are
    Tampering(tampering::Args),
    /// Serve drawn cameras until standard input ends; prints the port (used by `ingest`)
    #[command(hide = true)]
    Simulate {
        /// How many
        cameras: usize,
    },
    /// Record cameras until standard input ends or the time is over (used by `ingest`)
    #[command(hide = true)]
    Record {
        /// RTSP addresses
        #[arg(required = true)]
        urls: Vec<String>,
        /// For how long, at most
        #[arg(long)]
        seconds: u64,
        /// Where to
        #[arg(long)]
        dir: PathBuf,
    },
}

fn main() -> Result<()> {
    match Cli::parse().command {
        Command::Ingest(args) => compare::run(&args),
        Command::Count(args) => count::run(&args),
        Command::Api(args) => api::run(&args),
        Command::Footage(args) => footage::run(&args),
        Command::Tampering(args) => tampering::run(&args),
        Command::Simulate { cameras } => simulate::run(cameras),
        Command::Record { urls, seconds, dir } => record::run(&urls, seconds, dir),
    }
}

#[expect(clippy::print_stdout, reason = "the figures are what it is for")]
fn say(line: &str) {
    println!("{line}");
}

/// Returns when standard input ends: the benchmark closes it, or is gone.
fn wait_for_end_of_input() -> io::Result<()> {
    io::stdin().lock().read_to_end(&mut Vec::new()).map(drop)
}
