//! `POST /draws`

use axum::{Json, extract::State, http::StatusCode};
use duxue_rules::{
    access::Action,
    civil,
    ids::ClassId,
    supervision::{RiskFacts, SelectionProblem, accept, select, weeks_unseen},
    text::Remark,
};
use duxue_storage::{
    Tx,
    finding::{FindingFilter, StateName},
    selection::{NewSelection, random_seed},
};
use jiff::civil::Date;
use serde_json::json;

use super::shown;
use crate::{
    app::{Shared, new_id},
    dto::draw::{NewDraw, SupervisionDraw},
    extract::{Body, SignedIn},
    load,
    problem::{Failure, FieldProblem, chain},
    refusals::WriteRefusals,
};

/// The most classes of one draw.
const MOST: u32 = 100;

/// Draws the classes to look at today among those that are taught today, weighted by risk, from a recorded seed.
///
/// A further draw of a day needs a reason, and the first stays on record beside it.
#[utoipa::path(
    post,
    path = "/draws",
    tag = "Supervision",
    request_body = NewDraw,
    responses((status = 201, description = "The draw.", body = SupervisionDraw), WriteRefusals),
)]
pub async fn draw_classes(
    State(app): State<Shared>,
    who: SignedIn,
    Body(new): Body<NewDraw>,
) -> Result<(StatusCode, Json<SupervisionDraw>), Failure> {
    who.may(Action::Supervise, None)?;
    if !(1..=MOST).contains(&new.wanted) {
        return Err(Failure::field("wanted", "抽取数量须为 1 至 100。", "draw 1 to 100 classes"));
    }
    let (now, policy) = (app.now(), &app.policy);
    let today = civil::date_of(now);
    let mut tx = app.store.begin().await?;
    let mut facts = Vec::new();
    for class in tx.classes_taught_in(civil::day(today).ok_or(Failure::Internal)?).await? {
        facts.push(risk(&mut tx, class, today).await?);
    }
    if facts.is_empty() {
        return Err(refused("wanted", "今天没有上课的班次。", "no class is taught today"));
    }
    let seed = random_seed().map_err(|error| {
        tracing::error!(error = chain(&error), "the system gives no randomness");
        Failure::Internal
    })?;
    let mut selection = select(today, &facts, new.wanted, seed, &policy.policy);
    selection.again_because = Remark::new(&new.reason).ok();
    let earlier = tx.selections_on(today).await?;
    let before: Vec<_> = earlier.iter().map(|earlier| earlier.selection.clone()).collect();
    accept(&before, &selection, &policy.policy).map_err(|problem| match problem {
        SelectionProblem::AgainWithoutReason => refused(
            "reason",
            "今天已抽取过；再次抽取须说明理由，原结果保留。",
            "there is a draw of today already: another needs a reason, and the first stays on record",
        ),
        SelectionProblem::NothingBefore => {
            refused("reason", "今天尚未抽取，无需理由。", "nothing was drawn today: the first draw needs no reason")
        }
        SelectionProblem::Draw(_) | SelectionProblem::Weights | SelectionProblem::SameSeed => Failure::Internal,
    })?;
    let number = earlier.last().map_or(1, |last| last.number + 1);
    let row = NewSelection {
        id: new_id(now),
        number,
        selection,
        policy_version: policy.version,
        drawn_by: who.id(),
        drawn_at: now,
    };
    tx.add_selection(&row).await?;
    let detail = json!({ "date": today, "number": number, "seed": hex::encode(seed.0) });
    tx.audit(who.did(now, "draw_classes", "draw", row.id, detail));
    let rows = tx.selections_on(today).await?.into_iter().filter(|drawn| drawn.id == row.id).collect();
    let draw = shown(&mut tx, rows).await?.pop().ok_or(Failure::Internal)?;
    tx.commit().await?;
    Ok((StatusCode::CREATED, Json(draw)))
}

fn refused(field: &str, zh: &str, en: &str) -> Failure {
    Failure::Invalid(vec![FieldProblem::rule(field, "R7.4c", zh, en)])
}

/// What speaks for a look at a class.
async fn risk(tx: &mut Tx, class: ClassId, today: Date) -> Result<RiskFacts, Failure> {
    let institution = tx.class(class).await?.ok_or(Failure::Internal)?.institution.id;
    let open = FindingFilter { class: Some(class), state: Some(StateName::Open), ..FindingFilter::default() };
    let open_findings = load::findings(tx, open).await?.len();
    let training_days = tx.training_days(class).await?;
    let mut looked_on: Vec<Date> =
        tx.remote_supervisions(class).await?.iter().map(|row| row.signed.watched_on()).collect();
    looked_on.extend(tx.signed_sheets(class).await?.iter().map(|sheet| sheet.sheet().on));
    Ok(RiskFacts {
        class,
        open_findings: u32::try_from(open_findings).unwrap_or(u32::MAX),
        confirmed_violations: u32::try_from(tx.count_confirmed_violations(institution).await?).unwrap_or(u32::MAX),
        weeks_unseen: weeks_unseen(&training_days, &looked_on, today),
    })
}
