//! The same footage handed in again, by another institution and disguised, is found; another lesson of the same room is not.

use std::{
    io::Write,
    path::Path,
    process::{Command, Stdio},
};

use reqwest::Method;
use serde_json::{Value, json};

use crate::{
    api::{Api, text},
    house::{House, INSTITUTION},
    uploads::{announce, append},
};

const OTHER: &str = "乙职业培训学校";
const WIDTH: usize = 160;
const HEIGHT: usize = 90;
const SECONDS: usize = 110;

/// Numbers that look random (xorshift), the same for the same seed.
struct Chance(u64);

impl Chance {
    fn share(&mut self) -> f32 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 40) as f32 / (1_u64 << 24) as f32
    }
}

/// A lesson in always the same room: ten people who sit and move now and then, five pictures a second.
fn lesson(folder: &Path, name: &str, seed: u64) -> Vec<u8> {
    let file = folder.join(name);
    let size = format!("{WIDTH}x{HEIGHT}");
    let mut encoder = Command::new("ffmpeg")
        .args(["-v", "error", "-f", "rawvideo", "-pix_fmt", "gray", "-s", &size, "-r", "5", "-i", "pipe:0"])
        .args(["-c:v", "libx264", "-preset", "veryfast", "-pix_fmt", "yuv420p", "-g", "25"])
        .arg(&file)
        .stdin(Stdio::piped())
        .spawn()
        .unwrap();
    let mut chance = Chance(seed);
    let (mut at, mut to) = ([(0.0_f32, 0.0_f32); 10], [(0.0_f32, 0.0_f32); 10]);
    let mut pipe = encoder.stdin.take().unwrap();
    for _ in 0..SECONDS * 5 {
        let mut picture: Vec<u8> = (0..WIDTH * HEIGHT).map(|at| 90 + ((at / 37) % 60) as u8).collect();
        for (person, (at, to)) in at.iter_mut().zip(&mut to).enumerate() {
            if chance.share() < 0.03 {
                *to = ((chance.share() - 0.5) * 10.0, (chance.share() - 0.5) * 6.0);
            }
            (at.0, at.1) = (at.0 + (to.0 - at.0) * 0.3, at.1 + (to.1 - at.1) * 0.3);
            let (x, y) = (18.0 + (person % 5) as f32 * 30.0 + at.0, 28.0 + (person / 5) as f32 * 36.0 + at.1);
            for row in 0..HEIGHT {
                for column in 0..WIDTH {
                    let far = (column as f32 - x).powi(2) / 64.0 + (row as f32 - y).powi(2) / 100.0;
                    if far < 1.0 {
                        picture[row * WIDTH + column] = 200 - 12 * person as u8;
                    }
                }
            }
        }
        pipe.write_all(&picture).unwrap();
    }
    drop(pipe);
    assert!(encoder.wait().unwrap().success());
    std::fs::read(file).unwrap()
}

/// What somebody does who does not want it to be known again.
fn disguised(folder: &Path, name: &str) -> Vec<u8> {
    let file = folder.join("disguised.mkv");
    let filter = "hflip,crop=iw*0.95:ih*0.95,scale=128:96,eq=brightness=0.08";
    let made = Command::new("ffmpeg")
        .args(["-v", "error", "-ss", "8.3", "-i"])
        .arg(folder.join(name))
        .args(["-t", "80", "-vf", filter, "-c:v", "libx264", "-preset", "veryfast", "-b:v", "40k"])
        .arg(&file)
        .status();
    assert!(made.unwrap().success());
    std::fs::read(file).unwrap()
}

async fn institution(manager: &Api, house: &House, name: &str, user: &str) -> String {
    let institution = text(&manager.post("/institutions", &json!({ "name": name })).await["id"]);
    house.add_user(user, "institution", Some(name));
    let class = json!({ "institution_id": institution, "name": "2024年电工专业1班期", "major": "电工",
        "starts_on": "2024-10-08", "ends_on": "2025-01-08" });
    text(&manager.post("/classes", &class).await["id"])
}

/// Hands it in and waits until it was accepted and looked at.
async fn hand_in(sender: &Api, class: &str, name: &str, content: &[u8]) -> String {
    let upload = announce(sender, class, name, content.len()).await;
    append(sender, &upload, 0, content).await;
    let shown = sender.until("the verdict", &upload, |shown| shown["state"] != "received").await;
    assert_eq!((&shown["state"], &shown["refused_because"]), (&json!("accepted"), &json!([])), "{shown}");
    assert!(shown["sealed_at"].is_string() && shown["evidence"]["state"] == "undecided", "{shown}");
    loop {
        let (status, _) = sender.ask(Method::GET, &format!("{upload}/contact-sheet"), &Value::Null).await;
        match status {
            200 => return upload,
            404 => tokio::time::sleep(std::time::Duration::from_millis(300)).await,
            other => panic!("the contact sheet: {other}"),
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn footage_that_comes_again_is_found_and_a_seal_is_checked_offline() {
    let house = House::new("[analysis]\nenabled = false\n[policy]\nlabel = 'test'\nclip_min_seconds = 10\n");
    house.add_user("wang", "manager", None);
    let service = house.serve();
    let manager = Api::sign_in(&service, "wang").await;
    let own = institution(&manager, &house, INSTITUTION, "li").await;
    let others = institution(&manager, &house, OTHER, "wu").await;
    let (li, wu) = (Api::sign_in(&service, "li").await, Api::sign_in(&service, "wu").await);
    let content = lesson(house.folder(), "first.mp4", 11);
    let first = hand_in(&li, &own, "上午.mp4", &content).await;
    hand_in(&li, &own, "下午.mp4", &lesson(house.folder(), "second.mp4", 12)).await;
    assert_eq!(manager.get("/likenesses").await["items"], json!([]), "another lesson in the same room");
    let again = hand_in(&wu, &others, "十日.mkv", &disguised(house.folder(), "first.mp4")).await;

    let found = manager.get("/likenesses").await;
    let [likeness] = found["items"].as_array().unwrap().as_slice() else { panic!("{found}") };
    assert_eq!((format!("/uploads/{}", text(&likeness["upload"]["id"])), &likeness["mirrored"]), (again, &json!(true)));
    assert_eq!(format!("/uploads/{}", text(&likeness["other_upload"]["id"])), first);
    let begins = likeness["other_span"]["from"].as_i64().unwrap() - likeness["span"]["from"].as_i64().unwrap();
    assert!((7..=10).contains(&begins), "{likeness}");
    assert_eq!(likeness["same_file"], false);
    let sheet = manager.bytes(&format!("{first}/contact-sheet")).await;
    assert!(sheet.starts_with(&[0xff, 0xd8]) && manager.bytes(&format!("{first}/thumbnail")).await.len() < sheet.len());

    // The seal is checked without the service.
    let (file, seal) = (house.folder().join("video.mp4"), house.folder().join("video.seal.json"));
    std::fs::write(&file, li.bytes(&format!("{first}/content")).await).unwrap();
    std::fs::write(&seal, li.bytes(&format!("{first}/seal")).await).unwrap();
    service.stop();
    let key = house.data().join("keys/public-key.pem").display().to_string();
    let verify = || {
        let output = house.command(&["verify", "video.mp4", "--key", &key]).output().unwrap();
        (output.status.code(), String::from_utf8(output.stdout).unwrap())
    };
    let (code, said) = verify();
    assert!(code == Some(0) && said.contains("上午.mp4") && said.contains(INSTITUTION), "{said}");
    let mut altered = content.clone();
    altered[content.len() / 2] ^= 1;
    std::fs::write(&file, altered).unwrap();
    assert_eq!(verify().0, Some(2));
    std::fs::write(&file, &content[..content.len() - 1]).unwrap();
    assert_eq!(verify().0, Some(3));
    assert!(house.check().contains(" 3 uploads"));
}
