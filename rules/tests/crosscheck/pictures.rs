//! What findings about the picture, the punch device and replays rest on, and how sure they are.

use duxue_rules::{
    crosscheck::{FindingKind as K, Hints, PunchFace, Replay, SessionFacts, judge, judge_with},
    ids::{CameraId, ObservationId, PunchId},
    policy::Policy,
    span::Span,
};
use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;

use crate::{
    grounds::{clear, codes, only},
    world::{World, kinds, quick, start, student},
};

fn after(second: i64) -> Timestamp {
    start() + SignedDuration::from_secs(second)
}

/// A class of twelve that is out of the room during these seconds.
fn out(spells: &[(i64, i64)]) -> SessionFacts {
    let mut facts = clear(World::full(12)).facts();
    for seen in &mut facts.observations {
        if spells.iter().any(|&(from, to)| (after(from)..after(to)).contains(&seen.at)) {
            seen.faces.clear();
        }
    }
    facts
}

/// The same pictures, standing still in these seconds.
fn still(spells: &[(i64, i64)]) -> SessionFacts {
    let mut facts = out(&[]);
    for seen in &mut facts.observations {
        if spells.iter().any(|&(from, to)| (after(from)..after(to)).contains(&seen.at)) {
            seen.picture.change = Some(0.0);
        }
    }
    facts
}

#[test]
fn nobody_for_just_long_enough_in_just_enough_samples() {
    // Six samples 2 s apart: 10 s from the first to the last.
    let nobody = only(&judge(&out(&[(20, 32)]), &quick()), K::NobodyThere);
    assert_eq!(nobody.seen.zh, "09:30:20 至 09:30:30 画面中无人");
    assert_eq!(codes(&nobody), ["no_one", "seen_at_other_times"]);
    assert_eq!(nobody.confidence, 0.97);
    assert_eq!(kinds(&judge(&out(&[(20, 30)]), &quick())), [], "five samples, 8 s");
    let five_will_do = Policy { nobody_min_seconds: 8, ..quick() };
    assert_eq!(kinds(&judge(&out(&[(20, 30)]), &five_will_do)), [], "too few samples");
    let long = Policy { nobody_min_seconds: 11, ..quick() };
    assert_eq!(kinds(&judge(&out(&[(20, 32)]), &long)), [], "too short");
    let mut world = World::full(12);
    world.people.clear();
    assert_eq!(codes(&only(&world.judge(&quick()), K::NobodyThere))[1], "never_any");
}

/// A camera that finds three of ten would miss one person in six samples twelve times in a hundred.
#[test]
fn a_camera_that_misses_many_is_less_sure_that_nobody_is_there() {
    let policy = Policy { count_min_detection: 0.3, ..quick() };
    assert_eq!(only(&judge(&out(&[(20, 32)]), &policy), K::NobodyThere).confidence, 0.86);
}

#[test]
fn of_several_spells_the_longest_is_told_and_of_equals_the_first() {
    let seen = |spells: &[(i64, i64)]| only(&judge(&out(spells), &quick()), K::NobodyThere).seen.en;
    assert_eq!(seen(&[(4, 16), (30, 60)]), "nobody in the picture from 09:30:30 to 09:30:58");
    assert_eq!(seen(&[(4, 34), (50, 62)]), "nobody in the picture from 09:30:04 to 09:30:32");
    assert_eq!(seen(&[(4, 16), (50, 62)]), "nobody in the picture from 09:30:04 to 09:30:14");
}

#[test]
fn a_picture_that_stands_still_is_surer_with_every_sample() {
    let frozen = |to| only(&judge(&still(&[(20, to)]), &quick()), K::PictureFrozen);
    // Four samples take 6 s, as long as it must be: one of eight is the doubt.
    assert_eq!((frozen(28).confidence, frozen(30).confidence, frozen(60).confidence), (0.85, 0.91, 0.97));
    assert_eq!(frozen(28).seen.zh, "09:30:20 至 09:30:26 画面完全静止");
    assert_eq!(kinds(&judge(&still(&[(20, 26)]), &quick())), [], "three samples, 4 s");
    let mut rare = still(&[(20, 60)]);
    rare.observations.retain(|seen| seen.picture.change != Some(0.0) || [after(20), after(58)].contains(&seen.at));
    assert_eq!(kinds(&judge(&rare, &quick())), [], "two samples, 38 s");
}

fn punch(n: u128, similarity: f32) -> PunchFace {
    let at = start() - SignedDuration::from_mins(n as i64);
    PunchFace { punch: PunchId(Uuid::from_u128(n)), student: student(3), at, similarity, eye_distance_px: 60.0 }
}

#[test]
fn a_punch_by_another_face_says_what_speaks_for_the_student() {
    let replaced = |facts: &SessionFacts, punches: &[PunchFace]| {
        let hints = Hints { punches: punches.to_vec(), ..Hints::default() };
        let judgement = judge_with(facts, &hints, &quick());
        judgement.findings.into_iter().find(|finding| finding.kind == K::Replaced)
    };
    let there = World::full(12).facts();
    let both = replaced(&there, &[punch(1, 0.05), punch(2, 0.7)]).unwrap();
    assert_eq!(codes(&both), ["punch_unlike", "punch_alike", "seen_in_room"]);
    assert_eq!(both.reasons[1].text.zh, "学员03当天另有 1 次打卡与底照相符");
    let away = World::full(12).without(&[3]).facts();
    assert_eq!(codes(&replaced(&away, &[punch(1, 0.05)]).unwrap()), ["punch_unlike"], "others sit there, not this one");
    let strange = quick().unknown_max_similarity;
    assert_eq!(replaced(&there, &[punch(1, strange)]), None, "as like as a stranger at most is");
    assert!(replaced(&there, &[punch(1, strange - 0.01)]).is_some());
}

#[test]
fn a_replay_is_surer_with_every_picture_and_shows_its_own_camera() {
    let span = Span::new(after(20), after(60)).unwrap();
    let of = Span::new(after(20 - 86_400), after(60 - 86_400)).unwrap();
    let facts = World::full(12).facts();
    let told = |camera: u128, pictures, by_chance| {
        let camera = CameraId(Uuid::from_u128(camera));
        let replay = Replay { camera, span, of, pictures, by_chance, mirrored: false };
        let hints = Hints { replays: vec![replay], ..Hints::default() };
        only(&judge_with(&facts, &hints, &quick()), K::PictureReplayed)
    };
    // By Chernoff's bound over 100,000 distances in time: 0.031, 0.0077 and next to nothing.
    let sure = [told(1, 10, 0.9).confidence, told(1, 11, 1.0).confidence, told(1, 20, 1.0).confidence];
    assert_eq!(sure, [0.87, 0.89, 0.9]);
    let usual = told(1, 10, 0.9);
    assert_eq!(codes(&usual), ["replay_of"], "there are people in it");
    assert_eq!(usual.frames.first(), Some(&ObservationId(Uuid::from_u128(11))), "the one at second 20");
    assert_eq!(usual.frames.last(), Some(&ObservationId(Uuid::from_u128(30))), "the one at second 58");
    let of_another = told(2, 20, 1.0);
    assert_eq!((of_another.frames.len(), codes(&of_another)[1]), (0, "nobody_in_it"), "no sample of that camera");
    assert_eq!(of_another.confidence, 0.4);
}

#[test]
fn of_several_replays_the_longest_within_the_session_is_told_and_of_equals_the_first() {
    let facts = World::full(12).facts();
    let replay = |from, to, before: i64, pictures| {
        let span = Span::new(after(from), after(to)).unwrap();
        let of = Span::new(after(from - before), after(to - before)).unwrap();
        let camera = CameraId(Uuid::from_u128(1));
        Replay { camera, span, of, pictures, by_chance: 0.9, mirrored: false }
    };
    let seen = |replays: &[Replay]| -> Vec<String> {
        let hints = Hints { replays: replays.to_vec(), ..Hints::default() };
        let found = judge_with(&facts, &hints, &quick()).findings;
        found.into_iter().map(|finding| finding.seen.zh.split(" 的").next().unwrap().to_owned()).collect()
    };
    let day = 86_400;
    assert_eq!(seen(&[replay(10, 30, day, 20), replay(40, 70, day, 20)]), ["09:30:40 至 09:31:10"]);
    assert_eq!(seen(&[replay(40, 60, day, 20), replay(10, 30, day, 20)]), ["09:30:10 至 09:30:30"]);
    assert_eq!(seen(&[replay(10, 20, day, 20), replay(70, 200, day, 20)]), ["09:30:10 至 09:30:20"], "both 10 s here");
    assert_eq!(seen(&[replay(40, 46, day, 20)]).len(), 1, "as long as it must be");
    assert_eq!(seen(&[replay(40, 45, day, 20)]).len(), 0);
    assert_eq!(seen(&[replay(100, 140, day, 20)]).len(), 0, "after the session");
    assert_eq!(seen(&[replay(10, 30, 0, 20)]).len(), 0, "of itself");
    assert_eq!(seen(&[replay(10, 30, 1, 20)]).len(), 1, "of a second before");
    assert_eq!(seen(&[replay(10, 30, 1, 20), replay(10, 30, day, 20)]).len(), 2, "a loop and a replay");
}

/// Ten pictures are sure enough against one by chance: a bound of 100,000 e^9 / 10^10 = 0.081 is not, and of 0.9 it is.
#[test]
fn a_replay_must_be_beyond_chance_by_the_policys_error() {
    let facts = World::full(12).facts();
    let told = |pictures, by_chance, policy: &Policy| {
        let span = Span::new(after(20), after(60)).unwrap();
        let of = Span::new(after(20 - 86_400), after(60 - 86_400)).unwrap();
        let camera = CameraId(Uuid::from_u128(1));
        let replay = Replay { camera, span, of, pictures, by_chance, mirrored: false };
        judge_with(&facts, &Hints { replays: vec![replay], ..Hints::default() }, policy).findings
    };
    assert_eq!(told(10, 1.0, &quick()), []);
    assert_eq!(told(10, 0.9, &quick()).len(), 1);
    assert_eq!(told(10, 1.0, &Policy { crosscheck_error: 0.1, ..quick() }).len(), 1);
    assert_eq!(told(9, 0.5, &quick()), [], "fewer than the policy asks for, however sure");
    // Nothing by chance is taken for half a picture, and said so.
    let sure = told(8, 0.0, &Policy { repeat_min_pictures: 8, crosscheck_error: 0.9, ..quick() });
    assert_eq!(sure.iter().map(|finding| finding.confidence).collect::<Vec<_>>(), [0.86]);
    assert!(sure[0].reasons[0].text.en.contains("by chance about 0.5 would be"), "{:?}", sure[0].reasons);
    assert_eq!(told(8, 8.0, &Policy { repeat_min_pictures: 8, crosscheck_error: 0.999, ..quick() }), []);
}
