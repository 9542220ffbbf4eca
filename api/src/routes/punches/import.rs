//! `POST /classes/{id}/punches/import`

use std::collections::HashMap;

use axum::{Json, extract::State};
use duxue_rules::{
    access::Action,
    attendance::{Punch, Side},
    civil,
    ids::ClassId,
};
use duxue_storage::punch::{Kept, NewPunch as Row, NewSource};
use serde_json::json;

use super::{
    SUBJECT, detail,
    lines::{Line, read, refuse, wrong},
};
use crate::{
    app::{Shared, new_id},
    dto::punch::{ImportQuery, ImportedDays, ImportedPunches},
    extract::{Filter, Id, Params, SignedIn, Table},
    load,
    problem::{Failure, FieldProblem},
    refusals::{BinaryFile, WriteRefusals},
    routes::attendance::lessons_of,
};

/// Imports a table of punches of a class, out of a device that cannot send them itself (R7.3a).
///
/// A workbook (XLSX), or CSV in UTF-8 or GBK, with the columns 学号, 打卡时间 and 打卡方式, and, where the device has them, 姓名 and 签到签退; times
/// are civil times of the office. With any wrong line nothing is imported, and each is named by its place: `lines[7].time`.
/// Importing a line again is harmless.
#[utoipa::path(
    post,
    path = "/classes/{id}/punches/import",
    tag = "Attendance",
    params(("id" = Uuid, Path, description = "Identity of the class."), ImportQuery),
    request_body(
        content(
            (String = "text/csv"),
            (BinaryFile = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        ),
        description = "The table, at most 1 MiB.",
    ),
    responses((status = 200, description = "All of it was taken.", body = ImportedPunches), WriteRefusals),
)]
pub async fn import_punches(
    State(app): State<Shared>,
    who: SignedIn,
    Params(Id { id }): Params<Id<ClassId>>,
    Filter(ImportQuery { venue_id }): Filter<ImportQuery>,
    table: Table,
) -> Result<Json<ImportedPunches>, Failure> {
    let mut tx = app.store.begin().await?;
    let class = who.class(&mut tx, id, Action::KeepAttendance).await?;
    if !load::venues(&mut tx, Some(class.institution.id)).await?.iter().any(|venue| venue.id == venue_id) {
        let (zh, en) = ("没有这个场地，或不是本机构的场地。", "there is no such venue of the institution");
        return Err(Failure::Invalid(vec![FieldProblem::rule("venue_id", "R1.2", zh, en)]));
    }
    let lines = read(&table.text)?;
    let students = load::students(&mut tx, id).await?;
    let by_number: HashMap<_, _> =
        students.iter().filter_map(|student| Some((student.number.as_deref()?, student))).collect();
    let lessons = lessons_of(&mut tx, id).await?;
    let now = app.now();
    let (mut punches, mut errors) = (Vec::new(), Vec::new());
    for Line { at, number, name, made_at, side, method } in lines {
        match by_number.get(number.as_str()) {
            None => errors.push(wrong(at, "number", "本班没有此学号。", "the class has no such number")),
            Some(student) if name.as_deref().is_some_and(|name| name != student.name) => {
                errors.push(wrong(at, "name", "姓名与花名册不符。", "the name is not the roster's of this number"));
            }
            Some(_) if made_at > now => {
                errors.push(wrong(at, "time", "打卡时间在将来。", "the punch would have been made in the future"));
            }
            Some(student) => punches.push(Punch {
                id: new_id(now),
                student: student.id,
                side: side.unwrap_or_else(|| Side::likely(made_at, lessons.on(civil::date_of(made_at)))),
                venue: venue_id,
                made_at,
                received_at: now,
                method,
            }),
        }
    }
    refuse(errors)?;
    let source = json!({ "table_sha256": hex::encode(table.sha256) });
    let (mut kept, mut known) = (Vec::new(), 0);
    for punch in punches {
        match tx.add_punch(&Row { punch, class: id, source: NewSource::Import { by: who.id() } }).await? {
            Kept::Known(_) => known += 1,
            Kept::New => {
                tx.audit(who.did(now, "import_punch", SUBJECT, punch.id, detail(&punch, id, &source)));
                kept.push(civil::date_of(punch.made_at));
            }
        }
    }
    let ends = kept.iter().min().zip(kept.iter().max());
    let days = ends.map(|(&first, &last)| ImportedDays { first, last });
    tx.commit().await?;
    Ok(Json(ImportedPunches { kept: kept.len(), known, days }))
}
