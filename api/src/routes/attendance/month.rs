//! A month of a class: the matrix, the rates, and everything that does not agree.

use std::collections::HashMap;

use duxue_rules::{
    attendance::{
        Accounts, DaySheet, Rate, Summary, check_leaves, check_statements, disagreements, report_duties,
        report_findings, settle,
    },
    calendar::{Dates, Month},
    finding::Finding,
};
use duxue_storage::{Tx, monthly_summary::MonthlySummary};
use jiff::{Timestamp, civil::Date};

use super::Facts;
use crate::{
    app::Shared,
    dto::{
        attendance::{AttendanceCell, AttendanceDay, AttendanceLine, AttendanceMonth, AttendanceRate, DayTotals},
        refs::{ClassRef, StudentRef},
    },
    problem::Failure,
};

/// A class's month; refused when the class has no day in it.
pub(in crate::routes) async fn month_of(
    app: &Shared,
    tx: &mut Tx,
    facts: &Facts,
    month: Month,
    now: Timestamp,
) -> Result<AttendanceMonth, Failure> {
    in_class(facts, month)?;
    let policy = &app.policy.policy;
    let id = facts.class.id;
    let handed_in = tx.monthly_summary(id, month).await?;
    let sheets = facts.sheets(now, policy);
    let of_month: Vec<DaySheet> = sheets.iter().filter(|sheet| Month::of(sheet.date) == month).cloned().collect();
    let made = Summary::of(id, month, &of_month);
    let dates: Vec<Date> = facts.lessons.dates().into_iter().filter(|&date| Month::of(date) == month).collect();
    let cells: HashMap<_, _> =
        of_month.iter().flat_map(|sheet| sheet.lines.iter().map(|day| ((day.student, sheet.date), day))).collect();
    let lines = facts.students.iter().map(|student| {
        let rate = Rate::of(student.id, &sheets);
        let own = dates.iter().filter_map(|&date| Some(AttendanceCell::of(date, cells.get(&(student.id, date))?)));
        AttendanceLine {
            student: StudentRef { student_id: student.id, name: student.name.clone() },
            number: student.number.clone(),
            totals: made.lines.iter().find(|line| line.student == student.id).map(DayTotals::of).unwrap_or_default(),
            rate: AttendanceRate::of(rate, policy.attendance_min_percent),
            cells: own.collect(),
        }
    });
    let lines = lines.collect();
    let days = dates.iter().map(|&date| AttendanceDay { date, over: facts.is_over(date, now, policy) }).collect();
    let findings = findings(app, facts, month, &sheets, &of_month, handed_in.as_ref(), now);
    Ok(AttendanceMonth {
        class: ClassRef { id, name: facts.class.name.clone() },
        month: month.to_string(),
        days,
        lines,
        handed_in: handed_in.map(Into::into),
        findings: findings.into_iter().map(Into::into).collect(),
        policy_version: app.policy.version,
        at: now,
    })
}

/// Refuses a month in which the class has no day.
pub(super) fn in_class(facts: &Facts, month: Month) -> Result<(), Failure> {
    if days(facts).is_some_and(|days| !days.intersection(month.dates()).is_empty()) {
        return Ok(());
    }
    let (first, last) = (facts.class.starts_on, facts.class.ends_on);
    let zh = format!("月份须在班期 {first} 至 {last} 之内。");
    Err(Failure::parameter("month", zh, format!("the class runs from {first} to {last}")))
}

fn days(facts: &Facts) -> Option<Dates> {
    Dates::through(facts.class.starts_on, facts.class.ends_on).ok()
}

/// What is not as it should be, rule by rule: the punches themselves, the three papers against each other (R7.3c), the
/// reports (R7.3b), leaves (R7.3e) and statements (R7.3d) of the month, and the rates so far (R7.2c).
fn findings(
    app: &Shared,
    facts: &Facts,
    month: Month,
    sheets: &[DaySheet],
    of_month: &[DaySheet],
    handed_in: Option<&MonthlySummary>,
    now: Timestamp,
) -> Vec<Finding> {
    let policy = &app.policy.policy;
    let id = facts.class.id;
    let touches = |dates: Dates| !dates.intersection(month.dates()).is_empty();
    let summaries: Vec<Summary> = handed_in.map(|row| row.summary.clone()).into_iter().collect();
    let accounts = Accounts { class: id, sheets: of_month, reports: facts.reports(), summaries: &summaries };
    let dates: Vec<Date> = facts.lessons.dates().into_iter().filter(|&date| Month::of(date) == month).collect();
    let duties = report_duties(id, &dates, facts.reports(), now, policy);
    let leaves: Vec<_> = facts.leaves().iter().filter(|leave| touches(leave.dates)).cloned().collect();
    let statements: Vec<_> = facts.statements.iter().filter(|one| touches(one.dates)).cloned().collect();
    let mut findings: Vec<Finding> = of_month.iter().flat_map(|sheet| sheet.findings.clone()).collect();
    findings.extend(disagreements(&accounts));
    findings.extend(report_findings(id, &duties));
    findings.extend(check_leaves(&leaves, facts.members(), facts.reports()));
    findings.extend(check_statements(&statements));
    let rates = facts.students.iter().map(|student| (student.id, Rate::of(student.id, sheets)));
    findings.extend(rates.filter_map(|(student, rate)| settle(student, rate, &[], policy).against));
    findings
}
