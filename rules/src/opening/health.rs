//! R2.2: the same four measures on a teaching day, and for how much of it each was good enough.

use jiff::{SignedDuration, Timestamp};

use super::{CameraReport, Measure, PictureReport, RoomReport, StreamReport, measure};
use crate::{
    coverage::{Part, PartKind},
    crosscheck::{is_dark, is_frozen},
    finding::Finding,
    ids::CameraId,
    observation::Observation,
    policy::Policy,
    span::Span,
};

/// One lesson time before a camera, as far as it has come.
#[derive(Clone, Debug, PartialEq)]
pub struct Taught {
    /// From its start to its end, or to now.
    pub span: Span,
    /// What was recorded of it, and why not.
    pub parts: Vec<Part>,
    /// Its segments with their bytes.
    pub segments: Vec<(Span, u64)>,
    /// How many should have been in the room: as reported present, or else as on the roster.
    pub expected: u32,
    /// How many were, by all cameras of the room; `None` while too little was seen to say.
    pub seen: Option<u32>,
}

/// For how much of the day each measure was good enough, 0 to 1; `None` where nothing tells.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Within {
    /// 画面清晰: of the samples, those bright and sharp enough that are neither black nor the one before.
    pub clear: Option<f32>,
    /// 网络通畅: of the time, what was recorded.
    pub smooth: Option<f32>,
    /// 人脸可辨别: of the samples with faces, those in which enough of them are big enough.
    pub recognisable: Option<f32>,
    /// 影像全覆盖: of the lessons, those in which enough of the students were seen.
    pub covered: Option<f32>,
}

/// A camera's teaching day.
#[derive(Clone, Debug, PartialEq)]
pub struct Day {
    /// Lesson time so far.
    pub taught: SignedDuration,
    /// The numbers; those of the pictures are no numbers (NaN) without samples.
    pub report: CameraReport,
    /// How many samples they rest on.
    pub samples: u32,
    /// How many should have been in the room, in the lesson with the most.
    pub expected: u32,
    /// How many were seen in that lesson.
    pub seen: Option<u32>,
    /// For how much of the day.
    pub within: Within,
    /// What is not good enough, each by its measure.
    pub findings: Vec<(Measure, Finding)>,
    /// Lesson time without footage, with its cause, in order.
    pub outages: Vec<Part>,
}

/// The day of one camera; `None` when no lesson has begun.
pub fn day(camera: CameraId, taught: &[Taught], samples: &[Observation], policy: &Policy) -> Option<Day> {
    let until = taught.iter().map(|lesson| lesson.span.end()).max()?;
    let stream = stream(taught);
    let report = CameraReport::of(camera, until, stream, PictureReport::of_samples(samples, policy), None);
    let fullest = taught.iter().max_by_key(|lesson| (lesson.expected, lesson.seen))?;
    let findings = findings(&report, fullest, samples.is_empty(), policy);
    let gone = |part: &&Part| !was_recorded(part);
    Some(Day {
        taught: taught.iter().map(|lesson| lesson.span.duration()).sum(),
        samples: u32::try_from(samples.len()).unwrap_or(u32::MAX),
        expected: fullest.expected,
        seen: fullest.seen,
        within: within(taught, samples, stream, policy),
        findings,
        outages: taught.iter().flat_map(|lesson| lesson.parts.iter().filter(gone).copied()).collect(),
        report,
    })
}

/// Whether there was footage then, though it may have been let go of since.
pub(super) fn was_recorded(part: &Part) -> bool {
    use crate::camera::OutageCause::Pruned;
    matches!(part.what, PartKind::Recorded { .. } | PartKind::Missing { cause: Pruned })
}

/// The lessons' streams as one: shares by time, the worst gap of any.
fn stream(taught: &[Taught]) -> StreamReport {
    let (mut recorded, mut bits, mut all, mut longest) = (0.0, 0.0, 0.0, 0);
    for lesson in taught {
        let report = StreamReport::of_account(lesson.span, &lesson.parts, &lesson.segments);
        let seconds = lesson.span.duration().as_secs_f64();
        let there = f64::from(report.uptime_share) * seconds;
        recorded += there;
        bits += report.bitrate_bps as f64 * there;
        all += seconds;
        longest = longest.max(report.longest_gap_seconds);
    }
    StreamReport {
        uptime_share: if all > 0.0 { (recorded / all) as f32 } else { 0.0 },
        longest_gap_seconds: longest,
        bitrate_bps: if recorded > 0.0 { (bits / recorded) as u64 } else { 0 },
    }
}

/// As at application, but that what nobody looked at is not held against the camera.
fn findings(report: &CameraReport, fullest: &Taught, unseen: bool, policy: &Policy) -> Vec<(Measure, Finding)> {
    let seen = fullest.seen.unwrap_or(fullest.expected);
    let room = RoomReport { cameras: vec![report.clone()], students: fullest.expected, students_seen: seen };
    let told = |(what, _): &(Measure, Finding)| match what {
        Measure::Smooth => true,
        Measure::Clear | Measure::Recognisable => !unseen,
        Measure::Covered => fullest.expected > 0 && fullest.seen.is_some(),
    };
    measure(&room, policy).into_iter().filter(told).collect()
}

fn within(taught: &[Taught], samples: &[Observation], stream: StreamReport, policy: &Policy) -> Within {
    let clear = |seen: &Observation| {
        let brightness = policy.readiness_min_brightness..=policy.readiness_max_brightness;
        brightness.contains(&seen.picture.brightness)
            && seen.picture.sharpness >= policy.readiness_min_sharpness
            && !is_dark(seen, policy)
            && !is_frozen(seen, policy)
    };
    let recognisable = |seen: &&Observation| {
        let big = seen.faces.iter().filter(|face| face.eye_distance_px >= policy.identify_min_eye_distance_px).count();
        big as f32 >= policy.readiness_min_recognisable_share * seen.faces.len() as f32
    };
    let faces: Vec<&Observation> = samples.iter().filter(|seen| !seen.faces.is_empty()).collect();
    let counted: Vec<(u32, u32)> = taught
        .iter()
        .filter(|lesson| lesson.expected > 0)
        .filter_map(|lesson| Some((lesson.expected, lesson.seen?)))
        .collect();
    let enough = |&&(expected, seen): &&(u32, u32)| {
        f64::from(seen) >= f64::from(expected) * f64::from(policy.readiness_min_coverage)
    };
    Within {
        clear: share(samples.iter().filter(|seen| clear(seen)).count(), samples.len()),
        smooth: (!taught.is_empty()).then_some(stream.uptime_share),
        recognisable: share(faces.iter().copied().filter(recognisable).count(), faces.len()),
        covered: share(counted.iter().filter(enough).count(), counted.len()),
    }
}

fn share(part: usize, of: usize) -> Option<f32> {
    (of > 0).then(|| part as f32 / of as f32)
}

/// The lesson time that has come by `now`.
pub fn so_far(lesson: Span, now: Timestamp) -> Option<Span> {
    Span::new(lesson.start(), lesson.end().min(now)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        camera::OutageCause,
        ids::{ObservationId, SegmentId, SessionId},
        observation::{Area, PictureMeasures, SeenFace},
    };
    use uuid::Uuid;

    fn span(from: i64, to: i64) -> Span {
        let at = |second: i64| Timestamp::from_second(1_727_000_000 + second).unwrap();
        Span::new(at(from), at(to)).unwrap()
    }

    fn lesson(from: i64, to: i64, gone: Option<(i64, i64, OutageCause)>) -> Taught {
        let recorded = |from, to| Part {
            span: span(from, to),
            what: PartKind::Recorded { segment: SegmentId(Uuid::from_u128(1)) },
        };
        let parts = match gone {
            None => vec![recorded(from, to)],
            Some((gone, back, cause)) => vec![
                recorded(from, gone),
                Part { span: span(gone, back), what: PartKind::Missing { cause } },
                recorded(back, to),
            ],
        };
        let segments = vec![(span(from, to), (to - from) as u64 * 125_000)];
        Taught { span: span(from, to), parts, segments, expected: 20, seen: Some(20) }
    }

    fn sample(brightness: f32, sharpness: f32, eyes: &[f32]) -> Observation {
        let area = Area { x: 0.0, y: 0.0, width: 0.1, height: 0.1 };
        let face = |&eye_distance_px: &f32| SeenFace {
            area,
            score: 0.9,
            eye_distance_px,
            likeness: None,
            male_probability: None,
        };
        Observation {
            id: ObservationId(Uuid::from_u128(1)),
            session: SessionId(Uuid::from_u128(2)),
            camera: CameraId(Uuid::from_u128(3)),
            at: span(0, 1).start(),
            faces: eyes.iter().map(face).collect(),
            faceless: vec![],
            picture: PictureMeasures { brightness, sharpness, change: Some(3.0) },
            look: None,
        }
    }

    fn told(taught: &[Taught], samples: &[Observation]) -> Day {
        day(CameraId(Uuid::from_u128(3)), taught, samples, &Policy::default()).unwrap()
    }

    fn measures(day: &Day) -> Vec<Measure> {
        day.findings.iter().map(|(what, _)| *what).collect()
    }

    #[test]
    fn a_good_day_has_nothing_against_it() {
        let samples = vec![sample(120.0, 200.0, &[30.0, 40.0]); 10];
        let day = told(&[lesson(0, 2_700, None), lesson(3_300, 6_000, None)], &samples);
        assert_eq!((measures(&day), day.outages.len(), day.taught.as_secs()), (vec![], 0, 5_400));
        let all = Some(1.0);
        assert_eq!(day.within, Within { clear: all, smooth: all, recognisable: all, covered: all });
        assert_eq!((day.report.bitrate_bps, day.samples, day.expected, day.seen), (1_000_000, 10, 20, Some(20)));
    }

    #[test]
    fn each_measure_has_its_share_of_the_day_and_each_outage_its_cause() {
        let mut samples = vec![sample(120.0, 200.0, &[30.0, 40.0]); 6];
        samples.extend([sample(5.0, 200.0, &[]), sample(120.0, 10.0, &[30.0, 8.0, 8.0])]);
        let lessons = [
            lesson(0, 900, Some((300, 600, OutageCause::Stalled))),
            Taught { seen: Some(10), ..lesson(1_000, 1_300, None) },
        ];
        let day = told(&lessons, &samples);
        assert_eq!(day.within.clear, Some(0.75));
        assert_eq!(day.within.smooth, Some(0.75));
        assert_eq!(day.within.recognisable, Some(6.0 / 7.0));
        assert_eq!(day.within.covered, Some(0.5));
        assert_eq!(measures(&day), [Measure::Clear, Measure::Smooth], "20 of 20 were seen in the fuller lesson");
        assert_eq!(day.report.longest_gap_seconds, 300, "the pause between lessons is none");
        assert_eq!(
            day.outages,
            [Part { span: span(300, 600), what: PartKind::Missing { cause: OutageCause::Stalled } }]
        );
    }

    #[test]
    fn what_was_recorded_and_let_go_of_was_recorded() {
        let day = told(&[lesson(0, 900, Some((1, 899, OutageCause::Pruned)))], &[]);
        assert_eq!((day.within.smooth, day.outages.len()), (Some(1.0), 0));
    }

    #[test]
    fn what_nobody_looked_at_is_not_held_against_a_camera_and_no_lesson_is_no_day() {
        let unseen = Taught { seen: None, ..lesson(0, 900, None) };
        let day = told(&[unseen], &[]);
        assert_eq!((measures(&day), day.within.clear, day.within.covered), (vec![], None, None));
        assert!(day.report.brightness.is_nan());
        assert_eq!(super::day(CameraId(Uuid::from_u128(3)), &[], &[], &Policy::default()), None);
        assert_eq!(so_far(span(100, 200), span(150, 151).start()), Some(span(100, 150)));
        assert_eq!(so_far(span(100, 200), span(50, 51).start()), None);
    }

    #[test]
    fn whether_all_were_covered_is_told_where_it_is_known_how_many_should_be() {
        let few = Taught { seen: Some(10), ..lesson(0, 900, None) };
        let samples = vec![sample(120.0, 200.0, &[30.0, 40.0]); 10];
        assert_eq!(measures(&told(&[few], &samples)), [Measure::Covered]);
        let nobody = Taught { expected: 0, seen: Some(0), ..lesson(0, 900, None) };
        let day = told(&[nobody], &samples);
        assert_eq!((measures(&day), day.within.covered), (vec![], None));
        assert_eq!(stream(&[]), StreamReport { uptime_share: 0.0, longest_gap_seconds: 0, bitrate_bps: 0 });
    }
}
