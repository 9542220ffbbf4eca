//! What was done to a camera: covered, out of focus, moved, another stream.

use duxue_rules::{
    crosscheck::{FindingDraft, FindingKind as K, Hints, SessionFacts, StreamBefore, judge, judge_with},
    ids::CameraId,
    look::{COLUMNS, Cells, Look, ROWS, SceneMatch, Shift, StreamPrint},
    policy::Policy,
};
use jiff::SignedDuration;
use uuid::Uuid;

use crate::world::{World, quick, start};

fn policy() -> Policy {
    Policy { camera_min_seconds: 10, ..quick() }
}

const FINE: SceneMatch = SceneMatch { alike: 0.9, shift: None, detail: 0.98, sharpness: 1.1 };
const COVERED: SceneMatch = SceneMatch { alike: 0.02, shift: None, detail: 0.0, sharpness: 0.01 };
const BLURRED: SceneMatch = SceneMatch { alike: 0.7, shift: None, detail: 0.6, sharpness: 0.1 };
const SHIFT: Shift = Shift { x: -0.125, y: 0.05, alike: 0.7 };
const MOVED: SceneMatch = SceneMatch { alike: 0.05, shift: Some(SHIFT), detail: 0.8, sharpness: 1.0 };

fn stream(width: u32, parameters: &str) -> StreamPrint {
    StreamPrint { codec: "avc1.640028".into(), width, height: 1080, parameters: parameters.into() }
}

/// A full class, with what each sample, by its number, tells of the camera.
fn looking(look: impl Fn(usize) -> (Option<SceneMatch>, Option<StreamPrint>)) -> SessionFacts {
    let mut facts = World::full(12).facts();
    for (n, seen) in facts.observations.iter_mut().enumerate() {
        let (scene, stream) = look(n);
        seen.look = Some(Look { cells: Cells([90; COLUMNS * ROWS]), stream, scene });
    }
    facts
}

fn told(scene: impl Fn(usize) -> SceneMatch) -> Vec<FindingDraft> {
    judge(&looking(|n| (Some(scene(n)), None)), &policy()).findings
}

#[test]
fn a_camera_that_looks_where_it_did_is_no_finding() {
    assert_eq!(told(|_| FINE), []);
    assert_eq!(judge(&looking(|_| (None, None)), &policy()).findings, [], "without a reference nothing is said");
}

#[test]
fn a_covered_lens_a_lost_focus_and_a_moved_camera_are_each_told_by_their_grounds() {
    for (scene, kind, code) in [
        (COVERED, K::PictureCovered, "no_detail"),
        (BLURRED, K::PictureBlurred, "less_sharp"),
        (MOVED, K::CameraMoved, "not_where_it_was"),
    ] {
        let found = told(|n| if n >= 10 { scene } else { FINE });
        assert_eq!(found.iter().map(|finding| finding.kind).collect::<Vec<_>>(), [kind]);
        let finding = &found[0];
        assert_eq!(finding.reasons[0].code, code);
        assert!((0.6..=0.9).contains(&finding.confidence) && finding.frames.len() == 6, "{finding:?}");
        assert!(finding.frames.iter().all(|frame| frame.0.as_u128() >= 11), "the frames are of then");
    }
    let moved = &told(|_| MOVED)[0];
    let shift = moved.reasons.iter().find(|reason| reason.code == "shifted").unwrap();
    assert!(shift.text.zh.contains("向左移了 13%") && shift.text.en.contains("5 % of the height down"), "{shift:?}");
    let elsewhere = &told(|_| SceneMatch { shift: None, ..MOVED })[0];
    assert!(elsewhere.confidence < moved.confidence && elsewhere.reasons.iter().any(|r| r.code == "not_found"));
}

#[test]
fn a_moment_in_front_of_the_lens_is_nothing() {
    assert_eq!(told(|n| if (10..15).contains(&n) { COVERED } else { FINE }), []);
    assert_eq!(told(|n| if n % 2 == 0 { COVERED } else { FINE }), [], "nor is it now and then");
    let dark = {
        let mut facts = looking(|_| (Some(COVERED), None));
        facts.observations.iter_mut().for_each(|seen| seen.picture.brightness = 3.0);
        judge(&facts, &policy()).findings
    };
    assert!(dark.iter().all(|finding| finding.kind != K::PictureCovered), "a dark picture is told as dark");
}

#[test]
fn another_stream_is_told_once_with_what_it_was_and_is() {
    let facts = looking(|n| (Some(FINE), Some(if n < 30 { stream(1920, "aa") } else { stream(1280, "bb") })));
    let found = judge(&facts, &policy()).findings;
    assert_eq!(found.iter().map(|finding| finding.kind).collect::<Vec<_>>(), [K::StreamChanged]);
    assert!(found[0].confidence <= 0.5, "new firmware does it as well");
    let said = &found[0].reasons[0].text.en;
    assert!(said.contains("1920×1080 (aa)") && said.contains("1280×1080 (bb)"), "{said}");

    let same = looking(|_| (Some(FINE), Some(stream(1920, "aa"))));
    let before = |parameters: &str, days: i64| StreamBefore {
        camera: CameraId(Uuid::from_u128(1)),
        at: start() - SignedDuration::from_hours(24 * days),
        stream: stream(1920, parameters),
    };
    let with = |streams_before: Vec<StreamBefore>| {
        judge_with(&same, &Hints { streams_before, ..Hints::default() }, &policy()).findings
    };
    assert_eq!(with(vec![before("aa", 1), before("bb", 2)]), [], "the newest counts");
    let found = with(vec![before("bb", 1)]);
    assert_eq!(found.len(), 1);
    assert!(found[0].seen.zh.contains("2024-10-07"), "{:?}", found[0].seen);
    let another = StreamBefore { camera: CameraId(Uuid::from_u128(9)), ..before("bb", 1) };
    assert_eq!(with(vec![another]), [], "of another camera");
}

#[test]
fn numbers_that_are_none_are_no_ground() {
    let nothing = SceneMatch { alike: f32::NAN, shift: None, detail: f32::NAN, sharpness: f32::NAN };
    assert_eq!(told(|_| nothing), []);
}

fn spells(spells: &[(usize, usize)], policy: &Policy) -> Vec<u128> {
    let covered = |n: usize| spells.iter().any(|&(from, to)| (from..to).contains(&n));
    let facts = looking(|n| (Some(if covered(n) { COVERED } else { FINE }), None));
    let found = judge(&facts, policy).findings;
    let kinds: Vec<_> = found.iter().map(|finding| finding.kind).collect();
    assert!(kinds.is_empty() || kinds == [K::PictureCovered], "{kinds:?}");
    found.iter().flat_map(|finding| finding.frames.first()).map(|frame| frame.0.as_u128()).collect()
}

#[test]
fn a_run_is_long_enough_in_samples_and_in_time_and_the_longest_is_told() {
    // Samples are 2 s apart, and named by numbers from 1 on.
    assert_eq!(spells(&[(10, 16)], &policy()), [11], "six samples, 10 s");
    assert_eq!(spells(&[(10, 16)], &Policy { camera_min_seconds: 11, ..quick() }), []);
    assert_eq!(spells(&[(10, 15)], &Policy { camera_min_seconds: 8, ..quick() }), [], "five samples");
    assert_eq!(spells(&[(2, 9), (20, 30)], &policy()), [21]);
    assert_eq!(spells(&[(2, 12), (20, 27)], &policy()), [3]);
    assert_eq!(spells(&[(2, 12), (20, 30)], &policy()), [3], "the first of equals");
}

#[test]
fn what_is_said_has_its_share_and_each_camera_its_own_stream() {
    let said = |scene| told(|_| scene)[0].reasons[0].text.en.clone();
    assert!(said(SceneMatch { detail: 0.25, ..COVERED }).starts_with("in 40 samples in a row 25 % of the places"));
    assert!(said(SceneMatch { sharpness: 0.125, ..BLURRED }).starts_with("40 samples in a row have 12 % of the"));
    assert!(said(SceneMatch { alike: 0.2, ..MOVED }).ends_with("reference picture by 20 %"));
    assert!(said(SceneMatch { alike: -0.2, ..MOVED }).ends_with("reference picture by 0 %"));
    let sure: Vec<f32> = [COVERED, BLURRED, MOVED, SceneMatch { shift: None, ..MOVED }]
        .map(|scene| told(|n| if n < 8 { scene } else { FINE })[0].confidence)
        .to_vec();
    assert_eq!(sure, [0.89, 0.84, 0.89, 0.69]);

    let when = told(|n| if (10..16).contains(&n) { COVERED } else { FINE })[0].seen.en.clone();
    assert_eq!(when, "the lens was covered from 09:30:20 to 09:30:30");
    // Two cameras with a stream each, which neither changes.
    let mut facts = looking(|n| (Some(FINE), Some(stream(if n % 2 == 0 { 1920 } else { 1280 }, "aa"))));
    for seen in facts.observations.iter_mut().skip(1).step_by(2) {
        seen.camera = CameraId(Uuid::from_u128(2));
    }
    let changed = |facts: &SessionFacts| {
        let found = judge(facts, &policy()).findings;
        found.into_iter().find(|finding| finding.kind == K::StreamChanged)
    };
    assert_eq!(changed(&facts), None);
    // Both change, the second one first.
    for (n, seen) in facts.observations.iter_mut().enumerate() {
        let changes = if n % 2 == 0 { n >= 30 } else { n >= 21 };
        if let Some(Look { stream: Some(stream), .. }) = seen.look.as_mut().filter(|_| changes) {
            stream.parameters = "bb".into();
        }
    }
    let first = changed(&facts).unwrap();
    assert!(first.seen.en.contains("from 09:30:42 on") && first.confidence == 0.4, "{first:?}");
    let frames: Vec<u128> = first.frames.iter().map(|frame| frame.0.as_u128()).collect();
    assert_eq!((frames[0], frames.iter().all(|frame| frame % 2 == 0)), (22, true), "from then on, of that camera");
    // Another shape, or another codec, is less likely to be new firmware.
    let to = |now: StreamPrint| {
        changed(&looking(|n| (Some(FINE), Some(if n < 30 { stream(1920, "aa") } else { now.clone() }))))
            .unwrap()
            .confidence
    };
    assert_eq!(to(stream(1280, "aa")), 0.5);
    assert_eq!(to(StreamPrint { height: 720, ..stream(1920, "aa") }), 0.5);
    assert_eq!(to(StreamPrint { codec: "hvc1".into(), ..stream(1920, "aa") }), 0.5);
    assert_eq!(to(stream(1920, "bb")), 0.4);
}
