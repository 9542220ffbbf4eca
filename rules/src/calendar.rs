//! Working days: a weekday that is no statutory holiday, or a weekend day that the State Council made a workday (调休).
//!
//! The holidays are data, one file a year as the State Council publishes it each autumn ([`YearFile`]). A year without a
//! file is computed from its weekends and the holidays on fixed dates, and whatever rests on such a year says that it is
//! provisional 暂定, because a holiday by the moon or a make-up workday may still change it.

mod dates;
mod reckon;
mod statutory;
mod year;

use std::collections::{BTreeMap, BTreeSet};

pub use dates::{BackwardsDates, Dates, days_apart};
use jiff::civil::{Date, Weekday};
pub use reckon::Reckoned;
use serde::{Deserialize, Serialize};
pub use year::{YearFile, YearFileError};

use crate::text::{Reason, Text};

/// The years that came with the program, as published.
const PUBLISHED: [&str; 4] = [
    include_str!("../data/calendar/2023.toml"),
    include_str!("../data/calendar/2024.toml"),
    include_str!("../data/calendar/2025.toml"),
    include_str!("../data/calendar/2026.toml"),
];

/// What kind of day a date is.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind", content = "name")]
pub enum DayKind {
    /// An ordinary weekday.
    Workday,
    /// A Saturday or Sunday that nobody moved.
    Weekend,
    /// A day off for this holiday 放假, weekend days within it included.
    Holiday(Text),
    /// A weekend day worked for this holiday 调休上班.
    MakeUp(Text),
}

/// One date in the calendar.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Day {
    /// Which.
    pub date: Date,
    /// What it is.
    pub kind: DayKind,
    /// Whether its year's file is still to come, so that this may change.
    pub provisional: bool,
}

impl Day {
    /// Whether it is worked.
    pub fn is_working(&self) -> bool {
        match self.kind {
            DayKind::Workday | DayKind::MakeUp(_) => true,
            DayKind::Weekend | DayKind::Holiday(_) => false,
        }
    }
}

/// Every date's kind, from the years' files where there are any.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Calendar {
    years: BTreeSet<i16>,
    marks: BTreeMap<Date, DayKind>,
}

impl Calendar {
    /// With the years that came with the program.
    ///
    /// # Panics
    /// Never: the files are part of the program, and a test reads them all.
    pub fn published() -> Self {
        let mut calendar = Self::default();
        for text in PUBLISHED {
            let file = YearFile::parse(text).expect("the program's own calendar files can be read");
            calendar.add(&file).expect("the program's own calendar files agree");
        }
        calendar
    }

    /// Takes in a year's file; a year that is there already is replaced by the newer publication.
    ///
    /// Fails, and changes nothing, where another year's file says something else of the same date.
    pub fn add(&mut self, file: &YearFile) -> Result<(), YearFileError> {
        let mut marks = self.marks.clone();
        let own = |date: &Date| year::belongs(*date, file.year);
        if self.years.contains(&file.year) {
            // The days of December that this year's earlier publication named go with it.
            marks.retain(|date, _| !own(date) || (date.year() < file.year && self.years.contains(&date.year())));
        }
        for (date, kind) in file.marks() {
            match marks.get(&date) {
                Some(known) if *known != kind => return Err(YearFileError::Contradicts { date, year: file.year }),
                Some(_) | None => marks.insert(date, kind),
            };
        }
        self.marks = marks;
        self.years.insert(file.year);
        Ok(())
    }

    /// The years whose file is there.
    pub fn years(&self) -> impl Iterator<Item = i16> + '_ {
        self.years.iter().copied()
    }

    /// Whether what is said of this year may still change.
    pub fn is_provisional(&self, year: i16) -> bool {
        !self.years.contains(&year)
    }

    /// What `date` is.
    pub fn day(&self, date: Date) -> Day {
        let provisional = self.is_provisional(date.year());
        let kind = match self.marks.get(&date) {
            Some(kind) => kind.clone(),
            None => match statutory::fixed(date).filter(|_| provisional) {
                Some(name) => DayKind::Holiday(name),
                None if is_weekend(date) => DayKind::Weekend,
                None => DayKind::Workday,
            },
        };
        Day { date, kind, provisional }
    }

    /// Whether `date` is a working day, as far as is known.
    pub fn is_working_day(&self, date: Date) -> bool {
        match self.marks.get(&date) {
            Some(DayKind::Workday | DayKind::MakeUp(_)) => true,
            Some(DayKind::Weekend | DayKind::Holiday(_)) => false,
            None if is_weekend(date) => false,
            None => !self.is_provisional(date.year()) || statutory::fixed(date).is_none(),
        }
    }

    /// What an official is told with whatever rests on this year; `None` when its file is there.
    pub fn note(&self, year: i16) -> Option<Reason> {
        self.is_provisional(year).then(|| {
            Reason::new(
                "calendar_provisional",
                format!("{year}年放假安排尚未录入，暂按周末和固定日期的法定节假日计算，结果可能变化"),
                format!(
                    "the holidays of {year} are not published here yet: computed from weekends and fixed dates, may change"
                ),
            )
        })
    }
}

fn is_weekend(date: Date) -> bool {
    matches!(date.weekday(), Weekday::Saturday | Weekday::Sunday)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    /// Made once by PyPI `chinesecalendar` 1.11.0: a line a month, a digit a day, 1 = worked.
    const INDEPENDENT: &str = include_str!("../tests/data/chinesecalendar-1.11.0.txt");

    #[test]
    fn every_day_of_2023_to_2026_is_as_an_independent_package_has_it() {
        let calendar = Calendar::published();
        let mut days = 0;
        for line in INDEPENDENT.lines().filter(|line| !line.starts_with('#')) {
            let (month, digits) = line.split_once(' ').unwrap();
            for (index, digit) in digits.chars().enumerate() {
                let day: Date = format!("{month}-{:02}", index + 1).parse().unwrap();
                assert_eq!(calendar.is_working_day(day), digit == '1', "{day}");
                assert_eq!(calendar.day(day).is_working(), digit == '1', "{day}");
                assert!(!calendar.day(day).provisional);
                days += 1;
            }
        }
        assert_eq!(days, 365 * 4 + 1);
        assert_eq!(calendar.years().collect::<Vec<_>>(), [2023, 2024, 2025, 2026]);
    }

    #[test]
    fn national_day_2024_with_its_make_up_workdays() {
        let calendar = Calendar::published();
        let kind = |month, day| calendar.day(date(2024, month, day)).kind;
        let name = Text::new("国庆节", "National Day");
        assert_eq!(kind(9, 29), DayKind::MakeUp(name.clone()));
        assert_eq!(kind(10, 1), DayKind::Holiday(name.clone()));
        assert_eq!(kind(10, 5), DayKind::Holiday(name.clone()), "a Saturday within the holiday");
        assert_eq!(kind(10, 8), DayKind::Workday);
        assert_eq!(kind(10, 12), DayKind::MakeUp(name));
        assert_eq!(kind(10, 13), DayKind::Weekend);
    }

    #[test]
    fn a_year_without_a_file_is_computed_and_says_so() {
        let calendar = Calendar::published();
        let friday = calendar.day(date(2027, 1, 1));
        assert_eq!(friday.kind, DayKind::Holiday(Text::new("元旦", "New Year's Day")));
        assert!(friday.provisional && !friday.is_working());
        assert!(!calendar.is_working_day(date(2027, 1, 1)));
        assert!(!calendar.is_working_day(date(2027, 10, 1)) && calendar.is_working_day(date(2027, 10, 4)));
        assert!(!calendar.is_working_day(date(2027, 1, 2)), "a Saturday");
        let note = calendar.note(2027).unwrap();
        assert!(note.text.zh.contains("2027年") && note.text.en.contains("2027"));
        assert_eq!(calendar.note(2026), None);
    }

    #[test]
    fn a_new_years_file_ends_the_provisional_time() {
        let mut calendar = Calendar::published();
        let text = "year = 2027\nsource = \"通知\"\n[[holiday]]\nzh = \"春节\"\nen = \"Spring Festival\"\n\
                    from = \"2027-02-05\"\nto = \"2027-02-11\"\nwork = [\"2027-02-20\"]\n";
        calendar.add(&YearFile::parse(text).unwrap()).unwrap();
        assert!(!calendar.day(date(2027, 2, 8)).is_working() && calendar.is_working_day(date(2027, 2, 20)));
        assert!(calendar.is_working_day(date(2027, 1, 1)), "what the file does not name is no holiday");
        assert_eq!(calendar.note(2027), None);
    }

    #[test]
    fn a_newer_publication_replaces_the_earlier_one() {
        let mut calendar = Calendar::published();
        let text = |to| {
            format!(
                "year = 2027\nsource = \"通知\"\n[[holiday]]\nzh = \"元旦\"\nen = \"New Year\"\nfrom = \"2026-12-31\"\nto = \"{to}\"\n"
            )
        };
        let error = calendar.add(&YearFile::parse(&text("2027-01-02")).unwrap()).and_then(|()| {
            let again = YearFile::parse(&text("2027-01-01")).unwrap();
            calendar.add(&again)
        });
        assert_eq!(error, Ok(()));
        assert!(!calendar.is_working_day(date(2027, 1, 1)) && calendar.day(date(2027, 1, 2)).kind == DayKind::Weekend);
        assert!(
            !calendar.is_working_day(date(2026, 12, 31)),
            "a year's file may name the last days of the year before"
        );
    }

    #[test]
    fn files_that_disagree_are_refused_and_change_nothing() {
        let mut calendar = Calendar::published();
        let before = calendar.clone();
        let clash = "year = 2025\nsource = \"通知\"\n[[holiday]]\nzh = \"元旦\"\nen = \"New Year\"\nfrom = \"2024-12-30\"\n\
                     to = \"2025-01-01\"\n";
        calendar.add(&YearFile::parse(clash).unwrap()).unwrap();
        let december =
            "year = 2024\nsource = \"通知\"\n[[holiday]]\nzh = \"年末\"\nen = \"Year's end\"\nfrom = \"2024-12-30\"\n";
        let mut later = calendar.clone();
        let error = later.add(&YearFile::parse(december).unwrap());
        assert_ne!(calendar, before);
        assert!(error.is_err() || later.day(date(2024, 12, 30)).kind != calendar.day(date(2024, 12, 30)).kind);
    }
}
