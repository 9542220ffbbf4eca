//! `POST /classes/{id}/closeouts`

use axum::{Json, extract::State, http::StatusCode};
use duxue_rules::{
    access::Action,
    civil,
    closeout::{Applied, CloseOut as Facts, check},
    ids::{ClassId, StudentId},
};
use serde_json::json;

use super::SUBJECT;
use crate::{
    app::{Shared, new_id},
    dto::closeout::{CloseOut, NewCloseOut},
    extract::{Body, Id, Params, SignedIn},
    load, named_file,
    problem::Failure,
    refusals::WriteRefusals,
};

/// Applies for a class's close-out with the attendance ledger and the pass list (R8.1).
///
/// A late application is marked late, never refused. While one lies with the centre or was accepted, no other is taken.
#[utoipa::path(
    post,
    path = "/classes/{id}/closeouts",
    tag = "Settlement",
    params(("id" = Uuid, Path, description = "Identity of the class.")),
    request_body = NewCloseOut,
    responses((status = 201, description = "It lies with the centre.", body = CloseOut), WriteRefusals),
)]
pub async fn apply_for_closeout(
    State(app): State<Shared>,
    who: SignedIn,
    Params(Id { id }): Params<Id<ClassId>>,
    Body(new): Body<NewCloseOut>,
) -> Result<(StatusCode, Json<CloseOut>), Failure> {
    let mut tx = app.store.begin().await?;
    let class = who.class(&mut tx, id, Action::ApplyCloseout).await?;
    let owner = class.institution.id;
    let ledger = named_file::own(&mut tx, "ledger_file_id", new.ledger_file_id, owner).await?;
    let pass_list = named_file::own(&mut tx, "pass_list_file_id", new.pass_list_file_id, owner).await?;
    tx.hold_class(id).await?;
    let now = app.now();
    let facts = Facts { applied_on: civil::date_of(now), ledger: ledger.id.to_string(), pass_list: new.pass_list };
    let roster: Vec<StudentId> = load::students(&mut tx, id).await?.into_iter().map(|student| student.id).collect();
    // What verification holds against a student is told when the subsidy is reckoned: it ends after this.
    let answer = check(&facts, class.ends_on, &roster, &[], &app.calendar, &app.policy.policy);
    let answer = answer.ok_or(Failure::Internal)?;
    let applied = match Applied::new(new_id(now), id, facts, answer, who.id(), now) {
        Ok(applied) => applied,
        Err(missing) => return Err(load::naming(&mut tx, id, Failure::missing(missing)).await),
    };
    tx.add_closeout(&applied, ledger.id, pass_list.id, app.policy.version).await?;
    let detail = json!({ "class": id, "students": applied.closeout().pass_list.len(), "late": applied.is_late() });
    tx.audit(who.did(now, "apply_for_closeout", SUBJECT, applied.id(), detail));
    let row = tx.closeout(applied.id()).await?.ok_or(Failure::Internal)?;
    tx.commit().await?;
    Ok((StatusCode::CREATED, Json(row.into())))
}
