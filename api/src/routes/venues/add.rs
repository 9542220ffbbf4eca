//! `POST /venues`

use crate::dto::venue::{NewVenue, Venue};
use crate::refusals::WriteRefusals;

/// Adds a classroom.
#[utoipa::path(
    post,
    path = "/venues",
    tag = "Classes",
    request_body = NewVenue,
    responses((status = 201, description = "The classroom.", body = Venue), WriteRefusals),
)]
pub async fn add_venue() {}
