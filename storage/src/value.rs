//! What a statement's `$1`, `$2`, … may be bound to, for both databases alike.

use duxue_rules::ids::{
    AssessmentId, CameraId, ChangeRequestId, ClaimId, ClassId, ClipId, CloseOutId, DeviceId, ExceptionId, FileId,
    FindingId, InstitutionId, LeaveId, LikenessId, MessageId, NoticeId, ObjectionId, ObservationId, OutageId, PunchId,
    ReportId, SegmentId, SelectionId, SessionId, SignatureId, SpotCheckId, StandardId, StatementId, StudentId,
    SubsidyId, SummaryId, SupervisionId, TemplateId, TextbookExceptionId, TimetableId, TrackingId, UploadId, UserId,
    VenueApprovalId, VenueId, VerificationId, ViolationId, WatchId,
};
use jiff::{Timestamp, civil::Date};

/// A bound value. Each variant knows its type also when it is NULL, as PostgreSQL wants to be told.
#[derive(Clone, Debug)]
pub(crate) enum Value {
    Text(Option<String>),
    Int(Option<i64>),
    Real(Option<f64>),
    Flag(Option<bool>),
}

/// What can be bound.
pub(crate) trait ToValue {
    const NULL: Value;
    fn to_value(&self) -> Value;
}

impl<T: ToValue> ToValue for Option<T> {
    const NULL: Value = T::NULL;
    fn to_value(&self) -> Value {
        self.as_ref().map_or(T::NULL, T::to_value)
    }
}

impl<T: ToValue + ?Sized> ToValue for &T {
    const NULL: Value = T::NULL;
    fn to_value(&self) -> Value {
        T::to_value(self)
    }
}

macro_rules! bind {
    ($variant:ident($null:ty): $($type:ty => |$it:ident| $value:expr),+ $(,)?) => {$(
        impl ToValue for $type {
            const NULL: Value = Value::$variant(None);
            fn to_value(&self) -> Value {
                let $it = self;
                Value::$variant(Some($value))
            }
        }
    )+};
}

bind! { Text(String):
    str => |it| it.to_owned(),
    String => |it| it.clone(),
    Date => |it| it.to_string(),
}

bind! { Int(i64):
    i64 => |it| *it,
    i16 => |it| i64::from(*it),
    u32 => |it| i64::from(*it),
    // Sizes in bytes: beyond 2^63 there is no disk.
    u64 => |it| i64::try_from(*it).unwrap_or(i64::MAX),
    Timestamp => |it| it.as_microsecond(),
}

bind! { Real(f64):
    f32 => |it| f64::from(*it),
}

bind! { Flag(bool):
    bool => |it| *it,
}

macro_rules! bind_ids {
    ($($id:ident),+ $(,)?) => {
        bind! { Text(String): $($id => |it| it.to_string()),+ }
    };
}

bind_ids! {
    AssessmentId, CameraId, ChangeRequestId, ClaimId, ClassId, ClipId, CloseOutId, DeviceId, ExceptionId, FileId, FindingId, InstitutionId, LeaveId, LikenessId, MessageId, NoticeId, ObjectionId, ObservationId, OutageId, PunchId, ReportId, SegmentId, SelectionId, SessionId, SignatureId, SpotCheckId, StandardId, StatementId, StudentId, SubsidyId, SummaryId, SupervisionId, TemplateId, TextbookExceptionId, TimetableId, TrackingId, UploadId, UserId, VenueApprovalId, VenueId, VerificationId, ViolationId, WatchId,
}

/// `args![id, name, at]`: the values of `$1`, `$2`, `$3`.
macro_rules! args {
    ($($value:expr),* $(,)?) => { &[$($crate::value::ToValue::to_value(&$value)),*] };
}
pub(crate) use args;
