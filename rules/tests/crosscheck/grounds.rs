//! What a finding about people rests on: its grounds, its numbers and how sure it is, reckoned by hand.

use duxue_rules::{
    crosscheck::{CountPoint, FindingDraft, FindingKind as K, Judgement, Sex, judge, summarise},
    ids::{CameraId, ObservationId},
    policy::Policy,
    report::{Absence, AbsenceReason},
};
use uuid::Uuid;

use crate::world::{Person, World, kinds, quick, report, start, student};

/// Everyone shows in each picture and is recognised in it.
pub fn clear(mut world: World) -> World {
    for person in &mut world.people {
        (person.shows, person.recognised) = (1.0, 1.0);
    }
    world
}

pub fn codes(finding: &FindingDraft) -> Vec<&str> {
    finding.reasons.iter().map(|reason| reason.code.as_str()).collect()
}

pub fn only(judgement: &Judgement, kind: K) -> FindingDraft {
    let found: Vec<_> = judgement.findings.iter().filter(|finding| finding.kind == kind).collect();
    assert_eq!(found.len(), 1, "{:?}", judgement.findings);
    found[0].clone()
}

fn sample(n: u128) -> ObservationId {
    ObservationId(Uuid::from_u128(n))
}

#[test]
fn fewer_than_reported_says_how_it_was_counted() {
    let judgement = World::full(12).without(&[2, 5, 9]).judge(&quick());
    let fewer = only(&judgement, K::FewerThanReported);
    assert_eq!(codes(&fewer), ["fullest_samples", "upper_end", "by_places", "recognised"]);
    assert_eq!(
        fewer.reasons[1].text.zh,
        "按在场者在 90% 以上的画面中可被检出、0% 的人可能始终拍不到计算，有 95% 的把握不超过 9 人"
    );
    assert_eq!(fewer.reasons[3].text.en, "9 different students were recognised");
    let mut empty = World::full(12);
    empty.people.clear();
    let fewer = only(&empty.judge(&quick()), K::FewerThanReported);
    assert_eq!(codes(&fewer), ["fullest_samples", "upper_end"], "nobody was recognised");
}

/// Ten of whom 60 samples show all: 15 would have shown so few once in 63 times (see the count's own tests).
#[test]
fn fewer_than_reported_is_as_sure_as_the_count() {
    let policy = Policy { crosscheck_settle_seconds: 0, crosscheck_independent_seconds: 2, ..Policy::default() };
    let mut world = clear(World { seconds: 120, ..World::full(10) });
    world.report = Some(report(15, 15));
    assert_eq!(only(&world.judge(&policy), K::FewerThanReported).confidence, 0.98);
    world.report = Some(report(15, 14));
    assert!(!kinds(&world.judge(&policy)).contains(&K::FewerThanReported), "14 may be there");
}

/// No error in reading and nobody overlooked: the interval is one number.
fn exact() -> Policy {
    Policy { sex_error: 0.0, count_min_detection: 1.0, ..quick() }
}

#[test]
fn one_man_too_few_is_enough_where_a_woman_too_many_may_be_the_teacher() {
    let mut world = clear(World::full(24));
    let told = |world: &mut World, men: u32, women: u32| {
        let mut line = report(24, 24);
        (line.present_men, line.present_women) = (Some(men), Some(women));
        world.report = Some(line);
        world.judge(&Policy { staff_in_room: 1, ..exact() })
    };
    assert_eq!(kinds(&told(&mut world, 12, 12)), [], "as many as there are");
    let differ = only(&told(&mut world, 13, 11), K::SexCountsDiffer);
    assert_eq!(differ.confidence, 0.75, "one beyond the interval");
    assert_eq!(only(&told(&mut world, 14, 10), K::SexCountsDiffer).confidence, 0.85, "two, and no surer than that");
    assert_eq!(differ.seen.en, "about 12 men (12 to 12) and 12 women (12 to 12), 95 % sure");
    assert!(differ.reasons[0].text.en.starts_with("the machine misreads about 0 % of people"));
    told(&mut world, 22, 2);
    let differ = only(&world.judge(&Policy { sex_error: 0.06, ..exact() }), K::SexCountsDiffer);
    assert!(differ.reasons[0].text.zh.contains("差错率约 6%"), "{:?}", differ.reasons);
}

#[test]
fn without_numbers_of_its_own_a_report_is_held_against_the_roster_less_the_absent() {
    let mut world = clear(World::full(24));
    for student in &mut world.roster[..18] {
        student.sex = Sex::Male;
    }
    for student in &mut world.roster[18..] {
        student.sex = Sex::Female;
    }
    let differ = only(&world.judge(&exact()), K::SexCountsDiffer);
    assert_eq!(differ.expected.zh, "按花名册和报告单，男 18 人、女 6 人");
    // One man named, and one more who is not: of 17 men and 6 women one is away.
    let mut line = report(24, 22);
    line.absent = vec![Absence { student: student(4), reason: AbsenceReason::Sick }];
    world.report = Some(line.clone());
    let differ = only(&world.judge(&exact()), K::SexCountsDiffer);
    assert_eq!(differ.expected.zh, "按花名册和报告单，男 16–17 人、女 5–6 人");
    line.roll = 25;
    world.report = Some(line);
    assert!(!kinds(&world.judge(&exact())).contains(&K::SexCountsDiffer), "the report is about others");
    world.roster.clear();
    world.report = Some(report(0, 0));
    assert!(!kinds(&world.judge(&exact())).contains(&K::SexCountsDiffer), "nothing to hold it against");
}

/// Whoever sits there is recognised in half of the samples, carefully reckoned: six without are one chance in 64.
#[test]
fn a_student_never_seen_is_as_sure_as_the_samples_allow() {
    let world = clear(World { seconds: 12, ..World::full(12).without(&[3]) });
    let missed = only(&world.judge(&quick()), K::ReportedPresentNeverSeen);
    assert_eq!(missed.confidence, 0.89, "63 of 64, less the doubt about a poor likeness");
    assert_eq!(codes(&missed), ["not_recognised", "others_recognised"]);
    let mut line = report(12, 11);
    line.present = 11;
    let mut world = clear(World::full(12).without(&[3, 4]));
    world.report = Some(line);
    let judgement = world.judge(&quick());
    let missed = judgement.findings.iter().find(|finding| finding.kind == K::ReportedPresentNeverSeen).unwrap();
    assert_eq!(codes(missed)[2], "unnamed_absent");
    assert_eq!(missed.confidence, 0.45, "one of the two is excused without a name");
}

#[test]
fn a_student_reported_absent_is_surer_seen_with_every_sample() {
    let mut world = clear(World { seconds: 12, ..World::full(12) });
    let mut line = report(12, 11);
    line.absent = vec![Absence { student: student(4), reason: AbsenceReason::Sick }];
    world.report = Some(line);
    let sure = |world: &World| only(&world.judge(&quick()), K::ReportedAbsentSeen).confidence;
    assert_eq!(sure(&world), 0.68, "six samples, twice as many as it takes");
    world.people[4].here = (0, 6);
    assert_eq!(sure(&world), 0.45, "three, as many as it takes");
}

#[test]
fn the_frames_of_an_absent_student_are_those_in_which_the_face_is_most_alike() {
    let mut world = clear(World::full(12));
    let mut line = report(12, 11);
    line.absent = vec![Absence { student: student(4), reason: AbsenceReason::Sick }];
    world.report = Some(line);
    let mut facts = world.facts();
    for (n, seen) in facts.observations.iter_mut().enumerate() {
        for likeness in seen.faces.iter_mut().filter_map(|face| face.likeness.as_mut()) {
            if likeness.student == student(4) {
                (likeness.similarity, likeness.runner_up) = (0.5 + 0.01 * n as f32, None);
            }
        }
    }
    let seen = only(&judge(&facts, &quick()), K::ReportedAbsentSeen);
    assert_eq!(seen.frames, [35, 36, 37, 38, 39, 40].map(sample), "the last six of forty");
}

/// A class of `others`, and one more who is there until that second.
fn leaving(others: usize, second: i64) -> World {
    let mut world = clear(World::full(others + 1));
    world.people[0].here = (0, second);
    world
}

fn is_left(world: &World, policy: &Policy) -> bool {
    kinds(&world.judge(policy)).contains(&K::LeftMidway)
}

#[test]
fn a_student_has_left_after_long_enough_without_and_with_others_still_there() {
    // Last seen at second 58 of 80; the last sample is 20 s later, which is just long enough.
    assert!(is_left(&leaving(11, 60), &quick()));
    let policy = Policy { left_min_seconds: 18, ..quick() };
    assert!(!is_left(&leaving(11, 62), &quick()), "18 s");
    assert!(is_left(&leaving(11, 62), &policy), "18 s, where that is enough");
    // Two others are still recognised, as few as the policy asks for.
    let three = Policy { never_seen_min_others: 3, ..quick() };
    assert!(is_left(&leaving(2, 40), &quick()) && !is_left(&leaving(2, 40), &three));
}

/// The error is shared by all who might have left: of three, one chance in 64 is little enough, of twelve it is not.
#[test]
fn the_more_could_have_left_the_surer_it_must_be() {
    let policy = Policy { left_min_seconds: 10, ..quick() };
    let few = leaving(2, 68);
    let left = only(&few.judge(&policy), K::LeftMidway);
    assert_eq!(left.confidence, 0.89, "63 of 64, times 0.9");
    assert!(!is_left(&leaving(11, 68), &policy));
}

#[test]
fn whoever_was_recognised_now_and_then_must_be_away_for_longer() {
    // Recognised in 16 of the 20 samples before: 0.4, carefully; nine without have a chance of 0.01.
    let policy = Policy { left_min_seconds: 10, ..quick() };
    let mut facts = World { seconds: 58, ..leaving(2, 40) }.facts();
    for seen in facts.observations[2..20].iter_mut().step_by(5) {
        seen.faces.retain(|face| face.likeness.is_none_or(|likeness| likeness.student != student(0)));
    }
    let left = only(&judge(&facts, &policy), K::LeftMidway);
    assert!(left.reasons[0].text.en.contains("recognised in 16 samples until 09:30:38, and in none of 9 usable ones"));
    assert_eq!(left.confidence, 0.89, "not 0.9");
}

#[test]
fn a_leaver_whose_seat_is_taken_may_only_have_moved() {
    let left = only(&leaving(11, 40).judge(&quick()), K::LeftMidway);
    assert_eq!(codes(&left), ["recognised_before", "others_still_there", "count_fell"]);
    assert_eq!(left.confidence, 0.9);
    assert_eq!(left.seen.en, "学员00 was not recognised again in the 0.7 minutes after 09:30:38");
    assert!(left.reasons[0].text.zh.contains("之前在 20 个画面中识别出学员00，之后 20 个可用画面中一次也没有"));
    assert_eq!(left.reasons[2].text.en, "the usual number of faces fell from 12 to 11");
    let mut world = leaving(11, 40);
    world.people.push(Person { here: (40, i64::MAX), ..World::person(Some(0), true) });
    (world.people[12].shows, world.people[12].recognised) = (1.0, 0.0);
    let left = only(&world.judge(&quick()), K::LeftMidway);
    assert_eq!(codes(&left)[2], "count_did_not_fall");
    assert_eq!(left.confidence, 0.6);
}

/// A stranger in a full class, there until that second.
fn stranger(until: i64) -> World {
    let mut world = clear(World::full(12).with_stranger());
    world.people[12].here = (0, until);
    world
}

#[test]
fn a_stranger_is_surer_with_every_sample() {
    let unknown = |until| only(&stranger(until).judge(&quick()), K::UnknownPerson);
    assert_eq!(unknown(8).confidence, 0.43, "four samples, as many as it takes: half of 0.85");
    assert_eq!(unknown(16).confidence, 0.64, "twice as many");
    assert_eq!(unknown(80).confidence, 0.85);
    assert_eq!(codes(&unknown(80)), ["like_nobody"]);
    assert!(unknown(80).reasons[0].text.zh.contains("40 个采样画面中，人脸与本班所有底照的相似度均低于 20%"));
}

#[test]
fn whoever_may_be_there_is_said_to_have_been_allowed_for() {
    let mut world = stranger(80);
    world.people.push(Person { shows: 1.0, ..World::person(None, false) });
    let teacher = only(&world.judge(&Policy { staff_in_room: 1, ..quick() }), K::UnknownPerson);
    assert_eq!(codes(&teacher), ["like_nobody", "allowed_for"]);
    assert_eq!(teacher.seen.en, "1 person who is on no enrolment picture");
    world.people.remove(3);
    world.roster[3].enrolled = false;
    let unenrolled = only(&world.judge(&quick()), K::UnknownPerson);
    assert_eq!(codes(&unenrolled)[1], "allowed_for");
    assert!(unenrolled.reasons[1].text.zh.contains("共 2 人，已扣除教师等工作人员 0 人和没有底照的学员 1 人"));
}

#[test]
fn the_frames_of_a_stranger_are_those_with_the_biggest_face() {
    let mut facts = stranger(80).facts();
    for (n, seen) in facts.observations.iter_mut().enumerate() {
        if let Some(face) = seen.faces.last_mut() {
            face.eye_distance_px = 40.0 + n as f32;
        }
    }
    let unknown = only(&judge(&facts, &quick()), K::UnknownPerson);
    assert_eq!(unknown.frames, [35, 36, 37, 38, 39, 40].map(sample));
}

#[test]
fn the_numbers_over_time_are_the_most_that_a_camera_showed_at_each_instant() {
    let mut facts = clear(World { seconds: 6, ..World::full(4) }).facts();
    let mut second = facts.observations.clone();
    for (n, seen) in second.iter_mut().enumerate() {
        (seen.camera, seen.id) = (CameraId(Uuid::from_u128(2)), sample(100 + n as u128));
        seen.faces.truncate(1);
    }
    facts.observations.extend(second);
    let point = |second: i64| CountPoint { at: start() + jiff::SignedDuration::from_secs(second), people: 4 };
    assert_eq!(summarise(&facts, &quick()).series, [point(0), point(2), point(4)]);
}

#[test]
fn what_weakens_the_numbers_is_told_and_nothing_else() {
    let reservations = |world: &World, dark: usize| {
        let mut facts = world.facts();
        for seen in &mut facts.observations[..dark] {
            seen.picture.brightness = 3.0;
        }
        let reasons = summarise(&facts, &quick()).reservations;
        reasons.into_iter().map(|reason| (reason.code, reason.text.en)).collect::<Vec<_>>()
    };
    let mut world = clear(World::full(12));
    assert_eq!(reservations(&world, 0), []);
    let told = |code: &str, text: &str| (code.into(), text.to_owned());
    assert_eq!(reservations(&world, 2), [told("dark", "2 samples are too dark and were left out")]);
    world.roster[3].enrolled = false;
    let one = "1 students have no enrolment picture and cannot be recognised";
    assert_eq!(reservations(&world, 0), [told("not_enrolled", one)]);
    world.people.clear();
    assert_eq!(reservations(&world, 0), [], "nobody is there to be recognised");
}
