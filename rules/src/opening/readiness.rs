//! R2.2 (二、2): 监控要求画面清晰、网络通畅、人脸可辨别、… 学员影像全覆盖. Measured, not ticked.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::{
    finding::{Finding, Record},
    ids::CameraId,
    policy::Policy,
    text::{RuleId, Text},
};

const RULE: RuleId = RuleId::new("R2.2");

/// The four things that the notice asks of a camera.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Measure {
    /// 画面清晰.
    Clear,
    /// 网络通畅.
    Smooth,
    /// 人脸可辨别.
    Recognisable,
    /// 影像全覆盖; of the room, by all its cameras together.
    Covered,
}

/// What was measured of one camera in a stretch of time with people in the room.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CameraReport {
    /// Which.
    pub camera: CameraId,
    /// When the measuring ended.
    pub measured_at: Timestamp,
    /// Whether the pictures were measured by the system; otherwise what is said of them was handed in.
    pub sampled: bool,
    /// Middle value of the mean luma, 0 to 255.
    pub brightness: f32,
    /// Middle value of the sharpness, as [`crate::observation::PictureMeasures::sharpness`] has it.
    pub sharpness: f32,
    /// Share of samples that were black.
    pub black_share: f32,
    /// Share of samples that were the same as the one before.
    pub frozen_share: f32,
    /// Share of the time in which footage was recorded.
    pub uptime_share: f32,
    /// The longest time without footage, in seconds.
    pub longest_gap_seconds: u32,
    /// Mean bit rate of the recorded stream.
    pub bitrate_bps: u64,
    /// Middle value of the pixels between the eyes over all faces.
    pub eye_distance_px: f32,
    /// Share of the faces that were big enough to be recognised.
    pub recognisable_share: f32,
}

/// What was measured of a room.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RoomReport {
    /// Every camera of the venue.
    pub cameras: Vec<CameraReport>,
    /// The students who were in the room, as counted by a person.
    pub students: u32,
    /// The different students whose faces the cameras saw.
    pub students_seen: u32,
}

/// What is not good enough, now: the measures that are also watched on every teaching day.
pub fn measure(room: &RoomReport, policy: &Policy) -> Vec<(Measure, Finding)> {
    let mut all: Vec<_> = room.cameras.iter().flat_map(|camera| of_camera(camera, policy)).collect();
    let (seen, students) = (room.students_seen, room.students);
    let enough = f64::from(seen) >= f64::from(students) * f64::from(policy.readiness_min_coverage);
    if students == 0 || !enough {
        let expected = Text::new(
            format!("学员影像全覆盖（不少于 {:.0}%）", policy.readiness_min_coverage * 100.0),
            format!("the cameras cover the students ({:.0} % or more)", policy.readiness_min_coverage * 100.0),
        );
        let text = if students == 0 {
            Text::new("测量时教室内无学员，无法判断", "nobody was in the room, so it cannot be told")
        } else {
            Text::new(format!("{students} 名学员中拍到 {seen} 名"), format!("{seen} of {students} students were seen"))
        };
        all.push((Measure::Covered, Finding::new(RULE, "not_covered", expected, text)));
    }
    all
}

/// The readiness reports of all rooms at the time of application: all measures good, each no older than the policy's
/// days.
pub fn check(rooms: &[RoomReport], applied_at: Timestamp, policy: &Policy) -> Vec<Finding> {
    if rooms.is_empty() {
        return vec![no_camera()];
    }
    rooms.iter().flat_map(|room| check_room(room, applied_at, policy)).collect()
}

fn no_camera() -> Finding {
    let expected = Text::new("教室已开通远程视频监控", "the room has remote monitoring");
    Finding::new(RULE, "no_camera", expected, Text::new("没有摄像头的测量结果", "no camera was measured"))
}

fn check_room(room: &RoomReport, applied_at: Timestamp, policy: &Policy) -> Vec<Finding> {
    if room.cameras.is_empty() {
        return vec![no_camera()];
    }
    let days = policy.readiness_max_age_days;
    let oldest = SignedDuration::from_hours(24 * i64::from(days));
    let mut findings: Vec<Finding> = measure(room, policy).into_iter().map(|(_, finding)| finding).collect();
    for camera in &room.cameras {
        let age = applied_at.duration_since(camera.measured_at);
        if age > oldest || age.is_negative() {
            let expected = Text::new(
                format!("申请前 {days} 天内测量"),
                format!("measured within {days} days before the application"),
            );
            let seen = Text::new(
                format!("测量于 {}", crate::civil::date_of(camera.measured_at)),
                format!("measured on {}", crate::civil::date_of(camera.measured_at)),
            );
            findings
                .push(Finding::new(RULE, "readiness_too_old", expected, seen).showing([Record::Camera(camera.camera)]));
        }
    }
    findings
}

/// One thing measured, with the limit it must keep.
struct Limit {
    measure: Measure,
    fine: bool,
    zh: String,
    en: String,
}

fn of_camera(camera: &CameraReport, policy: &Policy) -> Vec<(Measure, Finding)> {
    let CameraReport { brightness, sharpness, eye_distance_px, longest_gap_seconds, bitrate_bps, .. } = *camera;
    let percent = |share: f32| format!("{:.1}%", share * 100.0);
    let limit = |measure, fine, zh: String, en: String| Limit { measure, fine, zh, en };
    // A comparison with NaN is false: what could not be measured is not fine.
    let limits = [
        limit(
            Measure::Clear,
            brightness >= policy.readiness_min_brightness && brightness <= policy.readiness_max_brightness,
            format!(
                "亮度 {brightness:.0}（应为 {} 至 {}）",
                policy.readiness_min_brightness, policy.readiness_max_brightness
            ),
            format!(
                "brightness {brightness:.0} ({} to {} wanted)",
                policy.readiness_min_brightness, policy.readiness_max_brightness
            ),
        ),
        limit(
            Measure::Clear,
            sharpness >= policy.readiness_min_sharpness,
            format!("清晰度 {sharpness:.0}（不低于 {}）", policy.readiness_min_sharpness),
            format!("sharpness {sharpness:.0} ({} or more wanted)", policy.readiness_min_sharpness),
        ),
        limit(
            Measure::Clear,
            camera.black_share <= policy.readiness_max_bad_share
                && camera.frozen_share <= policy.readiness_max_bad_share,
            format!(
                "黑屏 {}、静止 {}（均不超过 {}）",
                percent(camera.black_share),
                percent(camera.frozen_share),
                percent(policy.readiness_max_bad_share)
            ),
            format!(
                "black {}, frozen {} ({} at most each)",
                percent(camera.black_share),
                percent(camera.frozen_share),
                percent(policy.readiness_max_bad_share)
            ),
        ),
        limit(
            Measure::Smooth,
            camera.uptime_share >= policy.readiness_min_uptime
                && longest_gap_seconds <= policy.readiness_max_gap_seconds,
            format!(
                "在线 {}、最长中断 {longest_gap_seconds} 秒（应不低于 {}、不超过 {} 秒）",
                percent(camera.uptime_share),
                percent(policy.readiness_min_uptime),
                policy.readiness_max_gap_seconds
            ),
            format!(
                "up {} with gaps up to {longest_gap_seconds} s ({} and {} s wanted)",
                percent(camera.uptime_share),
                percent(policy.readiness_min_uptime),
                policy.readiness_max_gap_seconds
            ),
        ),
        limit(
            Measure::Smooth,
            bitrate_bps >= policy.readiness_min_bitrate_bps,
            format!("码率 {} kbit/s（不低于 {}）", bitrate_bps / 1_000, policy.readiness_min_bitrate_bps / 1_000),
            format!("{} kbit/s ({} or more wanted)", bitrate_bps / 1_000, policy.readiness_min_bitrate_bps / 1_000),
        ),
        limit(
            Measure::Recognisable,
            eye_distance_px >= policy.readiness_min_eye_distance_px
                && camera.recognisable_share >= policy.readiness_min_recognisable_share,
            format!(
                "两眼间距 {eye_distance_px:.0} 像素、可识别人脸 {}（应不低于 {} 像素、{}）",
                percent(camera.recognisable_share),
                policy.readiness_min_eye_distance_px,
                percent(policy.readiness_min_recognisable_share)
            ),
            format!(
                "{eye_distance_px:.0} px between the eyes, {} of the faces recognisable ({} px and {} wanted)",
                percent(camera.recognisable_share),
                policy.readiness_min_eye_distance_px,
                percent(policy.readiness_min_recognisable_share)
            ),
        ),
    ];
    limits.into_iter().filter(|limit| !limit.fine).map(|limit| told(camera.camera, limit)).collect()
}

fn told(camera: CameraId, Limit { measure, zh, en, .. }: Limit) -> (Measure, Finding) {
    let (code, expected) = match measure {
        Measure::Clear => ("not_clear", Text::new("画面清晰", "a clear picture")),
        Measure::Smooth => ("not_smooth", Text::new("网络通畅", "a smooth network")),
        Measure::Recognisable => ("not_recognisable", Text::new("人脸可辨别", "faces that can be told")),
        Measure::Covered => ("not_covered", Text::new("影像全覆盖", "full coverage")),
    };
    let finding = Finding::new(RULE, code, expected, Text::new(zh, en));
    (measure, finding.showing([Record::Camera(camera)]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    fn camera() -> CameraReport {
        CameraReport {
            camera: CameraId(Uuid::from_u128(1)),
            measured_at: at("2024-09-20T02:00:00Z"),
            sampled: true,
            brightness: 120.0,
            sharpness: 200.0,
            black_share: 0.0,
            frozen_share: 0.0,
            uptime_share: 1.0,
            longest_gap_seconds: 0,
            bitrate_bps: 3_000_000,
            eye_distance_px: 30.0,
            recognisable_share: 0.95,
        }
    }

    fn room(camera: CameraReport) -> RoomReport {
        RoomReport { cameras: vec![camera], students: 30, students_seen: 30 }
    }

    fn codes(room: &RoomReport, applied: &str) -> Vec<String> {
        check(std::slice::from_ref(room), at(applied), &Policy::default())
            .into_iter()
            .map(|finding| finding.code)
            .collect()
    }

    #[test]
    fn each_of_the_four_is_measured() {
        let applied = "2024-09-21T02:00:00Z";
        let asked = |change: fn(&mut CameraReport)| {
            let mut camera = camera();
            change(&mut camera);
            codes(&room(camera), applied)
        };
        assert_eq!(asked(|_| {}), [""; 0]);
        assert_eq!(asked(|camera| camera.brightness = 5.0), ["not_clear"]);
        assert_eq!(asked(|camera| camera.brightness = 250.0), ["not_clear"]);
        assert_eq!(asked(|camera| camera.sharpness = f32::NAN), ["not_clear"]);
        assert_eq!(asked(|camera| camera.frozen_share = 0.5), ["not_clear"]);
        assert_eq!(asked(|camera| camera.black_share = 0.5), ["not_clear"]);
        assert_eq!(asked(|camera| camera.uptime_share = 0.9), ["not_smooth"]);
        assert_eq!(asked(|camera| camera.longest_gap_seconds = 300), ["not_smooth"]);
        assert_eq!(asked(|camera| camera.bitrate_bps = 100_000), ["not_smooth"]);
        assert_eq!(asked(|camera| camera.eye_distance_px = 10.0), ["not_recognisable"]);
        assert_eq!(asked(|camera| camera.recognisable_share = 0.3), ["not_recognisable"]);
    }

    #[test]
    fn coverage_is_the_rooms() {
        let applied = "2024-09-21T02:00:00Z";
        let seen = |students, students_seen| codes(&RoomReport { students, students_seen, ..room(camera()) }, applied);
        assert_eq!(seen(20, 19), [""; 0]);
        assert_eq!(seen(20, 18), ["not_covered"]);
        assert_eq!(seen(0, 0), ["not_covered"], "an empty room shows nothing");
        let told = |students, students_seen| {
            let room = RoomReport { students, students_seen, ..room(camera()) };
            measure(&room, &Policy::default()).remove(0).1.seen.zh
        };
        assert_eq!(told(20, 18), "20 名学员中拍到 18 名");
        assert_eq!(told(0, 0), "测量时教室内无学员，无法判断");
        assert_eq!(codes(&RoomReport { cameras: Vec::new(), ..room(camera()) }, applied), ["no_camera"]);
    }

    #[test]
    fn a_report_is_seven_days_old_at_most() {
        assert_eq!(codes(&room(camera()), "2024-09-27T02:00:00Z"), [""; 0]);
        assert_eq!(codes(&room(camera()), "2024-09-27T02:00:01Z"), ["readiness_too_old"]);
        assert_eq!(
            codes(&room(camera()), "2024-09-20T01:59:59Z"),
            ["readiness_too_old"],
            "measured after it was applied for"
        );
    }
}
