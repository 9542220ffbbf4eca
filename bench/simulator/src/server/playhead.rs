//! Where in its footage a stream is, as a plain function of time.

use std::{sync::Arc, time::Duration};

use crate::footage::{Footage, Unit};

/// Walks through footage for ever, on a time line that begins with the simulator.
///
/// The position follows from the time alone, so all clients of a camera see the same picture at the same time.
pub(crate) struct Playhead {
    footage: Arc<Footage>,
    pass: u32,
    index: usize,
}

impl Playhead {
    /// Stands at the first key frame at or after `at`.
    pub(crate) fn new(footage: Arc<Footage>, at: Duration) -> Self {
        let (pass, index) = footage.next_from(at);
        let mut head = Self { footage, pass, index };
        while !head.unit().key {
            head.advance();
        }
        head
    }

    /// The unit to show next.
    pub(crate) fn unit(&self) -> &Unit {
        &self.footage.units[self.index]
    }

    /// When it is to be shown; grows with each step, over every end of the loop.
    pub(crate) fn due(&self) -> Duration {
        self.footage.length * self.pass + self.unit().at
    }

    /// Goes to the next unit.
    pub(crate) fn advance(&mut self) {
        self.index += 1;
        if self.index == self.footage.units.len() {
            self.index = 0;
            self.pass += 1;
        }
    }

    /// Changes to other footage if that has a key frame exactly when, or shortly before, this one's next unit is due.
    ///
    /// `behind` is when the last unit was due: a key frame after it and up to now starts the other footage.
    pub(crate) fn change_to(&mut self, footage: &Arc<Footage>, behind: Duration) {
        if Arc::ptr_eq(&self.footage, footage) {
            return;
        }
        let (pass, index) = footage.next_from(behind + Duration::from_nanos(1));
        let other = Self { footage: footage.clone(), pass, index };
        if other.unit().key && other.due() <= self.due() {
            *self = other;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::footage::Codec;

    fn footage(frames: usize, gop: usize, mark: u8) -> Arc<Footage> {
        gstreamer::init().unwrap();
        let units = (0..frames).map(|n| (n % gop == 0, vec![mark, n as u8])).collect();
        Arc::new(Footage::steady(Codec::H264, units).unwrap())
    }

    fn mark(head: &Playhead) -> (u8, u8) {
        let map = head.unit().data.map_readable().unwrap();
        (map[0], map[1])
    }

    #[test]
    fn times_grow_evenly_over_the_ends_of_the_loop() {
        let mut head = Playhead::new(footage(50, 25, 0), Duration::from_millis(70));
        assert_eq!(head.due(), Duration::from_secs(1));
        for n in 0..200u32 {
            assert_eq!(head.due(), Duration::from_secs(1) + Duration::from_millis(40) * n);
            assert_eq!(mark(&head).1, ((25 + n) % 50) as u8);
            head.advance();
        }
    }

    #[test]
    fn two_heads_started_at_different_times_agree() {
        let film = footage(75, 25, 0);
        let mut early = Playhead::new(film.clone(), Duration::ZERO);
        let late = Playhead::new(film, Duration::from_millis(7_300));
        while early.due() < late.due() {
            early.advance();
        }
        assert_eq!((early.due(), mark(&early)), (late.due(), mark(&late)));
    }

    #[test]
    fn a_change_waits_for_a_key_frame_and_time_goes_on() {
        let (film, other) = (footage(100, 25, 0), footage(25, 25, 1));
        let mut head = Playhead::new(film.clone(), Duration::ZERO);
        let mut last = Duration::ZERO;
        let mut seen = Vec::new();
        for n in 0..150 {
            if n > 0 {
                head.change_to(if (30..80).contains(&n) { &other } else { &film }, last);
                assert_eq!(head.due() - last, Duration::from_millis(40));
            }
            seen.push(mark(&head).0);
            last = head.due();
            head.advance();
        }
        let others: Vec<usize> = (0..150).filter(|n| seen[*n] == 1).collect();
        assert_eq!((others[0], others[others.len() - 1], others.len()), (50, 99, 50));
    }
}
