//! `/students/{id}/papers` and `/classes/{id}/papers`

use axum::{Json, extract::State};
use duxue_rules::{
    access::Action,
    civil,
    ids::{ClassId, StudentId},
    person::IdNumber,
};
use serde_json::json;

use super::owner;
use crate::{
    app::Shared,
    dto::{
        page::Page,
        student_papers::{NewStudentPapers, StudentPapers},
    },
    enrolment::{self, candidate, candidates},
    extract::{Body, Id, Params, SignedIn},
    named_file,
    problem::{Failure, FieldProblem},
    refusals::{ReadRefusals, WriteRefusals},
};

/// Lists what a class's students handed in and what R3 still misses of each; ID numbers are masked.
#[utoipa::path(
    get,
    path = "/classes/{id}/papers",
    tag = "Enrolment",
    params(("id" = Uuid, Path, description = "Identity of the class.")),
    responses((status = 200, description = "Every student's.", body = Page<StudentPapers>), ReadRefusals),
)]
pub async fn list_papers(
    State(app): State<Shared>,
    who: SignedIn,
    Params(Id { id }): Params<Id<ClassId>>,
) -> Result<Json<Page<StudentPapers>>, Failure> {
    let mut tx = app.store.read().await?;
    who.class(&mut tx, id, Action::ReadClass).await?;
    let all = candidates(&app, &mut tx, id).await?.into_iter();
    Ok(Json(Page::whole(all.map(|one| StudentPapers::of(one.student, one.papers, one.missing)).collect())))
}

/// Shows what a student handed in and what R3 still misses.
#[utoipa::path(
    get,
    path = "/students/{id}/papers",
    tag = "Enrolment",
    params(("id" = Uuid, Path, description = "Identity of the student.")),
    responses((status = 200, description = "The papers.", body = StudentPapers), ReadRefusals),
)]
pub async fn show_papers(
    State(app): State<Shared>,
    who: SignedIn,
    Params(Id { id }): Params<Id<StudentId>>,
) -> Result<Json<StudentPapers>, Failure> {
    let mut tx = app.store.read().await?;
    let (student, institution) = owner(&mut tx, id).await?;
    who.may(Action::ReadClass, Some(institution))?;
    let papers = tx.papers(id, &app.secret).await?;
    let one = candidate(&app, &mut tx, student, papers).await?;
    Ok(Json(StudentPapers::of(one.student, one.papers, one.missing)))
}

/// Keeps what a student handed in (R3.1, R3.2), with the ID number (R3.3).
///
/// The number is encrypted and found again by a keyed hash alone. A person who is enrolled in another class at the same time
/// is refused (R3.4).
#[utoipa::path(
    put,
    path = "/students/{id}/papers",
    tag = "Enrolment",
    params(("id" = Uuid, Path, description = "Identity of the student.")),
    request_body = NewStudentPapers,
    responses((status = 200, description = "The papers as they are now.", body = StudentPapers), WriteRefusals),
)]
pub async fn put_papers(
    State(app): State<Shared>,
    who: SignedIn,
    Params(Id { id }): Params<Id<StudentId>>,
    Body(new): Body<NewStudentPapers>,
) -> Result<Json<StudentPapers>, Failure> {
    let mut tx = app.store.begin().await?;
    let (student, institution) = owner(&mut tx, id).await?;
    who.may(Action::PrepareOpening, Some(institution))?;
    let now = app.now();
    let handed_in = new.handed_in().map_err(Failure::Invalid)?;
    let mut wrong = Vec::new();
    for file in handed_in.files() {
        wrong.extend(named_file::problem(&mut tx, &who, institution, file).await?);
    }
    let number = new.id_number.as_deref().map(|text| IdNumber::parse(text, civil::date_of(now))).transpose();
    let number = number.unwrap_or_else(|error| {
        let text = error.text();
        wrong.push(FieldProblem::rule("id_number", "R3.3", text.zh, text.en));
        None
    });
    if !wrong.is_empty() {
        return Err(Failure::Invalid(wrong));
    }
    tx.put_papers((id, new.revision), &handed_in, who.id(), now).await?;
    if let Some(number) = &number {
        tx.record_number(id, number, now, &app.secret).await?;
    }
    let papers = tx.papers(id, &app.secret).await?;
    if number.is_some() {
        let twice = enrolment::twice(&mut tx, id, papers.as_ref()).await?.into_iter();
        let wrong: Vec<_> = twice.map(|finding| at_number(&finding)).collect();
        if !wrong.is_empty() {
            return Err(Failure::Invalid(wrong));
        }
    }
    let detail =
        json!({ "id_number": number.is_some(), "files": handed_in.files().map(|(_, id)| id).collect::<Vec<_>>() });
    tx.audit(who.did(now, "put_papers", "student", id, detail));
    let one = candidate(&app, &mut tx, student, papers).await?;
    tx.commit().await?;
    Ok(Json(StudentPapers::of(one.student, one.papers, one.missing)))
}

fn at_number(finding: &duxue_rules::finding::Finding) -> FieldProblem {
    let text = finding.text();
    FieldProblem::rule("id_number", finding.rule.as_str(), text.zh, text.en)
}
