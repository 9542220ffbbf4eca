//! `/institutions/{id}/textbook-exceptions`

use axum::{Json, extract::State, http::StatusCode};
use duxue_rules::{access::Action, civil, ids::InstitutionId};
use duxue_storage::textbook::NewTextbookException as Row;
use serde_json::json;

use crate::{
    app::{Shared, new_id},
    dto::{
        approval::{NewTextbookException, TextbookException},
        page::Page,
    },
    extract::{Body, Id, Params, SignedIn},
    named_file,
    problem::{Failure, FieldProblem},
    refusals::{ReadRefusals, WriteRefusals},
};

/// Lists the textbooks outside the national catalogue that an institution may use (R1.3).
#[utoipa::path(
    get,
    path = "/institutions/{id}/textbook-exceptions",
    tag = "Approvals",
    params(("id" = Uuid, Path, description = "Identity of the institution.")),
    responses((status = 200, description = "All of them.", body = Page<TextbookException>), ReadRefusals),
)]
pub async fn list_textbook_exceptions(
    State(app): State<Shared>,
    who: SignedIn,
    Params(Id { id }): Params<Id<InstitutionId>>,
) -> Result<Json<Page<TextbookException>>, Failure> {
    who.may(Action::ReadClass, Some(id))?;
    let mut tx = app.store.read().await?;
    tx.institution(id).await?.ok_or(Failure::NotFound)?;
    let rows = tx.textbook_exceptions(id).await?;
    Ok(Json(Page::whole(rows.into_iter().map(Into::into).collect())))
}

/// Records that the bureau lets an institution use a textbook outside the national catalogue (R1.3 特殊情况).
#[utoipa::path(
    post,
    path = "/institutions/{id}/textbook-exceptions",
    tag = "Approvals",
    params(("id" = Uuid, Path, description = "Identity of the institution.")),
    request_body = NewTextbookException,
    responses((status = 201, description = "The exception.", body = TextbookException), WriteRefusals),
)]
pub async fn add_textbook_exception(
    State(app): State<Shared>,
    who: SignedIn,
    Params(Id { id }): Params<Id<InstitutionId>>,
    Body(new): Body<NewTextbookException>,
) -> Result<(StatusCode, Json<TextbookException>), Failure> {
    who.may(Action::EditCatalogue, Some(id))?;
    let now = app.now();
    let mut tx = app.store.begin().await?;
    tx.institution(id).await?.ok_or(Failure::NotFound)?;
    let mut wrong: Vec<FieldProblem> =
        named_file::problem(&mut tx, &who, id, ("file_id", new.file_id)).await?.into_iter().collect();
    if new.approved_on > civil::date_of(now) {
        wrong.push(FieldProblem::shape("approved_on", "批准日期不得晚于今天。", "the approval's day lies ahead"));
    }
    if !wrong.is_empty() {
        return Err(Failure::Invalid(wrong));
    }
    let row = Row {
        id: new_id(now),
        institution: id,
        title: new.title.trim().to_owned(),
        approved_on: new.approved_on,
        file: new.file_id,
        created_at: now,
        created_by: who.id(),
    };
    tx.add_textbook_exception(&row).await?;
    let detail = json!({ "institution": id, "title": row.title, "file": row.file });
    tx.audit(who.did(now, "add_textbook_exception", "textbook_exception", row.id, detail));
    let added = tx.textbook_exceptions(id).await?.into_iter().find(|one| one.id == row.id);
    let added = added.ok_or(Failure::Internal)?;
    tx.commit().await?;
    Ok((StatusCode::CREATED, Json(added.into())))
}
