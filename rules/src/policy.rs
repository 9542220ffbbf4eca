//! The notice's numbers, and ours: one typed, versioned value that every decision is stored with.

pub mod change;

use jiff::civil::{Date, Time};
use serde::{Deserialize, Serialize};

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

impl Default for Policy {
    fn default() -> Self {
        Self {
            label: String::new(),
            clip_min_seconds: 20 * 60,
            clip_max_gap_ms: 2_000,
            clip_spare_seconds: 5,
            upload_max_bad_share: 0.1,
            report_due: Time::constant(9, 0, 0, 0),
            crosscheck_min_samples: 12,
            crosscheck_settle_seconds: 10 * 60,
            crosscheck_independent_seconds: 60,
            crosscheck_max_gap_seconds: 120,
            crosscheck_error: 0.05,
            count_confirmed_by_samples: 2,
            count_min_detection: 0.6,
            count_hidden_share: 0.03,
            staff_in_room: 1,
            identify_min_eye_distance_px: 16.0,
            identify_min_similarity: 0.363,
            identify_min_margin: 0.06,
            identify_min_probability: 0.7,
            identify_min_samples: 3,
            identify_min_share: 0.02,
            never_seen_min_others: 3,
            never_seen_count_share: 0.05,
            unknown_max_similarity: 0.2,
            unknown_min_eye_distance_px: 24.0,
            unknown_min_samples: 12,
            unknown_min_share: 0.7,
            sex_error: 0.06,
            left_min_seconds: 20 * 60,
            nobody_min_seconds: 15 * 60,
            teaching_min_share: 0.5,
            teaching_min_seconds: 3 * 60,
            late_start_seconds: 10 * 60,
            early_end_seconds: 10 * 60,
            dark_below_brightness: 16.0,
            frozen_below_change: 0.02,
            picture_min_seconds: 60,
            repeat_min_pictures: 10,
            repeat_days: 14,
            camera_min_seconds: 180,
            covered_below_detail: 0.3,
            blurred_below_sharpness: 0.3,
            moved_below_alike: 0.25,
            // R7.2 to R7.5, R9.1 and R9.2.
            clip_min_count: 10,
            clip_month_count: 2,
            clip_days_apart: 7,
            clip_failure_percent: 10,
            clip_warn_failures: 3,
            lesson_minutes: 45,
            lessons_per_day: 6,
            course_min_months: 3,
            course_max_months: 6,
            lesson_tolerance_minutes: 5,
            attendance_min_percent: 90,
            last_opening_month: 12,
            last_opening_day: 31,
            sign_in_minutes: 30,
            sign_out_minutes: 30,
            punch_delay_minutes: 5,
            punch_clock_seconds: 60,
            template_max_count: 5,
            template_min_similarity: 0.55,
            template_min_margin: 0.2,
            template_max_similarity: 0.9,
            remote_per_week: 2,
            onsite_per_class: 2,
            onsite_inspectors: 2,
            means_per_class: 2,
            risk_base: 1,
            risk_per_finding: 2,
            risk_per_violation: 3,
            risk_per_week_unseen: 1,
            warning_at: 1,
            interview_at: 2,
            suspension_at: 3,
            // R1 to R6, R8 to R11.
            readiness_max_age_days: 7,
            readiness_min_minutes: 10,
            readiness_min_brightness: 40.0,
            readiness_max_brightness: 220.0,
            readiness_min_sharpness: 50.0,
            readiness_max_bad_share: 0.01,
            readiness_min_uptime: 0.98,
            readiness_max_gap_seconds: 30,
            readiness_min_bitrate_bps: 500_000,
            readiness_min_eye_distance_px: 24.0,
            readiness_min_recognisable_share: 0.8,
            readiness_min_coverage: 0.95,
            health_picture_days: 180,
            home_province: "21".to_owned(),
            home_city: "2104".to_owned(),
            spot_check_students: 3,
            closeout_working_days: 10,
            notice_working_days: 5,
            archive_years: 3,
            face_days_after_end: 30,
            tracking_grace_days: 30,
        }
    }
}

/// A value that cannot be.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("policy field {field} must be {allowed}")]
pub struct PolicyProblem {
    /// The field.
    pub field: &'static str,
    /// What it may be.
    pub allowed: &'static str,
}

impl Policy {
    /// Every field whose value makes no sense; empty for a usable policy.
    pub fn problems(&self) -> Vec<PolicyProblem> {
        let mut problems = Vec::new();
        let mut must = |fine: bool, field, allowed| {
            if !fine {
                problems.push(PolicyProblem { field, allowed });
            }
        };
        let at_least_one = "at least 1";
        must(self.clip_min_seconds >= 1, "clip_min_seconds", at_least_one);
        must(
            self.crosscheck_min_samples >= 2,
            "crosscheck_min_samples",
            "at least 2: nobody is judged from one sample",
        );
        must(self.repeat_min_pictures >= 3, "repeat_min_pictures", "at least 3: two pictures may be alike by chance");
        must(self.repeat_days <= 366, "repeat_days", "from 0 to 366");
        must(self.count_confirmed_by_samples >= 1, "count_confirmed_by_samples", at_least_one);
        must(
            self.identify_min_samples >= 2,
            "identify_min_samples",
            "at least 2: nobody is identified from one sample",
        );
        must(self.unknown_min_samples >= 2, "unknown_min_samples", "at least 2: nobody is a stranger from one sample");
        for (value, field) in [
            (self.clip_min_count, "clip_min_count"),
            (self.clip_month_count, "clip_month_count"),
            (self.clip_days_apart, "clip_days_apart"),
            (self.lesson_minutes, "lesson_minutes"),
            (self.lessons_per_day, "lessons_per_day"),
            (self.course_min_months, "course_min_months"),
            (self.onsite_inspectors, "onsite_inspectors"),
            (self.risk_base, "risk_base"),
            (self.warning_at, "warning_at"),
        ] {
            must(value >= 1, field, at_least_one);
        }
        // A planner's table has a row for each of them; a larger number is a slip of the finger.
        must(self.clip_min_count <= 366, "clip_min_count", "from 1 to 366");
        must(self.clip_month_count <= 31, "clip_month_count", "from 1 to 31");
        must(self.clip_days_apart <= 366, "clip_days_apart", "from 1 to 366");
        must(self.clip_failure_percent < 100, "clip_failure_percent", "from 0 to 99");
        must(self.course_min_months <= self.course_max_months, "course_max_months", "at least course_min_months");
        must(
            u64::from(self.lesson_minutes) * u64::from(self.lessons_per_day) <= 24 * 60,
            "lessons_per_day",
            "no more lessons than a day has room for",
        );
        // Were a whole lesson tolerable, none would have to be held.
        must(
            self.lesson_tolerance_minutes < self.lesson_minutes,
            "lesson_tolerance_minutes",
            "less than lesson_minutes",
        );
        for (value, field) in [(self.sign_in_minutes, "sign_in_minutes"), (self.sign_out_minutes, "sign_out_minutes")] {
            must((1..=12 * 60).contains(&value), field, "from 1 to 720");
        }
        must(self.attendance_min_percent <= 100, "attendance_min_percent", "from 0 to 100");
        must(
            Date::new(2000, self.last_opening_month, self.last_opening_day).is_ok(),
            "last_opening_day",
            "a day of that month",
        );
        must(self.warning_at < self.interview_at, "interview_at", "more than warning_at");
        must(self.interview_at < self.suspension_at, "suspension_at", "more than interview_at");
        let inside = |value: f32| value > 0.0 && value < 1.0;
        must(inside(self.crosscheck_error), "crosscheck_error", "above 0 and below 1");
        must(
            self.count_min_detection > 0.0 && self.count_min_detection <= 1.0,
            "count_min_detection",
            "above 0 and at most 1",
        );
        must((0.0..1.0).contains(&self.count_hidden_share), "count_hidden_share", "from 0 to below 1");
        must((0.0..0.5).contains(&self.sex_error), "sex_error", "from 0 to below 0.5");
        for (value, field) in [
            (self.identify_min_share, "identify_min_share"),
            (self.identify_min_probability, "identify_min_probability"),
            (self.never_seen_count_share, "never_seen_count_share"),
            (self.unknown_min_share, "unknown_min_share"),
            (self.teaching_min_share, "teaching_min_share"),
            (self.upload_max_bad_share, "upload_max_bad_share"),
            (self.covered_below_detail, "covered_below_detail"),
            (self.blurred_below_sharpness, "blurred_below_sharpness"),
            (self.moved_below_alike, "moved_below_alike"),
            (self.readiness_max_bad_share, "readiness_max_bad_share"),
            (self.readiness_min_uptime, "readiness_min_uptime"),
            (self.readiness_min_recognisable_share, "readiness_min_recognisable_share"),
            (self.readiness_min_coverage, "readiness_min_coverage"),
        ] {
            must((0.0..=1.0).contains(&value), field, "from 0 to 1");
        }
        must((-1.0..=1.0).contains(&self.identify_min_similarity), "identify_min_similarity", "from -1 to 1");
        must((0.0..=2.0).contains(&self.identify_min_margin), "identify_min_margin", "from 0 to 2");
        must((0.0..=2.0).contains(&self.template_min_margin), "template_min_margin", "from 0 to 2");
        must((-1.0..=1.0).contains(&self.template_min_similarity), "template_min_similarity", "from -1 to 1");
        must(
            (self.template_min_similarity..=1.0).contains(&self.template_max_similarity),
            "template_max_similarity",
            "from template_min_similarity to 1",
        );
        must(
            (-1.0..=self.identify_min_similarity).contains(&self.unknown_max_similarity),
            "unknown_max_similarity",
            "from -1 to identify_min_similarity",
        );
        for (value, field) in [
            (self.identify_min_eye_distance_px, "identify_min_eye_distance_px"),
            (self.unknown_min_eye_distance_px, "unknown_min_eye_distance_px"),
            (self.dark_below_brightness, "dark_below_brightness"),
            (self.frozen_below_change, "frozen_below_change"),
            (self.readiness_min_brightness, "readiness_min_brightness"),
            (self.readiness_max_brightness, "readiness_max_brightness"),
            (self.readiness_min_sharpness, "readiness_min_sharpness"),
            (self.readiness_min_eye_distance_px, "readiness_min_eye_distance_px"),
        ] {
            must(value.is_finite() && value >= 0.0, field, "0 or more");
        }
        must(self.archive_years >= 3, "archive_years", "at least 3 (十一、1: 至少保存三年)");
        let digits = |text: &str, count| text.len() == count && text.bytes().all(|byte| byte.is_ascii_digit());
        must(digits(&self.home_province, 2), "home_province", "two digits by GB/T 2260, such as 21");
        must(digits(&self.home_city, 4), "home_city", "four digits by GB/T 2260, such as 2104");
        problems
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_default_is_usable_and_says_the_notices_numbers() {
        let policy = Policy::default();
        assert_eq!(policy.problems(), []);
        assert_eq!(policy.clip_min_seconds, 1_200, "九: 每次不少于20分钟");
        assert_eq!(policy.report_due.to_string(), "09:00:00", "七(三): 每天 9:00 前");
    }

    #[test]
    fn a_misspelt_key_is_refused_by_name() {
        let error = serde_json::from_str::<Policy>(r#"{"clip_min_second": 60}"#).unwrap_err().to_string();
        assert!(error.contains("clip_min_second"), "{error}");
        let policy: Policy = serde_json::from_str(r#"{"clip_min_seconds": 60}"#).unwrap();
        assert_eq!(policy, Policy { clip_min_seconds: 60, ..Policy::default() });
    }

    #[test]
    fn impossible_values_are_named() {
        let policy = Policy {
            crosscheck_min_samples: 1,
            count_hidden_share: 1.0,
            unknown_max_similarity: 0.5,
            sex_error: f32::NAN,
            readiness_min_coverage: 95.0,
            archive_years: 1,
            home_city: "抚顺".to_owned(),
            ..Policy::default()
        };
        let fields: Vec<_> = policy.problems().into_iter().map(|problem| problem.field).collect();
        assert_eq!(
            fields,
            [
                "crosscheck_min_samples",
                "count_hidden_share",
                "sex_error",
                "readiness_min_coverage",
                "unknown_max_similarity",
                "archive_years",
                "home_city"
            ]
        );
    }

    #[test]
    fn impossible_lessons_and_windows_are_named() {
        let fields =
            |policy: Policy| -> Vec<_> { policy.problems().into_iter().map(|problem| problem.field).collect() };
        let policy = Policy::default;
        assert_eq!(fields(Policy { lessons_per_day: 33, ..policy() }), ["lessons_per_day"]);
        assert_eq!(fields(Policy { lessons_per_day: 32, ..policy() }), [""; 0]);
        assert_eq!(fields(Policy { lesson_tolerance_minutes: 45, ..policy() }), ["lesson_tolerance_minutes"]);
        assert_eq!(fields(Policy { sign_in_minutes: 0, ..policy() }), ["sign_in_minutes"]);
        assert_eq!(fields(Policy { sign_out_minutes: 721, ..policy() }), ["sign_out_minutes"]);
    }

    #[test]
    fn the_last_value_that_makes_sense_is_taken_and_the_next_is_named() {
        let fields =
            |policy: Policy| -> Vec<_> { policy.problems().into_iter().map(|problem| problem.field).collect() };
        let policy = Policy::default;
        let text = |digits: &str| digits.to_owned();
        for fine in [
            Policy { clip_failure_percent: 99, ..policy() },
            Policy { sign_in_minutes: 1, sign_out_minutes: 720, ..policy() },
            Policy { count_min_detection: 1.0, crosscheck_error: 0.999, ..policy() },
            Policy { dark_below_brightness: 0.0, ..policy() },
            Policy { home_province: text("44"), home_city: text("4403"), ..policy() },
        ] {
            assert_eq!(fields(fine), [""; 0]);
        }
        for (wrong, field) in [
            (Policy { clip_failure_percent: 100, ..policy() }, "clip_failure_percent"),
            (Policy { sign_in_minutes: 721, ..policy() }, "sign_in_minutes"),
            (Policy { crosscheck_error: 0.0, ..policy() }, "crosscheck_error"),
            (Policy { crosscheck_error: 1.0, ..policy() }, "crosscheck_error"),
            (Policy { count_min_detection: 0.0, ..policy() }, "count_min_detection"),
            (Policy { count_min_detection: 1.1, ..policy() }, "count_min_detection"),
            (Policy { dark_below_brightness: -1.0, ..policy() }, "dark_below_brightness"),
            (Policy { dark_below_brightness: f32::INFINITY, ..policy() }, "dark_below_brightness"),
            (Policy { home_city: text("21a4"), ..policy() }, "home_city"),
            (Policy { home_city: text("210"), ..policy() }, "home_city"),
        ] {
            assert_eq!(fields(wrong), [field]);
        }
    }

    #[test]
    fn it_survives_json() {
        let json = serde_json::to_string(&Policy::default()).unwrap();
        assert_eq!(serde_json::from_str::<Policy>(&json).unwrap(), Policy::default());
    }

    #[test]
    fn the_ladders_steps_come_one_after_the_other() {
        let fields =
            |policy: Policy| -> Vec<_> { policy.problems().into_iter().map(|problem| problem.field).collect() };
        let policy = Policy::default;
        assert_eq!(fields(Policy { warning_at: 2, ..policy() }), ["interview_at"]);
        assert_eq!(fields(Policy { interview_at: 3, ..policy() }), ["suspension_at"]);
        assert_eq!(fields(Policy { suspension_at: 2, ..policy() }), ["suspension_at"]);
    }
}
