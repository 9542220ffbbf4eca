//! `POST /classes/{id}/tracking`

use axum::{Json, extract::State, http::StatusCode};
use duxue_rules::{access::Action, civil, ids::ClassId, tracking::Node};
use duxue_storage::{class::Class, tracking::NewTrackingEntry as Row};
use jiff::civil::Date;
use serde_json::json;

use super::{Ledger, SUBJECT, standing};
use crate::{
    app::{Shared, new_id},
    dto::tracking::{NewTrackingEntries, NewTrackingEntry, Tracking},
    extract::{Body, Id, Params, SignedIn},
    problem::{Failure, FieldProblem},
    refusals::WriteRefusals,
};

/// The most lines at once.
const MOST: usize = 500;

/// Records what students do at a node of the ledger (R11.2): all lines or none. A later line of a student and node counts
/// instead of an earlier one, which stays.
#[utoipa::path(
    post,
    path = "/classes/{id}/tracking",
    tag = "Tracking",
    params(("id" = Uuid, Path, description = "Identity of the class.")),
    request_body = NewTrackingEntries,
    responses((status = 201, description = "The ledger as it is now.", body = Tracking), WriteRefusals),
)]
pub async fn record_tracking(
    State(app): State<Shared>,
    who: SignedIn,
    Params(Id { id }): Params<Id<ClassId>>,
    Body(NewTrackingEntries { entries }): Body<NewTrackingEntries>,
) -> Result<(StatusCode, Json<Tracking>), Failure> {
    let mut tx = app.store.begin().await?;
    let class = who.class(&mut tx, id, Action::KeepTracking).await?;
    if !(1..=MOST).contains(&entries.len()) {
        return Err(Failure::field("entries", "一次登记 1 至 500 条。", "record 1 to 500 lines at once"));
    }
    let (now, policy) = (app.now(), &app.policy.policy);
    let today = civil::date_of(now);
    let known = Ledger::of(&mut tx, &class).await?.students;
    let mut wrong = Vec::new();
    for (index, entry) in entries.iter().enumerate() {
        if !known.contains(&entry.student_id) {
            let field = format!("entries[{index}].student_id");
            wrong.push(FieldProblem::shape(field, "本班没有该学员。", "there is no such student of the class"));
        }
        wrong.extend(untimely(entry, index, &class, today));
    }
    if !wrong.is_empty() {
        return Err(Failure::Invalid(wrong));
    }
    for entry in entries {
        let row = Row {
            id: new_id(now),
            class: id,
            entry: entry.facts(),
            note: entry.note.trim().to_owned(),
            recorded_by: who.id(),
            recorded_at: now,
        };
        tx.add_tracking_entry(&row).await?;
        // What a student does is theirs: the log says that it was recorded.
        let detail = json!({ "student": row.entry.student, "node": row.entry.node, "on": row.entry.on });
        tx.audit(who.did(now, "record_tracking", SUBJECT, id, detail));
    }
    let answer = standing(&mut tx, &class, now, policy).await?;
    tx.commit().await?;
    Ok((StatusCode::CREATED, Json(answer)))
}

/// A look-up from before its node's day tells nothing of it, and one of tomorrow was not made.
fn untimely(entry: &NewTrackingEntry, index: usize, class: &Class, today: Date) -> Option<FieldProblem> {
    let from = Node::from(entry.node.into(), class.ends_on)?;
    let field = format!("entries[{index}].on");
    if entry.on < from {
        let zh = format!("该节点自 {from} 起统计。");
        let en = format!("this node is looked up from {from} on");
        return Some(FieldProblem::rule(&field, "R11.2", zh, en));
    }
    let (zh, en) = ("日期不得晚于今天。", "this day is still to come");
    (entry.on > today).then(|| FieldProblem::rule(&field, "R11.2", zh, en))
}
