//! `GET /classes`

use crate::dto::{class::Class, page::Page};
use crate::refusals::PlainRefusals;

/// Lists the classes that the reader may see.
#[utoipa::path(
    get,
    path = "/classes",
    tag = "Classes",
    responses((status = 200, description = "The classes, newest first.", body = Page<Class>), PlainRefusals),
)]
pub async fn list_classes() {}
