//! `POST /classes/{id}/spot-checks`

use axum::{Json, extract::State, http::StatusCode};
use duxue_rules::{
    access::Action,
    ids::{ClassId, StudentId},
    verification::{SpotCheck, SpotCheckRefusal, accept, draw},
};
use duxue_storage::{selection::random_seed, spot_check::NewSpotCheck as Row};
use serde_json::json;

use super::{SUBJECT, shown};
use crate::{
    app::{Shared, new_id},
    dto::subsidy::{NewSpotCheck, SpotChecks},
    extract::{Body, Id, Params, SignedIn},
    load,
    problem::{Failure, FieldProblem, chain},
    refusals::WriteRefusals,
};

/// Draws the students of a class whom the centre checks itself, from a recorded seed (R4.4).
///
/// A further draw needs a reason, and the first stays on record beside it.
#[utoipa::path(
    post,
    path = "/classes/{id}/spot-checks",
    tag = "Settlement",
    params(("id" = Uuid, Path, description = "Identity of the class.")),
    request_body = NewSpotCheck,
    responses((status = 201, description = "The spot checks of the class.", body = SpotChecks), WriteRefusals),
)]
pub async fn draw_spot_check(
    State(app): State<Shared>,
    who: SignedIn,
    Params(Id { id }): Params<Id<ClassId>>,
    Body(NewSpotCheck { reason }): Body<NewSpotCheck>,
) -> Result<(StatusCode, Json<SpotChecks>), Failure> {
    let mut tx = app.store.begin().await?;
    who.class(&mut tx, id, Action::ReckonSubsidy).await?;
    let reason = reason.trim();
    if reason.chars().count() > 2000 {
        return Err(Failure::field("reason", "理由不得超过 2000 个字符。", "a reason has at most 2000 characters"));
    }
    tx.hold_class(id).await?;
    let (now, policy) = (app.now(), &app.policy);
    let students: Vec<StudentId> = load::students(&mut tx, id).await?.into_iter().map(|student| student.id).collect();
    if students.is_empty() {
        return Err(refused("reason", "本班没有学员。", "the class has no students"));
    }
    let seed = random_seed().map_err(|error| {
        tracing::error!(error = chain(&error), "the system gives no randomness");
        Failure::Internal
    })?;
    let check = SpotCheck {
        draw: draw(&students, seed, &policy.policy),
        again_because: Some(reason.to_owned()).filter(|reason| !reason.is_empty()),
    };
    let rows = tx.spot_checks(id).await?;
    let earlier: Vec<SpotCheck> = rows.iter().map(|row| row.check.clone()).collect();
    accept(&earlier, &check, &students, &policy.policy).map_err(|refusal| match refusal {
        SpotCheckRefusal::AgainWithoutReason => refused(
            "reason",
            "本班已抽取过；再次抽取须说明理由，原结果保留。",
            "there is a draw already: another needs a reason, and the first stays on record",
        ),
        SpotCheckRefusal::NothingBefore => {
            refused("reason", "本班尚未抽取，无需理由。", "nothing was drawn yet: the first draw needs no reason")
        }
        SpotCheckRefusal::Draw(_)
        | SpotCheckRefusal::Candidates
        | SpotCheckRefusal::Wanted { .. }
        | SpotCheckRefusal::SameSeed => Failure::Internal,
    })?;
    let row = Row {
        id: new_id(now),
        class: id,
        number: rows.last().map_or(1, |last| last.number + 1),
        check,
        policy_version: policy.version,
        drawn_by: who.id(),
        drawn_at: now,
    };
    tx.add_spot_check(&row).await?;
    let detail = json!({ "class": id, "number": row.number, "seed": hex::encode(seed.0) });
    tx.audit(who.did(now, "draw_spot_check", SUBJECT, row.id, detail));
    let answer = shown(&mut tx, id).await?;
    tx.commit().await?;
    Ok((StatusCode::CREATED, Json(answer)))
}

pub(super) fn refused(field: &str, zh: &str, en: &str) -> Failure {
    Failure::Invalid(vec![FieldProblem::rule(field, "R4.4", zh, en)])
}
