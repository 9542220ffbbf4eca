//! The audit log as a tree: what leaves the house can be proved to be in it.

use duxue_storage::{
    SigningKey,
    audit::{BrokenLink, Entry},
    audit_tree::{Checkpoint, leaf, root_of},
};
use serde_json::json;

use crate::{
    clips::signing_key,
    common::{Db, at, at_once, both},
};

async fn append(db: &Db, count: i64) {
    let mut tx = db.begin().await;
    for number in 0..count {
        tx.audit(Entry {
            at: at(number),
            actor: None,
            action: "look".into(),
            subject_kind: "class".into(),
            subject_id: format!("class-{}", number % 3),
            detail: json!({ "number": number }),
        });
    }
    tx.commit().await.unwrap();
}

async fn grow(db: &Db) {
    loop {
        let mut tx = db.begin().await;
        let taken = tx.grow_audit_tree().await.unwrap();
        tx.commit().await.unwrap();
        if taken == 0 {
            return;
        }
    }
}

async fn sign(db: &Db) -> Checkpoint {
    let mut tx = db.begin().await;
    let stored = tx.sign_audit_tree(&signing_key(), at(0)).await.unwrap().unwrap();
    tx.commit().await.unwrap();
    Checkpoint::open(&stored.note, &signing_key().public()).unwrap()
}

async fn broken(db: &Db) -> Option<(i64, BrokenLink)> {
    let mut tx = db.read().await;
    let roots = tx.audit_roots(&signing_key().public()).await.unwrap();
    tx.verify_audit(&[], &roots).await.unwrap().broken.map(|broken| (broken.seq, broken.what))
}

both! {
    async fn every_entry_is_proved_to_be_in_what_was_signed(db: &Db) {
        assert_eq!(db.begin().await.sign_audit_tree(&signing_key(), at(0)).await.unwrap(), None, "nothing to sign yet");
        append(db, 11).await;
        grow(db).await;
        let first = sign(db).await;
        append(db, 600).await;
        grow(db).await;
        let second = sign(db).await;
        assert_eq!((first.size, second.size), (11, 611));
        let mut tx = db.read().await;
        for checkpoint in [first, second] {
            for seq in [1, 5, 11] {
                let hash = tx.audit_entries(Some(seq + 1), 1).await.unwrap()[0].hash;
                let proof = tx.audit_proof(seq, checkpoint.size).await.unwrap().unwrap();
                assert_eq!(root_of(seq as u64 - 1, checkpoint.size, leaf(&hash), &proof), Some(checkpoint.root));
            }
        }
        assert_eq!(tx.audit_proof(12, 11).await.unwrap(), None, "not in that tree");
        assert_eq!(tx.audit_proof(1, 612).await.unwrap(), None, "there is no such tree yet");
        assert_eq!(tx.audit_proof(0, 11).await.unwrap(), None);
        assert_eq!(broken(db).await, None);
    }

    async fn an_extract_holds_what_was_asked_for_with_proofs(db: &Db) {
        append(db, 10).await;
        grow(db).await;
        let checkpoint = sign(db).await;
        append(db, 3).await;
        let subjects = [("class", "class-1".to_owned()), ("class", "class-2".to_owned())];
        let extract = db.read().await.audit_extract(&subjects, checkpoint.size).await.unwrap();
        assert_eq!(extract.entries.iter().map(|entry| entry.seq).collect::<Vec<_>>(), [2, 3, 5, 6, 8, 9]);
        for entry in &extract.entries {
            assert!(entry.holds(checkpoint.size, &checkpoint.root));
            let mut other = entry.clone();
            other.detail = other.detail.replace("number", "nummer");
            assert!(!other.holds(checkpoint.size, &checkpoint.root), "another text");
            let mut other = entry.clone();
            other.seq += 1;
            assert!(!other.holds(checkpoint.size, &checkpoint.root), "another place");
        }
    }

    async fn a_log_rewritten_from_some_entry_on_is_not_what_was_signed(db: &Db) {
        append(db, 5).await;
        grow(db).await;
        sign(db).await;
        assert_eq!(broken(db).await, None);
        // Whoever has the database can write a new chain that holds in itself, and cannot sign its root.
        db.behind("DELETE FROM audit").await;
        db.behind("DELETE FROM audit_head").await;
        append(db, 5).await;
        assert_eq!(broken(db).await, None, "the same entries are the same log");
        db.behind("DELETE FROM audit").await;
        db.behind("DELETE FROM audit_head").await;
        append(db, 3).await;
        append(db, 2).await;
        assert_eq!(broken(db).await, Some((5, BrokenLink::NotAsSigned)));
        db.behind("DELETE FROM audit WHERE seq = 5").await;
        db.behind("UPDATE audit_head SET seq = 4, hash = (SELECT hash FROM audit WHERE seq = 4)").await;
        assert_eq!(broken(db).await, Some((5, BrokenLink::Missing)), "the end was cut off");
    }

    async fn a_note_of_another_key_or_place_is_no_root(db: &Db) {
        append(db, 2).await;
        grow(db).await;
        sign(db).await;
        let other = SigningKey::from_bytes(&[12; 32]).public();
        let mut tx = db.read().await;
        let roots = tx.audit_roots(&other).await.unwrap();
        assert_eq!(tx.verify_audit(&[], &roots).await.unwrap().broken.unwrap().what, BrokenLink::NotAsSigned);
        drop(tx);
        db.behind("UPDATE audit_checkpoints SET size = 1").await;
        assert_eq!(broken(db).await, Some((1, BrokenLink::NotAsSigned)));
    }

    async fn many_grow_it_at_once(db: &Db) {
        append(db, 40).await;
        let tasks = (0..4).map(|_| {
            let store = db.store.clone();
            async move {
                let mut tx = store.begin().await?;
                tx.grow_audit_tree().await?;
                tx.commit().await
            }
        });
        for done in at_once(tasks.collect()).await {
            done.unwrap();
        }
        assert_eq!(db.read().await.audit_tree_size().await.unwrap(), 40);
        assert_eq!(sign(db).await.size, 40);
        assert_eq!(broken(db).await, None);
    }
}
