//! `POST /students/{id}/erasure`

use axum::{Json, extract::State};
use duxue_rules::{
    access::Action,
    civil,
    ids::StudentId,
    retention::{Circumstances, Kept, erasure::erasure},
};
use duxue_storage::consent::NewConsent;
use serde_json::json;

use super::owner;
use crate::{
    app::Shared,
    dto::personal_data::{Erasure, ErasureItem},
    extract::{Id, Params, SignedIn},
    problem::Failure,
    refusals::WriteRefusals,
};

/// Deletes what is kept of a student, as far as the law lets it go.
///
/// Face templates go at once, and with them the consent to make others. What the notice has the centre and the institution
/// keep (roster and papers, attendance, money, evidence) stays for its time; each item says why and, where it is known,
/// until when. May be asked for again.
#[utoipa::path(
    post,
    path = "/students/{id}/erasure",
    tag = "Enrolment",
    params(("id" = Uuid, Path, description = "Identity of the student.")),
    responses((status = 200, description = "What went, and what stays.", body = Erasure), WriteRefusals),
)]
pub async fn erase_person(
    State(app): State<Shared>,
    who: SignedIn,
    Params(Id { id }): Params<Id<StudentId>>,
) -> Result<Json<Erasure>, Failure> {
    let now = app.now();
    let today = civil::date_of(now);
    let mut tx = app.store.begin().await?;
    let (student, institution) = owner(&mut tx, id).await?;
    who.may(Action::EditRoster, Some(institution))?;
    let class = tx.class(student.class).await?.ok_or(Failure::Internal)?;
    let circumstances = Circumstances {
        ended_on: (class.ends_on < today).then_some(class.ends_on),
        // What an open case would hold back is not deleted here in any case: that is done with the whole class.
        case_open: false,
        consent_ended_on: None,
    };
    let templates = if student.face_consent_at.is_some() {
        let taken_back = NewConsent {
            student: id,
            given: false,
            dated: None,
            file: None,
            recorded_at: now,
            recorded_by: Some(who.id()),
        };
        tx.add_consent(&taken_back).await?
    } else {
        tx.delete_templates(id).await?
    };
    let decided = erasure(circumstances, today, &app.policy.policy);
    let stays: Vec<Kept> = decided.iter().map(|(kept, _)| *kept).filter(|kept| *kept != Kept::FaceTemplate).collect();
    let detail = json!({
        "templates_deleted": templates,
        "consent_taken_back": student.face_consent_at.is_some(),
        "stays": stays,
        "policy": app.policy.version,
    });
    tx.audit(who.did(now, "erase_person", "student", id, detail));
    tx.commit().await?;
    app.pokes.sessions.notify_one();
    let gone = |kept| (kept == Kept::FaceTemplate).then_some(templates);
    let items = decided.into_iter().map(|(kept, fate)| ErasureItem::of(kept, fate, gone(kept))).collect();
    Ok(Json(Erasure { items }))
}
