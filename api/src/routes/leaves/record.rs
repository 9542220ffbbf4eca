//! `POST /classes/{id}/leaves`

use axum::{Json, extract::State, http::StatusCode};
use duxue_rules::{access::Action, attendance, calendar::Dates, finding::Finding, ids::ClassId};
use duxue_storage::leave::NewLeave as Row;
use serde_json::json;

use super::{SUBJECT, check};
use crate::{
    app::{Shared, new_id},
    dto::leave::{Leave, NewLeave, RecordedLeave},
    extract::{Body, Id, Params, SignedIn},
    load,
    problem::Failure,
    refusals::WriteRefusals,
    routes::attendance::Facts,
};

/// The finding with which a leave is taken all the same: like a late report, it is marked and not refused.
const LATE: &str = "leave_recorded_late";

/// Records a sick or personal leave, granted by whoever records it (R7.3e).
///
/// Refused are one without a reason, outside of the class's days, or for a day that has one. One that a sent daily report
/// counts already is taken, and the answer says that it came late.
#[utoipa::path(
    post,
    path = "/classes/{id}/leaves",
    tag = "Attendance",
    params(("id" = Uuid, Path, description = "Identity of the class.")),
    request_body = NewLeave,
    responses((status = 201, description = "The leave.", body = RecordedLeave), WriteRefusals),
)]
pub async fn record_leave(
    State(app): State<Shared>,
    who: SignedIn,
    Params(Id { id }): Params<Id<ClassId>>,
    Body(new): Body<NewLeave>,
) -> Result<(StatusCode, Json<RecordedLeave>), Failure> {
    let mut tx = app.store.begin().await?;
    let class = who.class(&mut tx, id, Action::KeepAttendance).await?;
    // Of two for the same day at once, the second sees the first.
    tx.hold_class(id).await?;
    let facts = Facts::without_punches(&mut tx, class).await?;
    if !facts.has(new.student_id) {
        return Err(Failure::field("student_id", "不是本班学员。", "no student of the class"));
    }
    let dates = Dates::through(new.first_on, new.last_on).map_err(|_| {
        Failure::field("last_on", "请假结束日期不得早于开始日期。", "a leave ends no earlier than it starts")
    })?;
    let now = app.now();
    let leave = attendance::Leave {
        student: new.student_id,
        kind: new.kind.into(),
        dates,
        reason: new.reason.trim().to_owned(),
        granted_by: who.id(),
        recorded_at: now,
    };
    let (late, refused): (Vec<Finding>, Vec<Finding>) =
        new_findings(&facts, leave.clone()).into_iter().partition(|finding| finding.code == LATE);
    if !refused.is_empty() {
        return Err(Failure::missing(refused));
    }
    let row = Row {
        id: new_id(now),
        class: id,
        student: leave.student,
        kind: leave.kind,
        first_on: new.first_on,
        last_on: new.last_on,
        reason: leave.reason,
        granted_by: who.id(),
        recorded_at: now,
    };
    tx.add_leave(&row).await?;
    let detail = json!({
        "class": id,
        "student": row.student,
        "kind": row.kind,
        "first_on": row.first_on,
        "last_on": row.last_on,
        "late": !late.is_empty(),
    });
    tx.audit(who.did(now, "record_leave", SUBJECT, row.id, detail));
    let names = load::student_names(&mut tx, id).await?;
    let kept = tx.leave(row.id).await?.ok_or(Failure::Internal)?;
    tx.commit().await?;
    let findings = late.into_iter().map(Into::into).collect();
    Ok((StatusCode::CREATED, Json(RecordedLeave { leave: Leave::of(kept, &names), findings })))
}

/// What the rules say of the leaves with this one, and did not say without it.
fn new_findings(facts: &Facts, leave: attendance::Leave) -> Vec<Finding> {
    let before = check(facts, facts.leaves());
    let leaves: Vec<_> = facts.leaves().iter().cloned().chain([leave]).collect();
    check(facts, &leaves).split_off(before.len())
}
