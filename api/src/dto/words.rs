//! The words of the rules, as the OpenAPI document lists them.
//!
//! Each is the rules' enum name for name; the conversions are exhaustive, so a new word breaks the build here.

use duxue_rules as rules;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

macro_rules! mirror {
    ($(#[$doc:meta])* $name:ident = $theirs:path { $($(#[$word_doc:meta])* $word:ident),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
        #[serde(rename_all = "snake_case")]
        pub enum $name { $($(#[$word_doc])* $word),+ }

        impl From<$theirs> for $name {
            fn from(word: $theirs) -> Self {
                use $theirs as Theirs;
                match word { $(Theirs::$word => Self::$word),+ }
            }
        }

        impl From<$name> for $theirs {
            fn from(word: $name) -> Self {
                use $theirs as Theirs;
                match word { $($name::$word => Theirs::$word),+ }
            }
        }

        impl $name {
            /// Every word, in order.
            pub const ALL: &[Self] = &[$(Self::$word),+];
        }
    };
}

mirror! {
    /// How far a class has come from its close-out to its payment (八 to 十).
    SettlementState = duxue_storage::class::Settlement {
        /// Close-out was not applied for, or turned down.
        NotApplied,
        /// Close-out was applied for.
        Applied,
        /// The centre accepted students at close-out.
        Accepted,
        /// The institution claims the subsidy.
        Claimed,
        /// It was reckoned, and the reckoning does not hang.
        Reckoned,
        /// The newest reckoning hangs, or hung.
        Noticed,
        /// It was paid.
        Paid,
    }
}

mirror! {
    /// What a signed-in person is.
    Role = rules::access::Role {
        /// 监管人员 of the centre.
        Supervisor,
        /// Manager of the centre.
        Manager,
        /// 审计: reads everything, changes nothing.
        Auditor,
        /// A person of one institution.
        Institution,
    }
}

mirror! {
    /// What is kept, and for how long by a rule of its own.
    Kept = rules::retention::Kept {
        /// The application with its files.
        Application,
        /// The roster and the students' papers.
        Roster,
        /// Punches, reports, statements, supervision, findings, decisions, money.
        Records,
        /// Sealed evidence clips.
        SealedClip,
        /// Face templates.
        FaceTemplate,
        /// The audit log.
        Audit,
    }
}

mirror! {
    /// What a person may do, to what is theirs to see.
    Action = rules::access::Action {
        /// See classes, rosters (ID numbers masked), reports and their standing.
        ReadClass,
        /// See how cameras are doing.
        ReadCameraHealth,
        /// Watch live video.
        WatchLive,
        /// Watch recorded video and its gaps.
        WatchRecording,
        /// See findings and the frames that show them.
        ReadFinding,
        /// See, fetch and verify evidence clips.
        ReadClip,
        /// Fetch everything of a class as one package (R9.3, R11.1).
        ReadPackage,
        /// Read the audit log and check its chain.
        ReadAudit,
        /// See supervision records, inspection sheets and draws (R7.4).
        ReadSupervision,
        /// See charges and violations with what they bring on (R7.5); an institution its own.
        ReadConduct,
        /// See subsidies, notices before they hang, and payments (R9.4, R10).
        ReadSubsidy,
        /// See an ID number in full; logged each time.
        RevealPerson,
        /// Confirm or dismiss a finding.
        DecideFinding,
        /// Hand in files: scans, photos, sheets.
        AddFile,
        /// Send the daily report.
        SendReport,
        /// Add students and their enrolment pictures.
        EditRoster,
        /// Add classes and sessions.
        EditClass,
        /// Add, change and remove cameras.
        EditCamera,
        /// Have a clip cut now.
        RequestClip,
        /// See and add users.
        EditUser,
        /// Keep institutions, the approval list of majors, venues' approvals and textbooks (一).
        EditCatalogue,
        /// Self-check, students' papers, application of a class (R2.1, R3, R6.1).
        PrepareOpening,
        /// Review the filing on site and decide the application (R5.1, R6.2).
        ReviewFiling,
        /// Hand in syllabus, plan and timetable, and ask for changes (R7.2a).
        PlanTeaching,
        /// Approve or refuse a timetable and a change to it (R7.2a).
        DecideTeaching,
        /// Import punches, record leave, hand in statements and summaries (R7.3).
        KeepAttendance,
        /// Register and withdraw check-in devices (R7.3a).
        EditDevice,
        /// Sign remote supervision, draw whom to check, inspect on site (R7.4).
        Supervise,
        /// Sign an inspection sheet as the inspected institution (R7.4b).
        CountersignInspection,
        /// Confirm a violation and carry out its measure (R7.5).
        ConfirmViolation,
        /// Lift a suspension (R7.5).
        LiftSuspension,
        /// Write to the other side about a class (R7.6).
        SendMessage,
        /// Hand in video evidence (九).
        UploadEvidence,
        /// Take what was handed in as evidence of a lesson, or turn it down (R9.1).
        TakeEvidence,
        /// Apply for close-out and claim the subsidy (R8.1, R9.4).
        ApplyCloseout,
        /// Accept students at close-out, record assessments and certificates (R8).
        DecideCloseout,
        /// Set standards, spot-check, reckon subsidies (R4.4, R9.4).
        ReckonSubsidy,
        /// Hang a public notice and record objections (R10.1).
        PublishNotice,
        /// Record a payment (R10.2).
        RecordPayment,
        /// Fill in the tracking ledger (R11.2).
        KeepTracking,
        /// Change the numbers that decisions rest on, and the calendar.
        EditPolicy,
        /// Keep webhooks and exchanges with other systems.
        EditIntegration,
    }
}

mirror! {
    /// What a camera is doing now.
    CameraState = rules::camera::CameraState {
        /// The connection is being made, or the first key frame is awaited.
        Connecting,
        /// Pictures arrive.
        Live,
        /// Connected, but nothing has arrived for longer than the limit.
        Stalled,
        /// The last try failed; the next comes after a pause.
        BackingOff,
        /// Trying again is pointless until someone changes something.
        Refused,
    }
}

mirror! {
    /// Why there is no footage.
    OutageCause = rules::camera::OutageCause {
        /// Nobody answered at the address.
        Unreachable,
        /// The camera refused the user name or the password.
        Unauthorized,
        /// The camera answers, but has no such stream.
        NotFound,
        /// No video, or a codec that is not supported.
        UnsupportedMedia,
        /// Packets stopped coming.
        Stalled,
        /// The camera or the network cut the connection.
        Disconnected,
        /// What arrived could not be understood.
        CorruptStream,
        /// The recorder's disk was full.
        DiskFull,
        /// The recorder could not write for another reason.
        DiskError,
        /// The recorder was not running.
        RecorderDown,
        /// The camera was switched off, or not yet added.
        Disabled,
        /// The recorder was connecting for the first time.
        Starting,
        /// Recorded, and let go to make room.
        Pruned,
        /// No record says why.
        Unknown,
    }
}

mirror! {
    /// Registered sex, as the ID card has it.
    Sex = rules::roster::Sex {
        /// 男.
        Male,
        /// 女.
        Female,
    }
}

mirror! {
    /// Why a student is absent.
    AbsenceReason = rules::report::AbsenceReason {
        /// 病假.
        Sick,
        /// 事假.
        Personal,
        /// 其他.
        Other,
    }
}

mirror! {
    /// Whether a student was in the room.
    Presence = rules::crosscheck::Presence {
        /// Recognised in enough samples.
        Seen,
        /// Would have been recognised by now, but was not.
        NotSeen,
        /// The pictures do not say.
        Unclear,
    }
}

mirror! {
    /// What a stretch of a session was.
    TeachingState = rules::crosscheck::TeachingState {
        /// The class is together.
        Together,
        /// Fewer people than a class that is together.
        Few,
        /// Nobody in the picture.
        Empty,
        /// Between two lessons of the timetable.
        Break,
        /// No picture, or none that shows anything.
        Unseen,
    }
}

mirror! {
    /// What a finding says.
    FindingKind = rules::crosscheck::FindingKind {
        /// Fewer people than reported.
        FewerThanReported,
        /// A student who was reported present was never seen.
        ReportedPresentNeverSeen,
        /// A student who was reported absent was seen.
        ReportedAbsentSeen,
        /// Somebody who is on no enrolment picture.
        UnknownPerson,
        /// 替换: somebody unknown sits in for a student.
        Replaced,
        /// 男女数量: men or women are not as many as reported.
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
}

mirror! {
    /// What a verification looks for.
    VerificationMatter = rules::verification::Matter {
        /// R4.1 创业: a registered business.
        Business,
        /// R4.2 就业: payments to the province's pension insurance of employees.
        Employment,
        /// R4.3 其他: the same of other provinces, or the pension insurance of public institutions.
        Other,
    }
}

mirror! {
    /// When a verification is due.
    VerificationPhase = rules::verification::Phase {
        /// 培训开始前.
        Before,
        /// 培训结束.
        AtEnd,
    }
}

mirror! {
    /// Which side verifies.
    Verifier = rules::verification::Verifier {
        /// 培训机构.
        Institution,
        /// 市就业和人才服务中心.
        Centre,
    }
}

mirror! {
    /// On what paper a verification rests.
    VerificationEvidence = rules::verification::Evidence {
        /// 核实说明.
        Note,
        /// 截图.
        Screenshot,
        /// 核实承诺书.
        CommitmentLetter,
        /// 对比缴费情况.
        Comparison,
    }
}

mirror! {
    /// Where an opening stands.
    OpeningStage = rules::opening::Stage {
        /// Somebody wants to open the class.
        Draft,
        /// 已自查 (R2.1).
        SelfChecked,
        /// 已通过现场审核 (R5.1).
        Filed,
        /// 已申请 (R6.1).
        Applied,
        /// 已批准 (R6.2).
        Approved,
        /// 已开班.
        Running,
    }
}

mirror! {
    /// What an institution checks of itself.
    SelfCheckItem = rules::opening::SelfCheckItem {
        /// 办学资质.
        Licence,
        /// 培训专业.
        Major,
        /// 教学场地.
        Venue,
        /// 选用教材.
        Textbooks,
    }
}

mirror! {
    /// A paper that the centre reviews on site.
    FilingPaper = rules::opening::FilingPaper {
        /// 身份证.
        IdCard,
        /// 学籍证明.
        StatusProof,
        /// 学员未创业说明.
        NoBusinessStatement,
        /// 打印签字的登记表 (附件2).
        RegistrationForm,
        /// 核实说明.
        VerificationNote,
    }
}

mirror! {
    /// Which end of the day a punch is for.
    Side = rules::attendance::Side {
        /// 签到.
        SignIn,
        /// 签退.
        SignOut,
    }
}

mirror! {
    /// How a device knew the student.
    PunchMethod = rules::attendance::PunchMethod {
        /// By face.
        Face,
        /// Another way; it does not count without a written statement (R7.3d).
        Other,
    }
}

mirror! {
    /// What is to be said of a punch.
    Mark = rules::attendance::Mark {
        /// Before its window opens: it does not count.
        Early,
        /// After its window closed: it does not count.
        Late,
        /// On a day without lessons: it does not count.
        NoLesson,
        /// Not by face: it does not count by itself.
        NotByFace,
        /// It arrived before it was made: it does not count.
        ClockAhead,
        /// An earlier one of the same side counts already.
        Duplicate,
        /// It arrived long after it was made; it counts all the same.
        Delayed,
        /// Made where the class has no lesson that day; it counts all the same.
        OtherVenue,
    }
}

mirror! {
    /// Why a student is on leave.
    LeaveKind = rules::attendance::LeaveKind {
        /// 病假.
        Sick,
        /// 事假.
        Personal,
    }
}

mirror! {
    /// What kept a student from punching (R7.3d).
    StatementCause = rules::attendance::StatementCause {
        /// 设备出现问题不能及时进行打卡的.
        DeviceDown,
        /// 培训学员无法实现打卡的.
        StudentUnable,
        /// 其他需要说明情况.
        Other,
    }
}

mirror! {
    /// What a written statement needs (R7.3d).
    Signer = rules::attendance::Signer {
        /// 培训机构管理人员签字.
        Manager,
        /// 盖章.
        Seal,
        /// 学员本人签字.
        Student,
    }
}

mirror! {
    /// What a paper says of a student on a day.
    DayValue = rules::attendance::DayValue {
        /// 出勤.
        Present,
        /// 病假.
        Sick,
        /// 事假.
        Personal,
        /// 缺勤.
        Absent,
    }
}

mirror! {
    /// How a student stands on a day.
    DayStanding = rules::attendance::Standing {
        /// Signed in and out.
        Present,
        /// The same, with a statement in place of a punch.
        Stated,
        /// Not, but on sick leave.
        Sick,
        /// Not, but on personal leave.
        Personal,
        /// Neither.
        Absent,
    }
}
