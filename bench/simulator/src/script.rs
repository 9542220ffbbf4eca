//! What happens in a drawn classroom, and when: the ground truth, written by hand or by a preset.
//!
//! All times are seconds of *script time*, which runs from 0 to [`Script::length_s`] and then starts over. A span is half
//! open: what starts at `from_s` is there at `from_s`, and what ends at `to_s` is gone at `to_s`.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::identity::Identity;

/// The most seats a room has; more people than this do not fit into one picture with faces big enough to tell.
pub const MAX_SEATS: u32 = 30;

/// The longest loop, in seconds: at 3 Mbit/s a loop of this length takes 225 MB of memory.
pub const MAX_LENGTH_S: u32 = 600;

/// One classroom, from start to end of its loop.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Script {
    /// Decides the room's looks and everybody's small movements.
    pub seed: u64,
    /// Length of the loop in seconds, 2 to [`MAX_LENGTH_S`].
    pub length_s: u32,
    /// How many seats the room has, 1 to [`MAX_SEATS`]. Up to 12 faces are 90 px wide and more in 1080p; more get smaller.
    pub seats: u32,
    /// Who sits where, from when to when.
    #[serde(default)]
    pub stays: Vec<Stay>,
    /// What is wrong with the picture, from when to when.
    #[serde(default)]
    pub picture: Vec<PictureFault>,
    /// What is wrong with the stream, from when to when.
    #[serde(default)]
    pub stream: Vec<StreamFault>,
}

/// One person in one seat for some time.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Stay {
    /// The seat, from 0: left to right as the camera sees it, front row first.
    pub seat: u32,
    /// Who.
    pub identity: Identity,
    /// When they come.
    pub from_s: u32,
    /// When they are gone.
    pub to_s: u32,
}

/// Something wrong with the picture: it is drawn so, and the stream stays healthy.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PictureFault {
    /// What.
    pub what: PictureTrouble,
    /// From when.
    pub from_s: u32,
    /// Until when.
    pub to_s: u32,
}

/// What can be wrong with a picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PictureTrouble {
    /// The picture stays as it was when this began.
    Freeze,
    /// The lens is covered: almost black.
    Dark,
}

/// Something wrong with the stream for some time of each loop.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StreamFault {
    /// What.
    pub what: StreamTrouble,
    /// From when.
    pub from_s: u32,
    /// Until when.
    pub to_s: u32,
}

/// What a script may do to a stream.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StreamTrouble {
    /// Connections are closed, and so is each new one.
    Drop,
    /// Connections stay, packets stop.
    Stall,
    /// Packets carry random bytes.
    Garbage,
    /// Requests are read and never answered.
    NeverAnswer,
}

/// Why a script cannot be played.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ScriptError {
    /// The loop is too short or too long.
    #[error("length_s is {0}, it must be 2 to {MAX_LENGTH_S}")]
    Length(u32),
    /// Too few or too many seats.
    #[error("seats is {0}, it must be 1 to {MAX_SEATS}")]
    Seats(u32),
    /// Somebody sits where there is no seat.
    #[error("stays[{index}].seat is {seat}, the room has seats 0 to {last}")]
    NoSuchSeat {
        /// Which stay.
        index: usize,
        /// The seat it names.
        seat: u32,
        /// The last seat there is.
        last: u32,
    },
    /// A span is empty, runs backwards or leaves the loop.
    #[error("{list}[{index}] runs from {from_s} to {to_s} s, it must end after it starts and within {length_s} s")]
    Span {
        /// The list the entry stands in.
        list: &'static str,
        /// Which entry.
        index: usize,
        /// Its start.
        from_s: u32,
        /// Its end.
        to_s: u32,
        /// The length of the loop.
        length_s: u32,
    },
    /// Two people in one seat, or one person in two seats, at the same time.
    #[error("stays[{first}] and stays[{second}] overlap: {what}")]
    Overlap {
        /// The earlier entry of the list.
        first: usize,
        /// The later entry of the list.
        second: usize,
        /// What they have in common.
        what: &'static str,
    },
}

impl Script {
    /// An empty room.
    pub fn empty(seed: u64, seats: u32, length_s: u32) -> Self {
        Self { seed, length_s, seats, stays: Vec::new(), picture: Vec::new(), stream: Vec::new() }
    }

    /// How long one loop takes.
    pub fn length(&self) -> Duration {
        Duration::from_secs(u64::from(self.length_s))
    }

    /// Refuses a script that contradicts itself, naming the entry.
    pub fn check(&self) -> Result<(), ScriptError> {
        if !(2..=MAX_LENGTH_S).contains(&self.length_s) {
            return Err(ScriptError::Length(self.length_s));
        }
        if !(1..=MAX_SEATS).contains(&self.seats) {
            return Err(ScriptError::Seats(self.seats));
        }
        for (index, stay) in self.stays.iter().enumerate() {
            if stay.seat >= self.seats {
                return Err(ScriptError::NoSuchSeat { index, seat: stay.seat, last: self.seats - 1 });
            }
            self.check_span("stays", index, stay.from_s, stay.to_s)?;
        }
        for (index, fault) in self.picture.iter().enumerate() {
            self.check_span("picture", index, fault.from_s, fault.to_s)?;
        }
        for (index, fault) in self.stream.iter().enumerate() {
            self.check_span("stream", index, fault.from_s, fault.to_s)?;
        }
        for (second, b) in self.stays.iter().enumerate() {
            for (first, a) in self.stays[..second].iter().enumerate() {
                if a.from_s < b.to_s && b.from_s < a.to_s {
                    if a.seat == b.seat {
                        return Err(ScriptError::Overlap { first, second, what: "two people in one seat" });
                    }
                    if a.identity == b.identity {
                        return Err(ScriptError::Overlap { first, second, what: "one person in two seats" });
                    }
                }
            }
        }
        Ok(())
    }

    fn check_span(&self, list: &'static str, index: usize, from_s: u32, to_s: u32) -> Result<(), ScriptError> {
        let length_s = self.length_s;
        if from_s < to_s && to_s <= length_s {
            Ok(())
        } else {
            Err(ScriptError::Span { list, index, from_s, to_s, length_s })
        }
    }

    /// Somebody sits in a seat from `from_s` to the end of the loop.
    #[must_use]
    pub fn seated(mut self, seat: u32, identity: Identity, from_s: u32) -> Self {
        self.stays.push(Stay { seat, identity, from_s, to_s: self.length_s });
        self
    }

    /// Whoever sits in `seat` at `at_s` leaves then.
    #[must_use]
    pub fn leaves(mut self, seat: u32, at_s: u32) -> Self {
        for stay in &mut self.stays {
            if stay.seat == seat && stay.from_s < at_s && at_s < stay.to_s {
                stay.to_s = at_s;
            }
        }
        self
    }

    /// Whoever sits in `seat` at `at_s` gives the seat to `by` then.
    #[must_use]
    pub fn replaced(mut self, seat: u32, at_s: u32, by: Identity) -> Self {
        let to_s = self.stays.iter().find(|s| s.seat == seat && s.from_s < at_s && at_s < s.to_s).map(|s| s.to_s);
        self = self.leaves(seat, at_s);
        self.stays.push(Stay { seat, identity: by, from_s: at_s, to_s: to_s.unwrap_or(self.length_s) });
        self
    }

    /// The picture is in trouble for some time.
    #[must_use]
    pub fn picture_trouble(mut self, what: PictureTrouble, from_s: u32, to_s: u32) -> Self {
        self.picture.push(PictureFault { what, from_s, to_s });
        self
    }

    /// The stream is in trouble for some time.
    #[must_use]
    pub fn stream_trouble(mut self, what: StreamTrouble, from_s: u32, to_s: u32) -> Self {
        self.stream.push(StreamFault { what, from_s, to_s });
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn who(n: u64) -> Identity {
        Identity::of(n)
    }

    #[test]
    fn contradictions_are_refused_by_name() {
        let script = Script::empty(1, 4, 60).seated(0, who(1), 0).seated(0, who(2), 30);
        assert_eq!(script.check(), Err(ScriptError::Overlap { first: 0, second: 1, what: "two people in one seat" }));
        let script = Script::empty(1, 4, 60).seated(0, who(1), 0).seated(1, who(1), 30);
        assert_eq!(script.check(), Err(ScriptError::Overlap { first: 0, second: 1, what: "one person in two seats" }));
        let script = Script::empty(1, 4, 60).seated(4, who(1), 0);
        assert_eq!(script.check(), Err(ScriptError::NoSuchSeat { index: 0, seat: 4, last: 3 }));
        let script = Script::empty(1, 4, 60).picture_trouble(PictureTrouble::Dark, 50, 61);
        assert!(script.check().unwrap_err().to_string().starts_with("picture[0] runs from 50 to 61 s"));
        assert_eq!(Script::empty(1, 4, 1).check(), Err(ScriptError::Length(1)));
        assert_eq!(Script::empty(1, 31, 60).check(), Err(ScriptError::Seats(31)));
    }

    #[test]
    fn a_replacement_leaves_no_hole_and_no_overlap() {
        let script = Script::empty(1, 2, 60).seated(0, who(1), 0).leaves(0, 50).replaced(0, 20, who(2));
        script.check().unwrap();
        assert_eq!(
            script.stays,
            [
                Stay { seat: 0, identity: who(1), from_s: 0, to_s: 20 },
                Stay { seat: 0, identity: who(2), from_s: 20, to_s: 50 }
            ]
        );
    }

    #[test]
    fn toml_and_back_and_unknown_keys() {
        let script = Script::empty(7, 6, 40)
            .seated(2, who(9), 5)
            .picture_trouble(PictureTrouble::Freeze, 10, 20)
            .stream_trouble(StreamTrouble::NeverAnswer, 30, 35);
        let text = toml::to_string(&script).unwrap();
        assert_eq!(toml::from_str::<Script>(&text).unwrap(), script);
        let odd = "seed = 1\nlength_s = 10\nseats = 2\nlenght = 3\n";
        assert!(toml::from_str::<Script>(odd).unwrap_err().to_string().contains("lenght"));
    }
}
