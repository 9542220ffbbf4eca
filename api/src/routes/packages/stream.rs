//! Sends a package while it is put together: memory holds a few pieces of it, and disk nothing.

use std::io::{self, Write};

use bytes::Bytes;
use duxue_rules::Text;
use duxue_storage::{
    Objects, SigningKey,
    objects::ObjectError,
    package::{Missing, PackageWriter},
};
use futures::{Stream, TryStreamExt, stream};
use tokio::{runtime::Handle, sync::mpsc};

use super::contents::Contents;
use crate::{app::Shared, problem::chain};

/// So many bytes travel at once.
const PIECE: usize = 256 << 10;
/// So many pieces wait for a slow reader; then the writer waits.
const WAITING: usize = 8;

/// The bytes of the package. An error breaks the answer off, so that what was sent is no ZIP.
pub(super) fn zip(app: &Shared, contents: Contents) -> impl Stream<Item = io::Result<Bytes>> + Send + 'static {
    let (sender, receiver) = mpsc::channel(WAITING);
    let (objects, signing, handle) = (app.objects.clone(), app.signing.clone(), Handle::current());
    app.tracker.spawn_blocking(move || {
        let class = contents.head.class.id;
        let out = Pipe { sender: sender.clone(), piece: Vec::with_capacity(PIECE) };
        if let Err(error) = write(out, contents, &objects, &signing, &handle) {
            // A reader who went away is no fault.
            if error.kind() != io::ErrorKind::BrokenPipe {
                tracing::error!(class.id = %class, error = chain(&error), "a package broke off");
                let _ = sender.blocking_send(Err(error));
            }
        }
    });
    stream::unfold(receiver, |mut receiver| async move { Some((receiver.recv().await?, receiver)) })
}

fn write(out: Pipe, contents: Contents, objects: &Objects, signing: &SigningKey, handle: &Handle) -> io::Result<()> {
    let Contents { head, files, objects: wanted } = contents;
    let mut package = PackageWriter::new(out, head.made_at);
    for (path, content) in files {
        package.add(&path, &content)?;
    }
    for (path, key) in wanted {
        match handle.block_on(objects.get(&key)) {
            Ok((_, mut bytes)) => {
                package.begin(&path)?;
                while let Some(bytes) = handle.block_on(bytes.try_next()).map_err(io::Error::other)? {
                    package.write(&bytes)?;
                }
                package.end();
            }
            Err(ObjectError::Missing { .. }) => {
                tracing::error!(object.key = key, "an object that has a row is not there");
                let why = Text::new("对象存储中没有该文件", "the file is not in the object store");
                package.miss(Missing { path, why });
            }
            Err(error) => return Err(io::Error::other(error)),
        }
    }
    package.finish(head, signing)?.flush()
}

/// Sends what is written in pieces; waits while the reader is slow, and fails when it is gone.
struct Pipe {
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
