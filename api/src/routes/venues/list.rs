//! `GET /venues`

use crate::dto::{page::Page, venue::Venue};
use crate::refusals::PlainRefusals;

/// Lists the classrooms that the reader may see.
#[utoipa::path(
    get,
    path = "/venues",
    tag = "Classes",
    responses((status = 200, description = "The classrooms.", body = Page<Venue>), PlainRefusals),
)]
pub async fn list_venues() {}
