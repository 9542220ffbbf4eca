//! Where the cross-check must hold back: what looks like a finding and is none.

use duxue_rules::{
    crosscheck::{FindingKind as K, Presence, SessionFacts, judge, summarise},
    ids::{CameraId, ObservationId},
    policy::Policy,
};
use uuid::Uuid;

use crate::world::{World, kinds, quick, report};

#[test]
fn cameras_that_recognise_nobody_show_at_least_the_most_of_one_and_at_most_all_together() {
    let mut facts = World::full(6).facts();
    facts.roster.clear();
    let mut second = facts.observations.clone();
    for (n, seen) in second.iter_mut().enumerate() {
        seen.camera = CameraId(Uuid::from_u128(2));
        seen.id = ObservationId(Uuid::from_u128(5_000 + n as u128));
        seen.faces.truncate(3);
    }
    facts.observations.extend(second);
    let people = summarise(&facts, &quick()).people;
    assert_eq!((people.low, people.high), (6, 9), "{people:?}");
}

#[test]
fn a_few_false_matches_among_many_samples_make_nobody_seen() {
    let mut world = World::full(12);
    world.people[3].here = (0, 12);
    let policy = Policy { identify_min_share: 0.5, ..quick() };
    let summary = summarise(&world.facts(), &policy);
    assert!(summary.students[3].frames_seen >= 3);
    assert_ne!(summary.students[3].presence, Presence::Seen);
    assert_eq!(summarise(&world.facts(), &quick()).students[3].presence, Presence::Seen);
}

#[test]
fn a_student_who_now_and_then_looks_like_nobody_is_no_stranger() {
    let mut facts = World::full(12).facts();
    for seen in facts.observations.iter_mut().step_by(3) {
        for likeness in seen.faces.iter_mut().take(1).filter_map(|face| face.likeness.as_mut()) {
            likeness.similarity = 0.05;
        }
    }
    assert_eq!(kinds(&judge(&facts, &quick())), []);
}

#[test]
fn strange_faces_here_and_there_are_no_stranger() {
    let mut facts = World::full(12).with_stranger().facts();
    for (n, seen) in facts.observations.iter_mut().enumerate() {
        for face in &mut seen.faces {
            if face.likeness.is_some_and(|likeness| likeness.similarity < 0.2) {
                face.area.x = 0.05 * (n % 18) as f32;
                face.area.y = 0.6 + 0.2 * (n % 2) as f32;
            }
        }
    }
    assert!(!kinds(&judge(&facts, &quick())).contains(&K::UnknownPerson));
}

#[test]
fn the_same_sample_twice_is_one_sample() {
    let mut facts = World { seconds: 10, ..World::full(12).without(&[1, 2, 3, 4]) }.facts();
    let again = facts.observations.clone();
    facts.observations.extend(again);
    let judgement = judge(&facts, &quick());
    assert_eq!(judgement.summary.samples, 5);
    assert_eq!(kinds(&judgement), []);
}

fn nine_of_twelve(change: impl Fn(&mut duxue_rules::observation::Observation)) -> SessionFacts {
    let mut facts = World::full(12).without(&[2, 5, 9]).facts();
    facts.observations.iter_mut().skip(1).for_each(change);
    facts
}

#[test]
fn repeated_and_dark_pictures_say_nothing_about_people() {
    let frozen = nine_of_twelve(|seen| seen.picture.change = Some(0.0));
    assert_eq!(kinds(&judge(&frozen, &quick())), [K::PictureFrozen]);
    let dark = nine_of_twelve(|seen| {
        seen.picture.brightness = 2.0;
        seen.faces.clear();
    });
    assert_eq!(kinds(&judge(&dark, &quick())), [K::PictureDark]);
}

#[test]
fn an_empty_room_before_and_after_a_long_gap_is_not_empty_in_between() {
    let mut world = World { seconds: 400, ..World::full(12) };
    world.people.clear();
    let mut facts = world.facts();
    let first = facts.span.start();
    facts.observations.retain(|seen| {
        let second = seen.at.duration_since(first).as_secs();
        !(8..388).contains(&second)
    });
    let found = kinds(&judge(&facts, &Policy { nobody_min_seconds: 60, ..quick() }));
    assert!(!found.contains(&K::NobodyThere), "{found:?}");
}

#[test]
fn the_teacher_may_be_a_man_or_a_woman() {
    let mut world = World::full(24).with_stranger();
    let mut line = report(24, 24);
    (line.present_men, line.present_women) = (Some(12), Some(12));
    world.report = Some(line);
    world.people.iter_mut().for_each(|person| person.shows = 1.0);
    let exact = Policy { sex_error: 0.0, ..quick() };
    let found = |staff_in_room| kinds(&world.judge(&Policy { staff_in_room, ..exact.clone() }));
    assert_eq!(found(1), []);
    assert!(found(0).contains(&K::SexCountsDiffer));
}

/// No roster, and one of five hundred: each is judged by what there is, and nobody is missed who cannot be told.
#[test]
fn no_roster_and_a_roster_of_five_hundred_are_judged_clearly() {
    let mut world = World::full(12);
    world.roster.clear();
    let mut facts = world.facts();
    for seen in facts.observations.iter_mut().flat_map(|seen| &mut seen.faces) {
        seen.likeness = None;
    }
    let nobody = judge(&facts, &quick());
    assert_eq!(nobody.summary.students, []);
    assert!(nobody.summary.people.likely >= 11, "they are counted all the same: {:?}", nobody.summary.people);
    let told_of_people = |kind: &K| [K::UnknownPerson, K::Replaced, K::ReportedPresentNeverSeen].contains(kind);
    assert!(!kinds(&nobody).iter().any(told_of_people), "{:?}", kinds(&nobody));

    let mut world = World::full(500);
    world.people.truncate(40);
    world.report = Some(report(500, 40));
    let many = world.judge(&quick());
    assert_eq!(many.summary.students.len(), 500);
    let fewer = many.findings.iter().any(|finding| finding.kind == K::FewerThanReported);
    assert!(!fewer, "as many are there as are reported: {:?}", kinds(&many));
}
