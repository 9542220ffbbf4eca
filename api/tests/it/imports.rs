//! Rosters, timetables and approval lists out of tables: all of it or nothing.

use axum::http::Method;
use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    ask::{Answer, Sent},
    forms::words_of,
    seed::{Kind, id, id_number},
    world::World,
};

const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// Two lessons of the class whose timetable still lies with the centre.
pub fn lessons(side: u8) -> String {
    format!(
        "日期,时间,教学内容,授课教师,培训场地\n2024/10/10,09:00—09:45,焊接基础,王老师,{side}号教室\n\
         2024-10-11,09:00-09:45,焊接基础,王老师,{side}号教室\n"
    )
}

async fn import(world: &World, path: &str, who: &str, kind: &'static str, table: impl Into<Vec<u8>>) -> Answer {
    world.ask(Method::POST, path, who, Sent::Raw(kind, table.into())).await
}

fn roster(mode: &str) -> String {
    format!("/classes/{}/students/import{mode}", id::<Uuid>(Kind::Class, 0))
}

async fn on_roster(world: &World) -> Vec<Value> {
    let path = format!("/classes/{}/students", id::<Uuid>(Kind::Class, 0));
    world.get(&path, "auditor").await.expect(200)["items"].as_array().unwrap().clone()
}

/// Each error's field and rule.
fn errors(answer: Answer) -> Vec<(String, String)> {
    let body = answer.expect(422);
    let errors = body["errors"].as_array().unwrap();
    let word = |error: &Value, key: &str| error[key].as_str().unwrap().to_owned();
    errors.iter().map(|error| (word(error, "field"), word(error, "rule"))).collect()
}

fn named(fields: &[(&str, &str)]) -> Vec<(String, String)> {
    fields.iter().map(|(field, rule)| ((*field).to_owned(), (*rule).to_owned())).collect()
}

/// A number whose 17th digit is even.
fn a_womans() -> String {
    (300..).map(id_number).find(|number| number.as_bytes()[16].is_multiple_of(2)).unwrap()
}

/// A number whose 17th digit is odd.
fn a_mans() -> String {
    (300..).map(id_number).find(|number| !number.as_bytes()[16].is_multiple_of(2)).unwrap()
}

#[tokio::test]
async fn a_roster_comes_whole_and_first_only_to_be_looked_at() {
    let world = World::new().await;
    let before = on_roster(&world).await.len();
    let table = format!(
        "花名册,,,,,\n序号,姓名,性别,学号,身份证号码,同意人脸识别\n1,王五,女,101,{},是\n\n2,赵六,男,102,{},否\n,,,,,\n",
        a_womans(),
        a_mans()
    );
    let tried = import(&world, &roster("?dry_run=true"), "liaison", "text/csv", table.clone()).await.expect(200);
    assert_eq!(tried, json!({ "dry_run": true, "rows": 2, "ignored_headings": ["序号"] }));
    assert_eq!((on_roster(&world).await.len(), world.audited().await), (before, vec![]));

    let done = import(&world, &roster(""), "liaison", "text/csv", table.clone()).await.expect(200);
    assert_eq!((&done["dry_run"], &done["rows"]), (&json!(false), &json!(2)));
    let students = on_roster(&world).await;
    assert_eq!(students.len(), before + 2);
    let five = students.iter().find(|student| student["name"] == "王五").unwrap();
    assert_eq!((&five["sex"], &five["number"]), (&json!("female"), &json!("101")));
    assert!(five["face_consent_at"].is_string());
    let papers = format!("/students/{}/papers", five["id"].as_str().unwrap());
    let shown = world.get(&papers, "auditor").await.expect(200);
    let masked = format!("2104**********{}", &a_womans()[14..]);
    assert_eq!(shown["id_number_masked"], masked);
    assert_eq!(world.audited().await, ["add_student", "put_papers", "add_student", "put_papers"]);

    // The same table once more: everybody is there already.
    let again = errors(import(&world, &roster(""), "liaison", "text/csv", table).await);
    assert_eq!(again, named(&[("rows[3].number", "shape"), ("rows[5].number", "shape")]));
    assert_eq!(on_roster(&world).await.len(), before + 2);
}

#[tokio::test]
async fn wrong_rows_are_named_by_row_column_and_rule_and_nothing_is_kept() {
    let world = World::new().await;
    let before = on_roster(&world).await;
    let (woman, man) = (a_womans(), a_mans());
    let mut mistyped = woman.clone();
    mistyped.replace_range(17..18, if woman.ends_with('0') { "1" } else { "0" });
    let table = format!(
        "姓名,性别,学号,身份证号码\n甲,女,1,{woman}\n,女,2,\n丙,人,3,\n丁,女,1,{woman}\n戊,男,5,{mistyped}\n己,女,6,{man}\n庚,女,{woman},\n"
    );
    let answer = import(&world, &roster(""), "liaison", "text/csv", table).await;
    for secret in [&woman, &man, &mistyped] {
        assert!(!answer.text().contains(secret.as_str()), "{}", answer.text());
    }
    let expected = [
        ("rows[3].name", "shape"),
        ("rows[4].sex", "shape"),
        ("rows[5].number", "shape"),
        ("rows[5].id_number", "shape"),
        ("rows[6].id_number", "R3.3"),
        ("rows[7].id_number", "R3.3"),
        ("rows[8].number", "shape"),
    ];
    assert_eq!(errors(answer), named(&expected));
    // Somebody who is in a class elsewhere at the same time.
    let table = format!("姓名,性别,身份证号码\n学员甲1,男,{}\n", id_number(2));
    let sex = if id_number(2).as_bytes()[16].is_multiple_of(2) { "女" } else { "男" };
    let answer = import(&world, &roster(""), "liaison", "text/csv", table.replace('男', sex)).await;
    assert_eq!(errors(answer), named(&[("rows[2].id_number", "R3.4")]));
    assert_eq!((on_roster(&world).await, world.audited().await), (before, vec![]));
}

#[tokio::test]
async fn id_numbers_are_the_institutions_to_give() {
    let world = World::new().await;
    let table = format!("姓名,性别,身份证号码\n王五,女,{}\n", a_womans());
    assert_eq!(import(&world, &roster(""), "manager", "text/csv", table).await.word(), "forbidden");
    import(&world, &roster(""), "manager", "text/csv", "姓名,性别,身份证号码\n王五,女,\n").await.expect(200);
}

/// A workbook as Excel saves it, with a title, dates as numbers and as text, and a formula if wished.
fn timetable(formula: bool) -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    let (day, time) = (Format::new().set_num_format("yyyy/m/d"), Format::new().set_num_format("h:mm"));
    sheet.write_string(0, 0, "课程表").unwrap();
    for (column, heading) in (0..).zip(["日期", "开始时间", "结束时间", "教学内容", "授课教师", "培训场地", "备注"])
    {
        sheet.write_string(2, column, heading).unwrap();
    }
    let at = |text: &str| ExcelDateTime::parse_from_str(text).unwrap();
    sheet.write_datetime_with_format(3, 0, at("2024-10-10"), &day).unwrap();
    sheet.write_datetime_with_format(3, 1, at("09:00:00"), &time).unwrap();
    sheet.write_datetime_with_format(3, 2, at("09:45:00"), &time).unwrap();
    sheet.write_string(4, 0, "2024年10月11日").unwrap();
    sheet.write_string(4, 1, "9:00").unwrap();
    sheet.write_string(4, 2, "9:45").unwrap();
    for row in [3, 4] {
        sheet.write_string(row, 3, "焊接基础").unwrap();
        sheet.write_string(row, 4, "王老师").unwrap();
        sheet.write_string(row, 5, "0号教室").unwrap();
    }
    if formula {
        sheet.write_formula(4, 3, Formula::new("=D4").set_result("焊接基础")).unwrap();
    }
    // An empty row with a format, as people leave behind.
    sheet.write_blank(900, 0, &day).unwrap();
    book.save_to_buffer().unwrap()
}

fn planned(mode: &str) -> String {
    let (class, file) = (id::<Uuid>(Kind::Planned, 0), id::<Uuid>(Kind::File, 0));
    format!("/classes/{class}/timetables/import?syllabus_file_id={file}&plan_file_id={file}&months=4{mode}")
}

#[tokio::test]
async fn a_timetable_comes_out_of_a_workbook_and_says_what_the_rules_miss() {
    let world = World::new().await;
    let tried = import(&world, &planned("&dry_run=true"), "liaison", XLSX, timetable(false)).await.expect(200);
    assert_eq!((&tried["rows"], &tried["ignored_headings"]), (&json!(2), &json!(["备注"])));
    assert_eq!(world.audited().await, [""; 0]);
    let done = import(&world, &planned(""), "liaison", XLSX, timetable(false)).await.expect(200);
    let lessons = done["timetable"]["lessons"].as_array().unwrap();
    let spans: Vec<_> = lessons.iter().map(|one| (one["starts_at"].clone(), one["ends_at"].clone())).collect();
    assert_eq!(spans[0], (json!("2024-10-10T01:00:00Z"), json!("2024-10-10T01:45:00Z")));
    assert_eq!(spans[1], (json!("2024-10-11T01:00:00Z"), json!("2024-10-11T01:45:00Z")));
    assert_eq!(done["timetable"]["stage"], "submitted");
    assert!(!done["timetable"]["findings"].as_array().unwrap().is_empty(), "a day has six lessons");
    assert_eq!(world.audited().await, ["hand_in_timetable"]);

    let wrong = errors(import(&world, &planned(""), "liaison", XLSX, timetable(true)).await);
    assert_eq!(wrong, named(&[("rows[5].subject", "shape")]), "a formula is no text");
    let table = lessons_of_others();
    let wrong = errors(import(&world, &planned(""), "liaison", "text/csv", table).await);
    let expected = [("rows[2].venue", "R1.2"), ("rows[3].time", "shape"), ("rows[4].date", "shape")];
    assert_eq!(wrong, named(&expected));
}

fn lessons_of_others() -> String {
    "日期,时间,教学内容,授课教师,场地\n2024-10-10,09:00-09:45,焊接,王老师,1号教室\n2024-10-10,09:45-09:00,焊接,王老师,0号教室\n\
     10-10,09:00-09:45,焊接,王老师,0号教室\n"
        .to_owned()
}

#[tokio::test]
async fn an_approval_list_is_replaced_whole() {
    let world = World::new().await;
    let list = world.get("/approval-lists/2024", "manager").await.expect(200);
    let path = format!("/approval-lists/2024/import?revision={}", list["revision"]);
    let gbk = encoding_rs::GBK.encode("培训机构,专业\n第0培训学校,电工\n第1培训学校,焊工\n").0.into_owned();
    let done = import(&world, &path, "manager", "text/csv", gbk).await.expect(200);
    let majors = done["list"]["majors"].as_array().unwrap();
    assert_eq!(majors.len(), 2);
    assert_eq!((&majors[1]["institution"]["name"], &majors[1]["major"]), (&json!("第1培训学校"), &json!("焊工")));
    let table = "培训机构,专业\n第0培训学校,电工\n不存在的学校,电工\n第0培训学校,电工\n";
    let stale = import(&world, &path, "manager", "text/csv", "培训机构,专业\n第0培训学校,电工\n").await;
    assert_eq!(stale.problem().1, "conflict", "somebody wrote the list meanwhile");
    let wrong = errors(import(&world, &path, "manager", "text/csv", table).await);
    assert_eq!(wrong, named(&[("rows[3].institution", "R1.1"), ("rows[4].major", "shape")]));
}

#[tokio::test]
async fn a_template_has_the_headings_that_its_import_expects() {
    let world = World::new().await;
    for (table, heading) in [("students", "身份证号码"), ("timetable", "教学内容"), ("approval_list", "培训机构")]
    {
        let answer = world.get(&format!("/import-templates/{table}/template.xlsx"), "liaison").await;
        let bytes = answer.bytes.to_vec();
        let words = words_of(answer);
        assert!(words.iter().any(|word| word == heading), "{table}: {words:?}");
        if table == "students" {
            // Filled in with nothing, it is found and has no row.
            let refused = import(&world, &roster(""), "liaison", XLSX, bytes).await.expect(422);
            assert!(refused["errors"][0]["zh"].as_str().unwrap().contains("没有数据"), "{refused}");
        }
    }
    let nothing = world.get("/import-templates/cameras/template.xlsx", "liaison").await;
    assert_eq!(nothing.problem().1, "bad-parameter");
}

#[tokio::test]
async fn what_is_no_table_says_so() {
    let world = World::new().await;
    let said = async |kind, bytes: Vec<u8>| {
        let answer = import(&world, &roster(""), "liaison", kind, bytes).await.expect(422);
        answer["errors"][0]["en"].as_str().unwrap().to_owned()
    };
    assert!(said("text/csv", vec![0xd0, 0xcf, 0x11, 0xe0, 0xa1]).await.contains("save it as .xlsx"));
    assert!(said(XLSX, b"PK\x03\x04 broken".to_vec()).await.contains("damaged"));
    assert!(said("text/csv", vec![0xff, 0xff, 0]).await.contains("UTF-8 or GBK"));
    assert!(said("text/csv", "名,性\n甲,女\n".into()).await.contains("no row heads"));
    let json = import(&world, &roster(""), "liaison", "application/json", "{}").await;
    assert_eq!(json.problem().1, "unsupported-media-type");
    let large = import(&world, &roster(""), "liaison", "text/csv", vec![b'x'; 2 << 20]).await;
    assert_eq!(large.problem().1, "too-large");
}

#[tokio::test]
async fn punches_come_out_of_a_workbook_too() {
    let world = World::new().await;
    let students = format!("/classes/{}/students", id::<Uuid>(Kind::Class, 0));
    let new = json!({ "name": "学员丙", "sex": "male", "number": "7", "face_consent": true });
    world.post(&students, "liaison", new).await.expect(201);
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (column, heading) in (0..).zip(["学号", "打卡时间", "打卡方式"]) {
        sheet.write_string(0, column, heading).unwrap();
    }
    let format = Format::new().set_num_format("yyyy-mm-dd hh:mm:ss");
    let at = ExcelDateTime::parse_from_str("2024-10-08 08:45:12").unwrap();
    sheet.write_number(1, 0, 7).unwrap();
    sheet.write_datetime_with_format(1, 1, &at, &format).unwrap();
    sheet.write_string(1, 2, "人脸").unwrap();
    sheet.write_number(3, 0, 8).unwrap();
    sheet.write_datetime_with_format(3, 1, &at, &format).unwrap();
    sheet.write_string(3, 2, "人脸").unwrap();
    let bytes = book.save_to_buffer().unwrap();
    let venue = id::<Uuid>(Kind::Venue, 0);
    let path = format!("/classes/{}/punches/import?venue_id={venue}", id::<Uuid>(Kind::Class, 0));
    let wrong = errors(import(&world, &path, "liaison", XLSX, bytes).await);
    assert_eq!(wrong, named(&[("lines[4].number", "shape")]), "the seventh is known, on the right line");
}
