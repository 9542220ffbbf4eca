//! R9.1: what a person decided about a sealed upload: taken as evidence of a lesson, or turned down.

use std::collections::HashMap;

use duxue_rules::{
    ids::{ClassId, SessionId, UploadId, UserId},
    upload::{Doubt, Said, Twin, VideoFacts, doubt},
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{
    Error, Named, Result, Tx, json,
    likeness::LikenessState,
    row::{FromRow, Row},
    upload::Verdict,
    value::args,
};

/// What was decided.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Taking {
    /// It counts, as evidence of this lesson.
    Taken(SessionId),
    /// It does not; why.
    TurnedDown(String),
}

/// The word of a [`Taking`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TakingName {
    /// [`Taking::Taken`].
    Taken,
    /// [`Taking::TurnedDown`].
    TurnedDown,
}

/// The decision that stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UploadDecision {
    /// What it is.
    pub taking: Taking,
    /// 1 for the first decision, one more for each that changed it.
    pub revision: u32,
    /// Whose numbers it was decided by.
    pub policy_version: i64,
    /// Who decided.
    pub decided_by: Named<UserId>,
    /// When.
    pub decided_at: Timestamp,
    /// Why it does not count although it was taken; `None`: nothing is in question.
    pub doubt: Option<Doubt>,
}

/// A decision to write down.
#[derive(Clone, Debug)]
pub struct NewUploadDecision {
    /// About which upload; it must be sealed.
    pub upload: UploadId,
    /// The revision that is decided anew; 0 when nothing was decided yet.
    pub from_revision: u32,
    /// What is decided.
    pub taking: Taking,
    /// Whose numbers it is decided by.
    pub policy_version: i64,
    /// Who decides.
    pub by: UserId,
    /// Now.
    pub at: Timestamp,
}

impl FromRow for UploadDecision {
    fn from_row(row: &Row) -> Result<Self> {
        let taking = match row.word("state")? {
            TakingName::Taken => Taking::Taken(row.parsed("session_id")?),
            TakingName::TurnedDown => Taking::TurnedDown(row.text("reason")?),
        };
        Ok(Self {
            taking,
            revision: row.number("revision")?,
            policy_version: row.number("policy_version")?,
            decided_by: row.named("decided_by", "decided_by_name")?,
            decided_at: row.time("decided_at")?,
            doubt: None,
        })
    }
}

/// A taken upload, as the rule of evidence looks at it.
pub(crate) struct TakenUpload {
    pub upload: UploadId,
    pub start: Timestamp,
    pub video: VideoFacts,
    pub teaching: duxue_rules::span::Span,
}

impl FromRow for TakenUpload {
    fn from_row(row: &Row) -> Result<Self> {
        let verdict: Verdict = row.json("verdict")?;
        let Verdict::Accepted { video, .. } = verdict else {
            return Err(row.impossible("verdict"));
        };
        Ok(Self {
            upload: row.parsed("upload_id")?,
            start: row.time("claimed_start")?,
            video,
            teaching: row.span("starts_at", "ends_at")?,
        })
    }
}

/// A taken upload and what it was found to be like.
struct TakenTwin(UploadId, Twin);

impl FromRow for TakenTwin {
    fn from_row(row: &Row) -> Result<Self> {
        let said = match row.word("state")? {
            LikenessState::Open => Said::Nothing,
            LikenessState::Confirmed => Said::Same,
            LikenessState::Dismissed => Said::Different,
        };
        let twin = Twin { said, counts: row.int("counts")? > 0, was_before: row.int("was_before")? > 0 };
        Ok(Self(row.parsed("upload_id")?, twin))
    }
}

/// A likeness names the later of two uploads first, so that each upload is looked for in both places.
macro_rules! twins {
    ($which:literal) => {
        concat!(
            "SELECT e.upload_id, l.state, CAST(1 AS BIGINT) AS was_before,
                    CAST(CASE WHEN l.other_clip_id IS NOT NULL OR o.state = 'taken' THEN 1 ELSE 0 END AS BIGINT) AS counts
             FROM upload_evidence e
             JOIN sessions s ON s.id = e.session_id
             JOIN likenesses l ON l.upload_id = e.upload_id
             LEFT JOIN upload_evidence o ON o.upload_id = l.other_upload_id
             WHERE e.state = 'taken' AND ",
            $which,
            " UNION ALL
             SELECT e.upload_id, l.state, CAST(0 AS BIGINT) AS was_before,
                    CAST(CASE WHEN o.state = 'taken' THEN 1 ELSE 0 END AS BIGINT) AS counts
             FROM upload_evidence e
             JOIN sessions s ON s.id = e.session_id
             JOIN likenesses l ON l.other_upload_id = e.upload_id
             LEFT JOIN upload_evidence o ON o.upload_id = l.upload_id
             WHERE e.state = 'taken' AND ",
            $which
        )
    };
}

impl Tx {
    /// What the taken uploads of a class were found to be like: our own clips, and other uploads, of which those count that
    /// were taken too.
    pub(crate) async fn twins_of_taken(&mut self, class: ClassId) -> Result<HashMap<UploadId, Vec<Twin>>> {
        let rows: Vec<TakenTwin> = self.all(twins!("s.class_id = $1"), args![class]).await?;
        let mut twins: HashMap<UploadId, Vec<Twin>> = HashMap::new();
        for TakenTwin(upload, twin) in rows {
            twins.entry(upload).or_default().push(twin);
        }
        Ok(twins)
    }

    /// Writes a decision down. Lost if another was faster. Field errors: `session_id` (another upload is taken for it).
    pub async fn decide_upload_evidence(&mut self, new: &NewUploadDecision) -> Result<()> {
        let NewUploadDecision { upload, from_revision, taking, policy_version, by, at } = new;
        let (state, session, reason) = match taking {
            Taking::Taken(session) => (TakingName::Taken, Some(*session), None),
            Taking::TurnedDown(reason) => (TakingName::TurnedDown, None, Some(reason.as_str())),
        };
        let state = json::word(&state);
        let written = if *from_revision == 0 {
            self.run(
                "INSERT INTO upload_evidence
                    (upload_id, state, session_id, reason, revision, policy_version, decided_by, decided_at)
                 VALUES ($1, $2, $3, $4, 1, $5, $6, $7)
                 ON CONFLICT (upload_id) DO NOTHING",
                args![upload, state, session, reason, policy_version, by, at],
            )
            .await?
        } else {
            self.run(
                "UPDATE upload_evidence
                 SET state = $3, session_id = $4, reason = $5, revision = revision + 1, policy_version = $6,
                     decided_by = $7, decided_at = $8
                 WHERE upload_id = $1 AND revision = $2",
                args![upload, from_revision, state, session, reason, policy_version, by, at],
            )
            .await?
        };
        if written == 1 { Ok(()) } else { Err(Error::Lost { what: "upload" }) }
    }

    /// The decision about an upload that stands, if there is one.
    pub async fn upload_decision(&mut self, upload: UploadId) -> Result<Option<UploadDecision>> {
        let found: Option<UploadDecision> = self
            .optional(
                "SELECT e.upload_id, e.state, e.session_id, e.reason, e.revision, e.policy_version, e.decided_by,
                    u.display_name AS decided_by_name, e.decided_at
             FROM upload_evidence e JOIN users u ON u.id = e.decided_by WHERE e.upload_id = $1",
                args![upload],
            )
            .await?;
        let Some(mut decision) = found else { return Ok(None) };
        let twins: Vec<TakenTwin> = self.all(twins!("e.upload_id = $1"), args![upload]).await?;
        let twins: Vec<Twin> = twins.into_iter().map(|TakenTwin(_, twin)| twin).collect();
        decision.doubt = doubt(&twins);
        Ok(Some(decision))
    }

    /// A class's taken uploads with the lessons that they show, in order of time.
    pub(crate) async fn taken_uploads(&mut self, class: ClassId) -> Result<Vec<TakenUpload>> {
        self.all(
            "SELECT e.upload_id, p.claimed_start, p.verdict, s.starts_at, s.ends_at
             FROM upload_evidence e
             JOIN uploads p ON p.id = e.upload_id
             JOIN sessions s ON s.id = e.session_id
             WHERE e.state = 'taken' AND s.class_id = $1 ORDER BY p.claimed_start, e.upload_id",
            args![class],
        )
        .await
    }
}
