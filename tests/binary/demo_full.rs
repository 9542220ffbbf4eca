//! `duxue demo --scenario full`: half a year stands there as its script has it, whole, and the same again for the same seed.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    process::{Child, Command, Output, Stdio},
    thread,
    time::{Duration, Instant},
};

use serde_json::{Value, json};

use crate::api::{Api, text};

/// Far longer than half a year takes on a loaded machine.
const LIMIT: Duration = Duration::from_secs(900);

/// A demo that runs; killed when dropped.
struct Demo {
    child: Child,
    folder: PathBuf,
}

impl Demo {
    fn start(folder: &Path, seed: &str) -> Self {
        fs::create_dir_all(folder).unwrap();
        let mut demo = Command::new(env!("CARGO_BIN_EXE_duxue"));
        demo.args(["demo", "--scenario", "full", "--listen", "127.0.0.1:0", "--seed", seed])
            .arg("--data")
            .arg(folder.join("data"))
            .arg("--ready")
            .arg(folder.join("ready.env"));
        Self { child: demo.stdout(Stdio::null()).spawn().unwrap(), folder: folder.to_owned() }
    }

    fn wait(&mut self) {
        let start = Instant::now();
        while !self.folder.join("ready.env").exists() {
            assert!(self.child.try_wait().unwrap().is_none(), "the demo has ended");
            assert!(start.elapsed() < LIMIT, "waited in vain for the demo");
            thread::sleep(Duration::from_millis(200));
        }
    }

    fn said(&self, name: &str) -> String {
        let ready = fs::read_to_string(self.folder.join("ready.env")).unwrap();
        let line = ready.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix('=').map(str::to_owned));
        line.unwrap_or_else(|| panic!("the demo says nothing of {name}"))
    }

    async fn sign_in(&self, variable: &str) -> Api {
        let said = self.said(variable);
        let (username, password) = said.split_once(':').unwrap();
        Api::sign_in_with(&self.said("DUXUE_URL"), username, password).await
    }

    /// `duxue check --hashes` beside it.
    fn check(&self) -> String {
        let config = self.folder.join("duxue.toml");
        fs::write(&config, format!("data_dir = '{}'\n", self.folder.join("data").display())).unwrap();
        let mut check = Command::new(env!("CARGO_BIN_EXE_duxue"));
        let Output { stdout, .. } = check.args(["check", "--hashes", "--config"]).arg(config).output().unwrap();
        String::from_utf8(stdout).unwrap()
    }
}

impl Drop for Demo {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The classes by what they teach.
async fn classes(api: &Api) -> BTreeMap<String, Value> {
    let all = api.get("/classes").await;
    all["items"].as_array().unwrap().iter().map(|class| (text(&class["major"]), class.clone())).collect()
}

fn path(class: &Value, what: &str) -> String {
    format!("/classes/{}/{what}", text(&class["id"]))
}

/// Findings of a class: how many of each kind and state.
async fn findings(api: &Api, class: &Value) -> BTreeMap<(String, String), usize> {
    let mut counted = BTreeMap::new();
    let mut next = format!("/findings?class_id={}", text(&class["id"]));
    loop {
        let page = api.get(&next).await;
        for finding in page["items"].as_array().unwrap() {
            *counted.entry((text(&finding["kind"]), text(&finding["state"]))).or_default() += 1;
        }
        match page["next"].as_str() {
            Some(before) => next = format!("/findings?class_id={}&before={before}", text(&class["id"])),
            None => return counted,
        }
    }
}

/// What a world is made of, without what is random in every world: identities, tokens, lots, instants.
async fn content(api: &Api) -> Value {
    let mut world = BTreeMap::new();
    for (major, class) in classes(api).await {
        let students = api.get(&path(&class, "students")).await;
        let names: Vec<Value> = students["items"]
            .as_array()
            .unwrap()
            .iter()
            .map(|one| json!([one["name"], one["sex"], one["number"], one["left_on"]]))
            .collect();
        let stage = api.get(&path(&class, "opening")).await["stage"].clone();
        let mut months = Vec::new();
        // Yesterday's month at the latest: today is not over.
        for month in months_of(&class) {
            let read = api.get(&path(&class, &format!("months/{month}"))).await;
            for line in read["lines"].as_array().unwrap() {
                let cells: Vec<Value> = line["cells"]
                    .as_array()
                    .unwrap()
                    .iter()
                    .map(|cell| json!([cell["date"], cell["value"], cell["standing"]]))
                    .collect();
                months.push(json!([line["number"], cells]));
            }
        }
        let mut found = findings(api, &class).await;
        found.retain(|(_, state), _| state != "open");
        let found: Vec<_> = found.into_iter().collect();
        world.insert(major, json!([class["starts_on"], class["ends_on"], stage, names, months, found]));
    }
    json!(world)
}

fn months_of(class: &Value) -> Vec<String> {
    let (first, last) = (text(&class["starts_on"]), text(&class["ends_on"]));
    #[expect(clippy::disallowed_methods, reason = "the service under test has the machine's clock")]
    let today = jiff::Zoned::now().with_time_zone(jiff::tz::TimeZone::get("Asia/Shanghai").unwrap()).date();
    let mut month: jiff::civil::Date = first.parse::<jiff::civil::Date>().unwrap().first_of_month();
    let last: jiff::civil::Date = last.parse().unwrap();
    let mut months = Vec::new();
    while month <= last && month.last_of_month() < today {
        months.push(month.strftime("%Y-%m").to_string());
        month = month.last_of_month().tomorrow().unwrap();
    }
    months
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn half_a_year_stands_as_its_script_has_it_and_the_same_again_for_the_same_seed() {
    let folder = tempfile::tempdir().unwrap();
    let mut demo = Demo::start(&folder.path().join("one"), "7");
    let mut again = Demo::start(&folder.path().join("two"), "7");
    demo.wait();
    let api = demo.sign_in("DUXUE_MANAGER").await;
    let classes = classes(&api).await;
    assert_eq!(classes.len(), 8);
    let students: u64 = classes.values().map(|class| class["students"].as_u64().unwrap()).sum();
    assert_eq!(students, 160);

    for (major, stage) in [
        ("电子商务", "running"),
        ("养老护理", "running"),
        ("人工智能训练", "running"),
        ("健康照护", "running"),
        ("新媒体运营", "running"),
        ("网络与信息安全管理", "running"),
        ("物联网安装调试", "applied"),
        ("宠物健康护理", "draft"),
    ] {
        let opening = api.get(&path(&classes[major], "opening")).await;
        assert_eq!(opening["stage"], stage, "{major}");
        assert_eq!(opening["missing"].as_array().unwrap().is_empty(), stage != "draft", "{major}");
    }

    nothing_is_to_be_said_of_the_model(&api, &classes["人工智能训练"]).await;
    the_fraud_was_found_and_punished(&api, &classes["健康照护"]).await;
    the_suspended_one_teaches_again(&api, &classes["新媒体运营"]).await;
    the_close_out_waits(&api, &classes["网络与信息安全管理"]).await;
    the_notice_hangs_with_an_objection(&api, &classes["养老护理"]).await;
    the_money_is_what_the_rules_reckon(&api, &classes["电子商务"]).await;

    for variable in ["DUXUE_SUPERVISOR", "DUXUE_SUPERVISOR_2", "DUXUE_AUDITOR"] {
        let all = demo.sign_in(variable).await.get("/classes").await;
        assert_eq!(all["items"].as_array().unwrap().len(), 8, "{variable}");
    }
    for (variable, own) in [("DUXUE_INSTITUTION", 3), ("DUXUE_INSTITUTION_2", 3), ("DUXUE_INSTITUTION_3", 2)] {
        let all = demo.sign_in(variable).await.get("/classes").await;
        assert_eq!(all["items"].as_array().unwrap().len(), own, "{variable}");
    }
    let said = demo.check();
    assert!(said.contains("all agrees"), "{said}");

    again.wait();
    let other = again.sign_in("DUXUE_MANAGER").await;
    assert_eq!(content(&api).await, content(&other).await);
}

async fn nothing_is_to_be_said_of_the_model(api: &Api, class: &Value) {
    assert_eq!(findings(api, class).await, BTreeMap::new());
    let standing = api.get(&path(class, "supervision")).await;
    let weeks = standing["weeks"].as_array().unwrap();
    assert!(weeks.len() > 5 && weeks.iter().all(|week| week["standing"] != "overdue"), "{standing}");
    let evidence = api.get(&path(class, "evidence")).await;
    assert_eq!(evidence["outlook"], "open");
    assert!(evidence["counted"].as_u64().unwrap() >= 5, "{evidence}");
}

async fn the_fraud_was_found_and_punished(api: &Api, class: &Value) {
    let found = findings(api, class).await;
    for kind in ["replaced", "fewer_than_reported", "reported_present_never_seen", "late_report", "report_missing"] {
        assert!(found.contains_key(&(kind.to_owned(), "confirmed".to_owned())), "{kind}: {found:?}");
    }
    assert!(found.keys().any(|(_, state)| state == "open"), "the last days are left to be decided: {found:?}");
    let conduct = api.get(&format!("/institutions/{}/violations", text(&class["institution"]["id"]))).await;
    let kinds: Vec<&str> =
        conduct["measures"].as_array().unwrap().iter().map(|one| one["kind"].as_str().unwrap()).collect();
    assert_eq!(kinds, ["warning", "interview"]);
    assert_eq!((&conduct["may_teach"], &conduct["findings"]), (&json!(true), &json!([])), "both were carried out");
    let messages = api.get(&path(class, "messages")).await;
    assert_eq!(messages["items"].as_array().unwrap().len(), 4);
}

async fn the_suspended_one_teaches_again(api: &Api, class: &Value) {
    let conduct = api.get(&format!("/institutions/{}/violations", text(&class["institution"]["id"]))).await;
    assert_eq!(conduct["violations"].as_array().unwrap().len(), 3);
    let suspension = &conduct["suspensions"][0];
    assert!(!suspension["from"].is_null() && !suspension["lifted_on"].is_null(), "{suspension}");
    assert_eq!(conduct["may_teach"], true);
    let statements = api.get(&path(class, "statements")).await;
    let whole = |one: &&Value| one["missing"] == json!([]);
    let statements = statements["items"].as_array().unwrap();
    let signed = statements.iter().filter(whole).count();
    assert!(signed > 0 && signed < statements.len(), "some are signed, some are not");
    let uploads = api.get(&format!("/uploads?class_id={}", text(&class["id"]))).await;
    assert_eq!(uploads["items"][0]["filename"], "补录.mp4");
    let clips = api.get(&format!("/clips?class_id={}", text(&class["id"]))).await;
    let clips = clips["items"].as_array().unwrap();
    assert!(clips.iter().any(|clip| clip["state"] == "failed"), "{clips:?}");
    assert!(clips.iter().any(|clip| clip["state"] == "sealed"), "{clips:?}");
}

/// It was taught to its end, and its institution applied in time; nobody has decided yet.
async fn the_close_out_waits(api: &Api, class: &Value) {
    let all = api.get(&path(class, "closeouts")).await["items"].as_array().unwrap().clone();
    assert_eq!(all.len(), 1);
    assert_eq!((&all[0]["state"], &all[0]["late"]), (&json!("applied"), &json!(false)));
    assert_eq!(all[0]["pass_list"].as_array().unwrap().len(), 20);
    assert_eq!(api.get(&path(class, "assessments")).await["items"], json!([]));
}

async fn the_notice_hangs_with_an_objection(api: &Api, class: &Value) {
    let notices = api.get(&path(class, "notices")).await;
    let notice = &notices["items"][0];
    assert_eq!(notice["standing"], "running");
    assert_eq!(notice["objections"].as_array().unwrap().len(), 1);
    assert_eq!(notice["payment"], Value::Null);
    // One who was ill for long was let pass, two failed.
    assert_eq!(notice["total_fen"], 18 * 360_000);
    let public = api.get("/notices").await;
    assert!(public["items"].as_array().unwrap().iter().any(|one| one["id"] == notice["id"]));
}

async fn the_money_is_what_the_rules_reckon(api: &Api, class: &Value) {
    let reckoned = api.get(&path(class, "subsidies")).await;
    let newest = reckoned["items"].as_array().unwrap().last().unwrap();
    let lines = newest["lines"].as_array().unwrap();
    let sum: u64 = lines.iter().map(|line| line["amount_fen"].as_u64().unwrap()).sum();
    let refused: Vec<&str> = lines
        .iter()
        .filter(|line| line["amount_fen"] == 0)
        .map(|line| line["reasons"][0]["code"].as_str().unwrap())
        .collect();
    // Two without a certificate, one who was there too seldom (R7.2c).
    assert_eq!(refused.len(), 3, "{refused:?}");
    assert!(refused.contains(&"not_certified") && refused.contains(&"attendance_low"), "{refused:?}");
    assert_eq!((sum, &newest["total_fen"]), (17 * 320_000, &json!(sum)));
    let notices = api.get(&path(class, "notices")).await;
    assert_eq!(notices["items"][0]["payment"]["amount_fen"], sum);
    let evidence = api.get(&path(class, "evidence")).await;
    assert_eq!((&evidence["outlook"], evidence["counted"].as_u64() >= Some(10)), (&json!("met"), true));
    let tracking = api.get(&path(class, "tracking")).await;
    for node in &tracking["nodes"].as_array().unwrap()[..2] {
        assert_eq!((&node["missing"], &node["looked_up"]), (&json!([]), &json!(20)), "{node}");
    }
    assert_eq!(tracking["findings"], json!([]));
}
