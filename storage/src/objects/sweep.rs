//! Clearing away what an interrupted upload left behind.

use futures::TryStreamExt;
use jiff::Timestamp;
use object_store::{ObjectStoreExt, path::Path};

use super::{HEALTH, INCOMING, ObjectError, Objects, Place};

impl Objects {
    /// Deletes what lies under [`INCOMING`] since before `before`; how many. Nothing with a final key is touched.
    ///
    /// S3 keeps the parts of an unfinished upload out of sight: a lifecycle rule of the bucket
    /// (`AbortIncompleteMultipartUpload`) clears those.
    ///
    /// # Errors
    ///
    /// [`ObjectError::Store`].
    pub async fn sweep_incoming(&self, before: Timestamp) -> Result<u64, ObjectError> {
        let failed = |error| ObjectError::of(INCOMING, error);
        let mut swept = 0;
        let prefix = Path::from(INCOMING);
        let mut found = self.store.list(Some(&prefix));
        let mut old = Vec::new();
        while let Some(meta) = found.try_next().await.map_err(failed)? {
            if meta.last_modified.timestamp() < before.as_second() {
                old.push(meta.location);
            }
        }
        for location in old {
            self.store.delete(&location).await.map_err(failed)?;
            swept += 1;
        }
        if let Place::Directory(root) = &self.place {
            swept += sweep_staged(root.join(INCOMING), before).await.map_err(ObjectError::Source)?;
        }
        Ok(swept)
    }

    /// Deletes a picture of a camera's day ([`super::health_key`]); `false` for any other key, which stays. One that is gone
    /// already is fine.
    ///
    /// # Errors
    ///
    /// [`ObjectError::Store`].
    pub async fn forget(&self, key: &str) -> Result<bool, ObjectError> {
        let path = Path::from(key);
        if path.prefix_matches(&Path::from(HEALTH)) {
            match self.store.delete(&path).await {
                Ok(()) | Err(object_store::Error::NotFound { .. }) => return Ok(true),
                Err(error) => return Err(ObjectError::of(key, error)),
            }
        }
        Ok(false)
    }

    /// Every object below `prefix` with its size, in no order.
    pub(crate) async fn list(&self, prefix: &str) -> Result<Vec<(String, u64)>, ObjectError> {
        let prefix = Path::from(prefix);
        let found = self.store.list(Some(&prefix)).map_ok(|meta| (meta.location.to_string(), meta.size));
        found.try_collect().await.map_err(|error| ObjectError::of(prefix.as_ref(), error))
    }
}

/// A directory holds parts in files of its own (`name#1`), which `list` passes over.
async fn sweep_staged(directory: std::path::PathBuf, before: Timestamp) -> std::io::Result<u64> {
    let mut entries = match tokio::fs::read_dir(&directory).await {
        Ok(entries) => entries,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(0),
        Err(error) => return Err(error),
    };
    let mut swept = 0;
    while let Some(entry) = entries.next_entry().await? {
        let modified = Timestamp::try_from(entry.metadata().await?.modified()?).map_err(std::io::Error::other)?;
        if entry.file_type().await?.is_file() && modified < before {
            tokio::fs::remove_file(entry.path()).await?;
            swept += 1;
        }
    }
    Ok(swept)
}
