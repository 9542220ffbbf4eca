//! Checks a package offline: its own seal, every file against the list, every clip and upload against its own seal, every
//! entry of the audit log against the signed checkpoint.

use std::{
    collections::BTreeSet,
    fmt,
    fs::File,
    io::{self, BufReader, Read},
    path::{Path, PathBuf},
};

use zip::ZipArchive;

use super::{
    AUDIT, CHECKPOINT, CLIP_SEAL, CLIPS, SEAL, UPLOADS,
    audit::AuditExtract,
    manifest::{FORMAT, PAYLOAD_TYPE, PackageManifest},
};
use crate::{
    audit_tree::Checkpoint,
    seal::{Digester, Envelope, Sealed, Verdict, Verifier},
    signing::PublicKey,
};

/// The most bytes of a seal, a checkpoint or an extract: they are read whole.
const SMALL: u64 = 512 << 20;

/// What a check found.
#[derive(Clone, Debug, PartialEq)]
pub struct PackageReport {
    /// What the package says of itself, signed.
    pub manifest: PackageManifest,
    /// How many clips are as they were sealed.
    pub good_clips: u64,
    /// How many videos that the institution handed in are.
    pub good_uploads: u64,
    /// How many entries of the audit log are proved.
    pub proved_entries: u64,
    /// Everything that is wrong, by file; empty when all is well.
    pub flaws: Vec<(String, Flaw)>,
}

impl PackageReport {
    /// Whether all is well.
    pub fn is_good(&self) -> bool {
        self.flaws.is_empty()
    }
}

/// What is wrong with a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Flaw {
    /// The list names it, and it is not there.
    Gone,
    /// It is there, and the list does not name it.
    Added,
    /// It is not as it was listed.
    Changed,
    /// A clip or an upload that is not as it was sealed, whoever put it into the package.
    Clip(String),
    /// An entry of the audit log that is not in the signed log.
    Entry {
        /// Its place.
        seq: i64,
    },
    /// It cannot be read as what it should be.
    Malformed(String),
}

impl fmt::Display for Flaw {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Gone => f.write_str("缺失 is listed, and is not there"),
            Self::Added => f.write_str("多出 is there, and is not listed"),
            Self::Changed => f.write_str("被改动 is not as it was listed"),
            Self::Clip(what) => write!(f, "视频与封存不符 {what}"),
            Self::Entry { seq } => write!(f, "日志第 {seq} 条无法证明 entry {seq} is not in the signed log"),
            Self::Malformed(what) => write!(f, "无法读取 {what}"),
        }
    }
}

/// Why a package cannot be judged at all.
#[derive(Debug, thiserror::Error)]
pub enum Unreadable {
    /// It cannot be read.
    #[error("the package cannot be read: {0}")]
    Io(#[from] io::Error),
    /// It is no ZIP.
    #[error("not a package: {0}")]
    NotAZip(#[from] zip::result::ZipError),
    /// There is no list, or it is not signed with this key.
    #[error("the package's own seal: {0}")]
    Seal(String),
}

/// Checks the package at `path`, a ZIP or a folder that one was unpacked into.
///
/// # Errors
///
/// [`Unreadable`] when nothing can be said; what is wrong with what is in it is in the report.
pub fn verify(path: &Path, key: &PublicKey) -> Result<PackageReport, Unreadable> {
    let mut package = Package::open(path)?;
    let seal = package.small(SEAL).map_err(|error| Unreadable::Seal(error.to_string()))?;
    let payload = Envelope::open_text(PAYLOAD_TYPE, &seal, key).map_err(|error| Unreadable::Seal(error.to_string()))?;
    let manifest: PackageManifest =
        serde_json::from_slice(&payload).map_err(|error| Unreadable::Seal(error.to_string()))?;
    if manifest.format != FORMAT {
        return Err(Unreadable::Seal("it is of a form that is not known here".to_owned()));
    }
    let mut report = PackageReport { manifest, good_clips: 0, good_uploads: 0, proved_entries: 0, flaws: Vec::new() };
    let there = package.names()?;
    let listed: BTreeSet<String> = report.manifest.files.iter().map(|file| file.path.clone()).collect();
    report.flaws.extend(
        there.iter().filter(|name| *name != SEAL && !listed.contains(*name)).map(|name| (name.clone(), Flaw::Added)),
    );
    for file in report.manifest.files.clone() {
        if !there.contains(&file.path) {
            report.flaws.push((file.path, Flaw::Gone));
            continue;
        }
        let mut verifier = match Shelf::of(&file.path) {
            Some(shelf) => shelf.verifier(&mut package, &file.path, key),
            None => Ok(None),
        };
        let mut digester = Digester::default();
        package.read(&file.path, &mut |data| {
            digester.update(data);
            if let Ok(Some(verifier)) = &mut verifier {
                verifier.update(data);
            }
        })?;
        let digests = digester.finish();
        if (digests.bytes, digests.sha256) != (file.bytes, file.sha256) {
            report.flaws.push((file.path.clone(), Flaw::Changed));
        }
        match verifier.map(|verifier| verifier.map(Verifier::finish)) {
            Ok(None) => {}
            Ok(Some(Verdict::Good(Sealed::Clip(_)))) => report.good_clips += 1,
            Ok(Some(Verdict::Good(Sealed::Upload(_)))) => report.good_uploads += 1,
            Ok(Some(verdict)) => report.flaws.push((file.path, Flaw::Clip(words(&verdict)))),
            Err(what) => report.flaws.push((file.path, Flaw::Clip(what))),
        }
    }
    audit(&mut package, key, &mut report);
    Ok(report)
}

/// Where sealed things stand in a package.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Shelf {
    Clips,
    Uploads,
}

impl Shelf {
    /// The shelf of a file that must have a seal of its own.
    fn of(path: &str) -> Option<Self> {
        let shelf = if path.starts_with(CLIPS) {
            Self::Clips
        } else if path.starts_with(UPLOADS) {
            Self::Uploads
        } else {
            return None;
        };
        (!path.ends_with(CLIP_SEAL)).then_some(shelf)
    }

    /// The file's own verifier; in words why there is none. What was handed in never passes for a clip of ours.
    fn verifier(self, package: &mut Package, path: &str, key: &PublicKey) -> Result<Option<Verifier>, String> {
        let seal = package.small(&format!("{path}{CLIP_SEAL}")).map_err(|error| format!("its seal: {error}"))?;
        let verifier = Verifier::new(&seal, key).map_err(|verdict| words(&verdict))?;
        match (self, verifier.sealed()) {
            (Self::Clips, Sealed::Clip(_)) | (Self::Uploads, Sealed::Upload(_)) => Ok(Some(verifier)),
            (Self::Clips, Sealed::Upload(_)) => Err("its seal is that of a video that was handed in".to_owned()),
            (Self::Uploads, Sealed::Clip(_)) => Err("its seal is that of a clip".to_owned()),
            (_, Sealed::Export(_)) => {
                Err("its seal is that of a part of a recording that somebody took out".to_owned())
            }
        }
    }
}

fn words(verdict: &Verdict) -> String {
    match verdict {
        Verdict::Good(_) => "as it was sealed".to_owned(),
        Verdict::Tampered { offset } => format!("it differs from what was sealed, first in the piece at byte {offset}"),
        Verdict::Truncated { have, want } => format!("{have} of {want} bytes"),
        Verdict::Longer { want } => format!("it goes on after its sealed end at byte {want}"),
        Verdict::BadSignature => "its seal is not signed with this key".to_owned(),
        Verdict::Malformed { problem } => problem.clone(),
    }
}

fn audit(package: &mut Package, key: &PublicKey, report: &mut PackageReport) {
    let mut flaw = |path: &str, what: String| report.flaws.push((path.to_owned(), Flaw::Malformed(what)));
    let checkpoint = match package.small(CHECKPOINT) {
        Ok(note) => Checkpoint::open(&String::from_utf8_lossy(&note), key),
        Err(error) => return flaw(CHECKPOINT, error.to_string()),
    };
    let checkpoint = match checkpoint {
        Ok(checkpoint) => checkpoint,
        Err(error) => return flaw(CHECKPOINT, error.to_string()),
    };
    let extract = package.small(AUDIT).map_err(|error| error.to_string());
    let extract: AuditExtract =
        match extract.and_then(|bytes| serde_json::from_slice(&bytes).map_err(|error| error.to_string())) {
            Ok(extract) => extract,
            Err(error) => return flaw(AUDIT, error),
        };
    for entry in extract.entries {
        if entry.holds(checkpoint.size, &checkpoint.root) {
            report.proved_entries += 1;
        } else {
            report.flaws.push((AUDIT.to_owned(), Flaw::Entry { seq: entry.seq }));
        }
    }
}

/// A package on disk, either way.
enum Package {
    Zip(Box<ZipArchive<BufReader<File>>>),
    Folder(PathBuf),
}

impl Package {
    fn open(path: &Path) -> Result<Self, Unreadable> {
        if path.is_dir() {
            return Ok(Self::Folder(path.to_owned()));
        }
        Ok(Self::Zip(Box::new(ZipArchive::new(BufReader::new(File::open(path)?))?)))
    }

    fn names(&self) -> io::Result<BTreeSet<String>> {
        match self {
            Self::Zip(zip) => {
                let names = zip.file_names().map(|name| name.map(Into::into).map_err(io::Error::other));
                let names: BTreeSet<String> = names.collect::<io::Result<_>>()?;
                Ok(names.into_iter().filter(|name| !name.ends_with('/')).collect())
            }
            Self::Folder(folder) => {
                let mut names = BTreeSet::new();
                walk(folder, "", &mut names)?;
                Ok(names)
            }
        }
    }

    fn read(&mut self, name: &str, take: &mut dyn FnMut(&[u8])) -> io::Result<()> {
        let mut reader: Box<dyn Read + '_> = match self {
            Self::Zip(zip) => Box::new(zip.by_name(name).map_err(io::Error::other)?),
            Self::Folder(folder) => Box::new(File::open(inside(folder, name)?)?),
        };
        let mut buffer = vec![0; 256 << 10];
        loop {
            let read = reader.read(&mut buffer)?;
            if read == 0 {
                return Ok(());
            }
            take(&buffer[..read]);
        }
    }

    fn small(&mut self, name: &str) -> io::Result<Vec<u8>> {
        let mut content = Vec::new();
        let mut over = false;
        self.read(name, &mut |data| {
            over |= (content.len() + data.len()) as u64 > SMALL;
            if !over {
                content.extend_from_slice(data);
            }
        })?;
        if over { Err(io::Error::other(format!("{name} is too large"))) } else { Ok(content) }
    }
}

/// The list is signed, but a path in it must not lead out of the folder all the same.
fn inside(folder: &Path, name: &str) -> io::Result<PathBuf> {
    let plain = Path::new(name).components().all(|part| matches!(part, std::path::Component::Normal(_)));
    if plain { Ok(folder.join(name)) } else { Err(io::Error::other(format!("{name} leads out of the package"))) }
}

fn walk(folder: &Path, prefix: &str, names: &mut BTreeSet<String>) -> io::Result<()> {
    for entry in std::fs::read_dir(folder.join(prefix))? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let path = if prefix.is_empty() { name } else { format!("{prefix}/{name}") };
        if entry.file_type()?.is_dir() {
            walk(folder, &path, names)?;
        } else {
            names.insert(path);
        }
    }
    Ok(())
}
