//! Second factors: confirmed by a code, each code good once, recovery codes, tickets.

use duxue_storage::{SecretKey, second_factor::RecoveryCode, sign_in::Token, totp::TotpSecret};

use crate::{
    common::{at, both},
    world::{is_lost, key, world},
};

both! {
    async fn it_counts_once_a_code_was_shown(db: &Db) {
        let world = world(db).await;
        let mut tx = db.begin().await;
        assert!(tx.second_factor(world.manager, &key()).await.unwrap().is_none());
        let first = TotpSecret::random().unwrap();
        tx.begin_second_factor(world.manager, &first, at(0), &key()).await.unwrap();
        // A phone lost on the way: begun anew.
        let secret = TotpSecret::random().unwrap();
        tx.begin_second_factor(world.manager, &secret, at(1), &key()).await.unwrap();
        let begun = tx.second_factor(world.manager, &key()).await.unwrap().unwrap();
        assert_eq!((begun.secret, begun.confirmed_at), (secret.clone(), None));
        assert!(!tx.take_step(world.manager, 7).await.unwrap(), "nothing is confirmed");
        let codes = [RecoveryCode::random().unwrap(), RecoveryCode::random().unwrap()];
        tx.confirm_second_factor(world.manager, 7, at(2), &codes).await.unwrap();
        assert!(is_lost(&tx.confirm_second_factor(world.manager, 8, at(3), &codes).await));
        assert!(is_lost(&tx.begin_second_factor(world.manager, &first, at(3), &key()).await));
        let confirmed = tx.second_factor(world.manager, &key()).await.unwrap().unwrap();
        assert_eq!((confirmed.secret, confirmed.confirmed_at, confirmed.recovery_codes), (secret, Some(at(2)), 2));
        tx.commit().await.unwrap();
        // It is encrypted, and for this person's row alone.
        let mut tx = db.read().await;
        assert!(tx.second_factor(world.manager, &SecretKey::from_bytes(&[9; 32])).await.is_err());
        db.behind(&format!("UPDATE second_factors SET user_id = '{}'", world.liaison)).await;
        assert!(db.read().await.second_factor(world.liaison, &key()).await.is_err());
    }

    async fn a_code_is_good_once(db: &Db) {
        let world = world(db).await;
        let mut tx = db.begin().await;
        tx.begin_second_factor(world.manager, &TotpSecret::random().unwrap(), at(0), &key()).await.unwrap();
        let codes = [RecoveryCode::random().unwrap(), RecoveryCode::random().unwrap()];
        tx.confirm_second_factor(world.manager, 7, at(2), &codes).await.unwrap();
        assert!(!tx.take_step(world.manager, 7).await.unwrap(), "the one that confirmed it");
        assert!(tx.take_step(world.manager, 9).await.unwrap());
        assert!(!tx.take_step(world.manager, 9).await.unwrap());
        assert!(!tx.take_step(world.manager, 8).await.unwrap(), "nor an earlier one");
        assert!(tx.take_recovery_code(world.manager, &codes[0], at(3)).await.unwrap());
        assert!(!tx.take_recovery_code(world.manager, &codes[0], at(4)).await.unwrap());
        assert!(!tx.take_recovery_code(world.liaison, &codes[1], at(4)).await.unwrap(), "it is nobody else's");
        assert_eq!(tx.second_factor(world.manager, &key()).await.unwrap().unwrap().recovery_codes, 1);
        let fresh = RecoveryCode::random().unwrap();
        tx.replace_recovery_codes(world.manager, std::slice::from_ref(&fresh)).await.unwrap();
        assert!(!tx.take_recovery_code(world.manager, &codes[1], at(5)).await.unwrap());
        tx.remove_second_factor(world.manager).await.unwrap();
        assert!(!tx.take_recovery_code(world.manager, &fresh, at(5)).await.unwrap());
        assert!(is_lost(&tx.remove_second_factor(world.manager).await));
    }

    async fn a_ticket_is_good_for_a_while_and_ends_with_the_account(db: &Db) {
        let world = world(db).await;
        let [first, second] = [(); 2].map(|()| Token::random().unwrap());
        let mut tx = db.begin().await;
        for ticket in [&first, &second] {
            tx.add_half_sign_in(ticket.hash(), world.manager, at(0), at(100)).await.unwrap();
        }
        assert_eq!(tx.half_signed_in(first.hash(), at(99)).await.unwrap().unwrap().id, world.manager);
        assert!(tx.half_signed_in(first.hash(), at(100)).await.unwrap().is_none());
        assert!(tx.signed_in(first.hash(), at(1)).await.unwrap().is_none(), "it opens nothing by itself");
        assert!(tx.end_half_sign_in(first.hash()).await.unwrap() && !tx.end_half_sign_in(first.hash()).await.unwrap());
        tx.set_password(world.manager, "$argon2id$new").await.unwrap();
        assert!(tx.half_signed_in(second.hash(), at(1)).await.unwrap().is_none(), "an old password's ticket");
        tx.add_half_sign_in(second.hash(), world.manager, at(0), at(100)).await.unwrap();
        tx.disable_user(world.manager, at(5)).await.unwrap();
        tx.enable_user(world.manager).await.unwrap();
        assert!(tx.half_signed_in(second.hash(), at(6)).await.unwrap().is_none());
        tx.add_half_sign_in(first.hash(), world.manager, at(0), at(100)).await.unwrap();
        assert_eq!(tx.sweep_half_sign_ins(at(99)).await.unwrap(), 0);
        assert_eq!(tx.sweep_half_sign_ins(at(100)).await.unwrap(), 1);
    }
}
