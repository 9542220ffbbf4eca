//! `POST /classes/{id}/students/import`

use std::collections::HashMap;

use axum::{Json, extract::State};
use duxue_rules::{
    access::Action,
    civil,
    enrolment::HandedIn,
    ids::{ClassId, StudentId},
    person::IdNumber,
    roster::Sex,
};
use duxue_storage::{Tx, student::NewStudent};
use jiff::{Timestamp, civil::Date};
use serde_json::json;

use crate::{
    app::{Shared, new_id},
    dto::import::{ImportMode, Imported},
    enrolment::twice,
    extract::{Filter, Id, Params, Sheet, SignedIn},
    load,
    problem::Failure,
    refusals::{BinaryFile, WriteRefusals},
    tables::{Column, Row, Wrong},
};

/// The columns of a roster.
pub(crate) const COLUMNS: &[Column] = &[
    Column { key: "name", headings: &["姓名", "学员姓名", "name"], needed: true, hint: "与身份证一致" },
    Column { key: "sex", headings: &["性别", "sex"], needed: true, hint: "男 或 女" },
    Column {
        key: "number", headings: &["学号", "number"], needed: false, hint: "班内唯一；不得填写身份证号码"
    },
    Column {
        key: "id_number",
        headings: &["身份证号码", "身份证号", "公民身份号码", "id_number"],
        needed: false,
        hint: "18 位，单元格为文本格式；由培训机构填报",
    },
    Column {
        key: "hukou_province",
        headings: &["户籍省级代码", "hukou_province"],
        needed: false,
        hint: "两位数字，如辽宁省为 21；填写身份证号码时可填",
    },
    Column {
        key: "school_city",
        headings: &["学校所在地市代码", "school_city"],
        needed: false,
        hint: "四位数字，如抚顺市为 2104；填写身份证号码时可填",
    },
    Column {
        key: "face_consent",
        headings: &["同意人脸识别", "face_consent"],
        needed: false,
        hint: "是 或 否；是：学员已单独书面同意处理人脸信息。空白为否",
    },
];

/// Imports a class's roster out of a table, XLSX or CSV: every row, or none and what is wrong with each.
///
/// The columns are those of the template (`/import-templates/students/template.xlsx`). A row adds a student; who is on the
/// roster already by number or ID number, or stands in the table twice, is refused by its row. ID numbers are the
/// institution's to give (R3.3, R3.4).
#[utoipa::path(
    post,
    path = "/classes/{id}/students/import",
    tag = "Classes",
    params(("id" = Uuid, Path, description = "Identity of the class."), ImportMode),
    request_body(
        content(
            (String = "text/csv"),
            (BinaryFile = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        ),
        description = "The table, at most 1 MiB.",
    ),
    responses((status = 200, description = "What came of it, or would.", body = Imported), WriteRefusals),
)]
pub async fn import_students(
    State(app): State<Shared>,
    who: SignedIn,
    Params(Id { id }): Params<Id<ClassId>>,
    Filter(ImportMode { dry_run }): Filter<ImportMode>,
    sheet: Sheet,
) -> Result<Json<Imported>, Failure> {
    let mut tx = app.store.begin().await?;
    let class = who.class(&mut tx, id, Action::EditRoster).await?;
    let table = sheet.table(COLUMNS)?;
    let rows = table.rows()?;
    if rows.iter().any(|row| !row.is_blank("id_number")) {
        who.may(Action::PrepareOpening, Some(class.institution.id))?;
    }
    tx.hold_class(id).await?;
    let now = app.now();
    let lines = lines(&rows, civil::date_of(now), &known_numbers(&mut tx, id).await?)?;
    let import = sheet.trace();
    let mut wrong = Wrong::default();
    for line in &lines {
        let student = add(&mut tx, &who, id, line, now, &import).await?;
        if let Some(number) = &line.id_number {
            give(&mut tx, &app, &who, (student, number), line, now).await?;
            let papers = tx.papers(student, &app.secret).await?;
            if let Some(finding) = twice(&mut tx, student, papers.as_ref()).await?.first() {
                let text = finding.text();
                wrong.rule(line.row, "id_number", finding.rule.as_str(), text.zh, text.en);
            }
        }
    }
    wrong.refuse()?;
    Ok(Json(table.end(tx, lines.len(), dry_run).await?))
}

/// A row that reads.
struct Line<'a> {
    row: Row<'a>,
    name: String,
    sex: Sex,
    number: Option<String>,
    id_number: Option<IdNumber>,
    handed_in: HandedIn,
    face_consent: bool,
}

/// The roster numbers that are taken; 0 for those of the roster as it is.
async fn known_numbers(tx: &mut Tx, class: ClassId) -> Result<HashMap<String, u32>, Failure> {
    let numbers = load::students(tx, class).await?.into_iter().filter_map(|student| student.number);
    Ok(numbers.map(|number| (number, 0)).collect())
}

fn lines<'a>(rows: &[Row<'a>], today: Date, known: &HashMap<String, u32>) -> Result<Vec<Line<'a>>, Failure> {
    let (mut wrong, mut lines) = (Wrong::default(), Vec::with_capacity(rows.len()));
    let (mut numbers, mut people) = (known.clone(), HashMap::new());
    for &row in rows {
        let name = row.needed("name", 100, &mut wrong);
        let sex = sex(row, &mut wrong);
        let number = row.text("number", 40, &mut wrong);
        if let Some(number) = &number {
            // An ID number is kept encrypted; here it would lie open.
            if IdNumber::parse(number, today).is_ok() {
                wrong.shape(row, "number", "学号不得为身份证号码。", "a roster number is no ID number");
            } else if let Some(at) = numbers.insert(number.clone(), row.number) {
                again(row, "number", at, &mut wrong);
            }
        }
        let id_number = id_number(row, sex, today, &mut wrong);
        if let Some(id) = &id_number
            && let Some(at) = people.insert(id.clone(), row.number)
        {
            again(row, "id_number", at, &mut wrong);
        }
        let handed_in = HandedIn {
            hukou_province: code(row, "hukou_province", 2, &mut wrong),
            school_city: code(row, "school_city", 4, &mut wrong),
            ..HandedIn::default()
        };
        let face_consent = row.yes("face_consent", &mut wrong).unwrap_or(false);
        if let (Some(name), Some(sex)) = (name, sex) {
            lines.push(Line { row, name, sex, number, id_number, handed_in, face_consent });
        }
    }
    wrong.refuse()?;
    Ok(lines)
}

fn again(row: Row<'_>, key: &str, at: u32, wrong: &mut Wrong) {
    match at {
        0 => wrong.shape(row, key, "花名册中已有。", "the roster has it already"),
        at => wrong.shape(row, key, format!("与第 {at} 行重复。"), format!("it stands in row {at} already")),
    }
}

fn sex(row: Row<'_>, wrong: &mut Wrong) -> Option<Sex> {
    let text = row.needed("sex", 10, wrong)?;
    match text.to_ascii_lowercase().as_str() {
        "男" | "male" => Some(Sex::Male),
        "女" | "female" => Some(Sex::Female),
        _ => {
            wrong.shape(row, "sex", "应为“男”或“女”。", "it is male or female");
            None
        }
    }
}

/// R3.3, with the sex that the 17th digit gives.
fn id_number(row: Row<'_>, sex: Option<Sex>, today: Date, wrong: &mut Wrong) -> Option<IdNumber> {
    let text = row.digits("id_number", wrong)?;
    match IdNumber::parse(&text, today) {
        Ok(number) if sex.is_some_and(|sex| sex != number.sex()) => {
            let (zh, en) = ("第 17 位与登记的性别不符。", "the 17th digit gives another sex than the row");
            wrong.rule(row, "id_number", "R3.3", zh, en);
            None
        }
        Ok(number) => Some(number),
        Err(error) => {
            let text = error.text();
            wrong.rule(row, "id_number", "R3.3", text.zh, text.en);
            None
        }
    }
}

/// So many digits by GB/T 2260, or nothing.
fn code(row: Row<'_>, key: &str, digits: usize, wrong: &mut Wrong) -> String {
    let Some(text) = row.text(key, 10, wrong) else { return String::new() };
    if text.len() != digits || !text.bytes().all(|byte| byte.is_ascii_digit()) {
        wrong.shape(row, key, format!("应为 {digits} 位数字。"), format!("it has {digits} digits"));
    }
    text
}

async fn add(
    tx: &mut Tx,
    who: &SignedIn,
    class: ClassId,
    line: &Line<'_>,
    now: Timestamp,
    import: &serde_json::Value,
) -> Result<StudentId, Failure> {
    let student = NewStudent {
        id: new_id(now),
        class,
        name: line.name.clone(),
        sex: line.sex,
        number: line.number.clone(),
        face_consent_at: line.face_consent.then_some(now),
        created_at: now,
    };
    tx.add_student(&student).await?;
    let detail = json!({ "class": class, "face_consent": line.face_consent, "import": import });
    tx.audit(who.did(now, "add_student", "student", student.id, detail));
    Ok(student.id)
}

async fn give(
    tx: &mut Tx,
    app: &Shared,
    who: &SignedIn,
    (student, number): (StudentId, &IdNumber),
    line: &Line<'_>,
    now: Timestamp,
) -> Result<(), Failure> {
    tx.put_papers((student, 0), &line.handed_in, who.id(), now).await?;
    tx.record_number(student, number, now, &app.secret).await?;
    tx.audit(who.did(now, "put_papers", "student", student, json!({ "id_number": true, "files": [] })));
    Ok(())
}
