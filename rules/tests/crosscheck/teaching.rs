//! Whether lessons begin and end when the timetable says.

use duxue_rules::{
    crosscheck::{FindingKind, SessionFacts, TeachingState, judge, summarise},
    policy::Policy,
    span::Span,
};
use jiff::{SignedDuration, Timestamp};

use crate::world::{World, kinds, quick, start};

fn after(second: i64) -> Timestamp {
    start() + SignedDuration::from_secs(second)
}

/// A class of ten of whom all but two are away at those seconds.
fn away(from: i64, to: i64) -> SessionFacts {
    let mut facts = World::full(10).facts();
    for seen in &mut facts.observations {
        if (after(from)..after(to)).contains(&seen.at) {
            seen.faces.truncate(2);
        }
    }
    facts
}

fn states(facts: &SessionFacts) -> Vec<(TeachingState, i64, i64)> {
    let second = |at: Timestamp| at.duration_since(start()).as_secs();
    let spans = summarise(facts, &quick()).teaching.spans;
    spans.iter().map(|of| (of.state, second(of.span.start()), second(of.span.end()))).collect()
}

fn of(facts: &SessionFacts, policy: &Policy) -> Vec<FindingKind> {
    let kinds = kinds(&judge(facts, policy));
    kinds.into_iter().filter(|kind| [FindingKind::LateStart, FindingKind::EarlyEnd].contains(kind)).collect()
}

#[test]
fn a_full_session_is_one_stretch_and_no_finding() {
    let facts = World::full(10).facts();
    assert_eq!(states(&facts), [(TeachingState::Together, 0, 80)]);
    let teaching = summarise(&facts, &quick()).teaching;
    assert_eq!((teaching.together_seconds, teaching.away_seconds, teaching.unseen_seconds), (80, 0, 0));
    assert_eq!((teaching.spans[0].people, teaching.spans[0].students, teaching.spans[0].others), (10, 10, false));
    assert_eq!(of(&facts, &quick()), []);
}

#[test]
fn a_class_that_comes_together_late_is_told_with_its_time() {
    let facts = away(0, 20);
    assert_eq!(states(&facts), [(TeachingState::Few, 0, 20), (TeachingState::Together, 20, 80)]);
    let judgement = judge(&facts, &quick());
    let finding = judgement.findings.iter().find(|finding| finding.kind == FindingKind::LateStart).unwrap();
    assert!(finding.seen.en.contains("09:30:20"), "{}", finding.seen.en);
    assert!(finding.expected.en.contains("09:30:00"), "{}", finding.expected.en);
    assert!(finding.confidence > 0.8 && finding.confidence < 0.9, "{}", finding.confidence);
    assert_eq!(judgement.summary.teaching.began_at, Some(after(20)));
    // One second more than is allowed is not there.
    assert_eq!(of(&facts, &Policy { late_start_seconds: 21, ..quick() }), []);
    assert_eq!(of(&facts, &Policy { late_start_seconds: 20, ..quick() }), [FindingKind::LateStart]);
}

#[test]
fn a_class_that_is_gone_before_the_end_is_told_once_the_end_was_seen() {
    let mut facts = away(60, 80);
    assert_eq!(of(&facts, &quick()), [FindingKind::EarlyEnd]);
    assert_eq!(summarise(&facts, &quick()).teaching.ended_at, Some(after(60)));
    // A camera that failed in between says nothing about the end.
    facts.observations.retain(|seen| seen.at < after(70));
    assert_eq!(of(&facts, &Policy { crosscheck_max_gap_seconds: 5, early_end_seconds: 10, ..quick() }), []);
}

#[test]
fn a_break_of_the_timetable_is_no_time_away() {
    let mut facts = away(30, 50);
    assert_eq!(summarise(&facts, &quick()).teaching.away_seconds, 20);
    let lesson = |from, to| Span::new(after(from), after(to)).unwrap();
    facts.lessons = vec![lesson(0, 30), lesson(50, 80)];
    let expected =
        [(TeachingState::Together, 0, 30), (TeachingState::Break, 30, 50), (TeachingState::Together, 50, 80)];
    assert_eq!(states(&facts), expected);
    let teaching = summarise(&facts, &quick()).teaching;
    assert_eq!((teaching.together_seconds, teaching.away_seconds), (60, 0));
}

#[test]
fn a_moment_belongs_to_what_is_around_it() {
    assert_eq!(states(&away(40, 44)), [(TeachingState::Together, 0, 80)]);
    let longer = [(TeachingState::Together, 0, 40), (TeachingState::Few, 40, 48), (TeachingState::Together, 48, 80)];
    assert_eq!(states(&away(40, 48)), longer);
}

#[test]
fn where_there_is_no_picture_nothing_is_held_against_anyone() {
    let mut facts = World::full(10).facts();
    facts.observations.retain(|seen| seen.at >= after(30));
    let policy = Policy { crosscheck_max_gap_seconds: 6, ..quick() };
    let teaching = summarise(&facts, &policy).teaching;
    assert_eq!((teaching.spans[0].state, teaching.unseen_seconds), (TeachingState::Unseen, 30));
    assert_eq!(of(&facts, &policy), []);
    // Nor where the lens was covered.
    let mut facts = away(0, 20);
    facts.observations.iter_mut().take(10).for_each(|seen| seen.picture.brightness = 3.0);
    assert_eq!(of(&facts, &quick()), []);
}

#[test]
fn the_empty_room_is_told_once() {
    let mut facts = away(0, 20);
    facts.observations.iter_mut().take(10).for_each(|seen| seen.faces.clear());
    assert_eq!(kinds(&judge(&facts, &quick())), [FindingKind::NobodyThere]);
    let patient = Policy { nobody_min_seconds: 60, ..quick() };
    assert_eq!(kinds(&judge(&facts, &patient)), [FindingKind::LateStart]);
}

#[test]
fn what_is_said_of_a_late_class_is_of_its_own_time() {
    let late = |facts: &SessionFacts, policy: &Policy| {
        judge(facts, policy).findings.into_iter().find(|finding| finding.kind == FindingKind::LateStart)
    };
    let finding = late(&away(0, 20), &quick()).unwrap();
    assert_eq!(finding.reasons[0].text.en, "2 people at most in 10 usable samples from 09:30:00 to 09:30:20");
    assert!(finding.seen.en.ends_with("from 09:30:20 only, 0 minutes late"), "{}", finding.seen.en);
    // Three samples: one of eight is the doubt.
    let short = Policy { late_start_seconds: 6, ..quick() };
    assert_eq!(late(&away(0, 6), &short).unwrap().confidence, 0.74);
    let mut nobody_told = away(0, 20);
    nobody_told.report.as_mut().unwrap().present = 0;
    assert_eq!(of(&nobody_told, &quick()), [], "nobody was reported to be there");
}

#[test]
fn the_most_that_any_camera_shows_counts_and_the_first_sample_speaks_for_the_time_before() {
    let together = [(TeachingState::Together, 0, 80)];
    let mut facts = World::full(10).facts();
    for seen in facts.observations.iter_mut().skip(1).step_by(2) {
        seen.camera = duxue_rules::ids::CameraId(uuid::Uuid::from_u128(2));
        seen.faces.truncate(3);
    }
    assert_eq!(states(&facts), together);
    let mut later = World::full(10).facts();
    later.observations.drain(..2);
    assert_eq!(states(&later), together);
    let mut half = World::full(10).facts();
    half.observations.iter_mut().skip(20).for_each(|seen| seen.faces.truncate(5));
    assert!(half.observations.iter().take(20).all(|seen| seen.faces.len() > 5));
    half.observations.iter_mut().take(20).for_each(|seen| seen.faces.truncate(8));
    let policy = Policy { teaching_min_share: 0.625, ..quick() };
    let spans = summarise(&half, &policy).teaching.spans;
    assert_eq!(spans.iter().map(|span| span.state).collect::<Vec<_>>(), [TeachingState::Together], "5 of 8 are enough");
    let mut dark = World::full(10).facts();
    dark.observations.iter_mut().take(10).for_each(|seen| seen.picture.brightness = 3.0);
    assert_eq!(states(&dark), [(TeachingState::Unseen, 0, 20), (TeachingState::Together, 20, 80)]);
    let mut frozen = World::full(10).facts();
    frozen.observations.iter_mut().take(10).for_each(|seen| seen.picture.change = Some(0.0));
    assert_eq!(states(&frozen), [(TeachingState::Unseen, 0, 20), (TeachingState::Together, 20, 80)]);
}
