//! Big things: clips and pictures, in a local directory or in S3 and what speaks like it.
//!
//! An object is never overwritten, and nothing here deletes one that has its final key, but for pictures of a camera's days
//! ([`health_key`]), which are no evidence and have a time of their own. What is being written lies under [`INCOMING`]
//! until it is whole.

mod put;
mod read;
mod s3;
mod sweep;

use std::{io, path::PathBuf, sync::Arc};

use duxue_rules::ids::{CameraId, ClassId, ClipId, InstitutionId, ObservationId, PunchId, SessionId, UploadId};
use object_store::{ObjectStore, ObjectStoreExt, local::LocalFileSystem, path::Path};

pub use put::Stored;
pub use read::ByteStream;
pub use s3::{Lock, S3Config};

use crate::seal::Hash;

/// The prefix of what is not whole yet.
pub const INCOMING: &str = "incoming";

/// The prefix of pictures that show what a camera's days were like; only these are let go of by [`Objects::forget`].
const HEALTH: &str = "health";

/// The place of big things; cheap to clone.
#[derive(Clone)]
pub struct Objects {
    store: Arc<dyn ObjectStore>,
    place: Place,
}

#[derive(Clone)]
enum Place {
    Directory(PathBuf),
    S3(Arc<s3::S3>),
}

/// Why an object could not be had or put.
#[derive(Debug, thiserror::Error)]
pub enum ObjectError {
    /// There is none of this key.
    #[error("there is no object {key}")]
    Missing {
        /// Which.
        key: String,
    },
    /// There is one of this key, with other content.
    #[error("there is another object at {key} already")]
    Occupied {
        /// Which.
        key: String,
    },
    /// The part asked for is not within the object.
    #[error("the object {key} has only {bytes} bytes")]
    Range {
        /// Which.
        key: String,
        /// Its size.
        bytes: u64,
    },
    /// Nothing came to be stored.
    #[error("an empty object was to be stored")]
    Empty,
    /// What was to be stored could not be read.
    #[error("what was to be stored could not be read")]
    Source(#[source] io::Error),
    /// The configuration cannot work.
    #[error("the object store is not configured well: {problem}")]
    Config {
        /// In words.
        problem: String,
    },
    /// The store refused or did not answer.
    #[error("the object store failed at {key}")]
    Store {
        /// What it was about.
        key: String,
        /// What it said.
        #[source]
        source: object_store::Error,
    },
}

impl ObjectError {
    fn of(key: &str, source: object_store::Error) -> Self {
        match source {
            object_store::Error::NotFound { .. } => Self::Missing { key: key.to_owned() },
            object_store::Error::AlreadyExists { .. } => Self::Occupied { key: key.to_owned() },
            source => Self::Store { key: key.to_owned(), source },
        }
    }
}

impl Objects {
    /// A directory, made if it is not there. What is written is synced to disk before a call returns.
    ///
    /// # Errors
    ///
    /// When the directory cannot be made or used.
    pub fn directory(path: impl Into<PathBuf>) -> Result<Self, ObjectError> {
        let path = path.into();
        let refused = |problem: String| ObjectError::Config { problem: format!("{}: {problem}", path.display()) };
        std::fs::create_dir_all(&path).map_err(|error| refused(error.to_string()))?;
        let store = LocalFileSystem::new_with_prefix(&path).map_err(|error| refused(error.to_string()))?;
        Ok(Self { store: Arc::new(store.with_fsync(true)), place: Place::Directory(path) })
    }

    /// A bucket of S3 or what speaks like it.
    ///
    /// # Errors
    ///
    /// When the configuration is incomplete. Whether the bucket answers is seen at the first use.
    pub fn s3(config: &S3Config) -> Result<Self, ObjectError> {
        let (store, s3) = s3::open(config)?;
        Ok(Self { store, place: Place::S3(Arc::new(s3)) })
    }

    /// The size of an object; `None` if there is none.
    ///
    /// # Errors
    ///
    /// [`ObjectError::Store`].
    pub async fn head(&self, key: &str) -> Result<Option<u64>, ObjectError> {
        match self.store.head(&Path::from(key)).await.map_err(|error| ObjectError::of(key, error)) {
            Ok(meta) => Ok(Some(meta.size)),
            Err(ObjectError::Missing { .. }) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Whether there is an object.
    ///
    /// # Errors
    ///
    /// [`ObjectError::Store`].
    pub async fn exists(&self, key: &str) -> Result<bool, ObjectError> {
        Ok(self.head(key).await?.is_some())
    }

    /// Which kind of place this is.
    pub fn kind(&self) -> &'static str {
        match &self.place {
            Place::Directory(_) => "directory",
            Place::S3(_) => "s3",
        }
    }

    /// Whether the store answers at all.
    ///
    /// # Errors
    ///
    /// What it said instead.
    pub async fn answers(&self) -> Result<(), ObjectError> {
        match &self.place {
            // Of a folder that is gone it would be said that nothing lies in it.
            Place::Directory(path) => match tokio::fs::metadata(path).await {
                Ok(found) if found.is_dir() => Ok(()),
                Ok(_) => Err(ObjectError::Config { problem: format!("{} is no folder", path.display()) }),
                Err(error) => Err(ObjectError::Config { problem: format!("{}: {error}", path.display()) }),
            },
            Place::S3(_) => self.head("incoming/is-anybody-there").await.map(|_| ()),
        }
    }

    /// Whether the store itself keeps an object from being deleted (S3 object lock).
    ///
    /// # Errors
    ///
    /// When the store does not answer.
    pub async fn lock(&self, key: &str) -> Result<Lock, ObjectError> {
        match &self.place {
            Place::Directory(_) => Ok(Lock::NotOffered),
            Place::S3(s3) => s3.lock(key).await,
        }
    }
}

impl std::fmt::Debug for Objects {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match &self.place {
            Place::Directory(path) => write!(f, "Objects({})", path.display()),
            Place::S3(s3) => write!(f, "Objects({s3:?})"),
        }
    }
}

/// What is stored by its hash is named by the first 16 hexadecimal digits: enough within one prefix, where a clash would
/// be noticed and refused, and short enough for stores that keep keys as file names.
pub fn hashed_key(prefix: &str, sha256: &Hash, extension: &str) -> String {
    let name = sha256.to_string();
    format!("{prefix}/{}.{extension}", &name[..16])
}

/// Below which the object of a clip lies.
pub fn clip_prefix(class: ClassId, clip: ClipId) -> String {
    format!("clips/{class}/{clip}")
}

/// Where the seal of a clip or an upload lies: beside it, so that both can be checked when the database is gone.
pub fn seal_key(object_key: &str) -> String {
    format!("{object_key}.seal.json")
}

/// Below which the video of an upload lies.
pub fn upload_prefix(institution: InstitutionId, upload: UploadId) -> String {
    format!("uploads/{institution}/{upload}")
}

/// Below which lies what was made of an upload to look at it.
pub fn upload_view_prefix(institution: InstitutionId, upload: UploadId) -> String {
    format!("views/uploads/{institution}/{upload}")
}

/// Below which lies what was made of a clip to hold uploads against it.
pub fn clip_view_prefix(class: ClassId, clip: ClipId) -> String {
    format!("views/clips/{class}/{clip}")
}

/// Below which what an institution, or with `None` the centre, handed in lies.
pub fn file_prefix(institution: Option<InstitutionId>) -> String {
    institution.map_or_else(|| "files/centre".to_owned(), |institution| format!("files/{institution}"))
}

/// Where the reference picture of a camera lies.
pub fn reference_key(camera: CameraId, observation: ObservationId) -> String {
    format!("references/{camera}/{observation}.jpg")
}

/// Where a picture lies that shows what a camera's day was like; such pictures go when their time is over.
pub fn health_key(camera: CameraId, observation: ObservationId) -> String {
    format!("{HEALTH}/{camera}/{observation}.jpg")
}

/// Where the face lies that a check-in device's picture of this hash shows and that is not like the student's.
pub fn punch_key(punch: PunchId, picture_sha256: &[u8; 32]) -> String {
    format!("punches/{punch}/{}.jpg", hex::encode(picture_sha256))
}

/// Where the picture of an observation lies.
pub fn frame_key(session: SessionId, observation: ObservationId) -> String {
    format!("frames/{session}/{observation}.jpg")
}
