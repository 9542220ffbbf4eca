//! R7.3b (七(三)): the daily report 日出勤情况报告单, by 09:00 of each training day.

use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};

pub use crate::roster::{RosterStudent, Sex};
pub use crate::text::RuleId;
use crate::{
    civil,
    ids::{ClassId, StudentId},
    policy::Policy,
};

/// The rule that everything here serves.
pub const RULE: RuleId = RuleId::new("R7.3b");

/// A class's line on the day's form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DailyReport {
    /// The class.
    pub class: ClassId,
    /// The day that it tells of.
    pub date: Date,
    /// 班级学员数: students on roll.
    pub roll: u32,
    /// 实际出勤学员数: students present.
    pub present: u32,
    /// Men among the present, where the class manager counted them.
    #[serde(default)]
    pub present_men: Option<u32>,
    /// Women among the present, likewise.
    #[serde(default)]
    pub present_women: Option<u32>,
    /// 病假学员数: on sick leave.
    pub sick: u32,
    /// 事假学员数: on personal leave.
    pub personal: u32,
    /// Absent for another reason, which the note gives.
    #[serde(default)]
    pub other: u32,
    /// The absent by name, as far as they were named.
    #[serde(default)]
    pub absent: Vec<Absence>,
    /// 其他需要说明情况: what else must be explained.
    #[serde(default)]
    pub note: String,
}

/// One named absent student.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Absence {
    /// Who.
    pub student: StudentId,
    /// Why.
    pub reason: AbsenceReason,
}

/// Why a student is absent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AbsenceReason {
    /// 病假.
    Sick,
    /// 事假.
    Personal,
    /// 其他.
    Other,
}

/// What is wrong with one field of something that was sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FieldError {
    /// The field's name in the API.
    pub field: &'static str,
    /// The rule that it breaks.
    pub rule: RuleId,
    /// What is wrong, in Chinese.
    pub zh: String,
    /// What is wrong, in English.
    pub en: String,
}

/// Numbers that cannot be: empty when the report can be taken. Being late is no error ([`is_late`]).
///
/// An empty `roster` means that the students are not in the system yet; names are then not checked.
pub fn check(report: &DailyReport, roster: &[RosterStudent]) -> Vec<FieldError> {
    let mut errors = Vec::new();
    let mut wrong = |field, zh: String, en: String| errors.push(FieldError { field, rule: RULE, zh, en });
    let DailyReport { roll, present, sick, personal, other, .. } = *report;

    if present > roll {
        wrong(
            "present",
            format!("出勤人数 {present} 多于班级学员数 {roll}"),
            format!("{present} present, but only {roll} on roll"),
        );
    }
    let told = u64::from(present) + u64::from(sick) + u64::from(personal) + u64::from(other);
    if present <= roll && told > u64::from(roll) {
        wrong(
            "roll",
            format!("出勤 {present}、病假 {sick}、事假 {personal}、其他 {other} 合计 {told} 人，多于班级学员数 {roll}"),
            format!(
                "present {present}, sick {sick}, personal {personal} and other {other} make {told}, but only {roll} are on roll"
            ),
        );
    }
    sexes(report, &mut wrong);
    names(report, roster, &mut wrong);
    let unexplained = u64::from(roll).saturating_sub(u64::from(present) + u64::from(sick) + u64::from(personal));
    if unexplained > 0 && told <= u64::from(roll) && report.note.trim().is_empty() {
        wrong(
            "note",
            format!("有 {unexplained} 名学员既未出勤也未请病假、事假，请在“其他需要说明情况”中说明"),
            format!("{unexplained} students are neither present nor on sick or personal leave: the note must say why"),
        );
    }
    errors
}

/// The men and women among the present must fit the present.
fn sexes(report: &DailyReport, wrong: &mut impl FnMut(&'static str, String, String)) {
    let present = report.present;
    for (field, zh, en, count) in
        [("present_men", "男", "men", report.present_men), ("present_women", "女", "women", report.present_women)]
    {
        if let Some(count) = count
            && count > present
        {
            wrong(
                field,
                format!("出勤{zh}学员 {count} 人，多于出勤人数 {present}"),
                format!("{count} {en} are present, but only {present} students are"),
            );
        }
    }
    if let (Some(men), Some(women)) = (report.present_men, report.present_women)
        && men <= present
        && women <= present
        && u64::from(men) + u64::from(women) != u64::from(present)
    {
        wrong(
            "present_women",
            format!("出勤男学员 {men} 人、女学员 {women} 人，合计与出勤人数 {present} 不符"),
            format!("{men} men and {women} women do not make the {present} present"),
        );
    }
}

/// The named absent must be on the roster, once each, and fit the counts of their reasons.
fn names(report: &DailyReport, roster: &[RosterStudent], wrong: &mut impl FnMut(&'static str, String, String)) {
    for (index, absence) in report.absent.iter().enumerate() {
        if !roster.is_empty() && !roster.iter().any(|student| student.id == absence.student) {
            wrong(
                "absent",
                format!("缺勤名单第 {} 人不在本班花名册上", index + 1),
                format!("number {} of the absent is not on this class's roster", index + 1),
            );
        }
        if report.absent[..index].iter().any(|earlier| earlier.student == absence.student) {
            wrong(
                "absent",
                format!("缺勤名单第 {} 人重复出现", index + 1),
                format!("number {} of the absent is named twice", index + 1),
            );
        }
    }
    if report.absent.is_empty() {
        return;
    }
    for (reason, field, zh, en, count) in [
        (AbsenceReason::Sick, "sick", "病假", "on sick leave", report.sick),
        (AbsenceReason::Personal, "personal", "事假", "on personal leave", report.personal),
        (AbsenceReason::Other, "other", "其他原因缺勤", "absent for another reason", report.other),
    ] {
        let named = report.absent.iter().filter(|absence| absence.reason == reason).count();
        if named as u64 != u64::from(count) {
            wrong(
                field,
                format!("{zh}填报 {count} 人，缺勤名单中为 {named} 人"),
                format!("{count} are given as {en}, but {named} are named so"),
            );
        }
    }
}

/// Whether a report of `date` that was sent at `sent_at` came after the policy's time (09:00 Asia/Shanghai of that day).
/// Exactly on time is not late. A late report is marked, never refused.
pub fn is_late(date: Date, sent_at: Timestamp, policy: &Policy) -> bool {
    civil::instant(date, policy.report_due).is_some_and(|due| sent_at > due)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use proptest::prelude::*;
    use uuid::Uuid;

    fn student(number: u128) -> StudentId {
        StudentId(Uuid::from_u128(number))
    }

    fn roster(count: u128) -> Vec<RosterStudent> {
        (0..count)
            .map(|n| RosterStudent { id: student(n), name: format!("学员{n}"), sex: Sex::Female, enrolled: true })
            .collect()
    }

    fn report(roll: u32, present: u32, sick: u32, personal: u32) -> DailyReport {
        DailyReport {
            class: ClassId(Uuid::from_u128(1)),
            date: date(2024, 10, 8),
            roll,
            present,
            present_men: None,
            present_women: None,
            sick,
            personal,
            other: 0,
            absent: Vec::new(),
            note: String::new(),
        }
    }

    fn fields(report: &DailyReport, roster: &[RosterStudent]) -> Vec<&'static str> {
        check(report, roster).iter().map(|error| error.field).collect()
    }

    #[test]
    fn thirty_on_roll_two_sick_one_on_leave_can_be() {
        assert_eq!(check(&report(30, 27, 2, 1), &[]), []);
    }

    #[test]
    fn more_present_than_on_roll_cannot_be() {
        assert_eq!(fields(&report(30, 31, 0, 0), &[]), ["present"]);
        assert_eq!(fields(&report(30, 28, 2, 1), &[]), ["roll"]);
        assert_eq!(fields(&report(u32::MAX, u32::MAX, u32::MAX, u32::MAX), &[]), ["roll"]);
    }

    #[test]
    fn whoever_is_missing_without_leave_must_be_explained() {
        assert_eq!(fields(&report(30, 26, 2, 1), &[]), ["note"]);
        assert!(check(&report(30, 26, 2, 1), &[])[0].zh.starts_with("有 1 名学员既未出勤也未请"));
        let blank = DailyReport { note: " \u{3000}\n".to_owned(), ..report(30, 26, 2, 1) };
        assert_eq!(fields(&blank, &[]), ["note"]);
        let told = DailyReport { other: 1, note: "一名学员参加招聘会".to_owned(), ..report(30, 26, 2, 1) };
        assert_eq!(check(&told, &[]), []);
    }

    #[test]
    fn men_and_women_make_the_present() {
        let split = |men, women| DailyReport { present_men: men, present_women: women, ..report(30, 30, 0, 0) };
        assert_eq!(fields(&split(Some(12), Some(18)), &[]), [""; 0]);
        assert_eq!(fields(&split(Some(12), Some(17)), &[]), ["present_women"]);
        assert_eq!(fields(&split(Some(31), None), &[]), ["present_men"]);
        assert_eq!(fields(&split(None, Some(31)), &[]), ["present_women"]);
        assert_eq!(fields(&split(Some(12), None), &[]), [""; 0]);
        assert_eq!(fields(&split(Some(30), None), &[]), [""; 0], "all of them men");
    }

    #[test]
    fn named_absentees_are_on_the_roster_once_and_fit_the_counts() {
        let absence = |n, reason| Absence { student: student(n), reason };
        let named = |absent| DailyReport { absent, ..report(30, 28, 1, 1) };
        let (sick, personal) = (AbsenceReason::Sick, AbsenceReason::Personal);
        let roster = roster(30);
        assert_eq!(fields(&named(vec![absence(0, sick), absence(1, personal)]), &roster), [""; 0]);
        assert_eq!(fields(&named(vec![absence(0, sick), absence(99, personal)]), &roster), ["absent"]);
        assert_eq!(fields(&named(vec![absence(0, sick), absence(0, personal)]), &roster), ["absent"]);
        assert_eq!(fields(&named(vec![absence(0, sick), absence(1, sick)]), &roster), ["sick", "personal"]);
        assert_eq!(fields(&named(vec![absence(0, sick), absence(99, personal)]), &[]), [""; 0]);
    }

    #[test]
    fn errors_name_the_rule_in_both_languages() {
        let error = check(&report(30, 31, 0, 0), &[]).remove(0);
        assert_eq!(error.rule.as_str(), "R7.3b");
        assert!(error.zh.contains("31") && error.en.contains("31"));
    }

    #[test]
    fn nine_o_clock_in_fushun_is_one_o_clock_utc() {
        let policy = Policy::default();
        let day = date(2024, 10, 8);
        assert!(!is_late(day, "2024-10-08T01:00:00Z".parse().unwrap(), &policy));
        assert!(is_late(day, "2024-10-08T01:00:00.000001Z".parse().unwrap(), &policy));
        assert!(is_late(day, "2024-10-09T00:00:00Z".parse().unwrap(), &policy));
        let noon = Policy { report_due: jiff::civil::time(12, 0, 0, 0), ..policy };
        assert!(!is_late(day, "2024-10-08T03:59:59Z".parse().unwrap(), &noon));
    }

    proptest! {
        #[test]
        fn a_report_without_note_passes_exactly_when_everyone_is_accounted_for(
            roll in 0u32..50, present in 0u32..50, sick in 0u32..10, personal in 0u32..10,
        ) {
            let passes = check(&report(roll, present, sick, personal), &[]).is_empty();
            prop_assert_eq!(passes, present + sick + personal == roll);
        }
    }
}
