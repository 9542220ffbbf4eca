//! R9.1: what is shown and compared of sealed video, and what was found to show the same: for a person to decide.

use std::fmt;

use duxue_rules::{
    ids::{ClassId, ClipId, LikenessId, UploadId, UserId},
    upload::Likeness,
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{
    Error, Named, Result, Tx, json,
    row::{FromRow, Row},
    value::args,
};

/// What was made of an upload to look at it; `None` where it could not be made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UploadView {
    /// Of which.
    pub upload: UploadId,
    /// The SHA-256 of its video, in hexadecimal.
    pub sha256: String,
    /// The key of its contact sheet, a JPEG.
    pub sheet: Option<String>,
    /// The key of a picture out of its middle, a JPEG.
    pub thumbnail: Option<String>,
    /// The key of the trace of what moves in it.
    pub trace: Option<String>,
    /// When.
    pub made_at: Timestamp,
}

/// What an upload is like.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Other {
    /// Another upload.
    Upload(UploadId),
    /// A clip out of our own recordings.
    Clip(ClipId),
}

impl fmt::Display for Other {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Upload(id) => write!(f, "upload {id}"),
            Self::Clip(id) => write!(f, "clip {id}"),
        }
    }
}

/// Something that a new video is held against.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Traced {
    /// What.
    pub of: Other,
    /// The key of its trace.
    pub trace: Option<String>,
    /// Of an upload, the SHA-256 of its video.
    pub sha256: Option<String>,
}

/// A likeness to write down.
#[derive(Clone, Debug)]
pub struct NewLikeness {
    /// Its identity.
    pub id: LikenessId,
    /// What is like something.
    pub upload: UploadId,
    /// What it is like.
    pub other: Other,
    /// In which way.
    pub likeness: Likeness,
    /// When it was found.
    pub raised_at: Timestamp,
}

/// A likeness as it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct StoredLikeness {
    /// Its identity.
    pub id: LikenessId,
    /// What is like something: of two uploads the later one.
    pub upload: UploadId,
    /// What it is like.
    pub other: Other,
    /// In which way.
    pub likeness: Likeness,
    /// When it was found.
    pub raised_at: Timestamp,
    /// Where it stands.
    pub state: LikenessState,
    /// What a person decided.
    pub decision: Option<LikenessDecision>,
}

/// Where a likeness stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LikenessState {
    /// Nobody has decided yet.
    Open,
    /// They show the same.
    Confirmed,
    /// They do not.
    Dismissed,
}

/// What a person decided.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LikenessDecision {
    /// Who.
    pub by: Named<UserId>,
    /// When.
    pub at: Timestamp,
    /// Why.
    pub reason: String,
}

/// Which likenesses are asked for; `None` is all of them.
#[derive(Clone, Copy, Debug, Default)]
pub struct LikenessFilter {
    /// In which an upload of this class is one of the two.
    pub class: Option<ClassId>,
    /// In which this upload is one of the two.
    pub upload: Option<UploadId>,
    /// In this state.
    pub state: Option<LikenessState>,
}

impl UploadView {
    /// Whether that object is one of its.
    pub fn names(&self, key: &str) -> bool {
        [&self.sheet, &self.thumbnail, &self.trace].into_iter().any(|own| own.as_deref() == Some(key))
    }
}

impl FromRow for UploadView {
    fn from_row(row: &Row) -> Result<Self> {
        Ok(Self {
            upload: row.parsed("upload_id")?,
            sha256: row.text("sha256")?,
            sheet: row.opt_text("sheet")?,
            thumbnail: row.opt_text("thumbnail")?,
            trace: row.opt_text("trace")?,
            made_at: row.time("made_at")?,
        })
    }
}

/// One of the two columns that name the other video.
fn other(row: &Row) -> Result<Other> {
    match (row.opt_parsed("other_upload_id")?, row.opt_parsed("other_clip_id")?) {
        (Some(upload), None) => Ok(Other::Upload(upload)),
        (None, Some(clip)) => Ok(Other::Clip(clip)),
        _ => Err(row.impossible("other_upload_id")),
    }
}

impl FromRow for Traced {
    fn from_row(row: &Row) -> Result<Self> {
        Ok(Self { of: other(row)?, trace: row.opt_text("trace")?, sha256: row.opt_text("sha256")? })
    }
}

impl FromRow for StoredLikeness {
    fn from_row(row: &Row) -> Result<Self> {
        let by = row.opt_named("decided_by", "decided_by_name")?;
        let decision = match (by, row.opt_time("decided_at")?, row.opt_text("reason")?) {
            (Some(by), Some(at), Some(reason)) => Some(LikenessDecision { by, at, reason }),
            (None, None, None) => None,
            _ => return Err(row.impossible("decided_by")),
        };
        Ok(Self {
            id: row.parsed("id")?,
            upload: row.parsed("upload_id")?,
            other: other(row)?,
            likeness: row.json("body")?,
            raised_at: row.time("raised_at")?,
            state: row.word("state")?,
            decision,
        })
    }
}

struct UploadOnly(UploadId);

impl FromRow for UploadOnly {
    fn from_row(row: &Row) -> Result<Self> {
        Ok(Self(row.parsed("id")?))
    }
}

struct ClipOnly(ClipId);

impl FromRow for ClipOnly {
    fn from_row(row: &Row) -> Result<Self> {
        Ok(Self(row.parsed("id")?))
    }
}

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT l.id, l.upload_id, l.other_upload_id, l.other_clip_id, l.body, l.state, l.raised_at, l.decided_by,
                    u.display_name AS decided_by_name, l.decided_at, l.reason
             FROM likenesses l
             LEFT JOIN users u ON u.id = l.decided_by ",
            $rest
        )
    };
}

impl Tx {
    /// The oldest sealed upload that nothing was made of yet.
    pub async fn unviewed_upload(&mut self) -> Result<Option<UploadId>> {
        let found: Option<UploadOnly> = self
            .optional(
                "SELECT s.upload_id AS id FROM upload_seals s
                 WHERE NOT EXISTS (SELECT 1 FROM upload_views v WHERE v.upload_id = s.upload_id)
                 ORDER BY s.upload_id LIMIT 1",
                args![],
            )
            .await?;
        Ok(found.map(|UploadOnly(id)| id))
    }

    /// The oldest sealed clip without a trace, where there is an upload that it could be held against.
    pub async fn untraced_clip(&mut self) -> Result<Option<ClipId>> {
        let found: Option<ClipOnly> = self
            .optional(
                "SELECT c.id FROM clips c
                 WHERE c.state = 'sealed' AND EXISTS (SELECT 1 FROM upload_seals)
                   AND NOT EXISTS (SELECT 1 FROM clip_traces t WHERE t.clip_id = c.id)
                 ORDER BY c.id LIMIT 1",
                args![],
            )
            .await?;
        Ok(found.map(|ClipOnly(id)| id))
    }

    /// Writes down what was made of an upload. Lost if something was made of it already.
    pub async fn add_upload_view(&mut self, view: &UploadView) -> Result<()> {
        let UploadView { upload, sha256, sheet, thumbnail, trace, made_at } = view;
        let added = self
            .run(
                "INSERT INTO upload_views (upload_id, sha256, sheet, thumbnail, trace, made_at)
                 VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (upload_id) DO NOTHING",
                args![upload, sha256, sheet, thumbnail, trace, made_at],
            )
            .await?;
        if added == 1 { Ok(()) } else { Err(Error::Lost { what: "upload" }) }
    }

    /// What was made of an upload, if it was looked at.
    pub async fn upload_view(&mut self, upload: UploadId) -> Result<Option<UploadView>> {
        self.optional(
            "SELECT upload_id, sha256, sheet, thumbnail, trace, made_at FROM upload_views WHERE upload_id = $1",
            args![upload],
        )
        .await
    }

    /// Writes down the trace of a clip, or that none could be made. Lost if that was done already.
    pub async fn add_clip_trace(&mut self, clip: ClipId, trace: Option<&str>, made_at: Timestamp) -> Result<()> {
        let added = self
            .run(
                "INSERT INTO clip_traces (clip_id, trace, made_at) VALUES ($1, $2, $3) ON CONFLICT (clip_id) DO NOTHING",
                args![clip, trace, made_at],
            )
            .await?;
        if added == 1 { Ok(()) } else { Err(Error::Lost { what: "clip" }) }
    }

    /// Whether a clip was looked at and its trace is another object than `key`.
    pub(crate) async fn is_traced(&mut self, clip: ClipId, key: &str) -> Result<bool> {
        let sql = "SELECT COUNT(*) AS n FROM clip_traces WHERE clip_id = $1 AND (trace IS NULL OR trace <> $2)";
        let traced: i64 = self.one(sql, args![clip, key]).await?;
        Ok(traced > 0)
    }

    /// Everything that a new video is held against.
    pub async fn traces(&mut self) -> Result<Vec<Traced>> {
        self.all(
            "SELECT upload_id AS other_upload_id, NULL AS other_clip_id, trace, sha256 FROM upload_views
             UNION ALL
             SELECT NULL AS other_upload_id, clip_id AS other_clip_id, trace, NULL AS sha256 FROM clip_traces
             WHERE trace IS NOT NULL",
            args![],
        )
        .await
    }

    /// Writes a likeness down; one of the same two that is there already stays as it is.
    pub async fn add_likeness(&mut self, new: &NewLikeness) -> Result<()> {
        let NewLikeness { id, upload, other, likeness, raised_at } = new;
        let (other_upload, other_clip) = match other {
            Other::Upload(upload) => (Some(*upload), None),
            Other::Clip(clip) => (None, Some(*clip)),
        };
        self.run(
            "INSERT INTO likenesses (id, upload_id, other_upload_id, other_clip_id, body, state, raised_at)
             VALUES ($1, $2, $3, $4, $5, 'open', $6) ON CONFLICT DO NOTHING",
            args![id, upload, other_upload, other_clip, json::text(likeness), raised_at],
        )
        .await?;
        Ok(())
    }

    /// A person decides. Lost if it is not open any more. Field errors: `reason`.
    pub async fn decide_likeness(
        &mut self,
        id: LikenessId,
        state: LikenessState,
        by: UserId,
        at: Timestamp,
        reason: &str,
    ) -> Result<()> {
        self.advance(
            "likeness",
            "UPDATE likenesses SET state = $2, decided_by = $3, decided_at = $4, reason = $5
             WHERE id = $1 AND state = 'open'",
            args![id, json::word(&state), by, at, reason],
        )
        .await
    }

    /// The one of that identity.
    pub async fn likeness(&mut self, id: LikenessId) -> Result<Option<StoredLikeness>> {
        self.optional(select!("WHERE l.id = $1"), args![id]).await
    }

    /// Those that `filter` asks for, the newest first, before `after`.
    pub async fn likenesses(
        &mut self,
        filter: LikenessFilter,
        after: Option<LikenessId>,
        limit: u32,
    ) -> Result<Vec<StoredLikeness>> {
        let LikenessFilter { class, upload, state } = filter;
        // A text for each index, as in `Tx::clips`. An upload's likenesses are few, and sorted once they are found.
        let sql = match (upload, state) {
            (Some(_), _) => select!(
                "WHERE (l.upload_id = $2 OR l.other_upload_id = $2)
                   AND ($1 IS NULL OR EXISTS (SELECT 1 FROM uploads p
                          WHERE p.class_id = $1 AND (p.id = l.upload_id OR p.id = l.other_upload_id)))
                   AND ($3 IS NULL OR l.state = $3) AND l.id < COALESCE($4, 'g')
                 ORDER BY l.id DESC LIMIT $5"
            ),
            (None, Some(_)) => select!(
                "WHERE l.state = $3 AND l.id < COALESCE($4, 'g')
                   AND ($1 IS NULL OR EXISTS (SELECT 1 FROM uploads p
                          WHERE p.class_id = $1 AND (p.id = l.upload_id OR p.id = l.other_upload_id)))
                   AND ($2 IS NULL OR l.upload_id = $2)
                 ORDER BY l.id DESC LIMIT $5"
            ),
            (None, None) => select!(
                "WHERE ($1 IS NULL OR EXISTS (SELECT 1 FROM uploads p
                          WHERE p.class_id = $1 AND (p.id = l.upload_id OR p.id = l.other_upload_id)))
                   AND ($2 IS NULL OR l.upload_id = $2)
                   AND ($3 IS NULL OR l.state = $3) AND l.id < COALESCE($4, 'g')
                 ORDER BY l.id DESC LIMIT $5"
            ),
        };
        self.all(sql, args![class, upload, state.map(|state| json::word(&state)), after, limit]).await
    }
}
