//! `POST /exchanges/{id}/answer`

use std::collections::HashMap;

use axum::{Json, extract::State};
use duxue_rules::{
    civil,
    ids::{ExchangeId, FileId, StudentId},
    person::IdNumber,
    verification::{Evidence, Verification},
};
use duxue_storage::{Tx, exchange::Exchange, verification::NewVerification};
use jiff::{Timestamp, civil::Date};
use serde_json::json;

use super::{COLUMNS, SUBJECT, verifying};
use crate::{
    app::{Shared, new_id},
    dto::exchange::{AnswerImport, ImportedAnswer},
    enrolment,
    extract::{Filter, Id, Params, Sheet, SignedIn},
    load, named_file,
    problem::{Failure, FieldProblem},
    refusals::{BinaryFile, WriteRefusals},
    tables::{Filled, Wrong},
};

/// Hands in the answer to a query by file, XLSX or CSV: every row becomes a verification (R4.1 to R4.3), or none does and each
/// wrong row is named.
///
/// People are found by a keyed hash of the ID number. Whoever was not asked about, or stands in it twice, is refused by
/// their row; who is missing is told and can be asked about anew. A query is answered once.
#[utoipa::path(
    post,
    path = "/exchanges/{id}/answer",
    tag = "Enrolment",
    params(("id" = Uuid, Path, description = "Identity of the query."), AnswerImport),
    request_body(
        content(
            (String = "text/csv"),
            (BinaryFile = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        ),
        description = "The file that was asked with, filled in; at most 1 MiB.",
    ),
    responses((status = 200, description = "What came of it, or would.", body = ImportedAnswer), WriteRefusals),
)]
pub async fn answer_by_file(
    State(app): State<Shared>,
    who: SignedIn,
    Params(Id { id }): Params<Id<ExchangeId>>,
    Filter(AnswerImport { file_id, dry_run }): Filter<AnswerImport>,
    sheet: Sheet,
) -> Result<Json<ImportedAnswer>, Failure> {
    let mut tx = app.store.begin().await?;
    let exchange = tx.exchange(id).await?.ok_or(Failure::NotFound)?;
    who.may(verifying(exchange.matter, exchange.phase), Some(exchange.institution))?;
    if exchange.answer.is_some() {
        return Err(Failure::conflict("该查询已有结果；如需更正，请重新查询。", "it was answered already; ask anew"));
    }
    paper(&mut tx, &who, &exchange, file_id).await?;
    let table = sheet.table(COLUMNS)?;
    let now = app.now();
    let told = told(&app, &mut tx, &exchange, &table, civil::date_of(now)).await?;
    keep(&mut tx, &who, &exchange, &told, file_id, now).await?;
    let rows = u32::try_from(told.len()).unwrap_or(u32::MAX);
    tx.answer_exchange(id, (who.id(), now), sheet.sha256, rows).await?;
    let detail = json!({ "rows": rows, "table_sha256": hex::encode(sheet.sha256) });
    tx.audit(who.did(now, "answer_exchange", SUBJECT, id, detail));
    let class = tx.class(exchange.class.id).await?.ok_or(Failure::Internal)?;
    let answered = |student: &StudentId| told.iter().any(|one| one.student == *student);
    let verifications = enrolment::verifications(&mut tx, &class).await?;
    Ok(Json(ImportedAnswer {
        imported: table.end(tx, told.len(), dry_run).await?,
        found: told.iter().filter(|one| one.found).count(),
        unanswered: exchange.students.iter().copied().filter(|student| !answered(student)).collect(),
        verifications,
    }))
}

/// What the other office says of a student.
struct Told {
    student: StudentId,
    found: bool,
    on: Date,
    note: String,
}

/// The paper that goes with it: there where the matter needs one, and one that may be named.
async fn paper(tx: &mut Tx, who: &SignedIn, exchange: &Exchange, file: Option<FileId>) -> Result<(), Failure> {
    let (_, evidence) = exchange.matter.required(exchange.phase);
    let wrong = match file {
        Some(file) => named_file::problem(tx, who, exchange.institution, ("file_id", file)).await?,
        None if evidence == Evidence::Comparison => None,
        None => {
            let (zh, en) = ("请附核实说明、截图或承诺书。", "the note, screenshot or letter must be handed in");
            Some(FieldProblem::rule("file_id", exchange.matter.rule().as_str(), zh, en))
        }
    };
    wrong.map_or(Ok(()), |wrong| Err(Failure::Invalid(vec![wrong])))
}

async fn told(
    app: &Shared,
    tx: &mut Tx,
    exchange: &Exchange,
    table: &Filled<'_>,
    today: Date,
) -> Result<Vec<Told>, Failure> {
    let names = load::student_names(tx, exchange.class.id).await?;
    let (mut wrong, mut told, mut seen) = (Wrong::default(), Vec::new(), HashMap::new());
    for row in table.rows()? {
        let found = match row.is_blank("found") {
            true => {
                wrong.shape(row, "found", "不能为空。", "it must not be empty");
                None
            }
            false => row.yes("found", &mut wrong),
        };
        let on = match row.is_blank("on") {
            true => {
                wrong.shape(row, "on", "不能为空。", "it must not be empty");
                None
            }
            false => row.date("on", &mut wrong),
        };
        if on.is_some_and(|on| on > today) {
            wrong.shape(row, "on", "查询日期不得晚于今天。", "the day of the query lies ahead");
        }
        let source = row.needed("source", 200, &mut wrong);
        let note = row.text("note", 1000, &mut wrong);
        let name = row.text("name", 100, &mut wrong);
        let Some(text) = row.digits("id_number", &mut wrong) else {
            if row.is_blank("id_number") {
                wrong.shape(row, "id_number", "不能为空。", "it must not be empty");
            }
            continue;
        };
        let number = match IdNumber::parse(&text, today) {
            Ok(number) => number,
            Err(error) => {
                let text = error.text();
                wrong.rule(row, "id_number", "R3.3", text.zh, text.en);
                continue;
            }
        };
        let student = tx.student_of_id_number(exchange.class.id, &number, &app.secret).await?;
        let Some(student) = student.filter(|student| exchange.students.contains(student)) else {
            wrong.shape(row, "id_number", "不在查询名单中。", "nobody of this number was asked about");
            continue;
        };
        if let Some(at) = seen.insert(student, row.number) {
            wrong.shape(row, "id_number", format!("与第 {at} 行重复。"), format!("it stands in row {at} already"));
        }
        if name.is_some_and(|name| names.get(&student).is_some_and(|known| *known != name)) {
            wrong.shape(row, "name", "姓名与花名册不符。", "the name is not the roster's of this number");
        }
        if let (Some(found), Some(on), Some(source)) = (found, on, source) {
            let note = note.map_or_else(|| format!("来源：{source}"), |note| format!("来源：{source}；{note}"));
            told.push(Told { student, found, on, note });
        }
    }
    wrong.refuse()?;
    Ok(told)
}

async fn keep(
    tx: &mut Tx,
    who: &SignedIn,
    exchange: &Exchange,
    told: &[Told],
    file: Option<FileId>,
    now: Timestamp,
) -> Result<(), Failure> {
    let (matter, phase) = (exchange.matter, exchange.phase);
    let (by, evidence) = matter.required(phase);
    for one in told {
        let &Told { student, found, on, ref note } = one;
        let row = NewVerification {
            id: new_id(now),
            fact: Verification { student, matter, phase, on, by, evidence, found },
            note: note.clone(),
            file,
            recorded_at: now,
            recorded_by: who.id(),
        };
        tx.add_verification(&row).await?;
        let detail = json!({ "student": student, "matter": matter, "phase": phase, "on": on, "found": found,
            "file": file, "exchange": exchange.id });
        tx.audit(who.did(now, "record_verification", "verification", row.id, detail));
    }
    Ok(())
}
