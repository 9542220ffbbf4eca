//! What storage refuses, in HTTP.

use super::{Failure, chain};
use crate::dto::refs::Text;

/// A field that cannot be stored is the sender's; everything else is ours and is logged
/// here, with its causes, as nobody hears of it otherwise.
impl From<duxue_storage::Error> for Failure {
    fn from(error: duxue_storage::Error) -> Self {
        use duxue_storage::Error as E;
        match error {
            E::Field { field, zh, en, .. } => Self::field(field, zh, en),
            E::Lost { .. } => Self::Conflict {
                field: None,
                text: Text::new("已被他人更改，请刷新后重试。", "Someone else changed it meanwhile; look again first."),
            },
            E::Unavailable(_) => {
                tracing::warn!(error = chain(&error), "the database does not answer");
                Self::Unavailable(Text::new(
                    "数据库暂时不可用，请稍后重试。",
                    "The database does not answer; try again soon.",
                ))
            }
            E::Corrupt { .. } | E::Database(_) | E::Secret(_) => {
                tracing::error!(error = chain(&error), "storage failed");
                Self::Internal
            }
        }
    }
}
