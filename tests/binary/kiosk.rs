//! A kiosk before real faces: the real models over published pictures of families. Who is enrolled is told in another picture;
//! a stranger is not, and leaves nothing behind.

use std::env;

use serde_json::{Value, json};

use crate::{
    api::{Api, Lesson, text},
    eval::pictures,
    house::{House, camera},
};

fn picture(name: &str) -> Vec<u8> {
    let path = pictures().join("identity").join(name);
    std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

struct Kiosk {
    address: String,
    token: String,
}

impl Kiosk {
    /// Shows a picture; the status and what the kiosk is to say.
    async fn show(&self, id: &str, at: &Value, name: &str) -> (u16, Value) {
        let path = format!("{}/api/v1/kiosk/faces?id={id}&at={}", self.address, at.as_str().unwrap());
        let asked = reqwest::Client::new().post(path);
        let asked = asked.bearer_auth(&self.token).header("content-type", "image/jpeg").body(picture(name));
        let answer = asked.send().await.unwrap();
        (answer.status().as_u16(), answer.json().await.unwrap())
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_kiosk_knows_who_is_enrolled_and_nobody_else() {
    if env::var_os("DUXUE_WITHOUT_MODELS").is_some_and(|v| v == "1") {
        return;
    }
    let house = House::new(&camera("前", "rtsp://192.0.2.1/nowhere"));
    house.add_user("wang", "manager", None);
    let service = house.serve();
    let api = Api::sign_in(&service, "wang").await;
    let lesson = Lesson::begin(&api, "前").await;
    for (number, name, sex, file) in
        [("01", "父亲", "male", "Family1-Dad1.jpg"), ("02", "母亲", "female", "Family1-Mom1.jpg")]
    {
        let new = json!({ "name": name, "sex": sex, "number": number, "face_consent": true });
        let student = text(&api.post(&format!("/classes/{}/students", lesson.class), &new).await["id"]);
        api.post_bytes(&format!("/students/{student}/picture"), "image/jpeg", picture(file)).await;
    }
    let venue = api.camera("前").await["venue"]["id"].clone();
    let registered = api.post("/devices", &json!({ "venue_id": venue, "name": "门口" })).await;
    let kiosk = Kiosk { address: service.address.clone(), token: text(&registered["token"]) };
    let now = api.get("/system").await["now"].clone();

    let (status, father) = kiosk.show("1", &now, "Family1-Dad2.jpg").await;
    assert_eq!((status, &father["outcome"]), (200, &json!("recognised")), "{father:#}");
    assert_eq!(father["punch"]["student"]["name"], "父亲");
    let (_, mother) = kiosk.show("2", &now, "Family1-Mom2.jpg").await;
    assert_eq!(mother["punch"]["student"]["name"], "母亲", "{mother:#}");
    for (id, stranger) in [("3", "Family2-Man1.jpg"), ("4", "Family2-Lady1.jpg"), ("5", "Family3-Man1.jpg")] {
        let (status, answer) = kiosk.show(id, &now, stranger).await;
        assert_eq!((status, &answer["punch"]), (200, &Value::Null), "{stranger}: {answer:#}");
        assert_ne!(answer["outcome"], "recognised", "{stranger}");
    }
    // Again, as the answer was lost.
    assert_eq!(kiosk.show("1", &now, "Family1-Dad2.jpg").await.1["punch"]["id"], father["punch"]["id"]);

    let kept = api.get(&format!("/classes/{}/punches?date={}", lesson.class, lesson.date)).await;
    let kept = kept["items"].as_array().unwrap();
    assert_eq!(kept.len(), 2, "{kept:#?}");
    for punch in kept {
        let face = &punch["face"];
        assert!(face["similarity"].as_f64().unwrap() > 0.5, "{punch:#}");
        let seen = &face["liveness"];
        assert!(seen.is_null() || seen["pictures"].as_u64() >= seen["in_person"].as_u64(), "{punch:#}");
    }
}
