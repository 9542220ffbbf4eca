//! The notice's numbers, and ours: one typed, versioned value that every decision is stored with.

pub mod change;
mod default;
mod problems;

use jiff::civil::Time;
use serde::{Deserialize, Serialize};

pub use problems::PolicyProblem;

/// Every number a decision rests on. The defaults are the notice's; a city may set its own.
///
/// Unknown keys are refused, so that a misspelt one is never silently the default; [`Policy::problems`] names values
/// that cannot be. Where the notice gives no number, the comment says where the default comes from.
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
    /// R9.1: at most this share of the pictures of a handed-in video is dark, and at most this share the same as the one
    /// before; ours.
    pub upload_max_bad_share: f32,
    /// R7.3b (七(三)): the daily report is due by this time of the day, Asia/Shanghai.
    pub report_due: Time,
    /// R7.1x (七(一)): a session is judged from this many samples on, never from one.
    pub crosscheck_min_samples: u32,
    /// R7.1x: people may still be arriving for so many seconds; samples from then are no ground for a finding.
    pub crosscheck_settle_seconds: u32,
    /// R7.1x: of samples closer than this many seconds, one counts; whoever looks down now still does a moment later.
    pub crosscheck_independent_seconds: u32,
    /// R7.1x: samples further apart than this many seconds say nothing of the time between.
    pub crosscheck_max_gap_seconds: u32,
    /// R7.1x: the chance of error that is accepted in a statement, 0 to 1: 0.05 gives 95 % intervals.
    pub crosscheck_error: f32,
    /// R7.1x: a number of faces counts when this many samples reached it, so that one false detection does not.
    pub count_confirmed_by_samples: u32,
    /// R7.1x: in at least this share of samples a person facing the room is found. 0.5 to 0.6 was measured on a class
    /// bent over its papers, nearly 1 on people who look up.
    pub count_min_detection: f32,
    /// R7.1x: the share of people whom the camera never sees (behind a pillar, back turned all day). The readiness
    /// check of R2.2 keeps it small.
    pub count_hidden_share: f32,
    /// R7.1x: people in the room who are no students (the teacher).
    pub staff_in_room: u32,
    /// R7.1x: a face below this many pixels between the eyes is counted, never identified.
    pub identify_min_eye_distance_px: f32,
    /// R7.1x: cosine similarity from which a face may be an enrolled student.
    pub identify_min_similarity: f32,
    /// R7.1x: how much more similar than the next student it must be.
    pub identify_min_margin: f32,
    /// R7.1x: and how likely it must be them ([`crate::likelihood`]), so that a brother or sister is not taken for them.
    pub identify_min_probability: f32,
    /// R7.1x: a student is seen when recognised in at least this many samples.
    pub identify_min_samples: u32,
    /// R7.1x: and in at least this share of the samples; false matches grow with their number.
    pub identify_min_share: f32,
    /// R7.1x: a student is missed only where at least this many others were recognised.
    pub never_seen_min_others: u32,
    /// R7.1x: nobody is missed while more people than were recognised show in this share of the samples.
    pub never_seen_count_share: f32,
    /// R7.1x: cosine similarity to everyone below which a face is a stranger's. Well below the one for a student.
    pub unknown_max_similarity: f32,
    /// R7.1x: a face below this many pixels between the eyes is never called a stranger's.
    pub unknown_min_eye_distance_px: f32,
    /// R7.1x: a stranger was seen in at least this many samples at about the same place.
    pub unknown_min_samples: u32,
    /// R7.1x: at that place, at least this share of the faces is the stranger's and not a student's.
    pub unknown_min_share: f32,
    /// R7.1x: how often the hint for man or woman is wrong. 0.06 was measured over all ages from 10 on, 0.03 to 0.05
    /// from 20 to 59.
    pub sex_error: f32,
    /// R7.1x: a student has left when not seen again for at least this many seconds.
    pub left_min_seconds: u32,
    /// R7.1x: nobody was there for at least this many seconds; longer than a break between lessons.
    pub nobody_min_seconds: u32,
    /// R7.1x: a class is together while at least this share of the people shows who do when it is full.
    pub teaching_min_share: f32,
    /// R7.1x: it comes together, or is away, for at least this many seconds; less belongs to what is around it.
    pub teaching_min_seconds: u32,
    /// R7.1x: a lesson began late when the class was seen to be away for this many seconds from its start.
    pub late_start_seconds: u32,
    /// R7.1x: a lesson ended early when the class was seen to be away for this many seconds before its end.
    pub early_end_seconds: u32,
    /// R7.1x: mean luma below which a picture is dark.
    pub dark_below_brightness: f32,
    /// R7.1x: mean luma change below which two samples are the same picture.
    pub frozen_below_change: f32,
    /// R7.1x: a picture is frozen or dark when it was so for at least this many seconds.
    pub picture_min_seconds: u32,
    /// R7.1x: pictures are shown again when at least so many different ones, with people in other postures in between,
    /// are the same at one distance in time. In measurements no other distance had more than five (docs/evaluation.md).
    pub repeat_min_pictures: u32,
    /// R7.1x: they are looked for among the pictures of so many days before; 0: of the same session only.
    pub repeat_days: u16,
    /// R7.1x: a camera is covered, out of focus or moved when it was so for at least this many seconds; longer than
    /// somebody stands in front of it.
    pub camera_min_seconds: u32,
    /// R7.1x: a lens is covered when at most this share of the places that show something in the reference picture does.
    pub covered_below_detail: f32,
    /// R7.1x: a picture is out of focus below this share of the reference picture's sharpness.
    pub blurred_below_sharpness: f32,
    /// R7.1x: a camera was moved when the room's edges are alike to the reference picture's by less than this, 0 to 1.
    pub moved_below_alike: f32,
    // R7.2 to R7.5, R9.1 and R9.2.
    /// R9.1 (九): at least so many clips a class.
    pub clip_min_count: u32,
    /// R9.1 (九): at least so many in each month that has room for them.
    pub clip_month_count: u32,
    /// R9.1 (九): 间隔1周以上: the dates of two clips that count are at least so many days apart.
    pub clip_days_apart: u32,
    /// R9.2: how often a planned day is taken to give no clip, in percent; ours, only the order of equally good plans
    /// hangs on it.
    pub clip_failure_percent: u8,
    /// R9.2: an alarm when no more than so many further recording days may fail; ours.
    pub clip_warn_failures: u32,
    /// R7.2b (七(二)): a lesson's length: 每课时45分钟.
    pub lesson_minutes: u32,
    /// R7.2b (七(二)): 每天培训不少于6课时.
    pub lessons_per_day: u32,
    /// R7.2b (七(二)): 培训时长按专业确定为3-6个月; the least for any major.
    pub course_min_months: u32,
    /// R7.2b (七(二)): and the most.
    pub course_max_months: u32,
    /// R7.2a (七(二)): so many minutes of a lesson may be wanting, and a session may begin and end so many minutes beside
    /// the timetable, before it counts as not following it; the notice gives no number.
    pub lesson_tolerance_minutes: u32,
    /// R7.2c (七(二)): 学员个人出勤率原则上不得低于90%.
    pub attendance_min_percent: u8,
    /// R7.2d (七(二)): 最后一次开班时间为12月末: the month of the programme year's last opening.
    pub last_opening_month: i8,
    /// R7.2d: and its day.
    pub last_opening_day: i8,
    /// R7.3a (七(三)): 签到时间为上课前30分钟内.
    pub sign_in_minutes: u32,
    /// R7.3a (七(三)): 签退时间为下课后30分钟内.
    pub sign_out_minutes: u32,
    /// R7.3a: a punch that arrives more than so many minutes after it was made is marked as delayed; ours.
    pub punch_delay_minutes: u32,
    /// R7.3a: a device's clock may be so many seconds ahead of ours before its punches are taken for wrong; ours.
    pub punch_clock_seconds: u32,
    /// R7.3a: a student has at most so many face templates of one recogniser; check-ins add no more.
    pub template_max_count: u32,
    /// R7.3a: cosine similarity, also to an enrolment, from which the face of a check-in becomes a template.
    pub template_min_similarity: f32,
    /// R7.3a: and how much more similar than the next student it must be.
    pub template_min_margin: f32,
    /// R7.3a: nothing is kept that is as similar as that to a template there is: it would add nothing.
    pub template_max_similarity: f32,
    /// R7.4a (七(四)): 远程监管应不少于2次/周.
    pub remote_per_week: u32,
    /// R7.4b (七(四)): 现场督导检查每班期应不少于2次.
    pub onsite_per_class: u32,
    /// R7.4b (七(四)): 每次应不少于2人.
    pub onsite_inspectors: u32,
    /// R7.4c (七(四)): 每班期监管手段不少于2种.
    pub means_per_class: u32,
    /// R7.4c: a class's weight in the draw when nothing speaks against it; ours, as are the other weights.
    pub risk_base: u32,
    /// R7.4c: more weight for each open finding of the class.
    pub risk_per_finding: u32,
    /// R7.4c: more weight for each confirmed violation of its institution.
    pub risk_per_violation: u32,
    /// R7.4c: more weight for each training week in which nobody looked.
    pub risk_per_week_unseen: u32,
    /// R7.5 (七(五)): 违规1次给予警告: the violation from which on there is a warning.
    pub warning_at: u32,
    /// R7.5 (七(五)): 违规2次约谈相关负责人.
    pub interview_at: u32,
    /// R7.5 (七(五)): 违规3次停课整改; every further one too.
    pub suspension_at: u32,
    // R1 to R6, R8 to R11.
    /// R2.2 (二、2): a readiness report is at most so many days old at application.
    pub readiness_max_age_days: u32,
    /// R2.2: a room is measured for at least so many minutes; less says nothing about a stream.
    pub readiness_min_minutes: u32,
    /// R2.2 画面清晰: the middle brightness is at least this, of 255. The notice gives no numbers for R2.2; these are ours.
    pub readiness_min_brightness: f32,
    /// R2.2 画面清晰: and at most this.
    pub readiness_max_brightness: f32,
    /// R2.2 画面清晰: the middle sharpness is at least this.
    pub readiness_min_sharpness: f32,
    /// R2.2 画面清晰: at most this share of samples is black, and at most this share frozen.
    pub readiness_max_bad_share: f32,
    /// R2.2 网络通畅: footage for at least this share of the time.
    pub readiness_min_uptime: f32,
    /// R2.2 网络通畅: and no gap longer than so many seconds.
    pub readiness_max_gap_seconds: u32,
    /// R2.2 网络通畅: and at least so many bits a second.
    pub readiness_min_bitrate_bps: u64,
    /// R2.2 人脸可辨别: the middle distance between the eyes; at 24 px 98 of 100 faces were still told in measurements.
    pub readiness_min_eye_distance_px: f32,
    /// R2.2 人脸可辨别: at least this share of the faces is big enough.
    pub readiness_min_recognisable_share: f32,
    /// R2.2 影像全覆盖: at least this share of the students in the room is seen.
    pub readiness_min_coverage: f32,
    /// R2.2: the best and the worst picture of a camera's sessions are kept for so many days; ours. They show people and are
    /// no evidence.
    pub health_picture_days: u16,
    /// R3.2 (三、4): the province whose household register counts as its own, two digits by GB/T 2260: 辽宁籍.
    pub home_province: String,
    /// R3.2 (三、4): the city whose schools are local (本埠), four digits by GB/T 2260.
    pub home_city: String,
    /// R4.4 (四): so many students of a class are spot-checked: 3人/班.
    pub spot_check_students: u32,
    /// R8.1 (八): close-out is applied for so many working days before the class's last day.
    pub closeout_working_days: u32,
    /// R10.1 (十): a public notice hangs for so many working days.
    pub notice_working_days: u32,
    /// R11.1 (十一、1): the archive is kept for at least so many years after the class.
    pub archive_years: u16,
    /// R11.1: enrolled faces go so many days after the class; the notice asks for no face to be kept.
    pub face_days_after_end: u16,
    /// R11.2 (十一、2): a node of the tracking ledger is filled in within so many days; the notice gives no number.
    pub tracking_grace_days: u16,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_misspelt_key_is_refused_by_name() {
        let error = serde_json::from_str::<Policy>(r#"{"clip_min_second": 60}"#).unwrap_err().to_string();
        assert!(error.contains("clip_min_second"), "{error}");
        let policy: Policy = serde_json::from_str(r#"{"clip_min_seconds": 60}"#).unwrap();
        assert_eq!(policy, Policy { clip_min_seconds: 60, ..Policy::default() });
    }

    #[test]
    fn it_survives_json() {
        let json = serde_json::to_string(&Policy::default()).unwrap();
        assert_eq!(serde_json::from_str::<Policy>(&json).unwrap(), Policy::default());
    }
}
