//! Whom one works with, and whether a second factor is on.

use serde_json::{Value, json};

use crate::{rows::thing, seed::Kind, world::World};

fn names(page: &Value) -> Vec<(String, String)> {
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let people = page["items"].as_array().unwrap().iter();
    people.map(|one| (text(&one["display_name"]), text(&one["role"]))).collect()
}

#[tokio::test]
async fn the_centres_people_see_each_other_and_an_institutions_their_own() {
    let world = World::new().await;
    let centre = world.get("/people", "supervisor").await.expect(200);
    let roles: Vec<_> = names(&centre).into_iter().map(|(_, role)| role).collect();
    assert!(roles.contains(&"supervisor".to_owned()) && roles.contains(&"manager".to_owned()), "{roles:?}");
    assert!(!roles.contains(&"institution".to_owned()), "{roles:?}");
    let (own, others) =
        (world.get("/people", "liaison").await.expect(200), world.get("/people", "other").await.expect(200));
    for page in [&own, &others] {
        assert!(!names(page).is_empty() && names(page).iter().all(|(_, role)| role == "institution"), "{page}");
    }
    let ids =
        |page: &Value| page["items"].as_array().unwrap().iter().map(|one| one["id"].to_string()).collect::<Vec<_>>();
    assert!(ids(&own).iter().all(|id| !ids(&others).contains(id)), "nobody of another institution");
    let me = world.get("/me", "liaison").await.expect(200);
    assert!(ids(&own).contains(&me["user_id"].to_string()));
    // Names alone: what somebody signs in with is for managers.
    assert!(!own.to_string().contains("username"), "{own}");
}

#[tokio::test]
async fn whoever_may_not_sign_in_any_more_is_not_among_them() {
    let world = World::new().await;
    let gone = thing(Kind::Colleague, 0);
    let before = world.get("/people", "manager").await.expect(200).to_string();
    let own = world.get("/people", "liaison").await.expect(200).to_string();
    assert!(before.contains(&gone) || own.contains(&gone), "somewhere they are");
    let path = format!("/users/{gone}");
    world
        .ask(axum::http::Method::PATCH, &path, "manager", crate::ask::Sent::Json(json!({"closed": true})))
        .await
        .expect(200);
    for who in ["manager", "liaison"] {
        assert!(!world.get("/people", who).await.expect(200).to_string().contains(&gone), "{who}");
    }
}

#[tokio::test]
async fn a_person_and_a_manager_are_told_whether_a_second_factor_is_on() {
    let world = World::new().await;
    let of = |users: &Value, name: &str| {
        let users = users["items"].as_array().unwrap().iter();
        users.clone().find(|one| one["username"] == name).unwrap()["second_factor"].clone()
    };
    assert_eq!(world.get("/me", "auditor").await.expect(200)["second_factor"], false, "begun, never confirmed");
    assert_eq!(of(&world.get("/users", "manager").await.expect(200), "auditor"), json!(false));
    let code = json!({"code": crate::seed::accounts::code()});
    world.post("/me/second-factor/confirmation", "auditor", code).await.expect(200);
    assert_eq!(world.get("/me", "auditor").await.expect(200)["second_factor"], true);
    let users = world.get("/users", "manager").await.expect(200);
    assert_eq!((of(&users, "auditor"), of(&users, "manager")), (json!(true), json!(false)));
}
