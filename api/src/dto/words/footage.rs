//! Cameras, what their pictures show, and what is found in it.

use duxue_rules as rules;

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
