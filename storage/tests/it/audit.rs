//! The audit chain, and everything that can be done to it.

use duxue_storage::{
    Error,
    audit::{Broken, BrokenLink, ChainReport, Entry},
};
use serde_json::json;

use crate::{
    clips::{requested, sealed},
    common::{Db, at, at_once, both, id},
    world::world,
};

fn entry(number: i64) -> Entry {
    Entry {
        at: at(number),
        actor: (number % 2 == 0).then(id),
        action: "decide_finding".into(),
        subject_kind: "finding".into(),
        subject_id: format!("subject-{}", number % 3),
        detail: json!({"理由": "看过录像", "number": number, "half": 0.5}),
    }
}

async fn append(db: &Db, numbers: impl IntoIterator<Item = i64>) {
    let mut tx = db.begin().await;
    numbers.into_iter().for_each(|number| tx.audit(entry(number)));
    tx.commit().await.unwrap();
}

async fn verify(db: &Db) -> ChainReport {
    let mut tx = db.read().await;
    let anchors = tx.audit_anchors().await.unwrap();
    tx.verify_audit(&anchors, &[]).await.unwrap()
}

async fn broken(db: &Db) -> (i64, BrokenLink) {
    let Broken { seq, what } = verify(db).await.broken.expect("the chain is broken");
    (seq, what)
}

both! {
    async fn entries_come_back_and_the_chain_is_sound(db: &Db) {
        assert_eq!(verify(db).await, ChainReport { entries: 0, broken: None });
        append(db, 1..=3).await;
        append(db, 4..=5).await;
        assert_eq!(verify(db).await, ChainReport { entries: 5, broken: None });
        let mut tx = db.read().await;
        let newest = tx.audit_entries(None, 2).await.unwrap();
        assert_eq!(newest.iter().map(|one| one.seq).collect::<Vec<_>>(), [5, 4]);
        assert_eq!(newest[0].entry.detail, entry(5).detail);
        assert_eq!(tx.audit_entries(Some(4), 9).await.unwrap().len(), 3);
        let of_one = tx.audit_of("finding", "subject-1").await.unwrap();
        assert_eq!(of_one.iter().map(|one| one.seq).collect::<Vec<_>>(), [1, 4]);
        assert_eq!(tx.audit_head().await.unwrap().hash, newest[0].hash);
    }

    async fn what_is_undone_leaves_no_entry(db: &Db) {
        let mut tx = db.begin().await;
        tx.audit(entry(1));
        drop(tx);
        append(db, [2]).await;
        assert_eq!(verify(db).await, ChainReport { entries: 1, broken: None });
        let entries = db.read().await.audit_entries(None, 9).await.unwrap();
        assert_eq!(entries[0].entry.at, at(2));
    }

    async fn many_at_once_make_one_chain(db: &Db) {
        let tasks = (0..8).map(|task| {
            let store = db.store.clone();
            async move {
                for number in 0..5 {
                    let mut tx = store.begin().await?;
                    tx.audit(entry(task * 10 + number));
                    tx.audit(entry(task * 10 + number));
                    tx.commit().await?;
                }
                Ok::<_, Error>(())
            }
        });
        for result in at_once(tasks.collect()).await {
            result.unwrap();
        }
        assert_eq!(verify(db).await, ChainReport { entries: 80, broken: None });
    }

    async fn a_dropped_row_is_missed(db: &Db) {
        append(db, 1..=5).await;
        db.behind("DELETE FROM audit WHERE seq = 3").await;
        assert_eq!(broken(db).await, (3, BrokenLink::Missing));
    }

    async fn a_dropped_first_row_is_missed(db: &Db) {
        append(db, 1..=5).await;
        db.behind("DELETE FROM audit WHERE seq = 1").await;
        assert_eq!(broken(db).await, (1, BrokenLink::Missing));
    }

    async fn a_cut_end_is_missed(db: &Db) {
        append(db, 1..=5).await;
        db.behind("DELETE FROM audit WHERE seq >= 4").await;
        assert_eq!(broken(db).await, (4, BrokenLink::Missing));
    }

    async fn every_column_of_a_row_is_held(db: &Db) {
        append(db, 1..=5).await;
        for change in [
            "at = at + 1",
            "actor = NULL",
            "action = 'read_clip'",
            "subject_kind = 'clip'",
            "subject_id = 'subject-9'",
            "detail = '{}'",
            "hash = prev_hash",
        ] {
            let copy = if db.is_sqlite() { "CREATE TABLE kept AS SELECT * FROM audit" } else { "SELECT * INTO kept FROM audit" };
            db.behind(copy).await;
            db.behind(&format!("UPDATE audit SET {change} WHERE seq = 4")).await;
            assert_eq!(broken(db).await, (4, BrokenLink::Rewritten), "{change}");
            db.behind("DELETE FROM audit").await;
            db.behind("INSERT INTO audit SELECT * FROM kept").await;
            db.behind("DROP TABLE kept").await;
            assert!(verify(db).await.is_sound());
        }
    }

    async fn a_row_that_cannot_be_read_counts_as_rewritten(db: &Db) {
        append(db, 1..=5).await;
        db.behind("UPDATE audit SET detail = '{', actor = 'nobody' WHERE seq = 2").await;
        assert_eq!(broken(db).await, (2, BrokenLink::Rewritten));
    }

    async fn rows_that_changed_places_do_not_link(db: &Db) {
        append(db, 1..=5).await;
        db.behind("UPDATE audit SET prev_hash = (SELECT hash FROM audit WHERE seq = 1) WHERE seq = 4").await;
        assert_eq!(broken(db).await, (4, BrokenLink::Unlinked));
    }

    async fn an_entry_beyond_the_end_is_seen(db: &Db) {
        append(db, 1..=5).await;
        db.behind("UPDATE audit_head SET seq = 4, hash = (SELECT hash FROM audit WHERE seq = 4)").await;
        assert_eq!(broken(db).await, (5, BrokenLink::Beyond));
    }

    async fn a_chain_written_anew_does_not_fit_the_seals(db: &Db) {
        let world = world(db).await;
        append(db, 1..=3).await;
        let clip = requested(&world);
        let mut tx = db.begin().await;
        tx.add_clip(&clip).await.unwrap();
        let (row, seal) = sealed(&clip, b"film", tx.audit_head().await.unwrap());
        tx.seal_clip(clip.id, &row, &seal).await.unwrap();
        tx.commit().await.unwrap();
        append(db, [4]).await;
        assert!(verify(db).await.is_sound());
        // Somebody who knows the code makes a chain that is sound in itself, but lacks entry 2.
        db.behind("DELETE FROM audit").await;
        db.behind("DELETE FROM audit_head").await;
        append(db, [1, 3, 4, 5]).await;
        assert_eq!(db.read().await.verify_audit(&[], &[]).await.unwrap(), ChainReport { entries: 4, broken: None });
        assert_eq!(broken(db).await, (3, BrokenLink::NotAsSealed));
        // Or one that ends before the seal.
        db.behind("DELETE FROM audit").await;
        db.behind("DELETE FROM audit_head").await;
        append(db, [1]).await;
        assert_eq!(broken(db).await, (2, BrokenLink::Missing));
    }

    async fn a_walk_is_not_bounded_by_memory(db: &Db) {
        append(db, 0..2500).await;
        assert_eq!(verify(db).await, ChainReport { entries: 2500, broken: None });
        db.behind("UPDATE audit SET action = 'x' WHERE seq = 2222").await;
        assert_eq!(broken(db).await, (2222, BrokenLink::Rewritten));
    }
}
