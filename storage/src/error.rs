//! What can go wrong between a caller and the database.

use crate::constraint::{self, Constraint};

/// The result of everything on [`crate::Tx`].
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Why a statement did not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// What someone typed cannot be stored: a name that is taken, a reference to nothing, a value out of range.
    #[error("{field}: {en}")]
    Field {
        /// The field, as the API calls it.
        field: &'static str,
        /// The constraint that it broke.
        constraint: &'static str,
        /// The sentence for people, in Chinese.
        zh: &'static str,
        /// The same in English.
        en: &'static str,
    },
    /// The row is no longer, or never was, in the state that this change starts from: another was faster.
    #[error("the {what} was changed by someone else meanwhile")]
    Lost {
        /// What kind of row.
        what: &'static str,
    },
    /// A row holds something that cannot be: the database was changed from outside, or is broken.
    #[error("the database is inconsistent: row {row}, column {column}: {problem}")]
    Corrupt {
        /// The row's first column, which is its identity.
        row: String,
        /// The column.
        column: &'static str,
        /// What is wrong with it.
        problem: String,
    },
    /// The database cannot be reached or is too busy. Nothing was changed; trying again later is right.
    #[error("the database does not answer")]
    Unavailable(#[source] sqlx::Error),
    /// A mistake in a statement, or a fault that no retry cures.
    #[error("the database refused a statement")]
    Database(#[source] sqlx::Error),
    /// What was encrypted does not open with this key.
    #[error(transparent)]
    Secret(#[from] crate::secret::CannotOpen),
}

impl Error {
    /// Whether the same call may succeed a little later.
    pub fn is_passing(&self) -> bool {
        matches!(self, Self::Unavailable(_))
    }

    pub(crate) fn of(constraint: &'static Constraint) -> Self {
        let Constraint { name, field, zh, en, .. } = *constraint;
        Self::Field { field, constraint: name, zh, en }
    }
}

impl From<sqlx::Error> for Error {
    fn from(error: sqlx::Error) -> Self {
        if is_passing(&error) {
            return Self::Unavailable(error);
        }
        match error.as_database_error().and_then(constraint::broken_by) {
            Some(constraint) => Self::of(constraint),
            None => Self::Database(error),
        }
    }
}

/// Connection faults, and the server's own "not now".
///
/// SQLSTATE classes from PostgreSQL's appendix A: 08 connection, 40 serialization and deadlock, 53 resources, 57P01-05
/// shutdown. SQLite result codes: 5 busy, 6 locked; the low byte of an extended code is the plain one.
fn is_passing(error: &sqlx::Error) -> bool {
    match error {
        sqlx::Error::Io(_)
        | sqlx::Error::Tls(_)
        | sqlx::Error::PoolTimedOut
        | sqlx::Error::PoolClosed
        | sqlx::Error::WorkerCrashed
        | sqlx::Error::Protocol(_)
        | sqlx::Error::BeginFailed => true,
        sqlx::Error::Database(error) => {
            let Some(code) = error.code() else { return false };
            if error.try_downcast_ref::<sqlx::sqlite::SqliteError>().is_some() {
                return code.parse::<u32>().is_ok_and(|code| matches!(code & 0xff, 5 | 6));
            }
            ["08", "40", "53", "57P"].iter().any(|class| code.starts_with(class))
        }
        _ => false,
    }
}
