//! Ready-made scripts.

use crate::{chance::Chance, identity::Identity, script::Script};

/// A room of which `people` seats are taken for the whole of a minute's loop; nobody comes or goes.
pub fn classroom(seed: u64, people: u32) -> Script {
    let mut chance = Chance::new(seed, 1);
    let mut script = Script::empty(seed, people.max(1), 60);
    for seat in 0..people {
        script = script.seated(seat, Identity::of(chance.next() % 1000 * 100 + u64::from(seat)), 0);
    }
    script
}
