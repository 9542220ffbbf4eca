//! R7.4b: on-site inspections, from the draft to the countersignature.

use axum::http::Method;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    ask::Sent,
    seed::{Kind, PASSWORD, id},
    world::World,
};

/// What a sheet says.
pub fn sheet() -> Value {
    json!({
        "date": "2024-10-08",
        "inspectors": [id::<Uuid>(Kind::Supervisor, 9), id::<Uuid>(Kind::Manager, 9)],
        "checklist": { "ledgers_kept": { "look": "seen_fine" }, "drop_outs": { "look": "not_fine", "what": "少两人" } },
    })
}

/// Password and drawing.
pub fn signature() -> Value {
    json!({ "signing": { "password": PASSWORD, "drawing": "iVBORw0KGgo=" } })
}

fn of_class() -> String {
    format!("/classes/{}/inspections", id::<Uuid>(Kind::Class, 0))
}

async fn drafted(world: &World) -> String {
    let draft = world.post(&of_class(), "supervisor", sheet()).await.expect(201);
    assert_eq!((&draft["state"], &draft["waits_for_institution"]), (&json!("draft"), &json!(true)));
    format!("/inspections/{}", draft["id"].as_str().unwrap())
}

async fn sign(world: &World, sheet: &str, who: &str) -> Value {
    world.post(&format!("{sheet}/signatures"), who, signature()).await.expect(201)
}

async fn standing(world: &World) -> Value {
    world.get(&format!("/classes/{}/supervision", id::<Uuid>(Kind::Class, 0)), "auditor").await.expect(200)
}

#[tokio::test]
async fn a_sheet_counts_once_both_inspectors_and_the_institution_have_signed() {
    let world = World::new().await;
    let before = standing(&world).await;
    assert_eq!((&before["visits"]["needed"], &before["visits"]["visits"]), (&json!(2), &json!([])));
    assert_eq!((&before["means"]["used"], &before["means"]["standing"]), (&json!(["remote"]), &json!("open")));
    let sheet = drafted(&world).await;
    assert_eq!(sign(&world, &sheet, "supervisor").await["state"], "signing");
    let both = sign(&world, &sheet, "manager").await;
    assert_eq!((&both["state"], &both["waits_for_institution"]), (&json!("signing"), &json!(true)));
    assert_eq!(standing(&world).await["visits"]["visits"], json!([]), "not before the institution has signed");
    world.pass(60);
    let whole = world.post(&format!("{sheet}/countersignature"), "liaison", signature()).await.expect(201);
    assert_eq!(whole["state"], "signed");
    let signatures = whole["signatures"].as_array().unwrap();
    assert_eq!(signatures.iter().map(|s| &s["holds"]).collect::<Vec<_>>(), [&json!(true); 3]);
    assert_eq!(signatures[2]["capacity"], "institution_manager");
    let after = standing(&world).await;
    assert_eq!(after["visits"]["visits"][0]["on"], "2024-10-08");
    assert_eq!((&after["means"]["used"], &after["means"]["standing"]), (&json!(["remote", "on_site"]), &json!("done")));
    let log = ["draft_inspection", "sign_inspection", "sign_inspection", "countersign_inspection"];
    assert_eq!(world.audited().await, log);
}

#[tokio::test]
async fn a_sheet_changes_until_the_first_signature_and_not_after_it() {
    let world = World::new().await;
    let path = drafted(&world).await;
    let change = |revision: i64| json!({ "revision": revision, "sheet": sheet() });
    let changed = world.ask(Method::PUT, &format!("{path}/sheet"), "manager", Sent::Json(change(1))).await.expect(200);
    assert_eq!(changed["revision"], 2);
    let stale = world.ask(Method::PUT, &format!("{path}/sheet"), "manager", Sent::Json(change(1))).await;
    assert_eq!(stale.problem().1, "conflict");
    sign(&world, &path, "supervisor").await;
    let late = world.ask(Method::PUT, &format!("{path}/sheet"), "manager", Sent::Json(change(3))).await;
    assert_eq!(late.problem().1, "conflict");
    let twice = world.post(&format!("{path}/signatures"), "supervisor", signature()).await;
    assert_eq!(twice.problem(), (422, "invalid".into(), "signature".into()));
}

#[tokio::test]
async fn one_inspector_or_nothing_looked_at_or_a_stranger_is_no_inspection() {
    let world = World::new().await;
    let with = |key: &str, value: Value| {
        let mut sheet = sheet();
        sheet[key] = value;
        sheet
    };
    let alone = with("inspectors", json!([id::<Uuid>(Kind::Supervisor, 9)]));
    for (content, word) in [
        (alone, "too_few_inspectors"),
        (with("checklist", json!({})), "nothing_looked_at"),
        (with("date", json!("2024-10-09")), "closed_before_inspected"),
    ] {
        let draft = world.post(&of_class(), "supervisor", content).await.expect(201);
        let path = format!("/inspections/{}/signatures", draft["id"].as_str().unwrap());
        assert_eq!(world.post(&path, "supervisor", signature()).await.problem().2, word);
    }
    let strangers = with("inspectors", json!([id::<Uuid>(Kind::Supervisor, 9), id::<Uuid>(Kind::Liaison, 9)]));
    let answer = world.post(&of_class(), "supervisor", strangers).await;
    assert_eq!(answer.problem(), (422, "invalid".into(), "inspectors[1]".into()));
}

#[tokio::test]
async fn the_institution_sees_a_sheet_once_it_can_sign_it_and_another_never_does() {
    let world = World::new().await;
    let sheet = drafted(&world).await;
    let countersign = format!("{sheet}/countersignature");
    assert_eq!(world.get(&sheet, "liaison").await.status, 404);
    assert_eq!(world.post(&countersign, "liaison", signature()).await.status, 404);
    sign(&world, &sheet, "supervisor").await;
    assert_eq!(world.get(&sheet, "liaison").await.status, 200);
    assert_eq!(world.get(&sheet, "other").await.status, 404);
    assert_eq!(world.post(&countersign, "other", signature()).await.status, 404);
    assert_eq!(world.post(&format!("{sheet}/signatures"), "liaison", signature()).await.status, 403);
    world.post(&countersign, "liaison", signature()).await.expect(201);
    let again = world.post(&countersign, "liaison", signature()).await;
    assert_eq!(again.problem().1, "conflict");
}
