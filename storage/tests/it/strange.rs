//! Databases that duxue must not touch, each refused with a sentence that helps.

use std::{path::Path, str::FromStr};

use duxue_storage::{ConnectError, DatabaseUrl, Store};

use crate::common::{Db, at_once, behind, both, new_postgres_database, postgres_admin};

async fn again(db: &Db) -> Result<Store, ConnectError> {
    db.store.close().await;
    Store::connect(&db.url, true).await
}

both! {
    async fn a_database_opens_again_as_it_is(db: &Db) {
        let store = again(db).await.unwrap();
        store.close().await;
        let store = Store::connect(&db.url, false).await.unwrap();
        store.close().await;
    }

    async fn a_newer_one_is_refused(db: &Db) {
        let checksum = if db.is_sqlite() { "x'00'" } else { r"'\x00'" };
        db.behind(&format!(
            "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time)
             VALUES (29990101000000, 'from the future', TRUE, {checksum}, 1)"
        ))
        .await;
        let error = again(db).await.unwrap_err();
        assert!(matches!(error, ConnectError::Newer { version: 29990101000000, .. }), "{error}");
        assert!(error.to_string().contains("newer duxue"), "{error}");
    }

    async fn a_changed_migration_is_refused(db: &Db) {
        let checksum = if db.is_sqlite() { "x'00'" } else { r"'\x00'" };
        db.behind(&format!("UPDATE _sqlx_migrations SET checksum = {checksum} WHERE version = 20261123000004")).await;
        let error = again(db).await.unwrap_err();
        assert!(matches!(error, ConnectError::Changed { version: 20261123000004, .. }), "{error}");
    }

    async fn a_behind_one_is_refused_without_leave_to_migrate(db: &Db) {
        for undo in [
            "DROP TABLE calendar_files",
            "DROP TABLE policy_file",
            "ALTER TABLE policies DROP COLUMN created_by",
            "ALTER TABLE policies DROP COLUMN reason",
            "DELETE FROM _sqlx_migrations WHERE version = 20261128000010",
        ] {
            db.behind(undo).await;
        }
        db.store.close().await;
        let error = Store::connect(&db.url, false).await.unwrap_err();
        assert!(matches!(error, ConnectError::Pending { pending: 1, .. }), "{error}");
        Store::connect(&db.url, true).await.unwrap().close().await;
        Store::connect(&db.url, false).await.unwrap().close().await;
    }
}

async fn foreign(raw_url: &str) {
    behind(raw_url, "CREATE TABLE recipes (name TEXT)").await;
    let url = DatabaseUrl::from_str(raw_url).unwrap();
    let error = Store::connect(&url, true).await.unwrap_err();
    assert!(matches!(&error, ConnectError::Foreign { table, .. } if table == "recipes"), "{error}");
    assert!(error.to_string().contains("another program"), "{error}");
    behind(raw_url, "INSERT INTO recipes VALUES ('still there')").await;
    // Neither does a program that keeps its history the same way pass for ours.
    behind(raw_url, "CREATE TABLE _sqlx_migrations (version BIGINT, checksum TEXT)").await;
    assert!(Store::connect(&url, true).await.is_err());
}

/// Several processes start on an empty database.
async fn first_start_of_many(raw_url: &str) {
    let starts = (0..4).map(|_| {
        let url = DatabaseUrl::from_str(raw_url).unwrap();
        async move { Store::connect(&url, true).await }
    });
    for store in at_once(starts.collect()).await {
        let store = store.unwrap();
        store.begin().await.unwrap().audit_head().await.unwrap();
        store.close().await;
    }
}

fn sqlite_url(path: &Path) -> String {
    format!("sqlite://{}", path.display())
}

#[tokio::test]
async fn a_foreign_sqlite_database_is_refused() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("recipes.db");
    std::fs::write(&path, "").unwrap();
    foreign(&sqlite_url(&path)).await;
}

#[tokio::test]
async fn a_foreign_postgres_database_is_refused() {
    let (url, ..) = new_postgres_database(&postgres_admin()).await;
    foreign(&url).await;
}

#[tokio::test]
async fn an_extension_in_a_postgres_database_is_nobodys_program() {
    let (url, ..) = new_postgres_database(&postgres_admin()).await;
    behind(&url, "CREATE EXTENSION pg_stat_statements").await;
    Store::connect(&DatabaseUrl::from_str(&url).unwrap(), true).await.unwrap().close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_process_migrates_sqlite() {
    let directory = tempfile::tempdir().unwrap();
    first_start_of_many(&sqlite_url(&directory.path().join("duxue.db"))).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_process_migrates_postgres() {
    let (url, ..) = new_postgres_database(&postgres_admin()).await;
    first_start_of_many(&url).await;
}

#[tokio::test]
async fn garbage_is_no_database() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("duxue.db");
    let garbage = b"this is not a database at all ".repeat(300);
    std::fs::write(&path, &garbage).unwrap();
    let error = Store::connect(&DatabaseUrl::sqlite(&path), true).await.unwrap_err();
    assert!(matches!(error, ConnectError::Broken { .. }), "{error:?}");
    assert!(error.to_string().contains("restore it from the last backup"), "{error}");
    assert_eq!(std::fs::read(&path).unwrap(), garbage, "it is not touched");
}

#[tokio::test]
async fn a_damaged_page_is_found_at_the_start() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("duxue.db");
    let url = DatabaseUrl::sqlite(&path);
    Store::connect(&url, true).await.unwrap().close().await;
    let mut bytes = std::fs::read(&path).unwrap();
    // Past the first page, which holds the schema's root.
    bytes[4096..12288].fill(0xaa);
    std::fs::write(&path, bytes).unwrap();
    let error = Store::connect(&url, true).await.unwrap_err();
    assert!(matches!(error, ConnectError::Broken { .. }), "{error:?}");
}

#[tokio::test]
async fn a_missing_one_is_made_only_when_asked() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("duxue.db");
    let url = DatabaseUrl::sqlite(&path);
    assert!(matches!(Store::connect(&url, false).await, Err(ConnectError::Missing { .. })));
    assert!(!path.exists());
    Store::connect(&url, true).await.unwrap().close().await;
    use std::os::unix::fs::PermissionsExt;
    assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
}

#[tokio::test]
async fn a_directory_that_is_not_there_is_told() {
    let url = DatabaseUrl::sqlite("/nowhere/at/all/duxue.db");
    let error = Store::connect(&url, true).await.unwrap_err();
    assert!(matches!(error, ConnectError::File { .. }), "{error:?}");
    assert!(error.to_string().contains("check that the directory exists"), "{error}");
}

#[tokio::test]
async fn a_server_that_does_not_answer_is_told_without_its_password() {
    let url = DatabaseUrl::from_str("postgres://duxue:hunter2@127.0.0.1:9/duxue").unwrap();
    let error = Store::connect(&url, true).await.unwrap_err();
    assert!(matches!(error, ConnectError::Unreachable { .. }), "{error:?}");
    assert!(!format!("{error} {error:?}").contains("hunter2"));
}

#[tokio::test]
async fn a_wrong_password_is_told() {
    let admin = postgres_admin();
    let (head, tail) = admin.rsplit_once('@').unwrap();
    let (user, _) = head.rsplit_once(':').unwrap();
    let url = DatabaseUrl::from_str(&format!("{user}:wrong@{tail}")).unwrap();
    let error = Store::connect(&url, true).await.unwrap_err();
    assert!(error.to_string().contains("user and password"), "{error}");
}
