//! R7.6: messages between an institution and the centre.

use duxue_rules::ids::{FileId, MessageId};
use duxue_storage::message::{Message as Row, ReadMark, Side as Stored};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::refs::UserRef;

/// A message to send.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewMessage {
    /// What it says.
    pub text: String,
    /// Files of the class's institution that go along.
    #[serde(default)]
    #[schema(value_type = Vec<Uuid>)]
    pub files: Vec<FileId>,
}

/// How far one has read.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewReadMark {
    /// This message and all before it.
    #[schema(value_type = Uuid)]
    pub up_to: MessageId,
}

/// Who speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = Speaker)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// The centre.
    Centre,
    /// The institution.
    Institution,
}

/// A file that goes along with a message.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct FileRef {
    /// Its identity.
    #[schema(value_type = Uuid)]
    pub id: FileId,
    /// As the sender called it.
    pub name: String,
}

/// A message.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Message {
    /// Its identity.
    #[schema(value_type = Uuid)]
    pub id: MessageId,
    /// Who speaks.
    pub side: Side,
    /// Who wrote it.
    pub sent_by: UserRef,
    /// When.
    pub sent_at: Timestamp,
    /// What it says.
    pub text: String,
    /// What goes along.
    pub files: Vec<FileRef>,
    /// Whether the other side has read it.
    pub read: bool,
}

impl From<Stored> for Side {
    fn from(side: Stored) -> Self {
        match side {
            Stored::Centre => Self::Centre,
            Stored::Institution => Self::Institution,
        }
    }
}

impl Message {
    pub(crate) fn of(row: Row, marks: &[ReadMark]) -> Self {
        Self {
            id: row.id,
            side: row.side.into(),
            read: marks.iter().any(|mark| mark.side != row.side && row.id <= mark.up_to),
            sent_by: row.sent_by.into(),
            sent_at: row.sent_at,
            text: row.text,
            files: row.files.into_iter().map(|file| FileRef { id: file.id, name: file.name }).collect(),
        }
    }
}
