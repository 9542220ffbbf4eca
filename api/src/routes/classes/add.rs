//! `POST /classes`

use axum::{Json, extract::State, http::StatusCode};
use duxue_rules::access::Action;
use duxue_storage::class::NewClass as Row;
use serde_json::json;

use crate::{
    app::{Shared, new_id},
    dto::class::{Class, NewClass},
    extract::{Body, SignedIn},
    problem::Failure,
    refusals::WriteRefusals,
    routes::violations::teaching_allowed,
};

/// Adds a class; none that begins while the institution is suspended (R7.5).
#[utoipa::path(
    post,
    path = "/classes",
    tag = "Classes",
    request_body = NewClass,
    responses((status = 201, description = "The class.", body = Class), WriteRefusals),
)]
pub async fn add_class(
    State(app): State<Shared>,
    who: SignedIn,
    Body(new): Body<NewClass>,
) -> Result<(StatusCode, Json<Class>), Failure> {
    who.may(Action::EditClass, Some(new.institution_id))?;
    let now = app.now();
    let row = Row {
        id: new_id(now),
        institution: new.institution_id,
        name: new.name.trim().to_owned(),
        major: new.major.trim().to_owned(),
        starts_on: new.starts_on,
        ends_on: new.ends_on,
        created_at: now,
    };
    let mut tx = app.store.begin().await?;
    teaching_allowed(&mut tx, row.institution, [row.starts_on], "starts_on", &app.policy.policy).await?;
    tx.add_class(&row).await?;
    tx.audit(who.did(now, "add_class", "class", row.id, json!({ "institution": row.institution })));
    let class = tx.class(row.id).await?.ok_or(Failure::Internal)?;
    tx.commit().await?;
    Ok((StatusCode::CREATED, Json(class.into())))
}
