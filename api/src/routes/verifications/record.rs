//! `POST /classes/{id}/verifications`

use axum::{Json, extract::State, http::StatusCode};
use duxue_rules::{
    access::Action,
    civil,
    ids::{ClassId, InstitutionId},
    verification::{Evidence, Matter, Phase, Verification, Verifier},
};
use duxue_storage::{Tx, verification::NewVerification};
use jiff::Timestamp;
use serde_json::json;

use crate::{
    app::{Shared, new_id},
    dto::verification::{NewVerifications, Verifications},
    enrolment,
    extract::{Body, Id, Params, SignedIn},
    load, named_file,
    problem::{Failure, FieldProblem},
    refusals::WriteRefusals,
};

/// Records a query about students of a class (R4.1 to R4.3).
///
/// Businesses and pensions elsewhere are the institution's to verify, the province's pension payments the centre's; on what
/// paper follows from the matter and the time. A later query stands beside the earlier ones and counts in their place.
#[utoipa::path(
    post,
    path = "/classes/{id}/verifications",
    tag = "Enrolment",
    params(("id" = Uuid, Path, description = "Identity of the class.")),
    request_body = NewVerifications,
    responses((status = 201, description = "Done and owed, as it is now.", body = Verifications), WriteRefusals),
)]
pub async fn record_verifications(
    State(app): State<Shared>,
    who: SignedIn,
    Params(Id { id }): Params<Id<ClassId>>,
    Body(new): Body<NewVerifications>,
) -> Result<(StatusCode, Json<Verifications>), Failure> {
    let mut tx = app.store.begin().await?;
    let (matter, phase): (Matter, Phase) = (new.matter.into(), new.phase.into());
    let action = match matter.required(phase).0 {
        Verifier::Institution => Action::PrepareOpening,
        Verifier::Centre => Action::ReviewFiling,
    };
    let class = who.class(&mut tx, id, action).await?;
    let now = app.now();
    let rows = rows(&mut tx, &who, (id, class.institution.id), new, now).await?;
    for row in &rows {
        tx.add_verification(row).await?;
        let detail = json!({ "student": row.fact.student, "matter": matter, "phase": phase, "on": row.fact.on,
            "found": row.fact.found, "file": row.file });
        tx.audit(who.did(now, "record_verification", "verification", row.id, detail));
    }
    let standing = enrolment::verifications(&mut tx, &class).await?;
    tx.commit().await?;
    Ok((StatusCode::CREATED, Json(standing)))
}

/// One a student, or everything that is wrong.
async fn rows(
    tx: &mut Tx,
    who: &SignedIn,
    (class, institution): (ClassId, InstitutionId),
    new: NewVerifications,
    now: Timestamp,
) -> Result<Vec<NewVerification>, Failure> {
    let (matter, phase): (Matter, Phase) = (new.matter.into(), new.phase.into());
    let (by, evidence) = matter.required(phase);
    let mut wrong = Vec::new();
    if new.on > civil::date_of(now) {
        wrong.push(FieldProblem::shape("on", "查询日期不得晚于今天。", "the day of the query lies ahead"));
    }
    if new.students.is_empty() {
        wrong.push(FieldProblem::shape("students", "请列出学员。", "name the students"));
    }
    let roster = load::student_names(tx, class).await?;
    let mut rows = Vec::with_capacity(new.students.len());
    for (index, one) in new.students.into_iter().enumerate() {
        let field = |name: &str| format!("students[{index}].{name}");
        if !roster.contains_key(&one.student_id) {
            wrong.push(FieldProblem::shape(field("student_id"), "班内没有这名学员。", "the class has no such student"));
        }
        match one.file_id {
            Some(file) => wrong.extend(named_file::problem(tx, who, institution, (&field("file_id"), file)).await?),
            None if evidence == Evidence::Comparison => {}
            None => {
                let (zh, en) = ("请附核实说明、截图或承诺书。", "the note, screenshot or letter must be handed in");
                wrong.push(FieldProblem::rule(&field("file_id"), matter.rule().as_str(), zh, en));
            }
        }
        rows.push(NewVerification {
            id: new_id(now),
            fact: Verification { student: one.student_id, matter, phase, on: new.on, by, evidence, found: one.found },
            note: one.note.trim().to_owned(),
            file: one.file_id,
            recorded_at: now,
            recorded_by: who.id(),
        });
    }
    if wrong.is_empty() { Ok(rows) } else { Err(Failure::Invalid(wrong)) }
}
