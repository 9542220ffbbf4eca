//! `duxue keys`: a new secret key, while what the old one sealed stays readable.

use std::{path::PathBuf, process::ExitCode};

use anyhow::{Result, bail};
use clap::Subcommand;
use duxue_storage::{SecretKey, Store, audit, rekey::Sealed};
use jiff::Timestamp;
use serde_json::{Map, Value};

use crate::{clock, config::Config, service};

/// Values a transaction: a second of work, and not more to do again after a kill.
const BATCH: u32 = 200;

#[derive(clap::Args)]
pub struct Args {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand)]
enum Verb {
    /// Puts a new key into the key file, before the old one, which still opens what it sealed. Restart duxue after it
    Add(Of),
    /// Encrypts anew what an older key had sealed. Can be stopped and begun again; makes a new key first where there is none
    Rotate(Of),
    /// Takes the old keys out of the key file, once nothing needs them any more
    Retire(Of),
}

#[derive(clap::Args)]
struct Of {
    /// The configuration file
    #[arg(long, value_name = "FILE", default_value = "duxue.toml", env = "DUXUE_CONFIG")]
    config: PathBuf,
}

pub async fn run(args: Args) -> Result<ExitCode> {
    let (Verb::Add(of) | Verb::Rotate(of) | Verb::Retire(of)) = &args.verb;
    let config = Config::read(&of.config)?;
    let file = config.keys_dir().join("secret.key");
    if !file.exists() {
        bail!("{} is not there: duxue has never been started with this configuration", file.display());
    }
    let key = SecretKey::load_or_create(&file)?;
    match args.verb {
        Verb::Add(_) => {
            let key = SecretKey::add_to_file(&file)?;
            super::say(&format!("a new key is in {}; {} still open what they sealed", file.display(), key.older()));
            super::say("restart duxue, then run `duxue keys rotate`; keep a copy of the file, apart from the database");
        }
        Verb::Rotate(_) => {
            let key = if key.older() == 0 { SecretKey::add_to_file(&file)? } else { key };
            let store = service::open_store(&config).await?;
            let done = rotate(&store, &key, (clock::system())()).await?;
            store.close().await;
            super::say(&told(&done));
            super::say("the old key is needed no more: `duxue keys retire` takes it out of the file");
        }
        Verb::Retire(_) => {
            if key.older() == 0 {
                bail!("there is no old key in {}", file.display());
            }
            let store = service::open_store(&config).await?;
            // Whatever was still written with an old key goes first, or nothing is retired.
            let done = rotate(&store, &key, (clock::system())()).await?;
            store.close().await;
            SecretKey::retire_in_file(&file)?;
            super::say(&told(&done));
            super::say(
                "the old keys are out of the file; backups of the database made before need them: keep their copies",
            );
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// Encrypts anew what an older key had sealed; how many values of each kind.
async fn rotate(store: &Store, key: &SecretKey, now: Timestamp) -> Result<Vec<(Sealed, u64)>> {
    let mut done = Vec::new();
    for of in Sealed::ALL {
        let (mut changed, mut after) = (0, None);
        loop {
            let mut tx = store.begin().await?;
            let batch = tx.rekey(of, after.as_deref(), BATCH, key).await?;
            if batch.changed > 0 {
                let mut detail = Map::new();
                detail.insert(of.word().to_owned(), Value::from(batch.changed));
                tx.audit(audit::Entry {
                    at: now,
                    actor: None,
                    action: "rotate_keys".into(),
                    subject_kind: "secret_key".into(),
                    subject_id: String::new(),
                    detail: Value::Object(detail),
                });
            }
            tx.commit().await?;
            changed += batch.changed;
            after = batch.next;
            if after.is_none() {
                break;
            }
        }
        done.push((of, changed));
    }
    Ok(done)
}

fn told(done: &[(Sealed, u64)]) -> String {
    let parts: Vec<String> = done.iter().map(|(of, changed)| format!("{} {changed}", of.word())).collect();
    format!("encrypted anew: {}", parts.join(", "))
}
