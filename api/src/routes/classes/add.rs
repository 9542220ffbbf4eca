//! `POST /classes`

use crate::dto::class::{Class, NewClass};
use crate::refusals::WriteRefusals;

/// Adds a class.
#[utoipa::path(
    post,
    path = "/classes",
    tag = "Classes",
    request_body = NewClass,
    responses((status = 201, description = "The class.", body = Class), WriteRefusals),
)]
pub async fn add_class() {}
