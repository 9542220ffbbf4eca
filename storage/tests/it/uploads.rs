//! Uploads: announced, added to, whole or ended, and nothing after that.

use duxue_rules::upload::{Hole, VideoFacts, unreadable};
use duxue_storage::upload::{Held, NewUpload, UploadEnd, UploadFilter, UploadState, UploadStateName, Verdict};

use crate::{
    common::{at, at_once, both, id},
    world::{World, field, is_lost, world, world_named},
};

pub fn announced(world: &World) -> NewUpload {
    NewUpload {
        id: id(),
        institution: world.institution,
        class: world.class,
        session: Some(world.session),
        claimed_start: at(60),
        name: "上午.mp4".into(),
        metadata: "filename YQ==".into(),
        length: 5_000,
        expires_at: at(900),
        created_at: at(100),
        created_by: world.liaison,
    }
}

both! {
    async fn an_upload_comes_back_and_grows_whole_once(db: &Db) {
        let world = world(db).await;
        let new = announced(&world);
        let mut tx = db.begin().await;
        tx.add_upload(&new).await.unwrap();
        tx.prolong_upload(new.id, at(1900)).await.unwrap();
        tx.commit().await.unwrap();
        let back = db.read().await.upload(new.id).await.unwrap().unwrap();
        assert_eq!((back.length, back.claimed_start, back.session), (5_000, at(60), Some(world.session)));
        assert_eq!((back.name.as_str(), back.metadata.as_str()), ("上午.mp4", "filename YQ=="));
        assert_eq!((back.institution.id, back.class.id, back.created_by.id), (world.institution, world.class, world.liaison));
        assert_eq!(back.state, UploadState::Receiving { expires_at: at(1900) });
        let mut tx = db.begin().await;
        tx.receive_upload(new.id, at(200)).await.unwrap();
        assert!(is_lost(&tx.receive_upload(new.id, at(201)).await));
        assert!(is_lost(&tx.end_upload(new.id, UploadEnd::Sender, at(201)).await));
        assert!(is_lost(&tx.prolong_upload(new.id, at(5000)).await));
        let whole = tx.upload(new.id).await.unwrap().unwrap();
        assert_eq!(whole.state, UploadState::Received { received_at: at(200) });
    }

    async fn what_the_check_said_comes_back_and_stands(db: &Db) {
        let world = world(db).await;
        let (good, bad) = (announced(&world), announced(&world));
        let video = VideoFacts {
            container: "avi".into(),
            codec: "mpeg4".into(),
            width: 640,
            height: 480,
            duration_ms: 1_300_000,
            holes: vec![Hole { from_ms: 5, until_ms: 3_000 }],
            samples: 130,
            dark: 1,
            frozen: 2,
        };
        let accepted =
            Verdict::Accepted { object: "uploads/a/b.avi".into(), sha256: "ab".repeat(32), video: video.clone() };
        let refused = Verdict::Refused { because: vec![unreadable()], video: None };
        let mut tx = db.begin().await;
        for (new, verdict) in [(&good, &accepted), (&bad, &refused)] {
            tx.add_upload(new).await.unwrap();
            assert!(is_lost(&tx.decide_upload(new.id, verdict, at(300)).await), "it is not whole");
            tx.receive_upload(new.id, at(200)).await.unwrap();
            tx.decide_upload(new.id, verdict, at(300)).await.unwrap();
            assert!(is_lost(&tx.decide_upload(new.id, &refused, at(301)).await), "a verdict stands");
        }
        tx.commit().await.unwrap();
        let state = async |id| db.read().await.upload(id).await.unwrap().unwrap().state;
        assert_eq!(state(good.id).await, UploadState::Checked { at: at(300), verdict: accepted });
        assert_eq!(state(bad.id).await, UploadState::Checked { at: at(300), verdict: refused });
        let of = |state| UploadFilter { state: Some(state), ..UploadFilter::default() };
        let found = db.read().await.uploads(of(UploadStateName::Refused), None, 9).await.unwrap();
        assert_eq!(found.iter().map(|upload| upload.id).collect::<Vec<_>>(), [bad.id]);
        assert_eq!(db.begin().await.uploads_held(world.institution).await.unwrap(), Held::default());
    }

    async fn an_ended_one_stays_ended(db: &Db) {
        let world = world(db).await;
        let new = announced(&world);
        let mut tx = db.begin().await;
        tx.add_upload(&new).await.unwrap();
        tx.end_upload(new.id, UploadEnd::Expiry, at(901)).await.unwrap();
        assert!(is_lost(&tx.receive_upload(new.id, at(902)).await));
        let ended = tx.upload(new.id).await.unwrap().unwrap();
        assert_eq!(ended.state, UploadState::Ended { at: at(901), by: UploadEnd::Expiry });
    }

    async fn wrong_ones_name_the_field(db: &Db) {
        let world = world(db).await;
        let good = announced(&world);
        for (wrong, at_field) in [
            (NewUpload { name: String::new(), ..good.clone() }, "filename"),
            (NewUpload { name: "长".repeat(201), ..good.clone() }, "filename"),
            (NewUpload { length: 0, ..good.clone() }, "upload_length"),
            (NewUpload { class: id(), ..good.clone() }, "class_id"),
            (NewUpload { session: Some(id()), ..good.clone() }, "session_id"),
        ] {
            assert_eq!(field(db.begin().await.add_upload(&wrong).await), at_field);
        }
    }

    async fn what_is_held_counts_the_undecided_of_one_institution(db: &Db) {
        let (world, other) = (world(db).await, world_named(db, "乙校").await);
        let mut tx = db.begin().await;
        assert_eq!(tx.uploads_held(world.institution).await.unwrap(), Held::default());
        let [open, whole, ended, others] =
            [announced(&world), announced(&world), announced(&world), announced(&other)];
        for upload in [&open, &whole, &ended, &others] {
            tx.add_upload(upload).await.unwrap();
        }
        tx.receive_upload(whole.id, at(200)).await.unwrap();
        tx.end_upload(ended.id, UploadEnd::Sender, at(200)).await.unwrap();
        assert_eq!(tx.uploads_held(world.institution).await.unwrap(), Held { open: 1, bytes: 10_000 });
        let receiving = UploadFilter { state: Some(UploadStateName::Receiving), ..UploadFilter::default() };
        let ids = |found: Vec<duxue_storage::upload::Upload>| found.iter().map(|u| u.id).collect::<Vec<_>>();
        assert_eq!(ids(tx.uploads(receiving, None, 9).await.unwrap()), [others.id, open.id]);
        let own = UploadFilter { institution: Some(world.institution), ..UploadFilter::default() };
        assert_eq!(ids(tx.uploads(own, None, 2).await.unwrap()), [ended.id, whole.id]);
        assert_eq!(ids(tx.uploads(own, Some(whole.id), 2).await.unwrap()), [open.id]);
        let class = UploadFilter { class: Some(other.class), ..UploadFilter::default() };
        assert_eq!(ids(tx.uploads(class, None, 9).await.unwrap()), [others.id]);
    }

    /// The count and the row that it allows are one step.
    async fn two_at_once_do_not_slip_past_a_limit(db: &Db) {
        let world = world(db).await;
        let tries = (0..6).map(|_| {
            let (store, new, institution) = (db.store.clone(), announced(&world), world.institution);
            async move {
                let mut tx = store.begin().await.unwrap();
                if tx.uploads_held(institution).await.unwrap().open >= 2 {
                    return false;
                }
                tx.add_upload(&new).await.unwrap();
                tx.commit().await.unwrap();
                true
            }
        });
        let added = at_once(tries.collect()).await;
        assert_eq!(added.into_iter().filter(|added| *added).count(), 2);
    }
}
