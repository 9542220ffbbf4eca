//! The key that encrypts what must not be read out of a stolen database: camera credentials, face templates, ID numbers,
//! second factors.
//!
//! It lies in a file of its own, outside the database and its backups. XChaCha20-Poly1305: the nonce is random and long
//! enough for that, and the row's identity is authenticated with it, so that a sealed value cannot be moved to another row.
//!
//! ID numbers are also looked up. Of some 10^12 that can exist a plain hash would be undone in an hour, so the hash is keyed:
//! HMAC-SHA-256 under a key of its own, derived by HKDF-Expand (RFC 5869; the key file is random, so nothing is extracted).
//!
//! The file has a line a key, the newest first. The newest encrypts; the others still open what they sealed, until
//! [`crate::rekey`] has encrypted it anew and they are retired.

use std::{fmt, io, path::Path};

use base64::{Engine, prelude::BASE64_STANDARD};
use chacha20poly1305::{
    KeyInit, XChaCha20Poly1305,
    aead::{Aead, Payload},
};
use duxue_rules::{enrolment::NumberKey, person::IdNumber};
use hmac::{Hmac, Mac};
use sha2::Sha256;

pub use crate::key_file::KeyFileError;
use crate::key_file::{read_or_create, replace};

const NONCE_BYTES: usize = 24;

/// What the derived key is for; another word is another key.
const NUMBERS: &[u8] = b"duxue ID number lookup 1";

/// What is lost with the key file.
const LOST: &str = "camera passwords, face templates, ID numbers and second factors cannot be read";

/// The key, and those before it. It never shows.
#[derive(Clone)]
pub struct SecretKey {
    newest: One,
    older: Vec<One>,
}

/// One key of the file.
#[derive(Clone)]
struct One {
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

impl One {
    fn from_bytes(bytes: &[u8; 32]) -> Self {
        // RFC 5869, 2.3, the first block: T(1) = HMAC(PRK, info | 0x01).
        let derived = hmac(bytes).chain_update(NUMBERS).chain_update([1]).finalize().into_bytes();
        Self { seal: XChaCha20Poly1305::new(bytes.into()), numbers: hmac(&derived.into()) }
    }

    fn number_key(&self, number: &IdNumber) -> NumberKey {
        NumberKey(self.numbers.clone().chain_update(number.expose()).finalize().into_bytes().into())
    }

    fn open(&self, row: &str, sealed: &[u8]) -> Option<Vec<u8>> {
        let (nonce, sealed) = sealed.split_first_chunk::<NONCE_BYTES>()?;
        let payload = Payload { msg: sealed, aad: row.as_bytes() };
        self.seal.decrypt(nonce.into(), payload).ok()
    }
}

impl SecretKey {
    /// The key of these bytes.
    pub fn from_bytes(bytes: &[u8; 32]) -> Self {
        Self::of(bytes, &[])
    }

    /// The key of these bytes, and those before it.
    pub fn of(newest: &[u8; 32], older: &[[u8; 32]]) -> Self {
        Self { newest: One::from_bytes(newest), older: older.iter().map(One::from_bytes).collect() }
    }

    /// Reads the key file; makes one, for its owner only, where there is none.
    ///
    /// # Errors
    ///
    /// [`KeyFileError`].
    pub fn load_or_create(path: &Path) -> Result<Self, KeyFileError> {
        let keys = keys(path)?;
        let (newest, older) = keys.split_first().ok_or(malformed(path))?;
        Ok(Self::of(newest, older))
    }

    /// Puts a new key before those in the file. What they sealed still opens.
    ///
    /// # Errors
    ///
    /// [`KeyFileError`]; the file is then as it was.
    pub fn add_to_file(path: &Path) -> Result<Self, KeyFileError> {
        let mut keys = keys(path)?;
        keys.insert(0, random().map_err(|source| KeyFileError::File { path: path.to_owned(), source })?);
        write(path, &keys)?;
        Self::load_or_create(path)
    }

    /// Takes all keys but the newest out of the file. What they sealed and was not sealed anew is lost.
    ///
    /// # Errors
    ///
    /// [`KeyFileError`]; the file is then as it was.
    pub fn retire_in_file(path: &Path) -> Result<Self, KeyFileError> {
        let keys = keys(path)?;
        write(path, keys.get(..1).ok_or(malformed(path))?)?;
        Self::load_or_create(path)
    }

    /// How many keys before the newest still open what they sealed.
    pub fn older(&self) -> usize {
        self.older.len()
    }

    /// What stands for an ID number where numbers are looked up and compared.
    pub(crate) fn number_key(&self, number: &IdNumber) -> NumberKey {
        self.newest.number_key(number)
    }

    /// What stood for it before, newest first.
    pub(crate) fn older_number_keys(&self, number: &IdNumber) -> Vec<NumberKey> {
        self.older.iter().map(|key| key.number_key(number)).collect()
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
        let sealed = self.newest.seal.encrypt((&nonce).into(), payload).map_err(|_| CannotOpen)?;
        Ok(BASE64_STANDARD.encode([nonce.as_slice(), &sealed].concat()))
    }

    /// Decrypts what [`SecretKey::seal`] gave for the same `row`, under whichever key of the file.
    pub(crate) fn open(&self, row: &str, sealed: &str) -> Result<Vec<u8>, CannotOpen> {
        let bytes = BASE64_STANDARD.decode(sealed).map_err(|_| CannotOpen)?;
        let mut keys = std::iter::once(&self.newest).chain(&self.older);
        keys.find_map(|key| key.open(row, &bytes)).ok_or(CannotOpen)
    }

    /// The same encrypted anew, where an older key had; `None` where the newest opens it.
    pub(crate) fn reseal(&self, row: &str, sealed: &str) -> Result<Option<String>, CannotOpen> {
        let bytes = BASE64_STANDARD.decode(sealed).map_err(|_| CannotOpen)?;
        if self.newest.open(row, &bytes).is_some() {
            return Ok(None);
        }
        self.seal(row, &self.open(row, sealed)?).map(Some)
    }
}

/// The keys of the file, newest first; made where there is none.
fn keys(path: &Path) -> Result<Vec<[u8; 32]>, KeyFileError> {
    let text = read_or_create(path, || Ok(text(&[random()?])))?;
    let key = |line: &str| BASE64_STANDARD.decode(line.trim()).ok().and_then(|bytes| bytes.try_into().ok());
    text.lines().filter(|line| !line.trim().is_empty()).map(|line| key(line).ok_or(malformed(path))).collect()
}

fn write(path: &Path, keys: &[[u8; 32]]) -> Result<(), KeyFileError> {
    replace(path, &text(keys))
}

fn text(keys: &[[u8; 32]]) -> String {
    keys.iter().map(|key| format!("{}\n", BASE64_STANDARD.encode(key))).collect()
}

fn random() -> io::Result<[u8; 32]> {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes).map_err(io::Error::other)?;
    Ok(bytes)
}

fn malformed(path: &Path) -> KeyFileError {
    KeyFileError::Malformed { path: path.to_owned(), lost: LOST }
}

/// HMAC under a key, which RFC 2104 fills up with zeros to the hash's block.
fn hmac(key: &[u8; 32]) -> Hmac<Sha256> {
    let mut block = [0; 64];
    block[..32].copy_from_slice(key);
    Hmac::new(&block.into())
}

#[cfg(test)]
mod tests {
    use std::{fs, os::unix::fs::PermissionsExt};

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
    fn an_older_key_opens_and_the_newest_seals() {
        let (old, new) = (SecretKey::from_bytes(&[7; 32]), SecretKey::from_bytes(&[8; 32]));
        let both = SecretKey::of(&[8; 32], &[[7; 32]]);
        let sealed = old.seal("x", b"hunter2").unwrap();
        assert_eq!(both.open("x", &sealed).unwrap(), b"hunter2");
        let anew = both.reseal("x", &sealed).unwrap().unwrap();
        assert_eq!((new.open("x", &anew).unwrap(), old.open("x", &anew)), (b"hunter2".to_vec(), Err(CannotOpen)));
        assert_eq!(both.reseal("x", &anew), Ok(None), "it is done once");
        assert_eq!(both.reseal("y", &sealed), Err(CannotOpen));
        assert_eq!(new.reseal("x", &sealed), Err(CannotOpen), "a key that is gone");
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
        assert_eq!(SecretKey::of(&[8; 32], &[[7; 32]]).older_number_keys(&number), [key.number_key(&number)]);
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
    fn a_file_gets_a_new_key_and_later_loses_the_old_ones() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("secret.key");
        let first = SecretKey::load_or_create(&path).unwrap();
        let sealed = first.seal("x", b"y").unwrap();
        let second = SecretKey::add_to_file(&path).unwrap();
        assert_eq!((first.older(), second.older()), (0, 1));
        assert_eq!(second.open("x", &sealed).unwrap(), b"y");
        let anew = second.reseal("x", &sealed).unwrap().unwrap();
        assert_eq!(SecretKey::load_or_create(&path).unwrap().open("x", &sealed).unwrap(), b"y");
        let third = SecretKey::retire_in_file(&path).unwrap();
        assert_eq!((third.older(), third.open("x", &sealed)), (0, Err(CannotOpen)));
        assert_eq!(third.open("x", &anew).unwrap(), b"y");
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
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
        for text in ["not a key", "", "\n"] {
            fs::write(&path, text).unwrap();
            assert!(matches!(SecretKey::load_or_create(&path), Err(KeyFileError::Malformed { .. })), "{text:?}");
        }
    }
}
