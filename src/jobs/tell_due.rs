//! Notes in the log what follows from the time alone, so that those who listen hear of it: a daily report that did not come by
//! its hour (R7.3b), and evidence that can hardly be had any more (R9.2). Each is told once, however many nodes run: a report a
//! day, evidence a week.

use std::time::Duration;

use anyhow::Result;
use duxue_rules::{
    civil,
    event::EventKind,
    evidence::{self, Outlook, Plan},
    ids::ClassId,
    policy::Policy,
    span::Span,
};
use duxue_storage::{Store, Tx, audit};
use jiff::{SignedDuration, Timestamp};
use serde_json::json;
use tokio_util::sync::CancellationToken;

use super::{Parts, reconcile};

const PERIOD: Duration = Duration::from_secs(60);
/// Evidence at risk is told again after so long, while it is.
const AGAIN: SignedDuration = SignedDuration::from_hours(7 * 24);
/// Classes taught within so long are looked at.
const TAUGHT: SignedDuration = SignedDuration::from_hours(3 * 24);

/// Runs until `stop`.
pub async fn run(parts: Parts, stop: CancellationToken) {
    let never = tokio::sync::Notify::new();
    reconcile(&stop, &never, PERIOD, || async {
        let policy = parts.in_force.now().policy;
        tell(&parts.store, &policy.policy, (parts.clock)()).await
    })
    .await;
}

async fn tell(store: &Store, policy: &Policy, now: Timestamp) -> Result<()> {
    late_reports(store, policy, now).await?;
    evidence_at_risk(store, policy, now).await
}

async fn late_reports(store: &Store, policy: &Policy, now: Timestamp) -> Result<()> {
    let today = civil::date_of(now);
    if civil::time_of(now) <= policy.report_due {
        return Ok(());
    }
    let Some(day) = civil::day(today) else { return Ok(()) };
    // The connection goes back before the loop asks for others.
    let unreported = store.read().await?.unreported(today).await?;
    for class in unreported {
        let detail = json!({ "date": today });
        once(store, EventKind::ReportLate, ("note_late_report", class), day.start(), detail, now).await?;
    }
    Ok(())
}

async fn evidence_at_risk(store: &Store, policy: &Policy, now: Timestamp) -> Result<()> {
    let lately = Span::new(now - TAUGHT, now)?;
    let taught = store.read().await?.classes_taught_in(lately).await?;
    for class in taught {
        let plan = plan(&mut store.read().await?, class, policy, now).await?;
        let lost = matches!(plan.outlook, Outlook::OutOfReach { .. });
        if lost || plan.may_fail == Some(0) {
            let detail = json!({ "out_of_reach": lost, "needed": plan.planned.len(), "slots": plan.slots,
                "last_safe_day": plan.last_safe_day });
            let what = ("note_evidence_at_risk", class);
            once(store, EventKind::EvidenceAtRisk, what, now - AGAIN, detail, now).await?;
        }
    }
    Ok(())
}

async fn plan(tx: &mut Tx, class: ClassId, policy: &Policy, now: Timestamp) -> Result<Plan> {
    let sessions = tx.taught_sessions(class).await?;
    let clips = tx.evidence_clips(class, policy).await?;
    Ok(evidence::plan(&evidence::days(&sessions, now, policy), &clips, policy))
}

/// Notes it, unless it was noted at or after `since`.
async fn once(
    store: &Store,
    kind: EventKind,
    (action, class): (&str, ClassId),
    since: Timestamp,
    detail: serde_json::Value,
    now: Timestamp,
) -> Result<()> {
    // As a rule it was, and a look writes nothing.
    if store.read().await?.was_told(kind, class, since).await? {
        return Ok(());
    }
    let mut tx = store.begin().await?;
    // Several nodes look at the same time: the day's row lets one of them pass, and the others once that one has ended.
    if !tx.tell_once(kind, class, civil::date_of(now), now).await? || tx.was_told(kind, class, since).await? {
        return Ok(());
    }
    tx.audit(audit::Entry {
        at: now,
        actor: None,
        action: action.to_owned(),
        subject_kind: "class".to_owned(),
        subject_id: class.to_string(),
        detail,
    });
    Ok(tx.commit().await?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::jobs::world::{World, at};

    async fn told(world: &World) -> Vec<EventKind> {
        let events = world.store.read().await.unwrap().events_after(0, 100).await.unwrap();
        assert!(events.iter().all(|event| event.institution.is_some()), "an event about a class is its institution's");
        events.into_iter().map(|event| event.kind).collect()
    }

    #[tokio::test]
    async fn a_report_that_does_not_come_by_nine_is_told_once() {
        let folder = tempfile::tempdir().unwrap();
        let world = World::new(folder.path()).await;
        let policy = Policy::default();
        for second in [-3600, 0] {
            late_reports(&world.store, &policy, at(second)).await.unwrap();
            assert_eq!(told(&world).await, [], "until nine there is time");
        }
        for second in [1, 61, 7200] {
            late_reports(&world.store, &policy, at(second)).await.unwrap();
            assert_eq!(told(&world).await, [EventKind::ReportLate]);
        }
        late_reports(&world.store, &policy, at(86_400 + 60)).await.unwrap();
        assert_eq!(told(&world).await.len(), 1, "on a day without a lesson none is due");
    }

    #[tokio::test]
    async fn of_several_nodes_one_tells() {
        let folder = tempfile::tempdir().unwrap();
        let world = World::new(folder.path()).await;
        let policy = Policy::default();
        let nodes = (0..4).map(|_| tell(&world.store, &policy, at(1)));
        for told in futures::future::join_all(nodes).await {
            told.unwrap();
        }
        let mut told = told(&world).await;
        told.sort();
        assert_eq!(told, [EventKind::ReportLate, EventKind::EvidenceAtRisk]);
    }

    #[tokio::test]
    async fn evidence_that_no_plan_can_give_is_told_once_a_week() {
        let folder = tempfile::tempdir().unwrap();
        let world = World::new(folder.path()).await;
        // One session is never enough for ten clips.
        let policy = Policy::default();
        for second in [7300, 7400, 86_400] {
            evidence_at_risk(&world.store, &policy, at(second)).await.unwrap();
            assert_eq!(told(&world).await, [EventKind::EvidenceAtRisk]);
        }
    }
}
