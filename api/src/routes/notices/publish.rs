//! `POST /classes/{id}/notices`

use std::collections::HashMap;

use axum::{Json, extract::State, http::StatusCode};
use duxue_rules::{
    access::Action,
    civil,
    ids::{ClassId, StudentId},
    notice_period::{Notice as Facts, NoticeLine, Standing, last_day},
    person::IdNumber,
    subsidy::{Fen, Subsidy},
};
use duxue_storage::{Tx, notice::NewNotice as Row, student::Student};
use serde_json::json;

use super::{SUBJECT, masked_number, shown, standing_of};
use crate::{
    app::{Shared, new_id},
    dto::notice::Notice,
    extract::{Id, Params, SignedIn},
    load,
    problem::{Failure, FieldProblem},
    refusals::WriteRefusals,
    routes::subsidies::current,
};

/// Publishes the newest reckoning of a class's subsidy (R10.1).
///
/// Only what nothing stands before goes up, and only while the records still say what was reckoned. A class has one notice
/// at a time; after one that fell, or that passed with amounts that are no longer right, another may go up.
#[utoipa::path(
    post,
    path = "/classes/{id}/notices",
    tag = "Notices",
    params(("id" = Uuid, Path, description = "Identity of the class.")),
    responses((status = 201, description = "It hangs.", body = Notice), WriteRefusals),
)]
pub async fn publish_notice(
    State(app): State<Shared>,
    who: SignedIn,
    Params(Id { id }): Params<Id<ClassId>>,
) -> Result<(StatusCode, Json<Notice>), Failure> {
    let mut tx = app.store.begin().await?;
    let class = who.class(&mut tx, id, Action::PublishNotice).await?;
    tx.hold_class(id).await?;
    let (now, policy) = (app.now(), &app.policy);
    if tx.payment(id).await?.is_some() {
        return Err(Failure::conflict("本班补贴已拨付。", "The class was paid already."));
    }
    let Some(reckoned) = tx.subsidies(id).await?.pop() else {
        return Err(Failure::conflict("本班补贴尚未核算。", "The class's subsidy was not reckoned yet."));
    };
    for row in tx.notices(id).await? {
        let objections = tx.objections(row.id).await?;
        let hung = tx.subsidy(row.subsidy).await?.ok_or(Failure::Internal)?.reckoning.subsidy;
        match standing_of(&app, &mut tx, &row, &objections, now).await? {
            Standing::Fallen => {}
            // It was never paid, and shows other amounts than are reckoned now.
            Standing::Passed(_) if hung.lines != reckoned.reckoning.subsidy.lines => {}
            Standing::Passed(_) | Standing::Running { .. } | Standing::Contested { .. } => {
                return Err(Failure::conflict("本班已有公示。", "The class has a notice already."));
            }
        }
        if row.subsidy == reckoned.id {
            return Err(Failure::conflict("异议成立后须重新核算。", "After an upheld objection, reckon again first."));
        }
    }
    let subsidy = &reckoned.reckoning.subsidy;
    if let Err(refused) = may_go_up(subsidy) {
        return Err(load::naming(&mut tx, id, refused).await);
    }
    if current(&app, &mut tx, &class, now).await?.claimed != reckoned.reckoning.claim {
        return Err(Failure::conflict(
            "核算后情况有变，请重新核算。",
            "The records changed since it was reckoned; reckon again first.",
        ));
    }
    let notice = Facts {
        institution: class.institution.name.clone(),
        lines: lines(&app, &mut tx, id, subsidy).await?,
        published_on: civil::date_of(now),
    };
    let until = last_day(&notice, &app.calendar, &policy.policy).ok_or(Failure::Internal)?;
    let row = Row {
        id: new_id(now),
        class: id,
        subsidy: reckoned.id,
        notice,
        last_day: until.value,
        policy_version: policy.version,
        published_by: who.id(),
        published_at: now,
    };
    tx.add_notice(&row).await?;
    let detail = json!({ "class": id, "subsidy": reckoned.id, "until": until.value, "policy": policy.version });
    tx.audit(who.did(now, "publish_notice", SUBJECT, row.id, detail));
    let kept = tx.notice(row.id).await?.ok_or(Failure::Internal)?;
    let answer = shown(&app, &mut tx, kept, now, true).await?;
    tx.commit().await?;
    Ok((StatusCode::CREATED, Json(answer)))
}

/// Refuses a reckoning that something stands before, or that pays nobody.
fn may_go_up(subsidy: &Subsidy) -> Result<(), Failure> {
    if !subsidy.blocked.is_empty() {
        return Err(Failure::missing(subsidy.blocked.clone()));
    }
    if subsidy.is_payable() {
        return Ok(());
    }
    let (zh, en) = ("没有应拨付的补贴。", "there is nothing to pay");
    Err(Failure::Invalid(vec![FieldProblem::rule("total_fen", "R10.1", zh, en)]))
}

/// Who gets something, and how much.
async fn lines(app: &Shared, tx: &mut Tx, class: ClassId, subsidy: &Subsidy) -> Result<Vec<NoticeLine>, Failure> {
    let papers = tx.papers_of_class(class, &app.secret).await?.into_iter();
    let ids: HashMap<StudentId, IdNumber> = papers.filter_map(|row| Some((row.student, row.number?))).collect();
    let students: HashMap<StudentId, Student> =
        load::students(tx, class).await?.into_iter().map(|student| (student.id, student)).collect();
    let paid = subsidy.lines.iter().filter(|line| line.amount > Fen::ZERO);
    paid.map(|line| {
        let student = students.get(&line.student).ok_or(Failure::Internal)?;
        Ok(NoticeLine {
            name: student.name.clone(),
            number: masked_number(student, ids.get(&line.student)),
            amount: line.amount,
        })
    })
    .collect()
}
