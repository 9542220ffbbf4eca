//! Requests that may be repeated: claimed once, answered alike, forgotten after a while.

use duxue_storage::{
    SecretKey,
    repeatable::{Claim, RequestKey},
};

use crate::{
    common::{Db, at, at_once, both},
    world::key,
};

fn request(principal: &str) -> RequestKey {
    RequestKey { principal: principal.into(), key: "7f2c".into() }
}

async fn claim(db: &Db, request: &RequestKey, hash: u8, now: i64) -> Claim {
    let mut tx = db.begin().await;
    let claim = tx.claim_request(request, [hash; 32], at(now), at(now - 100), &key()).await.unwrap();
    tx.commit().await.unwrap();
    claim
}

both! {
    async fn a_request_is_claimed_once_and_answered_alike(db: &Db) {
        let mine = request("user:1");
        assert_eq!(claim(db, &mine, 1, 0).await, Claim::Fresh);
        assert_eq!(claim(db, &mine, 1, 1).await, Claim::Running);
        assert_eq!(claim(db, &mine, 2, 1).await, Claim::Another);
        assert_eq!(claim(db, &request("user:2"), 2, 1).await, Claim::Fresh, "the same word of somebody else");
        let mut tx = db.begin().await;
        tx.answer_request(&mine, b"made", &key()).await.unwrap();
        assert!(tx.answer_request(&mine, b"made again", &key()).await.is_err());
        tx.release_request(&mine).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(claim(db, &mine, 1, 2).await, Claim::Answered(b"made".to_vec()), "an answered one is not released");
        assert_eq!(claim(db, &mine, 2, 2).await, Claim::Another);
        let mut tx = db.begin().await;
        let stolen = tx.claim_request(&mine, [1; 32], at(2), at(-98), &SecretKey::from_bytes(&[9; 32])).await;
        assert!(stolen.is_err(), "what was answered is encrypted");
    }

    async fn what_failed_is_released_and_what_is_old_forgotten(db: &Db) {
        let mine = request("device:1");
        assert_eq!(claim(db, &mine, 1, 0).await, Claim::Fresh);
        let mut tx = db.begin().await;
        tx.release_request(&mine).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(claim(db, &mine, 2, 1).await, Claim::Fresh);
        assert_eq!(claim(db, &mine, 2, 100).await, Claim::Running);
        assert_eq!(claim(db, &mine, 3, 101).await, Claim::Fresh, "a day later the word is free");
        let mut tx = db.begin().await;
        assert_eq!(tx.sweep_requests(at(100)).await.unwrap(), 0);
        assert_eq!(tx.sweep_requests(at(101)).await.unwrap(), 1);
    }

    async fn of_many_at_once_one_is_fresh(db: &Db) {
        let tries: Vec<_> = (0..8)
            .map(|_| {
                let store = db.store.clone();
                async move {
                    let mut tx = store.begin().await.unwrap();
                    let claim = tx.claim_request(&request("user:1"), [1; 32], at(0), at(-1), &key()).await.unwrap();
                    tx.commit().await.unwrap();
                    claim
                }
            })
            .collect();
        let claims = at_once(tries).await;
        assert_eq!(claims.iter().filter(|claim| **claim == Claim::Fresh).count(), 1);
        assert_eq!(claims.iter().filter(|claim| **claim == Claim::Running).count(), 7);
    }
}
