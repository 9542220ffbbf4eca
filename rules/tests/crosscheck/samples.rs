//! Which samples count, from how many on, and which of them are shown.

use duxue_rules::{
    crosscheck::{Estimate, FindingKind as K, Presence, SessionFacts, judge, summarise},
    ids::{CameraId, ObservationId},
    observation::{Area, Observation},
    policy::Policy,
};
use uuid::Uuid;

use crate::{
    grounds::{clear, only},
    world::{World, quick, report, student},
};

/// Somebody who does not show a face.
const TURNED_AWAY: Area = Area { x: 0.4, y: 0.9, width: 0.1, height: 0.1 };

/// Takes one student's face out of a picture.
fn hide(seen: &mut Observation, who: usize) {
    seen.faces.retain(|face| face.likeness.is_none_or(|likeness| likeness.student != student(who)));
}

fn third(facts: &SessionFacts, policy: &Policy) -> Presence {
    summarise(facts, policy).students[3].presence
}

#[test]
fn somebody_is_missed_only_while_enough_others_are_recognised() {
    let facts = clear(World::full(12).without(&[3])).facts();
    let with = |never_seen_min_others| third(&facts, &Policy { never_seen_min_others, ..quick() });
    assert_eq!((with(11), with(12)), (Presence::NotSeen, Presence::Unclear));
}

/// Others are recognised in half of twelve samples: a quarter, carefully; twelve without are three chances in a hundred.
#[test]
fn where_others_are_recognised_now_and_then_a_student_is_missed_with_less_certainty() {
    let mut facts = clear(World { seconds: 24, ..World::full(5).without(&[3]) }).facts();
    for seen in facts.observations.iter_mut().step_by(2) {
        for likeness in seen.faces.iter_mut().filter_map(|face| face.likeness.as_mut()) {
            likeness.similarity = 0.3;
        }
    }
    assert_eq!(only(&judge(&facts, &quick()), K::ReportedPresentNeverSeen).confidence, 0.87);
}

/// R7.1x: the policy's share of forty samples is ten.
#[test]
fn one_more_in_enough_samples_may_be_the_missing_student() {
    let policy = Policy { never_seen_count_share: 0.25, ..quick() };
    let with_one_more_in = |count: usize| {
        let mut facts = clear(World::full(12).without(&[3])).facts();
        for seen in facts.observations.iter_mut().skip(7).take(count) {
            seen.faceless.push(TURNED_AWAY);
        }
        third(&facts, &policy)
    };
    assert_eq!((with_one_more_in(9), with_one_more_in(10)), (Presence::NotSeen, Presence::Unclear));
}

#[test]
fn the_frames_of_a_missing_student_are_those_in_which_most_others_are_recognised() {
    let mut facts = clear(World::full(12).without(&[3])).facts();
    let fullest = [5, 6, 20, 21];
    for (n, seen) in facts.observations.iter_mut().enumerate() {
        if !fullest.contains(&n) {
            hide(seen, 8);
        }
    }
    let missed = only(&judge(&facts, &quick()), K::ReportedPresentNeverSeen);
    // Of the others, which are all alike, the first and the last.
    let shown = [0, 5, 6, 20, 21, 39].map(|n| ObservationId(Uuid::from_u128(n + 1)));
    assert_eq!(missed.frames, shown);
}

#[test]
fn a_number_counts_once_two_samples_reach_it() {
    let with_one_more_in = |count: usize| {
        let mut facts = clear(World::full(12)).facts();
        for seen in facts.observations.iter_mut().skip(7).take(count) {
            seen.faceless.push(TURNED_AWAY);
        }
        let people = summarise(&facts, &quick()).people;
        (people.low, people.likely)
    };
    assert_eq!((with_one_more_in(1), with_one_more_in(2)), ((12, 12), (13, 13)), "a coat now and then is nobody");
}

/// With two samples: 16 would be so few once in seven times, 17 once in 23.
#[test]
fn two_samples_say_how_many_there_may_be_at_most_and_one_says_nothing() {
    let at_most = |seconds| {
        let mut world = clear(World { seconds, ..World::full(12) });
        world.report = Some(report(30, 12));
        summarise(&world.facts(), &quick()).people.high
    };
    assert_eq!((at_most(2), at_most(4)), (30, 16));
}

#[test]
fn a_picture_at_the_limit_is_neither_dark_nor_frozen() {
    let policy = quick();
    let with = |brightness, change| {
        let mut facts = clear(World::full(12)).facts();
        for seen in &mut facts.observations[10..20] {
            (seen.picture.brightness, seen.picture.change) = (brightness, Some(change));
        }
        judge(&facts, &policy).findings.into_iter().map(|finding| finding.kind).collect::<Vec<_>>()
    };
    let (dark, frozen) = (policy.dark_below_brightness, policy.frozen_below_change);
    assert_eq!(with(dark, frozen), []);
    assert_eq!(with(dark - 0.01, frozen), [K::PictureDark]);
    assert_eq!(with(dark, frozen - 0.001), [K::PictureFrozen]);
}

/// The classifier is never wrong, and nobody is overlooked.
fn exact() -> Policy {
    Policy { sex_error: 0.0, count_min_detection: 1.0, ..quick() }
}

fn exactly(number: u32) -> Option<Estimate> {
    Some(Estimate { likely: number, low: number, high: number })
}

#[test]
fn men_and_women_are_counted_where_enough_samples_show_them_all() {
    let shown_in = |count: usize| {
        let mut facts = clear(World::full(12)).facts();
        for seen in facts.observations.iter_mut().skip(count) {
            seen.faces.iter_mut().take(4).for_each(|face| face.male_probability = None);
        }
        summarise(&facts, &exact())
    };
    let two = shown_in(2);
    assert_eq!((two.men, two.women), (exactly(6), exactly(6)));
    let one = shown_in(1);
    assert_eq!(one.men.map(|men| (men.low, men.high)), Some((4, 8)), "the four unread may be men");
}

#[test]
fn of_two_cameras_the_one_that_reads_more_people_tells_men_from_women() {
    let mut facts = clear(World::full(12)).facts();
    let mut second = facts.observations.clone();
    for (n, seen) in second.iter_mut().enumerate() {
        (seen.camera, seen.id) = (CameraId(Uuid::from_u128(2)), ObservationId(Uuid::from_u128(500 + n as u128)));
    }
    for seen in &mut facts.observations {
        // The first camera sees four of the six women, and no man.
        let women = seen.faces.iter().filter(|face| face.male_probability < Some(0.5)).take(4).cloned().collect();
        seen.faces = women;
    }
    facts.observations.extend(second);
    let summary = summarise(&facts, &exact());
    assert_eq!(summary.men.map(|men| men.low), Some(6));
}
