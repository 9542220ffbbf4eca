//! Where the database is: `sqlite:///var/lib/duxue/duxue.db` or `postgres://user:password@host/database`.

use std::{
    fmt,
    path::{Path, PathBuf},
    str::FromStr,
};

use sqlx::postgres::PgConnectOptions;

/// A checked address. Its text form never shows a password.
#[derive(Clone)]
pub struct DatabaseUrl(pub(crate) Target);

#[derive(Clone)]
pub(crate) enum Target {
    Sqlite(PathBuf),
    Postgres(Box<PgConnectOptions>),
}

/// What was given is no address of a database.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadDatabaseUrl {
    /// Neither of the two kinds.
    #[error("a database address starts with sqlite:// or postgres://")]
    Scheme,
    /// `sqlite://` without a path, or with options.
    #[error("sqlite:// is followed by the path of a file, such as sqlite:///var/lib/duxue/duxue.db, and nothing else")]
    Path,
    /// PostgreSQL's own parser refused it; what it says shows no password.
    #[error("not a PostgreSQL address of the form postgres://user:password@host:port/database")]
    Postgres,
}

impl DatabaseUrl {
    /// A SQLite file.
    pub fn sqlite(path: impl Into<PathBuf>) -> Self {
        Self(Target::Sqlite(path.into()))
    }

    /// The file, if it is SQLite.
    pub fn path(&self) -> Option<&Path> {
        match &self.0 {
            Target::Sqlite(path) => Some(path),
            Target::Postgres(_) => None,
        }
    }
}

impl FromStr for DatabaseUrl {
    type Err = BadDatabaseUrl;

    fn from_str(text: &str) -> Result<Self, BadDatabaseUrl> {
        if let Some(path) = text.strip_prefix("sqlite://") {
            if path.is_empty() || path.contains('?') || path.ends_with('/') {
                return Err(BadDatabaseUrl::Path);
            }
            return Ok(Self::sqlite(path));
        }
        if text.starts_with("postgres://") || text.starts_with("postgresql://") {
            let options = text.parse().map_err(|_| BadDatabaseUrl::Postgres)?;
            return Ok(Self(Target::Postgres(Box::new(options))));
        }
        Err(BadDatabaseUrl::Scheme)
    }
}

impl fmt::Display for DatabaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Target::Sqlite(path) => write!(f, "sqlite://{}", path.display()),
            Target::Postgres(options) => {
                let database = options.get_database().unwrap_or_default();
                write!(
                    f,
                    "postgres://{}@{}:{}/{database}",
                    options.get_username(),
                    options.get_host(),
                    options.get_port()
                )
            }
        }
    }
}

impl fmt::Debug for DatabaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "DatabaseUrl({self})")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_never_shows() {
        let url: DatabaseUrl = "postgres://duxue:hunter2@db.example:5433/duxue".parse().unwrap();
        assert_eq!(url.to_string(), "postgres://duxue@db.example:5433/duxue");
        assert!(!format!("{url:?}").contains("hunter2"));
    }

    #[test]
    fn what_is_no_address_is_told() {
        assert_eq!("mysql://x/y".parse::<DatabaseUrl>().unwrap_err(), BadDatabaseUrl::Scheme);
        assert_eq!("sqlite://".parse::<DatabaseUrl>().unwrap_err(), BadDatabaseUrl::Path);
        assert_eq!("sqlite:///a.db?mode=ro".parse::<DatabaseUrl>().unwrap_err(), BadDatabaseUrl::Path);
        assert_eq!("postgres://host:port/x".parse::<DatabaseUrl>().unwrap_err(), BadDatabaseUrl::Postgres);
    }

    #[test]
    fn a_file_is_taken_as_it_stands() {
        let url: DatabaseUrl = "sqlite:///var/lib/duxue/duxue.db".parse().unwrap();
        assert_eq!(url.path(), Some(Path::new("/var/lib/duxue/duxue.db")));
    }
}
