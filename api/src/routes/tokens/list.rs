//! `GET /tokens`

use axum::{Json, extract::State, response::IntoResponse};
use duxue_rules::access::Action;

use crate::{
    app::Shared,
    dto::{
        page::{PAGE, Page, before},
        token::{ApiToken, ApiTokenQuery, Whose},
    },
    extract::{Filter, SignedIn},
    layers::etag::Moving,
    problem::Failure,
    refusals::DayRefusals,
};

/// Lists tokens, also those that are good no more.
///
/// One's own; whoever sees users may see everybody's.
#[utoipa::path(
    get,
    path = "/tokens",
    tag = "Users",
    params(ApiTokenQuery),
    responses((status = 200, description = "The tokens, newest first.", body = Page<ApiToken>), DayRefusals),
)]
pub async fn list_tokens(
    State(app): State<Shared>,
    who: SignedIn,
    Filter(query): Filter<ApiTokenQuery>,
) -> Result<impl IntoResponse, Failure> {
    let owner = match query.whose {
        Whose::Mine => Some(who.id()),
        Whose::Everybodys => {
            who.may(Action::EditUser, None)?;
            None
        }
    };
    let rows = app.store.read().await?.api_tokens(owner, before(query.before.as_deref())?, PAGE).await?;
    let tokens = rows.into_iter().map(ApiToken::from).collect();
    Ok(Moving(&["last_used_at"]).within(Json(Page::part(tokens, |token: &ApiToken| token.id.to_string()))))
}
