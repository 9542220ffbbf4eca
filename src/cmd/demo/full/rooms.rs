//! What the drawn rooms show: the scripts of their cameras, the faces of those in them, and the pictures of the half year.

use std::collections::BTreeMap;

use anyhow::Result;
use bytes::Bytes;
use duxue_rules::roster::Sex;
use duxue_simulator::{PictureFault, PictureTrouble, Script};

use super::{
    calendar::Part,
    opening::STUDENTS,
    truth::{self, State},
};

/// What the pictures of the half year show, drawn once.
pub struct Pictures {
    rooms: Vec<(Part, Shows, Vec<u8>)>,
    /// A room without light.
    pub dark: Vec<u8>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Shows {
    Everybody,
    WithoutGhosts,
    AStranger,
}

/// The drawn room of a class: its students in the order of the roster, as they are on their portraits.
pub fn script(part: Part) -> Script {
    duxue_simulator::classroom(500 + part.index() as u64, STUDENTS as u32)
}

/// The classes whose rooms are drawn and seen live.
pub const DRAWN: [Part; 3] = [Part::Model, Part::Fraud, Part::Risk];

/// The sexes that the students of a drawn room are drawn with; none of another.
pub fn sexes(part: Part) -> Vec<Sex> {
    let sex = |stay: &duxue_simulator::Stay| match stay.identity.sex() {
        duxue_simulator::Sex::Male => Sex::Male,
        duxue_simulator::Sex::Female => Sex::Female,
    };
    if DRAWN.contains(&part) { script(part).stays.iter().map(sex).collect() } else { Vec::new() }
}

/// What the cameras show from now on: those three rooms, and one that is still empty. In the second the last five do not
/// come, and somebody sits in for one.
pub fn scripts() -> Vec<Script> {
    let mut scripts: Vec<Script> = DRAWN.into_iter().map(script).collect();
    scripts[1].stays[truth::REPLACED].identity = stranger(Part::Fraud);
    scripts[1].stays.drain(truth::GHOSTS);
    scripts.push(duxue_simulator::classroom(509, 0));
    scripts
}

/// The drawn faces of those who are seen live, by class and place on the roster.
pub fn portraits() -> Result<BTreeMap<(Part, usize), Bytes>> {
    let mut portraits = BTreeMap::new();
    for part in DRAWN {
        for (seat, stay) in script(part).stays.iter().enumerate() {
            portraits.insert((part, seat), duxue_simulator::portrait(stay.identity)?.into());
        }
    }
    Ok(portraits)
}

/// Who sits in for somebody: none of the class.
pub fn stranger(part: Part) -> duxue_simulator::Identity {
    duxue_simulator::cast(500 + part.index() as u64)[STUDENTS as usize]
}

impl Pictures {
    /// Draws them.
    pub fn draw() -> Result<Self> {
        let mut rooms = Vec::new();
        for (part, shows) in [
            (Part::Fraud, Shows::Everybody),
            (Part::Fraud, Shows::WithoutGhosts),
            (Part::Fraud, Shows::AStranger),
            (Part::Risk, Shows::Everybody),
        ] {
            let mut script = script(part);
            match shows {
                Shows::Everybody => {}
                Shows::WithoutGhosts => drop(script.stays.drain(truth::GHOSTS)),
                Shows::AStranger => script.stays[truth::REPLACED].identity = stranger(part),
            }
            rooms.push((part, shows, jpeg(&script)?));
        }
        let fault = PictureFault { what: PictureTrouble::Dark, from_s: 0, to_s: 20 };
        let dark = jpeg(&Script { picture: vec![fault], ..script(Part::Fraud) })?;
        Ok(Self { rooms, dark })
    }

    /// What a sample of the class shows.
    pub fn of(&self, part: Part, states: &[State]) -> &[u8] {
        let shows = if states.contains(&State::Ghost) {
            Shows::WithoutGhosts
        } else if states.contains(&State::Replaced) {
            Shows::AStranger
        } else {
            Shows::Everybody
        };
        let drawn = self.rooms.iter().find(|(of, what, _)| (*of, *what) == (part, shows));
        drawn.map_or(&self.dark, |(_, _, picture)| picture)
    }
}

fn jpeg(script: &Script) -> Result<Vec<u8>> {
    let picture = duxue_analytics::decode(&duxue_simulator::frame(script, 3)?)?;
    Ok(duxue_analytics::encode_jpeg(picture.view(), Some(640), 75)?)
}
