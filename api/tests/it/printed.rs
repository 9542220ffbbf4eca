//! The papers of supervision, rosters, ledgers, notices and timetables, as they are printed.

use std::io::{Cursor, Read};

use axum::http::Method;
use serde_json::json;
use uuid::Uuid;

use crate::{
    ask::{Answer, Sent},
    forms::{page, page_as, words, words_of},
    inspections,
    seed::{Kind, PASSWORD, id, id_number, settlement::student},
    world::World,
};

/// A picture of one pixel.
const DRAWING: &str = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNk+A8AAQUBAScY42YAAAAASUVORK5CYII=";

fn of(kind: Kind, what: &str) -> String {
    format!("/classes/{}/{what}", id::<Uuid>(kind, 0))
}

/// How many pictures a spreadsheet holds.
fn pictures(answer: &Answer) -> usize {
    let mut file = zip::ZipArchive::new(Cursor::new(answer.bytes.clone())).unwrap();
    let mut drawn = String::new();
    let Ok(mut part) = file.by_name("xl/drawings/drawing1.xml") else { return 0 };
    part.read_to_string(&mut drawn).unwrap();
    drawn.matches("<xdr:pic>").count()
}

#[tokio::test]
async fn an_inspection_sheet_has_its_checklist_places_to_sign_and_what_was_drawn() {
    let world = World::new().await;
    let draft = world.post(&of(Kind::Class, "inspections"), "supervisor", inspections::sheet()).await.expect(201);
    let sheet = format!("/inspections/{}", draft["id"].as_str().unwrap());
    let hidden = world.get(&format!("{sheet}/form.html"), "liaison").await;
    assert_eq!(hidden.word(), "not-found", "what is still being written is the centre's own");
    let printed = page_as(&world, &format!("{sheet}/form.html"), "supervisor").await;
    assert_eq!(printed.matches("督导检查人员（签名）").count(), 2, "{printed}");
    assert!(printed.contains("培训机构负责人（签名）") && !printed.contains("<img"), "{printed}");
    let line = "<td>无中途退出的学员</td><td>有问题</td><td>少两人</td>";
    assert!(printed.contains(line) && printed.contains("<td>建立学员培训台账、档案</td><td>正常</td>"), "{printed}");
    assert!(printed.contains("@page{size:A4 portrait"), "{printed}");

    let signing = json!({ "signing": { "password": PASSWORD, "drawing": DRAWING } });
    world.post(&format!("{sheet}/signatures"), "supervisor", signing).await.expect(201);
    // The other signature is no whole picture: it is kept, its words stand, and the sheet is printed all the same.
    world.post(&format!("{sheet}/signatures"), "manager", inspections::signature()).await.expect(201);
    let printed = page(&world, &format!("{sheet}/form.html")).await;
    assert!(printed.contains(&format!("<img alt=\"签名\" src=\"data:image/png;base64,{DRAWING}\">")), "{printed}");
    assert!(printed.contains("supervisor 先生    2024年10月8日 <img"), "{printed}");
    let answer = world.get(&format!("{sheet}/form.xlsx"), "liaison").await;
    assert_eq!(pictures(&answer), 1);
    let words = words_of(answer);
    assert_eq!(words[0], "现场督导检查记录单");
    assert!(words.iter().any(|word| word.starts_with("督导检查人员（签名）：manager")), "{words:?}");
}

#[tokio::test]
async fn a_remote_record_says_how_much_was_watched() {
    let world = World::new().await;
    let path = format!("/remote-supervisions/{}/form", id::<Uuid>(Kind::Supervision, 0));
    let printed = page_as(&world, &format!("{path}.html"), "auditor").await;
    assert!(printed.contains("<h1>远程监管记录单</h1>") && printed.contains("培训机构：第0培训学校"), "{printed}");
    assert!(printed.contains("观看教学时长（系统记录）：") && printed.contains("监管人员："), "{printed}");
    assert_eq!(words_of(world.get(&format!("{path}.xlsx"), "auditor").await)[0], "远程监管记录单");
}

#[tokio::test]
async fn a_roster_masks_numbers_and_says_who_left() {
    let world = World::new().await;
    let put = format!("/students/{}/papers", id::<Uuid>(Kind::Student, 0));
    let whole = crate::seed::id_number(0);
    let mut papers = crate::enrolment::papers(0, 1);
    papers["id_number"] = json!(whole);
    world.ask(Method::PUT, &put, "liaison", Sent::Json(papers)).await.expect(200);
    let left = json!({ "on": "2024-10-08", "reason": "已就业" });
    world.post(&format!("/students/{}/departure", id::<Uuid>(Kind::Shy, 0)), "liaison", left).await.expect(201);
    let printed = page(&world, &of(Kind::Class, "students/form.html")).await;
    assert!(printed.contains("<td>学员甲0</td>") && printed.contains("2024-10-08 起退出"), "{printed}");
    assert!(printed.contains("在册 1 人"), "{printed}");
    assert!(!printed.contains(&whole), "a whole ID number");
    assert!(printed.contains(&whole[..6]) || printed.contains(&whole[14..]), "{printed}");
    let words = words(&world, &of(Kind::Class, "students/form.xlsx")).await;
    assert!(words.iter().any(|word| word == "学员签名") && !words.contains(&whole), "{words:?}");
}

#[tokio::test]
async fn the_tracking_ledger_has_the_line_that_counts() {
    let world = World::new().await;
    let entry = |occupation: &str, note: &str| {
        json!({ "entries": [{ "student_id": student(0, Kind::Ended, 0), "node": "at_end", "on": "2024-10-08",
            "occupation": occupation, "note": note }] })
    };
    world.post(&of(Kind::Ended, "tracking"), "liaison", entry("unreachable", "未接")).await.expect(201);
    world.pass(1);
    world.post(&of(Kind::Ended, "tracking"), "liaison", entry("employed", "某电气公司")).await.expect(201);
    let printed = page(&world, &of(Kind::Ended, "tracking/form.html")).await;
    assert!(
        printed.contains("<td>就业（2024-10-08）<br>某电气公司</td>") && !printed.contains("未能联系"),
        "{printed}"
    );
    assert_eq!(words(&world, &of(Kind::Ended, "tracking/form.xlsx")).await[0], "就（创）业情况统计台账");
}

#[tokio::test]
async fn a_notice_is_printed_by_anyone_with_hidden_numbers_while_it_hangs() {
    let world = World::new().await;
    let path = of(Kind::Finished, "notices");
    let published = world.ask(Method::POST, &path, "manager", Sent::Nothing).await.expect(201);
    let path = format!("/notices/{}/form", published["id"].as_str().unwrap());
    let printed = page_as(&world, &format!("{path}.html"), "").await;
    let masked = format!("2104**********{}", &id_number(208)[14..]);
    assert!(printed.contains(&format!("<td>学员丙0</td><td>{masked}</td><td>3000.00</td>")), "{printed}");
    assert!(printed.contains("公示期：2024年10月8日 至 2024年10月14日"), "{printed}");
    assert!(printed.contains("合计：1 人，3000.00 元"), "{printed}");
    words_of(world.get(&format!("{path}.xlsx"), "").await);
    world.pass(7 * 24 * 3600);
    assert_eq!(world.get(&format!("{path}.html"), "").await.word(), "not-found", "its days are over");
}

#[tokio::test]
async fn a_timetable_is_a_line_a_lesson() {
    let world = World::new().await;
    let printed = page(&world, &of(Kind::Class, "timetable/form.html")).await;
    assert!(printed.contains("共 8 课时    已经中心同意"), "{printed}");
    let line = "<tr><td>2024-10-08</td><td>星期二</td><td>1</td><td>09:00—09:45</td><td>电工基础</td><td>王老师</td>";
    assert!(printed.contains(line), "{printed}");
    assert!(printed.contains("<td>2024-10-09</td><td>星期三</td><td>4</td>"), "{printed}");
    assert_eq!(words(&world, &of(Kind::Class, "timetable/form.xlsx")).await[0], "课程表");
    let planned = page(&world, &of(Kind::Planned, "timetable/form.html")).await;
    assert!(planned.contains("待中心审核"), "{planned}");
}
