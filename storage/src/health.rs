//! What a page of the system's health asks: how much waits, and who is alive.

use jiff::Timestamp;

use crate::{
    Result, Store, Tx,
    row::{FromRow, Row},
    store::Pools,
    value::args,
};

/// What waits to be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Waiting {
    /// Uploads that are whole and not checked yet.
    pub uploads: u32,
    /// Since when the oldest of them waits.
    pub uploads_since: Option<Timestamp>,
    /// Clips that are asked for and not cut yet.
    pub clips: u32,
    /// Since when the oldest of them waits.
    pub clips_since: Option<Timestamp>,
    /// Events on their way to webhooks that were not removed.
    pub deliveries: u32,
    /// Events that were given up on.
    pub deliveries_dead: u32,
}

impl FromRow for Waiting {
    fn from_row(row: &Row) -> Result<Self> {
        Ok(Self {
            uploads: row.number("uploads")?,
            uploads_since: row.opt_time("uploads_since")?,
            clips: row.number("clips")?,
            clips_since: row.opt_time("clips_since")?,
            deliveries: row.number("deliveries")?,
            deliveries_dead: row.number("deliveries_dead")?,
        })
    }
}

/// A recorder's newest sign of life.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecorderBeat {
    /// The node's name.
    pub node: String,
    /// When it came.
    pub at: Timestamp,
}

impl FromRow for RecorderBeat {
    fn from_row(row: &Row) -> Result<Self> {
        Ok(Self { node: row.text("node")?, at: row.time("at")? })
    }
}

impl Tx {
    /// How much waits in all queues.
    pub async fn waiting(&mut self) -> Result<Waiting> {
        self.one(
            "SELECT (SELECT COUNT(*) FROM uploads WHERE state = 'received') AS uploads,
                    (SELECT MIN(received_at) FROM uploads WHERE state = 'received') AS uploads_since,
                    (SELECT COUNT(*) FROM clips WHERE state = 'requested') AS clips,
                    (SELECT MIN(requested_at) FROM clips WHERE state = 'requested') AS clips_since,
                    (SELECT COUNT(*) FROM deliveries d JOIN webhooks w ON w.id = d.webhook_id
                     WHERE d.state = 'pending' AND w.removed_at IS NULL) AS deliveries,
                    (SELECT COUNT(*) FROM deliveries d JOIN webhooks w ON w.id = d.webhook_id
                     WHERE d.state = 'dead' AND w.removed_at IS NULL) AS deliveries_dead",
            args![],
        )
        .await
    }

    /// Every recorder that ever was, by name.
    pub async fn recorder_beats(&mut self) -> Result<Vec<RecorderBeat>> {
        self.all("SELECT node, at FROM recorder_beats ORDER BY node", args![]).await
    }
}

impl Store {
    /// Which database this is.
    pub fn kind(&self) -> &'static str {
        match &self.0 {
            Pools::Sqlite { .. } => "sqlite",
            Pools::Postgres(_) => "postgresql",
        }
    }
}
