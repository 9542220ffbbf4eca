//! Files on their way in: one folder on a local disk, a file an upload, appended to until it is whole.
//!
//! The length of the file is how far the upload has come, and nothing else says so: what was acknowledged was synced
//! before, so neither `kill -9` nor a power cut takes it back. One writer at a time holds a file; a client that lost its
//! connection takes it over from the request that still waits for bytes that will never come.

use std::{
    collections::HashMap,
    io,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
};

use duxue_rules::ids::UploadId;
use tokio::{
    fs::{File, OpenOptions},
    io::AsyncWriteExt,
    sync::{Mutex as Turn, OwnedMutexGuard},
};
use tokio_util::sync::CancellationToken;

/// The folder. Clones share who holds what.
#[derive(Clone, Debug)]
pub struct Spool(Arc<Room>);

#[derive(Debug)]
struct Room {
    folder: PathBuf,
    desks: Mutex<HashMap<UploadId, Arc<Desk>>>,
}

/// Where the writers of one file queue.
#[derive(Debug, Default)]
struct Desk {
    turn: Arc<Turn<()>>,
    /// Asks whoever holds the file now to let it go.
    asked: Mutex<CancellationToken>,
}

/// The right to write one file, until it is dropped.
#[derive(Debug)]
pub struct Hold {
    room: Arc<Room>,
    id: UploadId,
    asked: CancellationToken,
    desk: Option<Arc<Desk>>,
    _turn: OwnedMutexGuard<()>,
}

/// A file that is being appended to.
#[derive(Debug)]
pub struct Appending {
    file: File,
}

impl Spool {
    /// Opens the folder and makes it where it is missing. What a crash left of checksummed pieces is cleared away.
    ///
    /// # Errors
    ///
    /// When the folder cannot be made or read.
    pub async fn open(folder: impl Into<PathBuf>) -> io::Result<Self> {
        let folder = folder.into();
        tokio::fs::create_dir_all(&folder).await?;
        let mut entries = tokio::fs::read_dir(&folder).await?;
        while let Some(entry) = entries.next_entry().await? {
            if entry.path().extension().is_some_and(|extension| extension == PIECE) {
                tokio::fs::remove_file(entry.path()).await?;
            }
        }
        Ok(Self(Arc::new(Room { folder, desks: Mutex::default() })))
    }

    /// Where the file of an upload lies.
    pub fn path(&self, id: UploadId) -> PathBuf {
        self.0.path(id)
    }

    /// Makes an empty file that outlasts a power cut.
    ///
    /// # Errors
    ///
    /// When there is one, or the disk refuses.
    pub async fn create(&self, id: UploadId) -> io::Result<()> {
        OpenOptions::new().write(true).create_new(true).open(self.path(id)).await?.sync_all().await?;
        File::open(&self.0.folder).await?.sync_all().await
    }

    /// How much of it there is; `None` where there is no file.
    ///
    /// # Errors
    ///
    /// When the disk does not tell.
    pub async fn length(&self, id: UploadId) -> io::Result<Option<u64>> {
        match tokio::fs::metadata(self.path(id)).await {
            Ok(found) => Ok(Some(found.len())),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Takes a file away; it is fine when there is none.
    ///
    /// # Errors
    ///
    /// When the disk refuses.
    pub async fn remove(&self, id: UploadId) -> io::Result<()> {
        match tokio::fs::remove_file(self.path(id)).await {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        }
    }

    /// Every upload that has a file here.
    ///
    /// # Errors
    ///
    /// When the folder cannot be read.
    pub async fn all(&self) -> io::Result<Vec<UploadId>> {
        let mut ids = Vec::new();
        let mut entries = tokio::fs::read_dir(&self.0.folder).await?;
        while let Some(entry) = entries.next_entry().await? {
            ids.extend(entry.file_name().to_str().and_then(|name| name.parse::<UploadId>().ok()));
        }
        Ok(ids)
    }

    /// The right to write, unless somebody has it.
    pub fn hold(&self, id: UploadId) -> Option<Hold> {
        let desk = self.0.desk(id);
        let turn = desk.turn.clone().try_lock_owned().ok()?;
        Some(self.0.clone().seat(id, desk, turn))
    }

    /// The right to write; whoever has it is asked to let go and is waited for.
    pub async fn take_over(&self, id: UploadId) -> Hold {
        let desk = self.0.desk(id);
        desk.ask();
        let turn = desk.turn.clone().lock_owned().await;
        self.0.clone().seat(id, desk, turn)
    }
}

/// What the name of a piece that waits for its checksum ends with.
const PIECE: &str = "piece";

impl Room {
    fn path(&self, id: UploadId) -> PathBuf {
        self.folder.join(id.to_string())
    }

    fn piece(&self, id: UploadId) -> PathBuf {
        self.folder.join(format!("{id}.{PIECE}"))
    }

    fn desk(&self, id: UploadId) -> Arc<Desk> {
        self.desks.lock().unwrap_or_else(PoisonError::into_inner).entry(id).or_default().clone()
    }

    fn seat(self: Arc<Self>, id: UploadId, desk: Arc<Desk>, turn: OwnedMutexGuard<()>) -> Hold {
        let asked = CancellationToken::new();
        *desk.asked.lock().unwrap_or_else(PoisonError::into_inner) = asked.clone();
        Hold { room: self, id, asked, desk: Some(desk), _turn: turn }
    }
}

impl Desk {
    fn ask(&self) {
        self.asked.lock().unwrap_or_else(PoisonError::into_inner).cancel();
    }
}

impl Hold {
    /// Ends when another asks for the file.
    pub async fn asked(&self) {
        self.asked.cancelled().await;
    }

    /// How much of the file there is, safely on the disk: what may be acknowledged.
    ///
    /// # Errors
    ///
    /// When there is no file, or the disk fails.
    pub async fn synced(&self) -> io::Result<u64> {
        let file = OpenOptions::new().append(true).open(self.room.path(self.id)).await?;
        file.sync_all().await?;
        Ok(file.metadata().await?.len())
    }

    /// Begins to append.
    ///
    /// # Errors
    ///
    /// When there is no file, or the disk fails.
    pub async fn append(&self) -> io::Result<Appending> {
        Ok(Appending { file: OpenOptions::new().append(true).open(self.room.path(self.id)).await? })
    }

    /// Begins a piece aside, to be appended by [`Hold::adopt`] once it has been found right.
    ///
    /// # Errors
    ///
    /// When the disk fails.
    pub async fn aside(&self) -> io::Result<Appending> {
        let piece = self.room.piece(self.id);
        Ok(Appending { file: OpenOptions::new().write(true).create(true).truncate(true).open(piece).await? })
    }

    /// Appends the piece that was written aside, and gives the synced length. A crash in the middle leaves a first part
    /// of it, which was found right with the rest.
    ///
    /// # Errors
    ///
    /// When the disk fails or is full; what fitted stays.
    pub async fn adopt(&self) -> io::Result<u64> {
        let piece = self.room.piece(self.id);
        let mut source = File::open(&piece).await?;
        let mut target = self.append().await?;
        let copied = tokio::io::copy(&mut source, &mut target.file).await;
        let length = target.finish().await;
        discard(&piece).await;
        copied?;
        length
    }

    /// Throws the piece that was written aside away.
    pub async fn reject(&self) {
        discard(&self.room.piece(self.id)).await;
    }

    /// Takes back what was appended after `length`.
    ///
    /// # Errors
    ///
    /// When the disk fails.
    pub async fn cut_back(&self, length: u64) -> io::Result<()> {
        let file = OpenOptions::new().write(true).open(self.room.path(self.id)).await?;
        file.set_len(length).await?;
        file.sync_all().await
    }
}

/// A leftover is harmless: the next piece overwrites it, and the next start clears it away.
async fn discard(piece: &Path) {
    let _ = tokio::fs::remove_file(piece).await;
}

impl Drop for Hold {
    fn drop(&mut self) {
        let mut desks = self.room.desks.lock().unwrap_or_else(PoisonError::into_inner);
        drop(self.desk.take());
        // Nobody else queues for it: the map is the last to know the desk.
        if desks.get(&self.id).is_some_and(|desk| Arc::strong_count(desk) == 1) {
            desks.remove(&self.id);
        }
    }
}

impl Appending {
    /// The next bytes. After an error a part of them may be there.
    ///
    /// # Errors
    ///
    /// When the disk fails or is full.
    pub async fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.file.write_all(bytes).await
    }

    /// Everything is on the disk; the length of the file.
    ///
    /// # Errors
    ///
    /// When the disk fails or is full.
    pub async fn finish(mut self) -> io::Result<u64> {
        self.file.flush().await?;
        self.file.sync_all().await?;
        Ok(self.file.metadata().await?.len())
    }
}
