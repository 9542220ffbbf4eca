//! R7.1x: pictures that are shown again: those of some time before, or those of an earlier day.
//!
//! Classrooms stand still, and an empty one always looks the same. So what counts is how many *different* pictures, people
//! in other postures each, were the same at one distance in time, against how many are by chance.

use super::confidence;
use crate::{
    civil,
    crosscheck::{
        FindingDraft, FindingKind, Hints, RULE, Replay,
        case::Case,
        samples::{seconds, spread_frames},
    },
    observation::Observation,
    policy::Policy,
    span::Span,
    text::{Reason, Text},
};

/// So many distances in time are looked at, so one that fits by chance is that much more likely.
const DISTANCES: f64 = 100_000.0;

/// The longest loop and the longest replay of the session, where one is long and sure enough; the earliest among equals.
pub(in crate::crosscheck) fn all(case: &Case<'_>, hints: &Hints) -> Vec<FindingDraft> {
    [FindingKind::PictureLooped, FindingKind::PictureReplayed]
        .into_iter()
        .filter_map(|kind| longest(case, hints, kind))
        .collect()
}

/// What a replay is called: of the same day a loop.
fn kind_of(replay: &Replay) -> FindingKind {
    if civil::date_of(replay.of.start()) == civil::date_of(replay.span.start()) {
        FindingKind::PictureLooped
    } else {
        FindingKind::PictureReplayed
    }
}

fn longest(case: &Case<'_>, hints: &Hints, kind: FindingKind) -> Option<FindingDraft> {
    let least = seconds(case.policy.picture_min_seconds);
    let holds = |replay: &&Replay| {
        kind_of(replay) == kind && replay.of.start() < replay.span.start() && doubt(replay, case.policy).is_some()
    };
    let inside = hints.replays.iter().filter(holds).filter_map(|replay| {
        let span = replay.span.intersection(case.facts.span)?;
        (span.duration() >= least).then_some((span, replay))
    });
    let key = |(span, replay): &(Span, &Replay)| {
        let times = (std::cmp::Reverse(span.duration()), span.start(), replay.camera, replay.of);
        (times, replay.pictures, replay.by_chance.to_bits(), replay.mirrored)
    };
    let (span, replay) = inside.min_by_key(key)?;
    let shown: Vec<&Observation> = case
        .samples
        .all
        .iter()
        .copied()
        .filter(|seen| seen.camera == replay.camera && span.contains(seen.at))
        .collect();
    Some(draft(span, replay, &shown, case.policy))
}

/// How likely as many pictures are the same by chance at any distance (Chernoff's bound of a Poisson number); `None` when
/// that is no ground for anything.
fn doubt(replay: &Replay, policy: &Policy) -> Option<f64> {
    // What is estimated from a handful of pictures is not known better than by half a picture.
    let expected = f64::from(replay.by_chance).max(0.5);
    let pictures = f64::from(replay.pictures);
    if replay.pictures < policy.repeat_min_pictures || expected >= pictures {
        return None;
    }
    let log = pictures * (1.0 + (expected / pictures).ln()) - expected + DISTANCES.ln();
    let doubt = log.exp();
    (doubt <= f64::from(policy.crosscheck_error)).then_some(doubt)
}

fn clock(at: jiff::Timestamp) -> String {
    civil::time_of(at).strftime("%H:%M:%S").to_string()
}

fn draft(span: Span, replay: &Replay, shown: &[&Observation], policy: &Policy) -> FindingDraft {
    let pictures = replay.pictures;
    let (from, to) = (clock(span.start()), clock(span.end()));
    let first = format!("{} {}", civil::date_of(replay.of.start()), clock(replay.of.start()));
    let chance = replay.by_chance.max(0.5);
    let mut reasons = vec![Reason::new(
        "replay_of",
        format!("{pictures} 个不同画面与 {first} 起相同时间间隔处的画面相同，偶然相同的约 {chance:.1} 个"),
        format!(
            "{pictures} different pictures are the same as those from {first} on; by chance about {chance:.1} would be"
        ),
    )];
    if replay.mirrored {
        reasons.push(Reason::new("mirrored", "画面左右颠倒", "they are shown in a mirror"));
    }
    let people = shown.iter().any(|seen| seen.people() > 0);
    if !people {
        reasons.push(Reason::new(
            "nobody_in_it",
            "采样画面中没有人，空教室的画面也可能相同",
            "no sample shows anybody in them, and an empty room may look the same twice",
        ));
    }
    let kind = kind_of(replay);
    let seen = match kind {
        FindingKind::PictureLooped => Text::new(
            format!("{from} 至 {to} 的画面与当日 {} 起的画面相同，可能是循环播放的录像", clock(replay.of.start())),
            format!(
                "from {from} to {to} the picture is that from {} on of the same day: perhaps a recording in a loop",
                clock(replay.of.start())
            ),
        ),
        _ => Text::new(
            format!("{from} 至 {to} 的画面与 {first} 起的画面相同，可能是重放的录像"),
            format!("from {from} to {to} the picture is that from {first} on: perhaps a recording that is replayed"),
        ),
    };
    FindingDraft {
        rule: RULE,
        kind,
        subject: None,
        confidence: confidence((1.0 - doubt(replay, policy).unwrap_or(1.0)) * if people { 0.9 } else { 0.4 }),
        expected: Text::new("画面为当时的实时画面", "the picture is of that moment"),
        seen,
        reasons,
        would_change: Text::new(
            "由人比对两段画面后看出人员、动作或光线不同，或证明为设备故障",
            "a person who compares the two and sees that people, movements or light differ, or a fault of the device",
        ),
        frames: spread_frames(shown),
    }
}
