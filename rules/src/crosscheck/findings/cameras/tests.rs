//! What is wrong with a view, at the policy's limits, and what is said of it.

use jiff::Timestamp;
use uuid::Uuid;

use super::*;
use crate::{
    ids::{ObservationId, SessionId},
    look::{COLUMNS, Cells, Look, ROWS},
    observation::PictureMeasures,
};

fn match_of(alike: f32, shift: Option<Shift>, detail: f32, sharpness: f32) -> SceneMatch {
    SceneMatch { alike, shift, detail, sharpness }
}

fn shift(x: f32, y: f32, alike: f32) -> Shift {
    Shift { x, y, alike }
}

fn sample(scene: Option<SceneMatch>) -> Observation {
    Observation {
        id: ObservationId(Uuid::nil()),
        session: SessionId(Uuid::nil()),
        camera: CameraId(Uuid::nil()),
        at: Timestamp::UNIX_EPOCH,
        faces: vec![],
        faceless: vec![],
        picture: PictureMeasures { brightness: 120.0, sharpness: 200.0, change: None },
        look: Some(Look { cells: Cells([0; COLUMNS * ROWS]), stream: None, scene }),
    }
}

#[test]
fn one_thing_is_wrong_at_a_time_from_its_limit_on() {
    let policy = Policy {
        covered_below_detail: 0.5,
        blurred_below_sharpness: 0.5,
        moved_below_alike: 0.25,
        ..Policy::default()
    };
    let gone = Some(shift(0.1, 0.0, 0.8));
    for (scene, expected) in [
        (match_of(0.25, None, 0.5, 0.5), None),
        (match_of(0.2, None, 0.5, 1.0), Some(Wrong::Covered)),
        (match_of(0.9, gone, 0.5, 1.0), Some(Wrong::Covered)),
        (match_of(0.9, None, 0.1, 0.9), None),
        (match_of(0.2, None, 0.6, 0.5), Some(Wrong::Moved)),
        (match_of(0.9, gone, 0.6, 1.0), Some(Wrong::Moved)),
        (match_of(0.9, None, 0.9, 0.4), Some(Wrong::Blurred)),
        (match_of(0.2, None, 0.9, 0.4), Some(Wrong::Blurred)),
        (match_of(0.2, gone, 0.9, 0.4), Some(Wrong::Moved)),
        (match_of(0.9, gone, 0.9, 0.4), Some(Wrong::Moved)),
    ] {
        assert_eq!(wrong(scene, &policy), expected, "{scene:?}");
    }
}

#[test]
fn the_middle_one_of_those_that_tell_counts() {
    let all = [Some(0.5), None, Some(0.1), Some(0.9)].map(|alike| sample(alike.map(|a| match_of(a, None, 1.0, 1.0))));
    let run: Vec<&Observation> = all.iter().collect();
    assert_eq!(middle(&run, |scene| scene.alike), 0.5);
    assert_eq!(middle(&run[2..], |scene| scene.alike), 0.9, "the upper one of two");
    assert!(middle(&run[1..2], |scene| scene.alike).is_nan());
}

#[test]
fn each_sample_more_halves_the_doubt() {
    let one = sample(None);
    let sure = |samples: usize| grows_with(&vec![&one; samples], 0.8);
    assert_eq!([2, 3, 4, 60].map(sure), [0.4, 0.6, 0.7, 0.8]);
}

#[test]
fn a_shift_is_told_when_more_than_half_found_one() {
    let found = |shifts: &[Option<Shift>]| {
        let all: Vec<Observation> = shifts.iter().map(|&s| sample(Some(match_of(0.1, s, 1.0, 1.0)))).collect();
        same_shift(&all.iter().collect::<Vec<_>>())
    };
    let (a, b, c) = (shift(0.1, -0.3, 0.9), shift(0.2, -0.1, 0.7), shift(0.3, -0.2, 0.8));
    assert_eq!(found(&[Some(a), None]), None);
    assert_eq!(found(&[Some(a), None, Some(a)]), Some(a));
    assert_eq!(found(&[Some(a), Some(b), Some(c)]), Some(shift(0.2, -0.2, 0.8)), "each number's own middle");
    assert_eq!(found(&[Some(a), Some(a), Some(b), Some(c), Some(c)]).map(|shift| shift.x), Some(0.2));
}

#[test]
fn the_way_is_said_for_both_directions() {
    let said = |x, y| shift_reason(shift(x, y, 1.0)).text;
    assert_eq!(said(-0.126, -0.05).en, "the room has gone 13 % of the width to the left and 5 % of the height up");
    assert_eq!(said(0.126, 0.05).en, "the room has gone 13 % of the width to the right and 5 % of the height down");
    assert_eq!(said(0.0, 0.0).zh, "教室在画面中向右移了 0% 宽度、向下移了 0% 高度");
}

#[test]
fn a_stream_is_described_with_the_beginning_of_its_parameters() {
    let stream = |parameters: &str| StreamPrint {
        codec: "avc1.640028".into(),
        width: 1920,
        height: 1080,
        parameters: parameters.into(),
    };
    assert_eq!(described(&stream("0123456789abcdef")), "avc1.640028 1920×1080 (01234567)");
    assert_eq!(described(&stream("0123")), "avc1.640028 1920×1080 (0123)");
}
