//! `duxue serve`: the real thing.

use std::{path::PathBuf, process::ExitCode};

use anyhow::Result;

use crate::{clock, config::Config, logging, service::Service};

#[derive(clap::Args)]
pub struct Args {
    /// The configuration file
    #[arg(long, value_name = "FILE", default_value = "duxue.toml", env = "DUXUE_CONFIG")]
    config: PathBuf,
}

pub async fn run(args: Args) -> Result<ExitCode> {
    logging::init("info,sqlx=warn");
    let config = Config::read(&args.config)?;
    let service = Service::start(config, clock::system()).await?;
    super::say(&format!("duxue is at http://{}", service.address));
    service.run_until_stopped().await?;
    Ok(ExitCode::SUCCESS)
}
