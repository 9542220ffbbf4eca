//! Changes that rest on what somebody has seen.

use duxue_rules::ids::VenueId;
use duxue_storage::{Error, audit::Entry, unchanged::Unchanged};
use serde_json::json;

use crate::common::{Db, at, at_once, both, id};

fn entry(action: &str, subject: &str, detail: serde_json::Value) -> Entry {
    Entry {
        at: at(1),
        actor: None,
        action: action.into(),
        subject_kind: "thing".into(),
        subject_id: subject.into(),
        detail,
    }
}

async fn append(db: &Db, entry: Entry) -> Result<(), Error> {
    let mut tx = db.begin().await;
    tx.audit(entry);
    tx.commit().await
}

async fn seen(db: &Db, thing: &str) -> Unchanged {
    Unchanged::since(db.read().await.audit_head().await.unwrap(), thing)
}

both! {
    async fn what_was_not_touched_may_be_changed_more_than_once(db: &Db) {
        let thing = id::<VenueId>().to_string();
        append(db, entry("edit", &thing, json!({}))).await.unwrap();
        let seen = seen(db, &thing).await;
        append(db, entry("edit", "another", json!({ "of": id::<VenueId>() }))).await.unwrap();
        append(db, entry("read_frame", &thing, json!({}))).await.unwrap();
        seen.hold(async {
            append(db, entry("edit", &thing, json!({}))).await.unwrap();
            append(db, entry("sign", &thing, json!({}))).await.unwrap();
        })
        .await;
        assert!(!seen.is_broken());
    }

    async fn what_was_touched_meanwhile_is_not_changed(db: &Db) {
        let thing = id::<VenueId>().to_string();
        let ways = [entry("edit", &thing, json!({})), entry("sign", "a step", json!({ "of": [thing.clone()] }))];
        for touched in ways {
            let seen = seen(db, &thing).await;
            append(db, touched).await.unwrap();
            let late = seen.hold(append(db, entry("edit", &thing, json!({ "late": true })))).await;
            assert!(matches!(late, Err(Error::Lost { .. })) && seen.is_broken());
        }
        let log = db.read().await.audit_entries(None, 9).await.unwrap();
        assert!(log.iter().all(|one| one.entry.detail.get("late").is_none()), "nothing of it was kept");
    }

    async fn a_word_is_met_as_the_subject_alone(db: &Db) {
        let seen_year = seen(db, "2024").await;
        append(db, entry("edit", "x", json!({ "on": "2024-10-08" }))).await.unwrap();
        seen_year.hold(append(db, entry("edit", "2024", json!({})))).await.unwrap();
        let late = seen(db, "2024").await;
        append(db, entry("edit", "2024", json!({}))).await.unwrap();
        assert!(late.hold(append(db, entry("edit", "2024", json!({})))).await.is_err());
    }

    async fn of_many_who_saw_the_same_one_changes_it(db: &Db) {
        let thing = id::<VenueId>().to_string();
        let mut tries = Vec::new();
        for _ in 0..6 {
            let (seen, store, thing) = (seen(db, &thing).await, db.store.clone(), thing.clone());
            tries.push(async move {
                seen.hold(async {
                    let mut tx = store.begin().await?;
                    tx.audit(entry("edit", &thing, json!({})));
                    tx.commit().await
                })
                .await
            });
        }
        let done = at_once(tries).await;
        assert_eq!(done.iter().filter(|one| one.is_ok()).count(), 1);
        assert_eq!(db.read().await.audit_head().await.unwrap().seq, 1);
    }
}
