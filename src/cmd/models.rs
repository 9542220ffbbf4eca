//! `duxue models`: what analysis needs, what of it is there, and how to get the rest.

use std::{
    path::{Path, PathBuf},
    process::ExitCode,
};

use anyhow::{Context, Result, bail};
use clap::Subcommand;
use duxue_analytics::{models, runtime};
use futures::StreamExt;
use tokio::io::AsyncWriteExt;

use super::say;

#[derive(clap::Args)]
pub struct Args {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand)]
enum Verb {
    /// Say which models are there, which are missing, and whether the ONNX Runtime is
    List {
        /// A folder to search before the usual ones
        #[arg(long = "dir", value_name = "DIR")]
        dirs: Vec<PathBuf>,
    },
    /// Fetch models from where their authors publish them, and check their SHA-256
    Pull {
        /// Which; without a name, every model that is missing and can be fetched
        names: Vec<String>,
        /// Where to put them
        #[arg(long, value_name = "DIR")]
        to: Option<PathBuf>,
    },
}

pub fn run(args: &Args) -> Result<ExitCode> {
    match &args.verb {
        Verb::List { dirs } => list(dirs),
        Verb::Pull { names, to } => super::block_on(pull(names, to.as_deref())),
    }
}

fn list(extra: &[PathBuf]) -> Result<ExitCode> {
    let dirs: Vec<PathBuf> = extra.iter().cloned().chain(models::default_dirs()).collect();
    for listed in models::list(&dirs) {
        let state = match listed.state {
            models::ModelState::Present(path) => format!("at {}", path.display()),
            models::ModelState::BuiltIn => "part of this program".to_owned(),
            models::ModelState::Missing => "missing".to_owned(),
            models::ModelState::Bad(problem) => format!("NOT USABLE: {problem}"),
        };
        let spec = listed.spec;
        say(&format!("{:<36} {:<11} {:<12} {state}", spec.name, spec.kind.to_string(), spec.licence));
    }
    match runtime::find() {
        Ok(path) => say(&format!("ONNX Runtime at {}", path.display())),
        Err(problem) => say(&problem.to_string()),
    }
    match models::find(&dirs) {
        Ok(set) => {
            for note in &set.notes {
                say(&note.to_string());
            }
            Ok(ExitCode::SUCCESS)
        }
        Err(problem) => {
            say(&format!("Analysis is off: {problem}"));
            Ok(ExitCode::from(2))
        }
    }
}

async fn pull(names: &[String], to: Option<&Path>) -> Result<ExitCode> {
    let mut dirs: Vec<PathBuf> = to.map(Path::to_path_buf).into_iter().collect();
    dirs.extend(models::default_dirs());
    // The last of the usual folders is the cache of this user.
    let to = to.or(dirs.last().map(PathBuf::as_path)).context("there is no home folder; say --to DIR")?;
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let plan = models::plan(&dirs, &names)?;
    std::fs::create_dir_all(to).with_context(|| format!("cannot make the folder {}", to.display()))?;
    crate::tls::install();
    let client = reqwest::Client::builder().build().context("cannot set up HTTPS")?;
    let mut failed = false;
    for step in plan {
        let name = &step.spec.name;
        match step.action {
            models::PullAction::Present => say(&format!("{name}: there")),
            models::PullAction::NoDownload { why } => {
                say(&format!("{name}: {why}"));
                failed = true;
            }
            models::PullAction::Fetch { url, bytes } => {
                say(&format!("{name}: fetching {bytes} bytes from {url}"));
                match fetch(&client, &url, &step.spec, &to.join(&step.spec.file)).await {
                    Ok(()) => say(&format!("{name}: in {}", to.display())),
                    Err(error) => {
                        say(&format!("{name}: {error:#}"));
                        failed = true;
                    }
                }
            }
        }
    }
    Ok(ExitCode::from(u8::from(failed)))
}

/// Downloads beside the place, checks, then renames: a model that is there is whole.
async fn fetch(client: &reqwest::Client, url: &str, spec: &models::ModelSpec, path: &Path) -> Result<()> {
    let response = client.get(url).send().await?.error_for_status()?;
    let partial = path.with_extension("part");
    let mut file =
        tokio::fs::File::create(&partial).await.with_context(|| format!("cannot write {}", partial.display()))?;
    let mut body = response.bytes_stream();
    while let Some(chunk) = body.next().await {
        file.write_all(&chunk?).await?;
    }
    file.sync_all().await?;
    if let Err(problem) = models::check_download(spec, &partial) {
        tokio::fs::remove_file(&partial).await?;
        bail!("{problem}");
    }
    tokio::fs::rename(&partial, path).await?;
    Ok(())
}
