//! R7.3c (七(三)): 学员实际签到打卡情况要与报告单及汇总表一致.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::{DaySheet, DayValue, SentReport, Summary};
use crate::{
    calendar::Month,
    finding::{Finding, Record},
    ids::{ClassId, StudentId},
    report::DailyReport,
    text::{RuleId, Text},
};

const RULE: RuleId = RuleId::new("R7.3c");

/// The three accounts of a class's attendance.
#[derive(Clone, Copy, Debug)]
pub struct Accounts<'a> {
    /// The class.
    pub class: ClassId,
    /// What the punches say: a sheet for every training day of the months in question, as far as they are over.
    pub sheets: &'a [DaySheet],
    /// What the daily reports say; of several for a day the newest counts.
    pub reports: &'a [SentReport],
    /// What the handed-in summaries say.
    pub summaries: &'a [Summary],
}

/// What one account says of a student's day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Says {
    /// The paper is not there: that is another rule's matter, and no disagreement.
    NoPaper,
    /// The report gives numbers and does not name all its absent.
    Numbers,
    /// The paper is there and leaves this out.
    Nothing,
    /// This.
    Value(DayValue),
}

impl Says {
    fn text(self) -> Text {
        match self {
            Self::NoPaper => Text::new("未交", "not handed in"),
            Self::Numbers => Text::new("未具名", "numbers only"),
            Self::Nothing => Text::new("未填", "left out"),
            Self::Value(value) => value.text(),
        }
    }

    fn agrees(self, punches: DayValue) -> bool {
        match self {
            Self::NoPaper | Self::Numbers => true,
            Self::Nothing => false,
            Self::Value(value) => value == punches,
        }
    }
}

/// Every day and student on which the three do not say the same, and every number that does not fit.
///
/// Where a report names all its absent, or a summary is there, each student's day is compared; where a report gives
/// numbers only, the numbers are. A paper that is not there disagrees with nothing (R7.3b tells of it).
pub fn disagreements(accounts: &Accounts<'_>) -> Vec<Finding> {
    let mut sheets: Vec<&DaySheet> = accounts.sheets.iter().collect();
    sheets.sort_by_key(|sheet| sheet.date);
    let mut findings = Vec::new();
    for sheet in sheets {
        let of_day = |sent: &&SentReport| sent.report.class == accounts.class && sent.report.date == sheet.date;
        let report = accounts.reports.iter().filter(of_day).max_by_key(|sent| (sent.sent_at, sent.id));
        let of_month = |one: &&Summary| one.class == accounts.class && one.month == Month::of(sheet.date);
        let summary = accounts.summaries.iter().find(of_month);
        let day = Day { class: accounts.class, sheet, report, summary };
        findings.extend(day.students());
        findings.extend(report.and_then(|sent| day.roll(sent)));
        findings.extend(report.and_then(|sent| day.numbers(sent)));
    }
    let summaries = accounts.summaries.iter().filter(|summary| summary.class == accounts.class);
    findings.extend(summaries.flat_map(|summary| beyond(accounts, summary)));
    findings
}

struct Day<'a> {
    class: ClassId,
    sheet: &'a DaySheet,
    report: Option<&'a SentReport>,
    summary: Option<&'a Summary>,
}

impl Day<'_> {
    fn students(&self) -> Vec<Finding> {
        let date = self.sheet.date;
        let mut findings = Vec::new();
        for line in &self.sheet.lines {
            let punches = line.standing.value();
            let report = self.report.map_or(Says::NoPaper, |sent| report_says(&sent.report, line.student));
            let summary = self
                .summary
                .map_or(Says::NoPaper, |summary| summary.value(line.student, date).map_or(Says::Nothing, Says::Value));
            if report.agrees(punches) && summary.agrees(punches) {
                continue;
            }
            let (p, r, s) = (punches.text(), report.text(), summary.text());
            let seen = Text::new(
                format!("{date}：打卡 {}，报告单 {}，汇总表 {}", p.zh, r.zh, s.zh),
                format!("{date}: punches {}, report {}, summary {}", p.en, r.en, s.en),
            );
            findings.push(self.finding("student_day_differs", seen).showing([Record::Student(line.student)]));
        }
        findings
    }

    fn roll(&self, sent: &SentReport) -> Option<Finding> {
        let (date, told, roll) = (self.sheet.date, sent.report.roll, self.sheet.lines.len());
        (told as usize != roll).then(|| {
            let seen = Text::new(
                format!("{date}：在册 {roll} 人，报告单班级学员数 {told} 人"),
                format!("{date}: {roll} are in the class, the report gives {told} on roll"),
            );
            self.finding("roll_differs", seen)
        })
    }

    /// The report's numbers, where it does not name all its absent.
    fn numbers(&self, sent: &SentReport) -> Option<Finding> {
        let report = &sent.report;
        if names_all(report) {
            return None;
        }
        let absent = u64::from(report.roll)
            .saturating_sub(u64::from(report.present) + u64::from(report.sick) + u64::from(report.personal));
        let told = [report.present.into(), report.sick.into(), report.personal.into(), absent];
        let punched = DayValue::ALL
            .map(|value| self.sheet.lines.iter().filter(|line| line.standing.value() == value).count() as u64);
        if told == punched {
            return None;
        }
        let written = |numbers: [u64; 4]| {
            let parts = || DayValue::ALL.into_iter().map(DayValue::text).zip(numbers);
            let zh: Vec<_> = parts().map(|(text, count)| format!("{} {count}", text.zh)).collect();
            let en: Vec<_> = parts().map(|(text, count)| format!("{count} {}", text.en)).collect();
            Text::new(zh.join("、"), en.join(", "))
        };
        let summary = self.summary.map_or_else(
            || Says::NoPaper.text(),
            |summary| written(DayValue::ALL.map(|value| summary.column(self.sheet.date, value).into())),
        );
        let (date, p, r) = (self.sheet.date, written(punched), written(told));
        let seen = Text::new(
            format!("{date}：打卡 {}；报告单 {}；汇总表 {}", p.zh, r.zh, summary.zh),
            format!("{date}: punches {}; report {}; summary {}", p.en, r.en, summary.en),
        );
        Some(self.finding("numbers_differ", seen))
    }

    fn finding(&self, code: &'static str, seen: Text) -> Finding {
        let report = self.report.map(|sent| Record::Report(sent.id));
        Finding::new(RULE, code, expected(), seen)
            .showing([Record::Class(self.class), Record::Day(self.sheet.date)].into_iter().chain(report))
    }
}

fn expected() -> Text {
    Text::new("打卡、报告单、汇总表三者一致", "punches, daily report and summary say the same")
}

/// Whether the report names everyone who is not present.
fn names_all(report: &DailyReport) -> bool {
    u64::from(report.present) + report.absent.len() as u64 == u64::from(report.roll)
}

fn report_says(report: &DailyReport, student: StudentId) -> Says {
    match report.absent.iter().find(|absence| absence.student == student) {
        Some(absence) => Says::Value(absence.reason.into()),
        None if names_all(report) => Says::Value(DayValue::Present),
        None => Says::Numbers,
    }
}

/// What a summary has beyond the training days: entries for days or students that there are not, and lines twice.
fn beyond(accounts: &Accounts<'_>, summary: &Summary) -> Vec<Finding> {
    let known: BTreeSet<(StudentId, Date)> =
        accounts.sheets.iter().flat_map(|sheet| sheet.lines.iter().map(|line| (line.student, sheet.date))).collect();
    let month = summary.month;
    let mut findings = Vec::new();
    for (index, line) in summary.lines.iter().enumerate() {
        let mut wrong = |code, seen| {
            let finding = Finding::new(RULE, code, expected(), seen);
            findings.push(finding.showing([Record::Class(summary.class), Record::Student(line.student)]));
        };
        if summary.lines[..index].iter().any(|earlier| earlier.student == line.student) {
            let seen = Text::new(
                format!("{}汇总表中该学员重复出现", month.zh()),
                format!("the summary of {month} has this student twice"),
            );
            wrong("summary_line_twice", seen);
        }
        let extra: Vec<Date> =
            line.cells.keys().copied().filter(|&date| !known.contains(&(line.student, date))).collect();
        if let Some(first) = extra.first() {
            let count = extra.len();
            let seen = Text::new(
                format!("{}汇总表有 {count} 天并非该学员的培训日，如 {first}", month.zh()),
                format!("the summary of {month} has {count} days that are no training days of the student, as {first}"),
            );
            wrong("summary_day_unknown", seen);
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_an_account_says_has_its_words() {
        crate::text::told_apart(
            [Says::NoPaper, Says::Numbers, Says::Nothing, Says::Value(DayValue::Present)].map(Says::text),
        );
    }
}
