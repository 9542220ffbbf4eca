//! `POST /notices/{id}/payment`

use axum::{Json, extract::State, http::StatusCode};
use duxue_rules::{
    access::Action,
    civil,
    ids::NoticeId,
    notice_period::{Account, Standing, pay},
    subsidy,
};
use serde_json::json;

use super::{SUBJECT, shown, standing_of};
use crate::{
    app::Shared,
    dto::notice::{NewPayment, Notice},
    extract::{Body, Id, Params, SignedIn},
    problem::{Failure, FieldProblem},
    refusals::WriteRefusals,
    routes::subsidies::current,
};

/// Records that a class's subsidy was paid (R10.2): after a notice that passed, to the institution's basic account, while
/// nothing stands before it. A class is paid once.
#[utoipa::path(
    post,
    path = "/notices/{id}/payment",
    tag = "Notices",
    params(("id" = Uuid, Path, description = "Identity of the notice.")),
    request_body = NewPayment,
    responses((status = 201, description = "The notice with its payment.", body = Notice), WriteRefusals),
)]
pub async fn record_payment(
    State(app): State<Shared>,
    who: SignedIn,
    Params(Id { id }): Params<Id<NoticeId>>,
    Body(new): Body<NewPayment>,
) -> Result<(StatusCode, Json<Notice>), Failure> {
    let mut tx = app.store.begin().await?;
    let row = tx.notice(id).await?.ok_or(Failure::NotFound)?;
    who.may(Action::RecordPayment, Some(row.institution.id))?;
    let class = tx.class(row.class.id).await?.ok_or(Failure::Internal)?;
    tx.hold_class(class.id).await?;
    let (now, policy) = (app.now(), &app.policy);
    if new.on > civil::date_of(now) {
        let (zh, en) = ("日期不得晚于今天。", "this day is still to come");
        return Err(Failure::Invalid(vec![FieldProblem::rule("on", "R10.2", zh, en)]));
    }
    if tx.payment(class.id).await?.is_some() {
        return Err(Failure::conflict("本班补贴已拨付。", "The class was paid already."));
    }
    let objections = tx.objections(id).await?;
    let Standing::Passed(passed) = standing_of(&app, &mut tx, &row, &objections, now).await? else {
        return Err(Failure::conflict("公示尚未通过，不得拨付。", "The notice has not passed: nothing is paid."));
    };
    let published = tx.subsidy(row.subsidy).await?.ok_or(Failure::Internal)?.reckoning.subsidy;
    // What was found since it went up stands before payment too.
    let claimed = current(&app, &mut tx, &class, now).await?.claimed;
    let subsidy = subsidy::reckon(&claimed).map_err(|_| Failure::Internal)?;
    if subsidy.lines != published.lines {
        return Err(Failure::conflict(
            "公示后情况有变，请重新核算并公示。",
            "The records changed since the notice went up; reckon and publish again first.",
        ));
    }
    let account = Account { holder: new.account_holder, kind: new.account_kind.into() };
    let payment = pay(passed, &subsidy, &class.institution.name, account, new.fund.into(), new.on);
    let payment = payment.map_err(Failure::missing)?;
    tx.add_payment(class.id, id, &payment, who.id(), now).await?;
    let detail = json!({
        "class": class.id, "amount_fen": payment.amount.fen(), "fund": payment.fund, "on": payment.on,
        "policy": policy.version,
    });
    tx.audit(who.did(now, "record_payment", SUBJECT, id, detail));
    let answer = shown(&app, &mut tx, row, now, true).await?;
    tx.commit().await?;
    Ok((StatusCode::CREATED, Json(answer)))
}
