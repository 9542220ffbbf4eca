//! What the picture as a whole tells: nobody there, frozen, dark.

use super::confidence;
use crate::{
    civil,
    crosscheck::{
        FindingDraft, FindingKind, RULE,
        case::Case,
        samples::{is_dark, is_frozen, length, seconds, spread_frames},
    },
    observation::Observation,
    span::Span,
    text::{Reason, Text},
};

pub(in crate::crosscheck) fn all(case: &Case<'_>) -> Vec<FindingDraft> {
    [nobody(case), frozen(case), dark(case)].into_iter().flatten().collect()
}

type Run<'a> = Vec<&'a Observation>;

/// The longest of runs, the earliest among equals.
fn longest<'a>(runs: impl IntoIterator<Item = Run<'a>>) -> Option<Run<'a>> {
    runs.into_iter().reduce(|best, run| if length(&run) > length(&best) { run } else { best })
}

/// From when to when, in the office's time.
fn from_to(run: &[&Observation]) -> Text {
    let clock = |seen: Option<&&Observation>| {
        seen.map_or_else(String::new, |seen| civil::time_of(seen.at).strftime("%H:%M:%S").to_string())
    };
    let (from, to) = (clock(run.first()), clock(run.last()));
    Text::new(format!("{from} 至 {to}"), format!("from {from} to {to}"))
}

/// The longest time in which nobody was there, if it is long enough to be a finding.
pub(in crate::crosscheck) fn nobody_from_to(case: &Case<'_>) -> Option<Span> {
    let run = empty(case)?;
    Span::new(run.first()?.at, run.last()?.at).ok()
}

fn empty<'a>(case: &Case<'a>) -> Option<Run<'a>> {
    let policy = case.policy;
    if case.facts.report.as_ref().is_some_and(|report| report.present == 0) {
        return None;
    }
    let run = longest(case.samples.runs(&case.samples.telling, |seen| seen.people() == 0))?;
    let enough = run.len() >= policy.crosscheck_min_samples as usize;
    (enough && length(&run) >= seconds(policy.nobody_min_seconds)).then_some(run)
}

/// R7.1x: nobody in lesson time.
fn nobody(case: &Case<'_>) -> Option<FindingDraft> {
    let policy = case.policy;
    let reported = case.facts.report.as_ref().map(|report| report.present);
    let run = empty(case)?;
    let independent = case.samples.independent(run.iter().copied());
    let missed = (1.0 - f64::from(policy.count_min_detection)).powi(i32::try_from(independent).unwrap_or(i32::MAX));
    let ever = case.samples.all.iter().any(|seen| seen.people() > 0);
    let (when, samples) = (from_to(&run), run.len());
    let mut reasons = vec![Reason::new(
        "no_one",
        format!("{} 的 {samples} 个采样画面中没有一个人", when.zh),
        format!("nobody in any of {samples} samples {}", when.en),
    )];
    if ever {
        reasons.push(Reason::new(
            "seen_at_other_times",
            "同一次课的其他时间拍到过人",
            "people were seen at other times of the session",
        ));
    } else {
        reasons.push(Reason::new(
            "never_any",
            "整次课从未拍到人，也可能是摄像头没有对准教室",
            "nobody was seen in the whole session; the camera may not point at the room",
        ));
    }
    reasons.extend(case.summary.reservations.iter().cloned());
    let expected = match reported {
        Some(present) => Text::new(
            format!("上课时间，报告单填报实际出勤 {present} 人"),
            format!("lesson time, with {present} reported present"),
        ),
        None => Text::new("上课时间应有学员在场", "lesson time, when students should be there"),
    };
    Some(FindingDraft {
        rule: RULE,
        kind: FindingKind::NobodyThere,
        subject: None,
        confidence: confidence((1.0 - missed) * if ever { 0.97 } else { 0.8 }),
        expected,
        seen: Text::new(format!("{} 画面中无人", when.zh), format!("nobody in the picture {}", when.en)),
        reasons,
        would_change: Text::new(
            "如该时段为课间休息、经批准在别处上课，或学员一直背对摄像头，本疑点不成立",
            "a break, lessons approved elsewhere, or students whose backs were turned all the while",
        ),
        frames: spread_frames(&run),
    })
}

/// The longest run over single cameras that is long enough.
fn long_enough<'a>(case: &Case<'a>, holds: impl Fn(&Observation) -> bool) -> Option<Run<'a>> {
    let runs = case.samples.cameras().into_iter().flat_map(|camera| {
        let own: Vec<_> = case.samples.all.iter().copied().filter(|seen| seen.camera == camera).collect();
        case.samples.runs(&own, &holds)
    });
    let run = longest(runs)?;
    let fits = run.len() >= 3 && length(&run) >= seconds(case.policy.picture_min_seconds);
    fits.then_some(run)
}

/// Each further sample halves the doubt; what stays is that of the cause, not of the sight.
fn grows_with(run: &[&Observation]) -> f32 {
    confidence((1.0 - 0.5f64.powi(i32::try_from(run.len()).unwrap_or(i32::MAX) - 1)) * 0.97)
}

/// R7.1x: a picture that does not change at all, which no living room gives.
fn frozen(case: &Case<'_>) -> Option<FindingDraft> {
    let policy = case.policy;
    // A black picture does not change either; that is the other finding.
    let run = long_enough(case, |seen| is_frozen(seen, policy) && !is_dark(seen, policy))?;
    let (when, samples) = (from_to(&run), run.len());
    Some(FindingDraft {
        rule: RULE,
        kind: FindingKind::PictureFrozen,
        subject: None,
        confidence: grows_with(&run),
        expected: Text::new("实时画面总有细微变化", "a live picture always changes a little"),
        seen: Text::new(format!("{} 画面完全静止", when.zh), format!("the picture stood still {}", when.en)),
        reasons: vec![Reason::new(
            "no_change",
            format!("连续 {samples} 个采样画面与前一画面的平均亮度差小于 {}", policy.frozen_below_change),
            format!(
                "{samples} samples in a row differ from the one before by less than {} in mean luma",
                policy.frozen_below_change
            ),
        )],
        would_change: Text::new(
            "检查摄像头后证明为设备或网络故障",
            "a check of the camera that shows a fault of the device or the network",
        ),
        frames: spread_frames(&run),
    })
}

/// R7.1x: a picture too dark to see by.
fn dark(case: &Case<'_>) -> Option<FindingDraft> {
    let policy = case.policy;
    let run = long_enough(case, |seen| is_dark(seen, policy))?;
    let (when, samples) = (from_to(&run), run.len());
    Some(FindingDraft {
        rule: RULE,
        kind: FindingKind::PictureDark,
        subject: None,
        confidence: grows_with(&run),
        expected: Text::new("画面清晰、人脸可辨别", "a clear picture in which faces can be told"),
        seen: Text::new(format!("{} 画面过暗", when.zh), format!("the picture was dark {}", when.en)),
        reasons: vec![Reason::new(
            "dark",
            format!("连续 {samples} 个采样画面平均亮度低于 {}（0 至 255）", policy.dark_below_brightness),
            format!("{samples} samples in a row have a mean luma below {} (of 255)", policy.dark_below_brightness),
        )],
        would_change: Text::new(
            "如因投影、停电等教学或客观原因关灯，可不予处理",
            "lights that were off for a projection or a power cut",
        ),
        frames: spread_frames(&run),
    })
}
