//! What goes into the cross-check and what comes out.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::Teaching;
use crate::{
    coverage::Outage,
    ids::{ObservationId, SessionId, StudentId},
    observation::Observation,
    report::DailyReport,
    roster::RosterStudent,
    span::Span,
    text::{Reason, RuleId, Text},
};

/// Everything known about one teaching session.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SessionFacts {
    /// Which.
    pub session: SessionId,
    /// From the first lesson's start to the last one's end.
    pub span: Span,
    /// The class's students.
    pub roster: Vec<RosterStudent>,
    /// The newest revision of the day's report, if one came.
    pub report: Option<DailyReport>,
    /// When the day's *first* revision came; a correction does not make a report late.
    #[serde(default)]
    pub report_sent_at: Option<Timestamp>,
    /// What the cameras of the venue saw; those outside `span` are not looked at.
    pub observations: Vec<Observation>,
    /// The lessons of the timetable in force; none: all of the session is lesson time.
    #[serde(default)]
    pub lessons: Vec<Span>,
    /// When the cameras gave no footage.
    #[serde(default)]
    pub outages: Vec<Outage>,
    /// The instant of the question.
    pub now: Timestamp,
}

/// A number that was not counted exactly: the true one lies in `low..=high` as a rule (95 %), most likely at `likely`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Estimate {
    /// The most likely number.
    pub likely: u32,
    /// Lower end, inside.
    pub low: u32,
    /// Upper end, inside.
    pub high: u32,
}

impl Estimate {
    /// With what is known to be there by another way of counting, as far as the upper end allows: it is the upper end
    /// that findings rest on, and it stays.
    pub(super) fn at_least(self, other: Option<Self>) -> Self {
        let Some(other) = other else { return self };
        let low = self.low.max(other.low.min(self.high));
        Self { low, likely: self.likely.max(other.likely.min(self.high)), ..self }
    }
}

/// People in one sample.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct CountPoint {
    /// When.
    pub at: Timestamp,
    /// How many, whether they face the camera or not.
    #[serde(alias = "faces")]
    pub people: u32,
}

/// Whether a student was in the room.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Presence {
    /// Recognised in enough samples.
    Seen,
    /// Would have been recognised by now, going by how often the others are, but was not.
    NotSeen,
    /// The pictures do not say; also for everyone without a face template.
    Unclear,
}

/// What the samples say about one student.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StudentPresence {
    /// Who.
    pub student: StudentId,
    /// Whether in the room.
    pub presence: Presence,
    /// Samples in which the student was recognised.
    pub frames_seen: u32,
    /// The first of them.
    pub first_seen: Option<Timestamp>,
    /// The last of them.
    pub last_seen: Option<Timestamp>,
    /// The highest cosine similarity among them.
    pub best_similarity: Option<f32>,
    /// The highest chance among them that it was the student, 0 to 1.
    #[serde(default)]
    pub best_probability: Option<f32>,
}

/// What a session's samples say, before anything is held against it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SessionSummary {
    /// Pictures analysed.
    pub samples: u32,
    /// People in the room, with an upper end on which a finding can rest: nothing is taken from the data but the fullest
    /// samples.
    pub people: Estimate,
    /// Different people over the whole session, by where they sit and whom they look like: narrower, and resting on more
    /// assumptions. `None` while too little is known.
    #[serde(default)]
    pub different: Option<Estimate>,
    /// Men among them; `None` while too little is known. A hint for a count, never about one person.
    pub men: Option<Estimate>,
    /// Women among them, likewise.
    pub women: Option<Estimate>,
    /// One line a student of the roster, in the roster's order.
    pub students: Vec<StudentPresence>,
    /// People who are on nobody's enrolment picture.
    pub unknown: Estimate,
    /// Faces over time: one point a sample, or the highest of the cameras that sampled at the same instant.
    pub series: Vec<CountPoint>,
    /// How lesson time was spent.
    #[serde(default)]
    pub teaching: Teaching,
    /// Why the numbers may be weaker than they look: few samples, outages, a dark picture.
    #[serde(default)]
    pub reservations: Vec<Reason>,
}

/// What a finding says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FindingKind {
    /// Fewer people than reported.
    FewerThanReported,
    /// A student who was reported present was never seen.
    ReportedPresentNeverSeen,
    /// A student who was reported absent was seen.
    ReportedAbsentSeen,
    /// Somebody who is on no enrolment picture.
    UnknownPerson,
    /// 替换: somebody else sits in, or punches, for a student.
    Replaced,
    /// 男女数量: men or women are not as many as reported or on the roster.
    SexCountsDiffer,
    /// 中途退出: a student left before the end.
    LeftMidway,
    /// Nobody in lesson time.
    NobodyThere,
    /// The class came together long after the first lesson's start.
    LateStart,
    /// Most of the class were gone long before the last lesson's end.
    EarlyEnd,
    /// The picture does not change at all.
    PictureFrozen,
    /// The picture is too dark to see by.
    PictureDark,
    /// 循环播放: the same stretch of pictures again within the day.
    PictureLooped,
    /// 重放录像: the pictures are those of an earlier day.
    PictureReplayed,
    /// 遮挡: something covers the lens.
    PictureCovered,
    /// 失焦: the picture is far less sharp than this camera's usually is.
    PictureBlurred,
    /// 移位: the camera looks elsewhere than in its reference picture.
    CameraMoved,
    /// 码流特征变化: encoder settings or resolution are others than before.
    StreamChanged,
    /// The report's roll is not the roster's.
    RollDiffers,
    /// The report came after its time.
    LateReport,
    /// No report came by its time.
    ReportMissing,
}

/// A finding as the rules raise it; storage adds identity, state and pictures.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FindingDraft {
    /// The rule.
    pub rule: RuleId,
    /// What it says.
    pub kind: FindingKind,
    /// Whom it is about; `None` when it is about the session.
    pub subject: Option<StudentId>,
    /// How sure, 0 to 1.
    pub confidence: f32,
    /// What should have been seen.
    pub expected: Text,
    /// What was seen.
    pub seen: Text,
    /// On what grounds.
    pub reasons: Vec<Reason>,
    /// What would change it.
    pub would_change: Text,
    /// The samples that show it best, in order of time; none for findings about papers.
    pub frames: Vec<ObservationId>,
}

/// The summary and the findings.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Judgement {
    /// Who was there.
    pub summary: SessionSummary,
    /// What does not fit, the surest first.
    pub findings: Vec<FindingDraft>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_way_of_counting_raises_what_is_likely_as_far_as_the_upper_end_allows() {
        let counted = |low, likely, high| Estimate { low, likely, high };
        let faces = counted(17, 18, 26);
        assert_eq!(faces.at_least(None), faces);
        assert_eq!(faces.at_least(Some(counted(20, 22, 24))), counted(20, 22, 26));
        assert_eq!(faces.at_least(Some(counted(3, 4, 5))), faces, "it takes nothing away");
        assert_eq!(faces.at_least(Some(counted(30, 31, 32))), counted(26, 26, 26), "the upper end stays");
    }
}
