//! What watching a class costs: a sample in ten seconds, as duxue takes them, against every frame decoded and five a second
//! analysed by the same models, as recorders with analysis commonly do it. The same drawn session, the same run; and both
//! are asked the same: whom they saw, and how many.

mod class;
mod every_frame;
mod sampled;
mod stream;

use std::{fs, path::PathBuf};

use anyhow::{Context, Result};
use duxue_analytics::{
    Analyser, ObserveOptions, Picture,
    cost::{self, Clock},
    models, runtime,
};
use duxue_simulator::{MAX_LENGTH_S, MAX_SEATS};

use self::{
    class::{Class, LEAST_PEOPLE, Verdict},
    sampled::Sample,
};
use crate::say;

const HOUR_S: f64 = 3_600.0;
/// As the service samples by default.
const SAMPLE_S: f64 = 10.0;
/// How long the service keeps known faces by default, in samples.
const KNOWN_SAMPLES: u32 = 30;
/// And how often it looks for people at least.
const PEOPLE_EVERY: u32 = 3;
const ROUNDS: u32 = 5;
/// Frames a run of a detector.
const BATCHES: [usize; 4] = [1, 2, 4, 8];

#[derive(clap::Args)]
pub struct Args {
    /// How many sit in the class at once
    #[arg(long, default_value_t = MAX_SEATS, value_parser = clap::value_parser!(u32).range(i64::from(LEAST_PEOPLE)..=i64::from(MAX_SEATS)))]
    people: u32,
    /// Seconds of film
    #[arg(long, default_value_t = 300, value_parser = clap::value_parser!(u32).range(120..=i64::from(MAX_LENGTH_S)))]
    seconds: u32,
    /// Of so many seconds of film one is told where every frame is decoded; 1: all of them, which takes ten times as long
    #[arg(long, default_value_t = 10, value_parser = clap::value_parser!(u32).range(1..=60))]
    every: u32,
    /// Keep the film here for the next time
    #[arg(long, value_name = "DIR")]
    cache: Option<PathBuf>,
}

/// What a way of watching took and said.
struct Watched {
    name: &'static str,
    looked: usize,
    cpu_s_an_hour: f64,
    verdict: Verdict,
}

pub fn run(args: &Args) -> Result<()> {
    let set = models::find(&models::default_dirs())?;
    let analyser = Analyser::load(&set, &runtime::find()?, 1)?;
    let class = Class::enrol(&analyser, args.people, args.seconds)?;
    say(&format!("drawing {} s of a class of {} …", args.seconds, args.people));
    let dir = tempfile::tempdir()?;
    let films = args.cache.as_deref().unwrap_or(dir.path()).join(format!("{}-{}", args.people, args.seconds));
    let film = class.film(&films)?;
    let samples = sampled::samples(&stream::key_frames(&fs::read(&film)?)?)?;
    let first = samples.first().context("the film has no key frame")?.picture().view();
    let usual =
        ObserveOptions { people_every: PEOPLE_EVERY, known_samples: KNOWN_SAMPLES, ..ObserveOptions::default() };
    let alone = cost::measure(&analyser, first, &usual, ROUNDS)?;
    say(&alone.to_string());
    batches(&analyser, &samples, &usual);

    say(&heading(&class));
    let anew = ObserveOptions { known_samples: 1, people_every: 1, people_long_side: 960, ..usual };
    let ways = [
        ("1 in 10 s, all faces told, people at 960", anew),
        ("… known faces kept up to a minute", ObserveOptions { known_samples: 6, ..anew }),
        ("… up to five minutes", ObserveOptions { known_samples: KNOWN_SAMPLES, ..anew }),
        ("… people at 640", ObserveOptions { people_every: 1, ..usual }),
        ("… and only where faces say too little", usual),
    ];
    let mut last = None;
    for (name, options) in ways {
        let (watched, spent) = sampled::watch(name, &analyser, &class, &samples, &options)?;
        say(&watched.line());
        last = Some((watched, spent));
    }
    let (ours, spent) = last.context("there is no way of watching")?;
    for (stage, cpu_s) in spent.stages(&alone) {
        say(&format!("    {stage:27} {cpu_s:7.1} CPU s a camera-hour"));
    }
    let every = every_frame::watch(&analyser, &class, &film, args.seconds, args.every, &usual)?;
    say(&heading(&class));
    say(&every.line());
    say(&ours.line());
    say(&format!("{:.0} times cheaper", every.cpu_s_an_hour / ours.cpu_s_an_hour));
    let (a_sample, cameras) = (ours.cpu_s_an_hour / HOUR_S * SAMPLE_S, 8.0 * HOUR_S / ours.cpu_s_an_hour);
    say(&format!("{:.0} ms CPU a sample: 8 cores watch {cameras:.0} cameras at once", a_sample * 1e3));
    Ok(())
}

/// Frames of several cameras through the detectors in one run, against one by one.
fn batches(analyser: &Analyser, samples: &[Sample], options: &ObserveOptions) {
    let pictures: Vec<Picture<'_>> = samples.iter().take(8).map(|sample| sample.picture().view()).collect();
    for batch in BATCHES.into_iter().filter(|batch| *batch <= pictures.len()) {
        let faces = cost::faces_ms_by_batch(Clock::Cpu, analyser, &pictures, options, batch, 2);
        let people = cost::people_ms_by_batch(Clock::Cpu, analyser, &pictures, options, batch, 2);
        for (what, cost) in [("faces", faces), ("people", people)] {
            let cost = cost.map_or_else(|why| why.to_string(), |ms| format!("{ms:.1} ms CPU a frame"));
            say(&format!("  {what:6} {batch} frames a run: {cost}"));
        }
    }
}

fn heading(class: &Class) -> String {
    format!(
        "{:40} | looked at | CPU s a camera-hour | different people (truth {}) | head count | seen | missed | of {} absent seen | told after they left",
        "",
        class.truth(),
        class.absent()
    )
}

impl Watched {
    fn line(&self) -> String {
        let Verdict { summary, seen, seen_absent, missed, replaced_after_s } = &self.verdict;
        let different =
            summary.different.map_or_else(|| "-".to_owned(), |e| format!("{} ({} to {})", e.likely, e.low, e.high));
        let heads = format!("{} to {}", summary.people.low, summary.people.high);
        let late = replaced_after_s.map_or_else(|| "never seen".to_owned(), |s| format!("{s} s"));
        format!(
            "{:40} | {:9} | {:19.1} | {different:27} | {heads:10} | {seen:4} | {missed:6} | {seen_absent:17} | {late}",
            self.name, self.looked, self.cpu_s_an_hour
        )
    }
}

/// What this process took so far.
fn cpu_s() -> Result<f64> {
    Ok(cost::cpu_ns().context("the CPU time of this process cannot be read from /proc")? as f64 / 1e9)
}
