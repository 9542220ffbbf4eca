//! 九, R9.1: video that institutions hand in, from its announcement to the decision.
//!
//! How far an upload has come is not kept here: it is the length of its file in the [`crate::Spool`].

use duxue_rules::{
    finding::Finding,
    ids::{ClassId, InstitutionId, SessionId, UploadId, UserId},
    upload::VideoFacts,
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{
    Named, Result, Tx, json,
    row::{FromRow, Row},
    value::{ToValue, args},
};

/// An upload with everything that its line shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Upload {
    /// Its identity.
    pub id: UploadId,
    /// Whose.
    pub institution: Named<InstitutionId>,
    /// Whose lesson it shows, as the sender says.
    pub class: Named<ClassId>,
    /// Which lesson, if the sender says.
    pub session: Option<SessionId>,
    /// When its first picture was taken, as the sender says.
    pub claimed_start: Timestamp,
    /// As the sender called it; only shown.
    pub name: String,
    /// `Upload-Metadata` (tus 1.0.0) as it was sent.
    pub metadata: String,
    /// Bytes, announced.
    pub length: u64,
    /// Who hands it in.
    pub created_by: Named<UserId>,
    /// When it was announced.
    pub created_at: Timestamp,
    /// Where it stands.
    pub state: UploadState,
    /// When it was sealed; `None` before it is accepted.
    pub sealed_at: Option<Timestamp>,
}

/// Where an upload stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum UploadState {
    /// Bytes are still to come.
    Receiving {
        /// Given up then, unless more comes before.
        expires_at: Timestamp,
    },
    /// Whole; it waits to be looked at.
    Received {
        /// Since when.
        received_at: Timestamp,
    },
    /// The check is through with it.
    Checked {
        /// When.
        at: Timestamp,
        /// What it said.
        verdict: Verdict,
    },
    /// It never became whole.
    Ended {
        /// When that was settled.
        at: Timestamp,
        /// What ended it.
        by: UploadEnd,
    },
}

/// What the check says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "outcome")]
pub enum Verdict {
    /// It is kept.
    Accepted {
        /// Where, in the object store.
        object: String,
        /// Its SHA-256, in hexadecimal.
        sha256: String,
        /// What was measured.
        video: VideoFacts,
    },
    /// It cannot serve as evidence.
    Refused {
        /// Why not; never empty.
        because: Vec<Finding>,
        /// What was measured, if it could be.
        video: Option<VideoFacts>,
    },
}

/// The word of an [`UploadState`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum UploadStateName {
    /// [`UploadState::Receiving`].
    Receiving,
    /// [`UploadState::Received`].
    Received,
    /// [`UploadState::Checked`], and kept.
    Accepted,
    /// [`UploadState::Checked`], and not kept.
    Refused,
    /// [`UploadState::Ended`].
    Ended,
}

/// What ended an upload before it was whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum UploadEnd {
    /// Its sender.
    Sender,
    /// Nothing came for too long.
    Expiry,
    /// Its file is gone from the disk.
    Loss,
}

/// An upload to announce.
#[derive(Clone, Debug)]
pub struct NewUpload {
    /// Its identity.
    pub id: UploadId,
    /// Whose.
    pub institution: InstitutionId,
    /// Whose lesson it shows.
    pub class: ClassId,
    /// Which lesson.
    pub session: Option<SessionId>,
    /// When its first picture was taken.
    pub claimed_start: Timestamp,
    /// As the sender calls it.
    pub name: String,
    /// `Upload-Metadata` (tus 1.0.0) as it was sent.
    pub metadata: String,
    /// Bytes.
    pub length: u64,
    /// Given up then.
    pub expires_at: Timestamp,
    /// Now.
    pub created_at: Timestamp,
    /// Who hands it in.
    pub created_by: UserId,
}

/// What an institution's undecided uploads take up.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Held {
    /// How many are not whole yet.
    pub open: u32,
    /// Bytes announced by all that are not decided.
    pub bytes: u64,
}

/// Which uploads are asked for; `None` is all of them.
#[derive(Clone, Copy, Debug, Default)]
pub struct UploadFilter {
    /// Of one institution.
    pub institution: Option<InstitutionId>,
    /// For one class.
    pub class: Option<ClassId>,
    /// In one state.
    pub state: Option<UploadStateName>,
}

impl Upload {
    /// The word of where it stands.
    pub fn state_name(&self) -> UploadStateName {
        match self.state {
            UploadState::Receiving { .. } => UploadStateName::Receiving,
            UploadState::Received { .. } => UploadStateName::Received,
            UploadState::Checked { verdict: Verdict::Accepted { .. }, .. } => UploadStateName::Accepted,
            UploadState::Checked { verdict: Verdict::Refused { .. }, .. } => UploadStateName::Refused,
            UploadState::Ended { .. } => UploadStateName::Ended,
        }
    }
}

impl FromRow for Upload {
    fn from_row(row: &Row) -> Result<Self> {
        let state = match row.word("state")? {
            UploadStateName::Receiving => UploadState::Receiving { expires_at: row.time("expires_at")? },
            UploadStateName::Received => UploadState::Received { received_at: row.time("received_at")? },
            UploadStateName::Accepted | UploadStateName::Refused => {
                UploadState::Checked { at: row.time("decided_at")?, verdict: row.json("verdict")? }
            }
            UploadStateName::Ended => UploadState::Ended { at: row.time("decided_at")?, by: row.word("ended_by")? },
        };
        Ok(Self {
            id: row.parsed("id")?,
            institution: row.named("institution_id", "institution_name")?,
            class: row.named("class_id", "class_name")?,
            session: row.opt_parsed("session_id")?,
            claimed_start: row.time("claimed_start")?,
            name: row.text("name")?,
            metadata: row.text("metadata")?,
            length: row.number("length")?,
            created_by: row.named("created_by", "created_by_name")?,
            created_at: row.time("created_at")?,
            state,
            sealed_at: row.opt_time("sealed_at")?,
        })
    }
}

impl FromRow for Held {
    fn from_row(row: &Row) -> Result<Self> {
        Ok(Self { open: row.number("open")?, bytes: row.number("bytes")? })
    }
}

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT p.id, p.institution_id, i.name AS institution_name, p.class_id, c.name AS class_name, p.session_id,
                    p.claimed_start, p.name, p.metadata, p.length, p.state, p.expires_at, p.received_at, p.decided_at, p.ended_by,
                    p.verdict,
                    p.created_at, p.created_by, u.display_name AS created_by_name, s.sealed_at
             FROM uploads p
             LEFT JOIN upload_seals s ON s.upload_id = p.id
             JOIN institutions i ON i.id = p.institution_id
             JOIN classes c ON c.id = p.class_id
             JOIN users u ON u.id = p.created_by ",
            $rest
        )
    };
}

impl Tx {
    /// What an institution's undecided uploads take up; until the transaction ends nobody else announces one for it.
    pub async fn uploads_held(&mut self, institution: InstitutionId) -> Result<Held> {
        self.run("UPDATE institutions SET name = name WHERE id = $1", args![institution]).await?;
        self.one(
            "SELECT CAST(COUNT(CASE WHEN state = 'receiving' THEN 1 END) AS BIGINT) AS open,
                    CAST(COALESCE(SUM(length), 0) AS BIGINT) AS bytes
             FROM uploads WHERE institution_id = $1 AND state IN ('receiving', 'received')",
            args![institution],
        )
        .await
    }

    /// Announces one. Field errors: `filename`, `upload_length`, `class_id`, `session_id`.
    pub async fn add_upload(&mut self, upload: &NewUpload) -> Result<()> {
        let NewUpload {
            id,
            institution,
            class,
            session,
            claimed_start,
            name,
            metadata,
            length,
            expires_at,
            created_at,
            created_by,
        } = upload;
        self.insert(
            "INSERT INTO uploads
                (id, institution_id, class_id, session_id, claimed_start, name, metadata, length, state, expires_at,
                 created_at, created_by)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'receiving', $9, $10, $11)",
            args![
                id,
                institution,
                class,
                session,
                claimed_start,
                name,
                metadata,
                length,
                expires_at,
                created_at,
                created_by,
            ],
            &[
                ("uploads_class_exists", "SELECT id FROM classes WHERE id = $1", class.to_value()),
                ("uploads_session_exists", "SELECT id FROM sessions WHERE id = $1", session.to_value()),
            ],
        )
        .await
    }

    /// More of it came: it is given up later. Lost if it is not being received any more.
    pub async fn prolong_upload(&mut self, id: UploadId, expires_at: Timestamp) -> Result<()> {
        self.advance(
            "upload",
            "UPDATE uploads SET expires_at = $2 WHERE id = $1 AND state = 'receiving'",
            args![id, expires_at],
        )
        .await
    }

    /// It is whole. Lost if it is not being received any more.
    pub async fn receive_upload(&mut self, id: UploadId, at: Timestamp) -> Result<()> {
        self.advance(
            "upload",
            "UPDATE uploads SET state = 'received', received_at = $2 WHERE id = $1 AND state = 'receiving'",
            args![id, at],
        )
        .await
    }

    /// What the check said of it. Lost if it does not wait for its check any more.
    pub async fn decide_upload(&mut self, id: UploadId, verdict: &Verdict, at: Timestamp) -> Result<()> {
        let state = match verdict {
            Verdict::Accepted { .. } => UploadStateName::Accepted,
            Verdict::Refused { .. } => UploadStateName::Refused,
        };
        self.advance(
            "upload",
            "UPDATE uploads SET state = $2, verdict = $3, decided_at = $4 WHERE id = $1 AND state = 'received'",
            args![id, json::word(&state), json::text(verdict), at],
        )
        .await
    }

    /// It will not become whole. Lost if it is not being received any more.
    pub async fn end_upload(&mut self, id: UploadId, by: UploadEnd, at: Timestamp) -> Result<()> {
        self.advance(
            "upload",
            "UPDATE uploads SET state = 'ended', ended_by = $2, decided_at = $3 WHERE id = $1 AND state = 'receiving'",
            args![id, json::word(&by), at],
        )
        .await
    }

    /// The one of that identity.
    pub async fn upload(&mut self, id: UploadId) -> Result<Option<Upload>> {
        self.optional(select!("WHERE p.id = $1"), args![id]).await
    }

    /// Those that `filter` asks for, the newest first, before `after`.
    pub async fn uploads(&mut self, filter: UploadFilter, after: Option<UploadId>, limit: u32) -> Result<Vec<Upload>> {
        let UploadFilter { institution, class, state } = filter;
        // A text for each index, as in `Tx::clips`.
        let sql = match (class, institution) {
            (Some(_), _) => select!(
                "WHERE p.class_id = $2 AND ($1 IS NULL OR p.institution_id = $1) AND ($3 IS NULL OR p.state = $3)
                   AND p.id < COALESCE($4, 'g')
                 ORDER BY p.id DESC LIMIT $5"
            ),
            (None, Some(_)) => select!(
                "WHERE p.institution_id = $1 AND ($2 IS NULL OR p.class_id = $2) AND ($3 IS NULL OR p.state = $3)
                   AND p.id < COALESCE($4, 'g')
                 ORDER BY p.id DESC LIMIT $5"
            ),
            (None, None) => select!(
                "WHERE ($1 IS NULL OR p.institution_id = $1) AND ($2 IS NULL OR p.class_id = $2)
                   AND ($3 IS NULL OR p.state = $3) AND p.id < COALESCE($4, 'g')
                 ORDER BY p.id DESC LIMIT $5"
            ),
        };
        self.all(sql, args![institution, class, state.map(|state| json::word(&state)), after, limit]).await
    }
}
