//! A fresh, migrated database for each test, of either kind.

use std::{future::Future, str::FromStr};

use duxue_storage::{DatabaseUrl, Store, Tx};
use jiff::Timestamp;
use sqlx::{Connection, Executor, PgConnection, SqliteConnection};
use tempfile::TempDir;
use uuid::Uuid;

/// Declares each test twice: `sqlite::name` and `postgres::name`.
macro_rules! both {
    ($($(#[$meta:meta])* async fn $name:ident($db:ident: &Db) $body:block)+) => {
        $($(#[$meta])* async fn $name($db: &$crate::common::Db) $body)+
        mod sqlite {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $name() {
                $crate::common::on_sqlite(async |db| super::$name(db).await).await;
            })+
        }
        mod postgres {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $name() {
                $crate::common::on_postgres(async |db| super::$name(db).await).await;
            })+
        }
    };
}
pub(crate) use both;

/// An open database of a test.
pub struct Db {
    pub store: Store,
    pub url: DatabaseUrl,
    /// The same with its password.
    pub raw_url: String,
    _directory: Option<TempDir>,
}

impl Db {
    pub async fn begin(&self) -> Tx {
        self.store.begin().await.unwrap()
    }

    pub async fn read(&self) -> Tx {
        self.store.read().await.unwrap()
    }

    pub fn is_sqlite(&self) -> bool {
        self.url.path().is_some()
    }

    /// Runs SQL behind the store's back, as an intruder would.
    pub async fn behind(&self, sql: &str) {
        behind(&self.raw_url, sql).await;
    }
}

pub async fn behind(url: &str, sql: &str) {
    let sql = sqlx::AssertSqlSafe(sql.to_owned());
    if url.starts_with("sqlite") {
        let mut connection = SqliteConnection::connect(url).await.unwrap();
        connection.execute("PRAGMA foreign_keys = OFF").await.unwrap();
        connection.execute(sql).await.unwrap();
        connection.close().await.unwrap();
    } else {
        let mut connection = PgConnection::connect(url).await.unwrap();
        connection.execute(sql).await.unwrap();
        connection.close().await.unwrap();
    }
}

pub async fn on_sqlite(test: impl AsyncFnOnce(&Db)) {
    let directory = tempfile::tempdir().unwrap();
    let raw_url = format!("sqlite://{}", directory.path().join("duxue.db").display());
    let db = open(raw_url, Some(directory)).await;
    test(&db).await;
    db.store.close().await;
}

pub async fn on_postgres(test: impl AsyncFnOnce(&Db)) {
    let (raw_url, admin, name) = new_postgres_database(&postgres_admin()).await;
    let db = open(raw_url, None).await;
    test(&db).await;
    db.store.close().await;
    // After a failure it stays, to be looked at.
    let mut admin = PgConnection::connect(&admin).await.unwrap();
    admin.execute(sqlx::AssertSqlSafe(format!("DROP DATABASE {name} WITH (FORCE)"))).await.unwrap();
}

/// An empty database on the server of `admin`: its address, the administrator's, its name.
pub async fn new_postgres_database(admin: &str) -> (String, String, String) {
    let name = format!("duxue_{}", Uuid::now_v7().simple());
    let mut connection = PgConnection::connect(admin).await.unwrap();
    connection.execute(sqlx::AssertSqlSafe(format!("CREATE DATABASE {name}"))).await.unwrap();
    let (server, _) = admin.rsplit_once('/').unwrap();
    (format!("{server}/{name}"), admin.to_owned(), name)
}

pub fn postgres_admin() -> String {
    std::env::var("DUXUE_TEST_POSTGRES")
        .expect("DUXUE_TEST_POSTGRES is not set: run the tests as `scripts/test-services cargo nextest run`, which starts a private PostgreSQL and says where it is")
}

async fn open(raw_url: String, directory: Option<TempDir>) -> Db {
    let url = DatabaseUrl::from_str(&raw_url).unwrap();
    let store = Store::connect(&url, true).await.unwrap();
    Db { store, url, raw_url, _directory: directory }
}

/// 2024-10-08T01:00:00Z, 09:00 in Fushun, and so many seconds.
pub fn at(second: i64) -> Timestamp {
    Timestamp::from_second(1_728_349_200 + second).unwrap()
}

/// A new identity of any kind.
pub fn id<I: From<Uuid>>() -> I {
    I::from(Uuid::now_v7())
}

/// Runs several at once and gives their results in order.
pub async fn at_once<T: Send + 'static>(tasks: Vec<impl Future<Output = T> + Send + 'static>) -> Vec<T> {
    let tracker = tokio_util::task::TaskTracker::new();
    let handles: Vec<_> = tasks.into_iter().map(|task| tracker.spawn(task)).collect();
    let mut results = Vec::new();
    for handle in handles {
        results.push(handle.await.unwrap());
    }
    results
}
