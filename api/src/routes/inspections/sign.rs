//! `POST /inspections/{id}/signatures`

use axum::{Json, extract::State, http::StatusCode};
use duxue_rules::{
    access::Action,
    ids::SupervisionId,
    supervision::{ContentHash, Signature},
};
use duxue_storage::inspection::Sheet;

use super::{SUBJECT, keep_signed};
use crate::{
    app::Shared,
    dto::{
        inspection::{Inspection, NewSignature},
        refs::Text,
    },
    extract::{Body, Id, Params, SignedIn},
    problem::Failure,
    refusals::WriteRefusals,
    sign::content_hash,
};

/// Signs a sheet as one of its inspectors (R7.4b).
///
/// The first signature settles what the sheet says.
#[utoipa::path(
    post,
    path = "/inspections/{id}/signatures",
    tag = "Supervision",
    params(("id" = Uuid, Path, description = "Identity of the sheet.")),
    request_body = NewSignature,
    responses((status = 201, description = "The sheet with the signature.", body = Inspection), WriteRefusals),
)]
pub async fn sign_inspection(
    State(app): State<Shared>,
    who: SignedIn,
    Params(Id { id }): Params<Id<SupervisionId>>,
    Body(NewSignature { signing }): Body<NewSignature>,
) -> Result<(StatusCode, Json<Inspection>), Failure> {
    let row = app.store.read().await?.inspection(id).await?.ok_or(Failure::NotFound)?;
    who.may(Action::Supervise, Some(row.institution))?;
    let proof = app.prove(&who, signing).await?;

    let now = app.now();
    let mut tx = app.store.begin().await?;
    let row = tx.inspection(id).await?.ok_or(Failure::NotFound)?;
    let open = match row.sheet {
        Sheet::Draft(draft) => {
            let content = ContentHash(content_hash(&draft)?);
            draft.close(now, content, &app.policy.policy).map_err(|refused| Failure::missing(refused.missing))?
        }
        Sheet::Signing(signing) => signing,
        Sheet::Signed(_) => {
            let text = Text::new("记录单签字已齐全。", "nobody's signature is missing from the sheet");
            return Err(Failure::Conflict { field: None, text });
        }
    };
    let signature = Signature { by: who.id(), at: now };
    let open = open.sign_as_inspector(who.actor, signature).map_err(|refused| Failure::missing(refused.missing))?;
    proof.sign(&mut tx, now, (SUBJECT, id), open.sheet(), "inspector").await?;
    let answer = keep_signed(tx, &who, row.revision, open, "sign_inspection", now).await?;
    Ok((StatusCode::CREATED, Json(answer)))
}
