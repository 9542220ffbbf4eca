//! R2.2: from what was recorded and sampled in a stretch of time to the numbers of a readiness report.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::{CameraReport, health::was_recorded};
use crate::{
    coverage::Part,
    crosscheck::{is_dark, is_frozen},
    ids::CameraId,
    observation::Observation,
    policy::Policy,
    span::Span,
};

/// What the pictures of a camera were like.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct PictureReport {
    /// See [`CameraReport::brightness`].
    pub brightness: f32,
    /// See [`CameraReport::sharpness`].
    pub sharpness: f32,
    /// See [`CameraReport::black_share`].
    pub black_share: f32,
    /// See [`CameraReport::frozen_share`].
    pub frozen_share: f32,
    /// See [`CameraReport::eye_distance_px`].
    pub eye_distance_px: f32,
    /// See [`CameraReport::recognisable_share`].
    pub recognisable_share: f32,
}

/// How the stream of a camera held.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct StreamReport {
    /// See [`CameraReport::uptime_share`].
    pub uptime_share: f32,
    /// See [`CameraReport::longest_gap_seconds`].
    pub longest_gap_seconds: u32,
    /// See [`CameraReport::bitrate_bps`].
    pub bitrate_bps: u64,
}

/// R2.2: whether a room was measured for long enough to tell.
pub fn long_enough(measured: Span, policy: &Policy) -> bool {
    measured.duration() >= SignedDuration::from_mins(i64::from(policy.readiness_min_minutes))
}

impl PictureReport {
    /// Nothing is known: no number of it is good enough for anything.
    pub const UNKNOWN: Self = Self {
        brightness: f32::NAN,
        sharpness: f32::NAN,
        black_share: f32::NAN,
        frozen_share: f32::NAN,
        eye_distance_px: f32::NAN,
        recognisable_share: f32::NAN,
    };

    /// From a camera's samples; `None` without any.
    pub fn of_samples(samples: &[Observation], policy: &Policy) -> Option<Self> {
        let of_samples = |what: fn(&Observation, &Policy) -> bool| {
            share(samples.iter().filter(|seen| what(seen, policy)).count(), samples.len())
        };
        let eyes: Vec<f32> = samples.iter().flat_map(|seen| &seen.faces).map(|face| face.eye_distance_px).collect();
        let big = eyes.iter().filter(|px| **px >= policy.identify_min_eye_distance_px).count();
        Some(Self {
            brightness: middle(samples.iter().map(|seen| seen.picture.brightness).collect())?,
            sharpness: middle(samples.iter().map(|seen| seen.picture.sharpness).collect())?,
            black_share: of_samples(is_dark),
            frozen_share: of_samples(is_frozen),
            recognisable_share: share(big, eyes.len()),
            eye_distance_px: middle(eyes).unwrap_or(0.0),
        })
    }
}

impl StreamReport {
    /// From the account of `span` and the segments with their bytes. Time of which the account says nothing was not
    /// recorded; what was recorded and let go of since was.
    pub fn of_account(span: Span, parts: &[Part], segments: &[(Span, u64)]) -> Self {
        let mut recorded = 0.0;
        let mut longest: f64 = 0.0;
        let mut missing_since = span.start();
        for part in parts.iter().filter(|part| was_recorded(part)) {
            recorded += part.span.duration().as_secs_f64();
            longest = longest.max(part.span.start().duration_since(missing_since).as_secs_f64());
            missing_since = part.span.end();
        }
        longest = longest.max(span.end().duration_since(missing_since).as_secs_f64());
        let (bytes, seconds) = segments
            .iter()
            .fold((0, 0.0), |(bytes, seconds), (span, more)| (bytes + more, seconds + span.duration().as_secs_f64()));
        Self {
            uptime_share: (recorded / span.duration().as_secs_f64()) as f32,
            longest_gap_seconds: longest.ceil() as u32,
            bitrate_bps: if seconds > 0.0 { (bytes as f64 * 8.0 / seconds) as u64 } else { 0 },
        }
    }
}

impl CameraReport {
    /// The report of one camera. The system's own samples count; what was handed in does where there are none.
    pub fn of(
        camera: CameraId,
        measured_at: Timestamp,
        stream: StreamReport,
        sampled: Option<PictureReport>,
        handed_in: Option<PictureReport>,
    ) -> Self {
        let picture = sampled.or(handed_in).unwrap_or(PictureReport::UNKNOWN);
        let PictureReport { brightness, sharpness, black_share, frozen_share, eye_distance_px, recognisable_share } =
            picture;
        let StreamReport { uptime_share, longest_gap_seconds, bitrate_bps } = stream;
        Self {
            camera,
            measured_at,
            sampled: sampled.is_some(),
            brightness,
            sharpness,
            black_share,
            frozen_share,
            uptime_share,
            longest_gap_seconds,
            bitrate_bps,
            eye_distance_px,
            recognisable_share,
        }
    }
}

fn share(part: usize, of: usize) -> f32 {
    if of == 0 { 0.0 } else { part as f32 / of as f32 }
}

/// The middle one, the lower of two.
fn middle(mut values: Vec<f32>) -> Option<f32> {
    values.sort_by(f32::total_cmp);
    values.get(values.len().checked_sub(1)? / 2).copied()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        camera::OutageCause,
        coverage::PartKind,
        ids::{ObservationId, SegmentId, SessionId},
        observation::{Area, PictureMeasures, SeenFace},
    };
    use uuid::Uuid;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(1_727_000_000 + second).unwrap()
    }

    fn span(from: i64, to: i64) -> Span {
        Span::new(at(from), at(to)).unwrap()
    }

    #[test]
    fn a_room_is_measured_for_ten_minutes() {
        let policy = Policy::default();
        assert!(long_enough(span(0, 600), &policy));
        assert!(!long_enough(span(0, 599), &policy));
    }

    fn part(from: i64, to: i64, recorded: bool) -> Part {
        let what = if recorded {
            PartKind::Recorded { segment: SegmentId(Uuid::from_u128(1)) }
        } else {
            PartKind::Missing { cause: OutageCause::Unknown }
        };
        Part { span: span(from, to), what }
    }

    fn sample(brightness: f32, change: Option<f32>, eyes: &[f32]) -> Observation {
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
            at: at(0),
            look: None,
            faceless: vec![],
            faces: eyes.iter().map(face).collect(),
            picture: PictureMeasures { brightness, sharpness: brightness * 2.0, change },
        }
    }

    #[test]
    fn a_stream_is_as_good_as_its_worst_gap() {
        let parts = [part(0, 30, true), part(30, 35, false), part(35, 45, false), part(45, 90, true)];
        let report = StreamReport::of_account(span(0, 100), &parts, &[(span(0, 30), 3_000), (span(45, 95), 5_000)]);
        assert_eq!((report.uptime_share, report.longest_gap_seconds), (0.75, 15), "two causes, one gap");
        assert_eq!(report.bitrate_bps, 800);
        let late = StreamReport::of_account(span(0, 100), &[part(0, 70, true)], &[]);
        assert_eq!((late.longest_gap_seconds, late.bitrate_bps), (30, 0), "what is not told is missing");
        assert_eq!(StreamReport::of_account(span(0, 100), &[], &[]).longest_gap_seconds, 100);
    }

    #[test]
    fn pictures_are_told_by_their_middle_and_their_bad_shares() {
        let policy = Policy::default();
        let samples = [
            sample(5.0, None, &[]),
            sample(100.0, Some(9.0), &[10.0, 20.0]),
            sample(120.0, Some(0.0), &[30.0]),
            sample(140.0, Some(9.0), &[40.0]),
        ];
        let report = PictureReport::of_samples(&samples, &policy).unwrap();
        assert_eq!((report.brightness, report.sharpness), (100.0, 200.0));
        assert_eq!((report.black_share, report.frozen_share), (0.25, 0.25));
        assert_eq!((report.eye_distance_px, report.recognisable_share), (20.0, 0.75));
        assert_eq!(PictureReport::of_samples(&[], &policy), None);
        let five = [30.0, 10.0, 50.0, 20.0, 40.0].map(|brightness| sample(brightness, Some(9.0), &[]));
        assert_eq!(PictureReport::of_samples(&five, &policy).unwrap().brightness, 30.0);
        assert_eq!(PictureReport::of_samples(&samples[..1], &policy).unwrap().recognisable_share, 0.0, "nobody's face");
    }

    #[test]
    fn what_the_system_saw_counts_and_not_what_is_handed_in() {
        let stream = StreamReport { uptime_share: 1.0, longest_gap_seconds: 0, bitrate_bps: 1 };
        let of = |sampled, handed_in| CameraReport::of(CameraId(Uuid::from_u128(3)), at(0), stream, sampled, handed_in);
        let good = PictureReport { brightness: 100.0, ..PictureReport::UNKNOWN };
        let better = PictureReport { brightness: 120.0, ..PictureReport::UNKNOWN };
        assert_eq!((of(Some(good), Some(better)).brightness, of(Some(good), Some(better)).sampled), (100.0, true));
        assert_eq!((of(None, Some(better)).brightness, of(None, Some(better)).sampled), (120.0, false));
        assert!(of(None, None).brightness.is_nan());
    }
}
