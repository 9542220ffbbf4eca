//! Key frames to pictures: a few decoders shared by all cameras. Decoding one key frame now and then needs no decoder of
//! one's own, and a decoder kept for every camera would cost 20 MB each.

mod worker;

use std::{sync::Arc, thread};

use jiff::Timestamp;
use tokio::sync::{mpsc, oneshot};

use self::worker::Worker;
use crate::{GstMissing, KeyFrame, source::gst::initialise};

/// A decoded picture.
#[derive(Clone, PartialEq, Eq)]
pub struct Picture {
    /// When it was taken.
    pub at: Timestamp,
    /// Width of `bgr` in pixels.
    pub width: u32,
    /// Height of `bgr` in pixels.
    pub height: u32,
    /// `width * height * 3` bytes, rows from the top, blue first.
    pub bgr: Vec<u8>,
    /// Width before scaling.
    pub original_width: u32,
    /// Height before scaling.
    pub original_height: u32,
}

impl std::fmt::Debug for Picture {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "Picture({}x{} of {}x{} at {})",
            self.width, self.height, self.original_width, self.original_height, self.at
        )
    }
}

/// Why there is no picture.
#[derive(Debug, thiserror::Error)]
pub enum DecodeError {
    /// GStreamer is not usable.
    #[error(transparent)]
    Engine(#[from] GstMissing),
    /// The bytes are no picture that can be decoded.
    #[error("the key frame cannot be decoded: {reason}")]
    Broken {
        /// What the decoder said.
        reason: String,
    },
    /// The pool's threads are gone.
    #[error("the decoders have stopped")]
    Stopped,
}

/// Some decoders on threads of their own. Clones share them; they end with the last clone.
#[derive(Clone)]
pub struct DecoderPool {
    jobs: mpsc::Sender<Job>,
}

struct Job {
    frame: KeyFrame,
    max_width: Option<u32>,
    answer: oneshot::Sender<Result<Picture, DecodeError>>,
}

impl DecoderPool {
    /// `workers` decoders (at least one), each made when it is first needed.
    pub fn new(workers: usize) -> Result<Self, DecodeError> {
        initialise(&["avdec_h264", "videoconvert", "videoscale", "appsink"])?;
        let workers = workers.max(1);
        let (jobs, receiver) = mpsc::channel::<Job>(workers);
        let receiver = Arc::new(std::sync::Mutex::new(receiver));
        for index in 0..workers {
            let receiver = receiver.clone();
            let work = move || {
                let mut worker = Worker::default();
                loop {
                    // One waits for work, the others for their turn to wait.
                    let job = receiver.lock().unwrap_or_else(std::sync::PoisonError::into_inner).blocking_recv();
                    let Some(Job { frame, max_width, answer }) = job else { return };
                    // Who does not wait any more needs no picture.
                    if !answer.is_closed() {
                        let _ = answer.send(worker.decode(&frame, max_width));
                    }
                }
            };
            thread::Builder::new()
                .name(format!("decoder-{index}"))
                .spawn(work)
                .map_err(|error| DecodeError::Broken { reason: format!("no thread: {error}") })?;
        }
        Ok(Self { jobs })
    }

    /// Decodes a key frame, scaled down in proportion to at most `max_width`. Waits for a free decoder; dropping the future
    /// gives the place up.
    pub async fn decode(&self, frame: &KeyFrame, max_width: Option<u32>) -> Result<Picture, DecodeError> {
        let (answer, picture) = oneshot::channel();
        let job = Job { frame: frame.clone(), max_width, answer };
        self.jobs.send(job).await.map_err(|_| DecodeError::Stopped)?;
        picture.await.map_err(|_| DecodeError::Stopped)?
    }
}
