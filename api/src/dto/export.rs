//! A stretch of a recording to be taken out.

use jiff::Timestamp;
use serde::Deserialize;
use utoipa::IntoParams;

/// Which stretch.
#[derive(Clone, Copy, Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ExportQuery {
    /// Its beginning.
    #[param(value_type = String, format = DateTime)]
    pub from: Timestamp,
    /// Its end, at most 30 minutes later.
    #[param(value_type = String, format = DateTime)]
    pub until: Timestamp,
}
