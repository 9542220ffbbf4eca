//! `GET /classes/{id}/students`

use crate::dto::{class::Student, page::Page};
use crate::refusals::ReadRefusals;

/// Lists the roster of a class.
#[utoipa::path(
    get,
    path = "/classes/{id}/students",
    tag = "Classes",
    params(("id" = Uuid, Path, description = "Identity of the class.")),
    responses((status = 200, description = "The students.", body = Page<Student>), ReadRefusals),
)]
pub async fn list_students() {}
