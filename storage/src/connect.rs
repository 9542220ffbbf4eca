//! Opening a database, and refusing a strange one with a sentence that helps.

use std::{
    fs::File,
    path::{Path, PathBuf},
    str::FromStr,
    time::Duration,
};

use sqlx::{
    ConnectOptions, Connection, Executor, PgConnection, Row, SqliteConnection,
    migrate::{MigrateError, Migrator},
    postgres::{PgConnectOptions, PgPoolOptions},
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};

use crate::{DatabaseUrl, store::Pools, url::Target};

/// Every migration, built into the binary.
pub(crate) static MIGRATIONS: Migrator = sqlx::migrate!("./migrations");

/// A file this big is checked by `duxue check` only: reading it all would hold up the start.
const CHECK_AT_START_BYTES: u64 = 1 << 30;

const BUSY_TIMEOUT: Duration = Duration::from_secs(5);
const ACQUIRE_TIMEOUT: Duration = Duration::from_secs(10);
const READERS: u32 = 4;
const POSTGRES_CONNECTIONS: u32 = 10;

/// Why a database was not opened. Nothing was changed in it.
#[derive(Debug, thiserror::Error)]
pub enum ConnectError {
    /// There is no such file, and it was not asked to make one.
    #[error("there is no database at {path}; `duxue serve` creates it at its first start")]
    Missing {
        /// Where it was looked for.
        path: PathBuf,
    },
    /// The file or its directory cannot be used.
    #[error(
        "the database file {path} cannot be opened: check that the directory exists and that duxue may write there"
    )]
    File {
        /// Which.
        path: PathBuf,
        /// What the system said.
        #[source]
        source: std::io::Error,
    },
    /// The server does not answer, or refuses the user.
    #[error("the database {url} cannot be reached: check that it runs, and the address, user and password")]
    Unreachable {
        /// Which, without its password.
        url: DatabaseUrl,
        /// What was said.
        #[source]
        source: sqlx::Error,
    },
    /// The file is not a database at all, or is damaged.
    #[error(
        "{url} is damaged or no database ({problem}): restore it from the last backup, and keep this file for study"
    )]
    Broken {
        /// Which.
        url: DatabaseUrl,
        /// What was found.
        problem: String,
    },
    /// It is a database of something else.
    #[error(
        "{url} belongs to another program (it has a table {table:?} and no history of duxue): give duxue a database of its own"
    )]
    Foreign {
        /// Which.
        url: DatabaseUrl,
        /// A table that is not ours.
        table: String,
    },
    /// A newer duxue has been here.
    #[error(
        "{url} was made by a newer duxue (it has migration {version}, the last one known here is {known}): start that version or a later one"
    )]
    Newer {
        /// Which.
        url: DatabaseUrl,
        /// The first migration that is unknown here.
        version: i64,
        /// The last one that is known.
        known: i64,
    },
    /// A migration that was applied is not the one built in.
    #[error(
        "{url} was made with another text of migration {version} than this duxue has: start the very version that made it, or restore a backup"
    )]
    Changed {
        /// Which.
        url: DatabaseUrl,
        /// The migration that differs.
        version: i64,
    },
    /// Migrations are to be done, and it was not asked to.
    #[error(
        "{url} is of an older version ({pending} migrations to do): run `duxue serve` once, which brings it up to date"
    )]
    Pending {
        /// Which.
        url: DatabaseUrl,
        /// How many.
        pending: usize,
    },
    /// A migration failed; it was undone.
    #[error("{url} could not be brought up to date")]
    Migration {
        /// Which.
        url: DatabaseUrl,
        /// What was said.
        #[source]
        source: Box<MigrateError>,
    },
}

pub(crate) async fn open(url: &DatabaseUrl, migrate: bool) -> Result<Pools, ConnectError> {
    match &url.0 {
        Target::Sqlite(path) => open_sqlite(url, path, migrate).await,
        Target::Postgres(options) => open_postgres(url, options, migrate).await,
    }
}

async fn open_sqlite(url: &DatabaseUrl, path: &Path, migrate: bool) -> Result<Pools, ConnectError> {
    if !path.exists() {
        if !migrate {
            return Err(ConnectError::Missing { path: path.to_owned() });
        }
        // Asked of the system first, for its own words about the directory.
        private_file(path).map_err(|source| ConnectError::File { path: path.to_owned(), source })?;
    }
    let options = SqliteConnectOptions::new()
        .filename(path)
        .foreign_keys(true)
        .busy_timeout(BUSY_TIMEOUT)
        .journal_mode(SqliteJournalMode::Wal)
        // FULL: what was acknowledged survives a power cut.
        .synchronous(SqliteSynchronous::Full)
        .disable_statement_logging();
    let refused = |source| sqlite_refused(url, path, source);
    {
        // Held by one process at a time, across looking and migrating.
        let _guard = lock_beside(path.to_owned())
            .await
            .map_err(|source| ConnectError::File { path: path.to_owned(), source })?;
        let mut connection = options.connect().await.map_err(refused)?;
        if std::fs::metadata(path).is_ok_and(|file| file.len() <= CHECK_AT_START_BYTES) {
            let report: String =
                sqlx::query_scalar("PRAGMA quick_check(1)").fetch_one(&mut connection).await.map_err(refused)?;
            if report != "ok" {
                return Err(ConnectError::Broken { url: url.clone(), problem: report });
            }
        }
        let history = History::of_sqlite(&mut connection).await.map_err(refused)?;
        if history.judge(url, migrate)? {
            MIGRATIONS.run_direct(None, &mut connection, false).await.map_err(|error| failed(url, error))?;
        }
        connection.close().await.map_err(refused)?;
    }
    let pool = |connections| SqlitePoolOptions::new().max_connections(connections).acquire_timeout(ACQUIRE_TIMEOUT);
    let write = pool(1).connect_with(options.clone()).await.map_err(refused)?;
    let read = pool(READERS).connect_with(options.pragma("query_only", "ON")).await.map_err(refused)?;
    Ok(Pools::Sqlite { write, read })
}

async fn open_postgres(url: &DatabaseUrl, options: &PgConnectOptions, migrate: bool) -> Result<Pools, ConnectError> {
    let options = options.clone().application_name("duxue").disable_statement_logging();
    let unreachable = |source| ConnectError::Unreachable { url: url.clone(), source };
    let mut connection = options.connect().await.map_err(unreachable)?;
    let history = History::of_postgres(&mut connection).await.map_err(unreachable)?;
    if history.judge(url, migrate)? {
        // Takes an advisory lock that lasts as long as this connection: one process migrates, others wait and find
        // nothing to do.
        MIGRATIONS.run_direct(None, &mut connection, false).await.map_err(|error| failed(url, error))?;
    }
    connection.close().await.map_err(unreachable)?;
    let pool = PgPoolOptions::new().max_connections(POSTGRES_CONNECTIONS).acquire_timeout(ACQUIRE_TIMEOUT);
    Ok(Pools::Postgres(pool.connect_with(options).await.map_err(unreachable)?))
}

/// What a database says of its past.
struct History {
    tables: Vec<String>,
    applied: Vec<(i64, Vec<u8>)>,
}

const APPLIED: &str = "SELECT version, checksum FROM _sqlx_migrations ORDER BY version";

impl History {
    async fn of_sqlite(connection: &mut SqliteConnection) -> Result<Self, sqlx::Error> {
        let tables: Vec<String> = sqlx::query_scalar(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name",
        )
        .fetch_all(&mut *connection)
        .await?;
        let applied = if tables.iter().any(|table| table == "_sqlx_migrations") {
            pairs(connection.fetch_all(APPLIED).await?)?
        } else {
            Vec::new()
        };
        Ok(Self { tables, applied })
    }

    async fn of_postgres(connection: &mut PgConnection) -> Result<Self, sqlx::Error> {
        // An extension's own (pg_stat_statements in `template1`, say) make nobody's database of it.
        let tables: Vec<String> = sqlx::query_scalar(
            "SELECT c.relname::TEXT FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
             WHERE n.nspname = current_schema() AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
               AND NOT EXISTS (SELECT FROM pg_depend d
                 WHERE d.classid = 'pg_class'::REGCLASS AND d.objid = c.oid AND d.deptype = 'e')
             ORDER BY 1",
        )
        .fetch_all(&mut *connection)
        .await?;
        let applied = if tables.iter().any(|table| table == "_sqlx_migrations") {
            pairs(connection.fetch_all(APPLIED).await?)?
        } else {
            Vec::new()
        };
        Ok(Self { tables, applied })
    }

    /// Whether migrations are to be run.
    fn judge(&self, url: &DatabaseUrl, migrate: bool) -> Result<bool, ConnectError> {
        let url = || url.clone();
        let first = MIGRATIONS.iter().next().map(|migration| migration.version);
        let known = MIGRATIONS.iter().map(|migration| migration.version).max().unwrap_or_default();
        let ours = self.applied.iter().any(|(version, _)| Some(*version) == first);
        if !ours
            && let Some(table) =
                self.tables.iter().find(|table| *table != "_sqlx_migrations" || !self.applied.is_empty())
        {
            return Err(ConnectError::Foreign { url: url(), table: table.clone() });
        }
        for (version, checksum) in &self.applied {
            match MIGRATIONS.iter().find(|migration| migration.version == *version) {
                None => return Err(ConnectError::Newer { url: url(), version: *version, known }),
                Some(migration) if *migration.checksum != **checksum => {
                    return Err(ConnectError::Changed { url: url(), version: *version });
                }
                Some(_) => {}
            }
        }
        let pending = MIGRATIONS.iter().count() - self.applied.len();
        if pending > 0 && !migrate {
            return Err(ConnectError::Pending { url: url(), pending });
        }
        Ok(pending > 0)
    }
}

fn pairs<R: Row>(rows: Vec<R>) -> Result<Vec<(i64, Vec<u8>)>, sqlx::Error>
where
    usize: sqlx::ColumnIndex<R>,
    i64: for<'r> sqlx::Decode<'r, R::Database> + sqlx::Type<R::Database>,
    Vec<u8>: for<'r> sqlx::Decode<'r, R::Database> + sqlx::Type<R::Database>,
{
    rows.into_iter().map(|row| Ok((row.try_get(0)?, row.try_get(1)?))).collect()
}

/// 11 corrupt and 26 not a database are the file's fault; 14 cannot open is the system's.
fn sqlite_refused(url: &DatabaseUrl, path: &Path, source: sqlx::Error) -> ConnectError {
    let code = source.as_database_error().and_then(|error| error.code()).and_then(|code| u32::from_str(&code).ok());
    match code.map(|code| code & 0xff) {
        Some(11 | 26) => {
            let problem = source.as_database_error().map_or_else(String::new, |error| error.message().to_owned());
            ConnectError::Broken { url: url.clone(), problem }
        }
        Some(8 | 14) => ConnectError::File { path: path.to_owned(), source: std::io::Error::other(source) },
        _ => ConnectError::Unreachable { url: url.clone(), source },
    }
}

fn failed(url: &DatabaseUrl, error: MigrateError) -> ConnectError {
    let known = MIGRATIONS.iter().map(|migration| migration.version).max().unwrap_or_default();
    match error {
        // Another process was faster, and newer.
        MigrateError::VersionMissing(version) => ConnectError::Newer { url: url.clone(), version, known },
        MigrateError::VersionMismatch(version) => ConnectError::Changed { url: url.clone(), version },
        error => ConnectError::Migration { url: url.clone(), source: Box::new(error) },
    }
}

/// Creates the file for its owner only: it holds names and password hashes.
fn private_file(path: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::OpenOptionsExt;
    File::options().write(true).create(true).truncate(false).mode(0o600).open(path).map(drop)
}

/// SQLite has no advisory lock, the file system has: `duxue.db.migrating` beside `duxue.db`, free again when dropped.
/// Waiting for it would stop a worker of the runtime, perhaps the very one that its holder needs.
async fn lock_beside(path: PathBuf) -> std::io::Result<File> {
    let lock = move || {
        let mut name = path.into_os_string();
        name.push(".migrating");
        let file = File::options().write(true).create(true).truncate(false).open(name)?;
        file.lock()?;
        Ok(file)
    };
    tokio::task::spawn_blocking(lock).await.map_err(std::io::Error::other)?
}
