//! `POST /students/{id}/picture`

use crate::dto::class::Enrolled;
use crate::refusals::{BinaryFile, PictureRefusals};

/// Takes in an enrolment picture.
///
/// The body is the picture itself. A face template is made of it; the picture is not kept and the template is never given out. Needs the student's separate consent.
#[utoipa::path(
    post,
    path = "/students/{id}/picture",
    tag = "Classes",
    params(("id" = Uuid, Path, description = "Identity of the student.")),
    request_body(content((BinaryFile = "image/jpeg"), (BinaryFile = "image/png")), description = "The picture, JPEG or PNG."),
    responses((status = 201, description = "Taken in.", body = Enrolled), PictureRefusals),
)]
pub async fn enrol_student() {}
