//! One row of either database, read by column name into our types.
//!
//! What cannot be read is [`Error::Corrupt`] with the row's identity and the column, never a panic.

use std::str::FromStr;

use duxue_rules::span::Span;
use jiff::Timestamp;
use serde::de::DeserializeOwned;
use sqlx::{Row as _, postgres::PgRow, sqlite::SqliteRow};

use crate::{Error, Named, Result, json};

/// A fetched row.
pub(crate) enum Row {
    Sqlite(SqliteRow),
    Postgres(PgRow),
}

/// A struct that a row becomes.
pub(crate) trait FromRow: Sized {
    fn from_row(row: &Row) -> Result<Self>;
}

macro_rules! get {
    ($row:expr, $type:ty, $column:expr) => {
        match $row {
            Row::Sqlite(row) => row.try_get::<$type, _>($column),
            Row::Postgres(row) => row.try_get::<$type, _>($column),
        }
    };
}

impl Row {
    fn corrupt(&self, column: &'static str, problem: impl ToString) -> Error {
        let row = get!(self, String, 0).or_else(|_| get!(self, i64, 0).map(|number| number.to_string()));
        Error::Corrupt { row: row.unwrap_or_else(|_| "?".to_owned()), column, problem: problem.to_string() }
    }

    pub fn text(&self, column: &'static str) -> Result<String> {
        get!(self, String, column).map_err(|error| self.corrupt(column, error))
    }

    pub fn opt_text(&self, column: &'static str) -> Result<Option<String>> {
        get!(self, Option<String>, column).map_err(|error| self.corrupt(column, error))
    }

    pub fn int(&self, column: &'static str) -> Result<i64> {
        get!(self, i64, column).map_err(|error| self.corrupt(column, error))
    }

    pub fn opt_int(&self, column: &'static str) -> Result<Option<i64>> {
        get!(self, Option<i64>, column).map_err(|error| self.corrupt(column, error))
    }

    pub fn real(&self, column: &'static str) -> Result<f64> {
        get!(self, f64, column).map_err(|error| self.corrupt(column, error))
    }

    pub fn opt_real(&self, column: &'static str) -> Result<Option<f64>> {
        get!(self, Option<f64>, column).map_err(|error| self.corrupt(column, error))
    }

    pub fn flag(&self, column: &'static str) -> Result<bool> {
        get!(self, bool, column).map_err(|error| self.corrupt(column, error))
    }

    /// A number that our type for it can hold.
    pub fn number<T: TryFrom<i64>>(&self, column: &'static str) -> Result<T> {
        let number = self.int(column)?;
        T::try_from(number).map_err(|_| self.corrupt(column, format!("{number} is out of range")))
    }

    pub fn opt_number<T: TryFrom<i64>>(&self, column: &'static str) -> Result<Option<T>> {
        let Some(number) = self.opt_int(column)? else { return Ok(None) };
        T::try_from(number).map(Some).map_err(|_| self.corrupt(column, format!("{number} is out of range")))
    }

    pub fn time(&self, column: &'static str) -> Result<Timestamp> {
        Timestamp::from_microsecond(self.int(column)?).map_err(|error| self.corrupt(column, error))
    }

    pub fn opt_time(&self, column: &'static str) -> Result<Option<Timestamp>> {
        let at = self.opt_int(column)?.map(Timestamp::from_microsecond).transpose();
        at.map_err(|error| self.corrupt(column, error))
    }

    /// An identity, or anything else with a text form.
    pub fn parsed<T: FromStr<Err: ToString>>(&self, column: &'static str) -> Result<T> {
        self.text(column)?.parse().map_err(|error: T::Err| self.corrupt(column, error.to_string()))
    }

    pub fn opt_parsed<T: FromStr<Err: ToString>>(&self, column: &'static str) -> Result<Option<T>> {
        let value = self.opt_text(column)?.map(|text| text.parse()).transpose();
        value.map_err(|error: T::Err| self.corrupt(column, error.to_string()))
    }

    /// An identity beside the name of what it identifies.
    pub fn named<I: FromStr<Err: ToString>>(&self, id: &'static str, name: &'static str) -> Result<Named<I>> {
        Ok(Named { id: self.parsed(id)?, name: self.text(name)? })
    }

    pub fn opt_named<I: FromStr<Err: ToString>>(
        &self,
        id: &'static str,
        name: &'static str,
    ) -> Result<Option<Named<I>>> {
        match (self.opt_parsed(id)?, self.opt_text(name)?) {
            (Some(id), Some(name)) => Ok(Some(Named { id, name })),
            (None, None) => Ok(None),
            _ => Err(self.impossible(id)),
        }
    }

    /// Two instants, the second after the first.
    pub fn span(&self, start: &'static str, end: &'static str) -> Result<Span> {
        Span::new(self.time(start)?, self.time(end)?).map_err(|error| self.corrupt(end, error))
    }

    /// An enum of one word.
    pub fn word<T: DeserializeOwned>(&self, column: &'static str) -> Result<T> {
        json::from_word(&self.text(column)?).map_err(|error| self.corrupt(column, error))
    }

    pub fn opt_word<T: DeserializeOwned>(&self, column: &'static str) -> Result<Option<T>> {
        let value = self.opt_text(column)?.map(|word| json::from_word(&word)).transpose();
        value.map_err(|error| self.corrupt(column, error))
    }

    pub fn json<T: DeserializeOwned>(&self, column: &'static str) -> Result<T> {
        serde_json::from_str(&self.text(column)?).map_err(|error| self.corrupt(column, error))
    }

    /// 32 bytes in hexadecimal.
    pub fn hash(&self, column: &'static str) -> Result<[u8; 32]> {
        let mut hash = [0; 32];
        hex::decode_to_slice(self.text(column)?, &mut hash).map_err(|error| self.corrupt(column, error))?;
        Ok(hash)
    }

    /// A combination of columns that no state allows.
    pub fn impossible(&self, column: &'static str) -> Error {
        self.corrupt(column, "does not fit the state of the row")
    }
}
