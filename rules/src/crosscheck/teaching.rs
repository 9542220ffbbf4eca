//! Whether teaching really happens: how lesson time was spent, as spans for a page's time axis.
//!
//! Each instant at which a camera looked tells how many people show; an instant holds until the next, or, where none
//! comes, for as long as the policy lets two samples be apart. The class is together while at least a share of the usual
//! number shows. Stretches too short to mean anything belong to what is beside them: somebody in the way of the lens for
//! a sample ends no lesson.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::{
    SessionFacts,
    identity::Identity,
    samples::{Samples, is_dark, is_frozen, seconds},
    unknown::Unknown,
};
use crate::{observation::Observation, policy::Policy, span::Span};

/// What a stretch of a session was.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TeachingState {
    /// The class is together.
    Together,
    /// Fewer people than a class that is together.
    Few,
    /// Nobody in the picture.
    Empty,
    /// Between two lessons of the timetable.
    Break,
    /// No picture, or none that shows anything.
    Unseen,
}

/// One stretch.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct TeachingSpan {
    /// From when to when.
    pub span: Span,
    /// What it was.
    pub state: TeachingState,
    /// How many people usually showed.
    pub people: u32,
    /// How many different students were recognised.
    pub students: u32,
    /// Whether somebody showed who is like nobody on the roster: the teacher, it may be.
    pub others: bool,
}

/// How the session was spent, as far as it was looked at.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Teaching {
    /// The stretches, in order of time, from the session's start to the last sample.
    pub spans: Vec<TeachingSpan>,
    /// When the class was first together in lesson time.
    pub began_at: Option<Timestamp>,
    /// Until when it was.
    pub ended_at: Option<Timestamp>,
    /// Seconds of lesson time in which the class was together.
    pub together_seconds: u32,
    /// Seconds of lesson time with fewer people, or nobody.
    pub away_seconds: u32,
    /// Seconds of lesson time of which nothing is known.
    pub unseen_seconds: u32,
}

/// What the room showed from one instant to the next.
#[derive(Clone, Copy)]
struct Stretch {
    from: Timestamp,
    to: Timestamp,
    state: TeachingState,
}

/// The session's lesson time as the samples show it.
pub(super) fn of(
    facts: &SessionFacts,
    samples: &Samples<'_>,
    identity: &Identity<'_>,
    unknown: &Unknown<'_>,
    policy: &Policy,
) -> Teaching {
    let instants = instants(samples, policy);
    let together = together_from(&instants, policy);
    let stretches = joined(in_turn(facts, &instants, together, policy), policy);
    let lessons = lessons(facts);
    let mut teaching = Teaching::default();
    for stretch in cut_at_breaks(&stretches, &lessons) {
        let Ok(span) = Span::new(stretch.from, stretch.to) else { continue };
        let length = u32::try_from(span.duration().as_secs()).unwrap_or(u32::MAX);
        match stretch.state {
            TeachingState::Together => {
                teaching.together_seconds += length;
                teaching.began_at = teaching.began_at.or(Some(span.start()));
                teaching.ended_at = Some(span.end());
            }
            TeachingState::Few | TeachingState::Empty => teaching.away_seconds += length,
            TeachingState::Unseen => teaching.unseen_seconds += length,
            TeachingState::Break => {}
        }
        let here = |seen: &&&Observation| span.contains(seen.at);
        let students =
            identity.seen().filter(|&student| identity.votes(student).iter().any(|(seen, _)| span.contains(seen.at)));
        let others = unknown.people.iter().flat_map(|other| &other.sightings).any(|(seen, _)| here(&seen));
        teaching.spans.push(TeachingSpan {
            span,
            state: stretch.state,
            people: usual(instants.iter().filter(|(at, _)| span.contains(*at)).filter_map(|(_, people)| *people)),
            students: u32::try_from(students.count()).unwrap_or(u32::MAX),
            others,
        });
    }
    teaching
}

/// How many people show at each instant: the most that a camera shows, or showed last within the gap. `None`: the
/// pictures show nothing.
fn instants(samples: &Samples<'_>, policy: &Policy) -> Vec<(Timestamp, Option<u32>)> {
    let gap = seconds(policy.crosscheck_max_gap_seconds);
    let mut last: Vec<&Observation> = Vec::new();
    let mut instants: Vec<(Timestamp, Option<u32>)> = Vec::new();
    for &seen in &samples.all {
        last.retain(|before| before.camera != seen.camera && seen.at.duration_since(before.at) <= gap);
        last.push(seen);
        let tells = |seen: &&&Observation| !is_dark(seen, policy) && !is_frozen(seen, policy);
        let people = last.iter().filter(tells).map(|seen| seen.people()).max();
        match instants.last_mut() {
            Some((at, before)) if *at == seen.at => *before = people,
            _ => instants.push((seen.at, people)),
        }
    }
    instants
}

/// The number of people from which the class is together.
fn together_from(instants: &[(Timestamp, Option<u32>)], policy: &Policy) -> u32 {
    let mut counts: Vec<u32> = instants.iter().filter_map(|(_, people)| *people).filter(|people| *people > 0).collect();
    counts.sort_unstable();
    // A class that is away for most of the session is still a class: what the fullest quarter reaches.
    let full = counts.get(counts.len() * 3 / 4).copied().unwrap_or(0);
    ((f64::from(full) * f64::from(policy.teaching_min_share)).ceil() as u32).max(1)
}

/// One stretch after another, with what is not known in between.
fn in_turn(
    facts: &SessionFacts,
    instants: &[(Timestamp, Option<u32>)],
    together: u32,
    policy: &Policy,
) -> Vec<Stretch> {
    let gap = seconds(policy.crosscheck_max_gap_seconds);
    let mut stretches: Vec<Stretch> = Vec::new();
    let mut known_to = facts.span.start();
    for (n, &(at, people)) in instants.iter().enumerate() {
        // The first sample speaks for the little time before it.
        let from = if n == 0 && at.duration_since(known_to) <= gap { known_to } else { at };
        if known_to < from {
            stretches.push(Stretch { from: known_to, to: from, state: TeachingState::Unseen });
        }
        let next = instants.get(n + 1).map_or(facts.span.end(), |(next, _)| *next);
        let to = next.min(at + gap);
        let state = match people {
            None => TeachingState::Unseen,
            Some(0) => TeachingState::Empty,
            Some(people) if people < together => TeachingState::Few,
            Some(_) => TeachingState::Together,
        };
        stretches.push(Stretch { from, to, state });
        known_to = to;
    }
    stretches
}

/// Equal neighbours as one, and what is too short as what is beside it: the shortest first.
fn joined(stretches: Vec<Stretch>, policy: &Policy) -> Vec<Stretch> {
    let least = seconds(policy.teaching_min_seconds);
    let mut runs = merged(stretches);
    loop {
        let length = |run: &Stretch| run.to.duration_since(run.from);
        let short = (0..runs.len())
            .filter(|&n| length(&runs[n]) < least && runs[n].state != TeachingState::Unseen)
            .min_by_key(|&n| (length(&runs[n]), n));
        let Some(short) = short.filter(|_| runs.len() > 1) else { return runs };
        let beside = [short.checked_sub(1), Some(short + 1).filter(|&next| next < runs.len())];
        let neighbour = beside
            .into_iter()
            .flatten()
            .filter(|&n| runs[n].state != TeachingState::Unseen)
            .max_by_key(|&n| (length(&runs[n]), std::cmp::Reverse(n)));
        match neighbour {
            Some(neighbour) => runs[short].state = runs[neighbour].state,
            // Alone between times of which nothing is known, it says nothing either.
            None => runs[short].state = TeachingState::Unseen,
        }
        runs = merged(runs);
    }
}

fn merged(stretches: Vec<Stretch>) -> Vec<Stretch> {
    let mut runs: Vec<Stretch> = Vec::new();
    for stretch in stretches {
        match runs.last_mut() {
            Some(run) if run.state == stretch.state && run.to == stretch.from => run.to = stretch.to,
            _ => runs.push(stretch),
        }
    }
    runs
}

/// Lesson time: the timetable's lessons in this session, or all of it where the timetable does not say.
pub(super) fn lessons(facts: &SessionFacts) -> Vec<Span> {
    let mut lessons: Vec<Span> = facts.lessons.iter().filter_map(|lesson| lesson.intersection(facts.span)).collect();
    lessons.sort_unstable();
    if lessons.is_empty() { vec![facts.span] } else { lessons }
}

fn cut_at_breaks(stretches: &[Stretch], lessons: &[Span]) -> Vec<Stretch> {
    let mut edges: Vec<Timestamp> = lessons.iter().flat_map(|lesson| [lesson.start(), lesson.end()]).collect();
    edges.sort_unstable();
    let mut cut = Vec::new();
    for stretch in stretches {
        let mut from = stretch.from;
        let inside = edges.iter().copied().filter(|edge| (stretch.from..stretch.to).contains(edge));
        for to in inside.chain([stretch.to]) {
            let taught = lessons.iter().any(|lesson| lesson.contains(from));
            let state = if taught { stretch.state } else { TeachingState::Break };
            if from < to {
                cut.push(Stretch { from, to, state });
            }
            from = to;
        }
    }
    merged(cut)
}

/// The middle one of some counts.
fn usual(counts: impl Iterator<Item = u32>) -> u32 {
    let mut counts: Vec<u32> = counts.collect();
    counts.sort_unstable();
    counts.get(counts.len() / 2).copied().unwrap_or(0)
}

/// How much of a stretch of lesson time was seen to be without the class.
pub(super) fn away_in(teaching: &Teaching, stretch: Span) -> SignedDuration {
    let away = |span: &&TeachingSpan| matches!(span.state, TeachingState::Few | TeachingState::Empty);
    let within = teaching.spans.iter().filter(away).filter_map(|span| span.span.intersection(stretch));
    within.fold(SignedDuration::ZERO, |sum, span| sum + span.duration())
}

#[cfg(test)]
mod tests;
