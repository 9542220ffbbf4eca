//! What belongs to people's accounts.

use duxue_rules::access::{Action, Actor, Role, scopes::Scopes};
use duxue_storage::{Tx, api_token::NewApiToken, sign_in::Token};
use jiff::Timestamp;

use super::{Kind, at, id};

/// A token of the other institution's person: nobody of the tables' people owns it.
pub async fn accounts(tx: &mut Tx, now: Timestamp) {
    let owner = Actor { role: Role::Institution, institution: Some(id(Kind::Institution, 1)) };
    let token = NewApiToken {
        id: id(Kind::ApiToken, 0),
        owner: id(Kind::Other, 9),
        name: "他校".into(),
        token: Token::received("duxue_of-the-other").hash(),
        scopes: Scopes::grant(owner, &[Action::ReadClass]).unwrap(),
        created_at: now,
        expires_at: at("2025-01-01T00:00:00Z"),
    };
    tx.add_api_token(&token).await.unwrap();
}
