//! `GET /institutions`

use crate::dto::{page::Page, refs::InstitutionRef};
use crate::refusals::PlainRefusals;

/// Lists the institutions that the reader may see.
#[utoipa::path(
    get,
    path = "/institutions",
    tag = "Classes",
    responses((status = 200, description = "The institutions.", body = Page<InstitutionRef>), PlainRefusals),
)]
pub async fn list_institutions() {}
