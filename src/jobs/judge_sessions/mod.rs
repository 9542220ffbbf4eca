//! Asks the rules about every session that runs or has just ended, and keeps what they say.
//!
//! A round looks at each session and judges those of which anything has changed. A finding that a person has decided is
//! never touched. One that no longer holds is withdrawn, not deleted.

mod days;
mod hints;
mod lessons;
mod memory;
mod pictures;
mod punches;

use std::time::Duration;

use anyhow::Result;
use duxue_rules::{
    crosscheck::{self, FindingDraft, Hints, Judgement},
    span::Span,
};
use duxue_storage::{
    audit,
    finding::{Finding, FindingState, Raised, RaisedFinding},
    policy::StoredPolicy,
    session::Session,
};
use futures::FutureExt;
use jiff::{SignedDuration, Timestamp};
use serde_json::json;
use tokio::sync::Mutex;
use tokio_util::sync::CancellationToken;
use tracing::warn;

use self::memory::{Loaded, Memory};
use super::{Parts, reconcile};
use crate::ids::new_id;

/// A session is judged once more after its end, when the last samples and a corrected report are in.
const AFTERMATH: SignedDuration = SignedDuration::from_mins(10);

/// Runs until `stop`.
pub async fn run(parts: Parts, stop: CancellationToken) {
    let sample_seconds = parts.config.analysis.sample_seconds;
    // The timer is for what only time changes, such as a report that does not come.
    let period = Duration::from_secs(u64::from(sample_seconds).max(2) * 3);
    let pause = Duration::from_millis(u64::from(sample_seconds) * 500);
    let memory = Mutex::default();
    let poke = parts.pokes.sessions.clone();
    let rounds = reconcile(&stop, &poke, period, || judge_all(&parts, &memory));
    tokio::join!(rounds, wake_soon(&parts, &stop, pause));
}

/// Wakes the judge some time after an observation came, so that one round serves all cameras that were sampled together.
async fn wake_soon(parts: &Parts, stop: &CancellationToken, pause: Duration) {
    let rounds = async {
        loop {
            parts.observed.notified().await;
            tokio::time::sleep(pause).await;
            // What came meanwhile is served by this round as well.
            let _ = parts.observed.notified().now_or_never();
            parts.pokes.sessions.notify_one();
        }
    };
    let _: Option<()> = stop.run_until_cancelled(rounds).await;
}

async fn judge_all(parts: &Parts, memory: &Mutex<Memory>) -> Result<()> {
    let now = (parts.clock)();
    // Those about to begin are among them, so that the sweep does not take a first picture away.
    let around = Span::new(now - AFTERMATH, now + SignedDuration::from_mins(1))?;
    let sessions = parts.store.read().await?.sessions_in(around).await?;
    let mut memory = memory.lock().await;
    memory.keep_only(&sessions);
    let model = parts.vision.eyes().and_then(|eyes| eyes.recogniser()).unwrap_or_default();
    let mut failed = None;
    for session in sessions.iter().filter(|session| session.span.start() <= now) {
        // One session that cannot be judged does not hold up the others.
        if let Err(error) = look_at(parts, &mut memory, session, model, now).await {
            let error = error.context(format!("session {} could not be judged", session.id));
            warn!("{error:#}");
            failed = Some(error);
        }
    }
    days::keep(parts, &sessions, now).await?;
    pictures::sweep_spool(parts, &sessions).await?;
    failed.map_or(Ok(()), Err)
}

/// Judges one session as it stands, by the faces that were enrolled with `model`.
pub async fn judge_once(parts: &Parts, session: &Session, model: &str, now: Timestamp) -> Result<()> {
    look_at(parts, &mut Memory::default(), session, model, now).await
}

async fn look_at(parts: &Parts, memory: &mut Memory, session: &Session, model: &str, now: Timestamp) -> Result<()> {
    let policy = parts.in_force.now().policy;
    let mut tx = parts.store.read().await?;
    let loaded = memory.load(&mut tx, session, model, &policy.policy, now).await?;
    let Some(mut loaded) = loaded else { return Ok(()) };
    let standing = tx.findings_of_session(session.id).await?;
    drop(tx);
    let pictures = hints::of(&parts.store, &policy.policy, session, &loaded.facts.observations).await?;
    loaded.hints = Hints { punches: std::mem::take(&mut loaded.hints.punches), ..pictures };
    let (judged_by, policy) = (policy.clone(), policy);
    let (judgement, loaded) = tokio::task::spawn_blocking(move || {
        let judgement = crosscheck::judge_with(&loaded.facts, &loaded.hints, &judged_by.policy);
        (judgement, loaded)
    })
    .await?;
    keep(parts, &policy, session, judgement, &loaded, &standing, now).await?;
    memory.judged(loaded);
    Ok(())
}

async fn keep(
    parts: &Parts,
    policy: &StoredPolicy,
    session: &Session,
    judgement: Judgement,
    loaded: &Loaded,
    standing: &[Finding],
    now: Timestamp,
) -> Result<()> {
    let mut raised = Vec::new();
    for draft in judgement.findings {
        let before = standing.iter().find(|f| f.draft.kind == draft.kind && f.draft.subject == draft.subject);
        if before.is_some_and(|finding| matches!(finding.state, FindingState::Decided(_))) {
            continue;
        }
        let frames = pictures::frames(parts, &policy.policy, session.id, &draft, before, loaded).await?;
        raised.push((draft, frames));
    }

    let mut tx = parts.store.begin().await?;
    tx.put_summary(session.id, &judgement.summary, policy.version, now).await?;
    for finding in standing {
        let held = raised.iter().any(|(d, _)| d.kind == finding.draft.kind && d.subject == finding.draft.subject);
        if finding.state == FindingState::Open && !held {
            tx.withdraw_finding(finding.id, now).await?;
            tx.audit(entry(now, "withdraw_finding", &finding.id.to_string(), &finding.draft));
        }
    }
    for (draft, frames) in raised {
        let id = new_id(now);
        let what = entry(now, "raise_finding", "", &draft);
        let (session, class, policy_version) = (session.id, session.class.id, policy.version);
        let outcome =
            tx.raise_finding(&RaisedFinding { id, session, class, draft, frames, policy_version, at: now }).await?;
        if outcome == Raised::New {
            tx.audit(audit::Entry { subject_id: id.to_string(), ..what });
        }
    }
    Ok(tx.commit().await?)
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
