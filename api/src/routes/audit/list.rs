//! `GET /audit`

use std::collections::{HashMap, hash_map::Entry};

use axum::{Json, extract::State};
use duxue_rules::access::Action;

use crate::{
    app::Shared,
    dto::{
        audit::AuditEntry,
        page::{PAGE, Page, PageQuery, before},
        refs::UserRef,
    },
    extract::{Filter, SignedIn},
    problem::Failure,
    refusals::DayRefusals,
};

/// Lists the audit log.
#[utoipa::path(
    get,
    path = "/audit",
    tag = "Log",
    params(PageQuery),
    responses((status = 200, description = "The entries, newest first.", body = Page<AuditEntry>), DayRefusals),
)]
pub async fn list_audit(
    State(app): State<Shared>,
    who: SignedIn,
    Filter(page): Filter<PageQuery>,
) -> Result<Json<Page<AuditEntry>>, Failure> {
    who.may(Action::ReadAudit, None)?;
    let mut tx = app.store.read().await?;
    let rows = tx.audit_entries(before(page.before.as_deref())?, PAGE).await?;
    let mut names: HashMap<_, String> = HashMap::new();
    for actor in rows.iter().filter_map(|row| row.entry.actor) {
        if let Entry::Vacant(unknown) = names.entry(actor) {
            unknown.insert(tx.user(actor).await?.map(|user| user.display_name).unwrap_or_default());
        }
    }
    let entry = |row: duxue_storage::audit::Recorded| AuditEntry {
        seq: row.seq,
        at: row.entry.at,
        actor: row.entry.actor.map(|id| UserRef { id, display_name: names.get(&id).cloned().unwrap_or_default() }),
        action: row.entry.action,
        subject_kind: row.entry.subject_kind,
        subject_id: row.entry.subject_id,
        detail: row.entry.detail,
        hash: hex::encode(row.hash),
    };
    let items = rows.into_iter().map(entry).collect();
    Ok(Json(Page::part(items, |entry: &AuditEntry| entry.seq.to_string())))
}
