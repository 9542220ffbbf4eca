//! What the papers alone tell: R7.3b, and R7.3c for the roll.

use crate::{
    civil,
    crosscheck::{FindingDraft, FindingKind, case::Case},
    report,
    text::{Reason, RuleId, Text},
};

/// R7.3c: report and roster agree.
const AGREEMENT: RuleId = RuleId::new("R7.3c");

pub(in crate::crosscheck) fn all(case: &Case<'_>) -> Vec<FindingDraft> {
    [late(case), missing(case), roll(case)].into_iter().flatten().collect()
}

fn draft(
    kind: FindingKind,
    rule: RuleId,
    expected: Text,
    seen: Text,
    reason: Reason,
    would_change: Text,
) -> FindingDraft {
    FindingDraft {
        rule,
        kind,
        subject: None,
        confidence: 1.0,
        expected,
        seen,
        reasons: vec![reason],
        would_change,
        frames: Vec::new(),
    }
}

fn due(case: &Case<'_>) -> Text {
    let time = case.policy.report_due.strftime("%H:%M").to_string();
    Text::new(
        format!("日出勤情况报告单应于当天 {time} 前报送"),
        format!("the daily report is due by {time} of the day"),
    )
}

fn late(case: &Case<'_>) -> Option<FindingDraft> {
    let report = case.facts.report.as_ref()?;
    let sent = case.facts.report_sent_at?;
    if !report::is_late(report.date, sent, case.policy) {
        return None;
    }
    let time = format!("{} {}", civil::date_of(sent), civil::time_of(sent).strftime("%H:%M"));
    Some(draft(
        FindingKind::LateReport,
        report::RULE,
        due(case),
        Text::new(format!("报送时间为 {time}"), format!("it was sent at {time}")),
        Reason::new(
            "sent_late",
            format!("{} 的报告单首次报送于 {time}", report.date),
            format!("the report of {} first came at {time}", report.date),
        ),
        Text::new(
            "如有系统故障等正当理由的书面说明，可不予处理",
            "a written statement of a good reason, such as a system failure",
        ),
    ))
}

fn missing(case: &Case<'_>) -> Option<FindingDraft> {
    let date = civil::date_of(case.facts.span.start());
    if case.facts.report.is_some() || !report::is_late(date, case.facts.now, case.policy) {
        return None;
    }
    Some(draft(
        FindingKind::ReportMissing,
        report::RULE,
        due(case),
        Text::new("至今未收到报告单", "no report has come yet"),
        Reason::new(
            "not_sent",
            format!("{date} 有课，但没有当天的报告单"),
            format!("there are lessons on {date}, but no report of that day"),
        ),
        Text::new("补报后本疑点改为迟报", "once it is sent, the finding becomes one of lateness"),
    ))
}

fn roll(case: &Case<'_>) -> Option<FindingDraft> {
    let roll = case.facts.report.as_ref()?.roll;
    let on_roster = case.facts.roster.len();
    if on_roster == 0 || roll as usize == on_roster {
        return None;
    }
    Some(draft(
        FindingKind::RollDiffers,
        AGREEMENT,
        Text::new(format!("花名册上有 {on_roster} 名学员"), format!("{on_roster} students are on the roster")),
        Text::new(format!("报告单填报班级学员数 {roll} 人"), format!("the report gives {roll} on roll")),
        Reason::new("roll", "报告单与花名册人数不一致", "the report and the roster do not agree"),
        Text::new("更正报告单，或花名册增减学员后一致", "a corrected report, or a roster that was brought up to date"),
    ))
}
