//! Key files: made once, for their owner only, and replaced whole or not at all.

use std::{
    fs,
    io::{self, Write},
    os::unix::fs::{OpenOptionsExt, PermissionsExt},
    path::{Path, PathBuf},
};

/// The key file cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum KeyFileError {
    /// The system refused.
    #[error("the key file {path} cannot be read or made")]
    File {
        /// Which.
        path: PathBuf,
        /// What the system said.
        #[source]
        source: io::Error,
    },
    /// It is no such key.
    #[error("{path} does not hold a key of this kind: restore it from where you keep it; without it {lost}")]
    Malformed {
        /// Which.
        path: PathBuf,
        /// What depends on it.
        lost: &'static str,
    },
    /// Others could read it.
    #[error(
        "{path} can be read by others (mode {mode:o}): run `chmod 600` on it, and replace the key if it may have been copied"
    )]
    TooOpen {
        /// Which.
        path: PathBuf,
        /// Its permission bits.
        mode: u32,
    },
}

/// The text of a key file of mode 0600, made from `fresh` where there is none.
pub(crate) fn read_or_create(path: &Path, fresh: impl FnOnce() -> io::Result<String>) -> Result<String, KeyFileError> {
    let refused = |source| KeyFileError::File { path: path.to_owned(), source };
    match fs::metadata(path) {
        Ok(file) => {
            let mode = file.permissions().mode() & 0o777;
            if mode & 0o077 != 0 {
                return Err(KeyFileError::TooOpen { path: path.to_owned(), mode });
            }
            fs::read_to_string(path).map_err(refused)
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            let text = fresh().map_err(refused)?;
            create(path, &text).map_err(refused)?;
            Ok(text)
        }
        Err(error) => Err(refused(error)),
    }
}

/// Replaces a key file: after a power cut it is the old or the new one, whole.
pub(crate) fn replace(path: &Path, text: &str) -> Result<(), KeyFileError> {
    let replaced = || {
        let staged = stage(path, text)?;
        fs::rename(&staged, path)?;
        sync_folder(path)
    };
    replaced().map_err(|source| KeyFileError::File { path: path.to_owned(), source })
}

/// Writes a new file that survives a power cut, or none: a key that is half there would lock everything out.
fn create(path: &Path, text: &str) -> io::Result<()> {
    let staged = stage(path, text)?;
    // A hard link, unlike a rename, never replaces a key that another process made meanwhile.
    let linked = fs::hard_link(&staged, path);
    fs::remove_file(&staged)?;
    linked?;
    sync_folder(path)
}

fn stage(path: &Path, text: &str) -> io::Result<PathBuf> {
    let mut staged = path.as_os_str().to_owned();
    staged.push(format!(".{}.new", std::process::id()));
    let staged = PathBuf::from(staged);
    let mut file = fs::File::options().write(true).create_new(true).mode(0o600).open(&staged)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()?;
    Ok(staged)
}

fn sync_folder(path: &Path) -> io::Result<()> {
    let folder = path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    fs::File::open(folder)?.sync_all()
}
