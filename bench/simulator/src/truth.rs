//! What is really there at an instant of script time: what a measurement is held against.

use std::time::Duration;

use serde::Serialize;

use crate::{
    identity::{Identity, Sex},
    script::{PictureTrouble, Script, StreamTrouble},
};

/// The truth at one instant.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Truth {
    /// Who sits where, by seat.
    pub people: Vec<Seated>,
    /// How many men are there.
    pub men: u32,
    /// How many women are there.
    pub women: u32,
    /// What is wrong with the picture, if anything: then the people are there, and are not to be seen as they are.
    pub picture: Option<PictureTrouble>,
    /// What is wrong with the stream, if anything.
    pub stream: Option<StreamTrouble>,
}

/// One person in a seat.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct Seated {
    /// The seat.
    pub seat: u32,
    /// Who.
    pub identity: Identity,
}

/// What `script` says about the instant `at`; script time beyond the loop's end is taken in the next loop.
pub fn truth_at(script: &Script, at: Duration) -> Truth {
    let at = Duration::from_nanos((at.as_nanos() % script.length().as_nanos()) as u64);
    let within = |from_s: u32, to_s: u32| at_second(at.as_secs() as u32, from_s, to_s);
    let mut people: Vec<Seated> = script
        .stays
        .iter()
        .filter(|s| within(s.from_s, s.to_s))
        .map(|s| Seated { seat: s.seat, identity: s.identity })
        .collect();
    people.sort_by_key(|p| p.seat);
    let men = people.iter().filter(|p| p.identity.sex() == Sex::Male).count() as u32;
    Truth {
        men,
        women: people.len() as u32 - men,
        people,
        picture: script.picture.iter().find(|f| within(f.from_s, f.to_s)).map(|f| f.what),
        stream: script.stream.iter().find(|f| within(f.from_s, f.to_s)).map(|f| f.what),
    }
}

/// Whether a second of script time lies in a span of it.
pub(crate) fn at_second(second: u32, from_s: u32, to_s: u32) -> bool {
    (from_s..to_s).contains(&second)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ends_are_outside_and_loops_come_again() {
        let (a, b) = (Identity::of(1), Identity::of(2));
        let script = Script::empty(1, 3, 60)
            .seated(1, a, 0)
            .replaced(1, 20, b)
            .seated(0, Identity::of(4), 10)
            .picture_trouble(PictureTrouble::Dark, 40, 50);
        let who = |ms: u64| {
            let truth = truth_at(&script, Duration::from_millis(ms));
            assert_eq!(truth.men + truth.women, truth.people.len() as u32);
            truth.people.iter().map(|p| p.identity).collect::<Vec<_>>()
        };
        assert_eq!(who(0), [a]);
        assert_eq!(who(19_999), [Identity::of(4), a]);
        assert_eq!(who(20_000), [Identity::of(4), b]);
        assert_eq!(who(60_000), [a]);
        let dark = |s| truth_at(&script, Duration::from_secs(s)).picture;
        assert_eq!(
            (dark(39), dark(40), dark(49), dark(50)),
            (None, Some(PictureTrouble::Dark), Some(PictureTrouble::Dark), None)
        );
    }
}
