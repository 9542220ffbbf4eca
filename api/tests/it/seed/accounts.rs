//! What belongs to people's accounts.

use duxue_rules::{
    access::{Action, Actor, Role, scopes::Scopes},
    ids::UserId,
};
use duxue_storage::{
    SecretKey, Tx,
    api_token::NewApiToken,
    invitation::{Invited, NewInvitation},
    sign_in::Token,
    totp::TotpSecret,
    user::NewUser,
};
use jiff::Timestamp;

use super::{Kind, NOW, at, id};

/// What the link of the invitation holds.
pub const INVITATION: &str = "invitation-of-the-seed";
/// The ticket of a colleague who gave their password and owes the code.
pub const TICKET: &str = "ticket-of-the-seed";

/// What everybody's codes are made of.
pub fn totp() -> TotpSecret {
    TotpSecret::from_bytes(*b"12345678901234567890")
}

/// The code that everybody's device shows now.
pub fn code() -> String {
    totp().code_at(at(NOW))
}

pub async fn accounts(tx: &mut Tx, now: Timestamp, hash: &str, key: &SecretKey) {
    let until = at("2025-01-01T00:00:00Z");
    // A token of the other institution's person: nobody of the tables' people owns it.
    let owner = Actor { role: Role::Institution, institution: Some(id(Kind::Institution, 1)) };
    let token = NewApiToken {
        id: id(Kind::ApiToken, 0),
        owner: id(Kind::Other, 9),
        name: "他校".into(),
        token: Token::received("duxue_of-the-other").hash(),
        scopes: Scopes::grant(owner, &[Action::ReadClass]).unwrap(),
        created_at: now,
        expires_at: until,
    };
    tx.add_api_token(&token).await.unwrap();

    let colleague = NewUser {
        id: id(Kind::Colleague, 0),
        username: "colleague".into(),
        display_name: "colleague 女士".into(),
        role: Role::Auditor,
        institution: None,
        password_hash: hash.into(),
        created_at: now,
    };
    tx.add_user(&colleague).await.unwrap();
    for kind in [Kind::Supervisor, Kind::Manager, Kind::Auditor, Kind::Liaison] {
        tx.begin_second_factor(id(kind, 9), &totp(), now, key).await.unwrap();
    }
    let colleague: UserId = colleague.id;
    tx.begin_second_factor(colleague, &totp(), now, key).await.unwrap();
    tx.confirm_second_factor(colleague, 0, now, &[]).await.unwrap();
    tx.add_half_sign_in(Token::received(TICKET).hash(), colleague, now, until).await.unwrap();

    let invitation = NewInvitation {
        id: id(Kind::Invitation, 0),
        token: Token::received(INVITATION).hash(),
        invited: Invited::New { display_name: "新人".into(), role: Role::Auditor, institution: None },
        created_at: now,
        created_by: id(Kind::Manager, 9),
        expires_at: until,
    };
    tx.add_invitation(&invitation).await.unwrap();
}
