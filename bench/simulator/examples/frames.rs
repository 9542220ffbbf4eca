//! Writes what a camera shows, a picture a second: `cargo run -p duxue-simulator --example frames -- DIR SEED PEOPLE SECONDS`.

use duxue_simulator::{classroom, frame};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let args: Vec<String> = std::env::args().collect();
    let [_, dir, seed, people, seconds] = args.as_slice() else { return Err("give DIR SEED PEOPLE SECONDS".into()) };
    let script = classroom(seed.parse()?, people.parse()?);
    for second in (0..seconds.parse::<u32>()?).map(|n| n * 7 % script.length_s) {
        std::fs::write(format!("{dir}/{seed}-{people}-{second:02}.png"), frame(&script, second)?)?;
    }
    Ok(())
}
