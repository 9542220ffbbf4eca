//! A week from Monday to Sunday (GB/T 7408.1, ISO 8601), the unit of R7.4a's 2次/周.

use std::fmt;

use jiff::{
    ToSpan,
    civil::{Date, Weekday},
};
use serde::{Deserialize, Serialize};

use super::Dates;

/// A week; its Monday as text and in JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "Date", into = "Date")]
pub struct Week(Date);

/// A week was to begin on another day than a Monday, or outside the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a week begins on a Monday, not on {0}")]
pub struct NoWeek(pub Date);

impl Week {
    /// The week in which `date` lies. `None` only in the first days of the calendar (the year -9999).
    pub fn of(date: Date) -> Option<Self> {
        let days = i32::from(date.weekday().since(Weekday::Monday));
        date.checked_sub(days.days()).ok().map(Self)
    }

    /// Its Monday.
    pub fn monday(self) -> Date {
        self.0
    }

    /// Its Sunday; the last date of the calendar where that comes first.
    pub fn sunday(self) -> Date {
        self.0.checked_add(6.days()).unwrap_or(Date::MAX)
    }

    /// All its dates.
    pub fn dates(self) -> Dates {
        // Only the very last week of the calendar (9999-12) loses its last day.
        Dates::through(self.0, self.sunday())
            .or_else(|_| Dates::new(self.0, self.sunday()))
            .unwrap_or_else(|_| unreachable!("a week's last day is not before its first"))
    }
}

impl TryFrom<Date> for Week {
    type Error = NoWeek;

    fn try_from(date: Date) -> Result<Self, NoWeek> {
        Self::of(date).filter(|week| week.0 == date).ok_or(NoWeek(date))
    }
}

impl From<Week> for Date {
    fn from(week: Week) -> Self {
        week.0
    }
}

impl fmt::Display for Week {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use proptest::prelude::*;

    #[test]
    fn a_week_runs_from_monday_to_sunday() {
        let week = Week::of(date(2024, 10, 20)).unwrap();
        assert_eq!((week.monday(), week.sunday()), (date(2024, 10, 14), date(2024, 10, 20)));
        assert_eq!(Week::of(date(2024, 10, 14)), Some(week));
        assert_ne!(Week::of(date(2024, 10, 21)), Some(week));
        assert_eq!(Week::of(Date::MIN).map(|week| week.monday() <= Date::MIN), Some(true));
    }

    #[test]
    fn in_json_it_is_its_monday_and_no_other_day() {
        let week = Week::of(date(2024, 10, 16)).unwrap();
        assert_eq!(serde_json::to_string(&week).unwrap(), "\"2024-10-14\"");
        assert_eq!(serde_json::from_str::<Week>("\"2024-10-14\"").unwrap(), week);
        let error = serde_json::from_str::<Week>("\"2024-10-16\"").unwrap_err().to_string();
        assert!(error.contains("Monday"), "{error}");
    }

    proptest! {
        #[test]
        fn every_date_lies_in_exactly_one_week_of_seven(offset in 0i32..4_000) {
            let date = date(2022, 1, 1).checked_add(offset.days()).unwrap();
            let week = Week::of(date).unwrap();
            prop_assert!(week.dates().contains(date));
            prop_assert_eq!(week.dates().iter().count(), 7);
            let next = Week::of(week.sunday().tomorrow().unwrap()).unwrap();
            prop_assert_eq!(next.monday(), week.dates().end());
        }
    }
}
