//! Deletes face templates when their time is over: they serve the class's attendance and nothing else, and go on a clock of
//! their own, long before the video. The frames of findings stay, as evidence.

use std::time::Duration;

use anyhow::Result;
use duxue_rules::{
    civil,
    retention::{Circumstances, Fate, Kept, fate},
};
use duxue_storage::{Store, audit};
use jiff::Timestamp;
use serde_json::json;
use tokio_util::sync::CancellationToken;
use tracing::info;

use super::{Parts, reconcile};

const PERIOD: Duration = Duration::from_secs(3600);
const PAGE: u32 = 500;

/// Runs until `stop`.
pub async fn run(parts: Parts, stop: CancellationToken) {
    let never = tokio::sync::Notify::new();
    reconcile(&stop, &never, PERIOD, || async {
        let forgotten = forget(&parts.store, &parts.in_force.now().policy.policy, (parts.clock)()).await?;
        if forgotten > 0 {
            info!(students = forgotten, "deleted face templates whose time is over");
        }
        Ok(())
    })
    .await;
}

/// How many students' templates were deleted.
async fn forget(store: &Store, policy: &duxue_rules::policy::Policy, now: Timestamp) -> Result<u64> {
    let today = civil::date_of(now);
    let (mut after, mut forgotten) = (None, 0);
    loop {
        let faces = store.read().await?.kept_faces(after, PAGE).await?;
        for face in &faces {
            let circumstances = Circumstances {
                ended_on: Some(face.class_ends_on),
                case_open: false,
                // A consent that was taken back took the templates with it.
                consent_ended_on: None,
            };
            let Fate::MustGo { since } = fate(Kept::FaceTemplate, circumstances, today, policy) else { continue };
            let mut tx = store.begin().await?;
            let templates = tx.delete_templates(face.student).await?;
            tx.audit(audit::Entry {
                at: now,
                actor: None,
                action: "forget_face".into(),
                subject_kind: "student".into(),
                subject_id: face.student.to_string(),
                detail: json!({ "templates": templates, "since": since }),
            });
            tx.commit().await?;
            forgotten += 1;
        }
        let Some(last) = faces.last().filter(|_| faces.len() == PAGE as usize) else { return Ok(forgotten) };
        after = Some(*last);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::jobs::world::{World, enrolled};
    use duxue_rules::policy::Policy;
    use duxue_storage::SecretKey;
    use jiff::SignedDuration;

    #[tokio::test]
    async fn a_face_goes_when_its_time_is_over_and_not_before() {
        let folder = tempfile::tempdir().unwrap();
        let world = World::new(folder.path()).await;
        let class = world.session.class.id;
        let mut tx = world.store.begin().await.unwrap();
        let key = SecretKey::from_bytes(&[5; 32]);
        let student = enrolled(&mut tx, class, &key, ("sface", vec![1.0]), None).await;
        tx.commit().await.unwrap();

        // The class of this world ends on 8 January 2025; a face stays thirty days more.
        let policy = Policy::default();
        let kept: Timestamp = "2025-02-07T12:00:00Z".parse().unwrap();
        assert_eq!(forget(&world.store, &policy, kept).await.unwrap(), 0);
        assert_eq!(forget(&world.store, &policy, kept + SignedDuration::from_hours(24)).await.unwrap(), 1);
        let mut tx = world.store.read().await.unwrap();
        assert_eq!(tx.templates_of_class(class, "sface", &key).await.unwrap(), []);
        assert_eq!(tx.audit_of("student", &student.to_string()).await.unwrap()[0].entry.action, "forget_face");
        drop(tx);
        assert_eq!(forget(&world.store, &policy, kept + SignedDuration::from_hours(48)).await.unwrap(), 0);
    }
}
