//! Laws that hold whatever the cameras saw.

use std::collections::BTreeSet;

use duxue_rules::{
    crosscheck::{FindingKind, Presence, SessionFacts, judge, summarise},
    ids::{CameraId, ObservationId, SessionId},
    observation::{Area, Likeness, Observation, PictureMeasures, SeenFace},
    policy::Policy,
};
use jiff::SignedDuration;
use proptest::prelude::*;
use uuid::Uuid;

use crate::world::{World, quick, report, start, student};

/// Where somebody without a face is: of no importance.
const SOMEWHERE: Area = Area { x: 0.4, y: 0.4, width: 0.1, height: 0.3 };

fn hundredths(range: std::ops::Range<i32>) -> impl Strategy<Value = f32> {
    range.prop_map(|n| n as f32 / 100.0)
}

prop_compose! {
    fn any_face()(
        (x, y) in (hundredths(0..90), hundredths(0..90)),
        eyes in hundredths(500..6_000),
        who in proptest::option::weighted(0.9, (0usize..8, hundredths(-10..100), hundredths(0..40))),
        male in proptest::option::of(hundredths(0..101)),
    ) -> SeenFace {
        SeenFace {
            area: Area { x, y, width: 0.05, height: 0.07 },
            score: 0.8,
            eye_distance_px: eyes,
            likeness: who.map(|(n, similarity, margin)| Likeness {
                student: student(n), similarity, runner_up: Some(similarity - margin),
            }),
            male_probability: male,
        }
    }
}

prop_compose! {
    fn any_observation()(
        second in -10i64..100,
        camera in 1u128..3,
        faces in prop::collection::vec(any_face(), 0..8),
        faceless in 0usize..3,
        brightness in prop_oneof![4 => Just(100.0f32), 1 => hundredths(0..25_500)],
        change in prop_oneof![4 => Just(Some(2.0f32)), 1 => proptest::option::of(hundredths(0..10))],
    ) -> (i64, u128, Vec<SeenFace>, usize, f32, Option<f32>) {
        (second, camera, faces, faceless, brightness, change)
    }
}

prop_compose! {
    /// A session of anything: 8 on the roster, any report, any samples.
    fn any_facts()(
        seen in prop::collection::vec(any_observation(), 0..40),
        present in 0usize..=8,
        reported in any::<bool>(),
        until in 0i64..120,
    ) -> SessionFacts {
        let mut facts = World::full(8).facts();
        facts.report = reported.then(|| report(8, present));
        facts.now = start() + SignedDuration::from_secs(until);
        facts.observations = seen.into_iter().enumerate().map(|(n, (second, camera, faces, faceless, brightness, change))| {
            Observation {
                id: ObservationId(Uuid::from_u128(n as u128 + 1)),
                session: SessionId(Uuid::from_u128(1)),
                camera: CameraId(Uuid::from_u128(camera)),
                at: start() + SignedDuration::from_secs(second),
                faces,
                look: None,
                faceless: vec![SOMEWHERE; faceless],
                picture: PictureMeasures { brightness, sharpness: 100.0, change },
            }
        }).collect();
        facts
    }
}

fn is_fewer(facts: &SessionFacts, policy: &Policy) -> bool {
    judge(facts, policy).findings.iter().any(|finding| finding.kind == FindingKind::FewerThanReported)
}

proptest! {
    #[test]
    fn the_same_facts_give_the_same_answer(facts in any_facts()) {
        prop_assert_eq!(judge(&facts, &quick()), judge(&facts.clone(), &quick()));
    }

    #[test]
    fn the_order_of_observations_and_faces_changes_nothing(facts in any_facts(), turn in 0usize..40, seed in any::<u64>()) {
        let mut other = facts.clone();
        let mut chance = crate::world::Chance(seed);
        for seen in &mut other.observations {
            let turn = (chance.next() * seen.faces.len() as f64) as usize;
            seen.faces.rotate_left(turn);
        }
        let turn = turn.min(other.observations.len());
        other.observations.rotate_left(turn);
        other.observations[..turn / 2].reverse();
        prop_assert_eq!(judge(&facts, &quick()), judge(&other, &quick()));
    }

    #[test]
    fn one_more_person_never_makes_fewer_of_it(
        facts in any_facts(), face in proptest::option::of(any_face()), into in prop::collection::vec(any::<bool>(), 40),
        strict in any::<bool>(),
    ) {
        let policy = if strict { quick() } else { Policy { crosscheck_settle_seconds: 0, crosscheck_min_samples: 2, ..Policy::default() } };
        let mut more = facts.clone();
        for (seen, add) in more.observations.iter_mut().zip(into) {
            if add {
                match &face {
                    Some(face) => seen.faces.push(face.clone()),
                    None => seen.faceless.push(SOMEWHERE),
                }
            }
        }
        prop_assert!(!is_fewer(&more, &policy) || is_fewer(&facts, &policy));
        prop_assert!(summarise(&facts, &policy).people.high <= summarise(&more, &policy).people.high);
    }

    #[test]
    fn a_smaller_report_never_makes_fewer_of_it(facts in any_facts()) {
        let mut less = facts.clone();
        if let Some(report) = &mut less.report {
            report.present = report.present.saturating_sub(1);
        }
        prop_assert!(!is_fewer(&less, &quick()) || is_fewer(&facts, &quick()));
    }

    #[test]
    fn answers_are_well_formed(facts in any_facts()) {
        let judgement = judge(&facts, &quick());
        let summary = &judgement.summary;
        let estimates = [Some(summary.people), summary.different, summary.men, summary.women, Some(summary.unknown)];
        for estimate in estimates.into_iter().flatten() {
            prop_assert!(estimate.low <= estimate.likely && estimate.likely <= estimate.high, "{:?}", estimate);
        }
        prop_assert_eq!(summary.students.len(), facts.roster.len());
        prop_assert!(summary.series.is_sorted_by(|a, b| a.at < b.at));
        let inside: BTreeSet<_> = facts.observations.iter().filter(|o| facts.span.contains(o.at)).map(|o| o.id).collect();
        prop_assert_eq!(summary.samples as usize, inside.len());
        let stretches = &summary.teaching.spans;
        prop_assert!(stretches.is_sorted_by(|a, b| a.span.end() <= b.span.start()));
        prop_assert!(stretches.iter().all(|stretch| stretch.span.intersection(facts.span) == Some(stretch.span)));
        let mut told = BTreeSet::new();
        for finding in &judgement.findings {
            prop_assert!((0.0..=1.0).contains(&finding.confidence));
            prop_assert!(told.insert((finding.kind, finding.subject)), "twice: {:?}", finding.kind);
            prop_assert!(finding.frames.len() <= 6 && finding.frames.iter().all(|frame| inside.contains(frame)));
            let papers = [FindingKind::LateReport, FindingKind::ReportMissing, FindingKind::RollDiffers];
            prop_assert!(finding.frames.len() >= 3 || papers.contains(&finding.kind), "{:?}", finding);
            for text in [&finding.expected, &finding.seen, &finding.would_change] {
                prop_assert!(!text.zh.is_empty() && !text.en.is_empty());
            }
            prop_assert!(!finding.reasons.is_empty());
        }
        let json = serde_json::to_string(&judgement).unwrap();
        prop_assert_eq!(serde_json::from_str::<duxue_rules::crosscheck::Judgement>(&json).unwrap(), judgement);
    }

    #[test]
    fn nothing_seen_is_held_against_anyone_below_the_least_samples(mut facts in any_facts()) {
        facts.observations.truncate(5);
        let judgement = judge(&facts, &Policy { picture_min_seconds: 1_000, ..quick() });
        prop_assert!(judgement.findings.iter().all(|finding| finding.frames.is_empty()));
        prop_assert!(judgement.summary.students.iter().all(|line| line.presence != Presence::NotSeen));
    }

    #[test]
    fn a_student_in_every_sample_is_never_missed(seed in any::<u64>(), who in 0usize..12) {
        let mut world = World { seed, ..World::full(12) };
        world.people[who].shows = 1.0;
        world.people[who].recognised = 1.0;
        let judgement = world.judge(&quick());
        prop_assert_eq!(judgement.summary.students[who].presence, Presence::Seen);
        prop_assert!(judgement.findings.iter().all(|finding| finding.subject != Some(student(who))));
    }
}
