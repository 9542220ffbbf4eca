//! `POST /classes/{id}/opening/filing`

use axum::{Json, extract::State};
use duxue_rules::{
    access::Action,
    civil,
    ids::ClassId,
    opening::{Filing, Opening, StudentFiling},
};

use super::{Taken, about, at_revision, elsewhere, keep, taken};
use crate::{
    app::Shared,
    dto::{opening::OpeningDossier, opening_step::NewFiling},
    extract::{Body, Id, Params, SignedIn},
    load,
    problem::{Failure, FieldProblem},
    refusals::WriteRefusals,
};

/// The centre reviews the five papers of every student on site (R5.1).
///
/// It passes when every student of the roster has all five, and nothing is missing of their papers (R3) and of the
/// verification before the course (R4).
#[utoipa::path(
    post,
    path = "/classes/{id}/opening/filing",
    tag = "Opening",
    params(("id" = Uuid, Path, description = "Identity of the class.")),
    request_body = NewFiling,
    responses((status = 200, description = "The dossier as it is now.", body = OpeningDossier), WriteRefusals),
)]
pub async fn file_opening(
    State(app): State<Shared>,
    who: SignedIn,
    Params(Id { id }): Params<Id<ClassId>>,
    Body(new): Body<NewFiling>,
) -> Result<Json<OpeningDossier>, Failure> {
    let now = app.now();
    let mut tx = app.store.begin().await?;
    let dossier = at_revision(&mut tx, &who, id, Action::ReviewFiling, new.revision).await?;
    let Opening::SelfChecked(checked) = dossier.opening.clone() else { return Err(elsewhere(&dossier)) };
    let roster = about::roster(&mut tx, id).await?;
    let stranger = |(index, student): (usize, &_)| {
        let (zh, en) = ("班内没有这名学员。", "the class has no such student");
        (!roster.contains(student)).then(|| FieldProblem::shape(format!("students[{index}].student_id"), zh, en))
    };
    let named = new.students.iter().map(|line| &line.student_id);
    let wrong: Vec<FieldProblem> = named.enumerate().filter_map(stranger).collect();
    if !wrong.is_empty() {
        return Err(Failure::Invalid(wrong));
    }
    let students = new.students.into_iter().map(|line| StudentFiling {
        student: line.student_id,
        in_order: line.in_order.into_iter().map(Into::into).collect(),
    });
    let filing = Filing { by: who.id(), on: civil::date_of(now), students: students.collect() };
    let about_students = about::students(&app, &mut tx, id).await?;
    let filed = match taken(checked.file(filing, &roster, about_students)) {
        Ok(filed) => filed,
        Err(refused) => return Err(load::naming(&mut tx, id, refused).await),
    };
    let taken = Taken::plain(Opening::Filed(filed), "file_opening");
    Ok(Json(keep(&app, tx, &who, &dossier, taken, now).await?))
}
