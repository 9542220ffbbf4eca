//! Findings 疑点. The machine raises, renews and withdraws them; only a person confirms or dismisses.

use duxue_rules::{
    crosscheck::FindingDraft,
    ids::{CameraId, ClassId, FindingId, InstitutionId, ObservationId, PunchId, SessionId, StudentId, UserId},
    observation::Area,
    span::Span,
};
use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};

use crate::{
    Named, Result, Tx, json,
    policy::PolicyRef,
    row::{FromRow, Row},
    value::args,
};

/// A finding with everything that its page shows.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// Its identity.
    pub id: FindingId,
    /// The class it is about.
    pub class: Named<ClassId>,
    /// Whose class that is.
    pub institution: InstitutionId,
    /// The session it is about.
    pub session: SessionId,
    /// The session's civil day.
    pub date: Date,
    /// The session's time.
    pub span: Span,
    /// The student it is about, if it is about one.
    pub subject: Option<Named<StudentId>>,
    /// What the rules said, with their reasons.
    pub draft: FindingDraft,
    /// The pictures that show it.
    pub frames: Vec<Frame>,
    /// Under which policy.
    pub policy: PolicyRef,
    /// When it was first raised.
    pub raised_at: Timestamp,
    /// When it last changed.
    pub updated_at: Timestamp,
    /// Where it stands.
    pub state: FindingState,
}

/// Where a finding stands.
#[derive(Clone, Debug, PartialEq)]
pub enum FindingState {
    /// A person is to decide.
    Open,
    /// What the rules saw was no longer there when they looked again.
    Withdrawn,
    /// A person decided.
    Decided(Decision),
}

/// What a person decided.
#[derive(Clone, Debug, PartialEq)]
pub struct Decision {
    /// Which way.
    pub outcome: Outcome,
    /// Who.
    pub by: Named<UserId>,
    /// When.
    pub at: Timestamp,
    /// Why, in their words.
    pub reason: String,
}

/// Which way a person decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// It is so.
    Confirmed,
    /// It is not, or does not matter.
    Dismissed,
}

/// The word of a [`FindingState`], to ask for findings by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StateName {
    /// [`FindingState::Open`].
    Open,
    /// [`Outcome::Confirmed`].
    Confirmed,
    /// [`Outcome::Dismissed`].
    Dismissed,
    /// [`FindingState::Withdrawn`].
    Withdrawn,
}

/// A picture that shows a finding.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Frame {
    /// The observation it is of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub observation: Option<ObservationId>,
    /// The punch whose picture it is, where it is no observation's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub punch: Option<PunchId>,
    /// The camera that took it; `None` for a punch's, and in findings stored before frames named one.
    #[serde(default)]
    pub camera: Option<CameraId>,
    /// When it was taken.
    pub at: Timestamp,
    /// Its key in the object store; a JPEG.
    pub object: String,
    /// Pixels.
    pub width: u32,
    /// Pixels.
    pub height: u32,
    /// The faces in it.
    pub faces: Vec<FrameFace>,
}

/// A face in such a picture.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FrameFace {
    /// Where.
    pub area: Area,
    /// Whom it was taken for.
    pub student: Option<StudentId>,
    /// How much it looked like them: cosine.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub similarity: Option<f32>,
    /// How likely it is them, 0 to 1; a hint.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub probability: Option<f32>,
}

/// What the rules raise now.
#[derive(Clone, Debug)]
pub struct RaisedFinding {
    /// The identity it gets if it is new.
    pub id: FindingId,
    /// The session.
    pub session: SessionId,
    /// The session's class.
    pub class: ClassId,
    /// What the rules say.
    pub draft: FindingDraft,
    /// The pictures that show it, already in the object store.
    pub frames: Vec<Frame>,
    /// Under which policy.
    pub policy_version: i64,
    /// Now.
    pub at: Timestamp,
}

/// What became of a raised finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Raised {
    /// It was not there before.
    New,
    /// It was there, or had been withdrawn, and now says something else.
    Renewed(FindingId),
    /// It says what it said.
    Unchanged(FindingId),
    /// A person decided it already; nothing was touched.
    Decided(FindingId),
}

impl Finding {
    /// The word of where it stands.
    pub fn state_name(&self) -> StateName {
        match &self.state {
            FindingState::Open => StateName::Open,
            FindingState::Withdrawn => StateName::Withdrawn,
            FindingState::Decided(Decision { outcome: Outcome::Confirmed, .. }) => StateName::Confirmed,
            FindingState::Decided(Decision { outcome: Outcome::Dismissed, .. }) => StateName::Dismissed,
        }
    }
}

impl FromRow for Finding {
    fn from_row(row: &Row) -> Result<Self> {
        let outcome = match row.word("state")? {
            StateName::Open => None,
            StateName::Withdrawn => None,
            StateName::Confirmed => Some(Outcome::Confirmed),
            StateName::Dismissed => Some(Outcome::Dismissed),
        };
        let decided = (
            row.opt_named("decided_by", "decided_by_name")?,
            row.opt_time("decided_at")?,
            row.opt_text("decision_reason")?,
        );
        let state = match (outcome, decided) {
            (Some(outcome), (Some(by), Some(at), Some(reason))) => {
                FindingState::Decided(Decision { outcome, by, at, reason })
            }
            (None, (None, None, None)) if row.text("state")? == "open" => FindingState::Open,
            (None, (None, None, None)) => FindingState::Withdrawn,
            _ => return Err(row.impossible("state")),
        };
        Ok(Self {
            id: row.parsed("id")?,
            class: row.named("class_id", "class_name")?,
            institution: row.parsed("institution_id")?,
            session: row.parsed("session_id")?,
            date: row.parsed("date")?,
            span: row.span("starts_at", "ends_at")?,
            subject: row.opt_named("student_id", "student_name")?,
            draft: row.json("body")?,
            frames: row.json("frames")?,
            policy: PolicyRef::of(row)?,
            raised_at: row.time("raised_at")?,
            updated_at: row.time("updated_at")?,
            state,
        })
    }
}

/// An identity and a state, of a row that was or was not touched.
struct Standing(FindingId, StateName);

impl FromRow for Standing {
    fn from_row(row: &Row) -> Result<Self> {
        Ok(Self(row.parsed("id")?, row.word("state")?))
    }
}

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT f.id, f.class_id, c.name AS class_name, c.institution_id, f.session_id, s.date, s.starts_at,
                    s.ends_at, t.id AS student_id, t.name AS student_name, f.body, f.frames, f.policy_version,
                    p.label AS policy_label, f.raised_at, f.updated_at, f.state, f.decided_by,
                    u.display_name AS decided_by_name, f.decided_at, f.decision_reason
             FROM findings f
             JOIN classes c ON c.id = f.class_id
             JOIN sessions s ON s.id = f.session_id
             JOIN policies p ON p.version = f.policy_version
             LEFT JOIN students t ON t.id = f.subject
             LEFT JOIN users u ON u.id = f.decided_by ",
            $rest
        )
    };
}

/// Which findings are asked for; `None` is all of them.
#[derive(Clone, Copy, Debug, Default)]
pub struct FindingFilter {
    /// Of one institution.
    pub institution: Option<InstitutionId>,
    /// Of one class.
    pub class: Option<ClassId>,
    /// In one state.
    pub state: Option<StateName>,
}

impl Tx {
    /// Raises a finding, or renews the one of the same session, kind and subject. A decided one stays as it was decided.
    pub async fn raise_finding(&mut self, raised: &RaisedFinding) -> Result<Raised> {
        let RaisedFinding { id, session, class, draft, frames, policy_version, at } = raised;
        let kind = json::word(&draft.kind);
        let subject = draft.subject.map_or_else(String::new, |student| student.to_string());
        let touched: Option<Standing> = self
            .optional(
                "INSERT INTO findings
                    (id, session_id, class_id, rule, kind, subject, state, confidence, body, policy_version, frames,
                     raised_at, updated_at)
                 VALUES ($1, $2, $3, $4, $5, $6, 'open', $7, $8, $9, $10, $11, $11)
                 ON CONFLICT (session_id, kind, subject) DO UPDATE
                 SET state = 'open', rule = excluded.rule, confidence = excluded.confidence, body = excluded.body,
                     policy_version = excluded.policy_version, frames = excluded.frames,
                     updated_at = excluded.updated_at
                 WHERE findings.state = 'withdrawn'
                    OR (findings.state = 'open'
                        AND (findings.body <> excluded.body OR findings.frames <> excluded.frames
                             OR findings.policy_version <> excluded.policy_version))
                 RETURNING id, state",
                args![
                    id,
                    session,
                    class,
                    draft.rule.as_str(),
                    kind,
                    subject,
                    draft.confidence,
                    json::text(draft),
                    policy_version,
                    json::text(frames),
                    at,
                ],
            )
            .await?;
        if let Some(Standing(touched, _)) = touched {
            return Ok(if touched == *id { Raised::New } else { Raised::Renewed(touched) });
        }
        let Standing(standing, state) = self
            .one(
                "SELECT id, state FROM findings WHERE session_id = $1 AND kind = $2 AND subject = $3",
                args![session, kind, subject],
            )
            .await?;
        Ok(match state {
            StateName::Confirmed | StateName::Dismissed => Raised::Decided(standing),
            StateName::Open | StateName::Withdrawn => Raised::Unchanged(standing),
        })
    }

    /// Withdraws an open finding that the rules no longer raise. Lost if it is not open.
    pub async fn withdraw_finding(&mut self, id: FindingId, at: Timestamp) -> Result<()> {
        self.advance(
            "finding",
            "UPDATE findings SET state = 'withdrawn', updated_at = $2 WHERE id = $1 AND state = 'open'",
            args![id, at],
        )
        .await
    }

    /// A person decides an open finding. Lost if another decided it, or it was withdrawn. Field error: `reason`.
    pub async fn decide_finding(
        &mut self,
        id: FindingId,
        outcome: Outcome,
        by: UserId,
        at: Timestamp,
        reason: &str,
    ) -> Result<()> {
        self.advance(
            "finding",
            "UPDATE findings
             SET state = $2, decided_by = $3, decided_at = $4, decision_reason = $5, updated_at = $4
             WHERE id = $1 AND state = 'open'",
            args![id, json::word(&outcome), by, at, reason],
        )
        .await
    }

    /// The one of that identity.
    pub async fn finding(&mut self, id: FindingId) -> Result<Option<Finding>> {
        self.optional(select!("WHERE f.id = $1"), args![id]).await
    }

    /// Those that `filter` asks for, the newest first, before `after`.
    pub async fn findings(
        &mut self,
        filter: FindingFilter,
        after: Option<FindingId>,
        limit: u32,
    ) -> Result<Vec<Finding>> {
        let FindingFilter { institution, class, state } = filter;
        // A text for each index: behind `$n IS NULL OR` none is used, and a class's few would be looked for among everybody's.
        // 'g' comes after every identity.
        let sql = match (class, state) {
            (Some(_), _) => select!(
                "WHERE f.class_id = $2 AND ($1 IS NULL OR c.institution_id = $1) AND ($3 IS NULL OR f.state = $3)
                   AND f.id < COALESCE($4, 'g')
                 ORDER BY f.id DESC LIMIT $5"
            ),
            (None, Some(_)) => select!(
                "WHERE f.state = $3 AND ($1 IS NULL OR c.institution_id = $1) AND ($2 IS NULL OR f.class_id = $2)
                   AND f.id < COALESCE($4, 'g')
                 ORDER BY f.id DESC LIMIT $5"
            ),
            (None, None) => select!(
                "WHERE f.id < COALESCE($4, 'g') AND ($1 IS NULL OR c.institution_id = $1)
                   AND ($2 IS NULL OR f.class_id = $2) AND ($3 IS NULL OR f.state = $3)
                 ORDER BY f.id DESC LIMIT $5"
            ),
        };
        let state = state.map(|state| json::word(&state));
        self.all(sql, args![institution, class, state, after, limit]).await
    }

    /// All of a session, withdrawn ones too.
    pub async fn findings_of_session(&mut self, session: SessionId) -> Result<Vec<Finding>> {
        self.all(select!("WHERE f.session_id = $1 ORDER BY f.id"), args![session]).await
    }

    /// Those of a class's day that were not withdrawn.
    pub async fn findings_of_class_on(&mut self, class: ClassId, date: Date) -> Result<Vec<Finding>> {
        self.all(
            select!("WHERE f.class_id = $1 AND s.date = $2 AND f.state <> 'withdrawn' ORDER BY f.id"),
            args![class, date],
        )
        .await
    }

    /// How many findings of each session of a day are open; sessions without any are left out.
    pub async fn open_findings_on(&mut self, date: Date) -> Result<Vec<(SessionId, u32)>> {
        struct Count(SessionId, u32);
        impl FromRow for Count {
            fn from_row(row: &Row) -> Result<Self> {
                Ok(Self(row.parsed("session_id")?, row.number("n")?))
            }
        }
        let counts: Vec<Count> = self
            .all(
                // Written so that no index is used for the state: SQLite is to go by the few sessions of the day, not by all that is open.
                "SELECT f.session_id, COUNT(*) AS n FROM sessions s JOIN findings f ON f.session_id = s.id
                 WHERE s.date = $1 AND f.state || '' = 'open' GROUP BY f.session_id",
                args![date],
            )
            .await?;
        Ok(counts.into_iter().map(|Count(session, count)| (session, count)).collect())
    }
}
