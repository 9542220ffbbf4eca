//! Numbers of people: fewer than reported, men and women.

use super::{confidence, percent};
use crate::{
    crosscheck::{Estimate, FindingDraft, FindingKind, RULE, Sex, case::Case, samples::best_frames},
    report::DailyReport,
    text::{Reason, Text},
};

pub(in crate::crosscheck) fn all(case: &Case<'_>) -> Vec<FindingDraft> {
    let Some(report) = &case.facts.report else { return Vec::new() };
    if !case.samples.enough() {
        return Vec::new();
    }
    [fewer(case, report), sexes(case, report)].into_iter().flatten().collect()
}

/// R7.1x, 七(一)1: fewer people than reported. Only where the reported number is above the interval's upper end.
fn fewer(case: &Case<'_>, report: &DailyReport) -> Option<FindingDraft> {
    let people = case.summary.people;
    let present = report.present;
    if present <= people.high {
        return None;
    }
    let (policy, samples, sure) = (case.policy, case.samples.all.len(), case.sure_percent());
    let Estimate { likely, high, .. } = people;
    let mut reasons = vec![
        Reason::new(
            "fullest_samples",
            format!(
                "在 {samples} 个采样画面中，至少 {} 个画面达到的人数（含未露脸者）最多为 {likely}",
                policy.count_confirmed_by_samples
            ),
            format!(
                "of {samples} samples, {likely} is the most people (seen with or without a face) that at least {} reached",
                policy.count_confirmed_by_samples
            ),
        ),
        Reason::new(
            "upper_end",
            format!(
                "按在场者在 {}% 以上的画面中可被检出、{}% 的人可能始终拍不到计算，有 {sure}% 的把握不超过 {high} 人",
                percent(policy.count_min_detection),
                percent(policy.count_hidden_share)
            ),
            format!(
                "if whoever is there is found in {} % of the samples or more, and {} % may never be in view, there are {high} at most ({sure} % sure)",
                percent(policy.count_min_detection),
                percent(policy.count_hidden_share)
            ),
        ),
    ];
    if let Some(Estimate { low, high, .. }) = case.summary.different {
        let range = Range { low, high };
        reasons.push(Reason::new(
            "by_places",
            format!("按座位统计，整次课先后到场的不同人员约 {range} 人"),
            format!("by the places at which heads were found, {range} different people over the session"),
        ));
    }
    let recognised = case.identity.recognised();
    if recognised > 0 {
        reasons.push(Reason::new(
            "recognised",
            format!("识别出不同学员 {recognised} 人"),
            format!("{recognised} different students were recognised"),
        ));
    }
    reasons.extend(case.summary.reservations.iter().cloned());
    Some(FindingDraft {
        rule: RULE,
        kind: FindingKind::FewerThanReported,
        subject: None,
        confidence: confidence(1.0 - case.heads.chance_if(present, policy)),
        expected: Text::new(format!("报告单填报实际出勤 {present} 人"), format!("{present} reported present")),
        seen: Text::new(
            format!("画面中约 {likely} 人，至多 {high} 人（{sure}% 把握）"),
            format!("about {likely} people, {high} at most ({sure} % sure)"),
        ),
        reasons,
        would_change: Text::new(
            format!(
                "如有画面同时拍到 {} 人以上，或查明有学员在摄像头视野之外上课，本疑点不成立",
                high.saturating_add(1)
            ),
            format!(
                "pictures that show {} people or more at once, or students who were taught out of the camera's view",
                high.saturating_add(1)
            ),
        ),
        frames: best_frames(case.samples.telling.iter().copied(), |seen| seen.people() as f32),
    })
}

/// R7.1x, 七(一)4: 班级男女数量与上报数量不一致.
fn sexes(case: &Case<'_>, report: &DailyReport) -> Option<FindingDraft> {
    let (men, women) = (case.summary.men?, case.summary.women?);
    let expected = Expected::of(case, report)?;
    let staff = case.policy.staff_in_room;
    // Too many of one sex is as telling as too few; the teacher may be either.
    let too_few = |seen: Estimate, wanted: Range| seen.high < wanted.low;
    let too_many = |seen: Estimate, wanted: Range| seen.low > wanted.high.saturating_add(staff);
    if ![(men, expected.men), (women, expected.women)]
        .into_iter()
        .any(|(seen, wanted)| too_few(seen, wanted) || too_many(seen, wanted))
    {
        return None;
    }
    let sure = case.sure_percent();
    let error = case.policy.sex_error * 100.0;
    let beyond = [(men, expected.men), (women, expected.women)]
        .map(|(seen, wanted)| {
            wanted.low.saturating_sub(seen.high).max(seen.low.saturating_sub(wanted.high.saturating_add(staff)))
        })
        .into_iter()
        .max()
        .unwrap_or(0);
    let mut reasons = vec![Reason::new(
        "classifier_error",
        format!("机器判读男女的单人差错率约 {error:.0}%，区间已计入差错；只用于核对人数，不作为对任何个人的判断"),
        format!(
            "the machine misreads about {error:.0} % of people, which the interval takes in; it serves a count only and says nothing about any one person"
        ),
    )];
    reasons.extend(case.summary.reservations.iter().cloned());
    Some(FindingDraft {
        rule: RULE,
        kind: FindingKind::SexCountsDiffer,
        subject: None,
        // One person beyond the interval is just past the accepted error; each further one halves what doubt is left,
        // and a classifier that suits these people less well than those it was measured on stays possible.
        confidence: confidence((1.0 - 0.5f64.powi(beyond.min(30) as i32 + 1)).min(0.85)),
        expected: Text::new(
            format!("按{}，男 {} 人、女 {} 人", expected.source.zh, expected.men, expected.women),
            format!("{} men and {} women by {}", expected.men, expected.women, expected.source.en),
        ),
        seen: Text::new(
            format!(
                "画面中男约 {} 人（{} 至 {}），女约 {} 人（{} 至 {}），{sure}% 把握",
                men.likely, men.low, men.high, women.likely, women.low, women.high
            ),
            format!(
                "about {} men ({} to {}) and {} women ({} to {}), {sure} % sure",
                men.likely, men.low, men.high, women.likely, women.low, women.high
            ),
        ),
        reasons,
        would_change: Text::new(
            "由人清点画面中的男女人数后相符，则本疑点不成立",
            "a person counts the men and women in the frames and finds that they agree",
        ),
        frames: best_frames(case.samples.telling.iter().copied(), |seen| {
            seen.faces.iter().filter(|face| face.male_probability.is_some()).count() as f32
        }),
    })
}

/// From so many to so many, inside.
#[derive(Clone, Copy)]
struct Range {
    low: u32,
    high: u32,
}

impl std::fmt::Display for Range {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if self.low == self.high { write!(f, "{}", self.low) } else { write!(f, "{}–{}", self.low, self.high) }
    }
}

/// The men and women that should be there.
struct Expected {
    men: Range,
    women: Range,
    source: Text,
}

impl Expected {
    /// From the report's own numbers, else from the roster less the absent. `None` when neither tells.
    fn of(case: &Case<'_>, report: &DailyReport) -> Option<Self> {
        let exactly = |count| Range { low: count, high: count };
        let men = report.present_men.or(report.present_women.and_then(|women| report.present.checked_sub(women)));
        let women = report.present_women.or(report.present_men.and_then(|men| report.present.checked_sub(men)));
        if let (Some(men), Some(women)) = (men, women) {
            let source = Text::new("报告单", "the report");
            return Some(Self { men: exactly(men), women: exactly(women), source });
        }
        let roster = &case.facts.roster;
        if roster.is_empty() || report.roll as usize != roster.len() {
            return None;
        }
        let named = |id| report.absent.iter().any(|absence| absence.student == id);
        let here = |sex| roster.iter().filter(|student| student.sex == sex && !named(student.id)).count();
        let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        let (men, women) = (count(here(Sex::Male)), count(here(Sex::Female)));
        // Absent, but not named: any of the rest.
        let unnamed = (men + women).checked_sub(report.present)?;
        let range = |most: u32| Range { low: most.saturating_sub(unnamed), high: most };
        Some(Self {
            men: range(men),
            women: range(women),
            source: Text::new("花名册和报告单", "the roster and the report"),
        })
    }
}
