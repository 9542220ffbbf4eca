//! `GET /system`

use crate::dto::system::System;
use crate::refusals::PlainRefusals;

/// Says how the whole is doing.
#[utoipa::path(
    get,
    path = "/system",
    tag = "System",
    responses((status = 200, description = "How the whole is doing.", body = System), PlainRefusals),
)]
pub async fn show_system() {}
