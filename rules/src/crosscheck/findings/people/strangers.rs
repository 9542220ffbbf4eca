//! 七(一)4 and R7.1x: somebody who is on no enrolment picture.

use super::super::{confidence, percent};
use crate::{
    crosscheck::{FindingDraft, FindingKind, RULE, case::Case, samples::best_frames},
    ids::ObservationId,
    text::{Reason, Text},
};

/// Strangers beyond those who may be there: staff, and students without an enrolment picture.
pub(super) fn beyond(case: &Case<'_>) -> u32 {
    case.unknown.estimate.low.saturating_sub(case.policy.staff_in_room).saturating_sub(without_picture(case))
}

/// How sure it is that the strangers are strangers: grows with samples and with how much their places are theirs. An
/// enrolment picture that is a poor likeness cannot be ruled out, whatever the number of samples: never above 0.85.
pub(super) fn sureness(case: &Case<'_>) -> f64 {
    let enough = f64::from(case.policy.unknown_min_samples.max(1));
    case.unknown
        .people
        .iter()
        .map(|stranger| {
            let grown = 1.0 - 0.5f64.powf(stranger.sightings.len() as f64 / enough);
            f64::from(stranger.share()) * grown * 0.85
        })
        .fold(0.0, f64::max)
}

/// The frames that show the strangers best: many of them, and big.
pub(super) fn frames(case: &Case<'_>) -> Vec<ObservationId> {
    let sightings = || case.unknown.people.iter().flat_map(|stranger| &stranger.sightings);
    let mut shown: Vec<_> = sightings().map(|(sample, _)| *sample).collect();
    shown.sort_by_key(|sample| (sample.at, sample.id));
    shown.dedup_by_key(|sample| sample.id);
    best_frames(shown, |sample| {
        sightings().filter(|(seen, _)| seen.id == sample.id).map(|(_, face)| face.eye_distance_px).sum()
    })
}

fn without_picture(case: &Case<'_>) -> u32 {
    u32::try_from(case.facts.roster.iter().filter(|student| !student.enrolled).count()).unwrap_or(u32::MAX)
}

pub(super) fn unknown(case: &Case<'_>) -> Option<FindingDraft> {
    let extra = beyond(case);
    if extra == 0 {
        return None;
    }
    let (policy, strangers) = (case.policy, case.unknown.estimate.low);
    let samples = case.unknown.people.iter().map(|stranger| stranger.sightings.len()).max().unwrap_or(0);
    let mut reasons = vec![Reason::new(
        "like_nobody",
        format!(
            "在大致同一位置的 {samples} 个采样画面中，人脸与本班所有底照的相似度均低于 {}%",
            percent(policy.unknown_max_similarity)
        ),
        format!(
            "in {samples} samples at about the same place, the face is less than {} % like every enrolled student",
            percent(policy.unknown_max_similarity)
        ),
    )];
    let (staff, unenrolled) = (policy.staff_in_room, without_picture(case));
    if staff + unenrolled > 0 {
        reasons.push(Reason::new(
            "allowed_for",
            format!("共 {strangers} 人，已扣除教师等工作人员 {staff} 人和没有底照的学员 {unenrolled} 人"),
            format!(
                "{strangers} in all, less {staff} of the staff and {unenrolled} students without an enrolment picture"
            ),
        ));
    }
    Some(FindingDraft {
        rule: RULE,
        kind: FindingKind::UnknownPerson,
        subject: None,
        confidence: confidence(sureness(case)),
        expected: Text::new("教室内只有本班学员和工作人员", "only students of this class and staff in the room"),
        seen: Text::new(
            format!("有 {extra} 名不在花名册底照中的人员"),
            format!("{extra} {} on no enrolment picture", if extra == 1 { "person who is" } else { "people who are" }),
        ),
        reasons,
        would_change: Text::new(
            "如为来访、巡查人员，或学员底照与本人差别较大（重新采集后可识别），本疑点不成立",
            "a visitor or an inspector, or a student whose enrolment picture is a poor likeness and is taken anew",
        ),
        frames: frames(case),
    })
}
