//! One transaction on either database, and the few ways a statement is run.

use sqlx::{Postgres, Sqlite, Transaction};

use crate::{
    Error, Result, audit,
    constraint::named,
    row::{FromRow, Row},
    value::Value,
};

/// A transaction. Dropping it undoes everything; [`Tx::commit`] makes it last.
///
/// Every query of duxue is a method on this type, in the file of its aggregate.
pub struct Tx {
    inner: Inner,
    /// Appended to the chain by `commit`, after every other lock is held, so that two transactions never wait for each
    /// other.
    entries: Vec<audit::Entry>,
}

enum Inner {
    Sqlite(Transaction<'static, Sqlite>),
    Postgres(Transaction<'static, Postgres>),
}

/// Runs the same code on whichever connection there is.
macro_rules! on_either {
    ($tx:expr, |$connection:ident, $row:ident| $body:expr) => {
        match &mut $tx.inner {
            Inner::Sqlite(transaction) => {
                #[allow(unused)]
                let $row = Row::Sqlite;
                let $connection = &mut **transaction;
                $body
            }
            Inner::Postgres(transaction) => {
                #[allow(unused)]
                let $row = Row::Postgres;
                let $connection = &mut **transaction;
                $body
            }
        }
    };
}

/// A query with its values bound, for whichever database the connection turns out to be.
macro_rules! bound {
    ($sql:expr, $args:expr) => {{
        let mut query = sqlx::query($sql);
        for value in $args {
            query = match value {
                Value::Text(value) => query.bind(value.clone()),
                Value::Int(value) => query.bind(*value),
                Value::Real(value) => query.bind(*value),
                Value::Flag(value) => query.bind(*value),
            };
        }
        query
    }};
}

impl Tx {
    pub(crate) fn sqlite(transaction: Transaction<'static, Sqlite>) -> Self {
        Self { inner: Inner::Sqlite(transaction), entries: Vec::new() }
    }

    pub(crate) fn postgres(transaction: Transaction<'static, Postgres>) -> Self {
        Self { inner: Inner::Postgres(transaction), entries: Vec::new() }
    }

    /// Adds an entry to the audit log. It is written by [`Tx::commit`], in this same transaction.
    pub fn audit(&mut self, entry: audit::Entry) {
        self.entries.push(entry);
    }

    /// Makes everything last, with its audit entries.
    ///
    /// When the answer is [`Error::Unavailable`] the database went away during the call: nobody knows whether it
    /// lasted, and the caller looks before it tries again.
    pub async fn commit(mut self) -> Result<()> {
        let entries = std::mem::take(&mut self.entries);
        self.append_to_chain(entries).await?;
        match self.inner {
            Inner::Sqlite(transaction) => transaction.commit().await?,
            Inner::Postgres(transaction) => transaction.commit().await?,
        }
        Ok(())
    }

    /// Runs a statement; how many rows it touched.
    pub(crate) async fn run(&mut self, sql: &'static str, args: &[Value]) -> Result<u64> {
        storable(args)?;
        Ok(on_either!(self, |connection, _row| bound!(sql, args).execute(connection).await?.rows_affected()))
    }

    /// The rows of a query.
    pub(crate) async fn all<T: FromRow>(&mut self, sql: &'static str, args: &[Value]) -> Result<Vec<T>> {
        storable(args)?;
        on_either!(self, |connection, row| {
            let rows = bound!(sql, args).fetch_all(connection).await?;
            rows.into_iter().map(|fetched| T::from_row(&row(fetched))).collect()
        })
    }

    /// The one row of a query, if there is one.
    pub(crate) async fn optional<T: FromRow>(&mut self, sql: &'static str, args: &[Value]) -> Result<Option<T>> {
        storable(args)?;
        on_either!(self, |connection, row| {
            let found = bound!(sql, args).fetch_optional(connection).await?;
            found.map(|fetched| T::from_row(&row(fetched))).transpose()
        })
    }

    /// The one row that a query always has, such as a count.
    pub(crate) async fn one<T: FromRow>(&mut self, sql: &'static str, args: &[Value]) -> Result<T> {
        self.optional(sql, args).await?.ok_or(Error::Database(sqlx::Error::RowNotFound))
    }

    /// Inserts a row whose `parents` (constraint, query for the parent, its id) were named by someone outside.
    ///
    /// PostgreSQL says which foreign key broke. SQLite does not, and it leaves the transaction usable, so there the
    /// parents are looked for.
    pub(crate) async fn insert(&mut self, sql: &'static str, args: &[Value], parents: &[Parent]) -> Result<()> {
        let Err(error) = self.run(sql, args).await else { return Ok(()) };
        if matches!(self.inner, Inner::Sqlite(_)) && is_foreign_key(&error) {
            for (constraint, query, id) in parents {
                if id.is_null() {
                    continue;
                }
                if self.optional::<Any>(query, std::slice::from_ref(id)).await?.is_none()
                    && let Some(constraint) = named(constraint)
                {
                    return Err(Error::of(constraint));
                }
            }
        }
        Err(error)
    }

    /// Runs an UPDATE that names the state it expects, and must find exactly one row in it.
    pub(crate) async fn advance(&mut self, what: &'static str, sql: &'static str, args: &[Value]) -> Result<()> {
        match self.run(sql, args).await? {
            0 => Err(Error::Lost { what }),
            _ => Ok(()),
        }
    }
}

/// The constraint, a query that finds the parent by `$1`, and the parent's id.
pub(crate) type Parent = (&'static str, &'static str, Value);

/// Any row at all.
struct Any;

impl FromRow for Any {
    fn from_row(_: &Row) -> Result<Self> {
        Ok(Self)
    }
}

impl FromRow for i64 {
    fn from_row(row: &Row) -> Result<Self> {
        row.int("n")
    }
}

impl Value {
    fn is_null(&self) -> bool {
        matches!(self, Self::Text(None) | Self::Int(None) | Self::Real(None) | Self::Flag(None))
    }
}

fn is_foreign_key(error: &Error) -> bool {
    let Error::Database(error) = error else { return false };
    error.as_database_error().is_some_and(|error| error.is_foreign_key_violation())
}

/// PostgreSQL stores no U+0000 in a text; so nowhere do we.
fn storable(args: &[Value]) -> Result<()> {
    let nul = args.iter().any(|value| matches!(value, Value::Text(Some(text)) if text.contains('\0')));
    match named("text_without_nul") {
        Some(constraint) if nul => Err(Error::of(constraint)),
        _ => Ok(()),
    }
}
