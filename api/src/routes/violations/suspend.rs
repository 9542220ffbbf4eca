//! R7.5: a suspension is reported to the bureau, ordered by it, and lifted by a manager of the centre.

use axum::{Json, extract::State, http::StatusCode};
use duxue_rules::{
    access::Action,
    civil,
    ids::ViolationId,
    violation::{self as rules, Order, report},
};
use serde_json::json;

use super::{History, SUBJECT, happened, said};
use crate::{
    app::Shared,
    dto::violation::{NewLifting, NewOrder, NewSuspension, Suspension},
    extract::{Body, Id, Params, SignedIn},
    problem::Failure,
    refusals::WriteRefusals,
};

/// Records that the centre reported an institution to the bureau for suspension.
#[utoipa::path(
    post,
    path = "/violations/{id}/suspension",
    tag = "Violations",
    params(("id" = Uuid, Path, description = "Identity of the violation.")),
    request_body = NewSuspension,
    responses((status = 201, description = "The suspension.", body = Suspension), WriteRefusals),
)]
pub async fn report_suspension(
    State(app): State<Shared>,
    who: SignedIn,
    Params(Id { id }): Params<Id<ViolationId>>,
    Body(NewSuspension { on, document }): Body<NewSuspension>,
) -> Result<(StatusCode, Json<Suspension>), Failure> {
    let mut tx = app.store.begin().await?;
    let institution = tx.violation(id).await?.ok_or(Failure::NotFound)?.institution.id;
    who.may(Action::ConfirmViolation, Some(institution))?;
    let now = app.now();
    happened(on, civil::date_of(now))?;
    let document = said("document", &document)?;
    // The ladder must not change between the look at it and what is written.
    tx.hold_institution(institution).await?;
    let History { ladder, .. } = History::of(&mut tx, institution, &app.policy.policy).await?;
    // The judiciary comes besides; of a violation's measures the step of the ladder is the last.
    let step = ladder.iter().filter(|measure| measure.violation == id).max_by_key(|measure| measure.kind);
    let Some(step) = step.copied() else {
        return Err(Failure::conflict(
            "该违规未经认定，无需上报。",
            "the violation does not stand: there is nothing to report",
        ));
    };
    let reported = report(step, who.actor, who.id(), on, document);
    let reported = rules::Suspension::Reported(reported.map_err(|refused| Failure::missing(refused.missing))?);
    tx.add_suspension(&reported, app.policy.version, now).await?;
    let detail = json!({ "number": step.number, "on": on, "policy": app.policy.version });
    tx.audit(who.did(now, "report_suspension", SUBJECT, id, detail));
    tx.commit().await?;
    Ok((StatusCode::CREATED, Json((&reported).into())))
}

/// Records the bureau's order. Teaching stops from the day that it names.
#[utoipa::path(
    post,
    path = "/violations/{id}/suspension/order",
    tag = "Violations",
    params(("id" = Uuid, Path, description = "Identity of the violation.")),
    request_body = NewOrder,
    responses((status = 200, description = "The suspension as it is now.", body = Suspension), WriteRefusals),
)]
pub async fn order_suspension(
    State(app): State<Shared>,
    who: SignedIn,
    Params(Id { id }): Params<Id<ViolationId>>,
    Body(NewOrder { number, on, from }): Body<NewOrder>,
) -> Result<Json<Suspension>, Failure> {
    let mut tx = app.store.begin().await?;
    let row = tx.violation(id).await?.ok_or(Failure::NotFound)?;
    who.may(Action::ConfirmViolation, Some(row.institution.id))?;
    let now = app.now();
    happened(on, civil::date_of(now))?;
    let order = Order { number: said("number", &number)?, on, from };
    let Some(rules::Suspension::Reported(reported)) = tx.suspension(id).await? else {
        return Err(Failure::conflict(
            "只有已上报、尚未决定的停课整改才能登记决定。",
            "an order follows a report that has none yet",
        ));
    };
    let before = rules::Suspension::Reported(reported.clone());
    let in_force = reported.order(order).map_err(|refused| Failure::missing(refused.missing))?;
    let after = rules::Suspension::InForce(in_force);
    tx.put_suspension(&before, &after, now).await?;
    tx.audit(who.did(now, "order_suspension", SUBJECT, id, json!({ "on": on, "from": from })));
    tx.commit().await?;
    Ok(Json((&after).into()))
}

/// Lifts a suspension: teaching may resume on that day.
#[utoipa::path(
    post,
    path = "/violations/{id}/suspension/lifting",
    tag = "Violations",
    params(("id" = Uuid, Path, description = "Identity of the violation.")),
    request_body = NewLifting,
    responses((status = 200, description = "The suspension as it is now.", body = Suspension), WriteRefusals),
)]
pub async fn lift_suspension(
    State(app): State<Shared>,
    who: SignedIn,
    Params(Id { id }): Params<Id<ViolationId>>,
    Body(NewLifting { on, reason }): Body<NewLifting>,
) -> Result<Json<Suspension>, Failure> {
    let mut tx = app.store.begin().await?;
    let row = tx.violation(id).await?.ok_or(Failure::NotFound)?;
    who.may(Action::LiftSuspension, Some(row.institution.id))?;
    let now = app.now();
    let reason = said("reason", &reason)?;
    let Some(rules::Suspension::InForce(in_force)) = tx.suspension(id).await? else {
        return Err(Failure::conflict("没有执行中的停课整改。", "there is no suspension in force"));
    };
    let before = rules::Suspension::InForce(in_force.clone());
    let lifted = in_force.lift(who.actor, who.id(), on, reason).map_err(|refused| Failure::missing(refused.missing))?;
    let after = rules::Suspension::Lifted(lifted);
    tx.put_suspension(&before, &after, now).await?;
    tx.audit(who.did(now, "lift_suspension", SUBJECT, id, json!({ "on": on })));
    tx.commit().await?;
    Ok(Json((&after).into()))
}
