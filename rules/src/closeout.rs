//! R8.1, R8.2 (八): close-out 结课验收 and the certificates.

mod application;
mod assessment;
mod certificate;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

pub use application::{Accepted, Application, Applied, Decision, TurnedDown};
pub use assessment::{Assessment, check_assessments};
pub use certificate::{Certificate, CertificateKind, check as check_certificates};

use crate::{
    calendar::{Calendar, Reckoned},
    finding::{Finding, Record},
    ids::StudentId,
    policy::Policy,
    text::{RuleId, Text},
};

const RULE: RuleId = RuleId::new("R8.1");

/// What the institution applies with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CloseOut {
    /// The day of the application.
    pub applied_on: Date,
    /// 学员出勤情况台账: its file.
    pub ledger: String,
    /// 合格人员名单.
    pub pass_list: Vec<StudentId>,
}

/// Whether an application can be taken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CloseOutAnswer {
    /// The last day on which it is in time.
    pub due: Reckoned<Date>,
    /// Marked late; a late application is taken all the same.
    pub late: bool,
    /// What keeps it from being taken.
    pub findings: Vec<Finding>,
}

/// The last day on which to apply: so many working days before the class's last day. `None` only at the ends of the
/// calendar.
pub fn due(last_day: Date, calendar: &Calendar, policy: &Policy) -> Option<Reckoned<Date>> {
    calendar.back(last_day, policy.closeout_working_days)
}

/// Looks at an application. `barred` are the students whom other rules keep from passing (R7.2c attendance, R4).
pub fn check(
    closeout: &CloseOut,
    last_day: Date,
    roster: &[StudentId],
    barred: &[StudentId],
    calendar: &Calendar,
    policy: &Policy,
) -> Option<CloseOutAnswer> {
    let due = due(last_day, calendar, policy)?;
    let mut findings = Vec::new();
    if closeout.ledger.trim().is_empty() {
        let expected = Text::new("上报学员出勤情况台账", "the attendance ledger is handed in");
        findings.push(Finding::new(RULE, "ledger_missing", expected, Text::new("未上报", "it is not")));
    }
    if closeout.pass_list.is_empty() {
        let expected = Text::new("上报合格人员名单", "the list of those who passed is handed in");
        findings.push(Finding::new(RULE, "pass_list_missing", expected, Text::new("未上报", "it is not")));
    }
    for (index, student) in closeout.pass_list.iter().enumerate() {
        let (code, seen) = if !roster.contains(student) {
            ("passed_not_on_roster", Text::new("不在本班花名册上", "one on it is not on the class's roster"))
        } else if closeout.pass_list[..index].contains(student) {
            ("passed_twice", Text::new("名单中重复出现", "one is on it twice"))
        } else if barred.contains(student) {
            ("passed_though_barred", Text::new("出勤或核实未达要求", "one on it lacks attendance or verification"))
        } else {
            continue;
        };
        let expected =
            Text::new("合格名单为本班达到要求的学员", "the list holds students of the class who meet the rules");
        findings.push(Finding::new(RULE, code, expected, seen).showing([Record::Student(*student)]));
    }
    Some(CloseOutAnswer { due, late: closeout.applied_on > due.value, findings })
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use proptest::prelude::*;
    use uuid::Uuid;

    fn student(n: u128) -> StudentId {
        StudentId(Uuid::from_u128(n))
    }

    fn application(on: Date) -> CloseOut {
        CloseOut { applied_on: on, ledger: "台账.xlsx".to_owned(), pass_list: vec![student(1), student(2)] }
    }

    fn asked(closeout: &CloseOut, last_day: Date) -> CloseOutAnswer {
        let roster = [student(1), student(2), student(3)];
        check(closeout, last_day, &roster, &[student(3)], &Calendar::published(), &Policy::default()).unwrap()
    }

    fn codes(closeout: &CloseOut) -> Vec<String> {
        asked(closeout, date(2024, 12, 31)).findings.into_iter().map(|finding| finding.code).collect()
    }

    /// 八: 在各班课程结束前 10 个工作日 … 申请结课验收.
    #[test]
    fn ten_working_days_before_the_last_day_and_later_is_late_but_taken() {
        // Back from Tuesday 31 December 2024: 30, 27, 26, 25, 24, 23, 20, 19, 18, 17.
        let last_day = date(2024, 12, 31);
        let answer = asked(&application(date(2024, 12, 17)), last_day);
        assert_eq!((answer.due.value, answer.late, answer.findings), (date(2024, 12, 17), false, vec![]));
        let answer = asked(&application(date(2024, 12, 18)), last_day);
        assert!(answer.late && answer.findings.is_empty());
    }

    #[test]
    fn ledger_and_list_are_there_and_the_list_is_the_classes() {
        let fine = application(date(2024, 12, 17));
        assert_eq!(codes(&CloseOut { ledger: String::new(), ..fine.clone() }), ["ledger_missing"]);
        assert_eq!(codes(&CloseOut { pass_list: vec![], ..fine.clone() }), ["pass_list_missing"]);
        assert_eq!(codes(&CloseOut { pass_list: vec![student(9)], ..fine.clone() }), ["passed_not_on_roster"]);
        assert_eq!(codes(&CloseOut { pass_list: vec![student(1), student(1)], ..fine.clone() }), ["passed_twice"]);
        assert_eq!(codes(&CloseOut { pass_list: vec![student(3)], ..fine }), ["passed_though_barred"]);
    }

    proptest! {
        #[test]
        fn from_the_due_day_to_the_last_day_there_are_ten_working_days(offset in 0i32..1_000) {
            let last_day = date(2023, 3, 1).checked_add(jiff::Span::new().days(offset)).unwrap();
            let calendar = Calendar::published();
            let due = due(last_day, &calendar, &Policy::default()).unwrap().value;
            let dates = crate::calendar::Dates::new(due, last_day).unwrap();
            prop_assert_eq!(calendar.working_days(dates).value.len(), 10);
            prop_assert!(calendar.is_working_day(due));
        }
    }
}
