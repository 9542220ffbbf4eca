//! Clips: requested, then sealed or failed, and nothing after that.

use duxue_rules::text::Text;
use duxue_storage::{
    SigningKey,
    clip::{ClipFilter, ClipSeal, ClipState, ClipStateName, NewClip, SealedClip},
    objects::{clip_prefix, hashed_key},
    seal::{Digester, Envelope},
};

use crate::{
    common::{at, at_once, both, id},
    seals::manifest_of,
    world::{World, field, is_lost, span, world, world_named},
};

pub fn signing_key() -> SigningKey {
    SigningKey::from_bytes(&[11; 32])
}

pub fn requested(world: &World) -> NewClip {
    NewClip {
        id: id(),
        class: world.class,
        session: world.session,
        camera: world.camera,
        wanted: span(0, 1200),
        requested_by: Some(world.manager),
        requested_at: at(2000),
        policy_version: world.policy,
    }
}

/// The row and the seal of a clip with that content.
pub fn sealed(clip: &NewClip, content: &[u8], head: duxue_storage::audit::Head) -> (SealedClip, ClipSeal) {
    let mut digester = Digester::default();
    digester.update(content);
    let mut manifest = manifest_of(digester.finish());
    manifest.clip = clip.id;
    manifest.audit = duxue_storage::seal::AuditAnchor { seq: head.seq, hash: duxue_storage::seal::Hash(head.hash) };
    let signed = Envelope::sign(&manifest, &signing_key());
    let row = SealedClip {
        span: manifest.span,
        bytes: manifest.bytes,
        sha256: manifest.sha256.0,
        object_key: hashed_key(&clip_prefix(clip.class, clip.id), &manifest.sha256, "mp4"),
        sealed_at: manifest.made_at,
    };
    (row, ClipSeal { manifest: signed.manifest, envelope: signed.envelope })
}

both! {
    async fn a_clip_is_sealed_once_and_never_touched_again(db: &Db) {
        let world = world(db).await;
        let clip = requested(&world);
        let mut tx = db.begin().await;
        tx.add_clip(&clip).await.unwrap();
        let asked = tx.clip(clip.id).await.unwrap().unwrap();
        assert_eq!((&asked.state, asked.wanted), (&ClipState::Requested, span(0, 1200)));
        assert_eq!(asked.requested_by.unwrap().id, world.manager);
        assert!(tx.clip_seal(clip.id).await.unwrap().is_none());
        let head = tx.audit_head().await.unwrap();
        let (row, seal) = sealed(&clip, b"film", head);
        tx.seal_clip(clip.id, &row, &seal).await.unwrap();
        let done = tx.clip(clip.id).await.unwrap().unwrap();
        assert_eq!(done.sealed(), Some(&row));
        assert_eq!(tx.clip_seal(clip.id).await.unwrap(), Some(seal.clone()));
        assert!(is_lost(&tx.seal_clip(clip.id, &row, &seal).await));
        assert!(is_lost(&tx.fail_clip(clip.id, &Text::new("坏了", "broken")).await));
        assert_eq!(tx.clip(clip.id).await.unwrap().unwrap(), done);
    }

    async fn a_failure_says_why(db: &Db) {
        let world = world(db).await;
        let clip = requested(&world);
        let why = Text::new("只有 12 分钟连续画面", "only 12 continuous minutes");
        let mut tx = db.begin().await;
        tx.add_clip(&clip).await.unwrap();
        tx.fail_clip(clip.id, &why).await.unwrap();
        assert_eq!(tx.clip(clip.id).await.unwrap().unwrap().state, ClipState::Failed(why));
        let (row, seal) = sealed(&clip, b"film", tx.audit_head().await.unwrap());
        assert!(is_lost(&tx.seal_clip(clip.id, &row, &seal).await));
    }

    async fn two_clips_never_share_an_object(db: &Db) {
        let world = world(db).await;
        let [first, second] = [requested(&world), requested(&world)];
        let mut tx = db.begin().await;
        tx.add_clip(&first).await.unwrap();
        tx.add_clip(&second).await.unwrap();
        let (row, seal) = sealed(&first, b"film", tx.audit_head().await.unwrap());
        tx.seal_clip(first.id, &row, &seal).await.unwrap();
        assert!(tx.seal_clip(second.id, &row, &seal).await.is_err());
    }

    async fn of_two_that_seal_at_once_one_does(db: &Db) {
        let world = world(db).await;
        let clip = requested(&world);
        let mut tx = db.begin().await;
        tx.add_clip(&clip).await.unwrap();
        let head = tx.audit_head().await.unwrap();
        tx.commit().await.unwrap();
        let tasks = [b"film one", b"film two"].map(|content| {
            let (store, (row, seal), id) = (db.store.clone(), sealed(&clip, content, head), clip.id);
            async move {
                let mut tx = store.begin().await?;
                tx.seal_clip(id, &row, &seal).await?;
                tx.commit().await
            }
        });
        let results = at_once(tasks.into()).await;
        assert_eq!(results.iter().filter(|result| result.is_ok()).count(), 1, "{results:?}");
        assert_eq!(results.iter().filter(|result| is_lost(result)).count(), 1, "{results:?}");
    }

    async fn lists_filter_and_page(db: &Db) {
        let own = world(db).await;
        let other = world_named(db, "别的学校").await;
        let clips = [requested(&own), requested(&own), requested(&other)];
        let mut tx = db.begin().await;
        for clip in &clips {
            tx.add_clip(clip).await.unwrap();
        }
        tx.fail_clip(clips[0].id, &Text::new("坏了", "broken")).await.unwrap();
        let all = ClipFilter::default();
        let ids = |found: Vec<duxue_storage::clip::Clip>| found.iter().map(|clip| clip.id).collect::<Vec<_>>();
        assert_eq!(ids(tx.clips(all, None, 2).await.unwrap()), [clips[2].id, clips[1].id]);
        assert_eq!(ids(tx.clips(all, Some(clips[1].id), 2).await.unwrap()), [clips[0].id]);
        let wanted = ClipFilter { institution: Some(own.institution), state: Some(ClipStateName::Requested), ..all };
        assert_eq!(ids(tx.clips(wanted, None, 9).await.unwrap()), [clips[1].id]);
        assert_eq!(ids(tx.requested_clips().await.unwrap()), [clips[1].id, clips[2].id]);
        let session = ClipFilter { session: Some(other.session), ..all };
        assert_eq!(ids(tx.clips(session, None, 9).await.unwrap()), [clips[2].id]);
    }

    async fn what_is_not_there_cannot_be_cut(db: &Db) {
        let world = world(db).await;
        let good = requested(&world);
        let no_session = NewClip { session: id(), ..good.clone() };
        let no_camera = NewClip { camera: id(), ..good.clone() };
        for (wrong, at_field) in [(no_session, "session_id"), (no_camera, "camera_id")] {
            assert_eq!(field(db.begin().await.add_clip(&wrong).await), at_field);
        }
    }
}
