//! R7.4b: on-site inspections, each with its sheet.

pub mod change;
pub mod countersign;
pub mod draft;
pub mod forms;
pub mod list;
pub mod show;
pub mod sign;

use std::collections::HashMap;

use duxue_rules::{
    access::Action,
    ids::UserId,
    supervision::{SheetDraft, SheetSigning},
};
use duxue_storage::{
    Tx,
    inspection::{Inspection as Row, Sheet},
};
use jiff::Timestamp;
use serde_json::json;

use crate::{
    dto::inspection::Inspection,
    extract::SignedIn,
    problem::{Failure, FieldProblem},
};

/// The word under which signatures of sheets are kept.
pub(super) const SUBJECT: &str = "inspection";

/// What a reader needs to be allowed: an institution's people see what they are to countersign.
fn reading(who: &SignedIn) -> Action {
    if who.actor.institution.is_some() { Action::CountersignInspection } else { Action::ReadSupervision }
}

/// Whether a sheet is there for this reader. What is still being written is the centre's own.
fn visible(who: &SignedIn, row: &Row) -> bool {
    who.actor.institution.is_none() || !matches!(row.sheet, Sheet::Draft(_))
}

/// The sheet as it is shown.
pub(super) async fn shown(tx: &mut Tx, row: Row) -> Result<Inspection, Failure> {
    let mut names = HashMap::new();
    for &id in &row.sheet.content().inspectors {
        names.extend(tx.user(id).await?.map(|user| (id, user.display_name)));
    }
    let signatures = tx.signatures_of(SUBJECT, &row.sheet.content().id.to_string()).await?;
    Ok(Inspection::of(row, &names, signatures))
}

/// Refuses inspectors who are not people of the centre, each by its place in the list.
async fn inspectors_known(tx: &mut Tx, listed: &[UserId]) -> Result<(), Failure> {
    let mut wrong = Vec::new();
    for (index, &id) in listed.iter().enumerate() {
        let known = tx.user(id).await?;
        if !known.is_some_and(|user| user.actor().supervises() && user.disabled_at.is_none()) {
            let (zh, en) = ("督导检查人员须为中心监管人员。", "an inspector is a supervisor of the centre");
            wrong.push(FieldProblem::rule(&format!("inspectors[{index}]"), "R7.4b", zh, en));
        }
    }
    if wrong.is_empty() { Ok(()) } else { Err(Failure::Invalid(wrong)) }
}

/// Keeps a sheet with one more signature: signed as soon as nobody's is missing. The sheet as it is shown.
async fn keep_signed(
    mut tx: Tx,
    who: &SignedIn,
    revision: i64,
    signing: SheetSigning,
    action: &str,
    now: Timestamp,
) -> Result<Inspection, Failure> {
    let id = signing.sheet().id;
    let sheet = match signing.complete() {
        Ok(signed) => Sheet::Signed(signed),
        Err(signing) => Sheet::Signing(*signing),
    };
    tx.put_inspection(revision, &sheet, now).await?;
    let complete = matches!(sheet, Sheet::Signed(_));
    tx.audit(who.did(now, action, SUBJECT, id, json!({ "complete": complete })));
    let row = tx.inspection(id).await?.ok_or(Failure::Internal)?;
    let answer = shown(&mut tx, row).await?;
    tx.commit().await?;
    Ok(answer)
}

/// What the log remembers of a sheet: whom it names, never what it says of people.
fn detail(sheet: &SheetDraft) -> serde_json::Value {
    json!({ "class": sheet.class, "on": sheet.on, "inspectors": sheet.inspectors })
}
