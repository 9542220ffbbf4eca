//! Where each class stands, from its opening to its payment, in one list; and what is charged, in another.

use serde_json::{Value, json};

use crate::{rows::thing, seed::Kind, world::World};

fn of<'a>(page: &'a Value, id: &str) -> Option<&'a Value> {
    page["items"].as_array().unwrap().iter().find(|one| one["id"] == id)
}

#[tokio::test]
async fn the_list_of_classes_says_how_far_each_has_come() {
    let world = World::new().await;
    let all = world.get("/classes", "manager").await.expect(200);
    let ended = of(&all, &thing(Kind::Ended, 0)).unwrap();
    assert_eq!(world.get(&format!("/classes/{}", thing(Kind::Ended, 0)), "liaison").await.expect(200), *ended);
    // Each is on exactly one of the lists that ask for a state, and on the right one.
    for field in ["opening", "settlement"] {
        let mut found = 0;
        let mut states: Vec<String> =
            all["items"].as_array().unwrap().iter().filter_map(|one| one[field].as_str()).map(str::to_owned).collect();
        let stated = states.len();
        states.sort();
        states.dedup();
        assert!(states.len() > 1, "{field}: {states:?}");
        for state in states {
            let some = world.get(&format!("/classes?{field}={state}"), "manager").await.expect(200);
            let items = some["items"].as_array().unwrap();
            assert!(items.iter().all(|one| one[field] == state.as_str()), "{field}={state}: {some}");
            found += items.len();
        }
        assert_eq!(found, stated, "{field}");
    }
    let own = world.get("/classes?settlement=not_applied", "liaison").await.expect(200);
    assert!(of(&own, &thing(Kind::Class, 0)).is_some() && of(&own, &thing(Kind::Class, 1)).is_none());
    assert_eq!(world.get("/classes?opening=open", "manager").await.problem().0, 400);
}

#[tokio::test]
async fn a_step_moves_a_class_on() {
    let world = World::new().await;
    let path = format!("/classes/{}", thing(Kind::Class, 0));
    assert_eq!(world.get(&path, "liaison").await.expect(200)["settlement"], "not_applied");
    let file = thing(Kind::File, 0);
    let body = json!({"ledger_file_id": file, "pass_list_file_id": file, "pass_list": [thing(Kind::Student, 0)]});
    world.post(&format!("{path}/closeouts"), "liaison", body).await.expect(201);
    assert_eq!(world.get(&path, "manager").await.expect(200)["settlement"], "applied");
}

#[tokio::test]
async fn charges_of_all_institutions_are_one_list_with_filters() {
    let world = World::new().await;
    let all = world.get("/violations", "auditor").await.expect(200);
    assert!(of(&all, &thing(Kind::Charged, 0)).is_some() && of(&all, &thing(Kind::Charged, 1)).is_some());
    let one = world
        .get(&format!("/violations?institution_id={}", thing(Kind::Institution, 1)), "supervisor")
        .await
        .expect(200);
    assert!(of(&one, &thing(Kind::Charged, 0)).is_none() && of(&one, &thing(Kind::Charged, 1)).is_some());
    let open = world.get("/violations?state=open", "supervisor").await.expect(200);
    assert!(open["items"].as_array().unwrap().iter().all(|one| one["state"] == "open"));
    assert!(of(&open, &thing(Kind::Charged, 0)).is_some() && of(&open, &thing(Kind::Violation, 0)).is_none());
    let class = world
        .get(&format!("/violations?class_id={}&state=confirmed", thing(Kind::Class, 0)), "manager")
        .await
        .expect(200);
    assert!(of(&class, &thing(Kind::Violation, 0)).is_some() && of(&class, &thing(Kind::Violation, 1)).is_none());
    let first = all["items"][0]["id"].as_str().unwrap();
    let rest = world.get(&format!("/violations?before={first}"), "manager").await.expect(200);
    assert_eq!(rest["items"][0], all["items"][1]);
    assert_eq!(world.get("/violations?state=maybe", "manager").await.problem().0, 400);
}

#[tokio::test]
async fn an_institution_reads_what_is_charged_against_it_and_not_by_what_it_was_seen() {
    let world = World::new().await;
    let path = format!("/violations/{}", thing(Kind::Charged, 0));
    let (own, centre) = (world.get(&path, "liaison").await.expect(200), world.get(&path, "auditor").await.expect(200));
    assert_eq!((&own["state"], &own["grounds"]), (&json!("open"), &json!([])));
    assert_eq!(centre["grounds"][0]["kind"], "finding");
    let conduct =
        world.get(&format!("/institutions/{}/violations", thing(Kind::Institution, 0)), "liaison").await.expect(200);
    assert!(conduct["measures"].as_array().is_some_and(|measures| !measures.is_empty()), "what it brings on");
    assert!(conduct["violations"].as_array().unwrap().iter().all(|one| one["grounds"] == json!([])));
    let another = format!("/violations?institution_id={}", thing(Kind::Institution, 1));
    assert_eq!(world.get(&another, "liaison").await.expect(200)["items"], json!([]));
}

#[tokio::test]
async fn a_refusal_names_the_student_it_is_about() {
    let world = World::new().await;
    let path = format!("/classes/{}/opening/filing", thing(Kind::Checked, 0));
    let mut filing = crate::opening::filing(0);
    filing["students"][0]["in_order"] = json!(["id_card"]);
    let refused = world.post(&path, "supervisor", filing.clone()).await.expect(422);
    let about = &refused["errors"][0]["student"];
    assert_eq!(about["id"], filing["students"][0]["student_id"]);
    assert!(about["name"].as_str().is_some_and(|name| !name.is_empty()), "{refused}");
    // What is about nobody says nobody.
    let wrong = world.post("/institutions", "manager", json!({"name": " "})).await.expect(422);
    assert_eq!(wrong["errors"][0].get("student"), None);
}
