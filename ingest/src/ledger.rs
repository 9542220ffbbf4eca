//! Turns what the disk and the camera say into events that account for every second. Pure.

use duxue_rules::{camera::OutageCause, ids::CameraId};
use jiff::Timestamp;

use crate::status::{ClosedSegment, IngestEvent};

/// Why nothing is recorded.
pub(crate) type Reason = (OutageCause, Option<String>);

/// One camera's account: at every instant it is recording, or out for a reason.
pub(crate) struct Ledger {
    camera: CameraId,
    gap_us: i64,
    /// Segments begun and not yet reported done.
    in_flight: u32,
    /// The end of the newest footage.
    covered_until: Option<Timestamp>,
    out: Option<OutageCause>,
    /// The newest instant that an outage event named; none may name an earlier one.
    floor: Timestamp,
    /// Becomes the outage's reason once the last segment is done.
    pending: Option<Reason>,
    events: Vec<IngestEvent>,
}

impl Ledger {
    /// Nothing is recorded yet, for this reason.
    pub(crate) fn new(camera: CameraId, gap_us: i64, now: Timestamp, reason: Reason) -> Self {
        let mut ledger = Self {
            camera,
            gap_us,
            in_flight: 0,
            covered_until: None,
            out: None,
            floor: now,
            pending: None,
            events: Vec::new(),
        };
        ledger.fall_out(now, reason);
        ledger
    }

    /// What happened since the last call.
    pub(crate) fn take_events(&mut self) -> Vec<IngestEvent> {
        std::mem::take(&mut self.events)
    }

    /// Whether segments are still to be reported done.
    pub(crate) fn is_waiting(&self) -> bool {
        self.in_flight > 0
    }

    /// A segment was asked for.
    pub(crate) fn begun(&mut self) {
        self.in_flight += 1;
        self.pending = None;
    }

    /// A segment's first pictures are on the disk.
    pub(crate) fn started(&mut self, start: Timestamp) {
        if self.out.is_some() {
            self.come_back(start);
        } else if let Some(until) = self.covered_until
            && start.as_microsecond() - until.as_microsecond() > self.gap_us
        {
            let detail = Some("the camera sent nothing, or its clock jumped".to_owned());
            self.fall_out(until, (OutageCause::Stalled, detail));
            self.come_back(start);
        }
    }

    /// A segment is done, whole or given up.
    pub(crate) fn done(&mut self, now: Timestamp, segment: Option<ClosedSegment>) {
        self.in_flight = self.in_flight.saturating_sub(1);
        if let Some(segment) = segment {
            self.covered_until = Some(self.covered_until.map_or(segment.end, |until| until.max(segment.end)));
            self.events.push(IngestEvent::SegmentClosed(segment));
        }
        if self.in_flight == 0
            && let Some(reason) = self.pending.take()
        {
            self.out_now(now, reason);
        }
    }

    /// Nothing more will be recorded until a segment is begun, for this reason.
    pub(crate) fn out(&mut self, now: Timestamp, reason: Reason) {
        if self.in_flight > 0 {
            self.pending = Some(reason);
        } else {
            self.out_now(now, reason);
        }
    }

    /// The account ends: the camera is removed, or the process stops.
    pub(crate) fn close(&mut self, now: Timestamp) {
        if self.out.is_some() {
            self.come_back(now);
        }
    }

    fn out_now(&mut self, now: Timestamp, reason: Reason) {
        match self.out {
            Some(cause) if cause == reason.0 => {}
            Some(_) => {
                self.come_back(now);
                self.fall_out(now, reason);
            }
            None => self.fall_out(self.covered_until.unwrap_or(now), reason),
        }
    }

    fn fall_out(&mut self, at: Timestamp, (cause, detail): Reason) {
        self.floor = self.floor.max(at);
        self.out = Some(cause);
        self.events.push(IngestEvent::OutageBegan { camera: self.camera, at: self.floor, cause, detail });
    }

    fn come_back(&mut self, at: Timestamp) {
        self.floor = self.floor.max(at);
        self.out = None;
        self.events.push(IngestEvent::OutageEnded { camera: self.camera, at: self.floor });
    }
}

#[cfg(test)]
#[path = "ledger_tests.rs"]
mod tests;
