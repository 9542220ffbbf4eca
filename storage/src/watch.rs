//! Watches: who looked at which camera's pictures, and for how long.

use duxue_rules::{
    ids::{CameraId, UserId, WatchId},
    span::Span,
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{
    Named, Result, Tx, json,
    row::{FromRow, Row},
    value::{ToValue, args},
};

/// One viewing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Watch {
    /// Its identity.
    pub id: WatchId,
    /// Who watched.
    pub user: Named<UserId>,
    /// Which camera.
    pub camera: Named<CameraId>,
    /// What of it.
    pub what: Watched,
    /// Which stream, of live pictures.
    pub stream: Option<WatchedStream>,
    /// From when.
    pub opened_at: Timestamp,
    /// To when; `None`: still.
    pub closed_at: Option<Timestamp>,
}

/// What was watched.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Watched {
    /// What the camera showed at that time.
    Live,
    /// What it had shown before.
    Recording,
    /// An evidence clip.
    Clip,
}

/// Which of a camera's streams.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WatchedStream {
    /// The recorded one.
    Main,
    /// The small one.
    Sub,
}

/// A viewing that begins.
#[derive(Clone, Debug)]
pub struct NewWatch {
    /// Its identity.
    pub id: WatchId,
    /// Who watches.
    pub user: UserId,
    /// Which camera.
    pub camera: CameraId,
    /// What of it.
    pub what: Watched,
    /// Which stream, of live pictures.
    pub stream: Option<WatchedStream>,
    /// Now.
    pub opened_at: Timestamp,
}

impl FromRow for Watch {
    fn from_row(row: &Row) -> Result<Self> {
        Ok(Self {
            id: row.parsed("id")?,
            user: row.named("user_id", "user_name")?,
            camera: row.named("camera_id", "camera_name")?,
            what: row.word("what")?,
            stream: row.opt_word("stream")?,
            opened_at: row.time("opened_at")?,
            closed_at: row.opt_time("closed_at")?,
        })
    }
}

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT w.id, w.user_id, u.display_name AS user_name, w.camera_id, c.name AS camera_name, w.what, w.stream,
                    w.opened_at, w.closed_at
             FROM watches w
             JOIN users u ON u.id = w.user_id
             JOIN cameras c ON c.id = w.camera_id ",
            $rest
        )
    };
}

impl Tx {
    /// A viewing begins. Field error: `camera_id`.
    pub async fn open_watch(&mut self, watch: &NewWatch) -> Result<()> {
        let NewWatch { id, user, camera, what, stream, opened_at } = watch;
        self.insert(
            "INSERT INTO watches (id, user_id, camera_id, what, stream, opened_at) VALUES ($1, $2, $3, $4, $5, $6)",
            args![id, user, camera, json::word(what), stream.map(|stream| json::word(&stream)), opened_at],
            &[("watches_camera_exists", "SELECT id FROM cameras WHERE id = $1", camera.to_value())],
        )
        .await
    }

    /// A viewing ends. Lost if it had ended.
    pub async fn close_watch(&mut self, id: WatchId, at: Timestamp) -> Result<()> {
        self.advance(
            "watch",
            "UPDATE watches SET closed_at = CASE WHEN opened_at > $2 THEN opened_at ELSE $2 END
             WHERE id = $1 AND closed_at IS NULL",
            args![id, at],
        )
        .await
    }

    /// At the start: what a crash left open ended at the latest when the recorder was last alive; how many.
    pub async fn close_watches_left_open(&mut self, at: Timestamp) -> Result<u64> {
        self.run(
            "UPDATE watches SET closed_at = CASE WHEN opened_at > $1 THEN opened_at ELSE $1 END WHERE closed_at IS NULL",
            args![at],
        )
        .await
    }

    /// Viewings by one person that overlap a time and are the ground of no record yet, the oldest first; one that still
    /// goes on reaches on.
    pub async fn unsigned_watches_of(&mut self, user: UserId, span: Span) -> Result<Vec<Watch>> {
        self.all(
            select!(
                "WHERE w.user_id = $1 AND w.opened_at < $3 AND (w.closed_at IS NULL OR w.closed_at > $2)
                   AND NOT EXISTS (SELECT 1 FROM remote_supervision_watches g WHERE g.watch_id = w.id)
                 ORDER BY w.id"
            ),
            args![user, span.start(), span.end()],
        )
        .await
    }

    /// Viewings, the newest first, before `after`.
    pub async fn watches(&mut self, after: Option<WatchId>, limit: u32) -> Result<Vec<Watch>> {
        self.all(select!("WHERE w.id < COALESCE($1, 'g') ORDER BY w.id DESC LIMIT $2"), args![after, limit]).await
    }
}
