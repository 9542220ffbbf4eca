//! R7.2a: changes, and who deviates.

use duxue_rules::{
    policy::Policy,
    span::Span,
    timetable::{Change, ChangeApproved, ChangeRequest, ChangeRequested, Taught, deviations, replay},
};
use jiff::{
    Timestamp,
    civil::{date, time},
};

use crate::world::{CENTRE, ELSEWHERE, MANAGER, World, at, change_id, codes, lesson_id, minutes, moved};

fn end_of_term() -> Timestamp {
    at(date(2025, 2, 1), time(0, 0, 0, 0))
}

/// The first lesson of 9 October moved to the evening of that day.
fn change(world: &World) -> Change {
    moved(1, &world.lessons[6], at(date(2024, 10, 9), time(18, 0, 0, 0)))
}

fn requested(world: &World) -> ChangeRequested {
    change(world).request(&world.timetable(), MANAGER, at(date(2024, 10, 8), time(10, 0, 0, 0))).unwrap()
}

#[test]
fn an_approved_change_gives_a_new_timetable_and_history_gives_it_again() {
    let world = World::autumn();
    let original = world.timetable();
    let (approved, changed) =
        requested(&world).approve(&original, CENTRE, at(date(2024, 10, 8), time(11, 0, 0, 0))).unwrap();
    assert_eq!(changed.lesson(lesson_id(200)).unwrap().text().zh, "2024-10-09 18:00-18:45 直播营销（王老师）");
    assert_eq!(changed.lessons().len(), original.lessons().len());
    let replayed = replay(original, std::slice::from_ref(&approved));
    assert_eq!((replayed.timetable, replayed.findings), (changed, vec![]));
    let stored = ChangeRequest::Approved(approved);
    let json = serde_json::to_string(&stored).unwrap();
    assert!(json.contains("\"stage\":\"approved\""));
    assert_eq!(serde_json::from_str::<ChangeRequest>(&json).unwrap(), stored);
}

/// 需及时…说明情况申请: in writing, before the lesson.
#[test]
fn a_request_says_why_and_comes_before_the_lesson() {
    let world = World::autumn();
    let begins = world.lessons[6].span.start();
    let asked = |change: Change, at| {
        let not_taken = change.clone().request(&world.timetable(), MANAGER, at).unwrap_err();
        assert_eq!(not_taken.state, change, "given back unchanged");
        codes(&not_taken.against)
    };
    let silent = Change { reason: "\u{3000}".to_owned(), ..change(&world) };
    assert_eq!(asked(silent, begins - minutes(60)), ["change_without_reason"]);
    assert_eq!(asked(change(&world), begins), ["change_too_late"], "the lesson begins");
    assert!(change(&world).request(&world.timetable(), MANAGER, begins - minutes(1)).is_ok());
    let nothing = Change { withdrawn: [].into(), added: vec![], ..change(&world) };
    assert_eq!(asked(nothing, begins - minutes(60)), ["change_of_nothing"]);
    let unknown = Change { withdrawn: [lesson_id(77)].into(), added: vec![], ..change(&world) };
    assert_eq!(asked(unknown, begins - minutes(60)), ["change_of_unknown_lesson"]);
    let twice = Change { withdrawn: [].into(), ..change(&world) };
    assert_eq!(asked(twice, begins - minutes(60)), ["change_lesson_twice"]);
    let another = Change { class: uuid::Uuid::from_u128(55).into(), ..change(&world) };
    assert_eq!(asked(another, begins - minutes(60)), ["change_of_another_class"]);
}

#[test]
fn a_lesson_brought_forward_is_asked_for_before_its_new_time() {
    let world = World::autumn();
    let forward = moved(1, &world.lessons[6], at(date(2024, 10, 8), time(18, 0, 0, 0)));
    let late = forward.clone().request(&world.timetable(), MANAGER, at(date(2024, 10, 8), time(18, 0, 0, 0)));
    let against = late.unwrap_err().against;
    assert_eq!(codes(&against), ["change_too_late"]);
    assert!(against[0].seen.zh.contains("18:00"), "by its new time: {:?}", against[0].seen);
    assert!(forward.request(&world.timetable(), MANAGER, at(date(2024, 10, 8), time(17, 59, 0, 0))).is_ok());
}

#[test]
fn the_centre_cannot_approve_what_has_begun_and_refuses_with_a_reason() {
    let world = World::autumn();
    let begins = world.lessons[6].span.start();
    let late = requested(&world).approve(&world.timetable(), CENTRE, begins).unwrap_err();
    assert_eq!(codes(&late.against), ["change_too_late"]);
    let mute = late.state.refuse(CENTRE, begins, String::new()).unwrap_err();
    assert_eq!(codes(&mute.against), ["refusal_without_reason"]);
    assert!(mute.state.refuse(CENTRE, begins, "课已开始".to_owned()).is_ok());
}

#[test]
fn two_requests_for_one_lesson_are_not_both_approved() {
    let world = World::autumn();
    let at_eleven = at(date(2024, 10, 8), time(11, 0, 0, 0));
    let off = |number| {
        let change = Change { id: change_id(number), added: vec![], ..change(&world) };
        change.request(&world.timetable(), MANAGER, at(date(2024, 10, 8), time(10, 0, 0, 0))).unwrap()
    };
    let (_, changed) = off(1).approve(&world.timetable(), CENTRE, at_eleven).unwrap();
    assert_eq!(codes(&off(2).approve(&changed, CENTRE, at_eleven).unwrap_err().against), ["change_of_unknown_lesson"]);
}

#[test]
fn an_approval_that_was_stored_too_late_changes_nothing_and_is_told() {
    let world = World::autumn();
    let late = ChangeApproved { request: requested(&world), by: CENTRE, at: world.lessons[6].span.start() };
    let replayed = replay(world.timetable(), &[late]);
    assert_eq!(replayed.timetable, world.timetable());
    assert_eq!(codes(&replayed.findings), ["change_too_late"]);
}

fn told(world: &World, taught: &[Taught], requests: &[ChangeRequest]) -> Vec<String> {
    codes(&deviations(&world.timetable(), taught, requests, end_of_term(), &Policy::default()))
}

/// 严格按照教学计划、课程表进行教学.
#[test]
fn whoever_teaches_as_the_timetable_says_does_not_deviate() {
    let world = World::autumn();
    assert_eq!(told(&world, &world.taught(), &[]), [""; 0]);
}

#[test]
fn each_way_of_deviating_has_its_finding() {
    let world = World::autumn();
    let changed = |change: &dyn Fn(&mut Vec<Taught>)| {
        let mut taught = world.taught();
        change(&mut taught);
        told(&world, &taught, &[])
    };
    let span = |taught: &Taught, from: i64, to: i64| {
        Span::new(taught.span.start() + minutes(from), taught.span.end() + minutes(to)).unwrap()
    };
    assert_eq!(changed(&|taught| taught.truncate(65)), vec!["lesson_not_held"; 6]);
    assert_eq!(changed(&|taught| taught[0].venue = ELSEWHERE), vec!["lesson_elsewhere"; 6]);
    assert_eq!(changed(&|taught| taught[0].span = span(&taught[0], 5, 0)), [""; 0], "five minutes are borne");
    assert_eq!(changed(&|taught| taught[0].span = span(&taught[0], 6, 0)), ["lesson_cut_short"]);
    assert_eq!(changed(&|taught| taught[0].span = span(&taught[0], -5, 5)), [""; 0]);
    assert_eq!(changed(&|taught| taught[0].span = span(&taught[0], -6, 0)), ["taught_beyond_lessons"]);
    assert_eq!(changed(&|taught| taught[0].span = span(&taught[0], 0, 6)), ["taught_beyond_lessons"]);
    let evening = |taught: &mut Vec<Taught>| taught.push(Taught { span: span(&taught[0], 720, 720), ..taught[0] });
    assert_eq!(changed(&evening), ["taught_without_lesson"]);
}

#[test]
fn a_lesson_held_in_two_pieces_is_held_and_not_counted_twice() {
    let world = World::autumn();
    let whole = world.taught()[0];
    let piece = |from: i64, to: i64| Taught {
        span: Span::new(whole.span.start() + minutes(from), whole.span.start() + minutes(to)).unwrap(),
        ..whole
    };
    let rest = &world.taught()[1..];
    let with = |pieces: &[Taught]| told(&world, &[pieces, rest].concat(), &[]);
    assert_eq!(with(&[piece(0, 20), piece(22, 320)]), [""; 0]);
    assert_eq!(with(&[piece(0, 20), piece(5, 20), piece(30, 320)]), ["lesson_cut_short"]);
}

#[test]
fn what_is_not_over_is_not_judged() {
    let world = World::autumn();
    let judged = |now| deviations(&world.timetable(), &[], &[], now, &Policy::default()).len();
    let end = world.lessons[0].span.end();
    assert_eq!((judged(end - minutes(1)), judged(end)), (0, 1));
}

/// A change that was never approved does not excuse, but is named; an approved one is followed.
#[test]
fn moving_a_lesson_without_the_centres_word_is_a_deviation() {
    let world = World::autumn();
    let asked = requested(&world);
    let mut taught = world.taught();
    let second_start = world.lessons[7].span.start();
    taught[1].span = Span::new(second_start, taught[1].span.end()).unwrap();
    let evening = Span::new(asked.change.added[0].span.start(), asked.change.added[0].span.end()).unwrap();
    taught.push(Taught { span: evening, ..taught[1] });
    let open = [ChangeRequest::Requested(asked.clone())];
    let findings = deviations(&world.timetable(), &taught, &open, end_of_term(), &Policy::default());
    assert_eq!(codes(&findings), ["lesson_not_held", "taught_without_lesson"]);
    for finding in &findings {
        assert!(finding.seen.zh.contains("申请过调整，但未获同意"), "{finding:?}");
        assert!(finding.records.contains(&duxue_rules::finding::Record::ChangeRequest(change_id(1))));
    }
    let (approved, changed) =
        asked.approve(&world.timetable(), CENTRE, at(date(2024, 10, 8), time(11, 0, 0, 0))).unwrap();
    let requests = [ChangeRequest::Approved(approved)];
    assert_eq!(deviations(&changed, &taught, &requests, end_of_term(), &Policy::default()), []);
}
