//! R7.5: from a confirmed finding over the ladder to a suspension and its end.

use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    seed::{Kind, conduct::unblemished, id},
    world::World,
};

fn uuid(kind: Kind, side: u8) -> String {
    id::<Uuid>(kind, side).to_string()
}

fn of_class() -> String {
    format!("/classes/{}/violations", uuid(Kind::Class, 2))
}

async fn conduct(world: &World) -> Value {
    world.get(&format!("/institutions/{}/violations", uuid(Kind::Institution, 2)), "auditor").await.expect(200)
}

/// What is due or was done, in order.
fn measures(conduct: &Value) -> Vec<(String, u64, bool)> {
    let measures = conduct["measures"].as_array().unwrap().iter();
    measures
        .map(|one| {
            let kind = one["kind"].as_str().unwrap().to_owned();
            (kind, one["number"].as_u64().unwrap(), one["carried_out"].is_string())
        })
        .collect()
}

fn named(measures: &[(&str, u64, bool)]) -> Vec<(String, u64, bool)> {
    measures.iter().map(|&(kind, number, done)| (kind.to_owned(), number, done)).collect()
}

async fn confirm_finding(world: &World, finding: impl std::fmt::Display) {
    let body = json!({ "outcome": "confirmed", "reason": "看过画面" });
    world.post(&format!("/findings/{finding}/decision"), "supervisor", body).await.expect(200);
}

/// The address of a charge on a finding that was confirmed for it.
async fn charged(world: &World, finding: impl std::fmt::Display) -> String {
    world.pass(60);
    confirm_finding(world, &finding).await;
    let open = world.post(&of_class(), "supervisor", json!({ "findings": [finding.to_string()] })).await.expect(201);
    assert_eq!((&open["state"], &open["severity"]), (&json!("open"), &Value::Null));
    assert_eq!(open["grounds"], json!([{ "kind": "finding", "id": finding.to_string() }]));
    format!("/violations/{}", open["id"].as_str().unwrap())
}

async fn decide(world: &World, charge: &str, outcome: Value) -> Value {
    world.post(&format!("{charge}/decision"), "supervisor", outcome).await.expect(200)
}

fn confirmed(severity: &str) -> Value {
    json!({ "outcome": "confirmed", "severity": severity, "reason": "现场核实" })
}

async fn violated(world: &World, finding: impl std::fmt::Display, severity: &str) -> String {
    let charge = charged(world, finding).await;
    decide(world, &charge, confirmed(severity)).await;
    charge
}

#[tokio::test]
async fn from_a_finding_over_warning_and_interview_to_a_suspension_and_its_end() {
    let world = World::new().await;
    let findings = unblemished(&world).await;
    let undecided = world.post(&of_class(), "supervisor", json!({ "findings": [findings[0]] })).await;
    assert_eq!(undecided.problem(), (422, "invalid".into(), "findings[0]".into()));
    assert_eq!(undecided.json()["rule"], "R7.5");

    let first = charged(&world, findings[0]).await;
    let open = conduct(&world).await;
    assert_eq!(
        (measures(&open), &open["may_teach"], &open["violations"][0]["state"]),
        (vec![], &json!(true), &json!("open"))
    );
    let decided = decide(&world, &first, confirmed("ordinary")).await;
    assert_eq!(
        (&decided["state"], &decided["decision"]["by"]["display_name"]),
        (&json!("confirmed"), &json!("supervisor 先生"))
    );
    let warned = conduct(&world).await;
    assert_eq!(measures(&warned), named(&[("warning", 1, false)]));
    assert_eq!(warned["findings"][0]["code"], "measure_due");
    let warning = json!({ "kind": "warning", "on": "2024-10-08", "note": "警告书1号" });
    let done = world.post(&format!("{first}/measures"), "supervisor", warning.clone()).await.expect(201);
    assert_eq!((&done["kind"], &done["carried_out"]), (&json!("warning"), &json!("2024-10-08")));
    let twice = world.post(&format!("{first}/measures"), "manager", warning).await;
    assert_eq!(twice.problem(), (422, "invalid".into(), "kind".into()));
    assert_eq!(conduct(&world).await["findings"], json!([]));

    violated(&world, findings[1], "ordinary").await;
    let third = violated(&world, findings[2], "serious").await;
    let reached = conduct(&world).await;
    assert_eq!(
        measures(&reached),
        named(&[("warning", 1, true), ("interview", 2, false), ("judiciary", 3, false), ("suspension", 3, false)])
    );
    assert_eq!((&reached["may_teach"], &reached["reasons"][0]["code"]), (&json!(true), &json!("suspension_pending")));

    let report = json!({ "on": "2024-10-08", "document": "报告1号" });
    let early = world.post(&format!("{first}/suspension"), "supervisor", report.clone()).await;
    assert_eq!(early.problem().2, "no_suspension_due");
    let order = json!({ "number": "决定1号", "on": "2024-10-08", "from": "2024-10-08" });
    let unreported = world.post(&format!("{third}/suspension/order"), "supervisor", order.clone()).await;
    assert_eq!(unreported.problem().1, "conflict");
    world.post(&format!("{third}/suspension"), "supervisor", report.clone()).await.expect(201);
    assert_eq!(world.post(&format!("{third}/suspension"), "manager", report).await.problem().1, "conflict");
    assert_eq!(conduct(&world).await["may_teach"], true, "only the bureau's order stops teaching");
    let ordered = world.post(&format!("{third}/suspension/order"), "supervisor", order).await.expect(200);
    assert_eq!((&ordered["from"], &ordered["lifted_on"]), (&json!("2024-10-08"), &Value::Null));
    let stopped = conduct(&world).await;
    assert_eq!((&stopped["may_teach"], &stopped["reasons"][1]["code"]), (&json!(false), &json!("suspension_ordered")));

    let lifting = json!({ "on": "2024-10-08", "reason": "整改合格" });
    let refused = world.post(&format!("{third}/suspension/lifting"), "supervisor", lifting.clone()).await;
    assert_eq!(refused.problem().1, "forbidden");
    let lifted = world.post(&format!("{third}/suspension/lifting"), "manager", lifting.clone()).await.expect(200);
    assert_eq!((&lifted["lifted_on"], lifted["history"].as_array().unwrap().len()), (&json!("2024-10-08"), 3));
    assert_eq!(conduct(&world).await["may_teach"], true);
    assert_eq!(world.post(&format!("{third}/suspension/lifting"), "manager", lifting).await.problem().1, "conflict");
    let log = world.audited().await;
    for action in [
        "open_violation",
        "decide_violation",
        "carry_out_measure",
        "report_suspension",
        "order_suspension",
        "lift_suspension",
    ] {
        assert!(log.contains(&action.to_owned()), "{action} in {log:?}");
    }
}

#[tokio::test]
async fn a_dismissed_charge_does_nothing_and_its_ground_may_be_charged_again() {
    let world = World::new().await;
    let findings = unblemished(&world).await;
    let charge = charged(&world, findings[0]).await;
    let body = json!({ "findings": [findings[0]] });
    let taken = world.post(&of_class(), "manager", body.clone()).await;
    assert_eq!(taken.problem(), (422, "invalid".into(), "grounds".into()), "a ground counts once");
    let dismissed = decide(&world, &charge, json!({ "outcome": "dismissed", "reason": "停电所致" })).await;
    assert_eq!((&dismissed["state"], &dismissed["decision"]["reason"]), (&json!("dismissed"), &json!("停电所致")));
    let stands = conduct(&world).await;
    assert_eq!((measures(&stands), &stands["findings"]), (vec![], &json!([])));
    let warning = json!({ "kind": "warning", "on": "2024-10-08", "note": "警告书1号" });
    assert_eq!(world.post(&format!("{charge}/measures"), "supervisor", warning).await.problem().2, "kind");
    world.post(&of_class(), "manager", body).await.expect(201);
}

#[tokio::test]
async fn a_charge_is_decided_once_and_only_the_centres_manager_takes_it_back() {
    let world = World::new().await;
    let findings = unblemished(&world).await;
    let charge = charged(&world, findings[0]).await;
    let silent = json!({ "outcome": "confirmed", "severity": "ordinary", "reason": "  " });
    assert_eq!(world.post(&format!("{charge}/decision"), "supervisor", silent).await.problem().2, "reason");
    let withdrawal = json!({ "reason": "申诉成立" });
    let early = world.post(&format!("{charge}/withdrawal"), "manager", withdrawal.clone()).await;
    assert_eq!(early.problem().1, "conflict", "nothing is confirmed yet");
    let path = format!("{charge}/decision");
    let both = tokio::join!(
        world.post(&path, "supervisor", confirmed("ordinary")),
        world.post(&path, "manager", confirmed("serious")),
    );
    let mut statuses = [both.0.status.as_u16(), both.1.status.as_u16()];
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 409]);
    assert_eq!(world.post(&format!("{charge}/withdrawal"), "supervisor", withdrawal.clone()).await.status, 403);
    world.pass(60);
    let back = world.post(&format!("{charge}/withdrawal"), "manager", withdrawal).await.expect(200);
    assert_eq!((&back["state"], &back["withdrawal"]["reason"]), (&json!("withdrawn"), &json!("申诉成立")));
    assert_eq!(measures(&conduct(&world).await), []);
}

#[tokio::test]
async fn a_signed_inspection_that_saw_something_wrong_is_a_ground_and_another_classs_is_not() {
    let world = World::new().await;
    let class = format!("/classes/{}/violations", uuid(Kind::Class, 0));
    let unsigned = json!({ "inspections": [uuid(Kind::Sheet, 0)] });
    assert_eq!(world.post(&class, "supervisor", unsigned).await.problem().2, "inspections[0]");
    let anothers = json!({ "findings": [uuid(Kind::Confirmed, 1)] });
    assert_eq!(world.post(&class, "supervisor", anothers).await.problem().2, "findings[0]");
    assert_eq!(world.post(&class, "supervisor", json!({})).await.problem().2, "grounds");

    let inspections = format!("/classes/{}/inspections", uuid(Kind::Class, 0));
    let draft = world.post(&inspections, "supervisor", crate::inspections::sheet()).await.expect(201);
    let sheet = draft["id"].as_str().unwrap().to_owned();
    for who in ["supervisor", "manager"] {
        let path = format!("/inspections/{sheet}/signatures");
        world.post(&path, who, crate::inspections::signature()).await.expect(201);
    }
    let path = format!("/inspections/{sheet}/countersignature");
    world.post(&path, "liaison", crate::inspections::signature()).await.expect(201);
    let open = world.post(&class, "supervisor", json!({ "inspections": [sheet] })).await.expect(201);
    assert_eq!(open["grounds"], json!([{ "kind": "inspection", "id": sheet }]));
}

/// Suspends the institution of side 0 from today on; what was ordered for next year is moved forward by another order.
async fn suspend(world: &World) {
    let reported = format!("/violations/{}/suspension/order", uuid(Kind::Reported, 0));
    let order = json!({ "number": "决定2号", "on": "2024-10-08", "from": "2024-10-09" });
    world.post(&reported, "manager", order).await.expect(200);
}

#[tokio::test]
async fn a_suspended_institution_gets_no_class_no_session_and_no_timetable() {
    let world = World::new().await;
    suspend(&world).await;
    let class = json!({ "institution_id": uuid(Kind::Institution, 0), "name": "新班", "major": "焊工",
        "starts_on": "2024-10-14", "ends_on": "2024-12-31" });
    let session = json!({ "venue_id": uuid(Kind::Venue, 0), "starts_at": "2024-10-10T06:00:00Z",
        "ends_at": "2024-10-10T07:00:00Z" });
    let approved = json!({ "outcome": "approved", "reason": "已核实" });
    let (sessions, timetable) = (
        format!("/classes/{}/sessions", uuid(Kind::Class, 0)),
        format!("/timetables/{}/decision", uuid(Kind::Submitted, 0)),
    );
    for (path, body, field) in [
        ("/classes", &class, "starts_on"),
        (sessions.as_str(), &session, "starts_at"),
        (timetable.as_str(), &approved, "lessons"),
    ] {
        let answer = world.post(path, "manager", body.clone()).await;
        assert_eq!(answer.problem(), (422, "invalid".into(), field.into()), "{path}");
        assert_eq!(answer.json()["rule"], "R7.5", "{path}");
    }
    let lifting = json!({ "on": "2024-10-10", "reason": "整改合格" });
    let path = format!("/violations/{}/suspension/lifting", uuid(Kind::Reported, 0));
    world.post(&path, "manager", lifting).await.expect(200);
    world.post(&timetable, "manager", approved).await.expect(200);
    world.post(&sessions, "manager", session).await.expect(201);
    world.post("/classes", "manager", class).await.expect(201);
}

#[tokio::test]
async fn a_dismissed_finding_is_no_ground_and_two_findings_of_one_occasion_are_one_violation() {
    let world = World::new().await;
    let findings = unblemished(&world).await;
    let untrue = json!({ "outcome": "dismissed", "reason": "停电所致" });
    world.post(&format!("/findings/{}/decision", findings[0]), "supervisor", untrue).await.expect(200);
    let refused = world.post(&of_class(), "supervisor", json!({ "findings": [findings[0]] })).await;
    assert_eq!(refused.problem().2, "findings[0]");
    assert_eq!(conduct(&world).await["violations"], json!([]));
    for finding in &findings[1..] {
        confirm_finding(&world, finding).await;
    }
    let open = world.post(&of_class(), "supervisor", json!({ "findings": findings[1..] })).await.expect(201);
    let charge = format!("/violations/{}", open["id"].as_str().unwrap());
    decide(&world, &charge, confirmed("ordinary")).await;
    assert_eq!(measures(&conduct(&world).await), named(&[("warning", 1, false)]));
}
