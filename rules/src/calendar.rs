//! Working days: a weekday that is no statutory holiday, or a weekend day that the State Council made a workday (调休).
//!
//! The holidays are data, one file a year as the State Council publishes it each autumn ([`YearFile`]). A year without a
//! file is computed from its weekends and the holidays on fixed dates, and whatever rests on such a year says that it is
//! provisional 暂定, because a holiday by the moon or a make-up workday may still change it.

mod amend;
mod dates;
mod month;
mod reckon;
mod statutory;
mod week;
mod year;

use std::collections::BTreeMap;

pub use amend::{AmendError, DayChange, Origin};
pub use dates::{BackwardsDates, Dates, days_apart};
use jiff::civil::{Date, Weekday};
pub use month::{Month, NoMonth};
pub use reckon::Reckoned;
use serde::{Deserialize, Serialize};
pub use week::{NoWeek, Week};
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

impl DayKind {
    /// Whether such a day is worked.
    pub fn is_worked(&self) -> bool {
        match self {
            Self::Workday | Self::MakeUp(_) => true,
            Self::Weekend | Self::Holiday(_) => false,
        }
    }
}

impl Day {
    /// Whether it is a working day.
    pub fn is_working(&self) -> bool {
        self.kind.is_worked()
    }
}

/// Every date's kind, from the years' files where there are any.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Calendar {
    files: BTreeMap<i16, YearFile>,
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
            calendar.add(file).expect("the program's own calendar files agree");
        }
        calendar
    }

    /// Takes in a year's file; a year that is there already is replaced by the newer publication.
    ///
    /// Fails, and changes nothing, where the file of a neighbouring year has a date worked that this one has off, or the
    /// other way round: both may name days of December.
    pub fn add(&mut self, file: YearFile) -> Result<(), YearFileError> {
        for neighbour in [file.year.checked_sub(1), file.year.checked_add(1)].into_iter().flatten() {
            let Some(other) = self.files.get(&neighbour) else { continue };
            let clash =
                file.marks().find(|(date, kind)| other.mark(*date).is_some_and(|k| k.is_worked() != kind.is_worked()));
            if let Some((date, _)) = clash {
                return Err(YearFileError::Contradicts { date, year: file.year, other: neighbour });
            }
        }
        self.files.insert(file.year, file);
        Ok(())
    }

    /// The years whose file is there.
    pub fn years(&self) -> impl Iterator<Item = i16> + '_ {
        self.files.keys().copied()
    }

    /// Whether what is said of this year may still change.
    pub fn is_provisional(&self, year: i16) -> bool {
        !self.files.contains_key(&year)
    }

    /// What `date` is.
    pub fn day(&self, date: Date) -> Day {
        let provisional = self.is_provisional(date.year());
        let kind = match self.mark(date) {
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
        match self.mark(date) {
            Some(kind) => kind.is_worked(),
            None if is_weekend(date) => false,
            None => !self.is_provisional(date.year()) || statutory::fixed(date).is_none(),
        }
    }

    /// What a file says of `date`: its own year's, or the next one's.
    fn mark(&self, date: Date) -> Option<&DayKind> {
        let said_by = |year: i16| self.files.get(&year).and_then(|file| file.mark(date));
        said_by(date.year()).or_else(|| said_by(date.year().checked_add(1)?))
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
        calendar.add(YearFile::parse(text).unwrap()).unwrap();
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
        calendar.add(YearFile::parse(&text("2027-01-02")).unwrap()).unwrap();
        assert!(matches!(calendar.day(date(2027, 1, 2)).kind, DayKind::Holiday(_)));
        calendar.add(YearFile::parse(&text("2027-01-01")).unwrap()).unwrap();
        assert!(!calendar.is_working_day(date(2027, 1, 1)) && calendar.day(date(2027, 1, 2)).kind == DayKind::Weekend);
        assert!(
            !calendar.is_working_day(date(2026, 12, 31)),
            "a year's file may name the last days of the year before"
        );
    }

    #[test]
    fn files_that_disagree_about_a_day_of_december_are_refused_and_change_nothing() {
        let mut calendar = Calendar::published();
        let file = |year, rest: &str| {
            let text =
                format!("year = {year}\nsource = \"通知\"\n[[holiday]]\nzh = \"元旦\"\nen = \"New Year\"\n{rest}");
            YearFile::parse(&text).unwrap()
        };
        calendar.add(file(2028, "from = \"2028-01-01\"\nwork = [\"2027-12-26\"]\n")).unwrap();
        assert!(calendar.is_working_day(date(2027, 12, 26)), "a Sunday");
        let before = calendar.clone();
        let error = calendar.add(file(2027, "from = \"2027-12-24\"\nto = \"2027-12-26\"\n")).unwrap_err();
        assert_eq!(error, YearFileError::Contradicts { date: date(2027, 12, 26), year: 2027, other: 2028 });
        assert_eq!(calendar, before);
        calendar.add(file(2027, "from = \"2027-12-24\"\nto = \"2027-12-25\"\nwork = [\"2027-12-26\"]\n")).unwrap();
    }
}
