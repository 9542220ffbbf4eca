//! `duxue eval`: how well the models do on a labelled folder, so that a city can test them on its own footage.
//! The folder's layout is in `docs/evaluation.md`.

mod folder;
mod measure;
mod table;
mod video;

use std::{
    path::{Path, PathBuf},
    process::ExitCode,
};

use anyhow::{Context, Result, bail};
use duxue_analytics::{
    Analyser, models,
    provider::{Execution, Provider},
    runtime,
};

use super::say;

#[derive(clap::Args)]
pub struct Args {
    /// The labelled folder
    dir: PathBuf,
    /// Write the figures as JSON to this file as well
    #[arg(long, value_name = "FILE")]
    json: Option<PathBuf>,
    /// A folder to search for models before the usual ones
    #[arg(long = "models", value_name = "DIR")]
    models: Vec<PathBuf>,
    /// The recogniser to measure, by its name in the list of models; otherwise the one that would be used
    #[arg(long, value_name = "NAME")]
    recogniser: Option<String>,
    /// Of a video, look at every so manieth frame
    #[arg(long, default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..))]
    every: u32,
    /// Who runs the models: cpu, cuda or tensorrt
    #[arg(long, default_value = "cpu")]
    provider: Provider,
}

pub fn run(args: &Args) -> Result<ExitCode> {
    if !args.dir.is_dir() {
        bail!("{} is no folder", args.dir.display());
    }
    let analyser = load(args)?;
    let measured = measure::measure(&analyser, &args.dir, args.every)?;
    say(&table::text(&measured));
    if let Some(path) = &args.json {
        write(path, &measured).with_context(|| format!("cannot write {}", path.display()))?;
    }
    Ok(ExitCode::SUCCESS)
}

fn load(args: &Args) -> Result<Analyser> {
    let dirs: Vec<PathBuf> = args.models.iter().cloned().chain(models::default_dirs()).collect();
    let mut set = models::find(&dirs)?;
    if let Some(name) = &args.recogniser {
        set = set.with_recogniser(name, &dirs)?;
    }
    for note in &set.notes {
        say(&note.to_string());
    }
    let wanted = Execution { provider: args.provider, ..Execution::cpu(1) };
    let analyser = Analyser::load_on(&set, &runtime::find()?, &wanted)?;
    say(&analyser.running().to_string());
    Ok(analyser)
}

fn write(path: &Path, measured: &impl serde::Serialize) -> Result<()> {
    Ok(std::fs::write(path, serde_json::to_vec_pretty(measured)?)?)
}
