//! How fast the API answers with much in the database: the calls that are made most, in process, on SQLite or PostgreSQL.

mod calls;
mod world;

use std::{
    path::PathBuf,
    sync::Arc,
    time::{Duration, Instant},
};

use anyhow::{Context, Result};
use duxue_storage::{DatabaseUrl, Store};
use tokio::task::JoinSet;

use self::{
    calls::{Call, Caller},
    world::{Size, World},
};
use crate::say;

#[derive(clap::Args)]
pub struct Args {
    /// Of 1,000 classes with 30 students and 60 training days each: 3.6 million punches, 1.44 million observations
    #[arg(long, default_value_t = 1.0, value_parser = above_nothing)]
    scale: f64,
    /// How often each call is made
    #[arg(long, default_value_t = 200, value_parser = clap::value_parser!(u32).range(10..=100_000))]
    requests: u32,
    /// So many callers at once, for the requests a second
    #[arg(long, default_value_t = 4, value_parser = clap::value_parser!(u32).range(1..=64))]
    callers: u32,
    /// An empty database to measure in [default: SQLite in a folder for temporary files]
    #[arg(long, value_name = "URL")]
    database: Option<DatabaseUrl>,
    /// Wait for so many seconds once it is filled: PostgreSQL looks at its tables about once a minute
    #[arg(long, default_value_t = 0)]
    pause: u64,
    /// Once it is filled, measure only when Enter is pressed: filling takes long, and the machine should be quiet afterwards
    #[arg(long)]
    ask: bool,
    /// Where files are put meanwhile [default: where temporary files go]
    #[arg(long)]
    dir: Option<PathBuf>,
}

fn above_nothing(text: &str) -> Result<f64, String> {
    text.parse().ok().filter(|scale| *scale > 0.0 && *scale <= 10.0).ok_or_else(|| "above 0 and at most 10".into())
}

/// What one call took.
struct Measured {
    median: Duration,
    late: Duration,
    per_second: f64,
    bytes: usize,
}

pub fn run(args: &Args) -> Result<()> {
    tokio::runtime::Builder::new_multi_thread().enable_all().build()?.block_on(measure_all(args))
}

async fn measure_all(args: &Args) -> Result<()> {
    let dir = match &args.dir {
        Some(dir) => tempfile::tempdir_in(dir)?,
        None => tempfile::tempdir()?,
    };
    let url = args.database.clone().unwrap_or_else(|| DatabaseUrl::sqlite(dir.path().join("bench.db")));
    let store = Store::connect(&url, true).await?;
    let size = Size::scaled(args.scale);
    let began = Instant::now();
    let world = World::fill(&store, &size).await.context("the database could not be filled")?;
    let profile = if cfg!(debug_assertions) { "dev profile" } else { "release profile" };
    say(&format!("{url}, {profile}: {size}; filled in {:.0} s", began.elapsed().as_secs_f64()));
    tokio::time::sleep(Duration::from_secs(args.pause)).await;
    if args.ask {
        say("press Enter to measure");
        tokio::task::spawn_blocking(|| std::io::stdin().read_line(&mut String::new())).await??;
    }

    let caller = Arc::new(Caller::new(&store, &world, dir.path()).await?);
    say(&format!("{:<44} | p50, ms | p99, ms | requests/s, {} at once | answer, kB", "call", args.callers));
    for call in calls::all(&caller, &world).await? {
        let measured = measure(&caller, &world, call.clone(), args).await.with_context(|| call.name.to_owned())?;
        let ms = |duration: Duration| duration.as_secs_f64() * 1e3;
        say(&format!(
            "{:<44} | {:>7.2} | {:>7.2} | {:>22.0} | {:>10.1}",
            call.name,
            ms(measured.median),
            ms(measured.late),
            measured.per_second,
            measured.bytes as f64 / 1e3,
        ));
    }
    store.close().await;
    Ok(())
}

/// One after the other for the times, then several at once for how many there are in a second.
async fn measure(caller: &Arc<Caller>, world: &Arc<World>, call: Call, args: &Args) -> Result<Measured> {
    let mut bytes = 0;
    for turn in 0..3 {
        bytes = caller.make(&call, world, turn).await?;
    }
    let mut times = Vec::new();
    for turn in 0..u64::from(args.requests) {
        let start = Instant::now();
        caller.make(&call, world, 3 + turn).await?;
        times.push(start.elapsed());
    }
    times.sort_unstable();
    let at = |share: f64| times[((times.len() - 1) as f64 * share).round() as usize];

    let start = Instant::now();
    let mut callers = JoinSet::new();
    let each = u64::from(args.requests.div_ceil(args.callers));
    for one in 0..u64::from(args.callers) {
        let (caller, world, call) = (caller.clone(), world.clone(), call.clone());
        callers.spawn(async move {
            for turn in 0..each {
                caller.make(&call, &world, 1_000_000 * (one + 1) + turn).await?;
            }
            anyhow::Ok(())
        });
    }
    while let Some(done) = callers.join_next().await {
        done??;
    }
    let made = each * u64::from(args.callers);
    let per_second = made as f64 / start.elapsed().as_secs_f64();
    Ok(Measured { median: at(0.5), late: at(0.99), per_second, bytes })
}
