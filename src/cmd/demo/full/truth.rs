//! What really happens in the classes, and what is said of it: who is there, who punches, what is reported.

use duxue_rules::observation::PictureMeasures;

use super::{calendar::Part, cast::Fate, opening::STUDENTS};

/// What a student does on a training day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// In the room, and punches.
    There,
    /// On recorded leave.
    Sick,
    /// On recorded leave.
    Personal,
    /// 代打卡: somewhere else; somebody punches for them, and they are reported present.
    Ghost,
    /// 替课: somebody else sits on their chair, and they are reported present.
    Replaced,
}

impl State {
    /// What the institution says.
    pub fn is_reported_present(self) -> bool {
        matches!(self, Self::There | Self::Ghost | Self::Replaced)
    }
}

/// A leave that will be taken, in training days of the class.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Leave {
    pub first: usize,
    pub days: usize,
    pub sick: bool,
}

/// What is wrong with a camera on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// No footage at all.
    Down,
    /// The picture stands still for some time of the morning.
    Frozen,
    /// The lens is covered for some time of the morning.
    Dark,
}

impl Trouble {
    /// What is measured of a picture while it lasts.
    pub fn picture(self) -> PictureMeasures {
        match self {
            Self::Frozen => PictureMeasures { brightness: 118.0, sharpness: 240.0, change: Some(0.001) },
            Self::Dark | Self::Down => PictureMeasures { brightness: 3.0, sharpness: 1.0, change: Some(0.4) },
        }
    }
}

/// A seat whose attendance is too low for the subsidy (R7.2c), and one that the centre lets pass.
pub const OFTEN_ILL: (Part, u64) = (Part::Paid, 19);
pub const LONG_ILL: (Part, u64) = (Part::Closing, 18);
/// The training days of [`Part::Risk`] that fall into its institution's suspension.
pub const SUSPENDED: std::ops::Range<usize> = 21..24;
/// The day on which the device of [`Part::Risk`] loses its last batch.
pub const DEVICE_DOWN: usize = 9;

/// Whose seats are empty on the days on which more are reported than are there.
pub const GHOSTS: std::ops::Range<usize> = 13..18;
/// On whose chair a stranger sits.
pub const REPLACED: usize = 4;

/// The leave of a student.
pub fn leave(fate: Fate, part: Part, seat: u64) -> Option<Leave> {
    let key = part.index() as u64;
    if (part, seat) == OFTEN_ILL || (part, seat) == LONG_ILL {
        return Some(Leave { first: 12, days: 9, sick: true });
    }
    let times = match part {
        Part::Model => 7,
        Part::Risk => 2,
        _ => 4,
    };
    fate.once_in(times, &[40, key, seat]).then(|| Leave {
        first: 1 + fate.below(30, &[41, key, seat]) as usize,
        days: 1 + fate.below(3, &[42, key, seat]) as usize,
        sick: !fate.once_in(3, &[43, key, seat]),
    })
}

/// What a student does on the class's `day`th training day, from 0.
pub fn state(fate: Fate, part: Part, day: usize, seat: u64) -> State {
    if let Some(leave) = leave(fate, part, seat)
        && (leave.first..leave.first + leave.days).contains(&day)
    {
        return if leave.sick { State::Sick } else { State::Personal };
    }
    match part {
        Part::Fraud if is_padded(day) && GHOSTS.contains(&(seat as usize)) => State::Ghost,
        Part::Fraud if is_replaced(day) && seat as usize == REPLACED => State::Replaced,
        _ => State::There,
    }
}

/// All of them.
pub fn states(fate: Fate, part: Part, day: usize) -> Vec<State> {
    (0..STUDENTS).map(|seat| state(fate, part, day, seat)).collect()
}

/// Whether the class's institution reports more than are there.
fn is_padded(day: usize) -> bool {
    day >= 6 && day % 5 == 1
}

/// Whether somebody sits in for a student.
fn is_replaced(day: usize) -> bool {
    day >= 7 && day % 5 == 2
}

/// Whether the picture of a session is worth many looks.
pub fn is_telling(part: Part, day: usize) -> bool {
    part == Part::Fraud && (is_padded(day) || is_replaced(day))
}

/// Whether the class has lessons on the day.
pub fn is_taught(part: Part, day: usize) -> bool {
    part != Part::Risk || !SUSPENDED.contains(&day)
}

/// When the report of a day comes (R7.3b).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Report {
    InTime,
    Late,
    Never,
}

/// When the report of the class's `day`th training day comes.
pub fn report(part: Part, day: usize) -> Report {
    match (part, day) {
        (Part::Fraud, 15) => Report::Never,
        (Part::Fraud, day) if day % 6 == 4 => Report::Late,
        (Part::Paid, 30) | (Part::Risk, 13) => Report::Late,
        _ => Report::InTime,
    }
}

/// What is wrong with the class's camera.
pub fn trouble(part: Part, day: usize) -> Option<Trouble> {
    match (part, day) {
        (Part::Risk, 3..6 | 12 | 26..30 | 34 | 35) => Some(Trouble::Down),
        (Part::Risk, 8 | 17) => Some(Trouble::Frozen),
        (Part::Fraud, 18) => Some(Trouble::Dark),
        _ => None,
    }
}

/// Whether a student who was there forgets to sign out.
pub fn forgets(fate: Fate, part: Part, day: usize, seat: u64) -> bool {
    fate.once_in(150, &[50, part.index() as u64, day as u64, seat])
}
