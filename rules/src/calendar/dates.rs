//! Half-open ranges of civil dates: the start belongs to the range, the end does not.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// `[start, end)` in civil dates; empty when both are the same, never backwards.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct Dates {
    start: Date,
    end: Date,
}

/// The end came before the start.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("dates must not end before they start: start {start}, end {end}")]
pub struct BackwardsDates {
    /// The start that was asked for.
    pub start: Date,
    /// The end that was asked for.
    pub end: Date,
}

impl Dates {
    /// From `start` up to, but without, `end`.
    pub fn new(start: Date, end: Date) -> Result<Self, BackwardsDates> {
        if start <= end { Ok(Self { start, end }) } else { Err(BackwardsDates { start, end }) }
    }

    /// From the first day to the last, both inside, as a form says it.
    pub fn through(first: Date, last: Date) -> Result<Self, BackwardsDates> {
        let backwards = BackwardsDates { start: first, end: last };
        if last < first {
            return Err(backwards);
        }
        Self::new(first, last.tomorrow().map_err(|_| backwards)?)
    }

    /// The first date inside, unless empty.
    pub fn start(self) -> Date {
        self.start
    }

    /// The first date outside.
    pub fn end(self) -> Date {
        self.end
    }

    /// The last date inside; `None` when empty.
    pub fn last(self) -> Option<Date> {
        self.iter().next_back()
    }

    /// Whether there is no date inside.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// Whether `date` is inside.
    pub fn contains(self, date: Date) -> bool {
        self.start <= date && date < self.end
    }

    /// The dates that both have; empty, at the later start, where there are none.
    pub fn intersection(self, other: Self) -> Self {
        let start = self.start.max(other.start);
        Self { start, end: self.end.min(other.end).max(start) }
    }

    /// Each date, in order.
    pub fn iter(self) -> DatesIter {
        DatesIter(self)
    }
}

impl IntoIterator for Dates {
    type Item = Date;
    type IntoIter = DatesIter;

    fn into_iter(self) -> DatesIter {
        self.iter()
    }
}

/// See [`Dates::iter`].
#[derive(Clone, Debug)]
pub struct DatesIter(Dates);

impl Iterator for DatesIter {
    type Item = Date;

    fn next(&mut self) -> Option<Date> {
        let date = (!self.0.is_empty()).then_some(self.0.start)?;
        self.0.start = date.tomorrow().unwrap_or(self.0.end);
        Some(date)
    }
}

impl DoubleEndedIterator for DatesIter {
    fn next_back(&mut self) -> Option<Date> {
        if self.0.is_empty() {
            return None;
        }
        self.0.end = self.0.end.yesterday().ok()?;
        Some(self.0.end)
    }
}

impl<'de> Deserialize<'de> for Dates {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        struct Ends {
            start: Date,
            end: Date,
        }
        let ends = Ends::deserialize(deserializer)?;
        Self::new(ends.start, ends.end).map_err(serde::de::Error::custom)
    }
}

/// How many dates lie between two, whichever is first: 7 from a Monday to the next.
pub fn days_apart(one: Date, other: Date) -> u32 {
    (other - one).get_days().unsigned_abs()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn the_end_is_outside_and_the_last_day_of_a_form_is_inside() {
        let october = Dates::through(date(2024, 10, 1), date(2024, 10, 31)).unwrap();
        assert_eq!((october.end(), october.last()), (date(2024, 11, 1), Some(date(2024, 10, 31))));
        assert!(october.contains(date(2024, 10, 31)) && !october.contains(date(2024, 11, 1)));
        assert_eq!(october.iter().count(), 31);
        assert_eq!(october.iter().next_back(), Some(date(2024, 10, 31)));
    }

    #[test]
    fn empty_is_allowed_backwards_is_not_also_from_json() {
        let day = date(2024, 10, 1);
        let empty = Dates::new(day, day).unwrap();
        assert!(empty.is_empty() && empty.last().is_none() && empty.iter().next().is_none());
        assert!(Dates::new(day, date(2024, 9, 30)).is_err() && Dates::through(day, date(2024, 9, 30)).is_err());
        let error = serde_json::from_str::<Dates>(r#"{"start":"2024-10-02","end":"2024-10-01"}"#).unwrap_err();
        assert!(error.to_string().contains("must not end before they start"), "{error}");
    }

    #[test]
    fn the_ends_of_the_calendar_do_not_panic() {
        assert!(Dates::through(Date::MIN, Date::MAX).is_err());
        let last = Dates::new(date(9999, 12, 30), Date::MAX).unwrap();
        assert_eq!(last.iter().collect::<Vec<_>>(), [date(9999, 12, 30)]);
    }

    #[test]
    fn neighbours_share_nothing() {
        let first = Dates::new(date(2024, 10, 1), date(2024, 10, 8)).unwrap();
        let next = Dates::new(date(2024, 10, 8), date(2024, 10, 15)).unwrap();
        assert!(first.intersection(next).is_empty() && next.intersection(first).is_empty());
        assert_eq!(first.intersection(first), first);
        assert_eq!(days_apart(first.start(), next.start()), 7);
        assert_eq!(days_apart(next.start(), first.start()), 7);
    }
}
