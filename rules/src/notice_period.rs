//! R10.1, R10.2 (十): the public notice 公示 of a subsidy, objections, and payment afterwards.

mod payment;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

pub use payment::{Account, AccountKind, Fund, Payment, pay};

use crate::{
    calendar::{Calendar, Reckoned},
    person::IdNumber,
    policy::Policy,
    subsidy::Fen,
};

/// A number of which so much is hidden that everybody may see it; there is no way to put a whole one here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Masked(String);

impl Masked {
    /// An ID number, 含隐藏或遮挡部分数字.
    pub fn id_number(number: &IdNumber) -> Self {
        Self(number.masked())
    }

    /// A roster number 学号, where no ID number is kept: at most the last two characters of it, and never the half.
    pub fn roster_number(number: &str) -> Self {
        let length = number.chars().count();
        let hidden = length.saturating_sub(2).max(length.div_ceil(2));
        Self(number.chars().enumerate().map(|(place, sign)| if place < hidden { '*' } else { sign }).collect())
    }

    /// What is shown.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A line of the notice: 补贴学员名单（含隐藏或遮挡部分数字的身份证号码）、补贴金额.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoticeLine {
    /// The student's name.
    pub name: String,
    /// The number that tells students of one name apart.
    pub number: Option<Masked>,
    /// The amount.
    pub amount: Fen,
}

/// A published notice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Notice {
    /// 培训机构名称.
    pub institution: String,
    /// Who gets how much.
    pub lines: Vec<NoticeLine>,
    /// The day on which it went up.
    pub published_on: Date,
}

/// Somebody's objection 异议.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Objection {
    /// When it came.
    pub on: Date,
    /// What became of it.
    pub outcome: ObjectionOutcome,
}

/// What became of an objection.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ObjectionOutcome {
    /// Still looked into.
    Open,
    /// It was right: the notice falls, and a corrected one starts anew.
    Upheld,
    /// It was wrong.
    Dismissed,
}

/// How a notice stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "standing")]
pub enum Standing {
    /// It still hangs, to the end of this day.
    Running {
        /// The last day.
        until: Reckoned<Date>,
    },
    /// The days are over, but objections are open.
    Contested {
        /// How many.
        open: u32,
    },
    /// An objection was right: it falls.
    Fallen,
    /// 公示无异议: it may be paid.
    Passed(Passed),
}

/// Proof that a notice passed; only [`standing`] makes one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Passed {
    last_day: Date,
}

impl Passed {
    /// The notice's last day.
    pub fn last_day(self) -> Date {
        self.last_day
    }
}

/// The last day of a notice: the policy's number of working days, of which the day of publication is none (民法典
/// 第二百零一条: 开始的当日不计入). `None` only at the ends of the calendar.
pub fn last_day(notice: &Notice, calendar: &Calendar, policy: &Policy) -> Option<Reckoned<Date>> {
    calendar.forward(notice.published_on, policy.notice_working_days)
}

/// How the notice stands on a day. Objections that came after its last day are recorded, but stop nothing. `None` only
/// at the ends of the calendar.
pub fn standing(
    notice: &Notice,
    objections: &[Objection],
    today: Date,
    calendar: &Calendar,
    policy: &Policy,
) -> Option<Standing> {
    let until = last_day(notice, calendar, policy)?;
    let in_time = || objections.iter().filter(|objection| objection.on <= until.value && objection.on <= today);
    if in_time().any(|objection| objection.outcome == ObjectionOutcome::Upheld) {
        return Some(Standing::Fallen);
    }
    if today <= until.value {
        return Some(Standing::Running { until });
    }
    let open = in_time().filter(|objection| objection.outcome == ObjectionOutcome::Open).count();
    Some(match u32::try_from(open).unwrap_or(u32::MAX) {
        0 => Standing::Passed(Passed { last_day: until.value }),
        open => Standing::Contested { open },
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use proptest::prelude::*;

    fn notice(published_on: Date) -> Notice {
        Notice { institution: "某培训学校".to_owned(), lines: vec![], published_on }
    }

    fn asked(objections: &[Objection], today: Date) -> Standing {
        standing(&notice(date(2024, 9, 27)), objections, today, &Calendar::published(), &Policy::default()).unwrap()
    }

    fn objection(on: Date, outcome: ObjectionOutcome) -> Objection {
        Objection { on, outcome }
    }

    /// 十: 公示期为5个工作日. Published on Friday 27 September 2024: 29 (make-up) and 30 September, 8, 9, 10 October.
    #[test]
    fn five_working_days_over_national_day() {
        let Standing::Running { until } = asked(&[], date(2024, 10, 10)) else { panic!("it still hangs") };
        assert_eq!(until, Reckoned { value: date(2024, 10, 10), provisional: false });
        let Standing::Passed(passed) = asked(&[], date(2024, 10, 11)) else { panic!("it passed") };
        assert_eq!(passed.last_day(), date(2024, 10, 10));
    }

    #[test]
    fn an_objection_stops_the_result_until_it_is_decided() {
        let after = date(2024, 10, 11);
        let one = |outcome| asked(&[objection(date(2024, 10, 10), outcome)], after);
        assert_eq!(one(ObjectionOutcome::Open), Standing::Contested { open: 1 });
        assert_eq!(one(ObjectionOutcome::Upheld), Standing::Fallen);
        assert!(matches!(one(ObjectionOutcome::Dismissed), Standing::Passed(_)));
        let late = objection(date(2024, 10, 11), ObjectionOutcome::Upheld);
        assert!(matches!(asked(&[late], after), Standing::Passed(_)), "after the last day");
    }

    #[test]
    fn an_upheld_objection_fells_it_at_once() {
        let upheld = objection(date(2024, 9, 30), ObjectionOutcome::Upheld);
        assert_eq!(asked(&[upheld], date(2024, 9, 30)), Standing::Fallen);
        assert!(matches!(asked(&[upheld], date(2024, 9, 29)), Standing::Running { .. }), "not before it came");
    }

    #[test]
    fn a_line_never_holds_a_whole_number() {
        let number = IdNumber::parse("11010519491231002X", date(2024, 10, 8)).unwrap();
        let masked = Masked::id_number(&number);
        let line =
            NoticeLine { name: "张三".to_owned(), number: Some(masked.clone()), amount: Fen::from_yuan(3_000) };
        let json = serde_json::to_string(&line).unwrap();
        assert!(!json.contains("19491231") && json.contains(masked.as_str()));
    }

    #[test]
    fn of_a_roster_number_the_half_at_least_is_hidden() {
        let shown = |number| Masked::roster_number(number).as_str().to_owned();
        assert_eq!(["20240017", "学号7", "07", "7", ""].map(shown), ["******17", "**7", "*7", "*", ""]);
    }

    proptest! {
        #[test]
        fn it_never_passes_before_five_working_days_or_with_an_open_objection(
            published in 0i32..1_000, waited in 0i32..30,
            came in prop::collection::vec((0i32..30, 0usize..3), 0..4),
        ) {
            let day = |n: i32| date(2023, 3, 1).checked_add(jiff::Span::new().days(n)).unwrap();
            let outcomes = [ObjectionOutcome::Open, ObjectionOutcome::Upheld, ObjectionOutcome::Dismissed];
            let objections: Vec<_> = came.iter().map(|&(after, which)| objection(day(published + after), outcomes[which])).collect();
            let calendar = Calendar::published();
            let today = day(published + waited);
            let standing = standing(&notice(day(published)), &objections, today, &calendar, &Policy::default()).unwrap();
            // Counted one by one, apart from the calendar's own arithmetic.
            let full = (published + 1..published + waited).filter(|&n| calendar.is_working_day(day(n))).count() >= 5;
            let fifth = (published + 1..).filter(|&n| calendar.is_working_day(day(n))).nth(4).unwrap();
            let counts = |which| came.iter().any(|&(after, w)| w == which && published + after <= fifth && after <= waited);
            let passed = matches!(standing, Standing::Passed(_));
            prop_assert_eq!(passed, full && !counts(0) && !counts(1), "{:?}", standing);
            prop_assert_eq!(standing == Standing::Fallen, counts(1));
        }
    }
}
