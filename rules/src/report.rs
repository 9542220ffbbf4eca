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
