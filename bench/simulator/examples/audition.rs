use duxue_simulator::{Identity, Script, frame};
fn main() -> Result<(), Box<dyn std::error::Error>> {
    let args: Vec<String> = std::env::args().collect();
    let ids: Vec<u64> = args[2].split(',').map(|a| a.parse().unwrap()).collect();
    for (n, group) in ids.chunks(12).enumerate() {
        for second in [0u32, 9, 17, 26, 33, 41] {
            let mut s = Script::empty(1000 + u64::from(second), 12, 60);
            for (seat, id) in group.iter().enumerate() {
                s = s.seated(((seat + second as usize) % 12) as u32, Identity::of(*id), 0);
            }
            std::fs::write(format!("{}/{n:03}-{second:02}.png", args[1]), frame(&s, second)?)?;
        }
    }
    Ok(())
}
