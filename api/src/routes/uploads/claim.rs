//! What a sender says that the video shows.

use duxue_rules::ids::{ClassId, InstitutionId, SessionId};
use duxue_storage::Tx;
use jiff::Timestamp;

use crate::{problem::Failure, tus::Metadata};

/// The claim, in `Upload-Metadata`: `filename`, `class_id`, and `session_id` or `starts_at` or both.
pub(super) struct Claim {
    pub(super) filename: String,
    pub(super) class: ClassId,
    session: Option<SessionId>,
    starts_at: Option<Timestamp>,
}

/// The lesson that is claimed.
pub(super) struct Lesson {
    pub(super) session: Option<SessionId>,
    /// When the first picture was taken.
    pub(super) start: Timestamp,
}

impl Claim {
    /// Reads it; what it names need not exist.
    pub(super) fn of(metadata: &Metadata) -> Result<Self, Failure> {
        let filename = metadata.get("filename").unwrap_or_default().trim().to_owned();
        let class = parsed(metadata, "class_id")?.ok_or_else(|| wrong("class_id"))?;
        let (session, starts_at) = (parsed(metadata, "session_id")?, parsed(metadata, "starts_at")?);
        Ok(Self { filename, class, session, starts_at })
    }

    /// Looks up the lesson. It must be one of the class; without one the start must be told.
    pub(super) async fn lesson(&self, tx: &mut Tx, owner: InstitutionId) -> Result<Lesson, Failure> {
        let Some(id) = self.session else {
            let start = self.starts_at.ok_or_else(|| {
                Failure::field(
                    "starts_at",
                    "请指明是哪次课（session_id），或录像开始的时间（starts_at）。",
                    "say which session it shows, or when its first picture was taken",
                )
            })?;
            return Ok(Lesson { session: None, start });
        };
        let session = tx.session(id).await?;
        match session.filter(|session| session.class.id == self.class && session.institution == owner) {
            Some(session) => {
                Ok(Lesson { session: Some(id), start: self.starts_at.unwrap_or_else(|| session.span.start()) })
            }
            None => Err(Failure::field("session_id", "该班没有这次课。", "the class has no such session")),
        }
    }
}

fn parsed<T: std::str::FromStr>(metadata: &Metadata, key: &str) -> Result<Option<T>, Failure> {
    metadata.get(key).map(|text| text.parse().map_err(|_| wrong(key))).transpose()
}

fn wrong(key: &str) -> Failure {
    Failure::parameter(
        key,
        format!("Upload-Metadata 中的 {key} 缺失或不正确。"),
        format!("{key} in Upload-Metadata is missing or wrong"),
    )
}
