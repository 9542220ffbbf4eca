//! A package is checked with the public key alone, zipped or unpacked.

use std::{io::Cursor, path::Path};

use duxue_rules::Text;
use duxue_storage::{
    Named, SigningKey,
    audit_tree::{Checkpoint, Digest32, leaf, origin},
    package::{
        AUDIT, AuditExtract, CHECKPOINT, Flaw, Missing, PackageHead, PackageReport, PackageWriter, SEAL, verify,
    },
    seal::{Digester, Envelope},
};

use crate::{
    clips::signing_key,
    common::{at, id},
    seals::manifest_of,
};

const CLIP: &str = "clips/2024-10-08-a.mp4";

fn head() -> PackageHead {
    PackageHead {
        class: Named { id: id(), name: "2024年电工1班期".into() },
        institution: Named { id: id(), name: "甲".into() },
        made_at: at(0),
        made_by: "duxue".into(),
    }
}

/// A class with one clip, one record and a log of no entries about it.
fn package(content: &[u8], key: &SigningKey) -> Vec<u8> {
    let mut digester = Digester::default();
    digester.update(b"film");
    let signed = Envelope::sign(&manifest_of(digester.finish()), key);
    let root: Digest32 = leaf(b"one");
    let note = Checkpoint { origin: origin(&key.public()), size: 1, root }.sign(key);
    let extract = serde_json::to_vec(&AuditExtract { size: 1, entries: vec![] }).unwrap();
    let mut writer = PackageWriter::new(Vec::new(), at(0));
    writer.add("records/class.json", b"{}").unwrap();
    writer.add(&format!("{CLIP}.seal.json"), signed.envelope.as_bytes()).unwrap();
    writer.begin(CLIP).unwrap();
    content.chunks(3).for_each(|part| writer.write(part).unwrap());
    writer.end();
    writer.add(AUDIT, &extract).unwrap();
    writer.add(CHECKPOINT, note.as_bytes()).unwrap();
    writer.miss(Missing { path: "clips/gone.mp4".into(), why: Text::new("无", "none") });
    writer.finish(head(), key).unwrap()
}

/// A package of these: path, content and seal.
pub fn packed(sealed: &[(&str, &[u8], &str)]) -> tempfile::NamedTempFile {
    let key = signing_key();
    let note = Checkpoint { origin: origin(&key.public()), size: 1, root: leaf(b"one") }.sign(&key);
    let extract = serde_json::to_vec(&AuditExtract { size: 1, entries: vec![] }).unwrap();
    let mut writer = PackageWriter::new(Vec::new(), at(0));
    for (path, content, seal) in sealed {
        writer.add(path, content).unwrap();
        writer.add(&format!("{path}.seal.json"), seal.as_bytes()).unwrap();
    }
    writer.add(AUDIT, &extract).unwrap();
    writer.add(CHECKPOINT, note.as_bytes()).unwrap();
    let file = tempfile::Builder::new().suffix(".zip").tempfile().unwrap();
    std::fs::write(file.path(), writer.finish(head(), &key).unwrap()).unwrap();
    file
}

fn unpacked(bytes: &[u8]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    zip::ZipArchive::new(Cursor::new(bytes)).unwrap().extract(folder.path()).unwrap();
    folder
}

fn judged(path: &Path) -> PackageReport {
    verify(path, &signing_key().public()).unwrap()
}

fn flaws(path: &Path) -> Vec<(String, Flaw)> {
    judged(path).flaws
}

#[test]
fn a_package_is_good_as_it_was_written_zipped_and_unpacked() {
    let bytes = package(b"film", &signing_key());
    let file = tempfile::Builder::new().suffix(".zip").tempfile().unwrap();
    std::fs::write(file.path(), &bytes).unwrap();
    for path in [file.path(), unpacked(&bytes).path()] {
        let report = judged(path);
        assert_eq!((report.flaws.as_slice(), report.good_clips), ([].as_slice(), 1));
        assert_eq!(report.manifest.missing.len(), 1);
        assert_eq!(report.manifest.files.len(), 6, "five and their sums");
    }
}

#[test]
fn whatever_is_changed_added_or_taken_away_is_told() {
    let bytes = package(b"film", &signing_key());
    let folder = unpacked(&bytes);
    std::fs::write(folder.path().join("records/class.json"), "[]").unwrap();
    assert_eq!(flaws(folder.path()), [("records/class.json".into(), Flaw::Changed)]);
    let folder = unpacked(&bytes);
    std::fs::write(folder.path().join("records/more.json"), "{}").unwrap();
    assert_eq!(flaws(folder.path()), [("records/more.json".into(), Flaw::Added)]);
    let folder = unpacked(&bytes);
    std::fs::remove_file(folder.path().join("records/class.json")).unwrap();
    assert_eq!(flaws(folder.path()), [("records/class.json".into(), Flaw::Gone)]);
    let folder = unpacked(&bytes);
    std::fs::write(folder.path().join(CLIP), "fill").unwrap();
    let found = flaws(folder.path());
    assert_eq!(found[0], (CLIP.into(), Flaw::Changed));
    assert!(matches!(found[1].1, Flaw::Clip(_)), "{found:?}");
}

#[test]
fn a_clip_that_was_altered_before_it_was_packed_is_told_by_its_own_seal() {
    let folder = unpacked(&package(b"fill", &signing_key()));
    let found = flaws(folder.path());
    assert!(matches!(found.as_slice(), [(path, Flaw::Clip(_))] if path == CLIP), "{found:?}");
}

#[test]
fn a_package_of_another_key_or_without_a_list_is_not_judged() {
    let folder = unpacked(&package(b"film", &SigningKey::from_bytes(&[12; 32])));
    assert!(verify(folder.path(), &signing_key().public()).is_err());
    let folder = unpacked(&package(b"film", &signing_key()));
    std::fs::remove_file(folder.path().join(SEAL)).unwrap();
    assert!(verify(folder.path(), &signing_key().public()).is_err());
    let cut = package(b"film", &signing_key());
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), &cut[..cut.len() / 2]).unwrap();
    assert!(verify(file.path(), &signing_key().public()).is_err(), "a download that broke off is no package");
}
