//! How events are let go, and that what is due is told once.

use duxue_rules::event::EventKind;
use duxue_storage::audit::Entry;
use jiff::civil::date;

use crate::{
    common::{Db, at, at_once, both},
    world::world,
};

fn entry(second: i64, class: impl ToString) -> Entry {
    Entry {
        at: at(second),
        actor: None,
        action: "note_late_report".into(),
        subject_kind: "class".into(),
        subject_id: class.to_string(),
        detail: serde_json::json!({}),
    }
}

async fn prune(db: &Db, before: i64) -> u64 {
    let mut tx = db.begin().await;
    let gone = tx.prune_events(at(before)).await.unwrap();
    tx.commit().await.unwrap();
    gone
}

both! {
    async fn old_events_go_and_how_far_is_kept(db: &Db) {
        let world = world(db).await;
        let before = db.read().await.newest_event().await.unwrap();
        let mut tx = db.begin().await;
        (1000..1004).for_each(|second| tx.audit(entry(second, world.class)));
        tx.commit().await.unwrap();
        let first = db.read().await.events_after(before, 9).await.unwrap()[0].seq;
        assert_eq!((prune(db, -100_000).await, db.read().await.event_horizon().await.unwrap()), (0, 0));
        prune(db, 1002).await;
        let left = db.read().await.events_after(0, 9).await.unwrap();
        assert_eq!(left.iter().map(|event| event.at).collect::<Vec<_>>(), [at(1002), at(1003)]);
        assert_eq!(db.read().await.event_horizon().await.unwrap(), first + 1);
        assert_eq!(prune(db, 1002).await, 0);
        assert_eq!((prune(db, 9000).await, db.read().await.event_horizon().await.unwrap()), (2, first + 3));
        assert!(db.read().await.verify_audit(&[], &[]).await.unwrap().is_sound(), "the log has all of it");
    }

    async fn of_many_who_find_something_due_one_tells(db: &Db) {
        let world = world(db).await;
        let class = world.class;
        let tell = |day: i8| {
            let store = db.store.clone();
            async move {
                let mut tx = store.begin().await.unwrap();
                if !tx.tell_once(EventKind::ReportLate, class, date(2024, 10, day), at(0)).await.unwrap() {
                    return false;
                }
                tx.audit(entry(0, class));
                tx.commit().await.unwrap();
                true
            }
        };
        let told = at_once((0..8).map(|n| tell(8 + n % 2)).collect()).await;
        assert_eq!(told.iter().filter(|told| **told).count(), 2, "once a day");
        assert!(!tell(8).await);
        let since = at(-1);
        assert!(db.read().await.was_told(EventKind::ReportLate, class, since).await.unwrap());
        prune(db, 1).await;
        assert!(tell(8).await, "long after, the row is gone with its event");
    }

    async fn who_undoes_it_did_not_tell(db: &Db) {
        let world = world(db).await;
        let mut tx = db.begin().await;
        assert!(tx.tell_once(EventKind::ReportLate, world.class, date(2024, 10, 8), at(0)).await.unwrap());
        drop(tx);
        let mut tx = db.begin().await;
        assert!(tx.tell_once(EventKind::ReportLate, world.class, date(2024, 10, 8), at(0)).await.unwrap());
        assert!(tx.tell_once(EventKind::EvidenceAtRisk, world.class, date(2024, 10, 8), at(0)).await.unwrap());
    }
}
