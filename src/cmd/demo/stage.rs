//! Sets the demo up through the API, as people would: classes, rosters with enrolment pictures, sessions, reports.

use anyhow::{Context, Result, bail};
use duxue_rules::access::Role;
use duxue_simulator::Sex;
use jiff::{SignedDuration, Timestamp, tz::TimeZone};
use reqwest::{Client, Response, header::CONTENT_TYPE};
use serde_json::{Value, json};

use super::{
    SignIn,
    world::{Person, Room},
};

/// A signed-in person, talking to the API.
struct Caller {
    client: Client,
    base: String,
}

/// Fills the service at `base`.
pub async fn play(base: &str, rooms: &[Room], sign_ins: &[SignIn], now: Timestamp) -> Result<()> {
    let manager = sign_ins.iter().find(|s| s.role == Role::Manager).context("there is no manager")?;
    let manager = Caller::sign_in(base, manager).await?;
    let system = manager.get("/system").await?;
    let analysis = system["analysis"]["on"].as_bool().unwrap_or(false);
    if !analysis {
        super::say(&format!("\n  {}", system["analysis"]["reason"]["en"].as_str().unwrap_or("Analysis is off.")));
        super::say("  Cameras are recorded, shown and archived all the same; nobody is counted.\n");
    }
    let cameras = manager.get("/cameras").await?;
    for room in rooms {
        let camera = cameras["items"]
            .as_array()
            .and_then(|all| all.iter().find(|c| c["venue"]["name"] == room.venue))
            .with_context(|| format!("{} has no camera", room.venue))?;
        let class = add_class(&manager, room, camera, now, analysis).await?;
        let reporter = sign_ins.iter().find(|s| s.institution == Some(room.institution)).context("nobody reports")?;
        report(&Caller::sign_in(base, reporter).await?, room, &class).await?;
        add_session(&manager, camera, &class, now).await?;
    }
    Ok(())
}

async fn add_class(manager: &Caller, room: &Room, camera: &Value, now: Timestamp, analysis: bool) -> Result<Value> {
    let today = now.to_zoned(TimeZone::get("Asia/Shanghai")?).date();
    let first = today.checked_sub(jiff::Span::new().days(14))?;
    let last = first.checked_add(jiff::Span::new().months(3))?;
    let class = manager
        .post(
            "/classes",
            &json!({
                "institution_id": camera["institution"]["id"],
                "name": format!("{}年{}专业{}班期", first.year(), room.major, room.batch),
                "major": room.major,
                "starts_on": first,
                "ends_on": last,
            }),
        )
        .await?;
    let path = format!("/classes/{}/students", class["id"].as_str().unwrap_or_default());
    let mut students = Vec::new();
    for (number, person) in (1..).zip(&room.roster) {
        let sex = match person.sex {
            Sex::Male => "male",
            Sex::Female => "female",
        };
        let new = json!({ "name": person.name, "sex": sex, "number": format!("{number:02}"), "face_consent": true });
        let student = manager.post(&path, &new).await?;
        if analysis {
            enrol(manager, &student, person).await?;
        }
        students.push(student);
    }
    Ok(json!({ "id": class["id"], "date": today, "students": students }))
}

async fn add_session(manager: &Caller, camera: &Value, class: &Value, now: Timestamp) -> Result<()> {
    let start = Timestamp::from_second(now.as_second() / 60 * 60)?;
    // A session ends on the day on which it starts.
    let midnight = now.to_zoned(TimeZone::get("Asia/Shanghai")?).end_of_day()?.timestamp();
    manager
        .post(
            &format!("/classes/{}/sessions", class["id"].as_str().unwrap_or_default()),
            &json!({
                "venue_id": camera["venue"]["id"],
                "starts_at": start,
                "ends_at": (start + SignedDuration::from_hours(6)).min(midnight),
            }),
        )
        .await?;
    Ok(())
}

async fn enrol(manager: &Caller, student: &Value, person: &Person) -> Result<()> {
    let picture = duxue_simulator::portrait(person.identity)?;
    let path = format!("/students/{}/picture", student["id"].as_str().unwrap_or_default());
    let request = manager.client.post(manager.url(&path)).header(CONTENT_TYPE, "image/jpeg").body(picture);
    answer(&path, request.send().await?).await?;
    Ok(())
}

async fn report(reporter: &Caller, room: &Room, class: &Value) -> Result<()> {
    let roll = u32::try_from(room.roster.len())?;
    let present = usize::try_from(room.reported_present)?;
    let absent: Vec<Value> = class["students"]
        .as_array()
        .into_iter()
        .flatten()
        .skip(present)
        .map(|student| json!({ "student": student["id"], "reason": "sick" }))
        .collect();
    let men = room.roster.iter().take(present).filter(|person| person.sex == Sex::Male).count();
    let path = format!(
        "/classes/{}/reports/{}",
        class["id"].as_str().unwrap_or_default(),
        class["date"].as_str().unwrap_or_default()
    );
    let body = json!({
        "roll": roll,
        "present": room.reported_present,
        "present_men": men,
        "present_women": present - men,
        "sick": room.reported_sick,
        "personal": 0,
        "other": 0,
        "absent": absent,
        "note": "",
    });
    let request = reporter.client.put(reporter.url(&path)).json(&body);
    answer(&path, request.send().await?).await?;
    Ok(())
}

impl Caller {
    async fn sign_in(base: &str, who: &SignIn) -> Result<Self> {
        crate::tls::install();
        let client = Client::builder().cookie_store(true).build()?;
        let caller = Self { client, base: base.to_owned() };
        caller.post("/sign-in", &json!({ "username": who.username, "password": who.password })).await?;
        Ok(caller)
    }

    fn url(&self, path: &str) -> String {
        format!("{}/api/v1{path}", self.base)
    }

    async fn get(&self, path: &str) -> Result<Value> {
        answer(path, self.client.get(self.url(path)).send().await?).await
    }

    async fn post(&self, path: &str, body: &Value) -> Result<Value> {
        answer(path, self.client.post(self.url(path)).json(body).send().await?).await
    }
}

async fn answer(path: &str, response: Response) -> Result<Value> {
    let status = response.status();
    let text = response.text().await?;
    if !status.is_success() {
        bail!("{path}: {status}: {text}");
    }
    Ok(serde_json::from_str(&text).unwrap_or(Value::Null))
}
