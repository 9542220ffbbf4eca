//! Outages: why there is no footage of some time. And the recorder's sign of life, which tells of a crash's hole.

use duxue_rules::{
    camera::OutageCause,
    coverage,
    ids::{CameraId, OutageId},
    span::Span,
};
use jiff::Timestamp;

use crate::{
    Result, Tx, json,
    row::{FromRow, Row},
    value::args,
};

/// A time in which a camera gave no footage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outage {
    /// Its identity.
    pub id: OutageId,
    /// Whose.
    pub camera: CameraId,
    /// When it began.
    pub starts_at: Timestamp,
    /// When it ended; `None`: it goes on.
    pub ends_at: Option<Timestamp>,
    /// Why.
    pub cause: OutageCause,
    /// A sentence for the operator, without credentials.
    pub detail: Option<String>,
}

impl Outage {
    /// As the rules of coverage take it.
    pub fn fact(&self) -> coverage::Outage {
        coverage::Outage { span_start: self.starts_at, end: self.ends_at, cause: self.cause }
    }
}

impl FromRow for Outage {
    fn from_row(row: &Row) -> Result<Self> {
        Ok(Self {
            id: row.parsed("id")?,
            camera: row.parsed("camera_id")?,
            starts_at: row.time("starts_at")?,
            ends_at: row.opt_time("ends_at")?,
            cause: row.word("cause")?,
            detail: row.opt_text("detail")?,
        })
    }
}

macro_rules! select {
    ($rest:literal) => {
        concat!("SELECT id, camera_id, starts_at, ends_at, cause, detail FROM outages ", $rest)
    };
}

impl Tx {
    /// Notes an outage. One that still goes on for the camera ends where this one begins: the cause has changed.
    pub async fn add_outage(&mut self, outage: &Outage) -> Result<()> {
        let Outage { id, camera, starts_at, ends_at, cause, detail } = outage;
        if ends_at.is_none() {
            self.end_outage(*camera, *starts_at).await?;
        }
        self.run(
            "INSERT INTO outages (id, camera_id, starts_at, ends_at, cause, detail) VALUES ($1, $2, $3, $4, $5, $6)",
            args![id, camera, starts_at, ends_at, json::word(cause), detail],
        )
        .await?;
        Ok(())
    }

    /// Ends the outage that goes on for a camera, if one does; whether one did.
    pub async fn end_outage(&mut self, camera: CameraId, at: Timestamp) -> Result<bool> {
        // A clock that was set back ends it where it began, never before.
        let ended = self
            .run(
                "UPDATE outages SET ends_at = CASE WHEN starts_at > $2 THEN starts_at ELSE $2 END
                 WHERE camera_id = $1 AND ends_at IS NULL",
                args![camera, at],
            )
            .await?;
        Ok(ended > 0)
    }

    /// A camera's outages that share time with `span`, in order.
    pub async fn outages_in(&mut self, camera: CameraId, span: Span) -> Result<Vec<Outage>> {
        self.all(
            select!(
                "WHERE camera_id = $1 AND starts_at < $3 AND (ends_at IS NULL OR ends_at > $2)
                 ORDER BY starts_at, id"
            ),
            args![camera, span.start(), span.end()],
        )
        .await
    }

    /// All that go on.
    pub async fn open_outages(&mut self) -> Result<Vec<Outage>> {
        self.all(select!("WHERE ends_at IS NULL ORDER BY camera_id"), args![]).await
    }

    /// What there is of a camera's time, for `rules::coverage::account`: segments with a file, and outages, among them
    /// what was pruned.
    pub async fn coverage_in(
        &mut self,
        camera: CameraId,
        span: Span,
    ) -> Result<(Vec<coverage::Recorded>, Vec<coverage::Outage>)> {
        let mut recorded = Vec::new();
        let mut outages: Vec<_> = self.outages_in(camera, span).await?.iter().map(Outage::fact).collect();
        for segment in self.segments_in(camera, span).await? {
            match segment.fact() {
                Ok(footage) => recorded.push(footage),
                Err(pruned) => outages.push(pruned),
            }
        }
        Ok((recorded, outages))
    }

    /// The outages of [`Tx::coverage_in`] alone, without reading what is recorded.
    pub async fn missing_in(&mut self, camera: CameraId, span: Span) -> Result<Vec<coverage::Outage>> {
        let mut missing: Vec<_> = self.outages_in(camera, span).await?.iter().map(Outage::fact).collect();
        missing.extend(self.pruned_in(camera, span).await?.iter().filter_map(|segment| segment.fact().err()));
        Ok(missing)
    }

    /// The recorder on `node` is alive.
    pub async fn beat(&mut self, node: &str, at: Timestamp) -> Result<()> {
        self.run(
            "INSERT INTO recorder_beats (node, at) VALUES ($1, $2) ON CONFLICT (node) DO UPDATE SET at = excluded.at",
            args![node, at],
        )
        .await?;
        Ok(())
    }

    /// Hands the sign of life of `before` to `node`, when `node` has none yet; whether it did.
    pub async fn inherit_beat(&mut self, before: &str, node: &str) -> Result<bool> {
        let moved = self
            .run(
                "UPDATE recorder_beats SET node = $2
                 WHERE node = $1 AND NOT EXISTS (SELECT 1 FROM recorder_beats WHERE node = $2)",
                args![before, node],
            )
            .await?;
        Ok(moved > 0)
    }

    /// When the recorder on `node` was last alive.
    pub async fn last_beat(&mut self, node: &str) -> Result<Option<Timestamp>> {
        let at: Option<i64> = self.optional("SELECT at AS n FROM recorder_beats WHERE node = $1", args![node]).await?;
        Ok(at.and_then(|at| Timestamp::from_microsecond(at).ok()))
    }
}
