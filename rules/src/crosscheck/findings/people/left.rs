//! 七(一)4: a student who leaves midway 中途退出.

use super::super::confidence;
use crate::{
    civil,
    crosscheck::{
        FindingDraft, FindingKind, RULE, RosterStudent,
        binomial::at_most,
        case::Case,
        samples::{seconds, spread},
    },
    observation::Observation,
    text::{Reason, Text},
};

pub(super) fn all(case: &Case<'_>) -> Vec<FindingDraft> {
    case.facts
        .roster
        .iter()
        .filter(|student| case.identity.is_seen(student.id))
        .filter_map(|student| left(case, student))
        .collect()
}

fn left(case: &Case<'_>, student: &RosterStudent) -> Option<FindingDraft> {
    let policy = case.policy;
    let votes = case.identity.votes(student.id);
    let (first, last) = (votes.first()?.0, votes.last()?.0);
    let telling = &case.samples.telling;
    let during: Vec<&Observation> =
        telling.iter().copied().filter(|seen| (first.at..=last.at).contains(&seen.at)).collect();
    let after: Vec<&Observation> = telling.iter().copied().filter(|seen| seen.at > last.at).collect();
    let away = after.last()?.at.duration_since(last.at);
    if away < seconds(policy.left_min_seconds) {
        return None;
    }
    // The camera still recognises others, well after.
    let later = last.at + seconds(policy.left_min_seconds);
    let still = case
        .identity
        .seen()
        .filter(|&other| case.identity.votes(other).last().is_some_and(|(seen, _)| seen.at >= later))
        .count();
    if still < policy.never_seen_min_others.max(1) as usize || during.is_empty() {
        return None;
    }
    // As careful as for those never seen: half the rate at which the student was recognised while there. The accepted
    // error is shared by everyone who could be found gone.
    let rate = (votes.len() as f64 / during.len() as f64).min(1.0) / 2.0;
    let chance = at_most(case.samples.independent(after.iter().copied()), rate, 0);
    if chance >= f64::from(policy.crosscheck_error) / f64::from(case.identity.recognised().max(1)) {
        return None;
    }
    let (before, now) = (usual(&during), usual(&after));
    let fell = now < before;
    let count = if fell {
        Reason::new(
            "count_fell",
            format!("画面中人数由通常的 {before} 人减为 {now} 人"),
            format!("the usual number of faces fell from {before} to {now}"),
        )
    } else {
        Reason::new(
            "count_did_not_fall",
            format!("但画面中人数没有减少（此前通常 {before} 人，此后 {now} 人），也可能换了座位或角度"),
            format!(
                "yet the number of faces did not fall ({before} before, {now} after): the student may only have moved"
            ),
        )
    };
    let name = &student.name;
    let when = civil::time_of(last.at).strftime("%H:%M:%S").to_string();
    let minutes = away.as_secs() as f64 / 60.0;
    let mut reasons = vec![
        Reason::new(
            "recognised_before",
            format!("{when} 之前在 {} 个画面中识别出{name}，之后 {} 个可用画面中一次也没有", votes.len(), after.len()),
            format!(
                "{name} was recognised in {} samples until {when}, and in none of {} usable ones after",
                votes.len(),
                after.len()
            ),
        ),
        Reason::new(
            "others_still_there",
            format!("此后仍识别出其他学员 {still} 人"),
            format!("{still} other students were still recognised later"),
        ),
        count,
    ];
    reasons.extend(case.summary.reservations.iter().cloned());
    Some(FindingDraft {
        rule: RULE,
        kind: FindingKind::LeftMidway,
        subject: Some(student.id),
        confidence: confidence((1.0 - chance) * if fell { 0.9 } else { 0.6 }),
        expected: Text::new(format!("{name}应在课至下课"), format!("{name} should be there until the lessons end")),
        seen: Text::new(
            format!("{when} 之后的 {minutes:.1} 分钟内未再识别到{name}"),
            format!("{name} was not recognised again in the {minutes:.1} minutes after {when}"),
        ),
        reasons,
        would_change: Text::new(
            format!("如此后又识别到{name}，或有请假、签退记录，本疑点不成立"),
            format!("{name} being recognised again, or a record of leave or of signing out"),
        ),
        frames: before_and_after(votes.iter().map(|(seen, _)| *seen).collect(), &after),
    })
}

/// The middle one of the counts.
fn usual(samples: &[&Observation]) -> u32 {
    let mut counts: Vec<u32> = samples.iter().map(|seen| seen.people()).collect();
    counts.sort_unstable();
    counts.get(counts.len() / 2).copied().unwrap_or(0)
}

/// The last three samples with the student, and three spread over the time after.
fn before_and_after(with: Vec<&Observation>, after: &[&Observation]) -> Vec<crate::ids::ObservationId> {
    let with = &with[with.len().saturating_sub(3)..];
    with.iter().chain(spread(after, 3)).map(|seen| seen.id).collect()
}
