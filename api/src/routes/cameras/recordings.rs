//! `GET /cameras/{id}/recordings`

use crate::dto::{page::DayQuery, recording::Recordings};
use crate::refusals::ReadRefusals;

/// Says what of a day is recorded and what is missing, and why.
#[utoipa::path(
    get,
    path = "/cameras/{id}/recordings",
    tag = "Recordings",
    params(("id" = Uuid, Path, description = "Identity of the camera."), DayQuery),
    responses((status = 200, description = "The day.", body = Recordings), ReadRefusals),
)]
pub async fn list_recordings() {}
