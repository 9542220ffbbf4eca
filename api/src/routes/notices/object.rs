//! `POST /notices/{id}/objections`

use axum::{Json, extract::State, http::StatusCode};
use duxue_rules::{access::Action, civil, ids::NoticeId};
use duxue_storage::notice::NewObjection as Row;
use serde_json::json;

use super::{SUBJECT, shown};
use crate::{
    app::{Shared, new_id},
    dto::notice::{NewObjection, Notice},
    extract::{Body, Id, Params, SignedIn},
    problem::{Failure, FieldProblem},
    refusals::WriteRefusals,
};

/// Records somebody's objection to a notice (R10.1). One that came while it hung stops the result until it is decided; a
/// later one is kept, and stops nothing.
#[utoipa::path(
    post,
    path = "/notices/{id}/objections",
    tag = "Notices",
    params(("id" = Uuid, Path, description = "Identity of the notice.")),
    request_body = NewObjection,
    responses((status = 201, description = "The notice as it stands now.", body = Notice), WriteRefusals),
)]
pub async fn record_objection(
    State(app): State<Shared>,
    who: SignedIn,
    Params(Id { id }): Params<Id<NoticeId>>,
    Body(NewObjection { on, objector, text }): Body<NewObjection>,
) -> Result<(StatusCode, Json<Notice>), Failure> {
    let mut tx = app.store.begin().await?;
    let row = tx.notice(id).await?.ok_or(Failure::NotFound)?;
    who.may(Action::PublishNotice, Some(row.institution.id))?;
    let now = app.now();
    if on < row.notice.published_on || on > civil::date_of(now) {
        let (zh, en) = ("异议日期应在公示之日至今天之间。", "it came between the day of publication and today");
        return Err(Failure::Invalid(vec![FieldProblem::rule("on", "R10.1", zh, en)]));
    }
    // An objection and a payment must not pass each other unseen.
    tx.hold_class(row.class.id).await?;
    let objection = Row {
        id: new_id(now),
        notice: id,
        on,
        objector: objector.trim().to_owned(),
        text: text.trim().to_owned(),
        recorded_by: who.id(),
        recorded_at: now,
    };
    tx.add_objection(&objection).await?;
    let detail = json!({ "objection": objection.id, "on": on });
    tx.audit(who.did(now, "record_objection", SUBJECT, id, detail));
    let answer = shown(&app, &mut tx, row, now, true).await?;
    tx.commit().await?;
    Ok((StatusCode::CREATED, Json(answer)))
}
