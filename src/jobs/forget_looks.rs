//! Lets go of what shows what cameras looked like when its time is over: trails that nothing is held against any more, and
//! the pictures of camera days, which show people and are no evidence.

use std::time::Duration;

use anyhow::Result;
use duxue_rules::policy::Policy;
use duxue_storage::{Objects, Store, audit};
use jiff::{SignedDuration, Timestamp};
use serde_json::json;
use tokio_util::sync::CancellationToken;

use super::{Parts, reconcile};

const PERIOD: Duration = Duration::from_secs(3600);

/// Runs until `stop`.
pub async fn run(parts: Parts, stop: CancellationToken) {
    let never = tokio::sync::Notify::new();
    reconcile(&stop, &never, PERIOD, || async {
        forget(&parts.store, &parts.objects, &parts.policy.policy, (parts.clock)()).await
    })
    .await;
}

async fn forget(store: &Store, objects: &Objects, policy: &Policy, now: Timestamp) -> Result<()> {
    let days = |days: u16| now - SignedDuration::from_hours(24 * i64::from(days));
    let mut tx = store.begin().await?;
    // The pictures of yesterday are still compared where none of earlier days are.
    tx.forget_trails(days(policy.repeat_days.max(1))).await?;
    let pictures = tx.forget_pictures(days(policy.health_picture_days)).await?;
    if !pictures.is_empty() {
        tx.audit(audit::Entry {
            at: now,
            actor: None,
            action: "forget_camera_pictures".into(),
            subject_kind: "system".into(),
            subject_id: String::new(),
            detail: json!({ "pictures": pictures.len(), "days": policy.health_picture_days }),
        });
    }
    tx.commit().await?;
    // After a crash here a picture stays that no row names: it is shown to nobody.
    for picture in pictures {
        objects.forget(&picture.object).await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::jobs::world::{World, at, id};
    use duxue_storage::look::{CameraSession, KeptPicture, PictureRank};

    #[tokio::test]
    async fn pictures_and_trails_go_each_at_their_time() {
        let folder = tempfile::tempdir().unwrap();
        let world = World::new(folder.path()).await;
        let objects = Objects::directory(folder.path().join("objects")).unwrap();
        let (camera, session) = (world.cameras[0], world.session.id);
        let observation = id();
        let object = duxue_storage::objects::health_key(camera, observation);
        objects.put_small(&object, vec![1u8]).await.unwrap();
        let known = CameraSession {
            camera,
            session,
            samples: 30,
            trail: "AAAA".into(),
            stream: None,
            replays: vec![],
            newest_at: at(3600),
            pictures: vec![KeptPicture { rank: PictureRank::Best, observation, at: at(60), object: object.clone() }],
        };
        let mut tx = world.store.begin().await.unwrap();
        tx.put_camera_session(&known).await.unwrap();
        tx.commit().await.unwrap();

        let policy = Policy { repeat_days: 2, health_picture_days: 10, ..Policy::default() };
        let after = |days: i64| at(3600) + SignedDuration::from_hours(24 * days) + SignedDuration::from_secs(1);
        let back = async || world.store.read().await.unwrap().camera_session(camera, session).await.unwrap().unwrap();
        forget(&world.store, &objects, &policy, at(3601)).await.unwrap();
        assert_eq!(back().await, known);
        forget(&world.store, &objects, &policy, after(2)).await.unwrap();
        assert_eq!(back().await, CameraSession { trail: String::new(), ..known.clone() });
        forget(&world.store, &objects, &policy, after(10)).await.unwrap();
        assert_eq!(back().await.pictures, []);
        assert!(!objects.exists(&object).await.unwrap());
        assert!(!objects.forget("frames/a/b.jpg").await.unwrap(), "nothing else is ever let go of");
    }
}
