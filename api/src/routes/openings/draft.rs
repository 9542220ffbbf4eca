//! `PUT /classes/{id}/opening`

use axum::{Json, extract::State};
use duxue_rules::{
    access::Action,
    ids::ClassId,
    opening::{Draft, Opening, Stage, Textbook, TextbookGround, class_name},
};
use duxue_storage::{Tx, opening::Dossier};

use super::{Taken, about::ground_textbooks, at_revision, elsewhere, keep};
use crate::{
    app::Shared,
    dto::{opening::OpeningDossier, opening_step::NewDraft},
    extract::{Body, Id, Params, SignedIn},
    problem::{Failure, FieldProblem},
    refusals::WriteRefusals,
};

/// Says what a class is to be: its name (R6.1), its rooms and its textbooks.
///
/// Until it is applied for, it may be said anew; self-check and filing are then to be done again. The class takes the
/// name.
#[utoipa::path(
    put,
    path = "/classes/{id}/opening",
    tag = "Opening",
    params(("id" = Uuid, Path, description = "Identity of the class.")),
    request_body = NewDraft,
    responses((status = 200, description = "The dossier as it is now.", body = OpeningDossier), WriteRefusals),
)]
pub async fn draft_opening(
    State(app): State<Shared>,
    who: SignedIn,
    Params(Id { id }): Params<Id<ClassId>>,
    Body(new): Body<NewDraft>,
) -> Result<Json<OpeningDossier>, Failure> {
    let now = app.now();
    let mut tx = app.store.begin().await?;
    let dossier = at_revision(&mut tx, &who, id, Action::PrepareOpening, new.revision).await?;
    if dossier.opening.stage() > Stage::Filed {
        return Err(elsewhere(&dossier));
    }
    let draft = draft(&mut tx, &dossier, new).await?;
    tx.rename_class(id, &draft.name.to_string()).await?;
    let taken = Taken::plain(Opening::Draft(draft), "draft_opening");
    Ok(Json(keep(&app, tx, &who, &dossier, taken, now).await?))
}

async fn draft(tx: &mut Tx, dossier: &Dossier, new: NewDraft) -> Result<Draft, Failure> {
    let mut wrong = Vec::new();
    let name = class_name(&new.name).filter(|name| name.major.trim() == dossier.major.trim());
    if name.is_none() {
        let form = format!("YYYY年{}专业…班期", dossier.major);
        let (zh, en) = (format!("班次名称应为“{form}”。"), format!("a class is called {form}"));
        wrong.push(FieldProblem::rule("name", "R6.1", zh, en));
    }
    for (index, venue) in new.venue_ids.iter().enumerate() {
        let field = format!("venue_ids[{index}]");
        let own = tx.venue(*venue).await?.is_some_and(|row| row.institution.id == dossier.institution);
        if !own {
            let (zh, en) = ("不是该机构的场地。", "this is no venue of the institution");
            wrong.push(FieldProblem::rule(&field, "R1.2", zh, en));
        } else if new.venue_ids[..index].contains(venue) {
            wrong.push(FieldProblem::rule(&field, "R1.2", "场地重复。", "this venue is named twice"));
        }
    }
    let mut textbooks = Vec::new();
    for (index, textbook) in new.textbooks.into_iter().enumerate() {
        let title = textbook.title.trim().to_owned();
        if !(1..=200).contains(&title.chars().count()) {
            let field = format!("textbooks[{index}].title");
            let (zh, en) = ("教材名称须为 1 至 200 个字符。", "a textbook's title has 1 to 200 characters");
            wrong.push(FieldProblem::shape(field, zh, en));
        }
        let ground = if textbook.in_catalogue { TextbookGround::Catalogue } else { TextbookGround::None };
        textbooks.push(Textbook { title, ground });
    }
    let (Some(name), []) = (name, wrong.as_slice()) else { return Err(Failure::Invalid(wrong)) };
    let first_day = dossier.opening.draft().first_day;
    let mut draft = Draft { institution: dossier.institution, name, venues: new.venue_ids, textbooks, first_day };
    ground_textbooks(tx, &mut draft).await?;
    Ok(draft)
}
