//! The holidays that fall on the same date every year, for years whose file is still to come.
//!
//! 《全国年节及纪念日放假办法》, in the version in force from 2025-01-01 (国务院令第795号): 元旦 one day, 劳动节 May 1 and 2,
//! 国庆节 October 1 to 3. Before, 劳动节 was May 1 alone. Those by the moon or the sun's course (春节, 清明节, 端午节, 中秋节)
//! and the days given in lieu are left to the yearly publication: guessing them would look like knowing them.

use jiff::civil::Date;

use crate::text::Text;

/// The holiday that is on `date` in its year whatever is published.
pub(super) fn fixed(date: Date) -> Option<Text> {
    match (date.month(), date.day()) {
        (1, 1) => Some(Text::new("元旦", "New Year's Day")),
        (5, 1) => Some(Text::new("劳动节", "Labour Day")),
        (5, 2) if date.year() >= 2025 => Some(Text::new("劳动节", "Labour Day")),
        (10, 1..=3) => Some(Text::new("国庆节", "National Day")),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn labour_day_has_two_days_since_2025() {
        assert!(fixed(date(2024, 5, 2)).is_none() && fixed(date(2025, 5, 2)).is_some());
        assert!(fixed(date(2028, 5, 1)).is_some() && fixed(date(2028, 5, 3)).is_none());
    }

    #[test]
    fn national_day_has_three() {
        let off: Vec<i8> = (1..=31).filter(|&day| fixed(date(2028, 10, day)).is_some()).collect();
        assert_eq!(off, [1, 2, 3]);
        assert!(fixed(date(2028, 1, 1)).is_some() && fixed(date(2028, 1, 2)).is_none());
    }
}
