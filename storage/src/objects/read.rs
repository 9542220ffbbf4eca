//! Reading: whole, in part, and against a seal.

use std::ops::Range;

use bytes::Bytes;
use futures::{StreamExt, TryStreamExt, stream, stream::BoxStream};
use object_store::{ObjectStoreExt, path::Path};
use tokio::io::AsyncRead;
use tokio_util::io::StreamReader;

use super::{ObjectError, Objects};
use crate::{
    PublicKey,
    seal::{self, Digester, Digests, Verdict},
};

/// An object's bytes as they come.
pub type ByteStream = BoxStream<'static, Result<Bytes, ObjectError>>;

/// One request fetches so much. A browser that reads slowly thus holds a few megabytes here and no connection there.
const STRIDE: u64 = 4 << 20;

impl Objects {
    /// The size and the bytes of a whole object.
    ///
    /// # Errors
    ///
    /// [`ObjectError::Missing`], [`ObjectError::Store`].
    pub async fn get(&self, key: &str) -> Result<(u64, ByteStream), ObjectError> {
        let bytes = self.head(key).await?.ok_or_else(|| ObjectError::Missing { key: key.to_owned() })?;
        Ok((bytes, self.stream(key, 0..bytes)))
    }

    /// Part of an object, for HTTP range requests.
    ///
    /// # Errors
    ///
    /// [`ObjectError::Missing`], [`ObjectError::Range`] when the range is empty or goes beyond the end,
    /// [`ObjectError::Store`].
    pub async fn get_range(&self, key: &str, range: Range<u64>) -> Result<ByteStream, ObjectError> {
        let bytes = self.head(key).await?.ok_or_else(|| ObjectError::Missing { key: key.to_owned() })?;
        if range.is_empty() || range.end > bytes {
            return Err(ObjectError::Range { key: key.to_owned(), bytes });
        }
        Ok(self.stream(key, range))
    }

    /// A small object at once, such as a picture.
    ///
    /// # Errors
    ///
    /// [`ObjectError::Missing`], [`ObjectError::Store`].
    pub async fn get_small(&self, key: &str) -> Result<Bytes, ObjectError> {
        let failed = |error| ObjectError::of(key, error);
        self.store.get(&Path::from(key)).await.map_err(failed)?.bytes().await.map_err(failed)
    }

    /// The hashes of an object as it is now.
    ///
    /// # Errors
    ///
    /// [`ObjectError::Missing`], [`ObjectError::Store`].
    pub async fn digests(&self, key: &str) -> Result<Digests, ObjectError> {
        let (_, mut stream) = self.get(key).await?;
        let mut digester = Digester::default();
        while let Some(bytes) = stream.try_next().await? {
            digester.update(&bytes);
        }
        Ok(digester.finish())
    }

    /// Checks a stored clip against its seal.
    ///
    /// # Errors
    ///
    /// [`ObjectError::Missing`], [`ObjectError::Store`]; what is wrong with clip or seal is a [`Verdict`].
    pub async fn verify(&self, key: &str, envelope: &[u8], public: &PublicKey) -> Result<Verdict, ObjectError> {
        let (_, stream) = self.get(key).await?;
        let verdict = seal::verify(reader(stream), envelope, public).await;
        verdict.map_err(|error| match error.downcast::<ObjectError>() {
            Ok(error) => error,
            Err(error) => ObjectError::Source(error),
        })
    }

    fn stream(&self, key: &str, range: Range<u64>) -> ByteStream {
        let state = (self.store.clone(), key.to_owned(), range);
        stream::try_unfold(state, |(store, key, range)| async move {
            if range.is_empty() {
                return Ok(None);
            }
            let end = range.end.min(range.start + STRIDE);
            let part = store.get_range(&Path::from(key.as_str()), range.start..end).await;
            let part = part.map_err(|error| ObjectError::of(&key, error))?;
            // A file that shrank since it was asked for its size.
            if part.len() as u64 != end - range.start {
                let bytes = range.start + part.len() as u64;
                return Err(ObjectError::Range { key, bytes });
            }
            Ok(Some((part, (store, key, end..range.end))))
        })
        .boxed()
    }
}

fn reader(stream: ByteStream) -> impl AsyncRead + Unpin {
    StreamReader::new(stream.map_err(std::io::Error::other))
}
