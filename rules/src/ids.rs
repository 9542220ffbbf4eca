//! A type for every kind of identity, so that a camera is never taken for a class.
//!
//! Identities are made by whoever creates the thing (UUID version 7, RFC 9562) and come in here as values.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};
use uuid::Uuid;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!(stringify!($name), "({})"), self.0)
            }
        }

        impl FromStr for $name {
            type Err = uuid::Error;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map(Self)
            }
        }

        impl From<Uuid> for $name {
            fn from(value: Uuid) -> Self {
                Self(value)
            }
        }
    )+};
}

ids! {
    /// A training institution 培训机构.
    InstitutionId,
    /// A person who signs in.
    UserId,
    /// A classroom 场地/教室 of one institution.
    VenueId,
    /// A camera; it belongs to a venue.
    CameraId,
    /// A class 班次/班期.
    ClassId,
    /// A student 学员 on a class's roster.
    StudentId,
    /// One teaching session: a class in a venue over one unbroken span of lessons.
    SessionId,
    /// One daily report 日出勤情况报告单 line: a class on a day.
    ReportId,
    /// What the camera showed at one instant.
    ObservationId,
    /// A finding 疑点.
    FindingId,
    /// A recorded segment of a camera's footage.
    SegmentId,
    /// A time in which a camera gave no footage, with its cause.
    OutageId,
    /// An evidence clip 视频资料.
    ClipId,
    /// Two videos that seem to show the same.
    LikenessId,
    /// One viewing of a live or recorded picture by a user.
    WatchId,
    /// A lesson 课时 of a timetable.
    LessonId,
    /// A timetable 课程表 as it was handed in.
    TimetableId,
    /// A check-in device 打卡设备; it belongs to a venue.
    DeviceId,
    /// A punch 打卡 at a face-recognition device.
    PunchId,
    /// A sick or personal leave 请假 of a student.
    LeaveId,
    /// A monthly summary 附件6 as it was handed in.
    SummaryId,
    /// A written statement 书面说明.
    StatementId,
    /// A request to change the timetable 调整课时申请.
    ChangeRequestId,
    /// A record of remote supervision, or the sheet of an on-site inspection.
    SupervisionId,
    /// A draw of the classes to look at on a day.
    SelectionId,
    /// A confirmed violation 违规.
    ViolationId,
    /// An application for close-out 结课验收.
    CloseOutId,
    /// The assessment 考核 of a student.
    AssessmentId,
    /// The subsidy's standard 补贴标准 of a major in a year.
    StandardId,
    /// A claim 补贴申请 of a class.
    ClaimId,
    /// A verification 核实 of a student at the end of a course.
    VerificationId,
    /// What the centre let pass for a student.
    ExceptionId,
    /// A spot check 抽查 of a class's students.
    SpotCheckId,
    /// A reckoning 补贴核算 of a class's subsidy.
    SubsidyId,
    /// A public notice 公示.
    NoticeId,
    /// An objection 异议 to a notice.
    ObjectionId,
    /// A line of the tracking ledger 就(创)业情况统计台账.
    TrackingId,
    /// A message between an institution and the centre.
    MessageId,
    /// A file that was handed in: a scan, a photo, a sheet.
    FileId,
    /// A signature under a record.
    SignatureId,
    /// A face template made from an enrolment picture.
    TemplateId,
    /// The bureau's approval of a venue (R1.2).
    VenueApprovalId,
    /// The bureau's approval of a textbook that is not in the national catalogue (R1.3).
    TextbookExceptionId,
    /// A video that an institution hands in.
    UploadId,
}
