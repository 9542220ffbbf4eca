//! What cameras showed, and the newest summary of each session.

use duxue_rules::{
    crosscheck::SessionSummary,
    ids::{CameraId, ObservationId, SessionId},
    observation::Observation,
    span::Span,
};
use jiff::{Timestamp, civil::Date};

use crate::{
    Result, Tx, json,
    policy::PolicyRef,
    row::{FromRow, Row},
    value::args,
};

/// The newest summary of a session.
#[derive(Clone, Debug, PartialEq)]
pub struct StoredSummary {
    /// Of which.
    pub session: SessionId,
    /// What it says.
    pub summary: SessionSummary,
    /// Under which policy.
    pub policy: PolicyRef,
    /// As of when.
    pub updated_at: Timestamp,
}

impl FromRow for Observation {
    fn from_row(row: &Row) -> Result<Self> {
        row.json("body")
    }
}

impl FromRow for StoredSummary {
    fn from_row(row: &Row) -> Result<Self> {
        Ok(Self {
            session: row.parsed("session_id")?,
            summary: row.json("body")?,
            policy: PolicyRef::of(row)?,
            updated_at: row.time("updated_at")?,
        })
    }
}

macro_rules! select_summary {
    ($rest:literal) => {
        concat!(
            "SELECT m.session_id, m.body, m.policy_version, p.label AS policy_label, m.updated_at
             FROM session_summaries m
             JOIN policies p ON p.version = m.policy_version
             JOIN sessions s ON s.id = m.session_id ",
            $rest
        )
    };
}

impl Tx {
    /// Adds one.
    pub async fn add_observation(&mut self, observation: &Observation) -> Result<()> {
        let Observation { id, session, camera, at, faces, .. } = observation;
        let count = u32::try_from(faces.len()).unwrap_or(u32::MAX);
        self.run(
            "INSERT INTO observations (id, session_id, camera_id, at, faces, body) VALUES ($1, $2, $3, $4, $5, $6)",
            args![id, session, camera, at, count, json::text(observation)],
        )
        .await?;
        Ok(())
    }

    /// The one of that identity.
    pub async fn observation(&mut self, id: ObservationId) -> Result<Option<Observation>> {
        self.optional("SELECT id, body FROM observations WHERE id = $1", args![id]).await
    }

    /// All of a session, in order of time: at one each ten seconds, some hundreds an hour and camera.
    pub async fn observations_of_session(&mut self, session: SessionId) -> Result<Vec<Observation>> {
        self.all("SELECT id, body FROM observations WHERE session_id = $1 ORDER BY at, id", args![session]).await
    }

    /// Those of a session that are not older than `since`, in order of time.
    pub async fn observations_of_session_since(
        &mut self,
        session: SessionId,
        since: Timestamp,
    ) -> Result<Vec<Observation>> {
        self.all(
            "SELECT id, body FROM observations WHERE session_id = $1 AND at >= $2 ORDER BY at, id",
            args![session, since],
        )
        .await
    }

    /// Those of a camera from `span`, in order of time.
    pub async fn observations_of_camera(&mut self, camera: CameraId, span: Span) -> Result<Vec<Observation>> {
        self.all(
            "SELECT id, body FROM observations WHERE camera_id = $1 AND at >= $2 AND at < $3 ORDER BY at, id",
            args![camera, span.start(), span.end()],
        )
        .await
    }

    /// How many a session has. An observation is never changed or removed while its session can be judged, so whoever
    /// holds as many of them holds them all.
    pub async fn count_observations(&mut self, session: SessionId) -> Result<usize> {
        let count: i64 =
            self.one("SELECT COUNT(*) AS n FROM observations WHERE session_id = $1", args![session]).await?;
        Ok(usize::try_from(count).unwrap_or_default())
    }

    /// The newest one of a camera that is not older than `since`.
    pub async fn latest_observation(&mut self, camera: CameraId, since: Timestamp) -> Result<Option<Observation>> {
        self.optional(
            "SELECT id, body FROM observations WHERE camera_id = $1 AND at >= $2 ORDER BY at DESC LIMIT 1",
            args![camera, since],
        )
        .await
    }

    /// Replaces the summary of a session.
    pub async fn put_summary(
        &mut self,
        session: SessionId,
        summary: &SessionSummary,
        policy_version: i64,
        at: Timestamp,
    ) -> Result<()> {
        self.run(
            "INSERT INTO session_summaries (session_id, body, policy_version, updated_at) VALUES ($1, $2, $3, $4)
             ON CONFLICT (session_id) DO UPDATE
             SET body = excluded.body, policy_version = excluded.policy_version, updated_at = excluded.updated_at",
            args![session, json::text(summary), policy_version, at],
        )
        .await?;
        Ok(())
    }

    /// The newest summary of a session.
    pub async fn summary(&mut self, session: SessionId) -> Result<Option<StoredSummary>> {
        self.optional(select_summary!("WHERE m.session_id = $1"), args![session]).await
    }

    /// The newest summaries of all sessions of a day.
    pub async fn summaries_on(&mut self, date: Date) -> Result<Vec<StoredSummary>> {
        self.all(select_summary!("WHERE s.date = $1 ORDER BY s.starts_at"), args![date]).await
    }
}
