//! A year's file that comes while the program runs: what it changes, and what it may not.

use jiff::civil::{Date, date};
use serde::{Deserialize, Serialize};

use super::{Calendar, Dates, DayKind, YearFile, YearFileError};

/// Where what is said of a year comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    /// Computed from weekends and fixed dates, until its file comes 暂定.
    Provisional,
    /// It came with the program, checked against the publication.
    BuiltIn,
    /// A manager brought it in.
    Imported,
}

/// A date that a file makes another kind of day of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DayChange {
    /// Which.
    pub date: Date,
    /// What it was.
    pub before: DayKind,
    /// What it is.
    pub after: DayKind,
}

/// Why a file was not taken in.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AmendError {
    /// It contradicts a neighbouring year.
    #[error(transparent)]
    File(#[from] YearFileError),
    /// The State Council's word of a day that has passed is not rewritten: what was decided rests on it.
    #[error("{date} has passed, and the calendar that came with the program says what it was")]
    Past {
        /// The first such date.
        date: Date,
    },
    /// Every day is as it was said to be.
    #[error("the file says of {year} what is known already")]
    Nothing {
        /// Its year.
        year: i16,
    },
}

impl Calendar {
    /// The program's years and, before them, those that were brought in, oldest first: what a manager brought in counts.
    ///
    /// A year of the program that contradicts one of those is left out, and says that it is provisional.
    pub fn with(imported: impl IntoIterator<Item = YearFile>) -> Result<Self, YearFileError> {
        let mut calendar = Self::default();
        for file in imported {
            calendar.add(file)?;
        }
        for (year, file) in Self::published().files {
            if calendar.is_provisional(year) {
                // Refused where it contradicts what was brought in, which is the newer publication.
                let _ = calendar.add(file);
            }
        }
        Ok(calendar)
    }

    /// Whether a year came with the program; another may have been brought in in its place since.
    pub fn is_built_in(year: i16) -> bool {
        !Self::published().is_provisional(year)
    }

    /// The file of a year, if it is there.
    pub fn file(&self, year: i16) -> Option<&YearFile> {
        self.files.get(&year)
    }

    /// The calendar with this file, and each day that it makes another one of.
    ///
    /// The State Council has changed holidays after they were published, so a year that came with the program may be
    /// replaced; but only from `today` on. What a manager brought in, and what was provisional, may be put right later
    /// too: a slip of the pen is no publication.
    pub fn amended(&self, file: YearFile, origin: Origin, today: Date) -> Result<(Self, Vec<DayChange>), AmendError> {
        let (year, mut after) = (file.year, self.clone());
        after.add(file)?;
        let changes = self.changes(&after, year);
        match origin {
            Origin::Provisional => {}
            Origin::BuiltIn | Origin::Imported if changes.is_empty() => return Err(AmendError::Nothing { year }),
            Origin::BuiltIn => {
                if let Some(past) = changes.iter().find(|change| change.date < today) {
                    return Err(AmendError::Past { date: past.date });
                }
            }
            Origin::Imported => {}
        }
        Ok((after, changes))
    }

    /// What `after` says otherwise of the dates that a year's file may name: its own, and the December before.
    fn changes(&self, after: &Self, year: i16) -> Vec<DayChange> {
        let first = year.checked_sub(1).and_then(|before| Date::new(before, 12, 1).ok()).unwrap_or(date(1, 1, 1));
        let Some(dates) = Date::new(year, 12, 31).ok().and_then(|last| Dates::through(first, last).ok()) else {
            return Vec::new();
        };
        let change = |date| {
            let (before, after) = (self.day(date).kind, after.day(date).kind);
            (before != after).then_some(DayChange { date, before, after })
        };
        dates.iter().filter_map(change).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(year: i16, from: &str, rest: &str) -> YearFile {
        let text = format!(
            "year = {year}\nsource = \"通知\"\n[[holiday]]\nzh = \"春节\"\nen = \"Spring Festival\"\nfrom = \"{from}\"\n{rest}"
        );
        YearFile::parse(&text).unwrap()
    }

    #[test]
    fn a_provisional_year_ends_with_its_file_and_tells_each_day_that_changed() {
        let calendar = Calendar::published();
        let new = file(2027, "2027-02-05", "work = [\"2027-02-20\"]\n");
        let (after, changes) = calendar.amended(new, Origin::Provisional, date(2027, 3, 1)).unwrap();
        assert!(!after.is_provisional(2027) && after.is_working_day(date(2027, 2, 20)));
        assert!(changes.iter().any(|change| change.date == date(2027, 2, 5)), "even of days that have passed");
        assert!(changes.iter().any(|change| change.date == date(2027, 1, 1) && change.after == DayKind::Workday));
        assert_eq!(after.file(2027).unwrap().source, "通知");
    }

    #[test]
    fn what_came_with_the_program_changes_only_ahead() {
        let calendar = Calendar::published();
        let same = calendar.file(2026).unwrap().clone();
        let nothing = calendar.amended(same, Origin::BuiltIn, date(2026, 1, 1)).unwrap_err();
        assert_eq!(nothing, AmendError::Nothing { year: 2026 });
        let other = || file(2026, "2026-02-16", "");
        let early = calendar.amended(other(), Origin::BuiltIn, date(2025, 11, 1));
        assert!(early.as_ref().is_ok_and(|(after, _)| after.is_working_day(date(2026, 10, 2))));
        let first = early.unwrap().1[0].date;
        assert!(calendar.amended(other(), Origin::BuiltIn, first).is_ok(), "today may still change");
        let next = calendar.amended(other(), Origin::BuiltIn, first.tomorrow().unwrap()).unwrap_err();
        assert_eq!(next, AmendError::Past { date: first });
        let late = calendar.amended(other(), Origin::BuiltIn, date(2026, 6, 1)).unwrap_err();
        assert!(matches!(late, AmendError::Past { date } if date < jiff::civil::date(2026, 6, 1)), "{late}");
    }

    #[test]
    fn what_was_brought_in_can_be_put_right_later() {
        let (first, _) =
            Calendar::published().amended(file(2027, "2027-02-05", ""), Origin::Provisional, date(2027, 1, 1)).unwrap();
        let (second, changes) =
            first.amended(file(2027, "2027-02-06", ""), Origin::Imported, date(2027, 5, 1)).unwrap();
        assert!(second.is_working_day(date(2027, 2, 5)), "a Friday");
        assert_eq!(changes.len(), 2);
    }

    #[test]
    fn years_that_were_brought_in_come_before_the_programs() {
        let other = file(2026, "2026-02-16", "");
        let calendar = Calendar::with([other]).unwrap();
        assert!(calendar.is_working_day(date(2026, 10, 2)) && !calendar.is_working_day(date(2025, 10, 2)));
        assert!(Calendar::is_built_in(2026) && !Calendar::is_built_in(2027));
        let clash = file(2027, "2026-12-26", "to = \"2026-12-27\"\n");
        assert!(Calendar::with([clash]).is_ok_and(|calendar| !calendar.is_provisional(2026)));
        assert_eq!(Calendar::with([]).unwrap(), Calendar::published());
    }
}
