//! `POST /clips/{id}/verify`

use crate::dto::clip::Verification;
use crate::refusals::ReadRefusals;

/// Reads a sealed clip back from the store and compares it with its seal.
#[utoipa::path(
    post,
    path = "/clips/{id}/verify",
    tag = "Evidence",
    params(("id" = Uuid, Path, description = "Identity of the clip.")),
    responses((status = 200, description = "What was found.", body = Verification), ReadRefusals),
)]
pub async fn verify_clip() {}
