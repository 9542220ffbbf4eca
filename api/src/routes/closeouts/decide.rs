//! `POST /closeouts/{id}/decision`

use axum::{Json, extract::State};
use duxue_rules::{
    access::Action,
    closeout::{Application, Decision},
    ids::CloseOutId,
    text::Remark,
};
use serde_json::json;

use super::SUBJECT;
use crate::{
    app::Shared,
    dto::closeout::{CloseOut, CloseOutDecision},
    extract::{Body, Id, Params, SignedIn},
    load,
    problem::Failure,
    refusals::WriteRefusals,
};

/// Accepts students of the pass list, once the course is over, or turns the application down (R8.1).
#[utoipa::path(
    post,
    path = "/closeouts/{id}/decision",
    tag = "Settlement",
    params(("id" = Uuid, Path, description = "Identity of the application.")),
    request_body = CloseOutDecision,
    responses((status = 200, description = "The application as decided.", body = CloseOut), WriteRefusals),
)]
pub async fn decide_closeout(
    State(app): State<Shared>,
    who: SignedIn,
    Params(Id { id }): Params<Id<CloseOutId>>,
    Body(outcome): Body<CloseOutDecision>,
) -> Result<Json<CloseOut>, Failure> {
    let mut tx = app.store.begin().await?;
    let row = tx.closeout(id).await?.ok_or(Failure::NotFound)?;
    who.may(Action::DecideCloseout, Some(row.institution))?;
    let class = tx.class(row.class.id).await?.ok_or(Failure::Internal)?;
    let Application::Applied(applied) = row.application else {
        return Err(Failure::conflict("该申请已作出决定。", "The application was decided already."));
    };
    let now = app.now();
    let decision = |why: &str| Decision { by: who.id(), at: now, why: Remark::new(why).ok() };
    let to = match outcome {
        CloseOutDecision::Accepted { students, reason } => {
            let students = students.into_iter().collect();
            let accepted = applied.accept(who.actor, students, class.ends_on, decision(&reason));
            match accepted {
                Ok(accepted) => Application::Accepted(accepted),
                Err(refused) => return Err(load::naming(&mut tx, class.id, Failure::missing(refused.missing)).await),
            }
        }
        CloseOutDecision::TurnedDown { reason } => {
            let turned_down = applied.turn_down(who.actor, decision(&reason));
            Application::TurnedDown(turned_down.map_err(|refused| Failure::missing(refused.missing))?)
        }
    };
    tx.decide_closeout(&to).await?;
    let detail = match &to {
        Application::Accepted(accepted) => {
            json!({ "class": class.id, "outcome": "accepted", "students": accepted.students().len() })
        }
        Application::Applied(_) | Application::TurnedDown(_) => json!({ "class": class.id, "outcome": "turned_down" }),
    };
    tx.audit(who.did(now, "decide_closeout", SUBJECT, id, detail));
    let row = tx.closeout(id).await?.ok_or(Failure::Internal)?;
    tx.commit().await?;
    Ok(Json(row.into()))
}
