//! Writes portraits to look at and to measure: `cargo run -p duxue-simulator --example cast -- DIR FIRST LAST`.

use duxue_simulator::{Identity, portrait};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let args: Vec<String> = std::env::args().collect();
    let [_, dir, first, last] = args.as_slice() else { return Err("give DIR FIRST LAST".into()) };
    for number in first.parse::<u64>()?..=last.parse()? {
        std::fs::write(format!("{dir}/{number:05}.png"), portrait(Identity::of(number))?)?;
    }
    Ok(())
}
