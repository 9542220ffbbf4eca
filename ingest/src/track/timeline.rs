//! Where on the time line a picture belongs, by the sender's clock and by ours.
//!
//! Pictures are placed by their RTP time, which has no jitter; the time of arrival ties that to UTC and shows holes. When
//! the two disagree for good (the camera restarted its clock, or stopped for a while without telling), the line breaks and a
//! new one begins at the next key frame.

use jiff::Timestamp;

use super::reorder::Reorder;
use crate::{media::AccessUnit, mp4::anchor::Anchor};

/// How long the least delay is looked for before the line follows it.
const WINDOW_US: i64 = 5_000_000;
/// How fast the line may follow the sender's drift: 500 parts per million, more than any quartz needs.
const SLEW_DIVISOR: i64 = 2_000;

/// An access unit on the stream's own time line (90 kHz, growing through all connections).
#[derive(Clone, Debug)]
pub(crate) struct Timed {
    pub pts: i64,
    pub dts: i64,
    pub unit: AccessUnit,
}

/// What became of an access unit.
#[derive(Debug)]
pub(crate) enum Placed {
    /// It continues the line.
    On(Timed),
    /// There is no line yet, and only a key frame can begin one.
    Waiting,
    /// The line ended before it. Place it again for a new line.
    Broken(AccessUnit),
}

pub(crate) struct Timeline {
    /// The instant of media time 0.
    epoch: Timestamp,
    /// A hole or jump longer than this breaks the line.
    gap_us: i64,
    /// Nothing on a new line comes before this.
    floor: i64,
    line: Option<Line>,
    reorder: Reorder,
}

struct Line {
    /// Stream time minus sender's time.
    shift: i64,
    anchor: Anchor,
    newest_pts: i64,
    last_arrival: Timestamp,
    delay: LeastDelay,
}

impl Timeline {
    pub(crate) fn new(epoch: Timestamp, gap_us: i64) -> Self {
        Self { epoch, gap_us, floor: 0, line: None, reorder: Reorder::new(None) }
    }

    /// Begins anew at the next key frame; nothing comes before `floor` then. `depth` as in [`Reorder::new`].
    pub(crate) fn restart(&mut self, floor: i64, depth: Option<usize>) {
        self.floor = self.floor.max(floor);
        self.line = None;
        self.reorder = Reorder::new(depth);
    }

    /// Places the next access unit in decoding order.
    pub(crate) fn place(&mut self, unit: AccessUnit) -> Placed {
        let Some(line) = &mut self.line else {
            return if unit.key { self.begin(unit) } else { Placed::Waiting };
        };
        let pts = unit.pts.saturating_add(line.shift);
        if line.breaks_at(pts, unit.arrival, self.gap_us) {
            self.line = None;
            self.reorder.restart();
            return Placed::Broken(unit);
        }
        line.newest_pts = line.newest_pts.max(pts);
        line.last_arrival = unit.arrival;
        let dts = self.reorder.decode_time(pts, unit.key);
        Placed::On(Timed { pts, dts, unit })
    }

    fn begin(&mut self, unit: AccessUnit) -> Placed {
        let since_epoch = unit.arrival.as_microsecond().saturating_sub(self.epoch.as_microsecond());
        let position = self.floor.max(since_epoch.saturating_mul(9) / 100);
        // Decoding runs ahead of showing; the first decoding time is what must not lie before the floor.
        let pts = position + self.reorder.lead();
        self.line = Some(Line {
            shift: pts.saturating_sub(unit.pts),
            anchor: Anchor::new(unit.arrival, pts),
            newest_pts: pts,
            last_arrival: unit.arrival,
            delay: LeastDelay::new(unit.arrival),
        });
        let dts = self.reorder.decode_time(pts, true);
        Placed::On(Timed { pts, dts, unit })
    }

    /// Where the line lies now. Only between `place` giving `On` and the next break.
    pub(crate) fn anchor(&self) -> Option<Anchor> {
        self.line.as_ref().map(|line| line.anchor)
    }

    /// Moves the line towards the least delay seen lately, slowly enough for `ticks` of footage.
    pub(crate) fn slew(&mut self, ticks: i64) {
        if let Some(line) = &mut self.line {
            let most = (ticks * 100 / 9 / SLEW_DIVISOR).max(0);
            if let Some(least) = line.delay.least() {
                let step = least.clamp(-most, most);
                line.anchor = line.anchor.later_by(step);
                line.delay.moved_by(step);
            }
        }
    }

    /// Ends the line; the next begins at a key frame and not before `floor`.
    pub(crate) fn restart_at(&mut self, floor: i64) {
        self.floor = self.floor.max(floor);
        self.line = None;
        self.reorder.restart();
    }
}

impl Line {
    fn breaks_at(&mut self, pts: i64, arrival: Timestamp, gap_us: i64) -> bool {
        let step_us = (pts - self.newest_pts).saturating_mul(100) / 9;
        if step_us.abs() > gap_us {
            return true;
        }
        let delay = arrival.as_microsecond() - self.anchor.wall(pts).as_microsecond();
        self.delay.note(arrival, delay);
        // Arriving long before it was taken, or late by more than a gap for a whole window: one of the clocks has jumped.
        delay < -gap_us || self.delay.least().is_some_and(|least| least > gap_us)
    }
}

/// The least delay of the current and the previous window.
struct LeastDelay {
    window_began: Timestamp,
    current: Option<i64>,
    previous: Option<i64>,
}

impl LeastDelay {
    fn new(now: Timestamp) -> Self {
        Self { window_began: now, current: None, previous: None }
    }

    fn note(&mut self, now: Timestamp, delay_us: i64) {
        let age = now.as_microsecond() - self.window_began.as_microsecond();
        if !(0..WINDOW_US).contains(&age) {
            self.previous = self.current.take();
            self.window_began = now;
        }
        self.current = Some(self.current.map_or(delay_us, |least| least.min(delay_us)));
    }

    /// `None` until a whole window has passed.
    fn least(&self) -> Option<i64> {
        let previous = self.previous?;
        Some(self.current.map_or(previous, |current| current.min(previous)))
    }

    fn moved_by(&mut self, step: i64) {
        for least in [&mut self.current, &mut self.previous].into_iter().flatten() {
            *least -= step;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use bytes::Bytes;

    const GAP: i64 = 2_000_000;

    fn at(micros: i64) -> Timestamp {
        Timestamp::from_microsecond(1_728_360_000_000_000 + micros).unwrap()
    }

    fn unit(arrival_us: i64, pts: i64, key: bool) -> AccessUnit {
        AccessUnit { arrival: at(arrival_us), pts, key, data: Bytes::new() }
    }

    fn on(placed: Placed) -> Timed {
        match placed {
            Placed::On(timed) => timed,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn begins_at_a_key_frame_and_follows_the_senders_clock() {
        let mut line = Timeline::new(at(0), GAP);
        line.restart(0, Some(0));
        assert!(matches!(line.place(unit(0, 5_000, false)), Placed::Waiting));
        let first = on(line.place(unit(1_000_000, 8_600, true)));
        assert_eq!(first.pts, 90_000);
        // Late arrivals do not move pictures.
        let second = on(line.place(unit(1_300_000, 12_200, false)));
        assert_eq!((second.pts, second.dts), (93_600, 93_600));
        assert_eq!(line.anchor().unwrap().wall(second.pts), at(1_040_000));
    }

    #[test]
    fn a_hole_breaks_the_line_and_a_burst_does_not() {
        let mut line = Timeline::new(at(0), GAP);
        line.restart(0, Some(0));
        on(line.place(unit(0, 0, true)));
        // The network stopped for 3 s, then brought everything.
        for step in 1..75 {
            on(line.place(unit(3_000_000 + step * 100, step * 3_600, false)));
        }
        let Placed::Broken(after) = line.place(unit(9_000_000, 9 * 90_000, true)) else { panic!("a hole of 6 s") };
        assert!(line.anchor().is_none());
        let resumed = on(line.place(after));
        assert_eq!(resumed.pts, 9 * 90_000);
    }

    #[test]
    fn a_clock_that_restarts_breaks_the_line_and_time_goes_on() {
        let mut line = Timeline::new(at(0), GAP);
        line.restart(0, Some(0));
        let before = on(line.place(unit(10_000_000, 900_000_000, true)));
        let Placed::Broken(after) = line.place(unit(10_040_000, 17, true)) else { panic!("a jump back") };
        line.restart_at(before.dts + 3_600);
        let after = on(line.place(after));
        assert_eq!(after.pts, before.pts + 3_600);
        assert_eq!(line.anchor().unwrap().wall(after.pts), at(10_040_000));
    }

    #[test]
    fn a_silent_pause_of_the_sender_is_found_in_the_end() {
        let mut line = Timeline::new(at(0), GAP);
        line.restart(0, Some(0));
        on(line.place(unit(0, 0, true)));
        // From here on everything comes 5 s late for good.
        let broke = (1..1_000).find(|step| {
            matches!(line.place(unit(5_000_000 + step * 40_000, step * 3_600, step % 50 == 0)), Placed::Broken(_))
        });
        assert!((125..400).contains(&broke.unwrap()), "{broke:?}");
    }

    #[test]
    fn drift_is_followed_without_a_break() {
        let mut line = Timeline::new(at(0), GAP);
        line.restart(0, Some(0));
        on(line.place(unit(0, 0, true)));
        // The sender's clock runs slow by 100 ppm for two hours.
        for step in 1..180_000_i64 {
            let timed = on(line.place(unit(step * 40_004, step * 3_600, step % 50 == 0)));
            if step % 12 == 0 {
                line.slew(12 * 3_600);
            }
            let error = line.anchor().unwrap().wall(timed.pts).as_microsecond() - at(step * 40_004).as_microsecond();
            assert!(error.abs() < 10_000, "{error} µs after {step} pictures");
        }
    }
}
