//! R7.1x, 七(一)3: lessons that begin late or end early, going by when the class is together.

use super::confidence;
use crate::{
    civil,
    crosscheck::{
        FindingDraft, FindingKind, RULE,
        case::Case,
        samples::{is_dark, is_frozen, seconds, spread_frames},
        teaching,
    },
    observation::Observation,
    span::Span,
    text::{Reason, Text},
};

/// One picture, or two, may be of a moment.
const LEAST_SAMPLES: usize = 3;

/// `told`: the time of which another finding says already that nobody was there.
pub(in crate::crosscheck) fn all(case: &Case<'_>, told: Option<Span>) -> Vec<FindingDraft> {
    let reported_empty = case.facts.report.as_ref().is_some_and(|report| report.present == 0);
    if !case.samples.enough() || reported_empty {
        return Vec::new();
    }
    let untold = |stretch: &Span| told.is_none_or(|told| told.intersection(*stretch).is_none());
    let late = late(case).filter(untold).and_then(|stretch| draft(case, stretch, FindingKind::LateStart));
    let early = early(case).filter(untold).and_then(|stretch| draft(case, stretch, FindingKind::EarlyEnd));
    late.into_iter().chain(early).collect()
}

/// From the first lesson's start until the class was together.
fn late(case: &Case<'_>) -> Option<Span> {
    let first = teaching::lessons(case.facts).first()?.start();
    let stretch = Span::new(first, case.summary.teaching.began_at?).ok()?;
    long_enough(case, stretch, case.policy.late_start_seconds)
}

/// From when the class was last together until the last lesson's end, once the cameras have seen that.
fn early(case: &Case<'_>) -> Option<Span> {
    let last = teaching::lessons(case.facts).last()?.end();
    let stretch = Span::new(case.summary.teaching.ended_at?, last).ok()?;
    let seen_to_the_end = case.summary.teaching.spans.last().is_some_and(|span| span.span.end() >= last);
    long_enough(case, stretch, case.policy.early_end_seconds).filter(|_| seen_to_the_end)
}

/// The stretch, when the class was seen to be away for at least so long in it.
fn long_enough(case: &Case<'_>, stretch: Span, least: u32) -> Option<Span> {
    (teaching::away_in(&case.summary.teaching, stretch) >= seconds(least)).then_some(stretch)
}

fn draft(case: &Case<'_>, stretch: Span, kind: FindingKind) -> Option<FindingDraft> {
    let shows =
        |seen: &&Observation| stretch.contains(seen.at) && !is_dark(seen, case.policy) && !is_frozen(seen, case.policy);
    let run: Vec<&Observation> = case.samples.all.iter().copied().filter(shows).collect();
    let most = run.iter().map(|seen| seen.people()).max().filter(|_| run.len() >= LEAST_SAMPLES)?;
    let minutes = stretch.duration().as_secs() as f64 / 60.0;
    let clock = |at| civil::time_of(at).strftime("%H:%M:%S").to_string();
    let (from, to) = (clock(stretch.start()), clock(stretch.end()));
    let late = kind == FindingKind::LateStart;
    let samples = run.len();
    // A chance of one half that a sample happens to show too few: as careful as for students who are never seen.
    let doubt = 0.5f64.powi(i32::try_from(case.samples.independent(run.iter().copied())).unwrap_or(i32::MAX));
    let mut reasons = vec![Reason::new(
        "class_not_together",
        format!("{from} 至 {to} 的 {samples} 个可用采样画面中，最多只有 {most} 人"),
        format!("{most} people at most in {samples} usable samples from {from} to {to}"),
    )];
    reasons.extend(case.summary.reservations.iter().cloned());
    let (expected, seen) = if late {
        let expected = Text::new(format!("{from} 开始上课"), format!("the lesson begins at {from}"));
        let seen = Text::new(
            format!("{to} 学员才基本到齐，晚 {minutes:.0} 分钟"),
            format!("the class was together from {to} only, {minutes:.0} minutes late"),
        );
        (expected, seen)
    } else {
        let expected = Text::new(format!("{to} 下课"), format!("the lesson ends at {to}"));
        let seen = Text::new(
            format!("{from} 之后多数学员已离开，早 {minutes:.0} 分钟"),
            format!("most of the class were gone after {from}, {minutes:.0} minutes early"),
        );
        (expected, seen)
    };
    Some(FindingDraft {
        rule: RULE,
        kind,
        subject: None,
        confidence: confidence((1.0 - doubt) * if most == 0 { 0.95 } else { 0.85 }),
        expected,
        seen,
        reasons,
        would_change: Text::new(
            "如该时段经批准调课、在别处上课，或学员在摄像头视野之外，本疑点不成立",
            "an approved change, lessons elsewhere, or students out of the camera's view at the time",
        ),
        frames: spread_frames(&run),
    })
}
