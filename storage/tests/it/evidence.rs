//! What the planner of evidence is told.

use duxue_rules::{evidence::Asked, policy::Policy, text::Text};
use duxue_storage::{clip::NewClip, segment::Segment};

use crate::{
    clips::{requested, sealed},
    common::{both, id},
    world::{camera, session, span, world, world_named},
};

fn segment(camera: duxue_rules::ids::CameraId, start: i64, end: i64) -> Segment {
    Segment {
        id: id(),
        camera,
        span: span(start, end),
        bytes: 1,
        sha256: [1; 32],
        path: format!("{camera}/{start}.mp4"),
        codec: "avc1.640028".into(),
        width: 1280,
        height: 720,
        recovered: false,
        pruned_at: None,
    }
}

both! {
    async fn footage_inside_the_lesson_is_added_up_camera_by_camera(db: &Db) {
        let world = world(db).await;
        let mut tx = db.begin().await;
        let second = camera(world.venue, "后");
        tx.add_camera(&second, &crate::world::key()).await.unwrap();
        for (start, end) in [(-60, 60), (60, 120), (7100, 7300), (7300, 7400)] {
            tx.add_segment(&segment(world.camera, start, end)).await.unwrap();
        }
        let pruned = segment(world.camera, 300, 360);
        tx.add_segment(&pruned).await.unwrap();
        tx.prune_segment(pruned.id, crate::common::at(400)).await.unwrap();
        let sessions = tx.taught_sessions(world.class).await.unwrap();
        assert_eq!(sessions.len(), 1);
        assert_eq!((sessions[0].session, sessions[0].span), (world.session, span(0, 7200)));
        let kept: Vec<_> = sessions[0].cameras.iter().map(|c| (c.camera, c.kept_seconds, c.asked)).collect();
        assert_eq!(kept, [(world.camera, 220, None), (second.id, 0, None)]);
    }

    async fn the_newest_clip_of_a_camera_tells_how_it_stands(db: &Db) {
        let world = world(db).await;
        let mut tx = db.begin().await;
        let first = requested(&world);
        tx.add_clip(&first).await.unwrap();
        assert_eq!(tx.taught_sessions(world.class).await.unwrap()[0].cameras[0].asked, Some(Asked::Waiting));
        tx.fail_clip(first.id, &Text::new("无", "none")).await.unwrap();
        assert_eq!(tx.taught_sessions(world.class).await.unwrap()[0].cameras[0].asked, Some(Asked::Failed));
        let again = NewClip { id: id(), ..requested(&world) };
        tx.add_clip(&again).await.unwrap();
        let head = tx.audit_head().await.unwrap();
        let (row, seal) = sealed(&again, b"film", head);
        tx.seal_clip(again.id, &row, &seal).await.unwrap();
        assert_eq!(tx.taught_sessions(world.class).await.unwrap()[0].cameras[0].asked, Some(Asked::Sealed));
        let clips = tx.evidence_clips(world.class, &Policy::default()).await.unwrap();
        assert_eq!((clips.len(), clips[0].clip, clips[0].starts_at), (1, again.id.into(), row.span.start()));
    }

    async fn a_room_without_cameras_has_its_lessons_still(db: &Db) {
        let world = world(db).await;
        let mut tx = db.begin().await;
        let bare = duxue_storage::venue::NewVenue {
            id: id(), institution: world.institution, name: "二号教室".into(), created_at: crate::common::at(0),
        };
        tx.add_venue(&bare).await.unwrap();
        tx.add_session(&session(world.class, bare.id, span(90_000, 97_200))).await.unwrap();
        let sessions = tx.taught_sessions(world.class).await.unwrap();
        assert_eq!(sessions.iter().map(|session| session.cameras.len()).collect::<Vec<_>>(), [1, 0]);
    }

    async fn classes_are_found_by_when_they_are_taught(db: &Db) {
        let (one, two) = (world_named(db, "甲").await, world_named(db, "乙").await);
        let mut tx = db.begin().await;
        let mut both = vec![one.class, two.class];
        both.sort_by_key(ToString::to_string);
        assert_eq!(tx.classes_taught_in(span(7000, 8000)).await.unwrap(), both);
        assert_eq!(tx.classes_taught_in(span(7200, 8000)).await.unwrap(), []);
        assert_eq!(tx.classes_taught_in(span(-100, 0)).await.unwrap(), []);
    }
}
