//! 九, R9.1: whether a video that an institution hands in can serve as evidence.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::{
    evidence::continuous_seconds,
    finding::Finding,
    policy::Policy,
    span::Span,
    text::{RuleId, Text},
};

mod doubt;
mod likeness;
mod taking;

pub use doubt::{Doubt, Said, Twin, doubt};
pub use likeness::Likeness;
pub use taking::{Offer, covering, may_take};

const RULE: RuleId = RuleId::new("R9.1");

/// What was measured of a video.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct VideoFacts {
    /// The container, as FFmpeg names it.
    pub container: String,
    /// The codec of its pictures, as FFmpeg names it.
    pub codec: String,
    /// Pixels.
    pub width: u32,
    /// Pixels.
    pub height: u32,
    /// From the first picture to the end of the last, in milliseconds; not what the container claims.
    pub duration_ms: u64,
    /// Times without a picture that are longer than a clip may have, in order.
    pub holes: Vec<Hole>,
    /// How many pictures were looked at: key frames, at least ten seconds apart.
    pub samples: u32,
    /// How many of them were dark.
    pub dark: u32,
    /// How many of them were the same as the one before.
    pub frozen: u32,
}

/// A time without a picture, in milliseconds from the first one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hole {
    /// Its beginning.
    pub from_ms: u64,
    /// Its end.
    pub until_ms: u64,
}

impl VideoFacts {
    /// When it was taken, if its first picture was at `start`; `None` where there is no time to speak of.
    pub fn span(&self, start: Timestamp) -> Option<Span> {
        Span::new(start, after(start, self.duration_ms)).ok()
    }

    /// Whole seconds of its longest unbroken stretch within `lesson`, or altogether where no lesson is named.
    pub fn longest_seconds(&self, start: Timestamp, lesson: Option<Span>, policy: &Policy) -> u32 {
        let Some(shown) = self.span(start) else { return 0 };
        let hole = |hole: &Hole| Span::new(after(start, hole.from_ms), after(start, hole.until_ms)).ok();
        let holes: Vec<Span> = self.holes.iter().filter_map(hole).collect();
        continuous_seconds(shown, &holes, lesson.unwrap_or(shown), policy)
    }
}

fn after(start: Timestamp, ms: u64) -> Timestamp {
    let ms = SignedDuration::from_millis(i64::try_from(ms).unwrap_or(i64::MAX));
    start.checked_add(ms).unwrap_or(Timestamp::MAX)
}

/// What keeps a video from being evidence; empty when nothing does. `start` is when its first picture was taken, as its
/// sender says; `lesson` the lesson that it is said to show.
pub fn check(video: &VideoFacts, start: Timestamp, lesson: Option<Span>, policy: &Policy) -> Vec<Finding> {
    let mut findings = Vec::new();
    let (longest, needed) = (video.longest_seconds(start, lesson, policy), policy.clip_min_seconds);
    if longest < needed {
        let expected = Text::new(
            format!("教学时间内连续视频不少于 {needed} 秒"),
            format!("{needed} s or more of teaching without a break"),
        );
        let seen = Text::new(format!("最长连续 {longest} 秒"), format!("the longest unbroken part has {longest} s"));
        findings.push(Finding::new(RULE, "too_short", expected, seen));
    }
    let most = policy.upload_max_bad_share;
    let limit = format!("{:.0}%", most * 100.0);
    for (code, bad, zh, en) in
        [("dark", video.dark, "画面过暗", "dark"), ("frozen", video.frozen, "画面静止", "the same as before")]
    {
        let share = if video.samples == 0 { 1.0 } else { bad as f32 / video.samples as f32 };
        if share > most {
            let expected =
                Text::new(format!("{zh}的画面不超过 {limit}"), format!("{limit} of the pictures at most are {en}"));
            let percent = format!("{:.0}%", share * 100.0);
            let seen = Text::new(format!("{percent} 的画面如此"), format!("{percent} of them are"));
            findings.push(Finding::new(RULE, code, expected, seen));
        }
    }
    findings
}

/// The file is no video that can be played.
pub fn unreadable() -> Finding {
    let expected = Text::new("可播放的视频文件", "a video that plays");
    let seen = Text::new("无法识别为视频，或没有画面", "the file is no video, or has no picture");
    Finding::new(RULE, "unreadable", expected, seen)
}

/// Looking at the file took longer than this installation allows.
pub fn took_too_long(seconds: u64) -> Finding {
    let expected = Text::new(
        format!("{seconds} 秒内能检查完的视频文件"),
        format!("a video that can be looked at within {seconds} s"),
    );
    let seen = Text::new(
        "检查用时过长，请换用常见格式或较低的分辨率重新提交",
        "it took longer; hand it in again in a common format or with smaller pictures",
    );
    Finding::new(RULE, "took_too_long", expected, seen)
}

/// The pictures are larger than can be decoded safely.
pub fn too_large_a_picture(width: u32, height: u32) -> Finding {
    let expected = Text::new("常见的画面尺寸", "pictures of a common size");
    let seen = Text::new(format!("画面为 {width}×{height}"), format!("they are {width} × {height}"));
    Finding::new(RULE, "picture_too_large", expected, seen)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(1_728_349_200 + second).unwrap()
    }

    fn video(minutes: u64) -> VideoFacts {
        VideoFacts {
            container: "mov,mp4,m4a,3gp,3g2,mj2".to_owned(),
            codec: "h264".to_owned(),
            width: 1920,
            height: 1080,
            duration_ms: minutes * 60_000,
            holes: Vec::new(),
            samples: 100,
            dark: 0,
            frozen: 0,
        }
    }

    fn codes(video: &VideoFacts, lesson: Option<Span>) -> Vec<String> {
        check(video, at(0), lesson, &Policy::default()).into_iter().map(|finding| finding.code).collect()
    }

    /// 九: 每次不少于20分钟.
    #[test]
    fn twenty_minutes_of_the_lesson_without_a_break() {
        assert_eq!(codes(&video(20), None), [""; 0]);
        assert_eq!(codes(&VideoFacts { duration_ms: 20 * 60_000 - 1, ..video(0) }, None), ["too_short"]);
        let holed = |from_ms, until_ms| VideoFacts { holes: vec![Hole { from_ms, until_ms }], ..video(30) };
        assert_eq!(codes(&holed(600_000, 603_000), None), ["too_short"], "ten minutes and not quite twenty");
        assert_eq!(codes(&holed(590_000, 593_000), None), [""; 0], "twenty minutes after it");
        let lesson = |from, until| Some(Span::new(at(from), at(until)).unwrap());
        assert_eq!(codes(&video(30), lesson(600, 5400)), [""; 0]);
        assert_eq!(codes(&video(30), lesson(601, 5400)), ["too_short"], "what is before the lesson shows no teaching");
        assert_eq!(codes(&video(0), None), ["too_short"]);
    }

    #[test]
    fn a_dark_or_a_still_picture_shows_nobody() {
        assert_eq!(codes(&VideoFacts { dark: 10, frozen: 10, ..video(30) }, None), [""; 0]);
        assert_eq!(codes(&VideoFacts { dark: 11, ..video(30) }, None), ["dark"]);
        assert_eq!(codes(&VideoFacts { frozen: 11, ..video(30) }, None), ["frozen"]);
        assert_eq!(codes(&VideoFacts { samples: 0, ..video(30) }, None), ["dark", "frozen"], "nothing could be seen");
    }
}
