//! `POST /sign-in/code`

use axum::{
    Json,
    extract::State,
    http::{HeaderMap, HeaderValue, header},
};
use duxue_storage::sign_in::Token;

use super::sign_in::{by_address, entry, open};
use crate::{
    app::Shared,
    dto::{person::Me, second_factor::CodeSignIn},
    extract::{Body, ClientAddress},
    problem::Failure,
    refusals::SignInRefusals,
};

/// Signs in, second step: a code of the person's device, or one of their recovery codes.
///
/// Sets the cookie `duxue`. Wrong codes are throttled together with wrong passwords.
#[utoipa::path(
    post,
    path = "/sign-in/code",
    tag = "Sign-in",
    security(()),
    request_body = CodeSignIn,
    responses((status = 200, description = "Signed in.", body = Me), SignInRefusals),
)]
pub async fn sign_in_code(
    State(app): State<Shared>,
    ClientAddress(address): ClientAddress,
    headers: HeaderMap,
    Body(CodeSignIn { ticket, code }): Body<CodeSignIn>,
) -> Result<([(header::HeaderName, HeaderValue); 1], Json<Me>), Failure> {
    let now = app.now();
    let ticket = Token::received(ticket.trim()).hash();
    let user = app.store.read().await?.half_signed_in(ticket, now).await?.ok_or(Failure::NotSignedIn)?;
    if !app.take_code(&user, address.map(by_address).as_deref(), &code).await? {
        let mut tx = app.store.begin().await?;
        tx.audit(entry(now, Some(user.id), "sign_in_failed"));
        tx.commit().await?;
        return Err(Failure::WrongCode);
    }
    let mut tx = app.store.begin().await?;
    // Whoever was faster with the same ticket has signed in already.
    if !tx.end_half_sign_in(ticket).await? {
        return Err(Failure::NotSignedIn);
    }
    open(&app, tx, user, &headers).await
}
