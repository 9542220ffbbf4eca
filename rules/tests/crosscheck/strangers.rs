//! Who is one stranger and who are two: the same place over time, never twice in one picture.

use duxue_rules::{
    crosscheck::{Estimate, FindingKind as K, SessionFacts, judge, summarise},
    ids::{CameraId, ObservationId},
    observation::{Likeness, SeenFace},
};
use uuid::Uuid;

use crate::{
    grounds::{clear, only},
    world::{World, quick, student},
};

/// What a stranger's face is like in one sample: how far from its place, in its own widths and heights.
type Place = (f32, f32);

/// A full class with one stranger, who is where `places` says in each sample; `None`: does not show.
fn stranger(places: impl Fn(usize) -> Option<Place>) -> SessionFacts {
    let mut facts = clear(World::full(12).with_stranger()).facts();
    for (n, seen) in facts.observations.iter_mut().enumerate() {
        let mut face = seen.faces.pop().unwrap();
        if let Some((across, down)) = places(n) {
            (face.area.x, face.area.y) = (0.5 + across * face.area.width, 0.5 + down * face.area.height);
            seen.faces.push(face);
        }
    }
    facts
}

fn unknown(facts: &SessionFacts) -> (u32, u32) {
    let Estimate { low, high, .. } = summarise(facts, &quick()).unknown;
    (low, high)
}

#[test]
fn somebody_who_sways_or_nods_is_one_and_who_moves_further_is_two_places() {
    let moving = |across: f32, down: f32| {
        let facts = stranger(move |n| Some(if n % 2 == 0 { (0.0, 0.0) } else { (across, down) }));
        unknown(&facts)
    };
    for (across, down) in [(0.7, 0.0), (-0.7, 0.0), (0.0, 0.7), (0.0, -0.7)] {
        assert_eq!(moving(across, down), (1, 1), "{across} {down}");
    }
    for (across, down) in [(1.5, 0.0), (0.0, 1.5)] {
        assert_eq!(moving(across, down), (1, 2), "two places, never at once: {across} {down}");
    }
}

#[test]
fn somebody_who_leans_forward_is_the_same() {
    let mut facts = stranger(|_| Some((0.0, 0.0)));
    for seen in facts.observations.iter_mut().step_by(2) {
        let area = &mut seen.faces.last_mut().unwrap().area;
        (area.x, area.y) = (area.x - area.width, area.y - area.height);
        (area.width, area.height) = (area.width * 3.0, area.height * 3.0);
    }
    assert_eq!(unknown(&facts), (1, 1));
}

#[test]
fn two_who_sit_close_together_are_two() {
    let mut facts = stranger(|_| Some((0.0, 0.0)));
    for seen in &mut facts.observations {
        let mut neighbour = seen.faces.last().unwrap().clone();
        neighbour.area.x += 0.8 * neighbour.area.width;
        seen.faces.push(neighbour);
    }
    assert_eq!(unknown(&facts), (2, 2));
}

#[test]
fn at_the_same_place_before_another_camera_is_another_place() {
    let mut facts = stranger(|_| Some((0.0, 0.0)));
    for (n, seen) in facts.observations.iter_mut().enumerate() {
        seen.camera = CameraId(Uuid::from_u128(1 + n as u128 % 2));
    }
    assert_eq!(unknown(&facts), (1, 2));
}

/// Of four samples that a stranger takes, more than two must show both.
#[test]
fn two_at_once_in_a_few_samples_may_be_one_who_changed_seats() {
    let together_in = |count: usize| {
        let mut facts = stranger(|n| (n < 20).then_some((0.0, 0.0)));
        let mut another = facts.observations[0].faces.last().unwrap().clone();
        another.area.y += 0.2;
        for seen in &mut facts.observations[20 - count..40 - count] {
            seen.faces.push(another.clone());
        }
        unknown(&facts)
    };
    assert_eq!((together_in(2), together_in(3)), ((1, 2), (2, 2)));
}

#[test]
fn a_face_as_like_as_a_strangers_may_be_is_no_strangers() {
    let mut facts = stranger(|_| Some((0.0, 0.0)));
    for seen in &mut facts.observations {
        seen.faces.last_mut().unwrap().likeness =
            Some(Likeness { student: student(0), similarity: quick().unknown_max_similarity, runner_up: None });
    }
    assert_eq!(unknown(&facts), (0, 0));
}

fn sure(facts: &SessionFacts) -> f32 {
    only(&judge(facts, &quick()), K::UnknownPerson).confidence
}

#[test]
fn a_student_at_that_place_meanwhile_makes_a_stranger_less_sure() {
    // Now and then nobody shows there, while the class sits elsewhere.
    let alone = stranger(|n| (n % 4 != 1).then_some((0.0, 0.0)));
    assert_eq!(sure(&alone), 0.85);
    // In ten of the samples student 0 is recognised there instead; thirty show the stranger.
    let mut shared = alone.clone();
    for seen in shared.observations.iter_mut().skip(1).step_by(4) {
        sit_there(&mut seen.faces);
    }
    assert_eq!(sure(&shared), 0.63, "three quarters of what it was");
    // Another camera's picture of that place is another place.
    for (n, seen) in shared.observations.iter_mut().enumerate().skip(1).step_by(4) {
        (seen.camera, seen.id) = (CameraId(Uuid::from_u128(2)), ObservationId(Uuid::from_u128(900 + n as u128)));
    }
    assert_eq!(sure(&shared), 0.85);
}

/// Puts the first student where the stranger was.
fn sit_there(faces: &mut [SeenFace]) {
    let own = faces.iter_mut().find(|face| face.likeness.is_some_and(|likeness| likeness.student == student(0)));
    let area = &mut own.unwrap().area;
    (area.x, area.y) = (0.5, 0.5);
}
