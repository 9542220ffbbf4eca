//! What cameras look at, and what moved in their pictures.

use duxue_rules::{
    crosscheck::Replay,
    look::{COLUMNS, Cells, Look, ROWS, SceneMatch, Shift, StreamPrint},
    observation::Observation,
};
use duxue_storage::look::{CameraSession, KeptPicture, NewReference, PictureRank, Retired};

use crate::{
    common::{at, both, id},
    findings::observation,
    world::{World, field, is_lost, span, world},
};

fn reference(world: &World, second: i64) -> NewReference {
    NewReference {
        camera: world.camera,
        taken_at: at(second),
        scene: "AAAA".into(),
        samples: 30,
        picture: Some("references/a/b.jpg".into()),
    }
}

fn print(parameters: &str) -> StreamPrint {
    StreamPrint { codec: "avc1.640028".into(), width: 1920, height: 1080, parameters: parameters.into() }
}

fn known(world: &World, second: i64) -> CameraSession {
    let replay = Replay {
        camera: world.camera,
        span: span(100, 400),
        of: span(-86_300, -86_000),
        pictures: 14,
        by_chance: 0.5,
        mirrored: true,
    };
    CameraSession {
        camera: world.camera,
        session: world.session,
        samples: 60,
        trail: "AAAABBBB".into(),
        stream: Some(print("aa")),
        replays: vec![replay],
        newest_at: at(second),
        pictures: vec![],
    }
}

both! {
    async fn the_newest_reference_counts_until_somebody_says_why_not(db: &Db) {
        let world = world(db).await;
        let mut tx = db.begin().await;
        assert_eq!(tx.reference(world.camera).await.unwrap(), None);
        for second in [10, 20] {
            tx.add_reference(&reference(&world, second)).await.unwrap();
        }
        let newest = tx.reference(world.camera).await.unwrap().unwrap();
        assert_eq!((newest.taken, newest.retired), (reference(&world, 20), None));
        let retired = Retired { at: at(30), by: world.manager, reason: "换了位置".into() };
        tx.retire_reference(world.camera, at(20), &retired).await.unwrap();
        assert!(is_lost(&tx.retire_reference(world.camera, at(20), &retired).await), "once");
        assert_eq!(tx.reference(world.camera).await.unwrap().unwrap().taken.taken_at, at(10));
        let all = tx.references(world.camera).await.unwrap();
        assert_eq!((all.len(), all[0].retired.as_ref()), (2, Some(&retired)));
        tx.commit().await.unwrap();

        let mut tx = db.begin().await;
        let silent = Retired { reason: String::new(), ..retired };
        assert_eq!(field(tx.retire_reference(world.camera, at(10), &silent).await), "reason");
    }

    async fn a_session_is_known_by_its_newest_trail_and_keeps_its_pictures(db: &Db) {
        let world = world(db).await;
        let mut tx = db.begin().await;
        assert_eq!(tx.camera_session(world.camera, world.session).await.unwrap(), None);
        tx.put_camera_session(&known(&world, 600)).await.unwrap();
        let picture = KeptPicture {
            rank: PictureRank::Worst,
            observation: id(),
            at: at(300),
            object: "health/a/b.jpg".into(),
        };
        tx.keep_pictures(world.camera, world.session, std::slice::from_ref(&picture)).await.unwrap();
        assert!(is_lost(&tx.keep_pictures(world.camera, world.session, &[]).await), "once");
        let later = CameraSession { samples: 90, stream: None, ..known(&world, 900) };
        tx.put_camera_session(&later).await.unwrap();
        let back = tx.camera_session(world.camera, world.session).await.unwrap().unwrap();
        assert_eq!(back, CameraSession { pictures: vec![picture.clone()], ..later });
        assert_eq!(tx.camera_sessions(world.camera, span(0, 900)).await.unwrap(), []);
        assert_eq!(tx.camera_sessions(world.camera, span(0, 901)).await.unwrap(), [back]);
        assert_eq!(tx.camera_sessions(id(), span(0, 901)).await.unwrap(), [], "of another camera");

        assert_eq!(tx.stream_before(world.camera, at(1_000)).await.unwrap(), None, "it said nothing of itself");
        tx.put_camera_session(&known(&world, 900)).await.unwrap();
        assert_eq!(tx.stream_before(world.camera, at(900)).await.unwrap(), None, "not before");
        let before = tx.stream_before(world.camera, at(901)).await.unwrap().unwrap();
        assert_eq!((before.stream, before.at), (print("aa"), at(900)));

        assert_eq!(tx.forget_trails(at(900)).await.unwrap(), 0);
        assert_eq!(tx.forget_trails(at(901)).await.unwrap(), 1);
        assert_eq!(tx.forget_trails(at(901)).await.unwrap(), 0, "it is empty already");
        assert_eq!(tx.forget_pictures(at(900)).await.unwrap(), []);
        assert_eq!(tx.forget_pictures(at(901)).await.unwrap(), [picture]);
        let back = tx.camera_session(world.camera, world.session).await.unwrap().unwrap();
        assert_eq!((back.trail.as_str(), back.pictures.len(), back.replays.len()), ("", 0, 1));
    }

    async fn a_sample_keeps_what_it_tells_of_its_camera(db: &Db) {
        let world = world(db).await;
        let scene = SceneMatch {
            alike: -0.125,
            shift: Some(Shift { x: 0.25, y: -0.5, alike: 0.75 }),
            detail: 0.5,
            sharpness: 1.5,
        };
        let look = Look { cells: Cells([200; COLUMNS * ROWS]), stream: Some(print("bb")), scene: Some(scene) };
        let seen = Observation { look: Some(look), ..observation(&world, 40, 1) };
        let mut tx = db.begin().await;
        tx.add_observation(&seen).await.unwrap();
        assert_eq!(tx.observation(seen.id).await.unwrap().unwrap(), seen);
    }
}
