//! How well people are counted over a session, against known truth: the error, and how often the interval holds it.
//!
//! Two parts. Simulated sessions are numbers and boxes alone: hundreds of classrooms with heads that go down, people half
//! hidden behind others, latecomers, a teacher who walks about and a coat that is taken for somebody now and then. Drawn rooms
//! go through the real models: whoever is hidden in a sample is not drawn in it.

mod drawn;
mod simulated;

use anyhow::{Result, ensure};
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
    /// Samples of a drawn room
    #[arg(long, default_value_t = 16)]
    samples: u32,
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

/// Measures and prints both parts; without models the second is left out and says why.
pub fn run(args: &Args) -> Result<()> {
    ensure!(args.sessions > 0 || args.rooms > 0, "nothing to do: --sessions and --rooms are both 0");
    if args.sessions > 0 {
        table("simulated sessions", simulated::run(args.sessions));
    }
    if args.rooms > 0 {
        table("drawn rooms through the models", drawn::run(args.rooms, args.samples)?);
    }
    Ok(())
}

fn table(title: &str, lines: Vec<(String, Tally)>) {
    if lines.is_empty() {
        return;
    }
    say(&format!("\n{title}\n  people                   sessions     bias    error      held    width     fullest"));
    lines.iter().for_each(|(name, tally)| say(&tally.line(name)));
}
