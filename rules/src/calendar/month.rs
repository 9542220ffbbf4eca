//! A calendar month, the unit of R9.1's "each month" and of the attendance summary 附件6.

use std::{fmt, str::FromStr};

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::Dates;

/// A month of a year; `2024-10` as text and in JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Month(Date);

/// Text that is no month.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is no month: it is written like 2024-10")]
pub struct NoMonth(pub String);

impl Month {
    /// The month in which `date` lies.
    pub fn of(date: Date) -> Self {
        Self(date.first_of_month())
    }

    /// All its dates.
    pub fn dates(self) -> Dates {
        // Only the very last month of the calendar (9999-12) loses its last day.
        Dates::through(self.0, self.0.last_of_month())
            .or_else(|_| Dates::new(self.0, self.0.last_of_month()))
            .unwrap_or_else(|_| unreachable!("a month's last day is not before its first"))
    }

    /// As an official writes it: 2024年10月.
    pub fn zh(self) -> String {
        format!("{}年{}月", self.0.year(), self.0.month())
    }
}

impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.0.year(), self.0.month())
    }
}

impl FromStr for Month {
    type Err = NoMonth;

    fn from_str(text: &str) -> Result<Self, NoMonth> {
        if text.len() == 7 {
            format!("{text}-01").parse().map(Self).map_err(|_| NoMonth(text.to_owned()))
        } else {
            Err(NoMonth(text.to_owned()))
        }
    }
}

impl Serialize for Month {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Month {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_month_has_its_dates_and_its_names() {
        let month = Month::of(date(2024, 2, 29));
        assert_eq!(month.dates(), Dates::new(date(2024, 2, 1), date(2024, 3, 1)).unwrap());
        assert_eq!((month.to_string().as_str(), month.zh().as_str()), ("2024-02", "2024年2月"));
        assert_eq!(serde_json::from_str::<Month>("\"2024-02\"").unwrap(), month);
        assert_eq!(serde_json::to_string(&month).unwrap(), "\"2024-02\"");
        assert_eq!(Month::of(Date::MAX).dates().start(), date(9999, 12, 1));
    }

    #[test]
    fn what_is_no_month_is_refused() {
        for wrong in ["2024-13", "2024-2", "2024-02-01", "", "２０２４-1"] {
            assert_eq!(wrong.parse::<Month>(), Err(NoMonth(wrong.to_owned())));
        }
    }
}
