//! The report's present and absent students against those recognised, and replacement 替换.

use super::{super::confidence, strangers};
use crate::{
    crosscheck::{
        FindingDraft, FindingKind, Presence, RULE, RosterStudent, StudentPresence, case::Case, samples::best_frames,
    },
    ids::ObservationId,
    report::DailyReport,
    text::{Reason, Text},
};

pub(super) fn all(case: &Case<'_>) -> Vec<FindingDraft> {
    let Some(report) = &case.facts.report else { return Vec::new() };
    let named = |line: &StudentPresence| report.absent.iter().any(|absence| absence.student == line.student);
    let lines = || case.facts.roster.iter().zip(&case.summary.students);
    let missed: Vec<&RosterStudent> = lines()
        .filter(|(_, line)| line.presence == Presence::NotSeen && !named(line))
        .map(|(student, _)| student)
        .collect();
    let mut drafts = never_seen(case, report, &missed);
    drafts.extend(
        lines()
            .filter(|(_, line)| line.presence == Presence::Seen && named(line))
            .map(|(student, line)| absent_seen(case, student, line)),
    );
    drafts
}

/// R7.1x: a reported-present student who was never seen; with strangers in the room, perhaps a replaced one.
fn never_seen(case: &Case<'_>, report: &DailyReport, missed: &[&RosterStudent]) -> Vec<FindingDraft> {
    // The absent who are not named may be any of those missed.
    let named = u32::try_from(report.absent.len()).unwrap_or(u32::MAX);
    let unnamed = report.roll.saturating_sub(report.present).saturating_sub(named);
    let count = u32::try_from(missed.len()).unwrap_or(u32::MAX);
    if count <= unnamed {
        return Vec::new();
    }
    let share = f64::from(count - unnamed) / f64::from(count);
    let strangers = strangers::beyond(case);
    let frames = best_frames(case.samples.telling.iter().copied(), |seen| case.identity.recognised_in(seen.id) as f32);
    missed
        .iter()
        .map(|student| {
            let sure = (1.0 - case.identity.chance_of_missing(student.id, case.policy)) * share;
            let reasons = grounds(case, student, unnamed);
            if strangers > 0 {
                replaced(case, student, sure, strangers, count, reasons)
            } else {
                missing(student, sure, reasons, frames.clone())
            }
        })
        .collect()
}

fn grounds(case: &Case<'_>, student: &RosterStudent, unnamed: u32) -> Vec<Reason> {
    let name = &student.name;
    let (samples, recognised) = (case.samples.telling.len(), case.identity.recognised());
    let votes = case.identity.votes(student.id).len();
    let needed = case.identity.needed();
    let mut reasons = vec![
        Reason::new(
            "not_recognised",
            format!("{samples} 个可用采样画面中识别出{name}的有 {votes} 个（至少 {needed} 个才算到课）"),
            format!("{name} was recognised in {votes} of {samples} usable samples ({needed} make a student seen)"),
        ),
        Reason::new(
            "others_recognised",
            format!("同时识别出其他学员 {recognised} 人，画面中没有身份不明的在场者可能是{name}"),
            format!(
                "{recognised} other students were recognised, and nobody is left in the picture who could be {name}"
            ),
        ),
    ];
    if unnamed > 0 {
        reasons.push(Reason::new(
            "unnamed_absent",
            format!("报告单有 {unnamed} 名缺勤学员未列姓名，{name}可能是其中之一"),
            format!("the report does not name {unnamed} of the absent; {name} may be one of them"),
        ));
    }
    reasons.extend(case.summary.reservations.iter().cloned());
    reasons
}

fn expected(student: &RosterStudent) -> Text {
    Text::new(format!("{}，报告单填报为出勤", student.name), format!("{}, reported present", student.name))
}

fn missing(student: &RosterStudent, sure: f64, reasons: Vec<Reason>, frames: Vec<ObservationId>) -> FindingDraft {
    let name = &student.name;
    FindingDraft {
        rule: RULE,
        kind: FindingKind::ReportedPresentNeverSeen,
        subject: Some(student.id),
        confidence: confidence(sure * 0.9),
        expected: expected(student),
        seen: Text::new(format!("整次课未识别到{name}"), format!("{name} was not recognised in the whole session")),
        reasons,
        would_change: Text::new(
            format!("如在画面中由人认出{name}，或其底照与本人差别较大，本疑点不成立"),
            format!("a person who finds {name} in the frames, or an enrolment picture that is a poor likeness"),
        ),
        frames,
    }
}

/// 替换. A stranger and a missing student at once are grounds; that this stranger sits in for that student is not seen
/// by any camera, hence the discount, and where several are missing it is open for whom.
fn replaced(
    case: &Case<'_>,
    student: &RosterStudent,
    sure: f64,
    strangers: u32,
    missed: u32,
    mut reasons: Vec<Reason>,
) -> FindingDraft {
    let name = &student.name;
    reasons.insert(
        1,
        Reason::new(
            "stranger_present",
            format!("同时有 {strangers} 名不在花名册底照中的人员长时间在场，未识别到的出勤学员共 {missed} 人"),
            format!("meanwhile {strangers} unknown people stayed in the room, and {missed} students reported present were not recognised"),
        ),
    );
    let one_of = (f64::from(strangers) / f64::from(missed)).min(1.0);
    FindingDraft {
        rule: RULE,
        kind: FindingKind::Replaced,
        subject: Some(student.id),
        confidence: confidence(sure * strangers::sureness(case) * one_of * 0.8),
        expected: expected(student),
        seen: Text::new(
            format!("未识别到{name}，另有不在花名册底照中的人员在场，可能替代其上课"),
            format!("{name} was not recognised, and somebody unknown was there who may have sat in"),
        ),
        reasons,
        would_change: Text::new(
            format!("如在画面中由人认出{name}，或查明该人员身份（来访、工作人员等），本疑点不成立"),
            format!("a person who finds {name} in the frames, or who knows the stranger (a visitor, staff)"),
        ),
        frames: strangers::frames(case),
    }
}

/// The other way round: reported absent, yet recognised.
fn absent_seen(case: &Case<'_>, student: &RosterStudent, line: &StudentPresence) -> FindingDraft {
    let name = &student.name;
    let (frames_seen, needed) = (line.frames_seen, case.identity.needed());
    let votes = case.identity.votes(student.id);
    FindingDraft {
        rule: RULE,
        kind: FindingKind::ReportedAbsentSeen,
        subject: Some(student.id),
        confidence: confidence((1.0 - 0.5f64.powf(f64::from(frames_seen) / f64::from(needed.max(1)))) * 0.9),
        expected: Text::new(format!("{name}，报告单填报为缺勤"), format!("{name}, reported absent")),
        seen: Text::new(
            format!("{frames_seen} 个采样画面中识别出{name}"),
            format!("{name} was recognised in {frames_seen} samples"),
        ),
        reasons: vec![Reason::new(
            "recognised",
            format!("识别次数不少于 {needed} 次，且每个画面中一人只对应一张人脸"),
            format!("at least {needed} samples, with one face a student in each"),
        )],
        would_change: Text::new(
            "如由人看出是另一名相似的人员，或学员当天后来到课并已更正报告单，本疑点不成立",
            "a person who sees that it is somebody alike, or a corrected report of a student who came after all",
        ),
        frames: best_frames(votes.iter().map(|(sample, _)| *sample), |sample| {
            votes
                .iter()
                .filter(|(seen, _)| seen.id == sample.id)
                .filter_map(|(_, face)| face.likeness.map(|likeness| likeness.similarity))
                .fold(f32::MIN, f32::max)
        }),
    }
}
