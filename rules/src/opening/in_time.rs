//! R7.2d (七(二)): 最后一次开班时间为12月末.

use jiff::civil::Date;

use crate::{
    finding::{Finding, Record},
    policy::Policy,
    text::{RuleId, Text},
};

/// R7.2d: whether a class of the programme year may open on `on`.
pub fn opening_in_time(on: Date, programme_year: i16, policy: &Policy) -> Option<Finding> {
    let (year, month, day) = (programme_year, policy.last_opening_month, policy.last_opening_day);
    let code = if (on.year(), on.month(), on.day()) > (year, month, day) {
        "opens_too_late"
    } else if on.year() < year {
        "opens_before_its_year"
    } else {
        return None;
    };
    let expected =
        Text::new(format!("在 {year} 年 {month} 月 {day} 日前开班"), format!("it opens by {year}-{month:02}-{day:02}"));
    let seen = Text::new(format!("{on} 开班"), format!("it would open on {on}"));
    Some(Finding::new(RuleId::new("R7.2d"), code, expected, seen).showing([Record::Day(on)]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    /// 七(二)2: 最后一次开班时间为12月末.
    #[test]
    fn the_last_opening_is_on_the_31st_of_december() {
        let code = |on| opening_in_time(on, 2024, &Policy::default()).map(|finding| finding.code);
        assert_eq!(code(date(2024, 12, 31)), None);
        assert_eq!(code(date(2025, 1, 1)).as_deref(), Some("opens_too_late"));
        assert_eq!(code(date(2023, 12, 31)).as_deref(), Some("opens_before_its_year"));
        assert_eq!(code(date(2024, 1, 1)), None);
        let leap_day = Policy { last_opening_month: 2, last_opening_day: 29, ..Policy::default() };
        assert!(opening_in_time(date(2023, 3, 1), 2023, &leap_day).is_some(), "also in a year without that day");
    }
}
