//! The plan in sentences.

use super::{Outlook, Plan, Short};
use crate::{policy::Policy, text::Reason};

pub(super) fn reasons(plan: &Plan, policy: &Policy) -> Vec<Reason> {
    let mut reasons = vec![match plan.outlook {
        Outlook::Met => {
            let kept = plan.kept.len();
            Reason::new(
                "evidence_met",
                format!("视频资料已符合要求，计入{kept}次"),
                format!("the evidence is complete: {kept} clips count"),
            )
        }
        Outlook::Open => {
            let (needed, slots) = (plan.planned.len(), plan.slots);
            Reason::new(
                "evidence_open",
                format!("还需录制{needed}次，余下的培训日可安排{slots}次"),
                format!("{needed} more needed, {slots} slots left"),
            )
        }
        Outlook::NoDays => Reason::new(
            "evidence_no_days",
            "尚无培训日，课程表确定后再安排录制",
            "there are no training days yet; recordings are planned once there is a timetable",
        ),
        Outlook::OutOfReach { since: Some(since) } => Reason::new(
            "evidence_out_of_reach",
            format!("自{since}起，无论如何安排都无法达到视频资料要求"),
            format!("since {since} no plan can meet the evidence rule any more"),
        ),
        Outlook::OutOfReach { since: None } => Reason::new(
            "evidence_never_possible",
            "本班培训日的安排本身容不下所要求的视频资料",
            "the class's training days never had room for the evidence that the rule asks for",
        ),
    }];
    reasons.extend(plan.short.iter().map(short));
    if let Outlook::OutOfReach { .. } = plan.outlook
        && !plan.planned.is_empty()
    {
        let more = plan.planned.len();
        reasons.push(Reason::new(
            "evidence_best_effort",
            format!("仍按最大可能再录制{more}次"),
            format!("{more} more are recorded all the same, to come as near as possible"),
        ));
    }
    if let Some(may_fail) = plan.may_fail {
        let at_risk = may_fail <= policy.clip_warn_failures;
        let code = if at_risk { "evidence_at_risk" } else { "evidence_slack" };
        reasons.push(match may_fail {
            0 => Reason::new(code, "今后的录制一次也不能失败", "not one further recording may fail"),
            _ => Reason::new(
                code,
                format!("今后最多可有{may_fail}个录制日失败"),
                format!("{may_fail} further recording days may fail"),
            ),
        });
    }
    if let Some(day) = plan.last_safe_day {
        reasons.push(Reason::new(
            "evidence_last_safe_day",
            format!("最迟须在{day}录成下一次"),
            format!("the next one must succeed on {day} at the latest"),
        ));
    }
    reasons
}

fn short(short: &Short) -> Reason {
    let Short { month, needed, possible } = short;
    match month {
        Some(month) => Reason::new(
            "evidence_month_lost",
            format!("{}应有{needed}次，最多只能有{possible}次", month.zh()),
            format!("{needed} clips are due in {month}, {possible} are possible"),
        ),
        None => Reason::new(
            "evidence_total_lost",
            format!("全期应有{needed}次，最多只能有{possible}次"),
            format!("{needed} clips are due in all, {possible} are possible"),
        ),
    }
}
