//! Years of the calendar that a manager brought in: each a file, none ever changed, the newest of a year counts.

use std::collections::BTreeMap;

use duxue_rules::{
    calendar::{Calendar, YearFile},
    ids::UserId,
};
use jiff::Timestamp;

use crate::{
    Error, Named, Result, Tx,
    row::{FromRow, Row},
    value::args,
};

/// A file as it was brought in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CalendarFile {
    /// 1, 2, 3, … over all years.
    pub number: i64,
    /// What it says.
    pub file: YearFile,
    /// Why it came.
    pub reason: String,
    /// When.
    pub created_at: Timestamp,
    /// Who brought it in.
    pub created_by: Named<UserId>,
}

/// The calendar that working days are reckoned by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredCalendar {
    /// The number of the newest file; 0 where nothing was brought in.
    pub number: i64,
    /// The days.
    pub calendar: Calendar,
}

impl FromRow for CalendarFile {
    fn from_row(row: &Row) -> Result<Self> {
        Ok(Self {
            number: row.int("number")?,
            file: YearFile::parse(&row.text("body")?).map_err(|_| row.impossible("body"))?,
            reason: row.text("reason")?,
            created_at: row.time("created_at")?,
            created_by: row.named("created_by", "created_by_name")?,
        })
    }
}

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT c.number, c.body, c.reason, c.created_at, c.created_by, u.display_name AS created_by_name
             FROM calendar_files c JOIN users u ON u.id = c.created_by ",
            $rest
        )
    };
}

impl Tx {
    /// The calendar in force: the program's years, and in their place what was brought in.
    pub async fn calendar(&mut self) -> Result<StoredCalendar> {
        let files: Vec<CalendarFile> = self.all(select!("ORDER BY c.number"), args![]).await?;
        let number = files.last().map_or(0, |file| file.number);
        let mut newest: BTreeMap<i16, CalendarFile> = BTreeMap::new();
        for file in files {
            newest.insert(file.file.year, file);
        }
        let mut newest: Vec<CalendarFile> = newest.into_values().collect();
        newest.sort_unstable_by_key(|file| file.number);
        let calendar = Calendar::with(newest.into_iter().map(|file| file.file)).map_err(|error| Error::Corrupt {
            row: number.to_string(),
            column: "body",
            problem: error.to_string(),
        })?;
        Ok(StoredCalendar { number, calendar })
    }

    /// The number of the newest file; 0 where nothing was brought in.
    pub(crate) async fn newest_calendar_number(&mut self) -> Result<i64> {
        self.one("SELECT COALESCE(MAX(number), 0) AS n FROM calendar_files", args![]).await
    }

    /// The files of a year, the newest first.
    pub async fn calendar_files(&mut self, year: i16) -> Result<Vec<CalendarFile>> {
        self.all(select!("WHERE c.year = $1 ORDER BY c.number DESC"), args![year]).await
    }

    /// Keeps a file after the file `before`: lost if another came meanwhile, whatever its year. Its number.
    pub async fn add_calendar_file(
        &mut self,
        before: i64,
        (year, body): (i16, &str),
        (by, reason): (UserId, &str),
        now: Timestamp,
    ) -> Result<i64> {
        let added = self
            .run(
                "INSERT INTO calendar_files (number, year, body, reason, created_at, created_by)
                 SELECT $1, $2, $3, $4, $5, $6
                 WHERE $7 = (SELECT COALESCE(MAX(number), 0) FROM calendar_files)
                 ON CONFLICT (number) DO NOTHING",
                args![before + 1, i64::from(year), body, reason, now, by, before],
            )
            .await?;
        if added == 0 { Err(Error::Lost { what: "calendar" }) } else { Ok(before + 1) }
    }
}
