//! The open database.

use sqlx::{PgPool, SqlitePool};

use crate::{ConnectError, DatabaseUrl, Result, Tx, connect};

/// The open database; cheap to clone.
#[derive(Clone, Debug)]
pub struct Store(pub(crate) Pools);

#[derive(Clone, Debug)]
pub(crate) enum Pools {
    /// One connection writes, so that writers queue here and not in SQLite's busy handler; several read beside it (WAL).
    Sqlite {
        write: SqlitePool,
        read: SqlitePool,
    },
    Postgres(PgPool),
}

impl Store {
    /// Opens the database; with `migrate`, creates it (SQLite) and brings it to this version.
    ///
    /// # Errors
    ///
    /// [`ConnectError`] tells what the matter is and what to do; nothing was changed then.
    pub async fn connect(url: &DatabaseUrl, migrate: bool) -> Result<Self, ConnectError> {
        connect::open(url, migrate).await.map(Self)
    }

    /// Begins a transaction that may change things.
    pub async fn begin(&self) -> Result<Tx> {
        match &self.0 {
            // IMMEDIATE: take the write lock now, not half-way, where SQLite could only refuse.
            Pools::Sqlite { write, .. } => Ok(Tx::sqlite(write.begin_with("BEGIN IMMEDIATE").await?)),
            Pools::Postgres(pool) => Ok(Tx::postgres(pool.begin().await?)),
        }
    }

    /// Begins a transaction that only reads, all of it as of one moment; it never waits for a writer.
    pub async fn read(&self) -> Result<Tx> {
        match &self.0 {
            Pools::Sqlite { read, .. } => Ok(Tx::sqlite(read.begin().await?)),
            Pools::Postgres(pool) => {
                Ok(Tx::postgres(pool.begin_with("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY").await?))
            }
        }
    }

    /// What the database finds damaged in itself, in its own words. SQLite reads its whole file for this; PostgreSQL
    /// has no such check (its `amcheck` and page checksums are the administrator's).
    pub async fn damage(&self) -> Result<Vec<String>> {
        let Pools::Sqlite { read, .. } = &self.0 else { return Ok(Vec::new()) };
        let mut found: Vec<String> = sqlx::query_scalar("PRAGMA integrity_check(10)").fetch_all(read).await?;
        found.retain(|line| line != "ok");
        let orphans: Vec<String> = sqlx::query_scalar(
            r#"SELECT 'a row of ' || "table" || ' refers to a missing row of ' || parent
               FROM pragma_foreign_key_check LIMIT 10"#,
        )
        .fetch_all(read)
        .await?;
        found.extend(orphans);
        Ok(found)
    }

    /// Closes all connections, after what is under way.
    pub async fn close(&self) {
        match &self.0 {
            Pools::Sqlite { write, read } => {
                read.close().await;
                write.close().await;
            }
            Pools::Postgres(pool) => pool.close().await,
        }
    }
}
