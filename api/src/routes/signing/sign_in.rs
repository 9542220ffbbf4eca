//! `POST /sign-in`

use std::net::IpAddr;

use axum::{
    Json,
    extract::State,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use duxue_rules::ids::UserId;
use duxue_storage::{Tx, audit::Entry, password, sign_in::Token, user::User};
use jiff::{SignedDuration, Timestamp};

use crate::{
    app::Shared,
    cookie,
    credentials::random,
    dto::{
        person::{Me, SignIn},
        second_factor::CodeOwed,
    },
    extract::{Body, ClientAddress, SignedIn},
    problem::{Failure, throttled},
    refusals::SignInRefusals,
};

/// How long a code may be owed.
const CODE_WITHIN: SignedDuration = SignedDuration::from_mins(5);

/// Signs in.
///
/// Sets the cookie `duxue` (HttpOnly, SameSite=Strict). Of whoever has a second factor a code is asked besides: the answer
/// is then 202 with a ticket for `POST /sign-in/code`, and no cookie. Tries are throttled per username and per address.
#[utoipa::path(
    post,
    path = "/sign-in",
    tag = "Sign-in",
    security(()),
    request_body = SignIn,
    responses(
        (status = 200, description = "Signed in.", body = Me),
        (status = 202, description = "The password is right; a code is owed.", body = CodeOwed),
        SignInRefusals
    ),
)]
pub async fn sign_in(
    State(app): State<Shared>,
    ClientAddress(address): ClientAddress,
    headers: HeaderMap,
    Body(SignIn { username, password }): Body<SignIn>,
) -> Result<Response, Failure> {
    let now = app.now();
    let by_user = format!("user:{}", username.trim());
    let by_address = address.map(by_address);

    // The try is counted before the password is looked at: of many tries at once, none gets in for free.
    let mut tx = app.store.begin().await?;
    let settings = &app.settings;
    let mut until = tx.sign_in_wait(&by_user, now, &settings.throttle_user).await?;
    if let Some(by_address) = &by_address {
        until = until.max(tx.sign_in_wait(by_address, now, &settings.throttle_address).await?);
    }
    if let Some(until) = until {
        return Err(throttled(until, now));
    }
    tx.note_failed_sign_in(&by_user, now, &settings.throttle_user).await?;
    let found = tx.user_to_sign_in(username.trim()).await?;
    tx.commit().await?;

    let (user, hash) = found.unzip();
    let fits = password::verify(password, hash).await;
    let Some(user) = user.filter(|user| fits && user.disabled_at.is_none()) else {
        let mut tx = app.store.begin().await?;
        if let Some(by_address) = &by_address {
            tx.note_failed_sign_in(by_address, now, &settings.throttle_address).await?;
        }
        // What was typed is not kept: it may be a password in the wrong box.
        tx.audit(entry(now, None, "sign_in_failed"));
        tx.commit().await?;
        return Err(Failure::WrongCredentials);
    };

    let mut tx = app.store.begin().await?;
    let factor = tx.second_factor(user.id, &app.secret).await?;
    if factor.is_some_and(|factor| factor.confirmed_at.is_some()) {
        // The failures stay: whoever knows the password would otherwise have codes to guess without end.
        return Ok((StatusCode::ACCEPTED, Json(owe(tx, &user, now).await?)).into_response());
    }
    tx.forget_failed_sign_ins(&by_user).await?;
    Ok(open(&app, tx, user, &headers).await?.into_response())
}

/// Keeps that the password was right.
async fn owe(mut tx: Tx, user: &User, now: Timestamp) -> Result<CodeOwed, Failure> {
    let ticket = random(Token::random())?;
    let expires_at = now.checked_add(CODE_WITHIN).map_err(|_| Failure::Internal)?;
    tx.add_half_sign_in(ticket.hash(), user.id, now, expires_at).await?;
    tx.commit().await?;
    Ok(CodeOwed { ticket: ticket.secret().to_owned(), expires_at })
}

/// Signs this browser in, in place of whoever was signed in there.
pub(super) async fn open(
    app: &Shared,
    mut tx: Tx,
    user: User,
    headers: &HeaderMap,
) -> Result<([(header::HeaderName, HeaderValue); 1], Json<Me>), Failure> {
    let (now, settings) = (app.now(), &app.settings);
    let token = random(Token::random())?;
    let expires_at = now.checked_add(settings.sign_in_lasts).map_err(|_| Failure::Internal)?;
    if let Some(old) = cookie::token(headers) {
        tx.end_sign_in(old.hash()).await?;
    }
    tx.add_sign_in(token.hash(), user.id, now, expires_at).await?;
    tx.audit(entry(now, Some(user.id), "sign_in"));
    let signed_in = tx.signed_in(token.hash(), now).await?.ok_or(Failure::NotSignedIn)?;
    tx.commit().await?;

    let cookie = cookie::keep(&token, settings.sign_in_lasts.as_secs(), settings.secure_cookie);
    let cookie = cookie.ok_or(Failure::Internal)?;
    let who = SignedIn::at_a_browser(signed_in.user, token.hash());
    let must_enrol = settings.asks_second_factor(who.actor) && !signed_in.second_factor;
    Ok(([(header::SET_COOKIE, cookie)], Json(super::me::of(&who, signed_in.second_factor, must_enrol))))
}

/// Under what the failures of an address are counted. One IPv6 customer has a whole /64 to come from.
pub(super) fn by_address(address: IpAddr) -> String {
    match address {
        IpAddr::V4(address) => format!("address:{address}"),
        IpAddr::V6(address) => format!("address:{:x?}", &address.segments()[..4]),
    }
}

pub(super) fn entry(at: Timestamp, actor: Option<UserId>, action: &str) -> Entry {
    let subject_id = actor.map_or_else(String::new, |actor| actor.to_string());
    let detail = serde_json::json!({});
    Entry { at, actor, action: action.to_owned(), subject_kind: "user".to_owned(), subject_id, detail }
}
