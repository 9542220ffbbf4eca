//! Short references to things, with the name a reader needs.

use duxue_rules::{
    ids::{CameraId, ClassId, DeviceId, InstitutionId, SessionId, StudentId, UserId, VenueId},
    span::Span,
};
use duxue_storage::Named;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A sentence in both languages.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Text {
    /// Chinese.
    pub zh: String,
    /// English.
    pub en: String,
}

impl Text {
    /// Both languages at once.
    pub fn new(zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self { zh: zh.into(), en: en.into() }
    }
}

impl From<duxue_rules::Text> for Text {
    fn from(text: duxue_rules::Text) -> Self {
        Self { zh: text.zh, en: text.en }
    }
}

/// Time from `start` (inside) to `end` (outside).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct TimeSpan {
    /// The first instant inside.
    pub start: Timestamp,
    /// The first instant outside.
    pub end: Timestamp,
}

impl From<Span> for TimeSpan {
    fn from(span: Span) -> Self {
        Self { start: span.start(), end: span.end() }
    }
}

/// A training institution 培训机构.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct InstitutionRef {
    /// Its identity.
    #[schema(value_type = Uuid)]
    pub id: InstitutionId,
    /// Its name.
    pub name: String,
}

/// A classroom 场地.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct VenueRef {
    /// Its identity.
    #[schema(value_type = Uuid)]
    pub id: VenueId,
    /// Its name.
    pub name: String,
}

/// A camera.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct CameraRef {
    /// Its identity.
    #[schema(value_type = Uuid)]
    pub id: CameraId,
    /// Its name.
    pub name: String,
}

/// A check-in device.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct DeviceRef {
    /// Its identity.
    #[schema(value_type = Uuid)]
    pub id: DeviceId,
    /// Its name.
    pub name: String,
}

/// A class 班次.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct ClassRef {
    /// Its identity.
    #[schema(value_type = Uuid)]
    pub id: ClassId,
    /// Its name.
    pub name: String,
}

/// One teaching session of a class.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct SessionRef {
    /// Its identity.
    #[schema(value_type = Uuid)]
    pub id: SessionId,
    /// When it begins.
    pub starts_at: Timestamp,
    /// When it ends.
    pub ends_at: Timestamp,
}

/// A student 学员.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct StudentRef {
    /// Their identity.
    #[schema(value_type = Uuid)]
    pub student_id: StudentId,
    /// Their name.
    pub name: String,
}

/// A person who signs in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct UserRef {
    /// Their identity.
    #[schema(value_type = Uuid)]
    pub id: UserId,
    /// The name shown.
    pub display_name: String,
}

macro_rules! from_named {
    ($($reference:ident: $id:ty),+ $(,)?) => {$(
        impl From<Named<$id>> for $reference {
            fn from(named: Named<$id>) -> Self {
                Self { id: named.id, name: named.name }
            }
        }
    )+};
}

from_named! { InstitutionRef: InstitutionId, VenueRef: VenueId, CameraRef: CameraId, ClassRef: ClassId, DeviceRef: DeviceId }

impl From<Named<StudentId>> for StudentRef {
    fn from(named: Named<StudentId>) -> Self {
        Self { student_id: named.id, name: named.name }
    }
}

impl From<Named<UserId>> for UserRef {
    fn from(named: Named<UserId>) -> Self {
        Self { id: named.id, display_name: named.name }
    }
}

impl SessionRef {
    /// The session of that identity and time.
    pub fn new(id: SessionId, span: Span) -> Self {
        Self { id, starts_at: span.start(), ends_at: span.end() }
    }
}
