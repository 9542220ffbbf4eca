//! A new key: what the old one sealed is sealed anew, whenever it is stopped in between; then the old one opens nothing.

use duxue_rules::{ids::UserId, person::IdNumber};
use duxue_storage::{
    SecretKey,
    rekey::Sealed,
    repeatable::{Claim, RequestKey},
    template::{NewTemplate, TemplateOrigin},
    totp::TotpSecret,
};
use jiff::civil::date;

use crate::{
    common::{Db, at, both, id},
    world::{World, world},
};

const OLD: [u8; 32] = [5; 32];
const NEW: [u8; 32] = [6; 32];

fn number() -> IdNumber {
    IdNumber::parse("11010519491231002X", date(2024, 10, 8)).unwrap()
}

fn request() -> RequestKey {
    RequestKey { principal: "user:1".into(), key: "7f2c".into() }
}

fn totp() -> TotpSecret {
    TotpSecret::from_bytes([7; 20])
}

/// One of everything that is sealed, under the old key; the world has a camera with credentials.
async fn sealed(db: &Db) -> World {
    let world = world(db).await;
    let key = SecretKey::from_bytes(&OLD);
    let mut tx = db.begin().await;
    for student in world.students {
        let papers = duxue_rules::enrolment::HandedIn::default();
        tx.put_papers((student, 0), &papers, world.liaison, at(0)).await.unwrap();
    }
    tx.record_number(world.students[0], &number(), at(0), &key).await.unwrap();
    for _ in 0..3 {
        let template = NewTemplate {
            id: id(),
            student: world.students[0],
            model: "sface".into(),
            vector: vec![0.5, -0.5],
            created_at: at(0),
            created_by: None,
            origin: TemplateOrigin::default(),
            portrait: Some(b"\xff\xd8\xff portrait".to_vec()),
        };
        tx.add_template(&template, &key).await.unwrap();
    }
    tx.begin_second_factor(world.manager, &totp(), at(0), &key).await.unwrap();
    tx.claim_request(&request(), [1; 32], at(0), at(-1), &key).await.unwrap();
    tx.answer_request(&request(), b"made", &key).await.unwrap();
    tx.commit().await.unwrap();
    world
}

/// Whether everything opens.
async fn opens(db: &Db, world: &World, key: &SecretKey) -> [bool; 6] {
    let mut tx = db.begin().await;
    let camera = tx.camera(world.camera).await.unwrap().unwrap();
    let manager: UserId = world.manager;
    [
        camera.credentials(key).is_ok_and(|credentials| credentials.is_some()),
        tx.templates_of_class(world.class, "sface", key).await.is_ok_and(|all| all.len() == 3),
        tx.portrait(world.students[0], key)
            .await
            .is_ok_and(|portrait| portrait.unwrap().jpeg == b"\xff\xd8\xff portrait"),
        tx.papers(world.students[0], key).await.is_ok_and(|papers| papers.unwrap().number == Some(number())),
        tx.second_factor(manager, key).await.is_ok_and(|factor| factor.unwrap().secret == totp()),
        tx.claim_request(&request(), [1; 32], at(0), at(-1), key)
            .await
            .is_ok_and(|claim| claim == Claim::Answered(b"made".to_vec())),
    ]
}

/// Runs so many batches of one value each, a transaction a batch; how many values were sealed anew.
async fn rekey(db: &Db, key: &SecretKey, batches: usize) -> u64 {
    let mut changed = 0;
    let mut left = batches;
    for of in Sealed::ALL {
        let mut after = None;
        loop {
            if left == 0 {
                return changed;
            }
            left -= 1;
            let mut tx = db.begin().await;
            let batch = tx.rekey(of, after.as_deref(), 1, key).await.unwrap();
            tx.commit().await.unwrap();
            changed += batch.changed;
            after = batch.next;
            if after.is_none() {
                break;
            }
        }
    }
    changed
}

both! {
    async fn everything_is_sealed_anew_however_often_it_is_stopped(db: &Db) {
        let world = sealed(db).await;
        let (old, new) = (SecretKey::from_bytes(&OLD), SecretKey::from_bytes(&NEW));
        let both = SecretKey::of(&NEW, &[OLD]);
        assert_eq!(opens(db, &world, &old).await, [true; 6]);
        assert_eq!(opens(db, &world, &both).await, [true; 6], "with both, before anything is done");
        let mut done = 0;
        for batches in 1..12 {
            done += rekey(db, &both, batches).await;
            assert_eq!(opens(db, &world, &both).await, [true; 6], "stopped after {batches}");
        }
        done += rekey(db, &both, usize::MAX).await;
        assert_eq!(done, 10, "a camera, three templates with portraits, a number, a second factor, an answer: each once");
        assert_eq!(rekey(db, &both, usize::MAX).await, 0);
        assert_eq!(opens(db, &world, &new).await, [true; 6]);
        assert_eq!(opens(db, &world, &old).await, [false; 6]);
    }

    async fn a_person_stays_one_person_while_keys_change(db: &Db) {
        let world = sealed(db).await;
        let both = SecretKey::of(&NEW, &[OLD]);
        let mut tx = db.begin().await;
        // Before the number's turn has come, somebody else records it (R3.4).
        let number_key = tx.record_number(world.students[1], &number(), at(1), &both).await.unwrap();
        assert_eq!(tx.enrolments_of(number_key).await.unwrap().len(), 2, "both are found by the one hash");
        tx.commit().await.unwrap();
        assert_eq!(rekey(db, &both, usize::MAX).await, 9, "the number was done by whoever recorded it");
        let papers = db.read().await.papers(world.students[0], &SecretKey::from_bytes(&NEW)).await.unwrap().unwrap();
        assert_eq!((papers.number, papers.number_key), (Some(number()), Some(number_key)));
    }

    async fn what_no_key_opens_stops_it(db: &Db) {
        let world = sealed(db).await;
        let stranger = SecretKey::of(&NEW, &[[9; 32]]);
        let mut tx = db.begin().await;
        assert!(tx.rekey(Sealed::FaceTemplates, None, 10, &stranger).await.is_err());
        drop(tx);
        assert_eq!(opens(db, &world, &SecretKey::from_bytes(&OLD)).await, [true; 6]);
    }
}
