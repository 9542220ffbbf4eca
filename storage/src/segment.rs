//! Segments: files of footage that are safe on disk. The row comes after the file.

use duxue_rules::{
    camera::OutageCause,
    coverage::{Outage as Missing, Recorded},
    ids::{CameraId, SegmentId},
    span::Span,
};
use jiff::Timestamp;

use crate::{
    Result, Tx,
    row::{FromRow, Row},
    value::args,
};

/// A file of footage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Segment {
    /// Its identity.
    pub id: SegmentId,
    /// Whose pictures.
    pub camera: CameraId,
    /// From its first picture to the end of its last; at most an hour.
    pub span: Span,
    /// Its size.
    pub bytes: u64,
    /// Its SHA-256.
    pub sha256: [u8; 32],
    /// Where it lies below the recordings directory.
    pub path: String,
    /// RFC 6381, such as `avc1.640028`.
    pub codec: String,
    /// Pixels.
    pub width: u32,
    /// Pixels.
    pub height: u32,
    /// Whether it was finished after a crash, at its last whole fragment.
    pub recovered: bool,
    /// When the file was let go to make room.
    pub pruned_at: Option<Timestamp>,
}

impl Segment {
    /// As the rules of coverage take it: recorded, or missing since it was let go.
    pub fn fact(&self) -> Result<Recorded, Missing> {
        match self.pruned_at {
            None => Ok(Recorded { segment: self.id, span: self.span }),
            Some(_) => {
                let (span_start, end) = (self.span.start(), Some(self.span.end()));
                Err(Missing { span_start, end, cause: OutageCause::Pruned })
            }
        }
    }
}

impl FromRow for Segment {
    fn from_row(row: &Row) -> Result<Self> {
        Ok(Self {
            id: row.parsed("id")?,
            camera: row.parsed("camera_id")?,
            span: row.span("starts_at", "ends_at")?,
            bytes: row.number("bytes")?,
            sha256: row.hash("sha256")?,
            path: row.text("path")?,
            codec: row.text("codec")?,
            width: row.number("width")?,
            height: row.number("height")?,
            recovered: row.flag("recovered")?,
            pruned_at: row.opt_time("pruned_at")?,
        })
    }
}

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT id, camera_id, starts_at, ends_at, bytes, sha256, path, codec, width, height, recovered, pruned_at
             FROM segments ",
            $rest
        )
    };
}

impl Tx {
    /// Adds the row of a file that is safe on disk; `false` if the file has one already, which is then left as it is.
    pub async fn add_segment(&mut self, segment: &Segment) -> Result<bool> {
        let Segment { id, camera, span, bytes, sha256, path, codec, width, height, recovered, pruned_at } = segment;
        let added = self
            .run(
                "INSERT INTO segments
                    (id, camera_id, starts_at, ends_at, bytes, sha256, path, codec, width, height, recovered, pruned_at)
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
                 ON CONFLICT (path) DO NOTHING",
                args![
                    id,
                    camera,
                    span.start(),
                    span.end(),
                    bytes,
                    hex::encode(sha256),
                    path,
                    codec,
                    width,
                    height,
                    recovered,
                    pruned_at,
                ],
            )
            .await?;
        Ok(added > 0)
    }

    /// The one of that identity.
    pub async fn segment(&mut self, id: SegmentId) -> Result<Option<Segment>> {
        self.optional(select!("WHERE id = $1"), args![id]).await
    }

    /// The one of that file.
    pub async fn segment_at_path(&mut self, path: &str) -> Result<Option<Segment>> {
        self.optional(select!("WHERE path = $1"), args![path]).await
    }

    /// A camera's segments that share time with `span`, in order; pruned ones too.
    pub async fn segments_in(&mut self, camera: CameraId, span: Span) -> Result<Vec<Segment>> {
        // No segment is longer than an hour (segments_at_most_an_hour), so this is one range of one index.
        self.all(
            select!(
                "WHERE camera_id = $1 AND starts_at > $2 - 3600000001 AND starts_at < $3 AND ends_at > $2
                 ORDER BY starts_at"
            ),
            args![camera, span.start(), span.end()],
        )
        .await
    }

    /// Those of them whose file was let go.
    pub async fn pruned_in(&mut self, camera: CameraId, span: Span) -> Result<Vec<Segment>> {
        self.all(
            select!(
                "WHERE camera_id = $1 AND starts_at > $2 - 3600000001 AND starts_at < $3 AND ends_at > $2
                   AND pruned_at IS NOT NULL
                 ORDER BY starts_at"
            ),
            args![camera, span.start(), span.end()],
        )
        .await
    }

    /// All with a file, the oldest first, after `after` (a start and an identity).
    pub async fn kept_segments(&mut self, after: Option<(Timestamp, SegmentId)>, limit: u32) -> Result<Vec<Segment>> {
        let (at, id) = after.unzip();
        self.all(
            select!(
                "WHERE pruned_at IS NULL AND ($1 IS NULL OR starts_at > $1 OR (starts_at = $1 AND id > $2))
                 ORDER BY starts_at, id LIMIT $3"
            ),
            args![at, id, limit],
        )
        .await
    }

    /// Notes that a segment's file is let go. Committed before the file is deleted: a row never promises what is gone.
    pub async fn prune_segment(&mut self, id: SegmentId, at: Timestamp) -> Result<()> {
        self.advance("segment", "UPDATE segments SET pruned_at = $2 WHERE id = $1 AND pruned_at IS NULL", args![id, at])
            .await
    }

    /// The bytes of all files that are kept.
    pub async fn recorded_bytes(&mut self) -> Result<u64> {
        let bytes: i64 = self
            .one("SELECT CAST(COALESCE(SUM(bytes), 0) AS BIGINT) AS n FROM segments WHERE pruned_at IS NULL", args![])
            .await?;
        Ok(u64::try_from(bytes).unwrap_or_default())
    }

    /// The end of a camera's newest segment.
    pub async fn recorded_until(&mut self, camera: CameraId) -> Result<Option<Timestamp>> {
        let newest: Option<Segment> =
            self.optional(select!("WHERE camera_id = $1 ORDER BY starts_at DESC LIMIT 1"), args![camera]).await?;
        Ok(newest.map(|segment| segment.span.end()))
    }
}
