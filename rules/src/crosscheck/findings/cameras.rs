//! R7.1x: what was done to the camera: its lens covered, its focus lost, its view moved, its stream another.
//!
//! All but the last are told against the camera's reference picture (`rules/src/look.rs`); a camera without one, or a dark
//! picture, says nothing here.

use super::confidence;
use crate::{
    civil,
    crosscheck::{
        FindingDraft, FindingKind, Hints, RULE,
        case::Case,
        samples::{is_dark, length, seconds, spread_frames},
    },
    ids::CameraId,
    look::{SceneMatch, Shift, StreamPrint},
    observation::Observation,
    policy::Policy,
    text::{Reason, Text},
};

/// Fewer samples than this are a moment.
const FEWEST: usize = 6;

pub(in crate::crosscheck) fn all(case: &Case<'_>, hints: &Hints) -> Vec<FindingDraft> {
    [covered(case), blurred(case), moved(case), stream_changed(case, hints)].into_iter().flatten().collect()
}

type Run<'a> = Vec<&'a Observation>;

/// What is wrong with a view, if anything; one thing at a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Wrong {
    Covered,
    Blurred,
    Moved,
}

/// A covered lens shows nothing, so nothing of it is where it was, and nothing is sharp. A lens out of focus shows the
/// room where it was. Only what is neither can have been moved.
fn wrong(scene: SceneMatch, policy: &Policy) -> Option<Wrong> {
    // Long lines along the way that a camera was turned stay where they were; that all fit elsewhere tells it as well.
    let elsewhere = scene.alike < policy.moved_below_alike || scene.shift.is_some();
    if scene.detail <= policy.covered_below_detail && elsewhere {
        Some(Wrong::Covered)
    } else if scene.sharpness < policy.blurred_below_sharpness && (!elsewhere || scene.shift.is_none()) {
        Some(Wrong::Blurred)
    } else {
        elsewhere.then_some(Wrong::Moved)
    }
}

fn scene(seen: &Observation) -> Option<SceneMatch> {
    seen.look.as_ref()?.scene
}

/// The longest run of one camera in which that was wrong, if it is long enough; the earliest among equals.
fn run_of<'a>(case: &Case<'a>, what: Wrong) -> Option<Run<'a>> {
    let policy = case.policy;
    let holds = |seen: &Observation| {
        !is_dark(seen, policy) && scene(seen).is_some_and(|scene| wrong(scene, policy) == Some(what))
    };
    let runs = case.samples.cameras().into_iter().flat_map(|camera| case.samples.runs(&of_camera(case, camera), holds));
    let run = runs.reduce(|best, run| if length(&run) > length(&best) { run } else { best })?;
    (run.len() >= FEWEST && length(&run) >= seconds(policy.camera_min_seconds)).then_some(run)
}

fn of_camera<'a>(case: &Case<'a>, camera: CameraId) -> Run<'a> {
    case.samples.all.iter().copied().filter(|seen| seen.camera == camera).collect()
}

fn clock(seen: Option<&&Observation>) -> String {
    seen.map_or_else(String::new, |seen| civil::time_of(seen.at).strftime("%H:%M:%S").to_string())
}

fn from_to(run: &[&Observation]) -> Text {
    let (from, to) = (clock(run.first()), clock(run.last()));
    Text::new(format!("{from} 至 {to}"), format!("from {from} to {to}"))
}

/// The middle one of a number over a run.
fn middle(run: &[&Observation], what: impl Fn(SceneMatch) -> f32) -> f32 {
    let mut values: Vec<f32> = run.iter().filter_map(|seen| scene(seen)).map(what).collect();
    values.sort_by(f32::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f32::NAN)
}

/// Each further sample halves the doubt; what stays is that of the cause.
fn grows_with(run: &[&Observation], at_most: f64) -> f32 {
    confidence((1.0 - 0.5f64.powi(i32::try_from(run.len()).unwrap_or(i32::MAX) - 1)) * at_most)
}

fn covered(case: &Case<'_>) -> Option<FindingDraft> {
    let run = run_of(case, Wrong::Covered)?;
    let (when, samples, detail) = (from_to(&run), run.len(), middle(&run, |scene| scene.detail) * 100.0);
    Some(FindingDraft {
        rule: RULE,
        kind: FindingKind::PictureCovered,
        subject: None,
        confidence: grows_with(&run, 0.9),
        expected: Text::new("画面能看到教室", "a picture in which the room can be seen"),
        seen: Text::new(format!("{} 镜头被遮挡", when.zh), format!("the lens was covered {}", when.en)),
        reasons: vec![Reason::new(
            "no_detail",
            format!("连续 {samples} 个采样画面中，参考画面有内容的位置只有 {detail:.0}% 还看得到内容"),
            format!(
                "in {samples} samples in a row {detail:.0} % of the places that show something in the reference picture still do"
            ),
        )],
        would_change: Text::new(
            "镜头起雾、强光直射，或教室灯光全部关闭",
            "a lens that was misted up, light straight into it, or a room without any light",
        ),
        frames: spread_frames(&run),
    })
}

fn blurred(case: &Case<'_>) -> Option<FindingDraft> {
    let run = run_of(case, Wrong::Blurred)?;
    let (when, samples, share) = (from_to(&run), run.len(), middle(&run, |scene| scene.sharpness) * 100.0);
    Some(FindingDraft {
        rule: RULE,
        kind: FindingKind::PictureBlurred,
        subject: None,
        confidence: grows_with(&run, 0.85),
        expected: Text::new("画面与平时一样清晰", "a picture as sharp as this camera's usually is"),
        seen: Text::new(format!("{} 画面失焦", when.zh), format!("the picture was out of focus {}", when.en)),
        reasons: vec![Reason::new(
            "less_sharp",
            format!("连续 {samples} 个采样画面的清晰度只有参考画面的 {share:.0}%，而教室仍在原来的位置"),
            format!(
                "{samples} samples in a row have {share:.0} % of the reference picture's sharpness, with the room where it was"
            ),
        )],
        would_change: Text::new(
            "镜头起雾或积灰、码率被调低、教室空着或光线很暗",
            "a misted or dusty lens, a bit rate that was turned down, an empty room or little light",
        ),
        frames: spread_frames(&run),
    })
}

fn moved(case: &Case<'_>) -> Option<FindingDraft> {
    let run = run_of(case, Wrong::Moved)?;
    let (when, samples, alike) = (from_to(&run), run.len(), middle(&run, |scene| scene.alike));
    let alike = alike.clamp(0.0, 1.0) * 100.0;
    let mut reasons = vec![Reason::new(
        "not_where_it_was",
        format!("连续 {samples} 个采样画面中，教室的轮廓与参考画面只有 {alike:.0}% 一致"),
        format!("in {samples} samples in a row the room's edges agree with the reference picture by {alike:.0} %"),
    )];
    let shift = same_shift(&run);
    match shift {
        Some(shift) => reasons.push(shift_reason(shift)),
        None => reasons.push(Reason::new(
            "not_found",
            "在画面附近的位置也找不到参考画面的轮廓：可能转向了别处，也可能教室重新布置",
            "nor are they found near by: the camera may look elsewhere, or the room was rearranged",
        )),
    }
    Some(FindingDraft {
        rule: RULE,
        kind: FindingKind::CameraMoved,
        subject: None,
        confidence: grows_with(&run, if shift.is_some() { 0.9 } else { 0.7 }),
        expected: Text::new("摄像头与参考画面朝向一致", "the camera looks where it does in its reference picture"),
        seen: Text::new(
            format!("{} 摄像头的画面与参考画面不一致", when.zh),
            format!("the camera looked elsewhere than in its reference picture {}", when.en),
        ),
        reasons,
        would_change: Text::new(
            "监管人员核实移动属实且合理后重新设定参考画面，或教室重新布置",
            "a supervisor who finds the move in order and has a new reference picture taken, or a room that was rearranged",
        ),
        frames: spread_frames(&run),
    })
}

/// The middle shift, when most of the samples found one.
fn same_shift(run: &[&Observation]) -> Option<Shift> {
    let shifts: Vec<Shift> = run.iter().filter_map(|seen| scene(seen)?.shift).collect();
    if shifts.len() * 2 <= run.len() {
        return None;
    }
    let middle = |what: fn(&Shift) -> f32| {
        let mut values: Vec<f32> = shifts.iter().map(what).collect();
        values.sort_by(f32::total_cmp);
        values.get(values.len() / 2).copied()
    };
    Some(Shift { x: middle(|s| s.x)?, y: middle(|s| s.y)?, alike: middle(|s| s.alike)? })
}

fn shift_reason(shift: Shift) -> Reason {
    let (x, y) = ((shift.x * 100.0).round(), (shift.y * 100.0).round());
    let across = if x < 0.0 { ("左", "to the left") } else { ("右", "to the right") };
    let down = if y < 0.0 { ("上", "up") } else { ("下", "down") };
    Reason::new(
        "shifted",
        format!("教室在画面中向{}移了 {}% 宽度、向{}移了 {}% 高度", across.0, x.abs(), down.0, y.abs()),
        format!("the room has gone {} % of the width {} and {} % of the height {}", x.abs(), across.1, y.abs(), down.1),
    )
}

/// A stream that describes itself otherwise than in the session before, or than earlier in this one.
fn stream_changed(case: &Case<'_>, hints: &Hints) -> Option<FindingDraft> {
    let changes = case.samples.cameras().into_iter().filter_map(|camera| {
        let own = of_camera(case, camera);
        let known = hints.streams_before.iter().filter(|before| before.camera == camera);
        let mut last = known.max_by_key(|before| before.at).map(|before| (&before.stream, before.at));
        let mut change = None;
        for seen in &own {
            let Some(stream) = seen.look.as_ref().and_then(|look| look.stream.as_ref()) else { continue };
            match last {
                Some((before, at)) if before != stream => change = change.or(Some((before, at, stream, *seen))),
                _ => {}
            }
            last = Some((stream, seen.at));
        }
        change
    });
    let (before, known_at, now, seen) = changes.min_by_key(|(.., seen)| (seen.at, seen.camera, seen.id))?;
    let own = of_camera(case, seen.camera);
    let after: Vec<_> = own.iter().copied().filter(|other| other.at >= seen.at).collect();
    let another_shape = (before.width, before.height) != (now.width, now.height) || before.codec != now.codec;
    let (at, day) = (civil::time_of(seen.at).strftime("%H:%M:%S"), civil::date_of(known_at));
    Some(FindingDraft {
        rule: RULE,
        kind: FindingKind::StreamChanged,
        subject: None,
        confidence: if another_shape { 0.5 } else { 0.4 },
        expected: Text::new(
            "码流与平时来自同一设备、同一设置",
            "a stream from the same device with the same settings as before",
        ),
        seen: Text::new(
            format!("{at} 起码流特征与 {day} 不同，可能换了设备或改由其他设备转发"),
            format!(
                "from {at} on the stream describes itself otherwise than on {day}: perhaps another device sends it"
            ),
        ),
        reasons: vec![Reason::new(
            "stream",
            format!("原为 {}，现为 {}", described(before), described(now)),
            format!("it was {}, and is {}", described(before), described(now)),
        )],
        would_change: Text::new(
            "摄像头升级固件、更换或调整参数的记录",
            "a record of new firmware, a new camera or changed settings",
        ),
        frames: spread_frames(&after),
    })
}

fn described(stream: &StreamPrint) -> String {
    let StreamPrint { codec, width, height, parameters } = stream;
    format!("{codec} {width}×{height} ({})", parameters.get(..8).unwrap_or(parameters))
}

#[cfg(test)]
mod tests;
