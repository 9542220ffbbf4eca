//! R7.6: messages between an institution and the centre about a class; written once, never changed.

use std::collections::HashMap;

use duxue_rules::ids::{ClassId, FileId, MessageId, UserId};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{
    Named, Result, Tx, json,
    row::{FromRow, Row},
    value::args,
};

/// Who speaks, and who reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// The centre.
    Centre,
    /// The class's institution.
    Institution,
}

/// A message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// Its identity; the order of messages is that of their identities.
    pub id: MessageId,
    /// Who speaks.
    pub side: Side,
    /// Who wrote it.
    pub sent_by: Named<UserId>,
    /// When.
    pub sent_at: Timestamp,
    /// What it says.
    pub text: String,
    /// What goes along.
    pub files: Vec<Named<FileId>>,
}

/// A message to send.
#[derive(Clone, Debug)]
pub struct NewMessage {
    /// Its identity.
    pub id: MessageId,
    /// About which class.
    pub class: ClassId,
    /// Who speaks.
    pub side: Side,
    /// Who wrote it.
    pub sent_by: UserId,
    /// Now.
    pub sent_at: Timestamp,
    /// What it says.
    pub text: String,
    /// What goes along.
    pub files: Vec<FileId>,
}

/// How far a side has read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadMark {
    /// Which side.
    pub side: Side,
    /// This message and all before it.
    pub up_to: MessageId,
    /// Who read last.
    pub by: Named<UserId>,
    /// When.
    pub at: Timestamp,
}

impl FromRow for Message {
    fn from_row(row: &Row) -> Result<Self> {
        Ok(Self {
            id: row.parsed("id")?,
            side: row.word("side")?,
            sent_by: row.named("sent_by", "sent_by_name")?,
            sent_at: row.time("sent_at")?,
            text: row.text("text")?,
            files: Vec::new(),
        })
    }
}

impl FromRow for ReadMark {
    fn from_row(row: &Row) -> Result<Self> {
        Ok(Self {
            side: row.word("side")?,
            up_to: row.parsed("message_id")?,
            by: row.named("read_by", "read_by_name")?,
            at: row.time("read_at")?,
        })
    }
}

/// A file and the message that it goes along with.
struct Attached(MessageId, Named<FileId>);

impl FromRow for Attached {
    fn from_row(row: &Row) -> Result<Self> {
        Ok(Self(row.parsed("message_id")?, row.named("file_id", "file_name")?))
    }
}

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT m.id, m.side, m.sent_by, u.display_name AS sent_by_name, m.sent_at, m.text
             FROM messages m JOIN users u ON u.id = m.sent_by ",
            $rest
        )
    };
}

macro_rules! select_attached {
    ($rest:literal) => {
        concat!(
            "SELECT a.message_id, a.file_id, f.name AS file_name
             FROM message_files a JOIN messages m ON m.id = a.message_id JOIN files f ON f.id = a.file_id ",
            $rest
        )
    };
}

impl Tx {
    /// Sends one. Field errors: `text`, `files` (one is there twice).
    pub async fn add_message(&mut self, message: &NewMessage) -> Result<()> {
        let NewMessage { id, class, side, sent_by, sent_at, text, files } = message;
        self.run(
            "INSERT INTO messages (id, class_id, side, sent_by, sent_at, text) VALUES ($1, $2, $3, $4, $5, $6)",
            args![id, class, json::word(side), sent_by, sent_at, text],
        )
        .await?;
        for file in files {
            self.run("INSERT INTO message_files (message_id, file_id) VALUES ($1, $2)", args![id, file]).await?;
        }
        Ok(())
    }

    /// The one of that identity.
    pub async fn message(&mut self, id: MessageId) -> Result<Option<Message>> {
        let Some(mut message) = self.optional::<Message>(select!("WHERE m.id = $1"), args![id]).await? else {
            return Ok(None);
        };
        let attached: Vec<Attached> =
            self.all(select_attached!("WHERE a.message_id = $1 ORDER BY a.file_id"), args![id]).await?;
        message.files = attached.into_iter().map(|Attached(_, file)| file).collect();
        Ok(Some(message))
    }

    /// A class's messages, the newest first, before `after`.
    pub async fn messages(&mut self, class: ClassId, after: Option<MessageId>, limit: u32) -> Result<Vec<Message>> {
        let mut messages: Vec<Message> = self
            .all(
                select!("WHERE m.class_id = $1 AND m.id < COALESCE($2, 'g') ORDER BY m.id DESC LIMIT $3"),
                args![class, after, limit],
            )
            .await?;
        let (newest, oldest) = (messages.first().map(|m| m.id), messages.last().map(|m| m.id));
        let attached: Vec<Attached> = self
            .all(
                select_attached!("WHERE m.class_id = $1 AND m.id <= $2 AND m.id >= $3 ORDER BY a.file_id"),
                args![class, newest, oldest],
            )
            .await?;
        let mut files: HashMap<MessageId, Vec<Named<FileId>>> = HashMap::new();
        for Attached(id, file) in attached {
            files.entry(id).or_default().push(file);
        }
        for message in &mut messages {
            message.files = files.remove(&message.id).unwrap_or_default();
        }
        Ok(messages)
    }

    /// Whether a message is about that class.
    pub async fn is_message_of(&mut self, class: ClassId, id: MessageId) -> Result<bool> {
        let n: i64 =
            self.one("SELECT COUNT(*) AS n FROM messages WHERE class_id = $1 AND id = $2", args![class, id]).await?;
        Ok(n > 0)
    }

    /// A side has read up to a message; whether that is further than before. It never goes back.
    pub async fn mark_read(
        &mut self,
        class: ClassId,
        side: Side,
        up_to: MessageId,
        by: UserId,
        at: Timestamp,
    ) -> Result<bool> {
        let moved = self
            .run(
                "INSERT INTO message_reads (class_id, side, message_id, read_by, read_at) VALUES ($1, $2, $3, $4, $5)
             ON CONFLICT (class_id, side) DO UPDATE
             SET message_id = excluded.message_id, read_by = excluded.read_by, read_at = excluded.read_at
             WHERE message_reads.message_id < excluded.message_id",
                args![class, json::word(&side), up_to, by, at],
            )
            .await?;
        Ok(moved > 0)
    }

    /// How far each side has read a class's messages.
    pub async fn read_marks(&mut self, class: ClassId) -> Result<Vec<ReadMark>> {
        self.all(
            "SELECT r.side, r.message_id, r.read_by, u.display_name AS read_by_name, r.read_at
             FROM message_reads r JOIN users u ON u.id = r.read_by WHERE r.class_id = $1 ORDER BY r.side",
            args![class],
        )
        .await
    }
}
