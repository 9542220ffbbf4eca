//! R9.2: asks for the clips that the plan wants; only inserts rows.
//!
//! Nothing is remembered between two looks: what was recorded, sealed, failed or moved comes out of the database, and the
//! plan is made anew. A day whose clip fails is followed by the next one that helps, also by one that is over, while its
//! footage is kept.

use std::{sync::Mutex, time::Duration};

use anyhow::Result;
use duxue_rules::{
    evidence::{self, TaughtSession},
    ids::{CameraId, ClassId, SessionId},
    policy::Policy,
    span::Span,
};
use duxue_storage::{Tx, audit, clip::NewClip};
use jiff::{SignedDuration, Timestamp};
use serde_json::json;
use tokio_util::sync::CancellationToken;

use super::{Parts, reconcile};
use crate::{config::ClipsOf, ids::new_id};

const PERIOD: Duration = Duration::from_secs(10);
/// A class is looked at in every round until so long after its lesson, when the lesson's last footage is there.
pub const AFTERMATH: SignedDuration = SignedDuration::from_mins(10);
/// Classes without a lesson now are looked at as often as this: a clip may have failed late, or a day have been lost.
const ROUND: SignedDuration = SignedDuration::from_hours(1);

/// Runs until `stop`.
pub async fn run(parts: Parts, stop: CancellationToken) {
    let never = tokio::sync::Notify::new();
    let last_round = Mutex::new(None);
    reconcile(&stop, &never, PERIOD, || request(&parts, &last_round)).await;
}

async fn request(parts: &Parts, last_round: &Mutex<Option<Timestamp>>) -> Result<()> {
    let now = (parts.clock)();
    let keep = SignedDuration::from_hours(24 * i64::from(parts.config.recording.keep_days));
    let before = *last_round.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    // A clock that was set back does not put the round off.
    let round = before.is_none_or(|before| !(before..before + ROUND).contains(&now));
    let since = if round { now - keep } else { now - AFTERMATH };
    // The connection goes back before the loop asks for others.
    let taught = parts.store.read().await?.classes_taught_in(Span::new(since, now)?).await?;
    for class in taught {
        request_for(parts, class, now).await?;
    }
    if round {
        *last_round.lock().unwrap_or_else(std::sync::PoisonError::into_inner) = Some(now);
    }
    Ok(())
}

pub(crate) async fn request_for(parts: &Parts, class: ClassId, now: Timestamp) -> Result<()> {
    let in_force = parts.in_force.now().policy;
    let policy = &in_force.policy;
    // As a rule nothing is wanted, and a look writes nothing.
    if wanted(parts, &mut parts.store.read().await?, class, now, policy).await?.1.is_empty() {
        return Ok(());
    }
    // Judged again and written in one transaction: two that look at once ask once.
    let mut tx = parts.store.begin().await?;
    let (sessions, clips) = wanted(parts, &mut tx, class, now, policy).await?;
    for (session, camera) in clips {
        let Some(taught) = sessions.iter().find(|taught| taught.session == session) else { continue };
        ask(&mut tx, class, taught, camera, (now, in_force.version)).await?;
    }
    tx.commit().await?;
    parts.pokes.clips.notify_one();
    Ok(())
}

/// The class's sessions, and of which of them, by which camera, a clip is to be asked for now.
async fn wanted(
    parts: &Parts,
    tx: &mut Tx,
    class: ClassId,
    now: Timestamp,
    policy: &Policy,
) -> Result<(Vec<TaughtSession>, Vec<(SessionId, CameraId)>)> {
    let sessions = tx.taught_sessions(class).await?;
    let clips = match parts.config.evidence.clips {
        ClipsOf::PlannedDays => {
            let clips = tx.evidence_clips(class, policy).await?;
            let plan = evidence::plan(&evidence::days(&sessions, now, policy), &clips, policy);
            evidence::wanted_now(&plan.planned, &sessions, policy)
        }
        ClipsOf::EverySession => every(policy, &sessions),
        ClipsOf::None => Vec::new(),
    };
    Ok((sessions, clips))
}

/// One of each session that has the footage, whatever the rule asks for.
fn every(policy: &Policy, sessions: &[TaughtSession]) -> Vec<(SessionId, CameraId)> {
    let unasked = sessions.iter().filter(|session| session.cameras.iter().all(|camera| camera.asked.is_none()));
    unasked.filter_map(|session| Some((session.session, session.ready_camera(policy)?))).collect()
}

async fn ask(
    tx: &mut Tx,
    class: ClassId,
    taught: &TaughtSession,
    camera: CameraId,
    (now, policy_version): (Timestamp, i64),
) -> Result<()> {
    let id = new_id(now);
    tx.add_clip(&NewClip {
        id,
        class,
        session: taught.session,
        camera,
        wanted: taught.span,
        requested_by: None,
        requested_at: now,
        policy_version,
    })
    .await?;
    tx.audit(audit::Entry {
        at: now,
        actor: None,
        action: "request_clip".into(),
        subject_kind: "clip".into(),
        subject_id: id.to_string(),
        detail: json!({ "session": taught.session, "camera": camera }),
    });
    Ok(())
}
