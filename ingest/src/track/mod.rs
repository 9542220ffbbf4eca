//! From access units to fragments: pure, without clock, threads or files.

pub(crate) mod reorder;
pub(crate) mod timeline;

use std::sync::Arc;

use bytes::{Bytes, BytesMut};
use jiff::Timestamp;

use self::timeline::{Placed, Timed, Timeline};
use crate::{
    h264,
    media::{AccessUnit, StreamInfo},
    mp4::{
        anchor::Anchor,
        fragment::{Fragment, Sample},
    },
    spec::IngestConfig,
};

/// A picture larger than this is no picture, and a fragment closes before it gets larger.
const PAYLOAD_MAX: usize = 64 << 20;

/// What a track gives out, in order.
#[derive(Debug)]
pub(crate) enum Output {
    /// The stream is now this; only after a [`Output::Break`] or at the very beginning.
    Stream(Arc<StreamInfo>),
    /// A picture that can be decoded by itself, before the fragment it is in.
    Key { at: Timestamp, info: Arc<StreamInfo>, data: Bytes },
    /// Whole pictures. `segment_due`: a good place to begin a new file; such a fragment starts with a key frame.
    Fragment { fragment: Fragment, segment_due: bool },
    /// What comes after does not continue what came before; it starts with a key frame.
    Break,
}

/// How a track cuts, in ticks of 90 kHz.
#[derive(Clone, Copy, Debug)]
pub(crate) struct TrackLimits {
    pub fragment: i64,
    pub segment: i64,
    pub gap_us: i64,
}

impl TrackLimits {
    pub(crate) fn of(config: &IngestConfig) -> Self {
        let ticks = |duration: std::time::Duration| (duration.as_micros() * 9 / 100) as i64;
        Self {
            fragment: ticks(config.fragment_max),
            segment: ticks(config.segment_max),
            gap_us: config.gap_max.as_micros() as i64,
        }
    }
}

/// One stream of a camera through all its connections.
pub(crate) struct Track {
    limits: TrackLimits,
    timeline: Timeline,
    info: Option<Arc<StreamInfo>>,
    /// The newest picture; how long it lasts is known when the next comes.
    pending: Option<Timed>,
    open: Option<Open>,
    segment_began: Option<i64>,
    /// Where the last fragment ended.
    end: i64,
    last_duration: i64,
    last_fragment: i64,
    pub waiting_for_key: u64,
}

struct Open {
    dts: i64,
    anchor: Anchor,
    segment_due: bool,
    samples: Vec<Sample>,
    payload: BytesMut,
    arrival: Timestamp,
}

impl Track {
    /// `epoch`: the instant of media time 0, so that times of different connections never overlap.
    pub(crate) fn new(epoch: Timestamp, limits: TrackLimits) -> Self {
        Self {
            limits,
            timeline: Timeline::new(epoch, limits.gap_us),
            info: None,
            pending: None,
            open: None,
            segment_began: None,
            end: 0,
            last_duration: 3_600,
            last_fragment: 0,
            waiting_for_key: 0,
        }
    }

    /// The stream says what it is: at each connection, and when it changes.
    pub(crate) fn describe(&mut self, info: StreamInfo, out: &mut Vec<Output>) {
        self.finish(out);
        if self.info.as_deref() != Some(&info) {
            self.timeline.restart(self.end, h264::reorder_depth(&info.codec_config));
            let info = Arc::new(info);
            self.info = Some(info.clone());
            out.push(Output::Stream(info));
        }
    }

    /// The next access unit in decoding order.
    pub(crate) fn push(&mut self, unit: AccessUnit, out: &mut Vec<Output>) {
        let Some(info) = self.info.clone() else { return };
        let mut placed = self.timeline.place(unit);
        if let Placed::Broken(unit) = placed {
            self.finish(out);
            placed = self.timeline.place(unit);
        }
        match placed {
            Placed::On(timed) => self.add(timed, info, out),
            Placed::Waiting | Placed::Broken(_) => self.waiting_for_key += 1,
        }
    }

    /// Gives out what is there; what comes later begins anew at a key frame.
    pub(crate) fn finish(&mut self, out: &mut Vec<Output>) {
        if let Some(pending) = self.pending.take() {
            self.end = pending.dts + self.last_duration;
            self.append(pending, self.last_duration);
            self.close_fragment(out);
            self.segment_began = None;
            out.push(Output::Break);
        }
        self.timeline.restart_at(self.end);
    }

    fn add(&mut self, timed: Timed, info: Arc<StreamInfo>, out: &mut Vec<Output>) {
        let dts = timed.dts;
        if let Some(previous) = self.pending.take() {
            let duration = dts - previous.dts;
            self.last_duration = duration.clamp(1, 90_000);
            // A picture that lasts longer than was to be expected gets a fragment of its own.
            if self.open.as_ref().is_some_and(|open| !open.samples.is_empty() && dts - open.dts > self.limits.fragment)
            {
                self.close_fragment(out);
                self.open_fragment(&previous);
            }
            self.append(previous, duration);
            let open = self.open.as_ref();
            let length = open.map_or(0, |open| dts - open.dts);
            let bytes = open.map_or(0, |open| open.payload.len());
            if timed.unit.key || length + duration > self.limits.fragment || bytes + timed.unit.data.len() > PAYLOAD_MAX
            {
                self.close_fragment(out);
            }
        }
        if self.open.is_none() {
            self.open_fragment(&timed);
        }
        if timed.unit.key
            && let Some(anchor) = self.timeline.anchor()
        {
            out.push(Output::Key { at: anchor.wall(timed.pts), info, data: timed.unit.data.clone() });
        }
        self.pending = Some(timed);
    }

    fn open_fragment(&mut self, first: &Timed) {
        let due = first.unit.key && self.segment_began.is_none_or(|began| first.dts - began >= self.limits.segment);
        if due {
            // The line does not move here, so that this segment begins exactly where the last one ends.
            self.segment_began = Some(first.dts);
        } else {
            self.timeline.slew(self.last_fragment);
        }
        if let Some(anchor) = self.timeline.anchor() {
            self.open = Some(Open {
                dts: first.dts,
                anchor,
                segment_due: due,
                samples: Vec::with_capacity(16),
                payload: BytesMut::with_capacity(first.unit.data.len() * 2),
                arrival: first.unit.arrival,
            });
        }
    }

    fn append(&mut self, timed: Timed, duration: i64) {
        if let Some(open) = &mut self.open {
            open.samples.push(Sample {
                duration: u32::try_from(duration).unwrap_or(1),
                size: timed.unit.data.len() as u32,
                key: timed.unit.key,
                offset: i32::try_from(timed.pts - timed.dts).unwrap_or(0),
            });
            open.payload.extend_from_slice(&timed.unit.data);
            open.arrival = timed.unit.arrival;
        }
    }

    fn close_fragment(&mut self, out: &mut Vec<Output>) {
        if let Some(open) = self.open.take().filter(|open| !open.samples.is_empty()) {
            let fragment = Fragment {
                dts: open.dts,
                samples: open.samples,
                payload: open.payload.freeze(),
                anchor: open.anchor,
                arrival: open.arrival,
            };
            self.last_fragment = fragment.ticks();
            self.end = fragment.dts + self.last_fragment;
            out.push(Output::Fragment { fragment, segment_due: open.segment_due });
        }
    }
}

#[cfg(test)]
mod tests;
