//! Ready-made scripts.

use crate::{
    chance::Chance,
    identity::{CAST, Identity},
    script::{MAX_SEATS, Script},
};

/// Half a minute of a room with `people` people, at most [`MAX_SEATS`], and a free seat or two where there is room; nobody comes
/// or goes. Who they are is the first of [`cast`] for the same seed.
pub fn classroom(seed: u64, people: u32) -> Script {
    let people = people.min(MAX_SEATS);
    let seats = match people {
        0..=4 => 4,
        5..=8 => 8,
        9..=12 => 12,
        13..=20 => 20,
        _ => MAX_SEATS,
    };
    let mut free: Vec<u32> = (0..seats).collect();
    let mut chance = Chance::new(seed, 2);
    while free.len() > people as usize {
        // Free seats are in the back rows, as in any room.
        let back = free.len() / 2;
        let index = back + (chance.next() % (free.len() - back) as u64) as usize;
        free.remove(index);
    }
    let script = Script::empty(seed, seats, 30);
    free.into_iter().zip(cast(seed)).fold(script, |script, (seat, who)| script.seated(seat, who, 0))
}

/// All of [`CAST`] in an order of its own for each seed: who is not in the room may come to replace somebody.
pub fn cast(seed: u64) -> Vec<Identity> {
    let mut chance = Chance::new(seed, 1);
    let mut all = CAST.to_vec();
    for n in (1..all.len()).rev() {
        all.swap(n, (chance.next() % (n as u64 + 1)) as usize);
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::identity::Sex;

    #[test]
    fn rooms_have_as_many_people_as_asked_for_and_no_twins() {
        for people in [0, 1, 4, 5, 10, 12, 13, 30, 99] {
            let script = classroom(u64::from(people), people);
            script.check().unwrap();
            assert_eq!(script.stays.len() as u32, people.min(MAX_SEATS));
        }
        assert_eq!(classroom(3, 10), classroom(3, 10));
        assert_ne!(classroom(3, 10).stays, classroom(4, 10).stays);
    }

    #[test]
    fn the_cast_is_half_men_and_everybody_once() {
        let mut all = cast(8);
        assert_eq!(all.iter().filter(|i| i.sex() == Sex::Male).count(), 20);
        all.sort();
        all.dedup();
        assert_eq!(all.len(), 40);
    }
}
