//! `GET /invitations`

use axum::{Json, extract::State};
use duxue_rules::access::Action;

use crate::{
    app::Shared,
    dto::{
        invitation::Invitation,
        page::{PAGE, Page, PageQuery, before},
    },
    extract::{Filter, SignedIn},
    problem::Failure,
    refusals::DayRefusals,
};

/// Lists invitations, also those that have ended.
#[utoipa::path(
    get,
    path = "/invitations",
    tag = "Users",
    params(PageQuery),
    responses((status = 200, description = "The invitations, newest first.", body = Page<Invitation>), DayRefusals),
)]
pub async fn list_invitations(
    State(app): State<Shared>,
    who: SignedIn,
    Filter(query): Filter<PageQuery>,
) -> Result<Json<Page<Invitation>>, Failure> {
    who.may(Action::EditUser, None)?;
    let rows = app.store.read().await?.invitations(before(query.before.as_deref())?, PAGE).await?;
    let invitations = rows.into_iter().map(Invitation::from).collect();
    Ok(Json(Page::part(invitations, |invitation: &Invitation| invitation.id.to_string())))
}
