//! The bounded way from an engine's threads to a camera's actor. Putting something in never waits.

use std::sync::{
    Arc, Mutex, PoisonError,
    atomic::{AtomicBool, AtomicU64, Ordering},
};

use tokio::sync::mpsc;

use super::{SourceEvent, SourceFault};

/// Ten seconds of pictures; who is further behind has lost the thread.
const CAPACITY: usize = 256;

/// The engine's end. Clones put into the same channel.
#[derive(Clone)]
pub struct SourceSink {
    shared: Arc<Shared>,
}

/// The actor's end.
pub struct SourceEvents {
    events: mpsc::Receiver<SourceEvent>,
    shared: Arc<Shared>,
    over: bool,
}

struct Shared {
    /// Taken away by the first failure, so that nothing follows it.
    sender: Mutex<Option<mpsc::Sender<SourceEvent>>>,
    fault: Mutex<Option<SourceFault>>,
    /// Pictures were lost; those up to the next key frame are of no use.
    lossy: AtomicBool,
    dropped: AtomicU64,
}

impl SourceSink {
    /// A new channel.
    pub fn channel() -> (Self, SourceEvents) {
        let (sender, events) = mpsc::channel(CAPACITY);
        let shared = Arc::new(Shared {
            sender: Mutex::new(Some(sender)),
            fault: Mutex::new(None),
            lossy: AtomicBool::new(false),
            dropped: AtomicU64::new(0),
        });
        (Self { shared: shared.clone() }, SourceEvents { events, shared, over: false })
    }

    /// Hands over an event. `false`: nobody listens any more. What does not fit is dropped up to the next key frame.
    pub fn push(&self, event: SourceEvent) -> bool {
        if let SourceEvent::Failed(fault) = event {
            self.fail(fault);
            return false;
        }
        let sender = self.shared.sender.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(sender) = sender.as_ref() else { return false };
        if let SourceEvent::AccessUnit(unit) = &event
            && self.shared.lossy.load(Ordering::Relaxed)
        {
            if !unit.key {
                self.shared.dropped.fetch_add(1, Ordering::Relaxed);
                return true;
            }
            self.shared.lossy.store(false, Ordering::Relaxed);
        }
        match sender.try_send(event) {
            Ok(()) => true,
            Err(mpsc::error::TrySendError::Full(event)) => {
                self.shared.lossy.store(true, Ordering::Relaxed);
                self.shared.dropped.fetch_add(1, Ordering::Relaxed);
                // A description that is lost would make everything after it wrong.
                !matches!(event, SourceEvent::Stream(_))
            }
            Err(mpsc::error::TrySendError::Closed(_)) => false,
        }
    }

    /// Ends the connection; the first reason counts.
    pub fn fail(&self, fault: SourceFault) {
        let mut sender = self.shared.sender.lock().unwrap_or_else(PoisonError::into_inner);
        if sender.is_some() {
            *self.shared.fault.lock().unwrap_or_else(PoisonError::into_inner) = Some(fault);
            *sender = None;
        }
    }
}

impl SourceEvents {
    /// The next event; `None` for ever after `Failed`. Cancel safe.
    pub async fn next(&mut self) -> Option<SourceEvent> {
        if self.over {
            return None;
        }
        let event = self.events.recv().await;
        if event.is_none() {
            self.over = true;
            let fault = self.shared.fault.lock().unwrap_or_else(PoisonError::into_inner).take();
            return fault.map(SourceEvent::Failed);
        }
        event
    }

    /// Access units dropped so far because nobody took them in time.
    pub fn dropped(&self) -> u64 {
        self.shared.dropped.load(Ordering::Relaxed)
    }
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;
    use duxue_rules::camera::OutageCause;
    use jiff::Timestamp;

    use super::*;
    use crate::media::AccessUnit;

    fn unit(pts: i64, key: bool) -> SourceEvent {
        SourceEvent::AccessUnit(AccessUnit { arrival: Timestamp::UNIX_EPOCH, pts, key, data: Bytes::new() })
    }

    #[tokio::test]
    async fn after_a_loss_the_next_picture_is_a_key_frame() {
        let (sink, mut events) = SourceSink::channel();
        for index in 0..CAPACITY as i64 + 10 {
            assert!(sink.push(unit(index, index == 0)));
        }
        assert_eq!(events.dropped(), 10);
        for _ in 0..CAPACITY {
            assert!(events.next().await.is_some());
        }
        sink.push(unit(1_000, false));
        sink.push(unit(1_001, true));
        let Some(SourceEvent::AccessUnit(next)) = events.next().await else { panic!("a picture") };
        assert_eq!((next.pts, next.key, events.dropped()), (1_001, true, 11));
    }

    #[tokio::test]
    async fn the_first_fault_is_the_last_word_even_when_full() {
        let (sink, mut events) = SourceSink::channel();
        while events.dropped() == 0 {
            sink.push(unit(0, true));
        }
        sink.fail(SourceFault::new(OutageCause::Disconnected, "first"));
        sink.fail(SourceFault::new(OutageCause::NotFound, "second"));
        assert!(!sink.push(unit(1, true)));
        let mut last = None;
        while let Some(event) = events.next().await {
            last = Some(event);
        }
        assert!(matches!(last, Some(SourceEvent::Failed(fault)) if fault.detail == "first"));
    }
}
