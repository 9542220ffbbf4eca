//! `POST /clips`

use crate::dto::clip::{Clip, NewClip};
use crate::refusals::WriteRefusals;

/// Asks for a clip of a session.
///
/// It is cut as soon as there is enough unbroken footage.
#[utoipa::path(
    post,
    path = "/clips",
    tag = "Evidence",
    request_body = NewClip,
    responses((status = 202, description = "The clip to be cut.", body = Clip), WriteRefusals),
)]
pub async fn request_clip() {}
