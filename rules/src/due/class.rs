//! What is due about one class.

use jiff::{Timestamp, civil::Date};

use super::{Due, DueKind};
use crate::{
    calendar::Calendar,
    civil, closeout,
    evidence::{Outlook, Plan},
    finding::Record,
    ids::{ClassId, StudentId},
    policy::Policy,
    report,
    supervision::{self, Means, MeansUse, SignedRemote, SignedSheet, Standing},
    text::Reason,
    tracking,
};

/// What is known of a class that bears on what is due.
#[derive(Clone, Debug, PartialEq)]
pub struct ClassFacts {
    /// Which.
    pub class: ClassId,
    /// All its training days, ahead too.
    pub training_days: Vec<Date>,
    /// Its students, in the roster's order.
    pub students: Vec<StudentId>,
    /// Its signed records of remote supervision.
    pub remote: Vec<SignedRemote>,
    /// Its signed inspection sheets.
    pub sheets: Vec<SignedSheet>,
    /// The days on which students were drawn by lot and looked up.
    pub spot_checks: Vec<Date>,
    /// The days whose report has come.
    pub reported: Vec<Date>,
    /// The plan of its evidence, as of now.
    pub evidence: Option<Plan>,
    /// The day on which close-out was applied for.
    pub closeout_applied_on: Option<Date>,
    /// The tracking ledger's lines.
    pub tracking: Vec<tracking::Entry>,
    /// The day on which the ledger was handed in.
    pub ledger_handed_in_on: Option<Date>,
}

/// Everything about the class that is not done, whenever it is due. Nothing for a class without a training day.
pub(super) fn all(facts: &ClassFacts, now: Timestamp, calendar: &Calendar, policy: &Policy) -> Vec<Due> {
    let Some(last_day) = facts.training_days.iter().copied().max() else { return Vec::new() };
    let today = civil::date_of(now);
    let mut due = reports(facts, now, policy);
    due.extend(remote(facts, today, policy));
    due.extend(onsite(facts, today, policy));
    due.extend(means(facts, today, policy));
    due.extend(facts.evidence.as_ref().and_then(|plan| evidence(facts.class, plan, today)));
    due.extend(close_out(facts, last_day, today, calendar, policy));
    due.extend(tracked(facts, last_day, today, policy).unwrap_or_default());
    due
}

/// An entry of the class; `count` is done and needed.
fn entry(class: ClassId, kind: DueKind, by: Date, count: (usize, u32), standing: Standing, reason: Reason) -> Due {
    let done = u32::try_from(count.0).unwrap_or(u32::MAX);
    let (rule, about, reasons) = (kind.rule(), Record::Class(class), vec![reason]);
    Due { kind, rule, about, by, done, needed: count.1, standing, reasons }
}

fn open_until(by: Date, today: Date) -> Standing {
    if today <= by { Standing::Open } else { Standing::Overdue }
}

/// R7.3b. The days ahead are not due yet.
fn reports(facts: &ClassFacts, now: Timestamp, policy: &Policy) -> Vec<Due> {
    let today = civil::date_of(now);
    let mut days: Vec<Date> = facts.training_days.iter().copied().filter(|&day| day <= today).collect();
    days.sort_unstable();
    days.dedup();
    days.retain(|day| !facts.reported.contains(day));
    let time = policy.report_due.strftime("%H:%M").to_string();
    days.into_iter()
        .map(|day| {
            let late = report::is_late(day, now, policy);
            let standing = if late { Standing::Overdue } else { Standing::Open };
            let reason = Reason::new(
                "report_due",
                format!("{day} 的日出勤情况报告单应于当天 {time} 前报送"),
                format!("the daily report of {day} is due by {time} of the day"),
            );
            entry(facts.class, DueKind::DailyReport, day, (0, 1), standing, reason)
        })
        .collect()
}

/// R7.4a.
fn remote(facts: &ClassFacts, today: Date, policy: &Policy) -> Vec<Due> {
    supervision::remote_weeks(facts.class, &facts.training_days, &facts.remote, today, policy)
        .into_iter()
        .filter(|week| week.standing != Standing::Done)
        .map(|week| {
            let (monday, needed, signed) = (week.week, week.needed, week.signed.len());
            let reason = Reason::new(
                "remote_due",
                format!("{monday} 起的一周应有 {needed} 次远程监管，已签字 {signed} 次"),
                format!("{needed} remote supervisions due in the week of {monday}, {signed} signed"),
            );
            entry(facts.class, DueKind::RemoteSupervision, week.by, (signed, needed), week.standing, reason)
        })
        .collect()
}

/// R7.4b.
fn onsite(facts: &ClassFacts, today: Date, policy: &Policy) -> Vec<Due> {
    let Some(visits) = supervision::visits(facts.class, &facts.training_days, &facts.sheets, today, policy) else {
        return Vec::new();
    };
    let (signed, needed) = (visits.visits.len(), visits.needed);
    let left = visits.plan.iter().filter(|visit| visit.standing != Standing::Done);
    left.map(|visit| {
        let (number, last) = (visit.number, visits.by);
        let reason = Reason::new(
            "onsite_due",
            format!("第 {number} 次现场督导检查计划于 {} 前进行，全部 {needed} 次最迟 {last}", visit.by),
            format!("inspection {number} is planned by {}, all {needed} are due by {last}", visit.by),
        );
        entry(facts.class, DueKind::OnSiteInspection, visit.by, (signed, needed), visit.standing, reason)
    })
    .collect()
}

/// R7.4c.
fn means(facts: &ClassFacts, today: Date, policy: &Policy) -> Option<Due> {
    let spot_checks = facts.spot_checks.iter().map(|&on| MeansUse { means: Means::SpotCheck, on });
    let records =
        facts.remote.iter().map(SignedRemote::means_use).chain(facts.sheets.iter().map(SignedSheet::means_use));
    let uses: Vec<MeansUse> = records.chain(spot_checks).collect();
    let check = supervision::means(&facts.training_days, &uses, today, policy)?;
    let (used, needed) = (check.used.len(), check.needed);
    let reason = Reason::new(
        "means_due",
        format!("每班期监管手段不少于 {needed} 种，已用 {used} 种"),
        format!("{needed} kinds of means during the class, {used} used"),
    );
    (check.standing != Standing::Done)
        .then(|| entry(facts.class, DueKind::Means, check.by, (used, needed), check.standing, reason))
}

/// R9.1, R9.2: when the next recording must not fail, or when it is too late.
fn evidence(class: ClassId, plan: &Plan, today: Date) -> Option<Due> {
    let (by, standing) = match plan.outlook {
        Outlook::Met | Outlook::NoDays => return None,
        Outlook::Open => (plan.last_safe_day?, Standing::Open),
        Outlook::OutOfReach { since } => (since.unwrap_or(today), Standing::Overdue),
    };
    let (kind, about, reasons) = (DueKind::Evidence, Record::Class(class), plan.reasons.clone());
    let done = u32::try_from(plan.kept.len()).unwrap_or(u32::MAX);
    let planned = u32::try_from(plan.planned.len()).unwrap_or(u32::MAX);
    let short = |of_class: bool| -> u32 {
        let parts = plan.short.iter().filter(|short| short.month.is_none() == of_class);
        parts.map(|short| short.needed.saturating_sub(short.possible)).sum()
    };
    let needed = done + planned + short(true).max(short(false));
    Some(Due { kind, rule: kind.rule(), about, by, done, needed, standing, reasons })
}

/// R8.1.
fn close_out(facts: &ClassFacts, last_day: Date, today: Date, calendar: &Calendar, policy: &Policy) -> Option<Due> {
    if facts.closeout_applied_on.is_some_and(|on| on <= today) {
        return None;
    }
    let by = closeout::due(last_day, calendar, policy)?.value;
    let days = policy.closeout_working_days;
    let reason = Reason::new(
        "closeout_due",
        format!("{last_day} 结课，应提前 {days} 个工作日申请结课验收"),
        format!("the class ends on {last_day}: close-out is applied for {days} working days before"),
    );
    let mut due = entry(facts.class, DueKind::CloseOut, by, (0, 1), open_until(by, today), reason);
    let mut years = vec![by.year(), last_day.year()];
    years.dedup();
    due.reasons.extend(years.into_iter().filter_map(|year| calendar.note(year)));
    Some(due)
}

/// R11.2. Each node, and the ledger at the end of the last one's time.
fn tracked(facts: &ClassFacts, last_day: Date, today: Date, policy: &Policy) -> Option<Vec<Due>> {
    let nodes = tracking::due(&facts.students, last_day, &facts.tracking, policy)?;
    let class = facts.class;
    let all = u32::try_from(facts.students.len()).unwrap_or(u32::MAX);
    let mut due: Vec<Due> = nodes
        .iter()
        .filter(|node| !node.missing.is_empty())
        .map(|node| {
            let missing = node.missing.len();
            let reason = Reason::new(
                "tracking_due",
                format!("{} 节点的就(创)业情况尚有 {missing} 名学员未统计", node.from),
                format!("what {missing} students do at the node of {} is not looked up yet", node.from),
            );
            let count = (facts.students.len() - missing, all);
            entry(class, DueKind::Tracking, node.until, count, open_until(node.until, today), reason)
        })
        .collect();
    let last = nodes.last()?;
    if facts.ledger_handed_in_on.is_none_or(|on| on < last.from) {
        let reason = Reason::new("ledger_due", "统计台账应上交中心", "the tracking ledger goes to the centre");
        due.push(entry(class, DueKind::TrackingLedger, last.until, (0, 1), open_until(last.until, today), reason));
    }
    Some(due)
}
