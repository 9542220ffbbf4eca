//! How somebody holds their head at one moment.

use crate::{chance::Chance, identity::Identity};

/// A moment's posture; lengths in widths of the face.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Pose {
    /// Sideways and downwards.
    pub(crate) shift: (f32, f32),
    /// Degrees, clockwise.
    pub(crate) tilt: f32,
    /// How far the features move to the side as the head turns, and down as it nods.
    pub(crate) turn: (f32, f32),
    /// Where the eyes look.
    pub(crate) gaze: (f32, f32),
    /// Eyes shut.
    pub(crate) blink: bool,
    /// Light on the person, about 1.
    pub(crate) light: f32,
}

impl Pose {
    /// Looking straight ahead, for an enrolment picture.
    pub(crate) fn straight() -> Self {
        Self { light: 1.0, ..Self::default() }
    }

    /// Of a person in picture `n` of a script. People move now and then, not in every picture.
    pub(crate) fn at(seed: u64, identity: Identity, n: u32) -> Self {
        let key = seed ^ identity.number().wrapping_mul(0x2545_f491_4f6c_dd1d);
        let mut habits = Chance::new(key, 3);
        let every = 2 + (habits.next() % 3) as u32;
        let late = (habits.next() % u64::from(every)) as u32;
        let step = (n + late) / every;
        // Between two postures a few seconds apart, by small steps.
        let hold = 5 + (habits.next() % 6) as u32;
        let (from, to) = (Self::target(key, step / hold), Self::target(key, step / hold + 1));
        let share = (step % hold) as f32 / hold as f32;
        let share = share * share * (3.0 - 2.0 * share);
        let mix = |a: f32, b: f32| a + (b - a) * share;
        let mut jitter = Chance::new(key, 1_000_003 + u64::from(step));
        let mut near = |range: f32| jitter.between(-range, range);
        Self {
            shift: (mix(from.shift.0, to.shift.0) + near(0.006), mix(from.shift.1, to.shift.1) + near(0.006)),
            tilt: mix(from.tilt, to.tilt) + near(0.4),
            turn: (mix(from.turn.0, to.turn.0), mix(from.turn.1, to.turn.1)),
            gaze: (mix(from.gaze.0, to.gaze.0), mix(from.gaze.1, to.gaze.1)),
            blink: near(1.0) > 0.92,
            light: mix(from.light, to.light),
        }
    }

    fn target(key: u64, index: u32) -> Self {
        let mut c = Chance::new(key, 500_000 + u64::from(index));
        Self {
            shift: (c.between(-0.10, 0.10), c.between(-0.03, 0.06)),
            tilt: c.between(-5.0, 5.0),
            turn: (c.between(-0.045, 0.045), c.between(-0.015, 0.03)),
            gaze: (c.between(-1.0, 1.0), c.between(-0.3, 0.7)),
            blink: false,
            light: c.between(0.96, 1.04),
        }
    }
}
