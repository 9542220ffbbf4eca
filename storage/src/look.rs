//! What cameras look at, and what moved in their pictures: that a moved camera and a replayed recording are noticed.

use duxue_rules::{
    crosscheck::{Replay, StreamBefore},
    ids::{CameraId, ObservationId, SessionId, UserId},
    look::StreamPrint,
    span::Span,
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{
    Result, Tx, json,
    row::{FromRow, Row},
    value::args,
};

/// A reference picture to keep.
#[derive(Clone, Debug, PartialEq)]
pub struct NewReference {
    /// Of which camera.
    pub camera: CameraId,
    /// When it was taken.
    pub taken_at: Timestamp,
    /// Where the room's edges are, as the analysis wrote it.
    pub scene: String,
    /// Of how many pictures.
    pub samples: u32,
    /// The key of one of them in the object store.
    pub picture: Option<String>,
}

/// A reference picture as it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Reference {
    /// As it was taken.
    pub taken: NewReference,
    /// Since when it counts no more, by whom and why.
    pub retired: Option<Retired>,
}

/// Why a reference picture counts no more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Retired {
    /// Since when.
    pub at: Timestamp,
    /// Who said so.
    pub by: UserId,
    /// Why.
    pub reason: String,
}

/// What is known of a camera's pictures of one session.
#[derive(Clone, Debug, PartialEq)]
pub struct CameraSession {
    /// Which camera.
    pub camera: CameraId,
    /// Which session.
    pub session: SessionId,
    /// Of how many samples.
    pub samples: u32,
    /// What moved, as the analysis wrote it; empty when it is too old to be held against anything.
    pub trail: String,
    /// The newest description of the stream.
    pub stream: Option<StreamPrint>,
    /// Where it had moved so before.
    pub replays: Vec<Replay>,
    /// When the newest sample was taken.
    pub newest_at: Timestamp,
    /// The best and the worst of its pictures.
    pub pictures: Vec<KeptPicture>,
}

/// A picture that shows what a camera's day was like.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptPicture {
    /// Whether it is the best of its session or the worst.
    pub rank: PictureRank,
    /// Which sample.
    pub observation: ObservationId,
    /// When.
    pub at: Timestamp,
    /// Its key in the object store.
    pub object: String,
}

/// What a kept picture stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PictureRank {
    /// The clearest.
    Best,
    /// The least clear.
    Worst,
}

impl FromRow for Reference {
    fn from_row(row: &Row) -> Result<Self> {
        let retired = match (row.opt_time("retired_at")?, row.opt_parsed("retired_by")?, row.opt_text("reason")?) {
            (Some(at), Some(by), Some(reason)) => Some(Retired { at, by, reason }),
            (None, None, None) => None,
            _ => return Err(row.impossible("retired_at")),
        };
        let taken = NewReference {
            camera: row.parsed("camera_id")?,
            taken_at: row.time("taken_at")?,
            scene: row.text("scene")?,
            samples: row.number("samples")?,
            picture: row.opt_text("picture")?,
        };
        Ok(Self { taken, retired })
    }
}

impl FromRow for CameraSession {
    fn from_row(row: &Row) -> Result<Self> {
        Ok(Self {
            camera: row.parsed("camera_id")?,
            session: row.parsed("session_id")?,
            samples: row.number("samples")?,
            trail: row.text("trail")?,
            stream: row.opt_text("stream")?.map(|_| row.json("stream")).transpose()?,
            replays: row.json("replays")?,
            newest_at: row.time("newest_at")?,
            pictures: row.json("pictures")?,
        })
    }
}

impl FromRow for StreamBefore {
    fn from_row(row: &Row) -> Result<Self> {
        Ok(Self { camera: row.parsed("camera_id")?, at: row.time("newest_at")?, stream: row.json("stream")? })
    }
}

impl Tx {
    /// Keeps a reference picture; the newest that was not retired counts.
    pub async fn add_reference(&mut self, new: &NewReference) -> Result<()> {
        let NewReference { camera, taken_at, scene, samples, picture } = new;
        let args = args![camera, taken_at, scene, samples, picture];
        self.run(
            "INSERT INTO camera_references (camera_id, taken_at, scene, samples, picture) VALUES ($1, $2, $3, $4, $5)",
            args,
        )
        .await?;
        Ok(())
    }

    /// The reference picture that counts.
    pub async fn reference(&mut self, camera: CameraId) -> Result<Option<Reference>> {
        self.optional(
            "SELECT * FROM camera_references WHERE camera_id = $1 AND retired_at IS NULL ORDER BY taken_at DESC LIMIT 1",
            args![camera],
        )
        .await
    }

    /// All that there were of a camera, the newest first.
    pub async fn references(&mut self, camera: CameraId) -> Result<Vec<Reference>> {
        self.all("SELECT * FROM camera_references WHERE camera_id = $1 ORDER BY taken_at DESC", args![camera]).await
    }

    /// Retires the reference picture that was taken then. Lost when it does not count any more.
    pub async fn retire_reference(&mut self, camera: CameraId, taken_at: Timestamp, retired: &Retired) -> Result<()> {
        self.advance(
            "reference",
            "UPDATE camera_references SET retired_at = $3, retired_by = $4, reason = $5
             WHERE camera_id = $1 AND taken_at = $2 AND retired_at IS NULL",
            args![camera, taken_at, retired.at, retired.by, retired.reason],
        )
        .await
    }

    /// Replaces what is known of a camera's pictures of a session, but for the pictures that are kept.
    pub async fn put_camera_session(&mut self, known: &CameraSession) -> Result<()> {
        let CameraSession { camera, session, samples, trail, stream, replays, newest_at, pictures } = known;
        let stream = stream.as_ref().map(json::text);
        self.run(
            "INSERT INTO camera_sessions (camera_id, session_id, samples, trail, stream, replays, newest_at, pictures)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
             ON CONFLICT (camera_id, session_id) DO UPDATE
             SET samples = excluded.samples, trail = excluded.trail, stream = excluded.stream,
                 replays = excluded.replays, newest_at = excluded.newest_at",
            args![camera, session, samples, trail, stream, json::text(replays), newest_at, json::text(pictures)],
        )
        .await?;
        Ok(())
    }

    /// Says which pictures of a session are kept, once.
    pub async fn keep_pictures(
        &mut self,
        camera: CameraId,
        session: SessionId,
        pictures: &[KeptPicture],
    ) -> Result<()> {
        self.advance(
            "camera session",
            "UPDATE camera_sessions SET pictures = $3 WHERE camera_id = $1 AND session_id = $2 AND pictures = '[]'",
            args![camera, session, json::text(&pictures)],
        )
        .await
    }

    /// What is known of a camera's pictures of a session.
    pub async fn camera_session(&mut self, camera: CameraId, session: SessionId) -> Result<Option<CameraSession>> {
        self.optional("SELECT * FROM camera_sessions WHERE camera_id = $1 AND session_id = $2", args![camera, session])
            .await
    }

    /// What is known of a camera's sessions whose newest sample is from `span`, in order of time.
    pub async fn camera_sessions(&mut self, camera: CameraId, span: Span) -> Result<Vec<CameraSession>> {
        self.all(
            "SELECT * FROM camera_sessions WHERE camera_id = $1 AND newest_at >= $2 AND newest_at < $3
             ORDER BY newest_at, session_id",
            args![camera, span.start(), span.end()],
        )
        .await
    }

    /// How a camera's stream last described itself before `before`.
    pub async fn stream_before(&mut self, camera: CameraId, before: Timestamp) -> Result<Option<StreamBefore>> {
        self.optional(
            "SELECT camera_id, newest_at, stream FROM camera_sessions
             WHERE camera_id = $1 AND newest_at < $2 AND stream IS NOT NULL
             ORDER BY newest_at DESC LIMIT 1",
            args![camera, before],
        )
        .await
    }

    /// Empties the trails whose newest sample is older than `before`; of how many sessions.
    pub async fn forget_trails(&mut self, before: Timestamp) -> Result<u64> {
        self.run("UPDATE camera_sessions SET trail = '' WHERE newest_at < $1 AND trail <> ''", args![before]).await
    }

    /// Takes the kept pictures older than `before` out of the rows; their keys, for the object store to let go of.
    pub async fn forget_pictures(&mut self, before: Timestamp) -> Result<Vec<KeptPicture>> {
        let old: Vec<CameraSession> =
            self.all("SELECT * FROM camera_sessions WHERE newest_at < $1 AND pictures <> '[]'", args![before]).await?;
        self.run("UPDATE camera_sessions SET pictures = '[]' WHERE newest_at < $1 AND pictures <> '[]'", args![before])
            .await?;
        Ok(old.into_iter().flat_map(|session| session.pictures).collect())
    }
}
