//! Institutions, users, sign-ins, throttling.

use duxue_rules::access::Role;
use duxue_storage::{institution::Institution, sign_in::Token, throttle::Throttle};

use crate::{
    common::{at, both, id},
    world::{field, is_lost, user, world},
};

both! {
    async fn a_user_comes_back_as_added(db: &Db) {
        let world = world(db).await;
        let user = db.read().await.user(world.liaison).await.unwrap().unwrap();
        assert_eq!(user.role, Role::Institution);
        assert_eq!(user.institution.as_ref().unwrap().name, "抚顺示范培训学校");
        assert_eq!(user.actor().institution, Some(world.institution));
        assert_eq!(user.created_at, at(0));
        let (same, hash) = db.read().await.user_to_sign_in("lin-抚顺示范培训学校").await.unwrap().unwrap();
        assert_eq!((same, hash.as_str()), (user, "$argon2id$…"));
        assert!(db.read().await.user(id()).await.unwrap().is_none());
    }

    async fn what_was_typed_wrong_is_told_by_field(db: &Db) {
        let world = world(db).await;
        let own = Some(world.institution);
        for (wrong, at_field) in [
            (user("guan-抚顺示范培训学校", Role::Auditor, None), "username"),
            (user("", Role::Auditor, None), "username"),
            (user("new", Role::Auditor, own), "institution_id"),
            (user("new", Role::Institution, None), "institution_id"),
            (user("new", Role::Institution, Some(id())), "institution_id"),
            (user("n\0w", Role::Auditor, None), "text"),
        ] {
            assert_eq!(field(db.begin().await.add_user(&wrong).await), at_field, "{}", wrong.username);
        }
        let same = Institution { id: id(), name: "抚顺示范培训学校".into(), created_at: at(0) };
        assert_eq!(field(db.begin().await.add_institution(&same).await), "name");
    }

    async fn nothing_lasts_without_commit(db: &Db) {
        let added = user("gone", Role::Auditor, None);
        let mut tx = db.begin().await;
        tx.add_user(&added).await.unwrap();
        drop(tx);
        assert!(db.begin().await.user(added.id).await.unwrap().is_none());
    }

    async fn a_token_signs_in_until_it_runs_out_or_ends(db: &Db) {
        let world = world(db).await;
        let [first, second, third] = [(); 3].map(|()| Token::random().unwrap());
        let mut tx = db.begin().await;
        for token in [&first, &second, &third] {
            tx.add_sign_in(token.hash(), world.manager, at(0), at(100)).await.unwrap();
        }
        assert_eq!(tx.signed_in(first.hash(), at(99)).await.unwrap().unwrap().user.id, world.manager);
        assert!(tx.signed_in(first.hash(), at(100)).await.unwrap().is_none());
        assert!(tx.signed_in(Token::received("guess").hash(), at(1)).await.unwrap().is_none());
        tx.touch_sign_in(first.hash(), at(50)).await.unwrap();
        assert_eq!(tx.signed_in(first.hash(), at(60)).await.unwrap().unwrap().last_seen_at, at(50));
        assert!(tx.end_sign_in(first.hash()).await.unwrap());
        assert!(!tx.end_sign_in(first.hash()).await.unwrap());
        assert!(tx.signed_in(first.hash(), at(1)).await.unwrap().is_none());
        tx.disable_user(world.manager, at(10)).await.unwrap();
        assert!(tx.signed_in(second.hash(), at(1)).await.unwrap().is_none());
        assert!(is_lost(&tx.disable_user(world.manager, at(11)).await));
        assert_eq!(tx.sweep_sign_ins(at(1000)).await.unwrap(), 0, "disabling ended them all");
    }

    async fn another_password_signs_everyone_out(db: &Db) {
        let world = world(db).await;
        let token = Token::random().unwrap();
        let mut tx = db.begin().await;
        tx.add_sign_in(token.hash(), world.manager, at(0), at(100)).await.unwrap();
        tx.set_password(world.manager, "$argon2id$new").await.unwrap();
        assert!(tx.signed_in(token.hash(), at(1)).await.unwrap().is_none());
        assert!(is_lost(&tx.set_password(id(), "x").await));
    }

    async fn guessing_is_slowed_and_forgiven(db: &Db) {
        let throttle = Throttle::default();
        let mut tx = db.begin().await;
        for second in 0..4 {
            assert_eq!(tx.note_failed_sign_in("user:lin", at(second), &throttle).await.unwrap(), None);
        }
        assert_eq!(tx.note_failed_sign_in("user:lin", at(4), &throttle).await.unwrap(), Some(at(34)));
        assert_eq!(tx.sign_in_wait("user:lin", at(5), &throttle).await.unwrap(), Some(at(34)));
        assert_eq!(tx.sign_in_wait("user:guan", at(5), &throttle).await.unwrap(), None);
        assert_eq!(tx.sign_in_wait("user:lin", at(34), &throttle).await.unwrap(), None);
        assert_eq!(tx.note_failed_sign_in("user:lin", at(40), &throttle).await.unwrap(), Some(at(100)));
        tx.forget_failed_sign_ins("user:lin").await.unwrap();
        assert_eq!(tx.sign_in_wait("user:lin", at(41), &throttle).await.unwrap(), None);
        assert_eq!(tx.note_failed_sign_in("user:lin", at(42), &throttle).await.unwrap(), None);
        // An hour and more later, the count begins anew.
        assert_eq!(tx.note_failed_sign_in("user:lin", at(42 + 3601), &throttle).await.unwrap(), None);
        assert_eq!(tx.sweep_failed_sign_ins(at(42)).await.unwrap(), 0);
        assert_eq!(tx.sweep_failed_sign_ins(at(10_000)).await.unwrap(), 1);
    }

    async fn pages_join_without_hole_or_overlap(db: &Db) {
        let mut tx = db.begin().await;
        let mut added = Vec::new();
        for number in 0..7 {
            let one = user(&format!("u{number}"), Role::Auditor, None);
            tx.add_user(&one).await.unwrap();
            added.push(one.id);
        }
        added.sort();
        let mut read = Vec::new();
        while let Some(page) = Some(tx.users(read.last().copied(), 3).await.unwrap()).filter(|page| !page.is_empty()) {
            assert!(page.len() <= 3);
            read.extend(page.iter().map(|user| user.id));
        }
        assert_eq!(read, added);
    }
}
