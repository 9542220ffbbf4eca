//! `duxue user`: people who may sign in. The first one has to come from here.

use std::{
    io::{BufRead, IsTerminal},
    path::PathBuf,
    process::ExitCode,
};

use anyhow::{Context, Result, bail};
use clap::{Subcommand, ValueEnum};
use duxue_rules::access::Role;
use duxue_storage::{Store, audit, password, user::NewUser};
use jiff::Timestamp;
use serde_json::json;

use crate::{clock, config::Config, ids::new_id, service, wire::declared};

#[derive(clap::Args)]
pub struct Args {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand)]
enum Verb {
    /// Add a person who may sign in; asks for the password, or reads it from standard input
    Add(Add),
}

#[derive(clap::Args)]
struct Add {
    /// The configuration file
    #[arg(long, value_name = "FILE", default_value = "duxue.toml", env = "DUXUE_CONFIG")]
    config: PathBuf,
    /// What they sign in with
    #[arg(long)]
    username: String,
    /// Their name, as others see it
    #[arg(long)]
    name: String,
    /// What they may do
    #[arg(long, value_enum)]
    role: RoleName,
    /// Their institution's name; exactly for the role `institution`. Made if it is not there yet
    #[arg(long)]
    institution: Option<String>,
}

#[derive(Clone, Copy, ValueEnum)]
enum RoleName {
    /// 监管人员: watches, supervises, decides findings
    Supervisor,
    /// Manager of the centre: that, and users, cameras, policies
    Manager,
    /// 审计: reads everything, changes nothing
    Auditor,
    /// A person of one institution
    Institution,
}

pub async fn run(args: Args) -> Result<ExitCode> {
    let Verb::Add(add) = args.verb;
    let config = Config::read(&add.config)?;
    let role = match add.role {
        RoleName::Supervisor => Role::Supervisor,
        RoleName::Manager => Role::Manager,
        RoleName::Auditor => Role::Auditor,
        RoleName::Institution => Role::Institution,
    };
    if (role == Role::Institution) != add.institution.is_some() {
        bail!("--institution goes with --role institution, and only with it");
    }
    let password = read_password()?;
    std::fs::create_dir_all(&config.data_dir)
        .with_context(|| format!("cannot make the folder {}", config.data_dir.display()))?;
    let store = service::open_store(&config).await?;
    let person = Person { username: add.username, name: add.name, role, institution: add.institution };
    add_user(&store, person, password, (clock::system())()).await?;
    store.close().await;
    super::say("added");
    Ok(ExitCode::SUCCESS)
}

/// A person to add.
pub struct Person {
    /// What they sign in with.
    pub username: String,
    /// Their name.
    pub name: String,
    /// What they may do.
    pub role: Role,
    /// Their institution's name.
    pub institution: Option<String>,
}

/// Adds a person, and their institution where it is not there yet.
pub async fn add_user(store: &Store, person: Person, password: String, now: Timestamp) -> Result<()> {
    let password_hash = password::hash(password).await?;
    let mut tx = store.begin().await?;
    let institution = match &person.institution {
        Some(name) => Some(declared::institution(&mut tx, name, now).await?),
        None => None,
    };
    let id = new_id(now);
    let Person { username, name: display_name, role, .. } = person;
    let user = NewUser { id, username, display_name, role, institution, password_hash, created_at: now };
    tx.add_user(&user).await?;
    tx.audit(audit::Entry {
        at: now,
        actor: None,
        action: "add_user".into(),
        subject_kind: "user".into(),
        subject_id: id.to_string(),
        detail: json!({ "role": role, "by": "command line" }),
    });
    Ok(tx.commit().await?)
}

fn read_password() -> Result<String> {
    if std::io::stdin().is_terminal() {
        let first = rpassword::prompt_password("Password: ").context("cannot read the password")?;
        let again = rpassword::prompt_password("Again: ").context("cannot read the password")?;
        if first != again {
            bail!("the two passwords differ; nothing was added");
        }
        return Ok(first);
    }
    let mut line = String::new();
    std::io::stdin().lock().read_line(&mut line).context("cannot read the password from standard input")?;
    Ok(line.trim_end_matches(['\r', '\n']).to_owned())
}
