//! Prints what analysing a key frame costs, by stage: `cargo run --release -p duxue-analytics --example cost -- FILE`.
#![expect(clippy::print_stdout, reason = "the figures are what it is for")]

use std::{error::Error, fs, path::PathBuf};

use clap::Parser;
use duxue_analytics::{Analyser, ObserveOptions, cost, decode, models, runtime};

/// CPU time per analysed key frame, by stage.
#[derive(Parser)]
struct Args {
    /// A JPEG or PNG picture with people.
    picture: PathBuf,
    /// Long sides to run the detector at.
    #[arg(long, value_delimiter = ',', default_values_t = [640, 960, 1280])]
    long_sides: Vec<u32>,
    /// Threads a model may use.
    #[arg(long, default_value_t = 1)]
    threads: usize,
    /// How often each stage runs.
    #[arg(long, default_value_t = 20)]
    rounds: u32,
    /// Faces count from this detector score on.
    #[arg(long, default_value_t = ObserveOptions::default().min_score)]
    min_score: f32,
    /// Faces are identified from this many pixels between the eyes on.
    #[arg(long, default_value_t = ObserveOptions::default().identify_min_eye_distance_px)]
    min_eye_distance_px: f32,
}

fn main() -> Result<(), Box<dyn Error>> {
    let args = Args::parse();
    let picture = decode(&fs::read(&args.picture)?)?;
    let analyser = Analyser::load(&models::find(&models::default_dirs())?, &runtime::find()?, args.threads)?;
    for detect_long_side in args.long_sides {
        let options = ObserveOptions {
            detect_long_side,
            min_score: args.min_score,
            identify_min_eye_distance_px: args.min_eye_distance_px,
            identify: true,
            ..ObserveOptions::default()
        };
        println!("{}", cost::measure(&analyser, picture.view(), &options, args.rounds)?);
    }
    Ok(())
}
