//! `GET /clips/{id}/seal`

use crate::refusals::ReadRefusals;

/// Gives the seal of a clip: a DSSE envelope around its signed manifest.
///
/// With the clip and the public key, `duxue verify` checks it without this server.
#[utoipa::path(
    get,
    path = "/clips/{id}/seal",
    tag = "Evidence",
    params(("id" = Uuid, Path, description = "Identity of the clip.")),
    responses((status = 200, description = "The envelope.", body = Object, content_type = "application/json"), ReadRefusals),
)]
pub async fn read_seal() {}
