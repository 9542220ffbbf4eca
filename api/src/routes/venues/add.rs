//! `POST /venues`

use axum::{Json, extract::State, http::StatusCode};
use duxue_rules::access::Action;
use duxue_storage::venue::NewVenue as Row;
use serde_json::json;

use crate::{
    app::{Shared, new_id},
    dto::venue::{NewVenue, Venue},
    extract::{Body, SignedIn},
    problem::Failure,
    refusals::WriteRefusals,
};

/// Adds a classroom.
#[utoipa::path(
    post,
    path = "/venues",
    tag = "Classes",
    request_body = NewVenue,
    responses((status = 201, description = "The classroom.", body = Venue), WriteRefusals),
)]
pub async fn add_venue(
    State(app): State<Shared>,
    who: SignedIn,
    Body(new): Body<NewVenue>,
) -> Result<(StatusCode, Json<Venue>), Failure> {
    who.may(Action::EditClass, Some(new.institution_id))?;
    let now = app.now();
    let row =
        Row { id: new_id(now), institution: new.institution_id, name: new.name.trim().to_owned(), created_at: now };
    let mut tx = app.store.begin().await?;
    tx.add_venue(&row).await?;
    tx.audit(who.did(now, "add_venue", "venue", row.id, json!({ "institution": row.institution })));
    let venue = tx.venue(row.id).await?.ok_or(Failure::Internal)?;
    tx.commit().await?;
    Ok((StatusCode::CREATED, Json(venue.into())))
}
