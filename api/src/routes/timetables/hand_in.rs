//! `POST /classes/{id}/timetables`

use std::collections::BTreeSet;

use axum::{Json, extract::State, http::StatusCode};
use duxue_rules::{
    access::Action,
    ids::ClassId,
    timetable::{Course, PlannedSubject, Submission, Submitted, TeachingPlan, Timetable as Lessons},
};
use serde_json::json;

use super::{
    Standing,
    lessons::lessons,
    standing::{days, programme_year},
};
use crate::{
    app::{Shared, new_id},
    dto::{
        refs::Text,
        timetable::{NewTimetable, Timetable},
    },
    extract::{Body, Id, Params, SignedIn, TIMETABLE_LIMIT},
    load,
    problem::Failure,
    refusals::WriteRefusals,
};

/// Hands in a class's syllabus, teaching plan and timetable (R7.2a).
///
/// The answer says what is wrong with it; the centre sees the same when it decides. One that still lies with the centre
/// is withdrawn by it. Once one is approved, only a request for a change changes it.
#[utoipa::path(
    post,
    path = "/classes/{id}/timetables",
    tag = "Teaching",
    params(("id" = Uuid, Path, description = "Identity of the class.")),
    request_body = NewTimetable,
    responses((status = 201, description = "It lies with the centre.", body = Timetable), WriteRefusals),
)]
pub async fn hand_in_timetable(
    State(app): State<Shared>,
    who: SignedIn,
    Params(Id { id }): Params<Id<ClassId>>,
    Body(new): Body<NewTimetable, TIMETABLE_LIMIT>,
) -> Result<(StatusCode, Json<Timetable>), Failure> {
    let mut tx = app.store.begin().await?;
    let class = tx.class(id).await?.ok_or(Failure::NotFound)?;
    who.may(Action::PlanTeaching, Some(class.institution.id))?;
    let now = app.now();
    let owner = class.institution.id;
    let syllabus = load::own_file(&mut tx, "syllabus_file_id", new.syllabus_file_id, owner).await?;
    let plan = load::own_file(&mut tx, "plan_file_id", new.plan_file_id, owner).await?;
    let venues: BTreeSet<_> = load::venues(&mut tx, Some(owner)).await?.into_iter().map(|venue| venue.id).collect();
    let lessons = lessons("lessons", new.lessons, &venues, &BTreeSet::new(), now)?;
    let subjects = new.subjects.into_iter().map(|line| PlannedSubject { subject: line.subject, lessons: line.lessons });
    let submitted = Submitted {
        id: new_id(now),
        course: Course {
            class: id,
            institution: owner,
            programme_year: programme_year(&class),
            dates: days(&class)?,
            months: new.months,
            syllabus: syllabus.id.to_string(),
            plan: TeachingPlan { file: plan.id.to_string(), subjects: subjects.collect() },
        },
        timetable: Lessons::new(id, lessons).map_err(|_| Failure::Internal)?,
        by: who.id(),
        at: now,
    };
    let timetable = submitted.id;
    tx.hold_class(id).await?;
    match tx.newest_timetable(id).await?.map(|row| row.submission) {
        Some(Submission::Approved(_)) => {
            return Err(Failure::Conflict {
                field: None,
                text: Text::new(
                    "课程表已经中心同意，请提出调整申请。",
                    "A timetable is approved; ask for a change of it.",
                ),
            });
        }
        Some(Submission::Submitted(earlier)) => {
            tx.advance_timetable(&Submission::Withdrawn(earlier.withdraw(now))).await?;
        }
        Some(Submission::Refused(_) | Submission::Withdrawn(_)) | None => {}
    }
    let lessons = submitted.timetable.lessons().len();
    tx.add_timetable(&Submission::Submitted(submitted), syllabus.id, plan.id).await?;
    tx.audit(who.did(now, "hand_in_timetable", "timetable", timetable, json!({ "class": id, "lessons": lessons })));
    let standing = Standing::newest(&mut tx, &class).await?.ok_or(Failure::Internal)?;
    let answer = standing.answer(&mut tx, now, &app.policy.policy).await?;
    tx.commit().await?;
    Ok((StatusCode::CREATED, Json(answer)))
}
