//! The notice's numbers, and ours: one typed, versioned value that every decision is stored with.

use jiff::civil::Time;
use serde::{Deserialize, Serialize};

/// Every number a decision rests on. The defaults are the notice's; a city may set its own.
///
/// Unknown keys are refused, so that a misspelt one is never silently the default.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Policy {
    /// Shown wherever a decision of this policy is shown; empty for the notice's own.
    pub label: String,
    /// R9.1 (九): a clip is at least this long, in seconds of continuous teaching.
    pub clip_min_seconds: u32,
    /// R9.1: a hole longer than this breaks continuity, in milliseconds.
    pub clip_max_gap_ms: u32,
    /// R9.1: this much more is cut where there is more, in seconds, so that a frame lost at an end does not spoil a clip.
    pub clip_spare_seconds: u32,
    /// R7.3b (七(三)): the daily report is due by this time of the day, Asia/Shanghai.
    pub report_due: Time,
    /// R7.1x: a session is judged from this many samples on, never from one.
    pub crosscheck_min_samples: u32,
    /// R7.1x: a face below this many pixels between the eyes is counted, never identified.
    pub identify_min_eye_distance_px: f32,
    /// R7.1x: cosine similarity from which a face may be an enrolled student.
    pub identify_min_similarity: f32,
    /// R7.1x: how much more similar than the next student it must be.
    pub identify_min_margin: f32,
    /// R7.1x: mean luma below which a picture is dark.
    pub dark_below_brightness: f32,
    /// R7.1x: mean luma change below which two samples are the same picture.
    pub frozen_below_change: f32,
}

impl Default for Policy {
    fn default() -> Self {
        Self {
            label: String::new(),
            clip_min_seconds: 20 * 60,
            clip_max_gap_ms: 2_000,
            clip_spare_seconds: 5,
            report_due: Time::constant(9, 0, 0, 0),
            crosscheck_min_samples: 12,
            identify_min_eye_distance_px: 16.0,
            identify_min_similarity: 0.363,
            identify_min_margin: 0.06,
            dark_below_brightness: 16.0,
            frozen_below_change: 0.02,
        }
    }
}
