//! The places where people sign a printed record, with the signatures that are there.

use duxue_rules::civil;
use duxue_storage::{Objects, signature::Signature};
use serde::Serialize;

use super::{SignedBy, supervised::zh};
use crate::{problem::chain, sign::content_hash};

/// A signature as it is printed under `content`: who, when, and the drawing. A drawing that cannot be fetched is left
/// out, and what is no longer what was signed says so.
pub(crate) async fn signed(objects: &Objects, label: &str, row: &Signature, content: &impl Serialize) -> SignedBy {
    let drawing = objects.get_small(&row.drawing_key).await;
    let drawing = drawing.inspect_err(|error| {
        tracing::warn!(error = chain(error), signature.id = %row.id, "a drawn signature cannot be fetched");
    });
    let holds = content_hash(content).is_ok_and(|hash| hash == row.content_sha256);
    let changed = if holds { "" } else { "（内容与签署时不一致）" };
    let on = zh(civil::date_of(row.signed_at));
    SignedBy { text: format!("{label}（签名）：{}    {on}{changed}", row.signed_by.name), drawing: drawing.ok() }
}

/// A place where nobody has signed yet.
pub(crate) fn unsigned(label: &str, name: &str) -> SignedBy {
    SignedBy { text: format!("{label}（签名）：{name}              日期："), drawing: None }
}
