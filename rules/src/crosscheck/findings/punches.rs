//! 七(一)4 学员替换: a face at the punch device that does not match the student who punched.
//!
//! It takes a face that is big enough and like the student no more than a stranger's is; what lies between that and a
//! match says nothing. One picture of one moment is grounds for a person to look, never proof: at most 0.85, as an
//! enrolment picture that is a poor likeness cannot be ruled out.

use super::{confidence, percent};
use crate::{
    civil,
    crosscheck::{FindingDraft, FindingKind, Hints, Presence, PunchFace, RULE, RosterStudent, case::Case},
    ids::PunchId,
    policy::Policy,
    text::{Reason, Text},
};

pub(in crate::crosscheck) fn all(case: &Case<'_>, hints: &Hints) -> Vec<FindingDraft> {
    let day = civil::date_of(case.facts.span.start());
    let mut punches: Vec<&PunchFace> = hints.punches.iter().filter(|punch| civil::date_of(punch.at) == day).collect();
    punches.sort_by(|a, b| {
        (a.at, a.punch, a.student)
            .cmp(&(b.at, b.punch, b.student))
            .then(a.similarity.total_cmp(&b.similarity))
            .then(a.eye_distance_px.total_cmp(&b.eye_distance_px))
    });
    punches.dedup_by_key(|punch| punch.punch);
    let roster = case.facts.roster.iter().filter(|student| student.enrolled);
    roster
        .filter_map(|student| {
            let own: Vec<&PunchFace> = punches.iter().copied().filter(|punch| punch.student == student.id).collect();
            replaced(case, student, &own)
        })
        .collect()
}

/// The punches whose own pictures show what a finding says, by time.
pub fn shown_by_punches(finding: &FindingDraft, hints: &Hints, policy: &Policy) -> Vec<PunchId> {
    let of = |punch: &&PunchFace| Some(punch.student) == finding.subject && punch.is_unlike(policy);
    let mut shown: Vec<&PunchFace> = match finding.kind {
        FindingKind::Replaced => hints.punches.iter().filter(of).collect(),
        _ => Vec::new(),
    };
    shown.sort_by_key(|punch| (punch.at, punch.punch));
    shown.into_iter().map(|punch| punch.punch).collect()
}

fn replaced(case: &Case<'_>, student: &RosterStudent, punches: &[&PunchFace]) -> Option<FindingDraft> {
    let policy = case.policy;
    let unlike: Vec<&PunchFace> = punches.iter().copied().filter(|punch| punch.is_unlike(policy)).collect();
    let count = i32::try_from(unlike.len()).unwrap_or(i32::MAX);
    let closest = unlike.iter().map(|punch| punch.similarity).max_by(f32::total_cmp)?;
    let name = &student.name;
    let times: Vec<String> =
        unlike.iter().map(|punch| civil::time_of(punch.at).strftime("%H:%M:%S").to_string()).collect();
    let alike = percent(closest.max(0.0));
    let limit = percent(policy.unknown_max_similarity);
    let mut reasons = vec![Reason::new(
        "punch_unlike",
        format!("打卡照片与{name}底照的相似度为 {alike}%，低于 {limit}%（与陌生人相当）"),
        format!(
            "the punch's picture is {alike} % like {name}'s enrolment picture: below {limit} %, as a stranger's is"
        ),
    )];
    let matching = punches.iter().filter(|punch| punch.similarity >= policy.identify_min_similarity).count();
    if matching > 0 {
        reasons.push(Reason::new(
            "punch_alike",
            format!("{name}当天另有 {matching} 次打卡与底照相符"),
            format!("{matching} other punches of {name} that day do match"),
        ));
    }
    let seen_in_room =
        case.summary.students.iter().any(|line| line.student == student.id && line.presence == Presence::Seen);
    if seen_in_room {
        reasons.push(Reason::new(
            "seen_in_room",
            format!("但教室画面中识别到{name}，也可能只是由他人代打卡"),
            format!("yet {name} was recognised in the room: somebody else may only have punched"),
        ));
    }
    Some(FindingDraft {
        rule: RULE,
        kind: FindingKind::Replaced,
        subject: Some(student.id),
        confidence: confidence((1.0 - 0.4 * 0.5f64.powi(count - 1)).min(0.85)),
        expected: Text::new(format!("{name}本人打卡"), format!("{name} punches in person")),
        seen: Text::new(
            format!("{} 打卡的人脸与{name}的底照不符", times.join("、")),
            format!("the face of the punch at {} does not match {name}'s enrolment picture", times.join(", ")),
        ),
        reasons,
        would_change: Text::new(
            format!("如由人比对打卡照片后认出是{name}，或其底照与本人差别较大（重新采集后相符），本疑点不成立"),
            format!("a person who sees {name} in the punch's picture, or an enrolment picture that is a poor likeness"),
        ),
        frames: Vec::new(),
    })
}
