//! A year's file: what the State Council's yearly notice says, as an office can type it in.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::Deserialize;

use super::{Dates, DayKind, is_weekend};
use crate::text::Text;

/// A year's days off and make-up workdays, read and found sound.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct YearFile {
    /// The year that it is for.
    pub year: i16,
    /// The publication that it was taken from, for whoever wants to look it up.
    pub source: String,
    marks: BTreeMap<Date, DayKind>,
}

/// Why a year's file was not taken; the text names the field and the date.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum YearFileError {
    /// No TOML, an unknown or missing field, or a date that is none; with line and column.
    #[error("calendar file: {0}")]
    Unreadable(String),
    /// Nothing says where it was taken from.
    #[error("calendar file {year}: `source` must name the publication it was taken from")]
    NoSource {
        /// The file's year.
        year: i16,
    },
    /// A year always has holidays; without any the file is a mistake.
    #[error("calendar file {year}: there is no [[holiday]] in it")]
    Empty {
        /// The file's year.
        year: i16,
    },
    /// `from` after `to`.
    #[error("calendar file: holiday {holiday}: `to` {to} is before `from` {from}")]
    Backwards {
        /// The holiday's Chinese name.
        holiday: String,
        /// Its first day.
        from: Date,
        /// Its last day.
        to: Date,
    },
    /// No holiday lasts longer than two weeks: most likely a wrong month.
    #[error("calendar file: holiday {holiday} lasts {days} days, from {from}: at most {LONGEST_DAYS} can be right")]
    TooLong {
        /// The holiday's Chinese name.
        holiday: String,
        /// Its first day.
        from: Date,
        /// How many days.
        days: usize,
    },
    /// A date of another year. December of the year before is allowed: New Year's days off often begin there.
    #[error("calendar file {year}: {date} of holiday {holiday} is neither in {year} nor in the December before")]
    OtherYear {
        /// The file's year.
        year: i16,
        /// The holiday's Chinese name.
        holiday: String,
        /// The date.
        date: Date,
    },
    /// A make-up workday is a Saturday or a Sunday; any other day is worked anyhow.
    #[error("calendar file: `work` {date} of holiday {holiday} is a weekday, so it cannot be a make-up workday")]
    WorkOnWeekday {
        /// The holiday's Chinese name.
        holiday: String,
        /// The date.
        date: Date,
    },
    /// The same date twice.
    #[error("calendar file: {date} is named twice, for {first} and for {second}")]
    Twice {
        /// The date.
        date: Date,
        /// The first holiday that named it.
        first: String,
        /// The second.
        second: String,
    },
    /// Another year's file says something else of this date.
    #[error("calendar file {year}: {date} is off in one and worked in the other of this file and the one of {other}")]
    Contradicts {
        /// The date.
        date: Date,
        /// The file's year.
        year: i16,
        /// The other file's year.
        other: i16,
    },
}

/// More than any holiday ever had.
const LONGEST_DAYS: usize = 14;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Raw {
    year: i16,
    source: String,
    /// When it was published; for people only.
    #[serde(default, rename = "published")]
    _published: Option<Date>,
    #[serde(default)]
    holiday: Vec<RawHoliday>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawHoliday {
    zh: String,
    en: String,
    from: Date,
    to: Option<Date>,
    #[serde(default)]
    work: Vec<Date>,
}

impl YearFile {
    /// Reads a file (TOML): `year`, `source`, and for each holiday `[[holiday]]` with its names `zh` and `en`, its first
    /// and last day off `from` and `to` (both inside; `to` may be left out for a single day), and in `work` its make-up
    /// workdays. Dates are `"YYYY-MM-DD"`.
    pub fn parse(text: &str) -> Result<Self, YearFileError> {
        let raw: Raw = toml::from_str(text).map_err(|error| YearFileError::Unreadable(error.to_string()))?;
        let year = raw.year;
        if raw.source.trim().is_empty() {
            return Err(YearFileError::NoSource { year });
        }
        if raw.holiday.is_empty() {
            return Err(YearFileError::Empty { year });
        }
        let mut marks: BTreeMap<Date, DayKind> = BTreeMap::new();
        for RawHoliday { zh, en, from, to, work } in raw.holiday {
            let name = Text::new(zh, en);
            let to = to.unwrap_or(from);
            let off = Dates::through(from, to).map_err(|_| YearFileError::Backwards {
                holiday: name.zh.clone(),
                from,
                to,
            })?;
            let days = off.iter().take(LONGEST_DAYS + 1).count();
            if days > LONGEST_DAYS {
                let days = off.iter().count();
                return Err(YearFileError::TooLong { holiday: name.zh, from, days });
            }
            if let Some(&date) = work.iter().find(|&&date| !is_weekend(date)) {
                return Err(YearFileError::WorkOnWeekday { holiday: name.zh, date });
            }
            let off = off.iter().map(|date| (date, DayKind::Holiday(name.clone())));
            let work = work.iter().map(|&date| (date, DayKind::MakeUp(name.clone())));
            for (date, kind) in off.chain(work) {
                if !belongs(date, year) {
                    return Err(YearFileError::OtherYear { year, holiday: name.zh, date });
                }
                if let Some(DayKind::Holiday(first) | DayKind::MakeUp(first)) = marks.insert(date, kind) {
                    return Err(YearFileError::Twice { date, first: first.zh, second: name.zh });
                }
            }
        }
        Ok(Self { year, source: raw.source, marks })
    }

    /// What the file says of `date`, if anything.
    pub fn mark(&self, date: Date) -> Option<&DayKind> {
        self.marks.get(&date)
    }

    /// Each date that the file names, in order.
    pub fn marks(&self) -> impl Iterator<Item = (Date, &DayKind)> + '_ {
        self.marks.iter().map(|(&date, kind)| (date, kind))
    }
}

/// Whether a year's file may name this date: its own year, and the December before.
fn belongs(date: Date, year: i16) -> bool {
    date.year() == year || (date.year() == year - 1 && date.month() == 12)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    const HEAD: &str = "year = 2027\nsource = \"国办发明电〔2026〕1号\"\n";

    fn holiday(body: &str) -> Result<YearFile, YearFileError> {
        YearFile::parse(&format!("{HEAD}[[holiday]]\nzh = \"春节\"\nen = \"Spring Festival\"\n{body}"))
    }

    #[test]
    fn a_holiday_with_its_make_up_days_is_read() {
        let file = holiday("from = \"2027-02-05\"\nto = \"2027-02-06\"\nwork = [\"2027-02-20\"]\n").unwrap();
        let name = Text::new("春节", "Spring Festival");
        let marks: Vec<_> = file.marks().collect();
        assert_eq!(
            marks,
            [
                (date(2027, 2, 5), &DayKind::Holiday(name.clone())),
                (date(2027, 2, 6), &DayKind::Holiday(name.clone())),
                (date(2027, 2, 20), &DayKind::MakeUp(name)),
            ]
        );
        assert_eq!((file.year, file.source.as_str()), (2027, "国办发明电〔2026〕1号"));
    }

    fn says(result: Result<YearFile, YearFileError>, words: &[&str]) {
        let error = result.unwrap_err().to_string();
        for word in words {
            assert!(error.contains(word), "{error:?} should say {word:?}");
        }
    }

    #[test]
    fn each_mistake_is_named_with_its_field_and_date() {
        says(YearFile::parse("year = \"next\""), &["line 1", "year"]);
        says(YearFile::parse("year = 2027\nsource = \"x\"\nholidays = []\n"), &["holidays"]);
        says(YearFile::parse("year = 2027\n"), &["source"]);
        says(YearFile::parse("year = 2027\nsource = \" \"\n"), &["source", "2027"]);
        says(YearFile::parse(HEAD), &["2027", "[[holiday]]"]);
        says(holiday("from = \"2027-02-30\"\n"), &["2027-02-30"]);
        says(holiday("from = \"2027-02-11\"\nto = \"2027-02-05\"\n"), &["春节", "2027-02-11", "2027-02-05"]);
        says(holiday("from = \"2027-02-05\"\nto = \"2027-03-11\"\n"), &["春节", "35 days"]);
        says(holiday("from = \"2028-02-05\"\n"), &["2028-02-05", "2027"]);
        says(holiday("from = \"2026-11-30\"\n"), &["2026-11-30", "December"]);
        says(holiday("from = \"2027-02-05\"\nwork = [\"2027-02-22\"]\n"), &["work", "2027-02-22", "weekday"]);
        says(
            holiday("from = \"2027-02-05\"\nto = \"2027-02-06\"\nwork = [\"2027-02-06\"]\n"),
            &["2027-02-06", "twice"],
        );
    }

    #[test]
    fn two_weeks_are_the_longest_and_december_before_is_allowed() {
        assert!(holiday("from = \"2027-02-01\"\nto = \"2027-02-14\"\n").is_ok());
        assert!(holiday("from = \"2027-02-01\"\nto = \"2027-02-15\"\n").is_err());
        assert!(holiday("from = \"2026-12-31\"\nto = \"2027-01-02\"\n").is_ok());
    }
}
