//! What the punch device and the analysis noticed: a face that is another's, a picture that was shown before.

use std::collections::BTreeSet;

use duxue_rules::{
    crosscheck::{
        FindingDraft, FindingKind as K, Hints, PunchFace, Replay, SessionFacts, judge, judge_with, shown_by_punches,
    },
    ids::{CameraId, PunchId},
    span::Span,
};
use jiff::{SignedDuration, Timestamp};
use proptest::prelude::*;
use uuid::Uuid;

use crate::world::{World, quick, start, student};

fn punch(n: u128, who: usize, similarity: f32) -> PunchFace {
    let at = start() - SignedDuration::from_mins(n as i64);
    PunchFace { punch: PunchId(Uuid::from_u128(n)), student: student(who), at, similarity, eye_distance_px: 60.0 }
}

fn after(second: i64) -> Timestamp {
    start() + SignedDuration::from_secs(second)
}

/// The camera shows from second 20 to 60 what it had shown a day before.
fn replay(pictures: u32) -> Replay {
    let span = Span::new(after(20), after(60)).unwrap();
    let of = Span::new(after(20 - 86_400), after(60 - 86_400)).unwrap();
    Replay { camera: CameraId(Uuid::from_u128(1)), span, of, pictures, by_chance: 0.8, mirrored: false }
}

fn with_punches(facts: &SessionFacts, punches: &[PunchFace]) -> Vec<FindingDraft> {
    let hints = Hints { punches: punches.to_vec(), ..Hints::default() };
    judge_with(facts, &hints, &quick()).findings
}

fn with_replays(facts: &SessionFacts, replays: &[Replay]) -> Vec<FindingDraft> {
    let hints = Hints { replays: replays.to_vec(), ..Hints::default() };
    judge_with(facts, &hints, &quick()).findings
}

/// 七(一)4: 是否存在…学员替换等情况.
#[test]
fn a_face_at_the_device_that_is_not_the_students_is_perhaps_a_replacement() {
    let facts = World::full(12).facts();
    let found = with_punches(&facts, &[punch(1, 3, 0.05)]);
    assert_eq!((found.len(), found[0].kind, found[0].subject), (1, K::Replaced, Some(student(3))));
    assert!((0.5..0.7).contains(&found[0].confidence), "one picture is grounds, no proof");
    assert!(found[0].seen.zh.contains("09:29:00"), "{:?}", found[0].seen);
    let codes: Vec<_> = found[0].reasons.iter().map(|reason| reason.code.as_str()).collect();
    assert_eq!(codes, ["punch_unlike", "seen_in_room"], "the student sits there: somebody else may only have punched");
    let twice = with_punches(&facts, &[punch(1, 3, 0.05), punch(2, 3, 0.1)]);
    assert!(twice[0].confidence > found[0].confidence && twice[0].confidence <= 0.85);
}

#[test]
fn a_punch_that_matches_or_does_not_tell_is_no_finding() {
    let facts = World::full(12).facts();
    assert_eq!(with_punches(&facts, &[punch(1, 3, 0.8)]), []);
    assert_eq!(with_punches(&facts, &[punch(1, 3, 0.3)]), [], "neither a match nor a stranger");
    let small = PunchFace { eye_distance_px: 10.0, ..punch(1, 3, 0.0) };
    assert_eq!(with_punches(&facts, &[small]), [], "too small to tell");
    assert_eq!(with_punches(&facts, &[punch(1, 99, 0.0)]), [], "nobody of this class");
    let yesterday = PunchFace { at: start() - SignedDuration::from_hours(24), ..punch(1, 3, 0.0) };
    assert_eq!(with_punches(&facts, &[yesterday]), [], "of another day");
    let mut world = World::full(12);
    world.roster[3].enrolled = false;
    assert_eq!(with_punches(&world.facts(), &[punch(1, 3, 0.0)]), [], "there is no picture to hold it against");
}

#[test]
fn the_pictures_of_the_punches_that_do_not_match_show_it() {
    let facts = World::full(12).facts();
    let punches = [punch(1, 3, 0.05), punch(2, 3, 0.8), punch(3, 3, 0.1), punch(4, 5, 0.8)];
    let hints = Hints { punches: punches.to_vec(), ..Hints::default() };
    let found = judge_with(&facts, &hints, &quick()).findings;
    let ids = [3, 1].map(|n| PunchId(Uuid::from_u128(n)));
    assert_eq!(shown_by_punches(&found[0], &hints, &quick()), ids, "the earlier first; not the one that matches");
    let other = FindingDraft { kind: K::LeftMidway, ..found[0].clone() };
    assert_eq!(shown_by_punches(&other, &hints, &quick()), []);
}

#[test]
fn a_punch_is_for_the_session_that_is_nearest() {
    let span = |from: i64, to: i64| Span::new(after(from), after(to)).unwrap();
    let (morning, afternoon) = (span(0, 7_200), span(18_000, 25_200));
    let of = |at: i64| {
        let punch = PunchFace { at: after(at), ..punch(1, 3, 0.5) };
        [morning, afternoon].map(|session| punch.is_for(session, &[morning, afternoon]))
    };
    for (at, own) in [(-1_800, 0), (3_600, 0), (12_599, 0), (12_600, 0), (12_601, 1), (20_000, 1), (30_000, 1)] {
        assert_eq!(of(at), [own == 0, own == 1], "{at}");
    }
    assert!(punch(1, 3, 0.5).is_for(morning, &[]), "there is no other");
}

#[test]
fn the_same_punch_told_twice_is_one_picture() {
    let facts = World::full(12).facts();
    let (one, twice) = (with_punches(&facts, &[punch(1, 3, 0.05)]), with_punches(&facts, &[punch(1, 3, 0.05); 2]));
    assert_eq!(one, twice);
}

#[test]
fn a_stranger_in_the_room_and_at_the_device_is_one_finding_with_all_its_grounds() {
    let facts = World::full(12).without(&[3]).with_stranger().facts();
    let found = with_punches(&facts, &[punch(1, 3, 0.05), punch(2, 3, 0.05), punch(3, 3, 0.05)]);
    let replaced: Vec<_> = found.iter().filter(|finding| finding.kind == K::Replaced).collect();
    assert_eq!(replaced.len(), 1);
    let codes: Vec<_> = replaced[0].reasons.iter().map(|reason| reason.code.as_str()).collect();
    for code in ["punch_unlike", "seen_as_well", "stranger_present", "not_recognised"] {
        assert!(codes.contains(&code), "{code} in {codes:?}");
    }
    assert!(!replaced[0].frames.is_empty(), "the room's frames show it");
}

/// R7.1x: the picture … replayed.
#[test]
fn yesterdays_pictures_are_a_replay() {
    let facts = World::full(12).facts();
    let found = with_replays(&facts, &[replay(20)]);
    assert_eq!((found.len(), found[0].kind), (1, K::PictureReplayed));
    assert!((0.85..0.95).contains(&found[0].confidence));
    assert_eq!(found[0].reasons[0].code, "replay_of");
    assert!(found[0].seen.zh.contains("09:30:20 至 09:31:00") && found[0].seen.zh.contains("2024-10-07 09:30:20"));
    assert_eq!(found[0].frames.len(), 6);
}

#[test]
fn a_few_alike_pictures_a_moment_or_an_empty_room_are_weak_or_nothing() {
    let facts = World::full(12).facts();
    assert_eq!(with_replays(&facts, &[replay(9)]), [], "fewer than the policy asks for");
    let common = Replay { by_chance: 6.0, ..replay(20) };
    assert_eq!(with_replays(&facts, &[common]), [], "at every distance so many are alike");
    let unknown = Replay { by_chance: f32::NAN, ..replay(20) };
    assert!(with_replays(&facts, &[unknown]).len() <= 1);
    let short = Replay { span: Span::new(after(20), after(23)).unwrap(), ..replay(20) };
    assert_eq!(with_replays(&facts, &[short]), []);
    let ahead = Replay { of: Span::new(after(86_420), after(86_460)).unwrap(), ..replay(20) };
    assert_eq!(with_replays(&facts, &[ahead]), [], "of what is still to come");
    let mut world = World::full(12);
    world.people.clear();
    let found = with_replays(&world.facts(), &[replay(20)]);
    let replayed = found.iter().find(|finding| finding.kind == K::PictureReplayed).unwrap();
    assert!(replayed.confidence <= 0.4, "an empty room may look the same twice");
}

/// The same stretch again within the day is a loop, though it runs into itself; in a mirror it is told so.
#[test]
fn todays_pictures_again_are_a_loop() {
    let facts = World::full(12).facts();
    let span = Span::new(after(20), after(60)).unwrap();
    let of = Span::new(after(10), after(50)).unwrap();
    let looped = Replay { span, of, mirrored: true, ..replay(20) };
    let found = with_replays(&facts, &[looped, replay(12)]);
    let kinds: BTreeSet<_> = found.iter().map(|finding| finding.kind).collect();
    assert_eq!(kinds, BTreeSet::from([K::PictureLooped, K::PictureReplayed]), "each is a finding of its own");
    let looped = found.iter().find(|finding| finding.kind == K::PictureLooped).unwrap();
    assert!(looped.seen.zh.contains("当日 09:30:10"), "{:?}", looped.seen);
    assert!(looped.reasons.iter().any(|reason| reason.code == "mirrored"));
}

prop_compose! {
    fn any_hints()(
        punches in prop::collection::vec((1u128..20, 0usize..10, -100i32..101, 0u32..80), 0..12),
        replays in prop::collection::vec((1u128..3, -20i64..90, 1i64..60, 1i64..90_000, 0u32..30, 0u32..9), 0..4),
    ) -> Hints {
        Hints {
            punches: punches.into_iter().map(|(n, who, similarity, eyes)| PunchFace {
                eye_distance_px: eyes as f32, ..punch(n, who, similarity as f32 / 100.0)
            }).collect(),
            replays: replays.into_iter().map(|(camera, from, length, before, pictures, chance)| Replay {
                camera: CameraId(Uuid::from_u128(camera)),
                span: Span::new(after(from), after(from + length)).unwrap(),
                of: Span::new(after(from - before), after(from - before + length)).unwrap(),
                pictures,
                by_chance: chance as f32,
                mirrored: chance == 3,
            }).collect(),
            streams_before: Vec::new(),
        }
    }
}

proptest! {
    #[test]
    fn hints_add_findings_that_are_well_formed_and_take_none_away(
        hints in any_hints(), gone in prop::collection::vec(0usize..12, 0..3), seed in any::<u64>(),
    ) {
        let facts = World { seed, ..World::full(12).without(&gone) }.facts();
        let (without, with) = (judge(&facts, &quick()), judge_with(&facts, &hints, &quick()));
        prop_assert_eq!(&with.summary, &without.summary);
        for before in &without.findings {
            let now = with.findings.iter().find(|now| (now.kind, now.subject) == (before.kind, before.subject));
            prop_assert!(now.is_some_and(|now| now.confidence >= before.confidence), "{:?}", before.kind);
        }
        for finding in &with.findings {
            prop_assert!((0.0..=0.99).contains(&finding.confidence) && !finding.reasons.is_empty());
            let texts = [&finding.expected, &finding.seen, &finding.would_change];
            prop_assert!(texts.iter().all(|text| !text.zh.is_empty() && !text.en.is_empty()));
        }
        let told: BTreeSet<_> = with.findings.iter().map(|finding| (finding.kind, finding.subject)).collect();
        prop_assert_eq!(told.len(), with.findings.len(), "one of a kind about a subject");
    }

    #[test]
    fn the_order_of_hints_does_not_matter(hints in any_hints(), turn in 0usize..12) {
        let facts = World::full(12).without(&[3]).facts();
        let mut other = hints.clone();
        let (a, b) = (turn.min(other.punches.len()), turn.min(other.replays.len()));
        other.punches.rotate_left(a);
        other.replays.rotate_left(b);
        prop_assert_eq!(judge_with(&facts, &other, &quick()), judge_with(&facts, &hints, &quick()));
    }
}
