//! How a camera's days were (R2.2), and what it is held against.

use duxue_rules::{
    ids::SessionId,
    opening::{Measure, health::Day},
    policy::Policy,
};
use duxue_storage::look::{PictureRank as StoredRank, Reference};
use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{
    recording::Part,
    refs::{CameraRef, InstitutionRef, VenueRef},
    rule_finding::RuleFinding,
};

/// From which day to which.
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct HealthQuery {
    /// The first civil date in Asia/Shanghai, `YYYY-MM-DD`.
    #[param(value_type = String, format = Date)]
    pub from: Date,
    /// The last, inside; at most 31 days in all.
    #[param(value_type = String, format = Date)]
    pub to: Date,
}

/// How a camera's teaching days were, measured.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct CameraHealth {
    /// The camera.
    pub camera: CameraRef,
    /// Where it hangs.
    pub venue: VenueRef,
    /// Whose venue that is.
    pub institution: InstitutionRef,
    /// The numbers that are good enough.
    pub thresholds: HealthThresholds,
    /// What the camera is held against to tell that it was moved, covered or out of focus; null until it has taught for
    /// some minutes.
    pub reference: Option<CameraReference>,
    /// The days on which a lesson had begun, the oldest first.
    pub days: Vec<HealthDay>,
}

/// What the policy calls good enough.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct HealthThresholds {
    /// Least mean luma.
    pub min_brightness: f32,
    /// Most mean luma.
    pub max_brightness: f32,
    /// Least sharpness.
    pub min_sharpness: f32,
    /// The most of the samples that may be black, and that may be frozen.
    pub max_bad_share: f32,
    /// Least share of the time that is recorded.
    pub min_uptime: f32,
    /// The longest gap.
    pub max_gap_seconds: u32,
    /// Least bits a second.
    pub min_bitrate_bps: u64,
    /// Least pixels between the eyes.
    pub min_eye_distance_px: f32,
    /// Least share of faces that are big enough.
    pub min_recognisable_share: f32,
    /// Least share of the students that is seen.
    pub min_coverage: f32,
}

/// A camera's reference picture.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct CameraReference {
    /// When it was taken; names it when a new one is asked for.
    pub taken_at: Timestamp,
    /// Of how many samples it is the middle.
    pub samples: u32,
    /// Where to fetch one of them (JPEG); reading it is logged. Null where it could not be kept, and for institutions.
    pub url: Option<String>,
}

/// One teaching day of a camera.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct HealthDay {
    /// The civil date in Asia/Shanghai.
    #[schema(value_type = String, format = Date)]
    pub date: Date,
    /// Lesson time so far.
    pub taught_seconds: u32,
    /// How many pictures were looked at.
    pub samples: u32,
    /// Middle of the mean luma, 0 to 255; null without samples, as are the others of the picture.
    pub brightness: Option<f32>,
    /// Middle of the sharpness.
    pub sharpness: Option<f32>,
    /// Share of samples that were black.
    pub black_share: Option<f32>,
    /// Share of samples that were the same as the one before.
    pub frozen_share: Option<f32>,
    /// Middle of the pixels between the eyes.
    pub eye_distance_px: Option<f32>,
    /// Share of the faces that were big enough to be recognised.
    pub recognisable_share: Option<f32>,
    /// Share of the lesson time in which footage was recorded.
    pub uptime_share: f32,
    /// The longest time of a lesson without footage.
    pub longest_gap_seconds: u32,
    /// Mean bit rate of what was recorded.
    pub bitrate_bps: u64,
    /// How many should have been in the room, in the lesson with the most: reported present, or else on the roster.
    pub expected: u32,
    /// How many were seen there, by all cameras of the room; null while too little was seen to say, and for institutions.
    pub seen: Option<u32>,
    /// For how much of the day each measure was good enough.
    pub within: HealthWithin,
    /// What is not good enough.
    pub findings: Vec<HealthFinding>,
    /// Lesson time without footage, and why.
    pub outages: Vec<Part>,
    /// The clearest and the least clear picture of each lesson time.
    pub pictures: Vec<HealthPicture>,
}

/// For how much of a day a measure was good enough, 0 to 1; null where nothing tells.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
pub struct HealthWithin {
    /// 画面清晰, of the samples.
    pub clear: Option<f32>,
    /// 网络通畅, of the time.
    pub smooth: Option<f32>,
    /// 人脸可辨别, of the samples that show faces.
    pub recognisable: Option<f32>,
    /// 影像全覆盖, of the lesson times.
    pub covered: Option<f32>,
}

/// A measure that was not good enough.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct HealthFinding {
    /// Which of the four.
    pub measure: HealthMeasure,
    /// What was wanted and what was measured.
    pub finding: RuleFinding,
}

/// The four things that the notice asks of a camera (二、2).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum HealthMeasure {
    /// 画面清晰.
    Clear,
    /// 网络通畅.
    Smooth,
    /// 人脸可辨别.
    Recognisable,
    /// 影像全覆盖.
    Covered,
}

/// A picture that shows what a day was like.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct HealthPicture {
    /// Which it is.
    pub rank: PictureRank,
    /// When it was taken.
    pub at: Timestamp,
    /// In which session.
    #[schema(value_type = Uuid)]
    pub session_id: SessionId,
    /// Where to fetch it (JPEG); reading it is logged. Null for institutions.
    pub url: Option<String>,
}

/// The clearest or the least clear.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum PictureRank {
    /// The clearest of its session.
    Best,
    /// The least clear.
    Worst,
}

/// A new reference picture is wanted.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RenewReference {
    /// Which one is to count no more: its `taken_at`.
    pub taken_at: Timestamp,
    /// Why: such as that the camera was moved in agreement with the centre. 1 to 2000 characters.
    #[schema(min_length = 1, max_length = 2000)]
    pub reason: String,
}

impl From<&Policy> for HealthThresholds {
    fn from(policy: &Policy) -> Self {
        Self {
            min_brightness: policy.readiness_min_brightness,
            max_brightness: policy.readiness_max_brightness,
            min_sharpness: policy.readiness_min_sharpness,
            max_bad_share: policy.readiness_max_bad_share,
            min_uptime: policy.readiness_min_uptime,
            max_gap_seconds: policy.readiness_max_gap_seconds,
            min_bitrate_bps: policy.readiness_min_bitrate_bps,
            min_eye_distance_px: policy.readiness_min_eye_distance_px,
            min_recognisable_share: policy.readiness_min_recognisable_share,
            min_coverage: policy.readiness_min_coverage,
        }
    }
}

impl CameraReference {
    /// `may_look`: whether the reader may fetch the picture.
    pub(crate) fn of(reference: &Reference, may_look: bool) -> Self {
        let taken = &reference.taken;
        let url = taken.picture.as_ref().filter(|_| may_look);
        Self {
            taken_at: taken.taken_at,
            samples: taken.samples,
            url: url.map(|_| format!("/api/v1/cameras/{}/reference.jpg", taken.camera)),
        }
    }
}

impl HealthDay {
    pub(crate) fn of(date: Date, day: Day, pictures: Vec<HealthPicture>) -> Self {
        let report = day.report;
        let known = |number: f32| Some(number).filter(|number| number.is_finite());
        // Without a face nobody can be told apart, but it is not the camera that is at fault.
        let of_faces = |number: f32| known(number).filter(|_| day.within.recognisable.is_some());
        Self {
            date,
            taught_seconds: u32::try_from(day.taught.as_secs()).unwrap_or(0),
            samples: day.samples,
            brightness: known(report.brightness),
            sharpness: known(report.sharpness),
            black_share: known(report.black_share),
            frozen_share: known(report.frozen_share),
            eye_distance_px: of_faces(report.eye_distance_px),
            recognisable_share: of_faces(report.recognisable_share),
            uptime_share: report.uptime_share,
            longest_gap_seconds: report.longest_gap_seconds,
            bitrate_bps: report.bitrate_bps,
            expected: day.expected,
            seen: day.seen,
            within: HealthWithin {
                clear: day.within.clear,
                smooth: day.within.smooth,
                recognisable: day.within.recognisable,
                covered: day.within.covered,
            },
            findings: day
                .findings
                .into_iter()
                .map(|(measure, finding)| HealthFinding { measure: measure.into(), finding: finding.into() })
                .collect(),
            outages: day.outages.into_iter().map(Part::from).collect(),
            pictures,
        }
    }
}

impl From<Measure> for HealthMeasure {
    fn from(measure: Measure) -> Self {
        match measure {
            Measure::Clear => Self::Clear,
            Measure::Smooth => Self::Smooth,
            Measure::Recognisable => Self::Recognisable,
            Measure::Covered => Self::Covered,
        }
    }
}

impl From<StoredRank> for PictureRank {
    fn from(rank: StoredRank) -> Self {
        match rank {
            StoredRank::Best => Self::Best,
            StoredRank::Worst => Self::Worst,
        }
    }
}
