//! Which day of the half year brings what: every class's dates, counted back from today.

use duxue_rules::{calendar::Calendar, timetable::months_after};
use jiff::{ToSpan, civil::Date};

/// What a class is there to show.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// 补贴已拨付: it was paid and is tracked.
    Paid,
    /// 公示中: its notice hangs, somebody objects.
    Closing,
    /// 规范办班: nothing to be said against it.
    Model,
    /// 替课和虚报: people sit in for others, reports are late and wrong.
    Fraud,
    /// 视频资料告急: a bad camera, leave, statements, an institution that was suspended.
    Risk,
    /// 待结业: taught to its end, its close-out lies with the centre.
    Ended,
    /// 待审批: the application lies with the centre.
    Applied,
    /// 筹备中: things are missing.
    Draft,
}

impl Part {
    /// In the order of the classes.
    pub const ALL: [Self; 8] =
        [Self::Paid, Self::Closing, Self::Model, Self::Fraud, Self::Risk, Self::Ended, Self::Applied, Self::Draft];

    /// Its place in [`Part::ALL`].
    pub fn index(self) -> usize {
        self as usize
    }
}

/// The dates of a class.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Dates {
    /// Roster and papers.
    pub added_on: Date,
    /// 自查 and timetable.
    pub checked_on: Date,
    /// 现场审核.
    pub filed_on: Date,
    /// 申请, with the readiness of the room.
    pub applied_on: Date,
    /// 审批.
    pub approved_on: Date,
    /// The first training day.
    pub starts_on: Date,
    /// The last day.
    pub ends_on: Date,
}

/// Working days, as the rules count them.
pub struct Days(Calendar);

impl Days {
    /// By the published holidays.
    pub fn new() -> Self {
        Self(Calendar::published())
    }

    /// Whether it is one.
    pub fn is_working(&self, date: Date) -> bool {
        self.0.is_working_day(date)
    }

    /// `date`, or the next working day.
    pub fn from(&self, date: Date) -> Date {
        self.seek(date, 1, 0)
    }

    /// `date`, or the working day before.
    pub fn until(&self, date: Date) -> Date {
        self.seek(date, -1, 0)
    }

    /// The `n`th working day after `date`.
    pub fn after(&self, date: Date, n: u32) -> Date {
        self.seek(shifted(date, 1), 1, n.saturating_sub(1))
    }

    /// The `n`th working day before `date`.
    pub fn before(&self, date: Date, n: u32) -> Date {
        self.seek(shifted(date, -1), -1, n.saturating_sub(1))
    }

    /// All of them from `first` to `last`.
    pub fn through(&self, first: Date, last: Date) -> Vec<Date> {
        let all = std::iter::successors(Some(first), |date| date.tomorrow().ok());
        all.take_while(|date| *date <= last).filter(|date| self.is_working(*date)).collect()
    }

    /// The dates of the class that plays `part` when it is `today`.
    pub fn of(&self, part: Part, today: Date) -> Dates {
        let back = |days: i64| shifted(today, -days);
        // A node of the tracking lies three months after the end (R11.2); the course itself takes three months.
        let starts_on = self.from(match part {
            Part::Paid => shifted(today.saturating_sub(6.months()), -12),
            Part::Closing => shifted(today.saturating_sub(3.months()), -22),
            Part::Model => back(56),
            Part::Fraud => back(50),
            Part::Risk => back(63),
            Part::Ended => shifted(today.saturating_sub(3.months()), -12),
            Part::Applied => back(-18),
            Part::Draft => back(-35),
        });
        let ends_on = months_after(starts_on, 3).map_or(starts_on, |next| shifted(next, -1));
        // What is done was done by yesterday, so that the demo may start at any hour.
        let yesterday = self.until(back(1));
        let approved_on = self.before(starts_on, 3).min(yesterday);
        let applied_on = if part == Part::Applied { yesterday } else { self.before(approved_on, 2) };
        let filed_on = self.before(applied_on, 2);
        let checked_on = self.before(filed_on, 3);
        let added_on = if part == Part::Draft { self.before(yesterday, 2) } else { self.before(checked_on, 3) };
        Dates { added_on, checked_on, filed_on, applied_on, approved_on, starts_on, ends_on }
    }

    fn seek(&self, from: Date, step: i64, skip: u32) -> Date {
        let all = std::iter::successors(Some(from), |date| Some(shifted(*date, step)));
        // A year has working days, so this ends; the guard is for a calendar that has none.
        all.take(400).filter(|date| self.is_working(*date)).nth(skip as usize).unwrap_or(from)
    }
}

/// So many days later.
pub fn shifted(date: Date, days: i64) -> Date {
    date.saturating_add(days.days())
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn whatever_day_it_is_every_class_stands_where_it_should() {
        let days = Days::new();
        for today in std::iter::successors(Some(date(2025, 12, 1)), |date| Some(shifted(*date, 1))).take(800) {
            for part in Part::ALL {
                let Dates { added_on, checked_on, filed_on, applied_on, approved_on, starts_on, ends_on } =
                    days.of(part, today);
                assert!(days.is_working(starts_on), "{part:?} {today}");
                assert!(ends_on > starts_on && added_on < today, "{part:?} {today}");
                if part != Part::Draft {
                    let in_order = [added_on, checked_on, filed_on, applied_on];
                    assert!(in_order.windows(2).all(|pair| pair[0] < pair[1]), "{part:?} {today}");
                    assert!(applied_on < today && approved_on < starts_on, "{part:?} {today}");
                }
                match part {
                    Part::Paid => assert!(ends_on.saturating_add(3.months()) < today, "{today}"),
                    Part::Closing => assert!(days.after(ends_on, 6) < today, "{today}"),
                    Part::Model | Part::Fraud | Part::Risk => assert!(starts_on < today && ends_on > today, "{today}"),
                    Part::Ended => assert!(days.after(ends_on, 1) < today, "{today}"),
                    Part::Applied | Part::Draft => assert!(starts_on > today, "{today}"),
                }
            }
        }
    }
}
