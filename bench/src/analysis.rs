//! What analysing a key frame costs, by stage.

use anyhow::Result;
use duxue_analytics::{Analyser, ObserveOptions, cost, decode, models, runtime};

use crate::{say, simulate};

const ROUNDS: u32 = 20;
const THREADS: usize = 1;

/// Measures on a drawn classroom; without models it says how to get them.
pub fn run() -> Result<()> {
    let set = match models::find(&models::default_dirs()) {
        Ok(set) => set,
        Err(problem) => return skipped(&problem.to_string()),
    };
    let library = match runtime::find() {
        Ok(library) => library,
        Err(problem) => return skipped(&problem.to_string()),
    };
    for note in &set.notes {
        say(&note.to_string());
    }
    let analyser = Analyser::load(&set, &library, THREADS)?;
    let picture = decode(&duxue_simulator::frame(&simulate::script(), 0)?)?;
    say(&cost::measure(&analyser, picture.view(), &ObserveOptions::default(), ROUNDS)?.to_string());
    Ok(())
}

fn skipped(why: &str) -> Result<()> {
    say(&format!("analysis was not measured: {why}"));
    Ok(())
}
