//! `GET /classes/{id}/statements`

use axum::{Json, extract::State};
use duxue_rules::{access::Action, ids::ClassId};

use super::SUBJECT;
use crate::{
    app::Shared,
    dto::{page::Page, statement::Statement},
    extract::{Id, Params, SignedIn},
    load,
    problem::Failure,
    refusals::ReadRefusals,
};

/// Lists a class's written statements, complete or not (R7.3d).
#[utoipa::path(
    get,
    path = "/classes/{id}/statements",
    tag = "Attendance",
    params(("id" = Uuid, Path, description = "Identity of the class.")),
    responses((status = 200, description = "All of them, oldest first.", body = Page<Statement>), ReadRefusals),
)]
pub async fn list_statements(
    State(app): State<Shared>,
    who: SignedIn,
    Params(Id { id }): Params<Id<ClassId>>,
) -> Result<Json<Page<Statement>>, Failure> {
    let mut tx = app.store.read().await?;
    who.class(&mut tx, id, Action::ReadClass).await?;
    let names = load::student_names(&mut tx, id).await?;
    let mut items = Vec::new();
    for row in tx.statements(id).await? {
        let signatures = tx.signatures_of(SUBJECT, &row.statement.id.to_string()).await?;
        items.push(Statement::of(row, signatures, &names));
    }
    Ok(Json(Page::whole(items)))
}
