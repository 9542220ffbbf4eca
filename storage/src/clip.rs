//! R9.1, R9.3: evidence clips 视频资料. A sealed one never changes, and nothing here deletes one.

use duxue_rules::{
    ids::{CameraId, ClassId, ClipId, InstitutionId, SessionId, UserId},
    span::Span,
    text::Text,
};
use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};

use crate::{
    Named, Result, Tx,
    audit::Head,
    json,
    policy::PolicyRef,
    row::{FromRow, Row},
    value::{ToValue, args},
};

/// A clip with everything that its line shows.
#[derive(Clone, Debug, PartialEq)]
pub struct Clip {
    /// Its identity.
    pub id: ClipId,
    /// Of which class.
    pub class: Named<ClassId>,
    /// Whose class that is.
    pub institution: InstitutionId,
    /// Of which session.
    pub session: SessionId,
    /// The session's civil day.
    pub date: Date,
    /// The session's time.
    pub session_span: Span,
    /// What the camera saw.
    pub camera: Named<CameraId>,
    /// What was asked for.
    pub wanted: Span,
    /// Who asked; `None`: the system.
    pub requested_by: Option<Named<UserId>>,
    /// When.
    pub requested_at: Timestamp,
    /// Under which policy.
    pub policy: PolicyRef,
    /// Where it stands.
    pub state: ClipState,
}

/// Where a clip stands.
#[derive(Clone, Debug, PartialEq)]
pub enum ClipState {
    /// To be cut.
    Requested,
    /// Cut, stored and signed.
    Sealed(SealedClip),
    /// It could not be had; why, for people.
    Failed(Text),
}

/// What is known of a sealed clip.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SealedClip {
    /// What it truly shows.
    pub span: Span,
    /// Its size.
    pub bytes: u64,
    /// Its SHA-256.
    pub sha256: [u8; 32],
    /// Its key in the object store.
    pub object_key: String,
    /// When it was sealed.
    pub sealed_at: Timestamp,
}

/// The signed paper of a sealed clip.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClipSeal {
    /// Exactly the bytes that were signed.
    pub manifest: String,
    /// The DSSE envelope, JSON.
    pub envelope: String,
}

/// The word of a [`ClipState`], to ask for clips by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ClipStateName {
    /// [`ClipState::Requested`].
    Requested,
    /// [`ClipState::Sealed`].
    Sealed,
    /// [`ClipState::Failed`].
    Failed,
}

/// A clip to be cut.
#[derive(Clone, Debug)]
pub struct NewClip {
    /// Its identity.
    pub id: ClipId,
    /// Of which class.
    pub class: ClassId,
    /// Of which session.
    pub session: SessionId,
    /// From which camera.
    pub camera: CameraId,
    /// What is asked for.
    pub wanted: Span,
    /// Who asks; `None`: the system.
    pub requested_by: Option<UserId>,
    /// Now.
    pub requested_at: Timestamp,
    /// Under which policy.
    pub policy_version: i64,
}

/// Which clips are asked for; `None` is all of them.
#[derive(Clone, Copy, Debug, Default)]
pub struct ClipFilter {
    /// Of one institution.
    pub institution: Option<InstitutionId>,
    /// Of one class.
    pub class: Option<ClassId>,
    /// Of one session.
    pub session: Option<SessionId>,
    /// In one state.
    pub state: Option<ClipStateName>,
}

impl Clip {
    /// The word of where it stands.
    pub fn state_name(&self) -> ClipStateName {
        match self.state {
            ClipState::Requested => ClipStateName::Requested,
            ClipState::Sealed(_) => ClipStateName::Sealed,
            ClipState::Failed(_) => ClipStateName::Failed,
        }
    }

    /// What is known of it once sealed.
    pub fn sealed(&self) -> Option<&SealedClip> {
        match &self.state {
            ClipState::Sealed(sealed) => Some(sealed),
            ClipState::Requested | ClipState::Failed(_) => None,
        }
    }
}

impl FromRow for Clip {
    fn from_row(row: &Row) -> Result<Self> {
        let state = match row.word("state")? {
            ClipStateName::Requested => ClipState::Requested,
            ClipStateName::Sealed => ClipState::Sealed(SealedClip {
                span: row.span("starts_at", "ends_at")?,
                bytes: row.number("bytes")?,
                sha256: row.hash("sha256")?,
                object_key: row.text("object_key")?,
                sealed_at: row.time("sealed_at")?,
            }),
            ClipStateName::Failed => ClipState::Failed(row.json("failure")?),
        };
        Ok(Self {
            id: row.parsed("id")?,
            class: row.named("class_id", "class_name")?,
            institution: row.parsed("institution_id")?,
            session: row.parsed("session_id")?,
            date: row.parsed("date")?,
            session_span: row.span("session_starts_at", "session_ends_at")?,
            camera: row.named("camera_id", "camera_name")?,
            wanted: row.span("wanted_start", "wanted_end")?,
            requested_by: row.opt_named("requested_by", "requested_by_name")?,
            requested_at: row.time("requested_at")?,
            policy: PolicyRef::of(row)?,
            state,
        })
    }
}

impl FromRow for ClipSeal {
    fn from_row(row: &Row) -> Result<Self> {
        Ok(Self { manifest: row.text("manifest")?, envelope: row.text("envelope")? })
    }
}

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT p.id, p.class_id, c.name AS class_name, c.institution_id, p.session_id, s.date,
                    s.starts_at AS session_starts_at, s.ends_at AS session_ends_at, p.camera_id, m.name AS camera_name,
                    p.wanted_start, p.wanted_end, p.state, p.starts_at, p.ends_at, p.bytes, p.sha256, p.object_key,
                    p.failure, p.requested_by, u.display_name AS requested_by_name, p.requested_at, p.sealed_at,
                    p.policy_version, y.label AS policy_label
             FROM clips p
             JOIN classes c ON c.id = p.class_id
             JOIN sessions s ON s.id = p.session_id
             JOIN cameras m ON m.id = p.camera_id
             JOIN policies y ON y.version = p.policy_version
             LEFT JOIN users u ON u.id = p.requested_by ",
            $rest
        )
    };
}

impl Tx {
    /// Asks for a clip. Field errors: `session_id`, `camera_id`.
    pub async fn add_clip(&mut self, clip: &NewClip) -> Result<()> {
        let NewClip { id, class, session, camera, wanted, requested_by, requested_at, policy_version } = clip;
        self.insert(
            "INSERT INTO clips
                (id, class_id, session_id, camera_id, wanted_start, wanted_end, state, requested_by, requested_at,
                 policy_version)
             VALUES ($1, $2, $3, $4, $5, $6, 'requested', $7, $8, $9)",
            args![id, class, session, camera, wanted.start(), wanted.end(), requested_by, requested_at, policy_version],
            &[
                ("clips_session_exists", "SELECT id FROM sessions WHERE id = $1", session.to_value()),
                ("clips_camera_exists", "SELECT id FROM cameras WHERE id = $1", camera.to_value()),
            ],
        )
        .await
    }

    /// A requested clip is sealed, its object stored. Lost if it is not requested any more.
    pub async fn seal_clip(&mut self, id: ClipId, sealed: &SealedClip, seal: &ClipSeal) -> Result<()> {
        let SealedClip { span, bytes, sha256, object_key, sealed_at } = sealed;
        self.advance(
            "clip",
            "UPDATE clips
             SET state = 'sealed', starts_at = $2, ends_at = $3, bytes = $4, sha256 = $5, object_key = $6,
                 sealed_at = $7, manifest = $8, envelope = $9
             WHERE id = $1 AND state = 'requested'",
            args![
                id,
                span.start(),
                span.end(),
                bytes,
                hex::encode(sha256),
                object_key,
                sealed_at,
                seal.manifest,
                seal.envelope,
            ],
        )
        .await
    }

    /// A requested clip cannot be had; why. Lost if it is not requested any more.
    pub async fn fail_clip(&mut self, id: ClipId, failure: &Text) -> Result<()> {
        self.advance(
            "clip",
            "UPDATE clips SET state = 'failed', failure = $2 WHERE id = $1 AND state = 'requested'",
            args![id, json::text(failure)],
        )
        .await
    }

    /// The one of that identity.
    pub async fn clip(&mut self, id: ClipId) -> Result<Option<Clip>> {
        self.optional(select!("WHERE p.id = $1"), args![id]).await
    }

    /// The signed paper of a sealed clip.
    pub async fn clip_seal(&mut self, id: ClipId) -> Result<Option<ClipSeal>> {
        self.optional("SELECT id, manifest, envelope FROM clips WHERE id = $1 AND state = 'sealed'", args![id]).await
    }

    /// Those that `filter` asks for, the newest first, before `after`.
    pub async fn clips(&mut self, filter: ClipFilter, after: Option<ClipId>, limit: u32) -> Result<Vec<Clip>> {
        let ClipFilter { institution, class, session, state } = filter;
        // A text for each index: behind `$n IS NULL OR` none is used, and a class's few would be looked for among everybody's.
        // 'g' comes after every identity.
        let sql = match (class, session) {
            (_, Some(_)) => select!(
                "WHERE p.session_id = $3 AND ($1 IS NULL OR c.institution_id = $1) AND ($2 IS NULL OR p.class_id = $2)
                   AND ($4 IS NULL OR p.state = $4) AND p.id < COALESCE($5, 'g')
                 ORDER BY p.id DESC LIMIT $6"
            ),
            (Some(_), None) => select!(
                "WHERE p.class_id = $2 AND ($1 IS NULL OR c.institution_id = $1) AND ($3 IS NULL OR p.session_id = $3)
                   AND ($4 IS NULL OR p.state = $4) AND p.id < COALESCE($5, 'g')
                 ORDER BY p.id DESC LIMIT $6"
            ),
            (None, None) => select!(
                "WHERE p.id < COALESCE($5, 'g') AND ($1 IS NULL OR c.institution_id = $1)
                   AND ($2 IS NULL OR p.class_id = $2) AND ($3 IS NULL OR p.session_id = $3)
                   AND ($4 IS NULL OR p.state = $4)
                 ORDER BY p.id DESC LIMIT $6"
            ),
        };
        let state = state.map(|state| json::word(&state));
        self.all(sql, args![institution, class, session, state, after, limit]).await
    }

    /// All to be cut, the oldest first: as a rule no more than sessions run at once.
    pub async fn requested_clips(&mut self) -> Result<Vec<Clip>> {
        self.all(select!("WHERE p.state = 'requested' ORDER BY p.id"), args![]).await
    }

    /// The audit chain's heads that the seals of clips and uploads remember, for [`Tx::verify_audit`].
    pub async fn audit_anchors(&mut self) -> Result<Vec<Head>> {
        /// The part of the manifest that is looked at.
        #[derive(Deserialize)]
        struct Part {
            audit: crate::seal::AuditAnchor,
        }
        struct Anchor(Head);
        impl FromRow for Anchor {
            fn from_row(row: &Row) -> Result<Self> {
                let Part { audit } = row.json("manifest")?;
                Ok(Self(Head { seq: audit.seq, hash: audit.hash.0 }))
            }
        }
        let anchors: Vec<Anchor> = self
            .all(
                "SELECT id, manifest FROM clips WHERE state = 'sealed'
                 UNION ALL SELECT upload_id AS id, manifest FROM upload_seals",
                args![],
            )
            .await?;
        Ok(anchors.into_iter().map(|Anchor(head)| head).collect())
    }
}
