//! `POST /sign-in`

use axum::{
    Json,
    extract::State,
    http::{HeaderMap, HeaderValue, header},
};
use duxue_storage::{audit::Entry, password, sign_in::Token};
use jiff::Timestamp;

use crate::{
    app::Shared,
    cookie,
    dto::person::{Me, SignIn},
    extract::{Body, ClientAddress, SignedIn},
    problem::{Failure, chain, throttled},
    refusals::SignInRefusals,
};

/// Signs in.
///
/// Sets the cookie `duxue` (HttpOnly, SameSite=Strict). Tries are throttled per username and per address.
#[utoipa::path(
    post,
    path = "/sign-in",
    tag = "Sign-in",
    request_body = SignIn,
    responses((status = 200, description = "Signed in.", body = Me), SignInRefusals),
)]
pub async fn sign_in(
    State(app): State<Shared>,
    ClientAddress(address): ClientAddress,
    headers: HeaderMap,
    Body(SignIn { username, password }): Body<SignIn>,
) -> Result<([(header::HeaderName, HeaderValue); 1], Json<Me>), Failure> {
    let now = app.now();
    let by_user = format!("user:{}", username.trim());
    // One IPv6 customer has a whole /64 to come from.
    let by_address = address.map(|address| match address {
        std::net::IpAddr::V4(address) => format!("address:{address}"),
        std::net::IpAddr::V6(address) => format!("address:{:x?}", &address.segments()[..4]),
    });

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

    let token = Token::random().map_err(|error| {
        tracing::error!(error = chain(&error), "the system gives no randomness");
        Failure::Internal
    })?;
    let expires_at = now.checked_add(settings.sign_in_lasts).map_err(|_| Failure::Internal)?;
    let mut tx = app.store.begin().await?;
    tx.forget_failed_sign_ins(&by_user).await?;
    if let Some(old) = cookie::token(&headers) {
        tx.end_sign_in(old.hash()).await?;
    }
    tx.add_sign_in(token.hash(), user.id, now, expires_at).await?;
    tx.audit(entry(now, Some(user.id), "sign_in"));
    tx.commit().await?;

    let cookie = cookie::keep(&token, settings.sign_in_lasts.as_secs(), settings.secure_cookie);
    let cookie = cookie.ok_or(Failure::Internal)?;
    Ok(([(header::SET_COOKIE, cookie)], Json(super::me::of(&SignedIn::at_a_browser(user, token.hash())))))
}

fn entry(at: Timestamp, actor: Option<duxue_rules::ids::UserId>, action: &str) -> Entry {
    let subject_id = actor.map_or_else(String::new, |actor| actor.to_string());
    let detail = serde_json::json!({});
    Entry { at, actor, action: action.to_owned(), subject_kind: "user".to_owned(), subject_id, detail }
}
