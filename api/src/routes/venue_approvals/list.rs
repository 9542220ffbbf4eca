//! `GET /venues/{id}/approvals`

use axum::{Json, extract::State};
use duxue_rules::{access::Action, ids::VenueId};

use crate::{
    app::Shared,
    dto::{approval::VenueApproval, page::Page},
    extract::{Id, Params, SignedIn},
    problem::Failure,
    refusals::ReadRefusals,
};

/// Lists the approvals of a venue, withdrawn ones too (R1.2).
#[utoipa::path(
    get,
    path = "/venues/{id}/approvals",
    tag = "Approvals",
    params(("id" = Uuid, Path, description = "Identity of the venue.")),
    responses((status = 200, description = "All of them, oldest first.", body = Page<VenueApproval>), ReadRefusals),
)]
pub async fn list_venue_approvals(
    State(app): State<Shared>,
    who: SignedIn,
    Params(Id { id }): Params<Id<VenueId>>,
) -> Result<Json<Page<VenueApproval>>, Failure> {
    let mut tx = app.store.read().await?;
    let venue = tx.venue(id).await?.ok_or(Failure::NotFound)?;
    who.may(Action::ReadClass, Some(venue.institution.id))?;
    let rows = tx.venue_approvals(id).await?;
    Ok(Json(Page::whole(rows.into_iter().map(Into::into).collect())))
}
