//! R7.3d: written statements in place of punches.

use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    inspections::signature,
    punches::{punch, send},
    seed::{Kind, id},
    world::World,
};

/// A statement about yesterday's sign-out.
pub fn statement(side: u8) -> Value {
    json!({
        "student_id": id::<Uuid>(Kind::Student, side),
        "first_on": "2024-10-07",
        "last_on": "2024-10-07",
        "sides": ["sign_out"],
        "cause": "student_unable",
        "text": "手指受伤，设备无法识别",
    })
}

fn of_class() -> String {
    format!("/classes/{}/statements", id::<Uuid>(Kind::Class, 0))
}

/// The seeded one, about this morning's sign-in.
fn seeded(step: &str) -> String {
    format!("/statements/{}/{step}", id::<Uuid>(Kind::Statement, 0))
}

/// How the student stands today.
async fn today(world: &World) -> Value {
    let month = format!("/classes/{}/months/2024-10", id::<Uuid>(Kind::Class, 0));
    let month = world.get(&month, "auditor").await.expect(200);
    month["lines"][0]["cells"][0].clone()
}

#[tokio::test]
async fn the_punch_is_missing_until_all_three_are_there() {
    let world = World::new().await;
    world.pass(7_000);
    let mut out = punch(0, "1");
    out["side"] = json!("sign_out");
    out["at"] = json!("2024-10-08T04:10:00Z");
    send(&world, 0, vec![out]).await.expect(200);
    world.pass(1_000);
    assert_eq!(
        (&today(&world).await["standing"], &today(&world).await["sign_in"]["by"]),
        (&json!("absent"), &json!("missing"))
    );

    let file = id::<Uuid>(Kind::File, 0);
    let sealed = world.post(&seeded("scans"), "liaison", json!({ "seal_file_id": file })).await.expect(200);
    assert_eq!(sealed["missing"], json!(["manager", "student"]));
    let signed = world.post(&seeded("signature"), "liaison", signature()).await.expect(201);
    assert_eq!(signed["missing"], json!(["student"]));
    assert_eq!(
        (&signed["signatures"][0]["holds"], &signed["signatures"][0]["capacity"]),
        (&json!(true), &json!("institution_manager"))
    );
    assert_eq!(today(&world).await["standing"], "absent");
    let whole = world.post(&seeded("scans"), "liaison", json!({ "student_file_id": file })).await.expect(200);
    assert_eq!((&whole["missing"], &whole["lacks"]), (&json!([]), &Value::Null));
    let cell = today(&world).await;
    assert_eq!(
        (&cell["standing"], &cell["value"], &cell["sign_in"]["by"]),
        (&json!("stated"), &json!("present"), &json!("statement"))
    );
    assert_eq!(cell["reasons"][0]["code"], "stated");
    assert_eq!(world.audited().await, ["punch", "add_statement_scan", "sign_statement", "add_statement_scan"]);
}

#[tokio::test]
async fn a_signature_is_under_what_was_said_and_under_nothing_else() {
    let world = World::new().await;
    world.post(&seeded("signature"), "liaison", signature()).await.expect(201);
    let month = format!("/classes/{}/months/2024-10", id::<Uuid>(Kind::Class, 0));
    let lacks = async |world: &World| {
        let month = world.get(&month, "auditor").await.expect(200);
        let findings = month["findings"].as_array().unwrap();
        let found = findings.iter().find(|one| one["code"] == "statement_incomplete").unwrap();
        found["seen"]["en"].as_str().unwrap().to_owned()
    };
    assert_eq!(lacks(&world).await, "missing: the institution's seal, the student's signature");
    let world = world.rewritten("设备断电", "设备被盗").await;
    let shown = world.get(&of_class(), "auditor").await.expect(200);
    let shown = &shown["items"][0];
    assert_eq!((&shown["signatures"][0]["holds"], &shown["missing"][0]), (&json!(false), &json!("manager")));
    let all = "missing: the manager's signature, the institution's seal, the student's signature";
    assert_eq!(lacks(&world).await, all);
}

#[tokio::test]
async fn what_comes_to_a_statement_comes_once() {
    let world = World::new().await;
    let scan = |key: &str, file: Uuid| json!({ key: file });
    let file = id::<Uuid>(Kind::File, 0);
    world.post(&seeded("scans"), "liaison", scan("seal_file_id", file)).await.expect(200);
    let again = world.post(&seeded("scans"), "liaison", scan("seal_file_id", file)).await;
    assert_eq!(again.problem(), (409, "conflict".into(), "seal_file_id".into()));
    let anothers = world.post(&seeded("scans"), "liaison", scan("student_file_id", id(Kind::File, 1))).await;
    assert_eq!(anothers.problem(), (422, "invalid".into(), "student_file_id".into()));
    assert_eq!(world.post(&seeded("scans"), "liaison", json!({})).await.problem().2, "seal_file_id");
    world.post(&seeded("signature"), "liaison", signature()).await.expect(201);
    world.pass(60);
    assert_eq!(world.post(&seeded("signature"), "liaison", signature()).await.problem().1, "conflict");
    let mut wrong = signature();
    wrong["signing"]["password"] = json!("wrong");
    assert_eq!(world.post(&seeded("signature"), "liaison", wrong).await.problem().2, "password");
}

#[tokio::test]
async fn a_statement_that_says_nothing_is_refused_field_by_field() {
    let world = World::new().await;
    let with = |changes: Value| {
        let mut statement = statement(0);
        for (key, value) in changes.as_object().unwrap() {
            statement[key] = value.clone();
        }
        statement
    };
    let empty = with(json!({ "sides": [], "text": " ", "last_on": "2024-10-06" }));
    let refused = world.post(&of_class(), "liaison", empty).await.expect(422);
    let fields: Vec<_> =
        refused["errors"].as_array().unwrap().iter().map(|one| one["field"].as_str().unwrap()).collect();
    assert_eq!(fields, ["last_on", "sides", "text"]);
    let early = world.post(&of_class(), "liaison", with(json!({ "first_on": "2024-09-01" }))).await;
    assert_eq!((early.problem().2, early.json()["rule"].clone()), ("first_on".into(), json!("R7.3d")));
    let anothers = with(json!({ "student_id": id::<Uuid>(Kind::Student, 1) }));
    assert_eq!(world.post(&of_class(), "liaison", anothers).await.problem().2, "student_id");
    let written = world.post(&of_class(), "liaison", statement(0)).await.expect(201);
    assert_eq!(written["missing"], json!(["manager", "seal", "student"]));
    let all = world.get(&of_class(), "auditor").await.expect(200);
    assert_eq!(all["items"].as_array().unwrap().len(), 2);
    assert_eq!(world.audited().await, ["write_statement"]);
}
