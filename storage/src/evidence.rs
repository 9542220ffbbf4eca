//! R9.1, R9.2: what is known of a class's lessons and clips, for `rules::evidence`.

use std::collections::BTreeMap;

use duxue_rules::{
    evidence::{Asked, CameraFootage, EvidenceClip, Exhibit, TaughtSession, continuous_seconds},
    ids::{CameraId, ClassId, ClipId, SessionId},
    policy::Policy,
    span::Span,
    upload::doubt,
};
use jiff::{Timestamp, civil::Date};
use serde::Deserialize;

use crate::{
    Result, Tx,
    clip::ClipStateName,
    row::{FromRow, Row},
    upload_evidence::TakenUpload,
    value::args,
};

/// A session, and one camera of its room; none where the room has none.
struct Watched {
    session: SessionId,
    date: Date,
    span: Span,
    camera: Option<CameraFootage>,
}

impl FromRow for Watched {
    fn from_row(row: &Row) -> Result<Self> {
        let asked = row.opt_word("asked")?.map(|state| match state {
            ClipStateName::Requested => Asked::Waiting,
            ClipStateName::Sealed => Asked::Sealed,
            ClipStateName::Failed => Asked::Failed,
        });
        let micros: u64 = row.number("kept_micros")?;
        let kept_seconds = u32::try_from(micros / 1_000_000).unwrap_or(u32::MAX);
        let camera: Option<CameraId> = row.opt_parsed("camera_id")?;
        Ok(Self {
            session: row.parsed("id")?,
            date: row.parsed("date")?,
            span: row.span("starts_at", "ends_at")?,
            camera: camera.map(|camera| CameraFootage { camera, kept_seconds, asked }),
        })
    }
}

/// A sealed clip, its lesson and the holes that its manifest tells of.
struct Sealed {
    clip: ClipId,
    shown: Span,
    gaps: Vec<Span>,
    teaching: Span,
}

impl FromRow for Sealed {
    fn from_row(row: &Row) -> Result<Self> {
        /// The part of the manifest that is looked at.
        #[derive(Deserialize)]
        struct Part {
            gaps: Vec<Span>,
        }
        let Part { gaps } = row.json("manifest")?;
        Ok(Self {
            clip: row.parsed("id")?,
            shown: row.span("starts_at", "ends_at")?,
            gaps,
            teaching: row.span("session_starts_at", "session_ends_at")?,
        })
    }
}

impl Tx {
    /// A class's sessions with what the cameras of their rooms have kept of them, in order of time. Cameras that hang
    /// there now come first; one that was taken down since still has its footage.
    pub async fn taught_sessions(&mut self, class: ClassId) -> Result<Vec<TaughtSession>> {
        // A segment lasts an hour at most: the bound that makes its look-up a short range of the index.
        let rows: Vec<Watched> = self
            .all(
                "SELECT s.id, s.date, s.starts_at, s.ends_at, m.id AS camera_id,
                        (SELECT p.state FROM clips p WHERE p.session_id = s.id AND p.camera_id = m.id
                         ORDER BY p.id DESC LIMIT 1) AS asked,
                        (SELECT CAST(COALESCE(SUM(
                             (CASE WHEN g.ends_at < s.ends_at THEN g.ends_at ELSE s.ends_at END)
                             - (CASE WHEN g.starts_at > s.starts_at THEN g.starts_at ELSE s.starts_at END)), 0) AS BIGINT)
                         FROM segments g
                         WHERE g.camera_id = m.id AND g.pruned_at IS NULL AND g.starts_at > s.starts_at - 3600000000
                           AND g.starts_at < s.ends_at AND g.ends_at > s.starts_at) AS kept_micros
                 FROM sessions s
                 LEFT JOIN cameras m ON m.venue_id = s.venue_id
                 WHERE s.class_id = $1
                 ORDER BY s.starts_at, s.id, CASE WHEN m.removed_at IS NULL THEN 0 ELSE 1 END, m.id",
                args![class],
            )
            .await?;
        let mut sessions: BTreeMap<(Timestamp, SessionId), TaughtSession> = BTreeMap::new();
        for Watched { session, date, span, camera } in rows {
            let taught = sessions.entry((span.start(), session)).or_insert_with(|| TaughtSession {
                session,
                date,
                span,
                cameras: Vec::new(),
            });
            taught.cameras.extend(camera);
        }
        Ok(sessions.into_values().collect())
    }

    /// A class's sealed clips, and the uploads that were taken as evidence of it, as the rule looks at them, in order of
    /// time.
    pub async fn evidence_clips(&mut self, class: ClassId, policy: &Policy) -> Result<Vec<EvidenceClip>> {
        let rows: Vec<Sealed> = self
            .all(
                "SELECT p.id, p.starts_at, p.ends_at, p.manifest, s.starts_at AS session_starts_at,
                        s.ends_at AS session_ends_at
                 FROM clips p JOIN sessions s ON s.id = p.session_id
                 WHERE p.class_id = $1 AND p.state = 'sealed'
                 ORDER BY p.starts_at, p.id",
                args![class],
            )
            .await?;
        let clip = |sealed: Sealed| EvidenceClip {
            clip: Exhibit::Clip(sealed.clip),
            starts_at: sealed.shown.start(),
            continuous_seconds: continuous_seconds(sealed.shown, &sealed.gaps, sealed.teaching, policy),
            doubt: None,
        };
        let twins = self.twins_of_taken(class).await?;
        let taken = |taken: TakenUpload| EvidenceClip {
            clip: Exhibit::Upload(taken.upload),
            // What is before the lesson shows none of it, and may lie on another date.
            starts_at: taken.start.max(taken.teaching.start()),
            continuous_seconds: taken.video.longest_seconds(taken.start, Some(taken.teaching), policy),
            doubt: twins.get(&taken.upload).and_then(|twins| doubt(twins)),
        };
        let mut evidence: Vec<EvidenceClip> = rows.into_iter().map(clip).collect();
        evidence.extend(self.taken_uploads(class).await?.into_iter().map(taken));
        evidence.sort_by_key(|clip| (clip.starts_at, clip.clip));
        Ok(evidence)
    }

    /// The classes that were or are taught in `span`.
    pub async fn classes_taught_in(&mut self, span: Span) -> Result<Vec<ClassId>> {
        struct Taught(ClassId);
        impl FromRow for Taught {
            fn from_row(row: &Row) -> Result<Self> {
                Ok(Self(row.parsed("class_id")?))
            }
        }
        // A session lasts a day at most, by its constraint.
        let classes: Vec<Taught> = self
            .all(
                "SELECT DISTINCT class_id FROM sessions
                 WHERE starts_at > $1 - 86400000000 AND starts_at < $2 AND ends_at > $1 ORDER BY class_id",
                args![span.start(), span.end()],
            )
            .await?;
        Ok(classes.into_iter().map(|Taught(class)| class).collect())
    }
}
