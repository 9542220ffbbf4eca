//! `duxue check`: does everything that was written down still stand?

use std::{path::PathBuf, process::ExitCode};

use anyhow::Result;
use duxue_storage::{
    SigningKey, Store,
    check::{self, Depth},
};

use super::say;
use crate::{config::Config, logging, service};

#[derive(clap::Args)]
pub struct Args {
    /// The configuration file
    #[arg(long, value_name = "FILE", default_value = "duxue.toml", env = "DUXUE_CONFIG")]
    config: PathBuf,
    /// Read every byte of every segment, clip, upload, picture and file as well, and compare its SHA-256
    #[arg(long)]
    hashes: bool,
}

/// Only reads, and may run beside a working duxue. Exit code 0 when all agrees, 2 when something does not.
pub async fn run(args: Args) -> Result<ExitCode> {
    logging::init("info,sqlx=warn");
    let config = Config::read(&args.config)?;
    // No migration: a check changes nothing.
    let store = Store::connect(&config.database_url().parse()?, false).await?;
    let objects = service::open_objects(&config)?;
    let public = SigningKey::load_or_create(&config.keys_dir().join("signing.pem"))?.public();
    let depth = if args.hashes { Depth::Hashes } else { Depth::Sizes };
    let report = check::check(&store, &objects, &config.recordings_dir(), &public, depth).await?;
    say(&format!(
        "{} segments, {} clips, {} uploads, {} pictures and files, {} audit entries looked at",
        report.segments, report.clips, report.uploads, report.pieces, report.audit_entries
    ));
    for problem in &report.problems {
        say(&format!("{}: {} {}", problem.subject, problem.text.zh, problem.text.en));
    }
    store.close().await;
    if report.problems.is_empty() {
        say("all agrees");
        return Ok(ExitCode::SUCCESS);
    }
    say(&format!("{} do not agree", report.problems.len()));
    Ok(ExitCode::from(2))
}
