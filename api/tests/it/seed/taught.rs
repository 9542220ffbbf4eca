//! What was taught, recorded and seen of a side's class, and what the centre did about it.

use std::path::Path;

use duxue_rules::{
    Reason, RuleId, Text,
    access::{Actor, Role},
    camera::OutageCause,
    crosscheck::{
        CountPoint, Estimate, FindingDraft, FindingKind, Presence, SessionSummary, StudentPresence, Teaching,
    },
    ids::{CameraId, ObservationId, OutageId, ReportId},
    observation::{Area, Observation, PictureMeasures, SeenFace},
    policy::Policy,
    report::DailyReport,
    supervision::{
        Checklist, ContentHash, LoggedWatch, Look, RemoteDraft, SheetDraft, Showing, Signature, Taught, basis,
    },
};
use duxue_storage::{
    Objects, Tx,
    finding::{Frame, FrameFace, RaisedFinding},
    inspection::Sheet,
    objects::frame_key,
    outage::Outage,
    policy::StoredPolicy,
    report::NewReport,
    segment::Segment,
    session::NewSession,
    watch::{NewWatch, Watched, WatchedStream},
};
use jiff::{Timestamp, civil::date};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::{Kind, SEGMENT, at, bytes, id, span};

pub async fn lessons(tx: &mut Tx, side: u8, now: Timestamp, recordings: &Path) {
    let (class, venue, camera) = (id(Kind::Class, side), id(Kind::Venue, side), id(Kind::Camera, side));
    for (kind, day, held) in [
        (Kind::Past, date(2024, 10, 7), span("2024-10-07T01:00:00Z", "2024-10-07T04:00:00Z")),
        (Kind::Session, date(2024, 10, 8), span("2024-10-08T01:00:00Z", "2024-10-08T04:00:00Z")),
    ] {
        let session = NewSession { id: id(kind, side), class, venue, date: day, span: held, created_at: now };
        tx.add_session(&session).await.unwrap();
    }
    let content = bytes(SEGMENT);
    for (kind, held) in [
        (Kind::Segment, span("2024-10-08T01:00:00Z", "2024-10-08T01:30:00Z")),
        (Kind::Late, span("2024-10-08T01:40:00Z", "2024-10-08T02:20:00Z")),
    ] {
        let path = format!("{camera}/2024-10-08/{}.mp4", held.start().as_microsecond(), camera = side);
        let file = recordings.join(&path);
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::fs::write(file, &content).unwrap();
        let segment = Segment {
            id: id(kind, side),
            camera,
            span: held,
            bytes: content.len() as u64,
            sha256: Sha256::digest(&content).into(),
            path,
            codec: "avc1.640028".into(),
            width: 1920,
            height: 1080,
            recovered: false,
            pruned_at: None,
        };
        assert!(tx.add_segment(&segment).await.unwrap());
    }
    let outage = Outage {
        id: OutageId(Uuid::now_v7()),
        camera,
        starts_at: at("2024-10-08T01:30:00Z"),
        ends_at: Some(at("2024-10-08T01:40:00Z")),
        cause: OutageCause::Unreachable,
        detail: None,
    };
    tx.add_outage(&outage).await.unwrap();
    let report = DailyReport {
        class,
        date: date(2024, 10, 8),
        roll: 2,
        present: 2,
        present_men: None,
        present_women: None,
        sick: 0,
        personal: 0,
        other: 0,
        absent: vec![],
        note: String::new(),
    };
    let sent_by = id(if side == 0 { Kind::Liaison } else { Kind::Other }, 9);
    let report = NewReport { id: ReportId(Uuid::now_v7()), report, sent_at: now, sent_by, late: false };
    assert_eq!(tx.add_report(&report).await.unwrap(), 1);
}

pub async fn judgement(tx: &mut Tx, side: u8, now: Timestamp, objects: &Objects, policy: &StoredPolicy) {
    let (session, student) = (id(Kind::Session, side), id(Kind::Student, side));
    let area = Area { x: 0.1, y: 0.2, width: 0.05, height: 0.1 };
    let taken = at("2024-10-08T02:29:55Z");
    let observation = ObservationId(Uuid::now_v7());
    let camera: CameraId = id(Kind::Camera, side);
    let seen = Observation {
        id: observation,
        session,
        camera,
        at: taken,
        faces: vec![SeenFace { area, score: 0.9, eye_distance_px: 30.0, likeness: None, male_probability: None }],
        look: None,
        faceless: vec![],
        picture: PictureMeasures { brightness: 90.0, sharpness: 200.0, change: None },
    };
    tx.add_observation(&seen).await.unwrap();
    let one = Estimate { likely: 1, low: 1, high: 1 };
    let presence = StudentPresence {
        student,
        presence: Presence::Seen,
        frames_seen: 1,
        first_seen: Some(taken),
        last_seen: Some(taken),
        best_similarity: Some(0.8),
        best_probability: Some(0.97),
    };
    let summary = SessionSummary {
        samples: 1,
        people: one,
        different: None,
        men: None,
        women: None,
        students: vec![presence],
        unknown: Estimate::default(),
        series: vec![CountPoint { at: taken, people: 1 }],
        teaching: Teaching::default(),
        reservations: vec![],
    };
    tx.put_summary(session, &summary, policy.version, now).await.unwrap();
    let object = frame_key(session, observation);
    objects.put_small(&object, b"\xff\xd8\xff frame".to_vec()).await.unwrap();
    let finding = RaisedFinding {
        id: id(Kind::Finding, side),
        session,
        class: id(Kind::Class, side),
        draft: FindingDraft {
            rule: RuleId::new("R7.1x"),
            kind: FindingKind::FewerThanReported,
            subject: None,
            confidence: 0.9,
            expected: Text::new("2 人", "2 people"),
            seen: Text::new("1 人", "1 person"),
            reasons: vec![Reason::new("few", "少", "few")],
            would_change: Text::new("更多画面", "more pictures"),
            frames: vec![observation],
        },
        frames: vec![Frame {
            observation: Some(observation),
            punch: None,
            camera: Some(camera),
            at: taken,
            object,
            width: 1280,
            height: 720,
            faces: vec![FrameFace { area, student: Some(student), similarity: Some(0.8), probability: Some(0.97) }],
        }],
        policy_version: policy.version,
        at: now,
    };
    tx.raise_finding(&finding).await.unwrap();
}

/// The supervisor and the manager watched this morning; the manager signed for what was watched before.
pub async fn watching(tx: &mut Tx, side: u8) {
    let camera = id(Kind::Camera, side);
    let (start, end) = ("2024-10-08T02:10:00Z", "2024-10-08T02:20:00Z");
    for (kind, user) in
        [(Kind::Watching, Kind::Supervisor), (Kind::Watched, Kind::Manager), (Kind::WatchedBefore, Kind::Manager)]
    {
        let watch = NewWatch {
            id: id(kind, side),
            user: id(user, 9),
            camera,
            what: Watched::Live,
            stream: Some(WatchedStream::Sub),
            opened_at: at(if matches!(kind, Kind::WatchedBefore) { "2024-10-08T01:10:00Z" } else { start }),
        };
        tx.open_watch(&watch).await.unwrap();
        tx.close_watch(watch.id, at(if matches!(kind, Kind::WatchedBefore) { "2024-10-08T01:20:00Z" } else { end }))
            .await
            .unwrap();
    }
    let logged = LoggedWatch {
        watch: id(Kind::WatchedBefore, side),
        by: id(Kind::Manager, 9),
        camera,
        showing: Showing::Live,
        span: span("2024-10-08T01:10:00Z", "2024-10-08T01:20:00Z"),
    };
    let class = id(Kind::Class, side);
    let taught = [Taught { class, camera, span: span("2024-10-08T01:00:00Z", "2024-10-08T04:00:00Z") }];
    let draft = RemoteDraft {
        id: id(Kind::Supervision, side),
        class,
        supervisor: logged.by,
        basis: basis(class, &logged, &taught).into_iter().collect(),
        checklist: Checklist { attendance_real: Look::SeenFine, ..Checklist::default() },
        remark: None,
    };
    let actor = Actor { role: Role::Manager, institution: None };
    let signature = Signature { by: logged.by, at: at("2024-10-08T01:30:00Z") };
    let signed = draft.sign(actor, signature, ContentHash([0; 32])).unwrap();
    tx.add_remote_supervision(&signed).await.unwrap();
}

/// A sheet that waits for its signatures, and one that is still being written.
pub async fn inspections(tx: &mut Tx, side: u8) {
    let finished = at("2024-10-08T02:00:00Z");
    for kind in [Kind::Sheet, Kind::SheetDraft] {
        let draft = SheetDraft {
            id: id(kind, side),
            class: id(Kind::Class, side),
            institution: id(Kind::Institution, side),
            on: date(2024, 10, 8),
            inspectors: [id(Kind::Supervisor, 9), id(Kind::Manager, 9)].into(),
            checklist: Checklist { ledgers_kept: Look::SeenFine, ..Checklist::default() },
            remark: None,
        };
        tx.add_inspection(&draft, id(Kind::Supervisor, 9), finished).await.unwrap();
        if matches!(kind, Kind::Sheet) {
            let signing = draft.close(finished, ContentHash([0; 32]), &Policy::default()).unwrap();
            tx.put_inspection(1, &Sheet::Signing(signing), finished).await.unwrap();
        }
    }
}
