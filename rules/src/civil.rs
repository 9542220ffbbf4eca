//! Civil dates and times of the office: Asia/Shanghai, UTC+8 all year.
//!
//! China has had one zone and no summer time since 1992 (IANA tz database, zone Asia/Shanghai), and no class is older,
//! so the fixed offset is exact and needs no zone files on the machine.

use jiff::{
    Timestamp, ToSpan,
    civil::{Date, Time},
    tz::{TimeZone, offset},
};

use crate::span::Span;

/// The office's zone.
pub fn zone() -> TimeZone {
    TimeZone::fixed(offset(8))
}

/// The civil date on which `at` falls.
pub fn date_of(at: Timestamp) -> Date {
    offset(8).to_datetime(at).date()
}

/// The civil time of day of `at`.
pub fn time_of(at: Timestamp) -> Time {
    offset(8).to_datetime(at).time()
}

/// The instant of a civil date and time; `None` only at the very ends of the calendar (years -9999 and 9999).
pub fn instant(date: Date, time: Time) -> Option<Timestamp> {
    offset(8).to_timestamp(date.to_datetime(time)).ok()
}

/// The whole civil day as a span; `None` only at the very ends of the calendar.
pub fn day(date: Date) -> Option<Span> {
    let next = date.checked_add(1.day()).ok()?;
    Span::new(instant(date, Time::midnight())?, instant(next, Time::midnight())?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_day_in_fushun_begins_at_sixteen_hours_utc_the_day_before() {
        let day = day(date(2024, 10, 8)).unwrap();
        assert_eq!(day.start().to_string(), "2024-10-07T16:00:00Z");
        assert_eq!(day.duration().as_hours(), 24);
        assert_eq!(date_of(day.start()), date(2024, 10, 8));
        assert!(date_of(day.end()) > date(2024, 10, 8));
    }

    #[test]
    fn out_of_range_is_none_and_no_panic() {
        assert_eq!(day(Date::MAX), None);
        assert_eq!(instant(Date::MIN, Time::midnight()), None);
    }
}
