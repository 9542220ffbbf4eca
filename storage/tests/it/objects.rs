//! One contract, two stores: a directory and S3.

use std::{
    io,
    path::{Path, PathBuf},
    pin::Pin,
    sync::atomic::Ordering,
    task::{Context, Poll},
};

use duxue_storage::{
    ObjectError, Objects,
    objects::{INCOMING, Lock, S3Config, hashed_key},
    seal::{Digester, Verdict},
};
use futures::TryStreamExt;
use tempfile::TempDir;
use tokio::io::{AsyncRead, ReadBuf};

use crate::{
    clips::{requested, sealed, signing_key},
    common::{at_once, id},
    s3::S3Server,
};

/// An empty store and the directory in which its objects are files.
pub struct Place {
    pub objects: Objects,
    root: PathBuf,
    _directory: Option<TempDir>,
    pub server: Option<S3Server>,
}

impl Place {
    pub async fn directory() -> Self {
        let directory = tempfile::tempdir().unwrap();
        let root = directory.path().join("objects");
        let objects = Objects::directory(&root).unwrap();
        Self { objects, root, _directory: Some(directory), server: None }
    }

    pub async fn s3() -> Self {
        let server = S3Server::start().await;
        let objects = Objects::s3(&server.config).unwrap();
        let root = server.root.path().join("evidence/duxue/one");
        Self { objects, root, _directory: None, server: Some(server) }
    }

    /// The file behind an object, for an intruder to change.
    pub fn file(&self, key: &str) -> PathBuf {
        self.root.join(key)
    }

    fn leftovers(&self) -> usize {
        std::fs::read_dir(self.root.join(INCOMING)).map_or(0, Iterator::count)
    }
}

/// Declares each test twice: `directory::name` and `bucket::name`.
macro_rules! both_stores {
    ($(async fn $name:ident($place:ident: &Place) $body:block)+) => {
        $(async fn $name($place: &Place) $body)+
        mod directory {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $name() { super::$name(&super::Place::directory().await).await; })+
        }
        mod bucket {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $name() { super::$name(&super::Place::s3().await).await; })+
        }
    };
}

/// More than one part of a multipart upload, and more than one piece of a seal.
fn film() -> Vec<u8> {
    (0..20_000_000_u32).map(|at| (at ^ (at >> 11)) as u8).collect()
}

async fn all(stream: duxue_storage::objects::ByteStream) -> Vec<u8> {
    stream
        .try_fold(Vec::new(), async |mut all, bytes| {
            all.extend_from_slice(&bytes);
            Ok(all)
        })
        .await
        .unwrap()
}

/// Gives some bytes and then fails, as a disk does.
struct Failing(usize);

impl AsyncRead for Failing {
    fn poll_read(mut self: Pin<&mut Self>, _: &mut Context<'_>, buffer: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        if self.0 == 0 {
            return Poll::Ready(Err(io::Error::other("the disk is broken")));
        }
        let now = self.0.min(buffer.remaining());
        buffer.put_slice(&vec![7; now]);
        self.0 -= now;
        Poll::Ready(Ok(()))
    }
}

both_stores! {
    async fn a_film_comes_back_whole_and_in_parts(place: &Place) {
        let film = film();
        let stored = place.objects.put_hashed("clips/a/b", "mp4", film.as_slice()).await.unwrap();
        let mut digester = Digester::default();
        digester.update(&film);
        assert_eq!(stored.digests, digester.finish());
        assert_eq!(stored.key, hashed_key("clips/a/b", &stored.digests.sha256, "mp4"));
        assert_eq!(place.objects.head(&stored.key).await.unwrap(), Some(20_000_000));
        let (bytes, stream) = place.objects.get(&stored.key).await.unwrap();
        assert_eq!(bytes, 20_000_000);
        assert!(all(stream).await == film);
        for range in [0..1, 4_194_300..4_194_310, 19_999_999..20_000_000, 1_000_000..19_000_000] {
            let part = all(place.objects.get_range(&stored.key, range.clone()).await.unwrap()).await;
            assert!(part == film[range.start as usize..range.end as usize], "{range:?}");
        }
        assert_eq!(place.objects.digests(&stored.key).await.unwrap(), stored.digests);
        assert_eq!(place.leftovers(), 0);
    }

    async fn what_is_not_there_is_missing(place: &Place) {
        assert_eq!(place.objects.head("clips/x.mp4").await.unwrap(), None);
        assert!(!place.objects.exists("clips/x.mp4").await.unwrap());
        assert!(matches!(place.objects.get("clips/x.mp4").await, Err(ObjectError::Missing { .. })));
        assert!(matches!(place.objects.get_small("clips/x.mp4").await, Err(ObjectError::Missing { .. })));
        assert!(matches!(place.objects.get_range("clips/x.mp4", 0..1).await, Err(ObjectError::Missing { .. })));
    }

    async fn a_range_beyond_the_end_is_told(place: &Place) {
        place.objects.put_small("frames/a.jpg", "0123456789").await.unwrap();
        for range in [5..11, 10..11, 5..5] {
            let error = place.objects.get_range("frames/a.jpg", range).await.err().unwrap();
            assert!(matches!(error, ObjectError::Range { bytes: 10, .. }), "{error:?}");
        }
    }

    async fn the_same_again_is_harmless(place: &Place) {
        let first = place.objects.put_hashed("clips/a/b", "mp4", b"film".as_slice()).await.unwrap();
        let again = place.objects.put_hashed("clips/a/b", "mp4", b"film".as_slice()).await.unwrap();
        assert_eq!(first, again);
        assert_eq!(place.leftovers(), 0);
    }

    async fn a_damaged_object_is_neither_taken_nor_replaced(place: &Place) {
        let stored = place.objects.put_hashed("clips/a/b", "mp4", b"film".as_slice()).await.unwrap();
        std::fs::write(place.file(&stored.key), b"fi1m").unwrap();
        let again = place.objects.put_hashed("clips/a/b", "mp4", b"film".as_slice()).await;
        assert!(matches!(again, Err(ObjectError::Occupied { .. })), "{again:?}");
        assert_eq!(std::fs::read(place.file(&stored.key)).unwrap(), b"fi1m");
        assert_eq!(place.leftovers(), 0);
    }

    async fn a_name_in_use_is_never_given_again(place: &Place) {
        assert!(place.objects.put_small("frames/a.jpg", "first").await.unwrap());
        assert!(!place.objects.put_small("frames/a.jpg", "second").await.unwrap());
        assert_eq!(place.objects.get_small("frames/a.jpg").await.unwrap(), "first");
    }

    async fn many_who_put_the_same_at_once_all_have_it(place: &Place) {
        let film = film();
        let tasks = (0..4).map(|_| {
            let (objects, film) = (place.objects.clone(), film.clone());
            async move { objects.put_hashed("clips/a/b", "mp4", film.as_slice()).await }
        });
        let keys: Vec<_> = at_once(tasks.collect()).await.into_iter().map(|stored| stored.unwrap().key).collect();
        assert!(keys.iter().all(|key| *key == keys[0]));
        assert!(all(place.objects.get(&keys[0]).await.unwrap().1).await == film);
        assert_eq!(place.leftovers(), 0);
    }

    async fn a_source_that_fails_leaves_nothing(place: &Place) {
        let failed = place.objects.put_hashed("clips/a/b", "mp4", Failing(12_000_000)).await;
        assert!(matches!(failed, Err(ObjectError::Source(_))), "{failed:?}");
        let empty = place.objects.put_hashed("clips/a/b", "mp4", b"".as_slice()).await;
        assert!(matches!(empty, Err(ObjectError::Empty)), "{empty:?}");
        assert!(!Path::new(&place.file("clips")).exists());
        assert_eq!(place.leftovers(), 0);
    }

    async fn what_a_crash_left_is_swept_and_nothing_else(place: &Place) {
        let kept = place.objects.put_hashed("clips/a/b", "mp4", b"film".as_slice()).await.unwrap();
        place.objects.put_small(&format!("{INCOMING}/left"), "half a film").await.unwrap();
        let long_ago = jiff::Timestamp::from_second(1_000_000_000).unwrap();
        assert_eq!(place.objects.sweep_incoming(long_ago).await.unwrap(), 0, "it may be under way");
        let far_ahead = jiff::Timestamp::from_second(9_000_000_000).unwrap();
        assert_eq!(place.objects.sweep_incoming(far_ahead).await.unwrap(), 1);
        assert!(place.objects.exists(&kept.key).await.unwrap());
        assert_eq!(place.leftovers(), 0);
    }

    async fn a_flipped_byte_and_a_cut_give_two_answers(place: &Place) {
        let world = crate::world::World {
            institution: id(), manager: id(), liaison: id(), venue: id(), camera: id(), class: id(),
            students: [id(), id()], session: id(), policy: 1,
        };
        let mut film = film();
        let stored = place.objects.put_hashed("clips/a/b", "mp4", film.as_slice()).await.unwrap();
        let none = duxue_storage::audit::Head { seq: 0, hash: [0; 32] };
        let (_, seal) = sealed(&requested(&world), &film, none);
        let verify = async || {
            place.objects.verify(&stored.key, seal.envelope.as_bytes(), &signing_key().public()).await.unwrap()
        };
        assert!(verify().await.is_good());
        film[10_000_000] ^= 1;
        std::fs::write(place.file(&stored.key), &film).unwrap();
        assert_eq!(verify().await, Verdict::Tampered { offset: 8 << 20 });
        film[10_000_000] ^= 1;
        film.truncate(15_000_000);
        std::fs::write(place.file(&stored.key), &film).unwrap();
        assert_eq!(verify().await, Verdict::Truncated { have: 15_000_000, want: 20_000_000 });
    }
}

#[tokio::test]
async fn a_file_left_by_a_kill_is_swept_from_a_directory() {
    let place = Place::directory().await;
    std::fs::create_dir_all(place.file(INCOMING)).unwrap();
    // Where the store keeps parts until they are whole.
    std::fs::write(place.file(&format!("{INCOMING}/0192#1")), "half").unwrap();
    let far_ahead = jiff::Timestamp::from_second(9_000_000_000).unwrap();
    assert_eq!(place.objects.sweep_incoming(far_ahead).await.unwrap(), 1);
    assert_eq!(place.leftovers(), 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_lock_is_seen_where_there_is_one() {
    let place = Place::s3().await;
    let stored = place.objects.put_hashed("clips/a/b", "mp4", b"film".as_slice()).await.unwrap();
    assert_eq!(place.objects.lock(&stored.key).await.unwrap(), Lock::Off);
    place.server.as_ref().unwrap().locked.store(true, Ordering::SeqCst);
    let until = Some("2027-10-08T01:00:00Z".to_owned());
    assert_eq!(place.objects.lock(&stored.key).await.unwrap(), Lock::On { mode: "COMPLIANCE".into(), until });
    assert!(matches!(place.objects.lock("clips/none").await, Err(ObjectError::Missing { .. })));
    assert_eq!(Place::directory().await.objects.lock("clips/none").await.unwrap(), Lock::NotOffered);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_wrong_secret_is_an_error_of_the_store_that_does_not_show_it() {
    let place = Place::s3().await;
    let config =
        S3Config { secret_access_key: "another-secret".into(), ..place.server.as_ref().unwrap().config.clone() };
    let objects = Objects::s3(&config).unwrap();
    let error = objects.put_small("frames/a.jpg", "x").await.unwrap_err();
    assert!(matches!(error, ObjectError::Store { .. }), "{error:?}");
    assert!(!format!("{error:?} {config:?} {objects:?}").contains("another-secret"));
}

#[test]
fn plain_http_is_refused_unless_asked_for() {
    let config: S3Config = serde_json::from_str(
        r#"{"bucket":"b","endpoint":"http://192.0.2.1:9000","access_key_id":"a","secret_access_key":"s"}"#,
    )
    .unwrap();
    let error = Objects::s3(&config).unwrap_err();
    assert!(error.to_string().contains("allow_http"), "{error}");
    assert!(serde_json::from_str::<S3Config>(r#"{"bucket":"b","buckets":"c"}"#).is_err(), "misspelt keys are told");
}
