//! `POST /tokens`

use axum::{Json, extract::State, http::StatusCode};
use duxue_rules::access::scopes::{LONGEST_DAYS, Refused, Scopes};
use duxue_storage::api_token::{self, NewApiToken as Row};
use jiff::{SignedDuration, Timestamp};
use serde_json::json;

use crate::{
    app::{Shared, new_id},
    credentials::random,
    dto::{
        token::{MadeApiToken, NewApiToken},
        words::Action,
    },
    extract::{Body, InPerson},
    problem::{Failure, FieldProblem},
    refusals::ProofRefusals,
};

/// Makes a token for a program of one's own.
///
/// The answer holds it, once. It may do what it is made for, of what its owner may, until it expires or is revoked. No
/// token signs, makes tokens, or changes passwords.
#[utoipa::path(
    post,
    path = "/tokens",
    tag = "Users",
    request_body = NewApiToken,
    responses((status = 201, description = "The token and its secret.", body = MadeApiToken), ProofRefusals),
)]
pub async fn make_token(
    State(app): State<Shared>,
    InPerson { who, .. }: InPerson,
    Body(new): Body<NewApiToken>,
) -> Result<(StatusCode, Json<MadeApiToken>), Failure> {
    let now = app.now();
    let wanted: Vec<_> = new.scopes.iter().map(|&action| action.into()).collect();
    let scopes = match (Scopes::grant(who.actor, &wanted), lasts(new.expires_at, now)) {
        (Ok(scopes), Ok(())) => scopes,
        (scopes, lasts) => {
            let problems = [scopes.err().map(beyond), lasts.err()];
            return Err(Failure::Invalid(problems.into_iter().flatten().collect()));
        }
    };
    app.confirm(&who, new.password).await?;
    let secret = random(api_token::fresh())?;
    let row = Row {
        id: new_id(now),
        owner: who.id(),
        name: new.name.trim().to_owned(),
        token: secret.hash(),
        scopes,
        created_at: now,
        expires_at: new.expires_at,
    };
    let mut tx = app.store.begin().await?;
    tx.add_api_token(&row).await?;
    let detail = json!({ "scopes": row.scopes, "expires_at": row.expires_at });
    tx.audit(who.did(now, "make_token", "api_token", row.id, detail));
    let token = tx.api_token(row.id).await?.ok_or(Failure::Internal)?;
    tx.commit().await?;
    Ok((StatusCode::CREATED, Json(MadeApiToken { token: token.into(), secret: secret.secret().to_owned() })))
}

fn beyond(refused: Refused) -> FieldProblem {
    match refused {
        Refused::Nothing => {
            FieldProblem::shape("scopes", "请至少选择一项权限。", "a token is made for one action at least")
        }
        Refused::Beyond(action) => {
            let word = serde_json::to_value(Action::from(action)).unwrap_or_default();
            let word = word.as_str().unwrap_or_default();
            FieldProblem::shape(
                "scopes",
                format!("您本人没有此项权限，不能授予令牌：{word}。"),
                format!("you may not do this yourself, so no token of yours may: {word}"),
            )
        }
    }
}

/// A token ends some day, and not today already.
fn lasts(expires_at: Timestamp, now: Timestamp) -> Result<(), FieldProblem> {
    let longest = SignedDuration::from_hours(i64::from(LONGEST_DAYS) * 24);
    let left = expires_at.duration_since(now);
    if left > SignedDuration::ZERO && left <= longest {
        return Ok(());
    }
    Err(FieldProblem::shape(
        "expires_at",
        format!("有效期须晚于现在，且不超过 {LONGEST_DAYS} 天。"),
        format!("a token expires later than now, and within {LONGEST_DAYS} days"),
    ))
}
