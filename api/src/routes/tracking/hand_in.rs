//! `POST /classes/{id}/tracking/ledger`

use axum::{Json, extract::State, http::StatusCode};
use duxue_rules::{access::Action, civil, ids::ClassId};
use serde_json::json;

use super::{Ledger, SUBJECT, standing};
use crate::{
    app::Shared,
    dto::tracking::{NewTrackingLedger, Tracking},
    extract::{Body, Id, Params, SignedIn},
    named_file,
    problem::{Failure, FieldProblem},
    refusals::WriteRefusals,
};

/// Hands in the ledger of a class after the last node, when nobody is missing on it (R11.2). It is handed in once.
#[utoipa::path(
    post,
    path = "/classes/{id}/tracking/ledger",
    tag = "Tracking",
    params(("id" = Uuid, Path, description = "Identity of the class.")),
    request_body = NewTrackingLedger,
    responses((status = 201, description = "The ledger as it is now.", body = Tracking), WriteRefusals),
)]
pub async fn hand_in_tracking(
    State(app): State<Shared>,
    who: SignedIn,
    Params(Id { id }): Params<Id<ClassId>>,
    Body(NewTrackingLedger { file_id }): Body<NewTrackingLedger>,
) -> Result<(StatusCode, Json<Tracking>), Failure> {
    let mut tx = app.store.begin().await?;
    let class = who.class(&mut tx, id, Action::KeepTracking).await?;
    let file = named_file::own(&mut tx, "file_id", file_id, class.institution.id).await?;
    tx.hold_class(id).await?;
    let (now, policy) = (app.now(), &app.policy.policy);
    let today = civil::date_of(now);
    let nodes = Ledger::of(&mut tx, &class).await?.due(&class, policy)?;
    if let Some(open) = nodes.iter().find(|node| today < node.from || !node.missing.is_empty()) {
        let (zh, en) = if today < open.from {
            let from = open.from;
            (format!("{from} 的统计节点尚未到。"), format!("the node of {from} is still to come"))
        } else {
            let (from, count) = (open.from, open.missing.len());
            (
                format!("{from} 的统计节点尚缺 {count} 名学员。"),
                format!("{count} students are missing at the node of {from}"),
            )
        };
        return Err(Failure::Invalid(vec![FieldProblem::rule("file_id", "R11.2", zh, en)]));
    }
    tx.add_tracking_ledger(id, file.id, today, who.id(), now).await?;
    tx.audit(who.did(now, "hand_in_tracking", SUBJECT, id, json!({ "file": file.id })));
    let answer = standing(&mut tx, &class, now, policy).await?;
    tx.commit().await?;
    Ok((StatusCode::CREATED, Json(answer)))
}
