//! R4.2: the pension office is asked by file and answers by file.

use axum::http::Method;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    ask::{Answer, Sent},
    forms::words_of,
    seed::{Kind, id, id_number},
    world::World,
};

/// The answer to a side's query that waits for it.
pub fn answer(side: u8, found: &str) -> String {
    let number = id_number(u32::from(side) * 2);
    format!("身份证号码,查询结果,查询日期,数据来源\n{number},{found},2024-10-08,省社保系统\n")
}

fn of_class(what: &str) -> String {
    format!("/classes/{}/{what}", id::<Uuid>(Kind::Class, 0))
}

fn asked(mode: &str) -> String {
    format!("/exchanges/{}/answer{mode}", id::<Uuid>(Kind::Exchange, 0))
}

async fn hand_in(world: &World, path: &str, table: impl Into<Vec<u8>>) -> Answer {
    world.ask(Method::POST, path, "supervisor", Sent::Raw("text/csv", table.into())).await
}

fn fields(answer: Answer) -> Vec<String> {
    let body = answer.expect(422);
    body["errors"].as_array().unwrap().iter().map(|error| error["field"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn whole_numbers_go_out_to_who_may_see_them_and_each_time_is_logged() {
    let world = World::new().await;
    let ask = |format: &str| json!({ "matter": "employment", "phase": "before", "format": format });
    let csv = world.post(&of_class("exchanges"), "supervisor", ask("csv")).await;
    assert_eq!((csv.status.as_u16(), csv.header("cache-control")), (201, "no-store"));
    let place = csv.header("location").to_owned();
    assert!(csv.text().contains(&format!("\"学员甲0\",\"{}\"", id_number(0))), "{}", csv.text());
    assert!(!csv.text().contains("学员乙0"), "of whom no number is recorded");
    let xlsx = world.post(&of_class("exchanges"), "manager", ask("xlsx")).await;
    assert_eq!(xlsx.status, 201);
    assert!(words_of(Answer { status: axum::http::StatusCode::OK, ..xlsx }).contains(&id_number(0)));
    assert_eq!(world.audited().await, ["export_id_numbers"; 2]);
    for (who, word) in [("liaison", "forbidden"), ("auditor", "forbidden"), ("other", "not-found")] {
        assert_eq!(world.post(&of_class("exchanges"), who, ask("csv")).await.word(), word, "{who}");
    }
    let own = json!({ "matter": "business", "phase": "before" });
    assert_eq!(world.post(&of_class("exchanges"), "supervisor", own.clone()).await.word(), "forbidden");
    assert_eq!(world.post(&of_class("exchanges"), "liaison", own).await.status, 201);

    // The file that went out, filled in, is the answer.
    let filled = csv.text().replace(
        &format!("\"{}\",\"\",\"\",\"\"", id_number(0)),
        &format!("\"{}\",\"是\",\"2024/10/8\",\"省社保系统\"", id_number(0)),
    );
    let path = format!("{}/answer", place.strip_prefix("/api/v1").unwrap());
    let done = hand_in(&world, &path, filled).await.expect(200);
    assert_eq!((&done["rows"], &done["found"], &done["unanswered"]), (&json!(1), &json!(1), &json!([])));
}

#[tokio::test]
async fn an_answer_becomes_verifications_once() {
    let world = World::new().await;
    let before = world.get(&of_class("verifications"), "auditor").await.expect(200);
    let tried = hand_in(&world, &asked("?dry_run=true"), answer(0, "否")).await.expect(200);
    assert_eq!((&tried["dry_run"], &tried["rows"], &tried["found"]), (&json!(true), &json!(1), &json!(0)));
    assert_eq!(world.get(&of_class("verifications"), "auditor").await.expect(200), before);
    hand_in(&world, &asked(""), answer(0, "否")).await.expect(200);
    let after = world.get(&of_class("verifications"), "auditor").await.expect(200);
    let done = after["done"].as_array().unwrap().last().unwrap();
    let student: Uuid = id(Kind::Student, 0);
    assert_eq!(done["student_id"], json!(student));
    assert_eq!(
        (&done["matter"], &done["by"], &done["evidence"]),
        (&json!("employment"), &json!("centre"), &json!("comparison"))
    );
    assert_eq!(
        (&done["on"], &done["found"], &done["note"]),
        (&json!("2024-10-08"), &json!(false), &json!("来源：省社保系统"))
    );
    assert_eq!(hand_in(&world, &asked(""), answer(0, "是")).await.problem().1, "conflict", "it is answered once");
    assert_eq!(world.audited().await, ["record_verification", "answer_exchange"]);
    let listed = world.get(&of_class("exchanges"), "liaison").await.expect(200);
    assert_eq!(listed["items"][0]["answer"]["rows"], 1);
    assert!(!listed.to_string().contains(&id_number(0)));
}

#[tokio::test]
async fn a_wrong_row_is_named_and_nothing_is_recorded() {
    let world = World::new().await;
    let (own, other) = (id_number(0), id_number(2));
    let table = format!(
        "姓名,身份证号码,查询结果,查询日期,数据来源\n学员甲0,{own},否,2024-10-08,省社保\n学员甲0,{own},否,2024-10-08,省社保\n\
         学员甲1,{other},否,2024-10-08,省社保\n某人,12345,否,2024-10-08,省社保\n学员甲0,{own},不明,2024-10-09,\n"
    );
    let answer = hand_in(&world, &asked(""), table).await;
    assert!(!answer.text().contains(&own) && !answer.text().contains(&other), "{}", answer.text());
    let expected = [
        "rows[3].id_number",
        "rows[4].id_number",
        "rows[5].id_number",
        "rows[6].found",
        "rows[6].on",
        "rows[6].source",
        "rows[6].id_number",
    ];
    assert_eq!(fields(answer), expected);
    let table = format!("姓名,身份证号码,查询结果,查询日期,数据来源\n别人,{own},否,2024-10-08,省社保\n");
    assert_eq!(fields(hand_in(&world, &asked(""), table).await), ["rows[2].name"]);
    assert_eq!(world.audited().await, [""; 0]);
    let listed: Value = world.get(&of_class("exchanges"), "liaison").await.expect(200);
    assert_eq!(listed["items"][0]["answer"], Value::Null);
}
