//! `POST /subsidy-standards`

use axum::{Json, extract::State, http::StatusCode};
use duxue_rules::{access::Action, subsidy::Fen};
use duxue_storage::subsidy::NewStandard as Row;
use serde_json::json;

use crate::{
    app::{Shared, new_id},
    dto::subsidy::{NewStandard, SubsidyStandard},
    extract::{Body, SignedIn},
    problem::Failure,
    refusals::WriteRefusals,
};

/// Sets what a student of a major is worth in a year (R9.4).
///
/// It counts for reckonings from now on; what was reckoned before stays as it was.
#[utoipa::path(
    post,
    path = "/subsidy-standards",
    tag = "Settlement",
    request_body = NewStandard,
    responses((status = 201, description = "The standard.", body = SubsidyStandard), WriteRefusals),
)]
pub async fn set_standard(
    State(app): State<Shared>,
    who: SignedIn,
    Body(new): Body<NewStandard>,
) -> Result<(StatusCode, Json<SubsidyStandard>), Failure> {
    who.may(Action::ReckonSubsidy, None)?;
    let now = app.now();
    let row = Row {
        id: new_id(now),
        major: new.major.trim().to_owned(),
        year: new.year,
        amount: Fen::from_fen(new.amount_fen),
        document: new.document.trim().to_owned(),
        set_by: who.id(),
        set_at: now,
    };
    let mut tx = app.store.begin().await?;
    tx.add_standard(&row).await?;
    let detail = json!({ "major": row.major, "year": row.year, "amount_fen": row.amount.fen() });
    tx.audit(who.did(now, "set_standard", "subsidy_standard", row.id, detail));
    let standard = tx.standard(row.id).await?.ok_or(Failure::Internal)?;
    tx.commit().await?;
    Ok((StatusCode::CREATED, Json(standard.into())))
}
