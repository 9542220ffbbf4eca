//! `POST /inspections/{id}/countersignature`

use axum::{Json, extract::State, http::StatusCode};
use duxue_rules::{access::Action, ids::SupervisionId, supervision::Signature};
use duxue_storage::inspection::Sheet;

use super::{SUBJECT, keep_signed, visible};
use crate::{
    app::Shared,
    dto::{
        inspection::{Inspection, NewSignature},
        refs::Text,
    },
    extract::{Body, Id, Params, SignedIn},
    problem::Failure,
    refusals::WriteRefusals,
};

/// Countersigns a sheet as a manager of the inspected institution (R7.4b).
#[utoipa::path(
    post,
    path = "/inspections/{id}/countersignature",
    tag = "Supervision",
    params(("id" = Uuid, Path, description = "Identity of the sheet.")),
    request_body = NewSignature,
    responses((status = 201, description = "The sheet with the signature.", body = Inspection), WriteRefusals),
)]
pub async fn countersign_inspection(
    State(app): State<Shared>,
    who: SignedIn,
    Params(Id { id }): Params<Id<SupervisionId>>,
    Body(NewSignature { signing }): Body<NewSignature>,
) -> Result<(StatusCode, Json<Inspection>), Failure> {
    let row = app.store.read().await?.inspection(id).await?.ok_or(Failure::NotFound)?;
    who.may(Action::CountersignInspection, Some(row.institution))?;
    if !visible(&who, &row) {
        return Err(Failure::NotFound);
    }
    let proof = app.prove(&who, signing).await?;

    let now = app.now();
    let mut tx = app.store.begin().await?;
    let row = tx.inspection(id).await?.ok_or(Failure::NotFound)?;
    let open = match row.sheet {
        Sheet::Signing(signing) if signing.waits_for_institution() => signing,
        Sheet::Draft(_) | Sheet::Signing(_) | Sheet::Signed(_) => {
            let text = Text::new("机构已签字确认。", "the institution has countersigned already");
            return Err(Failure::Conflict { field: None, text });
        }
    };
    let signature = Signature { by: who.id(), at: now };
    let open = open.sign_as_manager(who.actor, signature).map_err(|refused| Failure::missing(refused.missing))?;
    proof.sign(&mut tx, now, (SUBJECT, id), open.sheet(), "institution_manager").await?;
    let answer = keep_signed(tx, &who, row.revision, open, "countersign_inspection", now).await?;
    Ok((StatusCode::CREATED, Json(answer)))
}
