//! `duxue demo`: each of its four rooms yields what it is there to show, and nothing else.

use std::{
    collections::BTreeSet,
    fs,
    process::{Child, Command, Stdio},
};

use serde_json::Value;

use crate::{
    api::{Api, text},
    house::wait_for,
};

/// A demo that runs; killed when dropped.
struct Demo {
    child: Child,
    ready: String,
}

impl Demo {
    fn start(folder: &std::path::Path) -> Self {
        let ready = folder.join("ready.env");
        let mut demo = Command::new(env!("CARGO_BIN_EXE_duxue"));
        demo.args(["demo", "--listen", "127.0.0.1:0"])
            .arg("--data")
            .arg(folder.join("data"))
            .arg("--ready")
            .arg(&ready);
        let child = demo.stdout(Stdio::null()).spawn().unwrap();
        let mut running = Self { child, ready: String::new() };
        wait_for("the demo to be ready", || {
            assert!(running.child.try_wait().unwrap().is_none(), "the demo has ended");
            ready.exists()
        });
        running.ready = fs::read_to_string(&ready).unwrap();
        running
    }

    fn said(&self, name: &str) -> &str {
        let line = self.ready.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix('='));
        line.unwrap_or_else(|| panic!("the demo says nothing of {name}"))
    }
}

impl Drop for Demo {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Class and kind of every open finding; whom it is about, if it is about one.
fn found(findings: &Value) -> BTreeSet<(String, String, Option<String>)> {
    let open = findings["items"].as_array().unwrap().iter().filter(|finding| finding["state"] == "open");
    open.map(|finding| {
        let subject = finding["subject"]["name"].as_str().map(str::to_owned);
        (text(&finding["class"]["name"]), text(&finding["kind"]), subject)
    })
    .collect()
}

/// The name of the fifth on the roster of the class of that major.
async fn fifth_student(api: &Api, major: &str) -> String {
    let classes = api.get("/classes").await;
    let class = classes["items"].as_array().unwrap().iter().find(|class| class["major"] == major).unwrap().clone();
    let students = api.get(&format!("/classes/{}/students", text(&class["id"]))).await;
    let fifth = students["items"].as_array().unwrap().iter().find(|student| student["number"] == "05").unwrap();
    text(&fifth["name"])
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[expect(clippy::print_stderr, reason = "a test that is skipped says so")]
async fn every_room_shows_what_it_is_there_for() {
    let folder = tempfile::tempdir().unwrap();
    let demo = Demo::start(folder.path());
    let (username, password) = demo.said("DUXUE_SUPERVISOR").split_once(':').unwrap();
    let api = Api::sign_in_with(demo.said("DUXUE_URL"), username, password).await;
    let analysis = api.get("/system").await["analysis"].clone();
    if analysis["on"] != true {
        eprintln!("SKIPPED: nobody is counted without models: {}", analysis["reason"]["en"]);
        return;
    }

    let of = |major: &'static str, kind: &'static str| {
        move |(class, is, _): &(String, String, Option<String>)| class.contains(major) && is == kind
    };
    let (fewer, stranger, replaced, frozen) = (
        of("人工智能训练", "fewer_than_reported"),
        of("健康照护", "unknown_person"),
        of("健康照护", "replaced"),
        of("新媒体运营", "picture_frozen"),
    );
    let all = api
        .until("the findings of every room", "/findings", |findings| {
            let found = found(findings);
            found.iter().any(fewer)
                && found.iter().any(stranger)
                && found.iter().any(replaced)
                && found.iter().any(frozen)
        })
        .await;
    let found = found(&all);
    let about: Vec<_> = found.iter().filter(|one| replaced(one)).map(|(_, _, subject)| subject.as_deref()).collect();
    let fifth = fifth_student(&api, "健康照护").await;
    assert_eq!(about, [Some(&*fifth)], "the student on whose chair the stranger sits, and no other: {found:#?}");
    assert!(!found.iter().any(|(class, ..)| class.contains("电子商务")), "where all are there: {found:#?}");
    for finding in all["items"].as_array().unwrap() {
        assert_eq!(finding["policy"]["label"], "演示 demo");
    }
}
