//! Observations, summaries and findings.

use duxue_rules::{
    crosscheck::{CountPoint, Estimate, FindingDraft, FindingKind, SessionSummary, Teaching},
    ids::{FindingId, StudentId},
    observation::{Area, Observation, PictureMeasures, SeenFace},
    text::{Reason, RuleId, Text},
};
use duxue_storage::finding::{
    FindingFilter, FindingState, Frame, FrameFace, Outcome, Raised, RaisedFinding, StateName,
};
use jiff::civil::date;

use crate::{
    common::{at, at_once, both, id},
    world::{World, field, is_lost, world, world_named},
};

const AREA: Area = Area { x: 0.25, y: 0.5, width: 0.1, height: 0.125 };

pub fn observation(world: &World, second: i64, faces: usize) -> Observation {
    let face = SeenFace { area: AREA, score: 0.9, eye_distance_px: 20.5, likeness: None, male_probability: Some(0.25) };
    Observation {
        id: id(),
        session: world.session,
        camera: world.camera,
        at: at(second),
        faces: vec![face; faces],
        look: None,
        faceless: vec![],
        picture: PictureMeasures { brightness: 120.0, sharpness: 80.0, change: None },
    }
}

pub fn raised(world: &World, kind: FindingKind, subject: Option<StudentId>, confidence: f32) -> RaisedFinding {
    let observation = id();
    RaisedFinding {
        id: id(),
        session: world.session,
        class: world.class,
        draft: FindingDraft {
            rule: RuleId::new("R7.1x"),
            kind,
            subject,
            confidence,
            expected: Text::new("20 人", "20 people"),
            seen: Text::new("12 人", "12 people"),
            reasons: vec![Reason::new("counted", "12 个样本", "12 samples")],
            would_change: Text::new("补充样本", "more samples"),
            frames: vec![observation],
        },
        frames: vec![Frame {
            observation: Some(observation),
            punch: None,
            camera: Some(world.camera),
            at: at(60),
            object: "frames/a/b.jpg".into(),
            width: 1920,
            height: 1080,
            faces: vec![FrameFace { area: AREA, student: subject, similarity: Some(0.8), probability: Some(0.97) }],
        }],
        policy_version: world.policy,
        at: at(100),
    }
}

both! {
    async fn observations_come_back_exactly_and_in_order(db: &Db) {
        let world = world(db).await;
        let mut tx = db.begin().await;
        let seen: Vec<_> = [30, 10, 20].map(|second| observation(&world, second, 2)).into();
        for one in &seen {
            tx.add_observation(one).await.unwrap();
        }
        let back = tx.observations_of_session(world.session).await.unwrap();
        assert_eq!(back, [&seen[1], &seen[2], &seen[0]].map(Clone::clone));
        assert_eq!(tx.observations_of_session_since(world.session, at(20)).await.unwrap(), back[1..]);
        assert_eq!(tx.count_observations(world.session).await.unwrap(), 3);
        assert_eq!(tx.count_observations(id()).await.unwrap(), 0);
        assert_eq!(tx.latest_observation(world.camera, at(0)).await.unwrap().unwrap(), seen[0]);
        assert!(tx.latest_observation(world.camera, at(31)).await.unwrap().is_none());
        assert_eq!(tx.observation(seen[1].id).await.unwrap().unwrap(), seen[1]);
    }

    async fn the_newest_summary_replaces_the_one_before(db: &Db) {
        let world = world(db).await;
        let people = Estimate { likely: 12, low: 11, high: 14 };
        let summary = |samples| SessionSummary {
            samples,
            people,
            different: None,
            men: None,
            women: Some(people),
            students: Vec::new(),
            unknown: Estimate::default(),
            series: vec![CountPoint { at: at(10), people: 11 }],
            teaching: Teaching::default(),
            reservations: Vec::new(),
        };
        let mut tx = db.begin().await;
        assert!(tx.summary(world.session).await.unwrap().is_none());
        tx.put_summary(world.session, &summary(1), world.policy, at(1)).await.unwrap();
        tx.put_summary(world.session, &summary(2), world.policy, at(2)).await.unwrap();
        let newest = tx.summary(world.session).await.unwrap().unwrap();
        assert_eq!((newest.summary, newest.policy.version, newest.updated_at), (summary(2), world.policy, at(2)));
        assert_eq!(tx.summaries_on(date(2024, 10, 8)).await.unwrap().len(), 1);
        assert!(tx.summaries_on(date(2024, 10, 9)).await.unwrap().is_empty());
    }

    async fn raising_again_renews_what_is_open_and_leaves_what_is_decided(db: &Db) {
        let world = world(db).await;
        let first = raised(&world, FindingKind::FewerThanReported, None, 0.75);
        let mut tx = db.begin().await;
        assert_eq!(tx.raise_finding(&first).await.unwrap(), Raised::New);
        let same = RaisedFinding { id: id(), at: at(110), ..first.clone() };
        assert_eq!(tx.raise_finding(&same).await.unwrap(), Raised::Unchanged(first.id));
        assert_eq!(tx.finding(first.id).await.unwrap().unwrap().updated_at, at(100));
        let mut surer = RaisedFinding { id: id(), at: at(120), ..first.clone() };
        surer.draft.confidence = 0.875;
        assert_eq!(tx.raise_finding(&surer).await.unwrap(), Raised::Renewed(first.id));
        let now = tx.finding(first.id).await.unwrap().unwrap();
        assert_eq!((&now.draft, now.raised_at, now.updated_at), (&surer.draft, at(100), at(120)));
        assert_eq!(now.frames, first.frames);

        tx.withdraw_finding(first.id, at(130)).await.unwrap();
        assert_eq!(tx.finding(first.id).await.unwrap().unwrap().state, FindingState::Withdrawn);
        assert!(is_lost(&tx.withdraw_finding(first.id, at(131)).await));
        assert!(is_lost(&tx.decide_finding(first.id, Outcome::Confirmed, world.manager, at(131), "是").await));
        assert_eq!(tx.raise_finding(&surer).await.unwrap(), Raised::Renewed(first.id));

        tx.decide_finding(first.id, Outcome::Dismissed, world.manager, at(140), "补课分班").await.unwrap();
        let decided = tx.finding(first.id).await.unwrap().unwrap();
        let FindingState::Decided(decision) = &decided.state else { panic!("{decided:?}") };
        assert_eq!((decision.outcome, decision.by.id, decision.at), (Outcome::Dismissed, world.manager, at(140)));
        assert_eq!(decision.reason, "补课分班");
        assert_eq!(tx.raise_finding(&first).await.unwrap(), Raised::Decided(first.id));
        assert!(is_lost(&tx.withdraw_finding(first.id, at(150)).await));
        assert_eq!(tx.finding(first.id).await.unwrap().unwrap(), decided, "a decision is never touched");
    }

    async fn frames_stored_without_a_camera_still_load(db: &Db) {
        let world = world(db).await;
        let new = raised(&world, FindingKind::FewerThanReported, None, 0.75);
        let mut tx = db.begin().await;
        tx.raise_finding(&new).await.unwrap();
        assert_eq!(tx.finding(new.id).await.unwrap().unwrap().frames, new.frames);
        tx.commit().await.unwrap();
        let mut old = serde_json::to_value(&new.frames).unwrap();
        old[0].as_object_mut().unwrap().remove("camera").expect("new frames name their camera");
        db.behind(&format!("UPDATE findings SET frames = '{old}'")).await;
        let loaded = db.read().await.finding(new.id).await.unwrap().unwrap();
        assert_eq!(loaded.frames, [Frame { camera: None, ..new.frames[0].clone() }]);
    }

    async fn findings_about_two_students_are_two(db: &Db) {
        let world = world(db).await;
        let [first, second] = world.students;
        let mut tx = db.begin().await;
        for subject in [None, Some(first), Some(second)] {
            let one = raised(&world, FindingKind::ReportedPresentNeverSeen, subject, 0.5);
            assert_eq!(tx.raise_finding(&one).await.unwrap(), Raised::New);
        }
        let subjects: Vec<_> = tx.findings_of_session(world.session).await.unwrap().into_iter()
            .map(|finding| finding.subject.map(|subject| subject.name)).collect();
        assert_eq!(subjects, [None, Some("张三".to_owned()), Some("李四".to_owned())]);
    }

    async fn a_reason_is_needed(db: &Db) {
        let world = world(db).await;
        let one = raised(&world, FindingKind::NobodyThere, None, 1.0);
        let mut tx = db.begin().await;
        tx.raise_finding(&one).await.unwrap();
        tx.commit().await.unwrap();
        let mut tx = db.begin().await;
        assert_eq!(field(tx.decide_finding(one.id, Outcome::Confirmed, world.manager, at(1), "").await), "reason");
    }

    async fn of_many_who_decide_at_once_one_does(db: &Db) {
        let world = world(db).await;
        let one = raised(&world, FindingKind::NobodyThere, None, 1.0);
        let mut tx = db.begin().await;
        tx.raise_finding(&one).await.unwrap();
        tx.commit().await.unwrap();
        let tasks = (0..8).map(|number| {
            let store = db.store.clone();
            let outcome = if number % 2 == 0 { Outcome::Confirmed } else { Outcome::Dismissed };
            async move {
                let mut tx = store.begin().await?;
                tx.decide_finding(one.id, outcome, world.manager, at(number), "看过录像").await?;
                tx.commit().await
            }
        });
        let results = at_once(tasks.collect()).await;
        assert_eq!(results.iter().filter(|result| result.is_ok()).count(), 1, "{results:?}");
        assert_eq!(results.iter().filter(|result| is_lost(result)).count(), 7, "{results:?}");
    }

    async fn lists_filter_and_page(db: &Db) {
        let own = world(db).await;
        let other = world_named(db, "别的学校").await;
        let mut tx = db.begin().await;
        let mut ids: Vec<FindingId> = Vec::new();
        for kind in [FindingKind::NobodyThere, FindingKind::PictureDark, FindingKind::LateReport] {
            let one = raised(&own, kind, None, 0.5);
            tx.raise_finding(&one).await.unwrap();
            ids.push(one.id);
        }
        tx.raise_finding(&raised(&other, FindingKind::PictureDark, None, 0.5)).await.unwrap();
        tx.withdraw_finding(ids[0], at(1)).await.unwrap();
        let list = async |tx: &mut duxue_storage::Tx, filter, after, limit| {
            tx.findings(filter, after, limit).await.unwrap().into_iter().map(|finding| finding.id).collect::<Vec<_>>()
        };
        let all = FindingFilter::default();
        assert_eq!(list(&mut tx, all, None, 10).await.len(), 4);
        let open = FindingFilter { institution: Some(own.institution), state: Some(StateName::Open), ..all };
        assert_eq!(list(&mut tx, open, None, 10).await, [ids[2], ids[1]]);
        assert_eq!(list(&mut tx, open, None, 1).await, [ids[2]]);
        assert_eq!(list(&mut tx, open, Some(ids[2]), 1).await, [ids[1]]);
        let class = FindingFilter { class: Some(other.class), ..all };
        assert_eq!(list(&mut tx, class, None, 10).await.len(), 1);
        let day = tx.findings_of_class_on(own.class, date(2024, 10, 8)).await.unwrap();
        assert_eq!(day.len(), 2, "what was withdrawn is not shown");
        let mut counts = tx.open_findings_on(date(2024, 10, 8)).await.unwrap();
        counts.sort();
        let mut expected = vec![(own.session, 2), (other.session, 1)];
        expected.sort();
        assert_eq!(counts, expected);
    }
}
