//! The spool: what was synced is there after a restart, and one writer at a time holds a file.

use std::{io::ErrorKind, process::Command, time::Duration};

use duxue_rules::ids::UploadId;
use duxue_storage::Spool;

use crate::common::id;

async fn spool() -> (tempfile::TempDir, Spool, UploadId) {
    let folder = tempfile::tempdir().unwrap();
    let spool = Spool::open(folder.path()).await.unwrap();
    let upload = id();
    spool.create(upload).await.unwrap();
    (folder, spool, upload)
}

#[tokio::test]
async fn what_is_appended_is_there_after_a_restart() {
    let (folder, spool, upload) = spool().await;
    let mut file = spool.hold(upload).unwrap().append().await.unwrap();
    file.write(b"hello ").await.unwrap();
    assert_eq!(file.finish().await.unwrap(), 6);
    drop(spool);
    let again = Spool::open(folder.path()).await.unwrap();
    assert_eq!((again.length(upload).await.unwrap(), again.all().await.unwrap()), (Some(6), vec![upload]));
    let hold = again.hold(upload).unwrap();
    assert_eq!(hold.synced().await.unwrap(), 6);
    let mut file = hold.append().await.unwrap();
    file.write(b"world").await.unwrap();
    file.finish().await.unwrap();
    assert_eq!(std::fs::read(again.path(upload)).unwrap(), b"hello world");
    hold.cut_back(5).await.unwrap();
    assert_eq!(hold.synced().await.unwrap(), 5);
    again.remove(upload).await.unwrap();
    again.remove(upload).await.unwrap();
    assert_eq!(again.length(upload).await.unwrap(), None);
    assert_eq!(hold.synced().await.unwrap_err().kind(), ErrorKind::NotFound);
}

#[tokio::test]
async fn a_piece_aside_counts_only_once_it_is_adopted() {
    let (folder, spool, upload) = spool().await;
    let hold = spool.hold(upload).unwrap();
    for (text, adopted) in [("wrong", false), ("right", true)] {
        let mut piece = hold.aside().await.unwrap();
        piece.write(text.as_bytes()).await.unwrap();
        piece.finish().await.unwrap();
        match adopted {
            true => assert_eq!(hold.adopt().await.unwrap(), 5),
            false => hold.reject().await,
        }
    }
    assert_eq!(std::fs::read(spool.path(upload)).unwrap(), b"right");
    // A crash leaves the piece; the next start clears it away and the upload stays.
    hold.aside().await.unwrap().finish().await.unwrap();
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 2);
    let again = Spool::open(folder.path()).await.unwrap();
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
    assert_eq!(again.length(upload).await.unwrap(), Some(5));
}

#[tokio::test]
async fn one_holds_it_until_another_asks() {
    let (_folder, spool, upload) = spool().await;
    let first = spool.hold(upload).unwrap();
    assert!(spool.hold(upload).is_none());
    assert!(spool.hold(id()).is_some(), "another file is another matter");
    let waits = tokio::time::timeout(Duration::from_millis(50), first.asked()).await;
    assert!(waits.is_err(), "nobody asked yet");
    let asker = spool.clone();
    let (second, ()) = tokio::join!(asker.take_over(upload), async move {
        first.asked().await;
        drop(first);
    });
    assert!(spool.hold(upload).is_none());
    drop(second);
    assert!(spool.hold(upload).is_some());
}

#[tokio::test]
#[expect(clippy::print_stderr, reason = "a test that is skipped says so")]
async fn a_full_disk_keeps_what_fitted() {
    let folder = tempfile::tempdir().unwrap();
    let mount = Command::new("mount").args(["-t", "tmpfs", "-o", "size=64k", "none"]).arg(folder.path()).output();
    if !mount.is_ok_and(|mount| mount.status.success()) {
        eprintln!("SKIPPED: only root may mount a small file system; nothing was tested");
        return;
    }
    let outcome = fill(folder.path()).await;
    Command::new("umount").arg(folder.path()).status().unwrap();
    assert_eq!(outcome, (ErrorKind::StorageFull, true));
}

async fn fill(folder: &std::path::Path) -> (ErrorKind, bool) {
    let spool = Spool::open(folder).await.unwrap();
    let upload = id();
    spool.create(upload).await.unwrap();
    let hold = spool.hold(upload).unwrap();
    let mut file = hold.append().await.unwrap();
    let written = file.write(&vec![7; 200_000]).await;
    let finished = file.finish().await.map(|_| ());
    let kept = hold.synced().await.unwrap();
    (written.and(finished).unwrap_err().kind(), kept > 0 && kept <= 64 * 1024)
}
