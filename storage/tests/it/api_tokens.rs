//! Tokens: good until they run out, are revoked, or their owner may not sign in.

use duxue_rules::{
    access::{Action, Actor, Role, scopes::Scopes},
    ids::{ApiTokenId, UserId},
};
use duxue_storage::{
    api_token::{NewApiToken, fresh},
    sign_in::Token,
};

use crate::{
    common::{at, both, id},
    world::{field, is_lost, world},
};

fn token(owner: UserId, name: &str, secret: &Token) -> NewApiToken {
    let actor = Actor { role: Role::Manager, institution: None };
    NewApiToken {
        id: id(),
        owner,
        name: name.into(),
        token: secret.hash(),
        scopes: Scopes::grant(actor, &[Action::ReadAudit, Action::ReadClass]).unwrap(),
        created_at: at(0),
        expires_at: at(100),
    }
}

both! {
    async fn a_token_is_its_owners_until_it_runs_out(db: &Db) {
        let world = world(db).await;
        let secret = fresh().unwrap();
        assert!(secret.secret().starts_with("duxue_") && secret.secret().len() == 49);
        let new = token(world.manager, "报表", &secret);
        let mut tx = db.begin().await;
        tx.add_api_token(&new).await.unwrap();
        let shown = tx.api_token_shown(secret.hash(), at(99)).await.unwrap().unwrap();
        assert_eq!((shown.id, shown.owner.id, shown.last_used_at), (new.id, world.manager, None));
        assert_eq!(shown.scopes.actions(), [Action::ReadClass, Action::ReadAudit]);
        assert!(tx.api_token_shown(secret.hash(), at(100)).await.unwrap().is_none());
        assert!(tx.api_token_shown(Token::received("duxue_guess").hash(), at(1)).await.unwrap().is_none());
        tx.touch_api_token(new.id, at(50)).await.unwrap();
        assert_eq!(tx.api_token_shown(secret.hash(), at(60)).await.unwrap().unwrap().last_used_at, Some(at(50)));
    }

    async fn a_revoked_one_is_good_for_nothing_and_stays_on_the_list(db: &Db) {
        let world = world(db).await;
        let secret = fresh().unwrap();
        let new = token(world.manager, "报表", &secret);
        let mut tx = db.begin().await;
        tx.add_api_token(&new).await.unwrap();
        assert_eq!(field(tx.add_api_token(&token(world.manager, "", &fresh().unwrap())).await), "name");
        drop(tx);

        let mut tx = db.begin().await;
        tx.add_api_token(&new).await.unwrap();
        tx.revoke_api_token(new.id, at(10), world.manager).await.unwrap();
        assert!(is_lost(&tx.revoke_api_token(new.id, at(11), world.manager).await));
        assert!(tx.api_token_shown(secret.hash(), at(11)).await.unwrap().is_none());
        // Its name is free again.
        let next = token(world.manager, "报表", &fresh().unwrap());
        tx.add_api_token(&next).await.unwrap();
        tx.add_api_token(&token(world.liaison, "报表", &fresh().unwrap())).await.unwrap();
        let listed = |tokens: Vec<duxue_storage::api_token::ApiToken>| -> Vec<(ApiTokenId, bool)> {
            tokens.into_iter().map(|token| (token.id, token.revoked_at.is_some())).collect()
        };
        let mine = listed(tx.api_tokens(Some(world.manager), None, 10).await.unwrap());
        assert!(mine.len() == 2 && mine.contains(&(new.id, true)) && mine.contains(&(next.id, false)));
        assert_eq!(tx.api_tokens(None, None, 10).await.unwrap().len(), 3);
        let last = tx.api_tokens(None, None, 2).await.unwrap().pop().unwrap().id;
        assert_eq!(tx.api_tokens(None, Some(last), 2).await.unwrap().len(), 1);
        assert_eq!(field(tx.add_api_token(&token(world.manager, "报表", &fresh().unwrap())).await), "name");
    }

    async fn a_closed_account_takes_its_tokens_along(db: &Db) {
        let world = world(db).await;
        let secret = fresh().unwrap();
        let mut tx = db.begin().await;
        tx.add_api_token(&token(world.manager, "报表", &secret)).await.unwrap();
        tx.disable_user(world.manager, at(5)).await.unwrap();
        assert!(tx.api_token_shown(secret.hash(), at(6)).await.unwrap().is_none());
    }
}
