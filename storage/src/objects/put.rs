//! Putting: hash while it goes by, keep it aside until it is whole, then give it its name, and never a name in use.

use bytes::Bytes;
use object_store::{ObjectStoreExt, PutMode, PutOptions, PutPayload, WriteMultipart, path::Path};
use tokio::io::{AsyncRead, AsyncReadExt};
use uuid::Uuid;

use super::{INCOMING, ObjectError, Objects, hashed_key};
use crate::seal::{Digester, Digests};

/// S3 wants parts of 5 MiB or more; so large a file has at most 10 000 of them: 80 GB.
const PART_BYTES: usize = 8 << 20;
/// How many parts are under way at once.
const PARTS_AT_ONCE: usize = 4;

/// What was put.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stored {
    /// Its key.
    pub key: String,
    /// What pins it down.
    pub digests: Digests,
}

impl Objects {
    /// Stores what `source` gives at [`hashed_key`] of its SHA-256.
    ///
    /// Doing it again is harmless: the same content finds itself there, is read to be sure, and stays. A crash or a drop
    /// on the way leaves nothing but a piece under [`INCOMING`], which [`Objects::sweep_incoming`] clears away.
    ///
    /// # Errors
    ///
    /// [`ObjectError::Source`] when reading failed, [`ObjectError::Empty`], [`ObjectError::Occupied`] when the object that
    /// is there is damaged, [`ObjectError::Store`].
    pub async fn put_hashed<R: AsyncRead + Unpin>(
        &self,
        prefix: &str,
        extension: &str,
        source: R,
    ) -> Result<Stored, ObjectError> {
        let incoming = format!("{INCOMING}/{}", Uuid::now_v7());
        let digests = self.put_incoming(&incoming, source).await?;
        let key = hashed_key(prefix, &digests.sha256, extension);
        match self.name_it(&incoming, &key).await {
            Ok(()) => {}
            Err(ObjectError::Occupied { .. }) => {
                self.discard(&incoming).await;
                if self.digests(&key).await? != digests {
                    return Err(ObjectError::Occupied { key });
                }
            }
            Err(error) => {
                self.discard(&incoming).await;
                return Err(error);
            }
        }
        Ok(Stored { key, digests })
    }

    /// Stores something small at `key`; `false` when an object is there already, which stays as it is.
    ///
    /// # Errors
    ///
    /// [`ObjectError::Store`].
    pub async fn put_small(&self, key: &str, content: impl Into<Bytes>) -> Result<bool, ObjectError> {
        let options = PutOptions { mode: PutMode::Create, ..PutOptions::default() };
        let payload = PutPayload::from_bytes(content.into());
        match self.store.put_opts(&Path::from(key), payload, options).await {
            Ok(_) => Ok(true),
            Err(object_store::Error::AlreadyExists { .. }) => Ok(false),
            Err(error) => Err(ObjectError::of(key, error)),
        }
    }

    async fn put_incoming<R: AsyncRead + Unpin>(&self, incoming: &str, mut source: R) -> Result<Digests, ObjectError> {
        let failed = |error| ObjectError::of(incoming, error);
        let upload = self.store.put_multipart(&Path::from(incoming)).await.map_err(failed)?;
        let mut upload = WriteMultipart::new_with_chunk_size(upload, PART_BYTES);
        let mut digester = Digester::default();
        let mut buffer = vec![0; 256 << 10];
        let copied = loop {
            match source.read(&mut buffer).await {
                Ok(0) => break Ok(()),
                Ok(read) => {
                    digester.update(&buffer[..read]);
                    if let Err(error) = upload.wait_for_capacity(PARTS_AT_ONCE).await {
                        break Err(failed(error));
                    }
                    upload.write(&buffer[..read]);
                }
                Err(error) => break Err(ObjectError::Source(error)),
            }
        };
        let digests = digester.finish();
        let problem = match copied {
            Ok(()) if digests.bytes == 0 => Some(ObjectError::Empty),
            Ok(()) => None,
            Err(error) => Some(error),
        };
        if let Some(problem) = problem {
            if let Err(error) = upload.abort().await {
                tracing::warn!(object.key = incoming, %error, "an unfinished upload could not be aborted");
            }
            return Err(problem);
        }
        upload.finish().await.map_err(failed)?;
        Ok(digests)
    }

    /// Gives a whole object its final key, unless that is in use: by hard link in a directory, in S3 by a copy that is
    /// completed with `If-None-Match: *`. Stores that ignore the condition are asked first, which leaves a race of
    /// milliseconds between two writers of the same content; object lock is the last word there.
    async fn name_it(&self, incoming: &str, key: &str) -> Result<(), ObjectError> {
        if self.exists(key).await? {
            return Err(ObjectError::Occupied { key: key.to_owned() });
        }
        let (from, to) = (Path::from(incoming), Path::from(key));
        self.store.rename_if_not_exists(&from, &to).await.map_err(|error| ObjectError::of(key, error))
    }

    async fn discard(&self, incoming: &str) {
        if let Err(error) = self.store.delete(&Path::from(incoming)).await {
            tracing::warn!(object.key = incoming, %error, "an unneeded upload could not be deleted");
        }
    }
}
