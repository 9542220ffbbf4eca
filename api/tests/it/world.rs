//! A server of its own for every test: seeded once a process, copied for each.

use std::{
    path::{Path, PathBuf},
    sync::{Arc, Mutex},
};

use axum::Router;
use duxue_api::{App, Settings, edges::Pokes};
use duxue_storage::{
    DatabaseUrl, Objects, SecretKey, SigningKey, Spool, Store,
    in_force::{Grounds, InForce},
};
use jiff::{SignedDuration, Timestamp};
use tempfile::TempDir;
use tokio::sync::OnceCell;
use tokio_util::{sync::CancellationToken, task::TaskTracker};

use crate::{
    fakes::{FakeCameras, FakeVision},
    seed::{NOW, at, seed},
};

pub struct World {
    pub router: Router,
    pub store: Store,
    pub secret: SecretKey,
    pub cameras: Arc<FakeCameras>,
    pub vision: Arc<FakeVision>,
    pub pokes: Pokes,
    pub tracker: TaskTracker,
    pub stop: CancellationToken,
    now: Arc<Mutex<Timestamp>>,
    dir: TempDir,
}

static SEEDED: OnceCell<TempDir> = OnceCell::const_new();

fn keys() -> (SecretKey, SigningKey) {
    (SecretKey::from_bytes(&[5; 32]), SigningKey::from_bytes(&[6; 32]))
}

async fn open(dir: &Path) -> (Store, Objects) {
    let store = Store::connect(&DatabaseUrl::sqlite(dir.join("duxue.db")), true).await.unwrap();
    (store, Objects::directory(dir.join("objects")).unwrap())
}

async fn seeded() -> TempDir {
    let dir = TempDir::new().unwrap();
    let (store, objects) = open(dir.path()).await;
    std::fs::create_dir(dir.path().join("recordings")).unwrap();
    let (secret, signing) = keys();
    seed(&store, &objects, &dir.path().join("recordings"), &secret, &signing).await;
    store.close().await;
    dir
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        match entry.file_type().unwrap().is_dir() {
            true => copy(&entry.path(), &target),
            false => drop(std::fs::copy(entry.path(), target).unwrap()),
        }
    }
}

impl World {
    pub async fn new() -> Self {
        Self::with(Settings::default()).await
    }

    pub async fn with(settings: Settings) -> Self {
        let template = SEEDED.get_or_init(seeded).await;
        let dir = TempDir::new().unwrap();
        copy(template.path(), dir.path());
        Self::on(dir, settings).await
    }

    /// The same world after someone with access to the disk replaced bytes in the database file by as many others.
    pub async fn rewritten(self, from: &str, to: &str) -> Self {
        assert_eq!(from.len(), to.len());
        self.store.close().await;
        let file = self.dir.path().join("duxue.db");
        let mut bytes = std::fs::read(&file).unwrap();
        let places: Vec<usize> =
            (0..bytes.len() - from.len()).filter(|&at| bytes[at..].starts_with(from.as_bytes())).collect();
        assert!(!places.is_empty(), "{from} is not in the file");
        for at in places {
            bytes[at..at + to.len()].copy_from_slice(to.as_bytes());
        }
        std::fs::write(file, bytes).unwrap();
        Self::on(self.dir, Settings::default()).await
    }

    async fn on(dir: TempDir, settings: Settings) -> Self {
        let (store, objects) = open(dir.path()).await;
        let (secret, signing) = keys();
        let now = Arc::new(Mutex::new(at(NOW)));
        let mut tx = store.read().await.unwrap();
        let newest = tx.newest_policy().await.unwrap().unwrap().version;
        let policy = tx.policy(newest).await.unwrap().unwrap();
        let in_force = InForce::new(Grounds::new(policy, tx.calendar().await.unwrap()));
        drop(tx);
        let (cameras, vision) = (Arc::new(FakeCameras::default()), Arc::new(FakeVision::default()));
        let (pokes, tracker, stop) = (Pokes::default(), TaskTracker::new(), CancellationToken::new());
        let clock = now.clone();
        let router = duxue_api::router(App {
            store: store.clone(),
            objects,
            secret: secret.clone(),
            public_key: signing.public(),
            signing: Arc::new(signing),
            recordings_dir: dir.path().join("recordings"),
            spool: Spool::open(dir.path().join("uploads")).await.unwrap(),
            cameras: cameras.clone(),
            vision: vision.clone(),
            pokes: pokes.clone(),
            in_force,
            clock: Arc::new(move || *clock.lock().unwrap()),
            tracker: tracker.clone(),
            stop: stop.clone(),
            settings,
        });
        Self { router, store, secret, cameras, vision, pokes, tracker, stop, now, dir }
    }

    pub fn pass(&self, seconds: i64) {
        *self.now.lock().unwrap() += SignedDuration::from_secs(seconds);
    }

    pub fn dir(&self) -> PathBuf {
        self.dir.path().to_owned()
    }

    /// The same world after the service was started anew.
    pub async fn restarted(self) -> Self {
        self.store.close().await;
        Self::on(self.dir, Settings::default()).await
    }

    /// What the audit log says was done, oldest first.
    pub async fn audited(&self) -> Vec<String> {
        let entries = self.store.read().await.unwrap().audit_entries(None, 1000).await.unwrap();
        entries.into_iter().rev().map(|entry| entry.entry.action).filter(|action| action != "seed").collect()
    }
}
