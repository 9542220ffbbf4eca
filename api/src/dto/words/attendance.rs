//! Punches, leave, statements and reports.

use duxue_rules as rules;

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
