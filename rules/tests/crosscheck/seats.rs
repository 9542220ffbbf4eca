//! How many different people, where no picture shows them all at once.

use duxue_rules::{
    crosscheck::{Estimate, SessionFacts, summarise},
    observation::{Area, Likeness, SeenFace},
    policy::Policy,
};

use crate::world::{Chance, World, quick, student};

/// Some of those present are found in half of the pictures or less, for a while each.
fn crowd(people: usize, seed: u64) -> World {
    let mut world = World::full(people);
    let mut chance = Chance(seed);
    for person in &mut world.people {
        let lot = chance.next();
        person.shows = if lot < 0.7 { 0.8 + 0.19 * chance.next() } else { 0.25 + 0.5 * chance.next() };
    }
    (world.seconds, world.turns_every, world.seed) = (160, 4, seed);
    world
}

fn different(facts: &SessionFacts, policy: &Policy) -> Estimate {
    summarise(facts, policy).different.unwrap()
}

/// Somebody who is on no roster, found at these places (by sample).
fn with_walker(facts: &mut SessionFacts, place: impl Fn(usize) -> Option<(f32, f32)>) {
    for (n, seen) in facts.observations.iter_mut().enumerate() {
        let Some((x, y)) = place(n) else { continue };
        seen.faces.push(SeenFace {
            area: Area { x, y, width: 0.04, height: 0.06 },
            score: 0.9,
            eye_distance_px: 40.0,
            likeness: Some(Likeness { student: student(0), similarity: 0.05, runner_up: None }),
            male_probability: None,
        });
    }
}

#[test]
fn people_who_never_show_all_at_once_are_counted_by_their_places() {
    let mut world = World::full(12);
    world.people.iter_mut().for_each(|person| person.shows = 0.55);
    let facts = world.facts();
    assert!(facts.observations.iter().all(|seen| seen.faces.len() < 12), "nobody can count them in one picture");
    let summary = summarise(&facts, &quick());
    let different = summary.different.unwrap();
    assert_eq!(different, Estimate { likely: 12, low: 12, high: 12 });
    assert_eq!((summary.people.low, summary.people.likely), (12, 12), "what is known raises the lower end");
}

#[test]
fn the_interval_keeps_its_promise_from_five_people_to_sixty() {
    let policy = Policy { count_hidden_share: 0.01, ..quick() };
    for people in [5, 10, 20, 30, 45, 60] {
        let runs: Vec<Estimate> = (0..40).map(|seed| different(&crowd(people, seed).facts(), &policy)).collect();
        let truth = people as u32;
        let held = runs.iter().filter(|run| (run.low..=run.high).contains(&truth)).count();
        let off: u32 = runs.iter().map(|run| run.likely.abs_diff(truth)).sum();
        let width: u32 = runs.iter().map(|run| run.high - run.low).sum();
        assert!(held >= 38, "{people}: {held} of 40 hold the truth, {runs:?}");
        assert!(off <= 40, "{people}: off by {off} in 40 runs");
        assert!(f64::from(width) / 40.0 <= 2.5 + people as f64 * 0.1, "{people}: {width} wide in 40 runs");
    }
}

#[test]
fn somebody_who_walks_about_is_one_person() {
    let mut facts = World::full(9).facts();
    // Two places in front, in turn, and the way between them.
    with_walker(&mut facts, |n| Some(([0.1, 0.3, 0.5, 0.8, 0.5, 0.3][n / 2 % 6], 0.9)));
    let estimate = different(&facts, &quick());
    assert_eq!((estimate.low, estimate.likely), (10, 10), "{estimate:?}");
}

#[test]
fn somebody_who_comes_by_once_has_no_seat() {
    let mut facts = World::full(9).facts();
    with_walker(&mut facts, |n| (n == 7).then_some((0.5, 0.9)));
    assert_eq!(different(&facts, &quick()), Estimate { likely: 9, low: 9, high: 9 });
}

#[test]
fn a_recognised_student_who_takes_another_seat_stays_one_person() {
    let mut facts = World::full(9).facts();
    for seen in facts.observations.iter_mut().skip(20) {
        for face in &mut seen.faces {
            // The seat in the left front moves to the rear of the room.
            if face.area.x < 0.1 && face.area.y < 0.2 {
                face.area.y += 0.7;
            }
        }
    }
    let estimate = different(&facts, &quick());
    assert_eq!((estimate.low, estimate.likely, estimate.high), (9, 9, 9));
    // Whom nobody recognises may have been two.
    for seen in &mut facts.observations {
        seen.faces.iter_mut().for_each(|face| face.likeness = None);
    }
    let estimate = different(&facts, &quick());
    assert_eq!((estimate.low, estimate.likely), (9, 9));
    assert!((10..=11).contains(&estimate.high), "{estimate:?}");
}

#[test]
fn a_face_and_the_back_of_a_head_on_one_seat_are_one_person() {
    let mut facts = World::full(9).facts();
    for seen in facts.observations.iter_mut().step_by(3) {
        let turned = seen.faces.split_off(seen.faces.len().min(5));
        seen.faceless = turned
            .iter()
            .map(|SeenFace { area, .. }| Area { x: area.x - 0.03, y: area.y - 0.005, width: 0.1, height: 0.24 })
            .collect();
    }
    assert_eq!(different(&facts, &quick()), Estimate { likely: 9, low: 9, high: 9 });
}

#[test]
fn a_few_samples_say_nothing_about_who_was_missed() {
    let mut facts = World::full(9).facts();
    facts.observations.truncate(9);
    assert_eq!(summarise(&facts, &quick()).different, None);
}

#[test]
fn what_the_places_say_leaves_the_upper_end_of_the_head_count_alone() {
    for seed in 0..20 {
        let world = crowd(12, seed);
        let facts = world.facts();
        let mut scattered = facts.clone();
        // The same numbers of people at places that nobody keeps.
        for (n, seen) in scattered.observations.iter_mut().enumerate() {
            for (k, face) in seen.faces.iter_mut().enumerate() {
                face.area.x = ((n * 7 + k * 13) % 23) as f32 / 23.0;
                face.area.y = ((n * 11 + k * 5) % 19) as f32 / 19.0;
            }
        }
        assert_eq!(summarise(&facts, &quick()).people.high, summarise(&scattered, &quick()).people.high);
    }
}

/// Nine who are always found, of whom six leave after half of the time; somebody passes by, at another spot each time.
fn passing_by(samples: std::ops::Range<usize>) -> SessionFacts {
    let mut world = World::full(9);
    for (n, person) in world.people.iter_mut().enumerate() {
        (person.shows, person.recognised) = (1.0, 1.0);
        person.here = if n < 3 { (0, 80) } else { (0, 40) };
    }
    let mut facts = world.facts();
    let spots = |n: usize| (0.05 + 0.15 * (n % 6) as f32, 0.6 + 0.2 * (n / 6 % 2) as f32);
    with_walker(&mut facts, |n| samples.contains(&n).then(|| spots(n)));
    facts
}

#[test]
fn whoever_passes_by_counts_when_as_many_samples_show_it_as_a_seat_takes() {
    let policy = Policy { count_hidden_share: 0.03, ..quick() };
    let of = |samples, policy: &Policy| {
        let Estimate { likely, low, high } = different(&passing_by(samples), policy);
        (likely, low, high)
    };
    // Four of forty: while all sit there it is certain that there were ten. Three are nothing. After most have left it may
    // be one of them, though nobody's seat is empty just then; and one may sit where the camera never sees them.
    let found = [of(5..9, &quick()), of(5..8, &quick()), of(25..35, &quick()), of(25..35, &policy)];
    assert_eq!(found, [(10, 10, 11), (9, 9, 10), (10, 9, 11), (10, 9, 12)]);
}

#[test]
fn ten_samples_are_enough_to_say_who_was_missed() {
    let mut facts = World::full(9).facts();
    facts.observations.truncate(10);
    assert!(summarise(&facts, &quick()).different.is_some_and(|of| of.low <= 9 && of.high >= 9));
}

#[test]
fn those_who_were_never_found_often_enough_are_added() {
    let mut world = World::full(30);
    for (n, person) in world.people.iter_mut().enumerate() {
        person.shows = 0.06 + 0.02 * (n % 12) as f64;
    }
    let facts = world.facts();
    let different = different(&facts, &quick());
    let often = |seat: usize| {
        let there = |area: &Area| {
            (area.x - 0.02 - 0.15 * (seat % 6) as f32).abs() < 0.02
                && (area.y - 0.05 - 0.18 * (seat / 6) as f32).abs() < 0.02
        };
        facts.observations.iter().filter(|seen| seen.faces.iter().any(|face| there(&face.area))).count()
    };
    let seats = (0..30).filter(|&seat| often(seat) >= 4).count() as u32;
    assert!(seats < 30 && different.likely > seats && different.high >= 30, "{seats}, {different:?}");
}
