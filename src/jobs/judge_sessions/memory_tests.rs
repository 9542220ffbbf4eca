use duxue_rules::{
    attendance::{Punch, PunchMethod, Side},
    camera::OutageCause,
    crosscheck,
    observation::{Area, PictureMeasures, SeenFace},
    report::DailyReport,
};
use duxue_storage::{
    SecretKey,
    device::NewDevice,
    outage,
    punch::{NewPunch, NewSource},
    report::NewReport,
    sign_in::TokenHash,
};

use super::*;
use crate::jobs::world::{World, at, enrolled, id};

impl World {
    fn observation(&self, camera: usize, second: i64) -> Observation {
        let area = Area { x: 0.25, y: 0.5, width: 0.1, height: 0.125 };
        let face = SeenFace { area, score: 0.9, eye_distance_px: 20.5, likeness: None, male_probability: None };
        Observation {
            id: id(),
            session: self.session.id,
            camera: self.cameras[camera],
            at: at(second),
            faces: vec![face; 3],
            look: None,
            faceless: vec![],
            picture: PictureMeasures { brightness: 120.0, sharpness: 80.0, change: None },
        }
    }

    /// Stores what a camera saw at each of those seconds.
    async fn see(&self, camera: usize, seconds: impl IntoIterator<Item = i64>) {
        let mut tx = self.store.begin().await.unwrap();
        for second in seconds {
            tx.add_observation(&self.observation(camera, second)).await.unwrap();
        }
        tx.commit().await.unwrap();
    }

    async fn send_report(&self, present: u32) {
        let report = DailyReport {
            class: self.session.class.id,
            date: self.session.date,
            roll: 3,
            present,
            present_men: None,
            present_women: None,
            sick: 3 - present,
            personal: 0,
            other: 0,
            absent: Vec::new(),
            note: String::new(),
        };
        let mut tx = self.store.begin().await.unwrap();
        tx.add_report(&NewReport { id: id(), report, sent_at: at(60), sent_by: self.user, late: true }).await.unwrap();
        tx.commit().await.unwrap();
    }

    async fn load(&self, memory: &mut Memory, policy: &Policy, now: i64) -> Option<Loaded> {
        let mut tx = self.store.read().await.unwrap();
        memory.load(&mut tx, &self.session, "", policy, at(now)).await.unwrap()
    }

    /// How many observations a judgement would rest on; `None` when there is nothing to judge.
    async fn round(&self, memory: &mut Memory, now: i64) -> Option<usize> {
        let policy = Policy { report_due: jiff::civil::time(9, 0, 30, 0), ..Policy::default() };
        let loaded = self.load(memory, &policy, now).await?;
        let observations = loaded.facts.observations.len();
        memory.judged(loaded);
        Some(observations)
    }
}

#[tokio::test]
async fn only_what_changed_is_judged_and_only_what_is_new_is_read() {
    let folder = tempfile::tempdir().unwrap();
    let world = World::new(folder.path()).await;
    world.see(0, (0..200).map(|n| n * 10)).await;
    world.see(1, (0..200).map(|n| n * 10 + 1)).await;
    let mut memory = Memory::default();
    assert_eq!(world.round(&mut memory, 2000).await, Some(400));
    assert_eq!(world.round(&mut memory, 2001).await, None);

    world.see(1, [2005]).await;
    let mut known = memory.0.remove(&world.session.id).unwrap();
    let mut tx = world.store.read().await.unwrap();
    let read = known.catch_up(&mut tx, world.session.id).await.unwrap();
    assert!((1..40).contains(&read), "{read} rows were read for one new one");
    assert_eq!(known.catch_up(&mut tx, world.session.id).await.unwrap(), 0);
    drop(tx);
    memory.0.insert(world.session.id, known);
    assert_eq!(world.round(&mut memory, 2010).await, Some(401));
    assert_eq!(world.round(&mut memory, 2011).await, None);
}

#[tokio::test]
async fn what_comes_late_or_out_of_order_is_not_missed() {
    let folder = tempfile::tempdir().unwrap();
    let world = World::new(folder.path()).await;
    let mut memory = Memory::default();
    world.see(0, [600, 610]).await;
    assert_eq!(world.round(&mut memory, 620).await, Some(2));
    // Within the overlap, and long before it, as after a clock was set back.
    world.see(1, [595]).await;
    assert_eq!(world.round(&mut memory, 630).await, Some(3));
    world.see(1, [5]).await;
    world.see(0, [620]).await;
    assert_eq!(world.round(&mut memory, 640).await, Some(5));
    let mut after_restart = Memory::default();
    assert_eq!(world.round(&mut after_restart, 640).await, Some(5));
}

#[tokio::test]
async fn what_could_not_be_judged_is_loaded_again() {
    let folder = tempfile::tempdir().unwrap();
    let world = World::new(folder.path()).await;
    let mut memory = Memory::default();
    world.see(0, [10, 20]).await;
    assert_eq!(world.round(&mut memory, 30).await, Some(2));
    world.see(0, [30]).await;
    drop(world.load(&mut memory, &Policy::default(), 40).await.unwrap());
    assert_eq!(world.round(&mut memory, 41).await, Some(3));
    memory.keep_only(&[]);
    assert!(memory.0.is_empty());
}

#[tokio::test]
async fn papers_outages_and_the_hour_are_reasons_to_judge_again() {
    let folder = tempfile::tempdir().unwrap();
    let world = World::new(folder.path()).await;
    let mut memory = Memory::default();
    assert_eq!(world.round(&mut memory, 10).await, Some(0));
    assert_eq!(world.round(&mut memory, 20).await, None);
    assert_eq!(world.round(&mut memory, 40).await, Some(0), "now the report is late");
    assert_eq!(world.round(&mut memory, 50).await, None);
    world.send_report(2).await;
    assert_eq!(world.round(&mut memory, 70).await, Some(0));
    world.send_report(3).await;
    assert_eq!(world.round(&mut memory, 80).await, Some(0), "a correction counts");
    assert_eq!(world.round(&mut memory, 90).await, None);

    let mut tx = world.store.begin().await.unwrap();
    let (camera, cause) = (world.cameras[0], OutageCause::Stalled);
    let out = outage::Outage { id: id(), camera, starts_at: at(100), ends_at: None, cause, detail: None };
    tx.add_outage(&out).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(world.round(&mut memory, 110).await, Some(0));
    assert_eq!(world.round(&mut memory, 120).await, Some(0), "it grows");
    assert_eq!(world.round(&mut memory, 7200).await, Some(0));
    assert_eq!(world.round(&mut memory, 7300).await, None, "after the session nothing grows");
}

#[tokio::test]
async fn the_face_behind_a_punch_is_a_reason_to_judge_again() {
    let folder = tempfile::tempdir().unwrap();
    let world = World::new(folder.path()).await;
    let (mut memory, policy) = (Memory::default(), Policy::default());
    let key = SecretKey::from_bytes(&[5; 32]);
    let mut tx = world.store.begin().await.unwrap();
    let student = enrolled(&mut tx, world.session.class.id, &key, ("sface", vec![1.0, 0.0]), None).await;
    let device = NewDevice {
        id: id(),
        venue: world.session.venue.id,
        name: "门口".into(),
        token: TokenHash([7; 32]),
        created_at: at(0),
        created_by: world.user,
    };
    tx.add_device(&device).await.unwrap();
    tx.commit().await.unwrap();
    let loaded = world.load(&mut memory, &policy, 10).await.unwrap();
    memory.judged(loaded);

    // The third was made for the afternoon, which is not there: it is of this session all the same.
    for (n, at_s, model) in [(1, -600, ""), (2, 7_000, "another"), (3, 20_000, "")] {
        let mut tx = world.store.begin().await.unwrap();
        let made = Punch {
            id: id(),
            student,
            side: Side::SignIn,
            venue: world.session.venue.id,
            made_at: at(at_s),
            received_at: at(at_s),
            method: PunchMethod::Other,
        };
        let source = NewSource::Device { device: device.id, sequence: n.to_string() };
        tx.add_punch(&NewPunch { punch: made, class: world.session.class.id, source }).await.unwrap();
        let face = duxue_storage::punch::PunchFace {
            picture_sha256: [n; 32],
            model: model.into(),
            similarity: 0.1,
            margin: None,
            eye_distance_px: Some(60.0),
            portrait: Some("punches/1.jpg".into()),
        };
        tx.add_punch_face(made.id, &face).await.unwrap();
        tx.commit().await.unwrap();
        let loaded = world.load(&mut memory, &policy, 20).await;
        if model.is_empty() {
            let loaded = loaded.unwrap();
            assert_eq!(
                (loaded.hints.punches.len(), loaded.hints.punches.last().unwrap().at),
                (usize::from(n).div_ceil(2), at(at_s))
            );
            memory.judged(loaded);
        } else {
            assert!(loaded.is_none(), "told by another recogniser");
        }
    }
}

/// The grounds leave `now` out, so nothing but what they hold of it may make a difference to the rules.
#[tokio::test]
async fn equal_grounds_give_equal_judgements() {
    let folder = tempfile::tempdir().unwrap();
    let world = World::new(folder.path()).await;
    world.see(0, (0..120).map(|n| n * 60)).await;
    let mut tx = world.store.begin().await.unwrap();
    let (camera, cause) = (world.cameras[1], OutageCause::Stalled);
    let out = outage::Outage { id: id(), camera, starts_at: at(100), ends_at: Some(at(900)), cause, detail: None };
    tx.add_outage(&out).await.unwrap();
    tx.commit().await.unwrap();
    let policy = Policy::default();
    for report in [None, Some(3)] {
        if let Some(present) = report {
            world.send_report(present).await;
        }
        let mut judged: Vec<(Grounds, crosscheck::Judgement)> = Vec::new();
        for now in [1_000, 3_000, 7_300, 90_000] {
            let loaded = world.load(&mut Memory::default(), &policy, now).await.unwrap();
            judged.push((loaded.grounds, crosscheck::judge(&loaded.facts, &policy)));
        }
        for (grounds, judgement) in &judged[1..] {
            assert_eq!(grounds, &judged[0].0);
            assert_eq!(judgement, &judged[0].1);
        }
    }
}
