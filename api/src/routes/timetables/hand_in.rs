//! `POST /classes/{id}/timetables`

use std::collections::BTreeSet;

use axum::{Json, extract::State, http::StatusCode};
use duxue_rules::{
    access::Action,
    ids::{ClassId, FileId},
    timetable::{Course, PlannedSubject, Submission, Submitted, TeachingPlan, Timetable as Lessons},
};
use duxue_storage::{Tx, class::Class};
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
        timetable::{NewLesson, NewTimetable, Timetable},
    },
    extract::{Body, Id, Params, SignedIn, TIMETABLE_LIMIT},
    load, named_file,
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
    let class = who.class(&mut tx, id, Action::PlanTeaching).await?;
    let subjects = new.subjects.into_iter().map(|line| PlannedSubject { subject: line.subject, lessons: line.lessons });
    let handing = Handing {
        syllabus: new.syllabus_file_id,
        plan: new.plan_file_id,
        subjects: subjects.collect(),
        months: new.months,
        lessons: new.lessons,
        from: None,
    };
    let answer = hand_in(&app, &mut tx, &who, &class, handing).await?;
    tx.commit().await?;
    Ok((StatusCode::CREATED, Json(answer)))
}

/// What is handed in, however it comes.
pub(super) struct Handing {
    pub(super) syllabus: FileId,
    pub(super) plan: FileId,
    pub(super) subjects: Vec<PlannedSubject>,
    pub(super) months: u32,
    pub(super) lessons: Vec<NewLesson>,
    /// SHA-256 of the table that it came in.
    pub(super) from: Option<[u8; 32]>,
}

/// Hands in a timetable, to be committed by the caller; how it stands then.
pub(super) async fn hand_in(
    app: &Shared,
    tx: &mut Tx,
    who: &SignedIn,
    class: &Class,
    new: Handing,
) -> Result<Timetable, Failure> {
    let now = app.now();
    let (id, owner) = (class.id, class.institution.id);
    let syllabus = named_file::own(tx, "syllabus_file_id", new.syllabus, owner).await?;
    let plan = named_file::own(tx, "plan_file_id", new.plan, owner).await?;
    let venues: BTreeSet<_> = load::venues(tx, Some(owner)).await?.into_iter().map(|venue| venue.id).collect();
    let lessons = lessons("lessons", new.lessons, &venues, &BTreeSet::new(), now)?;
    let submitted = Submitted {
        id: new_id(now),
        course: Course {
            class: id,
            institution: owner,
            programme_year: programme_year(class),
            dates: days(class)?,
            months: new.months,
            syllabus: syllabus.id.to_string(),
            plan: TeachingPlan { file: plan.id.to_string(), subjects: new.subjects },
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
    let mut detail = json!({ "class": id, "lessons": lessons });
    if let Some(sha256) = new.from {
        detail["import"] = json!({ "table_sha256": hex::encode(sha256) });
    }
    tx.audit(who.did(now, "hand_in_timetable", "timetable", timetable, detail));
    let standing = Standing::newest(tx, class).await?.ok_or(Failure::Internal)?;
    standing.answer(app, tx, now).await
}
