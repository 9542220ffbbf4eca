//! `POST /classes/{id}/assessments`

use axum::{Json, extract::State, http::StatusCode};
use duxue_rules::{
    access::Action,
    civil,
    closeout::{Assessment as Facts, check_assessments},
    ids::{AssessmentId, ClassId, StudentId},
};
use jiff::civil::Date;
use serde_json::json;

use super::accepted;
use crate::{
    app::{Shared, new_id},
    dto::{
        closeout::{Assessment, NewAssessments},
        page::Page,
    },
    extract::{Body, Id, Params, SignedIn},
    load,
    problem::{Failure, FieldProblem},
    refusals::WriteRefusals,
};

/// The most assessments at once.
const MOST: usize = 500;

/// Records how accepted students did, with the certificates of those who passed (R8.2): all of them or none.
#[utoipa::path(
    post,
    path = "/classes/{id}/assessments",
    tag = "Settlement",
    params(("id" = Uuid, Path, description = "Identity of the class.")),
    request_body = NewAssessments,
    responses((status = 201, description = "All assessments of the class.", body = Page<Assessment>), WriteRefusals),
)]
pub async fn record_assessments(
    State(app): State<Shared>,
    who: SignedIn,
    Params(Id { id }): Params<Id<ClassId>>,
    Body(NewAssessments { assessments }): Body<NewAssessments>,
) -> Result<(StatusCode, Json<Page<Assessment>>), Failure> {
    let mut tx = app.store.begin().await?;
    who.class(&mut tx, id, Action::DecideCloseout).await?;
    if !(1..=MOST).contains(&assessments.len()) {
        return Err(Failure::field("assessments", "一次登记 1 至 500 名学员。", "record 1 to 500 at once"));
    }
    tx.hold_class(id).await?;
    let Some(accepted) = accepted(&mut tx, id).await? else {
        return Err(Failure::conflict("本班尚未通过结课验收。", "The class's close-out was not accepted yet."));
    };
    let now = app.now();
    let new: Vec<Facts> = assessments.into_iter().map(|one| one.facts()).collect();
    happened(&new, civil::date_of(now))?;
    let earlier: Vec<Facts> = tx.assessments(id).await?.into_iter().map(|row| row.assessment).collect();
    let students: Vec<StudentId> = accepted.students().iter().copied().collect();
    let wrong = check_assessments(&new, &earlier, &students, accepted.on());
    if !wrong.is_empty() {
        return Err(load::naming(&mut tx, id, Failure::missing(wrong)).await);
    }
    for assessment in &new {
        let assessed: AssessmentId = new_id(now);
        tx.add_assessment(assessed, id, assessment, who.id(), now).await?;
        let detail = json!({ "class": id, "assessment": assessed, "certified": assessment.certificate.is_some() });
        tx.audit(who.did(now, "record_assessment", "student", assessment.student, detail));
    }
    let rows = tx.assessments(id).await?;
    tx.commit().await?;
    Ok((StatusCode::CREATED, Json(Page::whole(rows.into_iter().map(Into::into).collect()))))
}

/// What is recorded has happened.
fn happened(assessments: &[Facts], today: Date) -> Result<(), Failure> {
    let mut wrong = Vec::new();
    for (index, assessment) in assessments.iter().enumerate() {
        let issued = assessment.certificate.as_ref().map(|certificate| certificate.issued_on);
        for (field, day) in [("on", Some(assessment.on)), ("certificate.issued_on", issued)] {
            if day.is_some_and(|day| day > today) {
                let field = format!("assessments[{index}].{field}");
                wrong.push(FieldProblem::rule(&field, "R8.2", "日期不得晚于今天。", "this day is still to come"));
            }
        }
    }
    if wrong.is_empty() { Ok(()) } else { Err(Failure::Invalid(wrong)) }
}
