//! `POST /classes/{id}/exchanges`

use axum::{extract::State, response::Response};
use duxue_rules::{
    ids::ClassId,
    verification::{Matter, Phase},
};
use duxue_storage::exchange::NewExchange as Row;
use serde_json::json;

use super::{COLUMNS, SUBJECT, verifying};
use crate::{
    app::{Shared, new_id},
    dto::exchange::NewExchange,
    enrolment,
    extract::{Body, Id, Params, SignedIn},
    problem::Failure,
    refusals::{BinaryFile, WriteRefusals},
    tables::HandedOut,
};

/// Writes the file by which another office is asked about a class's students (R4.1 to R4.3), whole ID numbers and all.
///
/// Who is given it must be allowed to see ID numbers and to verify this matter; whose numbers go out is in the audit log
/// before the file leaves. `Location` names the query, under which its answer is handed in: the same file, filled in. Those
/// who left are not asked about, nor those whose number is not recorded yet.
#[utoipa::path(
    post,
    path = "/classes/{id}/exchanges",
    tag = "Enrolment",
    params(("id" = Uuid, Path, description = "Identity of the class.")),
    request_body = NewExchange,
    responses(
        (
            status = 201,
            description = "The file.",
            content((BinaryFile = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"), (String = "text/csv")),
        ),
        WriteRefusals,
    ),
)]
pub async fn ask_by_file(
    State(app): State<Shared>,
    who: SignedIn,
    Params(Id { id }): Params<Id<ClassId>>,
    Body(NewExchange { matter, phase, format }): Body<NewExchange>,
) -> Result<Response, Failure> {
    let mut tx = app.store.begin().await?;
    let (matter, phase): (Matter, Phase) = (matter.into(), phase.into());
    let class = who.class(&mut tx, id, verifying(matter, phase)).await?;
    let now = app.now();
    let (mut students, mut rows) = (Vec::new(), Vec::new());
    for (student, number) in enrolment::numbered(&app, &mut tx, &who, &class).await?.students {
        students.push(student.id);
        let blank = String::new;
        rows.push(vec![student.name, number.expose().to_owned(), blank(), blank(), blank(), blank()]);
    }
    if rows.is_empty() {
        let (zh, en) = ("本班没有已登记身份证号码的在册学员。", "no student of the class has a recorded ID number");
        return Err(Failure::conflict(zh, en));
    }
    let row = Row { id: new_id(now), class: id, matter, phase, students, at: now, by: who.id() };
    tx.add_exchange(&row).await?;
    let detail = json!({ "class": id, "matter": matter, "phase": phase, "students": row.students });
    tx.audit(who.did(now, "export_id_numbers", SUBJECT, row.id, detail));
    let file = HandedOut {
        title: "核实查询",
        columns: COLUMNS,
        rows,
        name: format!("exchange-{}", row.id),
        location: Some(format!("/api/v1/exchanges/{}", row.id)),
    };
    let response = file.answer(format, now)?;
    tx.commit().await?;
    Ok(response)
}
