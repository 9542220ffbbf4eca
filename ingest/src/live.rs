//! One stream to any number of viewers: newest fragments in a bounded ring; who is slow loses, and hurts nobody.

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use bytes::{Bytes, BytesMut};
use duxue_rules::{
    camera::{CameraState, OutageCause},
    ids::CameraId,
};
use jiff::Timestamp;
use tokio::sync::watch;

use crate::{
    h264,
    media::StreamInfo,
    mp4::{
        fragment::Fragment,
        init::{BoxError, init_segment},
    },
};

/// How many fragments before the last key frame are kept for viewers that are a little behind.
const KEPT_FOR_SLOW: u64 = 8;

/// What a player needs before any picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LiveInit {
    /// For `MediaSource.addSourceBuffer`: `video/mp4; codecs="avc1.640028"`.
    pub mime: String,
    /// `ftyp` and `moov`.
    pub init: Bytes,
}

/// Some pictures, at most half a second by default.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LiveFragment {
    /// Grows by one with each fragment of the stream.
    pub seq: u64,
    /// Whether decoding can start here.
    pub key: bool,
    /// When its newest picture had arrived, by our clock.
    pub arrival: Timestamp,
    /// When its first picture was taken.
    pub start: Timestamp,
    /// Decoding time of its first picture in 90 kHz (its `tfdt`), where a player's time line puts it.
    pub decode_90k: u64,
    /// `prft`, `moof` and `mdat`.
    pub data: Bytes,
}

/// What a viewer gets next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LiveItem {
    /// The stream has changed; what follows needs this first.
    Init(LiveInit),
    /// Some pictures.
    Fragment(LiveFragment),
    /// This viewer was too slow and so many fragments were lost; the next one starts with a key frame.
    Lagged {
        /// Number of fragments.
        lost: u64,
    },
}

/// Why there is nothing to watch.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LiveRefusal {
    /// No such camera.
    #[error("there is no such camera")]
    UnknownCamera,
    /// The camera has no second stream.
    #[error("the camera has no sub-stream")]
    NoSubStream,
    /// The camera gives no pictures now.
    #[error("the camera gives no pictures now")]
    NotLive {
        /// What it does instead.
        state: CameraState,
        /// Why.
        cause: Option<OutageCause>,
        /// More about it, without credentials.
        detail: Option<String>,
    },
}

/// How the connection of a stream is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct LinkState {
    pub state: CameraState,
    pub cause: Option<OutageCause>,
    pub detail: Option<String>,
}

/// A stream's place to be watched. Shared by the actor, which puts in, and viewers.
pub(crate) struct Hub {
    camera: CameraId,
    bytes_max: usize,
    ring: Mutex<Ring>,
    /// Grows whenever the ring changes.
    changed: watch::Sender<u64>,
    viewers: watch::Sender<u32>,
    link: watch::Sender<LinkState>,
}

#[derive(Default)]
struct Ring {
    /// Which description the newest fragments belong to; 0: none yet.
    generation: u64,
    init: Option<LiveInit>,
    entries: VecDeque<Entry>,
    bytes: usize,
    next_seq: u64,
    /// Where a viewer may start.
    last_key: Option<u64>,
    closed: bool,
}

#[derive(Clone)]
struct Entry {
    seq: u64,
    generation: u64,
    key: bool,
    arrival: Timestamp,
    start: Timestamp,
    decode_90k: u64,
    head: Bytes,
    payload: Bytes,
}

impl Hub {
    pub(crate) fn new(camera: CameraId, bytes_max: usize) -> Arc<Self> {
        Arc::new(Self {
            camera,
            bytes_max,
            ring: Mutex::default(),
            changed: watch::Sender::new(0),
            viewers: watch::Sender::new(0),
            link: watch::Sender::new(LinkState { state: CameraState::Connecting, cause: None, detail: None }),
        })
    }

    fn ring(&self) -> MutexGuard<'_, Ring> {
        self.ring.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn notify(&self) {
        self.changed.send_modify(|version| *version += 1);
    }

    /// The stream is now this.
    pub(crate) fn describe(&self, info: &StreamInfo, now: Timestamp) -> Result<(), BoxError> {
        let init = Bytes::from(init_segment(info, self.camera, now)?);
        let mime = format!("video/mp4; codecs=\"{}\"", h264::codec_name(&info.codec_config));
        let mut ring = self.ring();
        ring.generation += 1;
        ring.init = Some(LiveInit { mime, init });
        ring.last_key = None;
        drop(ring);
        self.notify();
        Ok(())
    }

    /// The next fragment. `base`: stream time of the player's zero.
    pub(crate) fn push(&self, fragment: &Fragment, base: i64) -> Result<(), BoxError> {
        let viewers = *self.viewers.borrow();
        let mut ring = self.ring();
        let head = Bytes::from(fragment.head(base, (ring.next_seq as u32).wrapping_add(1))?);
        let entry = Entry {
            seq: ring.next_seq,
            generation: ring.generation,
            key: fragment.starts_with_key(),
            arrival: fragment.arrival,
            start: fragment.anchor.wall(fragment.first_pts()),
            decode_90k: u64::try_from(fragment.dts - base).unwrap_or(0),
            head,
            payload: fragment.payload.clone(),
        };
        ring.next_seq += 1;
        ring.bytes += entry.payload.len();
        if entry.key {
            ring.last_key = Some(entry.seq);
        }
        ring.entries.push_back(entry);
        ring.trim(if viewers > 0 { KEPT_FOR_SLOW } else { 0 }, self.bytes_max);
        drop(ring);
        self.notify();
        Ok(())
    }

    /// What comes next does not continue what came before.
    pub(crate) fn break_off(&self) {
        self.ring().last_key = None;
    }

    /// Nothing will come any more.
    pub(crate) fn close(&self) {
        self.ring().closed = true;
        self.notify();
    }

    pub(crate) fn set_link(&self, state: LinkState) {
        self.link.send_replace(state);
    }

    pub(crate) fn link(&self) -> watch::Receiver<LinkState> {
        self.link.subscribe()
    }

    pub(crate) fn viewers(&self) -> watch::Receiver<u32> {
        self.viewers.subscribe()
    }

    pub(crate) fn is_closed(&self) -> bool {
        self.ring().closed
    }

    /// Counts as a viewer from now on, even before the stream is there.
    pub(crate) fn enter(self: &Arc<Self>) -> Seat {
        self.viewers.send_modify(|count| *count += 1);
        Seat { hub: self.clone() }
    }
}

impl Ring {
    fn trim(&mut self, kept_for_slow: u64, bytes_max: usize) {
        let wanted = self.last_key.map(|key| key.saturating_sub(kept_for_slow));
        while let Some(front) = self.entries.front() {
            let useless = wanted.is_none_or(|wanted| front.seq < wanted);
            if !useless && self.bytes <= bytes_max {
                break;
            }
            self.bytes -= front.payload.len();
            if self.last_key == Some(front.seq) {
                // A group of pictures that does not fit: nobody can join before the next one.
                self.last_key = None;
            }
            self.entries.pop_front();
        }
    }

    fn first_key_from(&self, seq: u64) -> Option<u64> {
        self.entries.iter().find(|entry| entry.key && entry.seq >= seq).map(|entry| entry.seq)
    }
}

/// A counted place at a hub.
pub(crate) struct Seat {
    hub: Arc<Hub>,
}

impl Drop for Seat {
    fn drop(&mut self) {
        self.hub.viewers.send_modify(|count| *count = count.saturating_sub(1));
    }
}

impl Seat {
    /// Waits until there is something to watch; refuses when the connection fails or this takes too long.
    pub(crate) async fn watch(self, patience: std::time::Duration) -> Result<LiveSubscription, LiveRefusal> {
        let (mut changed, mut link) = (self.hub.changed.subscribe(), self.hub.link());
        let deadline = tokio::time::Instant::now() + patience;
        loop {
            let now = link.borrow_and_update().clone();
            changed.borrow_and_update();
            {
                let ring = self.hub.ring();
                if ring.closed {
                    return Err(refusal(now));
                }
                if now.state == CameraState::Live
                    && let Some(first) = ring.init.clone()
                {
                    let (cursor, resync) = ring.last_key.map_or((ring.next_seq, true), |key| (key, false));
                    let generation = ring.generation;
                    drop(ring);
                    return Ok(LiveSubscription { first, seat: self, changed, cursor, generation, resync, lost: 0 });
                }
            }
            if matches!(now.state, CameraState::BackingOff | CameraState::Refused | CameraState::Stalled) {
                return Err(refusal(now));
            }
            tokio::select! {
                _ = changed.changed() => {}
                _ = link.changed() => {}
                () = tokio::time::sleep_until(deadline) => return Err(refusal(now)),
            }
        }
    }
}

fn refusal(link: LinkState) -> LiveRefusal {
    LiveRefusal::NotLive { state: link.state, cause: link.cause, detail: link.detail }
}

/// A viewer. Dropping it ends the viewing.
pub struct LiveSubscription {
    /// Give this to the player first.
    pub first: LiveInit,
    seat: Seat,
    changed: watch::Receiver<u64>,
    /// The next fragment for this viewer.
    cursor: u64,
    generation: u64,
    /// Only a key frame may come next.
    resync: bool,
    lost: u64,
}

impl LiveSubscription {
    /// The next item. `None`: the camera was removed or switched off, or recording stops. While the camera is away this
    /// waits. Cancel safe.
    pub async fn next(&mut self) -> Option<LiveItem> {
        loop {
            self.changed.borrow_and_update();
            match self.take() {
                Taken::Item(item) => return Some(item),
                Taken::Nothing => {}
                Taken::Over => return None,
            }
            if self.changed.changed().await.is_err() {
                return None;
            }
        }
    }

    fn take(&mut self) -> Taken {
        let hub = self.seat.hub.clone();
        let ring = hub.ring();
        // A ring that has moved on without this viewer, or that forgot what it was waiting for.
        if let Some(front) = ring.entries.front().filter(|front| front.seq > self.cursor) {
            self.lost += front.seq - self.cursor;
            self.cursor = front.seq;
            self.resync = true;
        }
        if self.resync
            && let Some(key) = ring.first_key_from(self.cursor)
        {
            // Fragments skipped while joining were never owed.
            if self.lost > 0 {
                self.lost += key - self.cursor;
            }
            self.cursor = key;
            self.resync = false;
        }
        let entry = ring.entries.iter().find(|entry| entry.seq == self.cursor);
        let Some(entry) = entry.filter(|_| !self.resync) else {
            return if ring.closed { Taken::Over } else { Taken::Nothing };
        };
        if entry.generation != self.generation {
            if let Some(init) = ring.init.clone().filter(|_| entry.generation == ring.generation) {
                self.generation = entry.generation;
                return Taken::Item(LiveItem::Init(init));
            }
            // Its description is gone already: on to the newest.
            self.cursor = entry.seq + 1;
            self.lost += 1;
            self.resync = true;
            drop(ring);
            return self.take();
        }
        if self.lost > 0 {
            return Taken::Item(LiveItem::Lagged { lost: std::mem::take(&mut self.lost) });
        }
        let entry = entry.clone();
        drop(ring);
        self.cursor = entry.seq + 1;
        let mut data = BytesMut::with_capacity(entry.head.len() + entry.payload.len());
        data.extend_from_slice(&entry.head);
        data.extend_from_slice(&entry.payload);
        Taken::Item(LiveItem::Fragment(LiveFragment {
            seq: entry.seq,
            key: entry.key,
            arrival: entry.arrival,
            start: entry.start,
            decode_90k: entry.decode_90k,
            data: data.freeze(),
        }))
    }
}

enum Taken {
    Item(LiveItem),
    Nothing,
    Over,
}

#[cfg(test)]
#[path = "live_tests.rs"]
mod tests;
