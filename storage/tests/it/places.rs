//! Venues and cameras.

use duxue_storage::{
    Error, SecretKey,
    camera::{CameraChange, Transport},
    venue::NewVenue,
};

use crate::{
    common::{at, at_once, both, id},
    world::{camera, field, is_lost, key, world, world_named},
};

both! {
    async fn a_camera_comes_back_with_its_credentials_only_for_the_key(db: &Db) {
        let world = world(db).await;
        let camera = db.read().await.camera(world.camera).await.unwrap().unwrap();
        assert_eq!((camera.venue.name.as_str(), camera.transport, camera.revision), ("一号教室", Transport::Tcp, 1));
        let credentials = camera.credentials(&key()).unwrap().unwrap();
        assert_eq!((credentials.username.as_str(), credentials.password.as_str()), ("admin", "hunter2"));
        assert!(camera.credentials(&SecretKey::from_bytes(&[6; 32])).is_err());
        assert!(!format!("{camera:?} {credentials:?}").contains("hunter2"));
    }

    async fn credentials_moved_to_another_row_do_not_open(db: &Db) {
        let world = world(db).await;
        let mut tx = db.begin().await;
        let other = camera(world.venue, "后");
        tx.add_camera(&other, &key()).await.unwrap();
        tx.commit().await.unwrap();
        db.behind(&format!(
            "UPDATE cameras SET credentials_sealed =
               (SELECT credentials_sealed FROM cameras WHERE id = '{}') WHERE id = '{}'",
            world.camera, other.id
        ))
        .await;
        let moved = db.read().await.camera(other.id).await.unwrap().unwrap();
        assert!(moved.credentials(&key()).is_err());
    }

    async fn what_was_typed_wrong_is_told_by_field(db: &Db) {
        let world = world(db).await;
        let good = camera(world.venue, "后");
        let mut twice = good.clone();
        twice.name = "前".into();
        let mut open = good.clone();
        open.main_url = "rtsp://admin:hunter2@192.0.2.7/main".into();
        let mut open_sub = good.clone();
        open_sub.sub_url = Some("rtsp://admin@192.0.2.7/sub".into());
        let mut nowhere = good.clone();
        nowhere.venue = id();
        for (wrong, at_field) in
            [(twice, "name"), (open, "main_url"), (open_sub, "sub_url"), (nowhere, "venue_id")]
        {
            assert_eq!(field(db.begin().await.add_camera(&wrong, &key()).await), at_field);
        }
        let orphan = NewVenue { id: id(), institution: id(), name: "二号".into(), created_at: at(0) };
        assert_eq!(field(db.begin().await.add_venue(&orphan).await), "institution_id");
        let twice = NewVenue { id: id(), institution: world.institution, name: "一号教室".into(), created_at: at(0) };
        assert_eq!(field(db.begin().await.add_venue(&twice).await), "name");
    }

    async fn a_change_starts_from_the_revision_that_was_seen(db: &Db) {
        let world = world(db).await;
        let mut tx = db.begin().await;
        let change = CameraChange { name: Some("侧".into()), credentials: Some(None), ..CameraChange::default() };
        assert_eq!(tx.change_camera(world.camera, 1, &change, &key()).await.unwrap(), 2);
        let camera = tx.camera(world.camera).await.unwrap().unwrap();
        assert_eq!((camera.name.as_str(), camera.revision, camera.has_credentials()), ("侧", 2, false));
        assert_eq!(camera.sub_url.as_deref(), Some("rtsp://192.0.2.7:554/sub"), "the rest stays");
        assert!(is_lost(&tx.change_camera(world.camera, 1, &change, &key()).await));
        assert!(is_lost(&tx.remove_camera(world.camera, 1, at(1)).await));
    }

    async fn of_two_changes_at_once_one_is_lost(db: &Db) {
        let world = world(db).await;
        let tasks = ["甲", "乙"].map(|name| {
            let store = db.store.clone();
            async move {
                let mut tx = store.begin().await?;
                let change = CameraChange { name: Some(name.into()), ..CameraChange::default() };
                tx.change_camera(world.camera, 1, &change, &key()).await?;
                tx.commit().await
            }
        });
        let results = at_once(tasks.into()).await;
        assert_eq!(results.iter().filter(|result| result.is_ok()).count(), 1, "{results:?}");
        assert_eq!(results.iter().filter(|result| is_lost(result)).count(), 1, "{results:?}");
        assert_eq!(db.read().await.camera(world.camera).await.unwrap().unwrap().revision, 2);
    }

    async fn a_removed_camera_frees_its_name_and_keeps_its_row(db: &Db) {
        let world = world(db).await;
        let mut tx = db.begin().await;
        tx.remove_camera(world.camera, 1, at(5)).await.unwrap();
        tx.add_camera(&camera(world.venue, "前"), &key()).await.unwrap();
        assert_eq!(tx.cameras(None, None, 10).await.unwrap().len(), 1);
        assert_eq!(tx.cameras_of_venue(world.venue).await.unwrap().len(), 2);
        let removed = tx.camera(world.camera).await.unwrap().unwrap();
        assert_eq!((removed.removed_at, removed.enabled), (Some(at(5)), false));
    }

    async fn an_institution_sees_only_its_own(db: &Db) {
        let own = world(db).await;
        let other = world_named(db, "别的学校").await;
        let mut tx = db.read().await;
        let cameras = tx.cameras(Some(own.institution), None, 10).await.unwrap();
        assert_eq!(cameras.iter().map(|camera| camera.id).collect::<Vec<_>>(), [own.camera]);
        let venues = tx.venues(Some(other.institution), None, 10).await.unwrap();
        assert_eq!(venues.iter().map(|venue| venue.id).collect::<Vec<_>>(), [other.venue]);
        let institutions = tx.institutions(Some(own.institution), None, 10).await.unwrap();
        assert_eq!(institutions.len(), 1);
        assert_eq!(tx.cameras(None, None, 10).await.unwrap().len(), 2);
    }

    async fn a_broken_row_is_named_and_not_hidden(db: &Db) {
        let world = world(db).await;
        db.behind("UPDATE policies SET body = '{'").await;
        match db.read().await.policy(world.policy).await {
            Err(Error::Corrupt { row, column: "body", .. }) => assert_eq!(row, "1"),
            other => panic!("{other:?}"),
        }
    }
}
