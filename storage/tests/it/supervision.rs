//! R7.4a: records of remote supervision.

use duxue_rules::{
    access::{Actor, Role},
    ids::WatchId,
    supervision::{
        Checklist, ContentHash, LoggedWatch, Look, RemoteDraft, Showing, Signature, SignedRemote, Taught, basis,
    },
};
use duxue_storage::watch::{NewWatch, Watched, WatchedStream};

use crate::{
    common::{Db, at, both, id},
    world::{World, is_lost, span, world},
};

async fn watch(db: &Db, world: &World, from: i64, to: i64) -> WatchId {
    let mut tx = db.begin().await;
    let watch = NewWatch {
        id: id(),
        user: world.manager,
        camera: world.camera,
        what: Watched::Live,
        stream: Some(WatchedStream::Sub),
        opened_at: at(from),
    };
    tx.open_watch(&watch).await.unwrap();
    tx.close_watch(watch.id, at(to)).await.unwrap();
    tx.commit().await.unwrap();
    watch.id
}

fn signed(world: &World, watch: WatchId) -> SignedRemote {
    let logged =
        LoggedWatch { watch, by: world.manager, camera: world.camera, showing: Showing::Live, span: span(60, 900) };
    let taught = [Taught { class: world.class, camera: world.camera, span: span(0, 7200) }];
    let draft = RemoteDraft {
        id: id(),
        class: world.class,
        supervisor: world.manager,
        basis: basis(world.class, &logged, &taught).into_iter().collect(),
        checklist: Checklist { attendance_real: Look::SeenFine, ..Checklist::default() },
        remark: None,
    };
    let actor = Actor { role: Role::Manager, institution: None };
    draft.sign(actor, Signature { by: world.manager, at: at(1000) }, ContentHash([3; 32])).unwrap()
}

both! {
    async fn a_record_comes_back_as_it_was_signed(db: &Db) {
        let world = world(db).await;
        let record = signed(&world, watch(db, &world, 60, 900).await);
        let mut tx = db.begin().await;
        tx.add_remote_supervision(&record).await.unwrap();
        tx.commit().await.unwrap();
        let mut tx = db.read().await;
        let back = tx.remote_supervision(record.record().id).await.unwrap().unwrap();
        assert_eq!((back.signed, back.institution, back.supervisor.id), (record, world.institution, world.manager));
        assert_eq!(tx.remote_supervisions(world.class).await.unwrap().len(), 1);
        assert_eq!(tx.remote_supervisions(id()).await.unwrap(), []);
    }

    async fn a_viewing_grounds_one_record_only(db: &Db) {
        let world = world(db).await;
        let viewing = watch(db, &world, 60, 900).await;
        let mut tx = db.begin().await;
        tx.add_remote_supervision(&signed(&world, viewing)).await.unwrap();
        tx.commit().await.unwrap();
        let mut tx = db.begin().await;
        assert!(is_lost(&tx.add_remote_supervision(&signed(&world, viewing)).await));
        drop(tx);
        assert_eq!(db.read().await.remote_supervisions(world.class).await.unwrap().len(), 1);
    }

    async fn a_record_that_was_tampered_with_does_not_come_back(db: &Db) {
        let world = world(db).await;
        let record = signed(&world, watch(db, &world, 60, 900).await);
        let mut tx = db.begin().await;
        tx.add_remote_supervision(&record).await.unwrap();
        tx.commit().await.unwrap();
        db.behind("UPDATE remote_supervisions SET body = REPLACE(body, '\"seen_fine\"', '\"not_looked_at\"')").await;
        let read = db.read().await.remote_supervision(record.record().id).await;
        assert!(matches!(read, Err(duxue_storage::Error::Corrupt { column: "body", .. })), "{read:?}");
    }

    async fn viewings_in_a_time_are_found_until_they_ground_a_record(db: &Db) {
        let world = world(db).await;
        let early = watch(db, &world, 0, 60).await;
        let late = watch(db, &world, 3600, 3700).await;
        let mut tx = db.read().await;
        let found = |from, to| span(from, to);
        let ids = |watches: Vec<duxue_storage::watch::Watch>| watches.iter().map(|w| w.id).collect::<Vec<_>>();
        assert_eq!(ids(tx.unsigned_watches_of(world.manager, found(0, 7200)).await.unwrap()), [early, late]);
        assert_eq!(ids(tx.unsigned_watches_of(world.manager, found(60, 7200)).await.unwrap()), [late]);
        assert_eq!(ids(tx.unsigned_watches_of(world.liaison, found(0, 7200)).await.unwrap()), []);
        drop(tx);
        let mut tx = db.begin().await;
        tx.add_remote_supervision(&signed(&world, early)).await.unwrap();
        assert_eq!(ids(tx.unsigned_watches_of(world.manager, found(0, 7200)).await.unwrap()), [late]);
    }
}
