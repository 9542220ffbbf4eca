//! How well people are counted over a session, against known truth: the error, and how often the interval holds it.
//!
//! Three parts. Simulated sessions are numbers and boxes alone: hundreds of classrooms with heads that go down, people half
//! hidden behind others, latecomers, a teacher who walks about and a coat that is taken for somebody now and then. Drawn rooms
//! go through the real models: whoever is hidden in a sample is not drawn in it. And so do real clips, where a folder is given.

mod clips;
mod drawn;
mod simulated;

use std::path::PathBuf;

use anyhow::{Result, ensure};
use duxue_analytics::{Analyser, ObserveOptions, models, runtime};
use duxue_rules::{
    crosscheck::{Estimate, SessionFacts, summarise},
    policy::Policy,
};

use crate::say;

#[derive(clap::Args)]
pub struct Args {
    /// Simulated sessions of each size
    #[arg(long, default_value_t = 100)]
    sessions: u64,
    /// Drawn rooms of each size; 0: none
    #[arg(long, default_value_t = 1)]
    rooms: u64,
    /// Samples of a drawn room, and of a clip
    #[arg(long, default_value_t = 16)]
    samples: u32,
    /// A folder with clips and a table counts.csv (file, people)
    #[arg(long, value_name = "DIR")]
    clips: Option<PathBuf>,
    /// The longer side to which a picture is reduced before people are looked for
    #[arg(long, default_value_t = ObserveOptions::default().people_long_side)]
    people_long_side: u32,
}

/// The sizes of classes.
const SIZES: [u32; 8] = [5, 10, 15, 20, 30, 40, 50, 60];

/// What was true and what was said, of sessions of one size.
#[derive(Default)]
struct Tally {
    sessions: u32,
    /// Intervals that hold the truth.
    held: u32,
    bias: f64,
    error: f64,
    width: f64,
    /// The people that the fullest sample shows, less the truth.
    fullest: f64,
}

impl Tally {
    fn add(&mut self, truth: u32, estimate: Estimate, fullest: u32) {
        self.sessions += 1;
        self.held += u32::from((estimate.low..=estimate.high).contains(&truth));
        self.bias += f64::from(estimate.likely) - f64::from(truth);
        self.error += f64::from(estimate.likely.abs_diff(truth));
        self.width += f64::from(estimate.high - estimate.low);
        self.fullest += f64::from(fullest) - f64::from(truth);
    }

    fn line(&self, name: &str) -> String {
        let each = |sum: f64| sum / f64::from(self.sessions.max(1));
        let held = 100.0 * each(f64::from(self.held));
        format!(
            "  {name:<24}{:>9}{:>+9.2}{:>9.2}{held:>8.0} %{:>9.1}{:>+12.2}",
            self.sessions,
            each(self.bias),
            each(self.error),
            each(self.width),
            each(self.fullest)
        )
    }
}

/// Both estimates of one session: by places, and the one on which findings rest.
struct Said {
    places: Option<Estimate>,
    cautious: Estimate,
    fullest: u32,
}

fn said(facts: &SessionFacts, policy: &Policy) -> Said {
    let summary = summarise(facts, policy);
    let fullest = summary.series.iter().map(|point| point.people).max().unwrap_or(0);
    Said { places: summary.different, cautious: summary.people, fullest }
}

/// Measures and prints all parts; without models only the first, and it says why.
pub fn run(args: &Args) -> Result<()> {
    let pictures = args.rooms > 0 || args.clips.is_some();
    ensure!(
        args.sessions > 0 || pictures,
        "nothing to do: --sessions and --rooms are both 0, and there are no --clips"
    );
    if args.sessions > 0 {
        table("simulated sessions", simulated::run(args.sessions));
    }
    if !pictures {
        return Ok(());
    }
    let analyser = match analyser() {
        Ok(analyser) => analyser,
        Err(why) => {
            say(&format!("drawn rooms and clips were not measured: {why:#}"));
            return Ok(());
        }
    };
    let options =
        ObserveOptions { identify: false, people_long_side: args.people_long_side, ..ObserveOptions::default() };
    if args.rooms > 0 {
        table("drawn rooms through the models", drawn::run(&analyser, args.rooms, args.samples, &options)?);
    }
    if let Some(dir) = &args.clips {
        table("clips through the models", clips::run(&analyser, dir, args.samples, &options)?);
    }
    Ok(())
}

fn analyser() -> Result<Analyser> {
    Ok(Analyser::load(&models::find(&models::default_dirs())?, &runtime::find()?, 1)?)
}

fn table(title: &str, lines: Vec<(String, Tally)>) {
    if lines.is_empty() {
        return;
    }
    say(&format!("\n{title}\n  people                   sessions     bias    error      held    width     fullest"));
    lines.iter().for_each(|(name, tally)| say(&tally.line(name)));
}
