//! `POST /platform-answers`

use std::collections::HashMap;

use axum::{Json, extract::State};
use duxue_rules::{
    access::Action,
    ids::{ClassId, InstitutionId},
};
use duxue_storage::{Tx, class::Class, platform::NewPlatformClass};
use serde_json::json;

use super::ANSWERED;
use crate::{
    app::Shared,
    dto::{import::ImportMode, platform::ImportedPlatformAnswers},
    extract::{Filter, Sheet, SignedIn},
    load,
    problem::Failure,
    refusals::{BinaryFile, WriteRefusals},
    tables::{Filled, Wrong},
};

/// The most characters of a number, as the application has it.
const NUMBER_CHARACTERS: usize = 100;

/// Takes what the provincial platform calls classes, out of its table, XLSX or CSV (R6.1): every row, or none and each wrong
/// one is named.
///
/// A row is refused whose class the institution does not have, whose name there is not the class's, or whose number another
/// class has. A later answer takes the place of an earlier one. An application has to name the number that is kept.
#[utoipa::path(
    post,
    path = "/platform-answers",
    tag = "Opening",
    params(ImportMode),
    request_body(
        content(
            (String = "text/csv"),
            (BinaryFile = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        ),
        description = "The table, at most 1 MiB.",
    ),
    responses((status = 200, description = "What came of it, or would.", body = ImportedPlatformAnswers), WriteRefusals),
)]
pub async fn import_platform_answers(
    State(app): State<Shared>,
    who: SignedIn,
    Filter(ImportMode { dry_run }): Filter<ImportMode>,
    sheet: Sheet,
) -> Result<Json<ImportedPlatformAnswers>, Failure> {
    who.may(Action::PrepareOpening, who.actor.institution)?;
    let institution = who.actor.institution.ok_or(Failure::Forbidden)?;
    let table = sheet.table(ANSWERED)?;
    let mut tx = app.store.begin().await?;
    let now = app.now();
    let answers = answers(&mut tx, institution, &table).await?;
    for (class, number) in &answers {
        let before = tx.platform_class(class.id).await?.map(|before| before.number);
        let new = NewPlatformClass {
            class: class.id,
            name: class.name.clone(),
            number: number.clone(),
            at: now,
            by: who.id(),
            table_sha256: sheet.sha256,
        };
        tx.put_platform_class(&new).await?;
        let detail = json!({ "number": number, "before": before, "table_sha256": hex::encode(sheet.sha256) });
        tx.audit(who.did(now, "number_class", "class", class.id, detail));
    }
    Ok(Json(ImportedPlatformAnswers {
        imported: table.end(tx, answers.len(), dry_run).await?,
        class_ids: answers.iter().map(|(class, _)| class.id).collect(),
    }))
}

/// The classes that the table tells of, with their numbers.
async fn answers(tx: &mut Tx, institution: InstitutionId, table: &Filled<'_>) -> Result<Vec<(Class, String)>, Failure> {
    let classes: HashMap<String, Class> =
        load::classes(tx, Some(institution)).await?.into_iter().map(|class| (class.name.clone(), class)).collect();
    let (mut wrong, mut answers) = (Wrong::default(), Vec::new());
    let (mut rows_of, mut rows_with): (HashMap<ClassId, u32>, HashMap<String, u32>) = Default::default();
    for row in table.rows()? {
        let name = row.needed("class", 200, &mut wrong);
        let online = row.needed("online_name", 200, &mut wrong);
        let number = row.needed("number", NUMBER_CHARACTERS, &mut wrong);
        let (Some(name), Some(online), Some(number)) = (name, online, number) else { continue };
        let Some(class) = classes.get(name.trim()) else {
            wrong.shape(row, "class", "本机构没有这个班次。", "the institution has no class of this name");
            continue;
        };
        if online.trim() != class.name {
            let zh = format!("线上线下班次名称须一致，本系统为“{}”。", class.name);
            wrong.rule(row, "online_name", "R6.1", zh, format!("on-line and off-line names differ: {}", class.name));
        }
        if let Some(at) = rows_of.insert(class.id, row.number) {
            wrong.shape(row, "class", format!("与第 {at} 行重复。"), format!("it stands in row {at} already"));
        }
        let number = number.trim().to_owned();
        if let Some(at) = rows_with.insert(number.clone(), row.number) {
            wrong.shape(row, "number", format!("与第 {at} 行重复。"), format!("row {at} has this number already"));
        }
        // Of which class is not said: it may be another institution's.
        if tx.class_of_platform_number(&number).await?.is_some_and(|other| other != class.id) {
            wrong.rule(row, "number", "R6.1", "该编号已属于另一个班次。", "another class has this number");
        }
        answers.push((class.clone(), number));
    }
    wrong.refuse()?;
    Ok(answers)
}
