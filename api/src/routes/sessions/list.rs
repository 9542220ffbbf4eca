//! `GET /classes/{id}/sessions`

use crate::dto::{class::Session, page::Page};
use crate::refusals::ReadRefusals;

/// Lists the teaching sessions of a class.
#[utoipa::path(
    get,
    path = "/classes/{id}/sessions",
    tag = "Classes",
    params(("id" = Uuid, Path, description = "Identity of the class.")),
    responses((status = 200, description = "The sessions, newest first.", body = Page<Session>), ReadRefusals),
)]
pub async fn list_sessions() {}
