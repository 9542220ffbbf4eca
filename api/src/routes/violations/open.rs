//! `POST /classes/{id}/violations`

use std::collections::BTreeSet;

use axum::{Json, extract::State, http::StatusCode};
use duxue_rules::{access::Action, finding::Record, ids::ClassId, violation::Charge};
use duxue_storage::{Tx, finding::StateName, inspection::Sheet};
use serde_json::json;

use super::{SUBJECT, shown_one};
use crate::{
    app::{Shared, new_id},
    dto::violation::{NewViolation, Violation},
    extract::{Body, Id, Params, SignedIn},
    problem::{Failure, FieldProblem},
    refusals::WriteRefusals,
};

/// Opens a charge on confirmed findings or a signed inspection of a class (R7.5).
///
/// It is a violation only once a person has confirmed it. What shows one violation shows no other.
#[utoipa::path(
    post,
    path = "/classes/{id}/violations",
    tag = "Violations",
    params(("id" = Uuid, Path, description = "Identity of the class.")),
    request_body = NewViolation,
    responses((status = 201, description = "The charge.", body = Violation), WriteRefusals),
)]
pub async fn open_violation(
    State(app): State<Shared>,
    who: SignedIn,
    Params(Id { id }): Params<Id<ClassId>>,
    Body(new): Body<NewViolation>,
) -> Result<(StatusCode, Json<Violation>), Failure> {
    let mut tx = app.store.begin().await?;
    let class = who.class(&mut tx, id, Action::ConfirmViolation).await?;
    let grounds = grounds(&mut tx, id, new).await?;
    let now = app.now();
    let violation = new_id(now);
    let charge = Charge { violation, institution: class.institution.id, class: Some(id), grounds };
    tx.add_violation(&charge, who.id(), now).await?;
    let detail = json!({ "class": id, "grounds": charge.grounds });
    tx.audit(who.did(now, "open_violation", SUBJECT, violation, detail));
    let row = tx.violation(violation).await?.ok_or(Failure::Internal)?;
    let answer = shown_one(&mut tx, &who, row).await?;
    tx.commit().await?;
    Ok((StatusCode::CREATED, Json(answer)))
}

/// The grounds that were named, each of this class and certain: confirmed, or signed with something that is not fine.
async fn grounds(tx: &mut Tx, class: ClassId, new: NewViolation) -> Result<BTreeSet<Record>, Failure> {
    let (mut grounds, mut wrong) = (BTreeSet::new(), Vec::new());
    for (index, id) in new.findings.into_iter().enumerate() {
        let found = tx.finding(id).await?.filter(|finding| finding.class.id == class);
        if found.is_some_and(|finding| finding.state_name() == StateName::Confirmed) {
            grounds.insert(Record::Finding(id));
        } else {
            let (zh, en) = ("须为本班经人工确认的疑点。", "a finding of this class that a person confirmed");
            wrong.push(FieldProblem::rule(&format!("findings[{index}]"), "R7.5", zh, en));
        }
    }
    for (index, id) in new.inspections.into_iter().enumerate() {
        let found = tx.inspection(id).await?.filter(|row| row.class.id == class);
        let shows = found.is_some_and(|row| match row.sheet {
            Sheet::Signed(signed) => !signed.sheet().checklist.findings(id).is_empty(),
            Sheet::Draft(_) | Sheet::Signing(_) => false,
        });
        if shows {
            grounds.insert(Record::Supervision(id));
        } else {
            let zh = "须为本班签字齐全且记有问题的督导记录单。";
            let en = "a signed inspection sheet of this class on which something was not fine";
            wrong.push(FieldProblem::rule(&format!("inspections[{index}]"), "R7.5", zh, en));
        }
    }
    if grounds.is_empty() && wrong.is_empty() {
        let (zh, en) = ("请至少列出一项依据。", "name one finding or inspection at least");
        wrong.push(FieldProblem::rule("grounds", "R7.5", zh, en));
    }
    if wrong.is_empty() { Ok(grounds) } else { Err(Failure::Invalid(wrong)) }
}
