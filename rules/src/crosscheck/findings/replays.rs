//! R7.1x: a picture that is replayed: what the camera shows is what it showed at an earlier time.

use super::confidence;
use crate::{
    civil,
    crosscheck::{
        FindingDraft, FindingKind, Hints, RULE, Replay,
        case::Case,
        samples::{seconds, spread_frames},
    },
    observation::Observation,
    span::Span,
    text::{Reason, Text},
};

/// So few pictures may be alike by chance.
const FEWEST: u32 = 3;

/// The longest replay of the session, if one is long enough; the earliest among equals.
pub(in crate::crosscheck) fn longest(case: &Case<'_>, hints: &Hints) -> Option<FindingDraft> {
    let least = seconds(case.policy.picture_min_seconds);
    let holds = |replay: &&Replay| replay.of.end() <= replay.span.start() && replay.pictures >= FEWEST;
    let inside = hints.replays.iter().filter(holds).filter_map(|replay| {
        let span = replay.span.intersection(case.facts.span)?;
        (span.duration() >= least).then_some((span, replay))
    });
    let key = |(span, replay): &(Span, &Replay)| {
        (std::cmp::Reverse(span.duration()), span.start(), replay.camera, replay.of, replay.pictures)
    };
    let (span, replay) = inside.min_by_key(key)?;
    let shown: Vec<&Observation> = case
        .samples
        .all
        .iter()
        .copied()
        .filter(|seen| seen.camera == replay.camera && span.contains(seen.at))
        .collect();
    Some(draft(span, replay, &shown))
}

fn clock(at: jiff::Timestamp) -> String {
    civil::time_of(at).strftime("%H:%M:%S").to_string()
}

fn draft(span: Span, replay: &Replay, shown: &[&Observation]) -> FindingDraft {
    let pictures = replay.pictures;
    let (from, to) = (clock(span.start()), clock(span.end()));
    let first = format!("{} {}", civil::date_of(replay.of.start()), clock(replay.of.start()));
    let mut reasons = vec![Reason::new(
        "replay_of",
        format!("{pictures} 个不同画面与 {first} 起的画面相同"),
        format!("{pictures} different pictures are the same as those from {first} on"),
    )];
    let people = shown.iter().any(|seen| seen.people() > 0);
    if !people {
        reasons.push(Reason::new(
            "nobody_in_it",
            "采样画面中没有人，空教室的画面也可能相同",
            "no sample shows anybody in them, and an empty room may look the same twice",
        ));
    }
    let doubt = 0.5f64.powi(i32::try_from(pictures).unwrap_or(i32::MAX) - 1);
    FindingDraft {
        rule: RULE,
        kind: FindingKind::PictureFrozen,
        subject: None,
        confidence: confidence((1.0 - doubt) * if people { 0.9 } else { 0.4 }),
        expected: Text::new("画面为当时的实时画面", "the picture is of that moment"),
        seen: Text::new(
            format!("{from} 至 {to} 的画面与 {first} 起的画面相同，可能是重放的录像"),
            format!("from {from} to {to} the picture is that from {first} on: perhaps a recording that is replayed"),
        ),
        reasons,
        would_change: Text::new(
            "由人比对两段画面后看出人员、动作或光线不同，或证明为设备故障",
            "a person who compares the two and sees that people, movements or light differ, or a fault of the device",
        ),
        frames: spread_frames(shown),
    }
}
