//! Invitations: a link that the inviter hands over. Nothing is sent from here.

pub mod accept;
pub mod invite;
pub mod list;
pub mod look;
pub mod reset;
pub mod withdraw;

use duxue_rules::ids::UserId;
use duxue_storage::{
    Tx,
    invitation::{Invitation, Invited, NewInvitation},
    sign_in::Token,
};
use jiff::{SignedDuration, Timestamp};

use crate::{app::new_id, credentials::random, dto::invitation::MadeInvitation, problem::Failure};

/// How long an invitation is good: handed over on a Friday, it is still good after the week's holiday.
const LASTS: SignedDuration = SignedDuration::from_hours(10 * 24);

/// Makes one.
async fn make(tx: &mut Tx, invited: Invited, created_by: UserId, now: Timestamp) -> Result<MadeInvitation, Failure> {
    let secret = random(Token::random())?;
    let expires_at = now.checked_add(LASTS).map_err(|_| Failure::Internal)?;
    let new = NewInvitation { id: new_id(now), token: secret.hash(), invited, created_at: now, created_by, expires_at };
    tx.add_invitation(&new).await?;
    let row = tx.invitation(new.id).await?.ok_or(Failure::Internal)?;
    Ok(MadeInvitation { invitation: row.into(), secret: secret.secret().to_owned() })
}

/// The one whose link holds this. What is wrong with another is not told: whoever guesses learns nothing.
async fn open(tx: &mut Tx, secret: &str, now: Timestamp) -> Result<Invitation, Failure> {
    let found = tx.open_invitation(Token::received(secret.trim()).hash(), now).await?;
    found.ok_or_else(|| {
        Failure::field(
            "secret",
            "邀请链接无效，或已使用、已撤回、已过期；请联系邀请人。",
            "this invitation is unknown, used, withdrawn or out of date; ask whoever invited you",
        )
    })
}
