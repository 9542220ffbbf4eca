//! R7.3a (七(三)): 签到时间为上课前 30 分钟内，签退时间为下课后 30 分钟内.
//!
//! No punch is dropped: one that does not count stays, with the marks that say why.

use std::collections::{BTreeMap, BTreeSet};

use jiff::{
    SignedDuration, Timestamp,
    civil::{Date, Time},
};
use serde::{Deserialize, Serialize};

use crate::{
    civil,
    ids::{PunchId, StudentId, VenueId},
    policy::Policy,
    text::Text,
    timetable::Lesson,
};

/// Which end of the day a punch is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// 签到.
    SignIn,
    /// 签退.
    SignOut,
}

impl Side {
    /// Both, in the order of the day.
    pub const ALL: [Self; 2] = [Self::SignIn, Self::SignOut];

    /// Which end of a day with these lessons a punch is for, where the device does not tell: before the middle of the
    /// teaching it is a sign-in, from then on a sign-out. Without lessons the middle is noon.
    pub fn likely(at: Timestamp, lessons: &[Lesson]) -> Self {
        let first = lessons.iter().map(|lesson| lesson.span.start()).min();
        let last = lessons.iter().map(|lesson| lesson.span.end()).max();
        let before_middle = match (first, last) {
            (Some(first), Some(last)) => at.duration_since(first) < last.duration_since(at),
            _ => civil::time_of(at) < Time::constant(12, 0, 0, 0),
        };
        if before_middle { Self::SignIn } else { Self::SignOut }
    }

    /// For people.
    pub fn text(self) -> Text {
        match self {
            Self::SignIn => Text::new("签到", "sign-in"),
            Self::SignOut => Text::new("签退", "sign-out"),
        }
    }
}

/// How a device knew the student.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PunchMethod {
    /// By face: 采用人脸识别装置.
    Face,
    /// Another way, for those who do not consent to it; a written statement must go with it (R7.3d).
    Other,
}

/// One punch 打卡.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Punch {
    /// Which.
    pub id: PunchId,
    /// Who.
    pub student: StudentId,
    /// For which end of the day.
    pub side: Side,
    /// Where the device hangs.
    pub venue: VenueId,
    /// When it was made, by the device's own clock.
    pub made_at: Timestamp,
    /// When it arrived here; much later, where the device had no network.
    pub received_at: Timestamp,
    /// How the device knew the student.
    pub method: PunchMethod,
}

/// What is to be said of a punch.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mark {
    /// Before its window opens: it does not count.
    Early,
    /// After its window closed: it does not count.
    Late,
    /// On a day without lessons: it does not count.
    NoLesson,
    /// Not by face: it does not count by itself.
    NotByFace,
    /// It arrived before it was made, so the device's clock is wrong: it does not count.
    ClockAhead,
    /// An earlier one of the same side counts already.
    Duplicate,
    /// It arrived long after it was made; it counts all the same.
    Delayed,
    /// Made where the class has no lesson that day; it counts all the same, for the notice asks for time and device.
    OtherVenue,
}

impl Mark {
    /// Whether a punch with this mark does not count.
    pub fn bars(self) -> bool {
        match self {
            Self::Early | Self::Late | Self::NoLesson | Self::NotByFace | Self::ClockAhead | Self::Duplicate => true,
            Self::Delayed | Self::OtherVenue => false,
        }
    }

    /// For people.
    pub fn text(self) -> Text {
        match self {
            Self::Early => Text::new("早于规定时间", "too early"),
            Self::Late => Text::new("晚于规定时间", "too late"),
            Self::NoLesson => Text::new("当天无课", "no lesson that day"),
            Self::NotByFace => Text::new("非人脸识别", "not by face recognition"),
            Self::ClockAhead => Text::new("设备时钟超前", "the device's clock is ahead"),
            Self::Duplicate => Text::new("重复打卡", "a repetition"),
            Self::Delayed => Text::new("延迟上传", "arrived with delay"),
            Self::OtherVenue => Text::new("非上课场地的设备", "a device of another venue"),
        }
    }
}

/// A punch with what is to be said of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MarkedPunch {
    /// As it came.
    pub punch: Punch,
    /// In the order of [`Mark`].
    pub marks: BTreeSet<Mark>,
}

impl MarkedPunch {
    /// Whether the student has punched by it.
    pub fn counts(&self) -> bool {
        !self.marks.iter().any(|mark| mark.bars())
    }
}

/// When punches of one side count; both ends are inside.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Window {
    /// The first instant.
    pub opens: Timestamp,
    /// The last instant.
    pub closes: Timestamp,
}

impl Window {
    /// How a punch at `at` misses it: early, late, or not at all.
    fn missed(self, at: Timestamp) -> Option<Mark> {
        if at < self.opens {
            Some(Mark::Early)
        } else if at > self.closes {
            Some(Mark::Late)
        } else {
            None
        }
    }

    /// Whether a punch at `at` is in time.
    pub fn contains(self, at: Timestamp) -> bool {
        self.missed(at).is_none()
    }
}

/// A training day's two windows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Windows {
    /// The minutes before the day's first lesson starts.
    pub sign_in: Window,
    /// The minutes after the day's last lesson ends.
    pub sign_out: Window,
}

impl Windows {
    /// The windows of a day with these lessons; `None` without lessons, and at the very ends of the calendar.
    pub fn of(lessons: &[Lesson], policy: &Policy) -> Option<Self> {
        let first = lessons.iter().map(|lesson| lesson.span.start()).min()?;
        let last = lessons.iter().map(|lesson| lesson.span.end()).max()?;
        let minutes = |count: u32| SignedDuration::from_mins(count.into());
        let opens = first.checked_sub(minutes(policy.sign_in_minutes)).ok()?;
        let closes = last.checked_add(minutes(policy.sign_out_minutes)).ok()?;
        Some(Self { sign_in: Window { opens, closes: first }, sign_out: Window { opens: last, closes } })
    }

    /// The one of a side.
    pub fn side(self, side: Side) -> Window {
        match side {
            Side::SignIn => self.sign_in,
            Side::SignOut => self.sign_out,
        }
    }
}

/// Marks the punches of a day with these lessons. The order is that of their time; of several that would count for one
/// student and side, the first does.
pub fn mark(punches: &[Punch], lessons: &[Lesson], policy: &Policy) -> Vec<MarkedPunch> {
    let windows = Windows::of(lessons, policy);
    let mut marked: Vec<MarkedPunch> =
        punches.iter().map(|&punch| MarkedPunch { punch, marks: marks(punch, windows, lessons, policy) }).collect();
    marked.sort_by_key(|marked| (marked.punch.made_at, marked.punch.id));
    let mut counted: BTreeMap<(StudentId, Side), PunchId> = BTreeMap::new();
    for marked in marked.iter_mut().filter(|marked| marked.counts()) {
        let punch = marked.punch;
        if counted.insert((punch.student, punch.side), punch.id).is_some() {
            marked.marks.insert(Mark::Duplicate);
        }
    }
    marked
}

/// Marks the punches of a civil date with these lessons: those made on it, and those in a window that reaches over
/// midnight. Others are not looked at.
pub fn mark_day(date: Date, punches: &[Punch], lessons: &[Lesson], policy: &Policy) -> Vec<MarkedPunch> {
    let windows = Windows::of(lessons, policy);
    let of_day = |punch: &&Punch| {
        civil::date_of(punch.made_at) == date
            || windows.is_some_and(|windows| windows.side(punch.side).contains(punch.made_at))
    };
    let punches: Vec<Punch> = punches.iter().filter(of_day).copied().collect();
    mark(&punches, lessons, policy)
}

fn marks(punch: Punch, windows: Option<Windows>, lessons: &[Lesson], policy: &Policy) -> BTreeSet<Mark> {
    let delay = punch.received_at.duration_since(punch.made_at);
    let time = windows.map_or(Some(Mark::NoLesson), |windows| windows.side(punch.side).missed(punch.made_at));
    [
        (Mark::NotByFace, punch.method != PunchMethod::Face),
        (Mark::ClockAhead, -delay > SignedDuration::from_secs(policy.punch_clock_seconds.into())),
        (Mark::Delayed, delay > SignedDuration::from_mins(policy.punch_delay_minutes.into())),
        (Mark::OtherVenue, windows.is_some() && !lessons.iter().any(|lesson| lesson.venue == punch.venue)),
    ]
    .into_iter()
    .filter_map(|(mark, holds)| holds.then_some(mark))
    .chain(time)
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{ids::LessonId, span::Span};
    use uuid::Uuid;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    #[test]
    fn a_device_that_does_not_tell_signs_in_before_the_middle_of_the_teaching() {
        let lesson = |start, end| Lesson {
            id: LessonId(Uuid::nil()),
            span: Span::new(at(start), at(end)).unwrap(),
            venue: VenueId(Uuid::nil()),
            subject: String::new(),
            teacher: String::new(),
        };
        let lessons = [
            lesson("2024-10-08T01:00:00Z", "2024-10-08T01:45:00Z"),
            lesson("2024-10-08T08:15:00Z", "2024-10-08T09:00:00Z"),
        ];
        assert_eq!(Side::likely(at("2024-10-08T00:40:00Z"), &lessons), Side::SignIn);
        assert_eq!(Side::likely(at("2024-10-08T04:59:59Z"), &lessons), Side::SignIn);
        assert_eq!(Side::likely(at("2024-10-08T05:00:00Z"), &lessons), Side::SignOut);
        assert_eq!(Side::likely(at("2024-10-08T09:20:00Z"), &lessons), Side::SignOut);
        // 11:59 and 12:00 in Fushun.
        assert_eq!(Side::likely(at("2024-10-08T03:59:00Z"), &[]), Side::SignIn);
        assert_eq!(Side::likely(at("2024-10-08T04:00:00Z"), &[]), Side::SignOut);
    }

    #[test]
    fn sides_and_marks_have_their_words() {
        crate::text::told_apart(Side::ALL.map(Side::text));
        let marks = [
            Mark::Early,
            Mark::Late,
            Mark::NoLesson,
            Mark::NotByFace,
            Mark::ClockAhead,
            Mark::Duplicate,
            Mark::Delayed,
            Mark::OtherVenue,
        ];
        crate::text::told_apart(marks.map(Mark::text));
    }
}
