//! `POST /classes/{id}/sessions`

use crate::dto::class::{NewSession, Session};
use crate::refusals::WriteRefusals;

/// Adds a teaching session.
#[utoipa::path(
    post,
    path = "/classes/{id}/sessions",
    tag = "Classes",
    params(("id" = Uuid, Path, description = "Identity of the class.")),
    request_body = NewSession,
    responses((status = 201, description = "The session.", body = Session), WriteRefusals),
)]
pub async fn add_session() {}
