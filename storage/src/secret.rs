//! The key that encrypts what must not be read out of a stolen database: camera credentials, face templates, ID numbers.
//!
//! It lies in a file of its own, outside the database and its backups. XChaCha20-Poly1305: the nonce is random and long
//! enough for that, and the row's identity is authenticated with it, so that a sealed value cannot be moved to another row.
//!
//! ID numbers are also looked up. Of some 10^12 that can exist a plain hash would be undone in an hour, so the hash is keyed:
//! HMAC-SHA-256 under a key of its own, derived by HKDF-Expand (RFC 5869; the key file is random, so nothing is extracted).

use std::{
    fmt, fs,
    io::{self, Write},
    os::unix::fs::{OpenOptionsExt, PermissionsExt},
    path::{Path, PathBuf},
};

use base64::{Engine, prelude::BASE64_STANDARD};
use chacha20poly1305::{
    KeyInit, XChaCha20Poly1305,
    aead::{Aead, Payload},
};
use duxue_rules::{enrolment::NumberKey, person::IdNumber};
use hmac::{Hmac, Mac};
use sha2::Sha256;

const NONCE_BYTES: usize = 24;

/// What the derived key is for; another word is another key.
const NUMBERS: &[u8] = b"duxue ID number lookup 1";

/// The key. It never shows.
#[derive(Clone)]
pub struct SecretKey {
    seal: XChaCha20Poly1305,
    numbers: Hmac<Sha256>,
}

impl fmt::Debug for SecretKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SecretKey(…)")
    }
}

/// What was encrypted does not open: another key, another row, or it was changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("an encrypted value does not open with this secret key: was the key file replaced?")]
pub struct CannotOpen;

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

impl SecretKey {
    /// The key of these bytes.
    pub fn from_bytes(bytes: &[u8; 32]) -> Self {
        // RFC 5869, 2.3, the first block: T(1) = HMAC(PRK, info | 0x01).
        let derived = hmac(bytes).chain_update(NUMBERS).chain_update([1]).finalize().into_bytes();
        Self { seal: XChaCha20Poly1305::new(bytes.into()), numbers: hmac(&derived.into()) }
    }

    /// What stands for an ID number where numbers are looked up and compared.
    pub(crate) fn number_key(&self, number: &IdNumber) -> NumberKey {
        NumberKey(self.numbers.clone().chain_update(number.expose()).finalize().into_bytes().into())
    }

    /// Reads the key file; makes one, for its owner only, where there is none.
    ///
    /// # Errors
    ///
    /// [`KeyFileError`].
    pub fn load_or_create(path: &Path) -> Result<Self, KeyFileError> {
        let text = read_or_create(path, || {
            let mut bytes = [0; 32];
            getrandom::fill(&mut bytes).map_err(io::Error::other)?;
            Ok(format!("{}\n", BASE64_STANDARD.encode(bytes)))
        })?;
        let bytes = BASE64_STANDARD.decode(text.trim()).ok().and_then(|bytes| <[u8; 32]>::try_from(bytes).ok());
        let lost = "camera passwords, face templates and ID numbers cannot be read";
        let bytes = bytes.ok_or(KeyFileError::Malformed { path: path.to_owned(), lost })?;
        Ok(Self::from_bytes(&bytes))
    }

    /// Encrypts `plain`, bound to `row`; base64 text.
    ///
    /// # Errors
    ///
    /// Only when the system gives no randomness.
    pub(crate) fn seal(&self, row: &str, plain: &[u8]) -> Result<String, CannotOpen> {
        let mut nonce = [0; NONCE_BYTES];
        getrandom::fill(&mut nonce).map_err(|_| CannotOpen)?;
        let payload = Payload { msg: plain, aad: row.as_bytes() };
        let sealed = self.seal.encrypt((&nonce).into(), payload).map_err(|_| CannotOpen)?;
        Ok(BASE64_STANDARD.encode([nonce.as_slice(), &sealed].concat()))
    }

    /// Decrypts what [`SecretKey::seal`] gave for the same `row`.
    pub(crate) fn open(&self, row: &str, sealed: &str) -> Result<Vec<u8>, CannotOpen> {
        let bytes = BASE64_STANDARD.decode(sealed).map_err(|_| CannotOpen)?;
        let (nonce, sealed) = bytes.split_first_chunk::<NONCE_BYTES>().ok_or(CannotOpen)?;
        let payload = Payload { msg: sealed, aad: row.as_bytes() };
        self.seal.decrypt(nonce.into(), payload).map_err(|_| CannotOpen)
    }
}

/// HMAC under a key, which RFC 2104 fills up with zeros to the hash's block.
fn hmac(key: &[u8; 32]) -> Hmac<Sha256> {
    let mut block = [0; 64];
    block[..32].copy_from_slice(key);
    Hmac::new(&block.into())
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

/// Writes a new file that survives a power cut, or none: a key that is half there would lock everything out.
fn create(path: &Path, text: &str) -> io::Result<()> {
    let directory = path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut staged = path.as_os_str().to_owned();
    staged.push(format!(".{}.new", std::process::id()));
    let mut file = fs::File::options().write(true).create_new(true).mode(0o600).open(&staged)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()?;
    // A hard link, unlike a rename, never replaces a key that another process made meanwhile.
    let linked = fs::hard_link(&staged, path);
    fs::remove_file(&staged)?;
    linked?;
    fs::File::open(directory)?.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_same_key_and_row_open() {
        let key = SecretKey::from_bytes(&[7; 32]);
        let sealed = key.seal("camera credentials 1", b"hunter2").unwrap();
        assert_eq!(key.open("camera credentials 1", &sealed).unwrap(), b"hunter2");
        assert_eq!(key.open("camera credentials 2", &sealed), Err(CannotOpen));
        assert_eq!(SecretKey::from_bytes(&[8; 32]).open("camera credentials 1", &sealed), Err(CannotOpen));
        assert_eq!(key.open("camera credentials 1", "AAAA"), Err(CannotOpen));
    }

    #[test]
    fn a_number_is_found_by_its_keyed_hash_and_by_no_other_key() {
        let today = jiff::civil::date(2024, 10, 8);
        let number = IdNumber::parse("11010519491231002X", today).unwrap();
        let key = SecretKey::from_bytes(&[7; 32]);
        let derive = |key: &[u8], parts: [&[u8]; 2]| -> [u8; 32] {
            let mac = Hmac::<Sha256>::new_from_slice(key).unwrap();
            mac.chain_update(parts[0]).chain_update(parts[1]).finalize().into_bytes().into()
        };
        let numbers = derive(&[7; 32], [NUMBERS, &[1]]);
        assert_eq!(key.number_key(&number).0, derive(&numbers, [b"11010519491231002X", b""]));
        assert_ne!(SecretKey::from_bytes(&[8; 32]).number_key(&number), key.number_key(&number));
        let other = IdNumber::parse("110105194912310011", today).unwrap();
        assert_ne!(key.number_key(&other), key.number_key(&number));
    }

    #[test]
    fn the_file_is_made_once_for_its_owner_only() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("secret.key");
        let sealed = SecretKey::load_or_create(&path).unwrap().seal("x", b"y").unwrap();
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        assert_eq!(SecretKey::load_or_create(&path).unwrap().open("x", &sealed).unwrap(), b"y");
        assert_eq!(fs::read_dir(directory.path()).unwrap().count(), 1, "nothing is left beside it");
    }

    #[test]
    fn a_file_that_others_read_or_that_is_no_key_is_refused() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("secret.key");
        fs::write(&path, "not a key").unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).unwrap();
        assert!(matches!(SecretKey::load_or_create(&path), Err(KeyFileError::TooOpen { mode: 0o644, .. })));
        fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).unwrap();
        assert!(matches!(SecretKey::load_or_create(&path), Err(KeyFileError::Malformed { .. })));
    }
}
