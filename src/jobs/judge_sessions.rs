//! Asks the rules about every session that runs or has just ended, and keeps what they say.
//!
//! A finding that a person has decided is never touched. One that no longer holds is withdrawn, not deleted.

use std::{collections::HashMap, path::Path, time::Duration};

use anyhow::{Context, Result};
use duxue_rules::{
    crosscheck::{self, FindingDraft, SessionFacts},
    ids::{ObservationId, SessionId},
    observation::{Observation, SeenFace},
    policy::Policy,
    span::Span,
};
use duxue_storage::{
    audit,
    finding::{Finding, FindingState, Frame, FrameFace, Raised, RaisedFinding},
    objects,
    session::Session,
};
use jiff::{SignedDuration, Timestamp};
use serde_json::json;
use tokio_util::sync::CancellationToken;
use tracing::warn;

use super::{Parts, reconcile, sample_sessions::spooled};
use crate::ids::new_id;

/// A session is judged once more after its end, when the last samples and a corrected report are in.
const AFTERMATH: SignedDuration = SignedDuration::from_mins(10);
/// The fewest pictures that a finding keeps once it has them, so that what a person looks at does not change under them.
const STEADY_FRAMES: usize = 3;

/// Runs until `stop`.
pub async fn run(parts: Parts, stop: CancellationToken) {
    let period = Duration::from_secs(u64::from(parts.config.analysis.sample_seconds).max(2) * 3);
    let poke = parts.pokes.sessions.clone();
    reconcile(&stop, &poke, period, || judge_all(&parts)).await;
}

async fn judge_all(parts: &Parts) -> Result<()> {
    let now = (parts.clock)();
    // Those about to begin are among them, so that the sweep does not take a first picture away.
    let around = Span::new(now - AFTERMATH, now + SignedDuration::from_mins(1))?;
    let sessions = parts.store.read().await?.sessions_in(around).await?;
    for session in sessions.iter().filter(|session| session.span.start() <= now) {
        judge(parts, session, now).await.with_context(|| format!("session {} could not be judged", session.id))?;
    }
    sweep_spool(parts, &sessions).await
}

async fn judge(parts: &Parts, session: &Session, now: Timestamp) -> Result<()> {
    let (facts, standing) = load(parts, session, now).await?;
    let policy = parts.policy.clone();
    let asked = facts.clone();
    let judgement = tokio::task::spawn_blocking(move || crosscheck::judge(&asked, &policy.policy)).await?;

    let mut raised = Vec::new();
    for draft in judgement.findings {
        let before = standing.iter().find(|f| f.draft.kind == draft.kind && f.draft.subject == draft.subject);
        if before.is_some_and(|finding| matches!(finding.state, FindingState::Decided(_))) {
            continue;
        }
        let frames = frames(parts, session.id, &draft, before, &facts.observations).await?;
        raised.push((draft, frames));
    }

    let mut tx = parts.store.begin().await?;
    tx.put_summary(session.id, &judgement.summary, parts.policy.version, now).await?;
    for finding in &standing {
        let held = raised.iter().any(|(d, _)| d.kind == finding.draft.kind && d.subject == finding.draft.subject);
        if finding.state == FindingState::Open && !held {
            tx.withdraw_finding(finding.id, now).await?;
            tx.audit(entry(now, "withdraw_finding", &finding.id.to_string(), &finding.draft));
        }
    }
    for (draft, frames) in raised {
        let id = new_id(now);
        let what = entry(now, "raise_finding", "", &draft);
        let (session, class, policy_version) = (session.id, session.class.id, parts.policy.version);
        let outcome =
            tx.raise_finding(&RaisedFinding { id, session, class, draft, frames, policy_version, at: now }).await?;
        if outcome == Raised::New {
            tx.audit(audit::Entry { subject_id: id.to_string(), ..what });
        }
    }
    Ok(tx.commit().await?)
}

async fn load(parts: &Parts, session: &Session, now: Timestamp) -> Result<(SessionFacts, Vec<Finding>)> {
    let model = parts.vision.eyes().and_then(|eyes| eyes.recogniser()).unwrap_or_default();
    let mut tx = parts.store.read().await?;
    let report = tx.report(session.class.id, session.date).await?;
    let mut outages = Vec::new();
    for camera in tx.cameras_of_venue(session.venue.id).await? {
        outages.extend(tx.coverage_in(camera.id, session.span).await?.1);
    }
    let facts = SessionFacts {
        session: session.id,
        span: session.span,
        roster: tx.roster(session.class.id, model).await?,
        report_sent_at: report.as_ref().map(|report| report.first_sent_at),
        report: report.map(|report| report.report),
        observations: tx.observations_of_session(session.id).await?,
        outages,
        now,
    };
    Ok((facts, tx.findings_of_session(session.id).await?))
}

/// The pictures that show a finding, put into the object store. Those it has stay; the spool gives the rest.
async fn frames(
    parts: &Parts,
    session: SessionId,
    draft: &FindingDraft,
    before: Option<&Finding>,
    observations: &[Observation],
) -> Result<Vec<Frame>> {
    if let Some(finding) = before
        && finding.frames.len() >= STEADY_FRAMES.min(draft.frames.len())
    {
        return Ok(finding.frames.clone());
    }
    let seen: HashMap<ObservationId, &Observation> = observations.iter().map(|o| (o.id, o)).collect();
    let mut frames = Vec::new();
    for id in &draft.frames {
        let Some(observation) = seen.get(id) else { continue };
        let path = spooled(&parts.config.spool_dir(), session, *id);
        let Ok(jpeg) = tokio::fs::read(&path).await else { continue };
        let (width, height) = match duxue_analytics::decode_jpeg(&jpeg) {
            Ok(picture) => (picture.view().width(), picture.view().height()),
            Err(error) => {
                warn!("a spooled picture cannot be read: {error}");
                continue;
            }
        };
        let object = objects::frame_key(session, *id);
        parts.objects.put_small(&object, jpeg).await?;
        let faces = observation.faces.iter().map(|face| frame_face(face, &parts.policy.policy)).collect();
        let (camera, at) = (Some(observation.camera), observation.at);
        frames.push(Frame { observation: *id, camera, at, object, width, height, faces });
    }
    Ok(frames)
}

/// A face as the page draws it: named only where the policy's similarity and margin are met.
fn frame_face(face: &SeenFace, policy: &Policy) -> FrameFace {
    let student = face.likeness.filter(|likeness| {
        let margin = likeness.similarity - likeness.runner_up.unwrap_or(-1.0);
        face.eye_distance_px >= policy.identify_min_eye_distance_px
            && likeness.similarity >= policy.identify_min_similarity
            && margin >= policy.identify_min_margin
    });
    FrameFace { area: face.area, student: student.map(|likeness| likeness.student) }
}

fn entry(at: Timestamp, action: &str, subject_id: &str, draft: &FindingDraft) -> audit::Entry {
    audit::Entry {
        at,
        actor: None,
        action: action.into(),
        subject_kind: "finding".into(),
        subject_id: subject_id.into(),
        detail: json!({ "rule": draft.rule, "kind": draft.kind, "confidence": draft.confidence }),
    }
}

/// Empties the folders of sessions that are over: what nobody needs of people's faces is not kept.
async fn sweep_spool(parts: &Parts, current: &[Session]) -> Result<()> {
    let spool = parts.config.spool_dir();
    let current: Vec<String> = current.iter().map(|session| session.id.to_string()).collect();
    tokio::task::spawn_blocking(move || sweep(&spool, &current)).await?
}

fn sweep(spool: &Path, current: &[String]) -> Result<()> {
    let Ok(folders) = std::fs::read_dir(spool) else { return Ok(()) };
    for folder in folders.flatten() {
        if !current.iter().any(|session| folder.file_name().to_str() == Some(session)) {
            std::fs::remove_dir_all(folder.path())?;
        }
    }
    Ok(())
}
