//! Counting in working days, forward and back.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{Calendar, Dates};

/// Something reckoned in working days, and whether a year without a published calendar had a part in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Reckoned<T> {
    /// What came out.
    pub value: T,
    /// Whether it may still change when that year's holidays are published.
    pub provisional: bool,
}

impl Calendar {
    /// The working days among `dates`, in order.
    pub fn working_days(&self, dates: Dates) -> Reckoned<Vec<Date>> {
        let value = dates.iter().filter(|&date| self.is_working_day(date)).collect();
        Reckoned { value, provisional: self.rests_on_provisional(dates) }
    }

    /// The `count`-th working day after `date`; `date` itself, whatever it is, for 0.
    ///
    /// `None` only when the calendar itself (the year 9999) ends before.
    pub fn forward(&self, date: Date, count: u32) -> Option<Reckoned<Date>> {
        let value = self.step(date, count, |date| date.tomorrow().ok())?;
        Some(Reckoned {
            value,
            provisional: self.rests_on_provisional(Dates::new(date, value).ok()?) || self.unsure(value),
        })
    }

    /// The `count`-th working day before `date`; `date` itself, whatever it is, for 0.
    pub fn back(&self, date: Date, count: u32) -> Option<Reckoned<Date>> {
        let value = self.step(date, count, |date| date.yesterday().ok())?;
        Some(Reckoned {
            value,
            provisional: self.rests_on_provisional(Dates::new(value, date).ok()?) || self.unsure(date),
        })
    }

    fn step(&self, from: Date, count: u32, next: impl Fn(Date) -> Option<Date>) -> Option<Date> {
        let (mut date, mut left) = (from, count);
        while left > 0 {
            date = next(date)?;
            left -= u32::from(self.is_working_day(date));
        }
        Some(date)
    }

    fn unsure(&self, date: Date) -> bool {
        self.is_provisional(date.year())
    }

    fn rests_on_provisional(&self, dates: Dates) -> bool {
        dates.last().is_some_and(|last| (dates.start().year()..=last.year()).any(|year| self.is_provisional(year)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::{ToSpan, civil::date};
    use proptest::prelude::*;

    #[test]
    fn ten_working_days_before_the_last_day_of_a_class_skip_national_day() {
        let calendar = Calendar::published();
        let due = calendar.back(date(2024, 10, 14), 10).unwrap();
        // 12 (make-up), 11, 10, 9, 8 October; 30, 29 (make-up), 27, 26, 25 September.
        assert_eq!(due, Reckoned { value: date(2024, 9, 25), provisional: false });
    }

    #[test]
    fn five_working_days_of_public_notice_after_a_friday() {
        let calendar = Calendar::published();
        assert_eq!(calendar.forward(date(2024, 11, 1), 5).unwrap().value, date(2024, 11, 8));
        assert_eq!(calendar.forward(date(2024, 11, 2), 0).unwrap().value, date(2024, 11, 2), "nothing to count");
    }

    #[test]
    fn what_reaches_into_an_unpublished_year_is_provisional() {
        let calendar = Calendar::published();
        assert!(!calendar.forward(date(2026, 12, 28), 3).unwrap().provisional);
        assert!(calendar.forward(date(2026, 12, 28), 5).unwrap().provisional);
        assert!(calendar.back(date(2027, 1, 4), 1).unwrap().provisional);
        assert!(!calendar.back(date(2026, 12, 31), 1).unwrap().provisional);
        assert!(calendar.back(date(2027, 1, 1), 1).unwrap().provisional, "reckoned from a year that is not published");
        let winter = Dates::through(date(2026, 12, 1), date(2027, 1, 1)).unwrap();
        assert!(calendar.working_days(winter).provisional);
        assert!(!calendar.working_days(Dates::new(date(2026, 12, 1), date(2027, 1, 1)).unwrap()).provisional);
    }

    #[test]
    fn october_2024_has_nineteen_working_days() {
        let october = Dates::through(date(2024, 10, 1), date(2024, 10, 31)).unwrap();
        assert_eq!(Calendar::published().working_days(october).value.len(), 19);
    }

    #[test]
    fn the_end_of_the_calendar_is_none() {
        assert_eq!(Calendar::published().forward(Date::MAX, 1), None);
        assert_eq!(Calendar::published().back(Date::MIN, 1), None);
    }

    prop_compose! {
        fn any_date()(offset in 0i32..365 * 7) -> Date {
            date(2022, 1, 1).checked_add(offset.days()).unwrap()
        }
    }

    proptest! {
        #[test]
        fn forth_and_back_is_where_one_was(start in any_date(), count in 1u32..120) {
            let calendar = Calendar::published();
            let there = calendar.forward(start, count).unwrap().value;
            prop_assert!(calendar.is_working_day(there));
            let back = calendar.back(there, count).unwrap().value;
            // From a day off, the way back ends on the last working day before it.
            let home = if calendar.is_working_day(start) { start } else { calendar.back(start, 1).unwrap().value };
            prop_assert_eq!(back, home);
        }

        #[test]
        fn steps_add_up_and_fit_the_count_in_a_range(start in any_date(), one in 0u32..60, more in 0u32..60) {
            let calendar = Calendar::published();
            let middle = calendar.forward(start, one).unwrap();
            let end = calendar.forward(start, one + more).unwrap();
            prop_assert_eq!(calendar.forward(middle.value, more).unwrap().value, end.value);
            prop_assert!(end.provisional || !middle.provisional, "further on is never surer");
            let between = Dates::through(start, end.value).unwrap();
            let days = calendar.working_days(between).value;
            prop_assert_eq!(days.len() as u32, one + more + u32::from(calendar.is_working_day(start)));
            prop_assert!(days.windows(2).all(|pair| pair[0] < pair[1]));
        }

        #[test]
        fn ranges_split_anywhere_without_loss(start in any_date(), first in 0i32..90, second in 0i32..90) {
            let calendar = Calendar::published();
            let middle = start.checked_add(first.days()).unwrap();
            let end = middle.checked_add(second.days()).unwrap();
            let days = |from, to| calendar.working_days(Dates::new(from, to).unwrap()).value;
            prop_assert_eq!([days(start, middle), days(middle, end)].concat(), days(start, end));
        }
    }
}
