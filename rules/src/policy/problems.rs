//! Values that cannot be.

use jiff::civil::Date;

use super::Policy;

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
    fn the_ladders_steps_come_one_after_the_other() {
        let fields =
            |policy: Policy| -> Vec<_> { policy.problems().into_iter().map(|problem| problem.field).collect() };
        let policy = Policy::default;
        assert_eq!(fields(Policy { warning_at: 2, ..policy() }), ["interview_at"]);
        assert_eq!(fields(Policy { interview_at: 3, ..policy() }), ["suspension_at"]);
        assert_eq!(fields(Policy { suspension_at: 2, ..policy() }), ["suspension_at"]);
    }
}
