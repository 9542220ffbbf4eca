//! What is written by a thread that may wait, as the stream of an answer.

use std::io::{self, Write};

use bytes::Bytes;
use futures::{Stream, stream};
use tokio::sync::mpsc;
use tokio_util::task::TaskTracker;

use crate::problem::chain;

/// So many bytes travel at once.
const PIECE: usize = 256 << 10;
/// So many pieces wait for a slow reader; then the writer waits.
const WAITING: usize = 8;

/// The bytes that `write` writes, while it does. Its error breaks the answer off, so that nobody takes what was sent for whole;
/// a reader who went away is no fault. `what` is for the log.
pub(crate) fn written(
    tracker: &TaskTracker,
    what: String,
    write: impl FnOnce(Pipe) -> io::Result<()> + Send + 'static,
) -> impl Stream<Item = io::Result<Bytes>> + Send + 'static {
    let (sender, receiver) = mpsc::channel(WAITING);
    tracker.spawn_blocking(move || {
        let out = Pipe { sender: sender.clone(), piece: Vec::with_capacity(PIECE) };
        if let Err(error) = write(out)
            && error.kind() != io::ErrorKind::BrokenPipe
        {
            tracing::error!(what, error = chain(&error), "an answer broke off");
            let _ = sender.blocking_send(Err(error));
        }
    });
    stream::unfold(receiver, |mut receiver| async move { Some((receiver.recv().await?, receiver)) })
}

/// Sends what is written in pieces; waits while the reader is slow, and fails when it is gone.
pub(crate) struct Pipe {
    sender: mpsc::Sender<io::Result<Bytes>>,
    piece: Vec<u8>,
}

impl Write for Pipe {
    fn write(&mut self, data: &[u8]) -> io::Result<usize> {
        self.piece.extend_from_slice(data);
        if self.piece.len() >= PIECE {
            self.flush()?;
        }
        Ok(data.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        if self.piece.is_empty() {
            return Ok(());
        }
        let piece = std::mem::replace(&mut self.piece, Vec::with_capacity(PIECE));
        self.sender.blocking_send(Ok(Bytes::from(piece))).map_err(|_| io::ErrorKind::BrokenPipe.into())
    }
}
