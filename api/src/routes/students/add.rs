//! `POST /classes/{id}/students`

use crate::dto::class::{NewStudent, Student};
use crate::refusals::WriteRefusals;

/// Adds a student to a class.
#[utoipa::path(
    post,
    path = "/classes/{id}/students",
    tag = "Classes",
    params(("id" = Uuid, Path, description = "Identity of the class.")),
    request_body = NewStudent,
    responses((status = 201, description = "The student.", body = Student), WriteRefusals),
)]
pub async fn add_student() {}
