//! Two institutions with the same of everything, so that whatever one has, another has too.

use duxue_rules::{
    Reason, RuleId, Text,
    access::{Actor, Role},
    camera::OutageCause,
    crosscheck::{
        CountPoint, Estimate, FindingDraft, FindingKind, Presence, SessionSummary, StudentPresence, Teaching,
    },
    enrolment::{HandedIn, StatusPaper, StatusProof},
    ids::*,
    observation::{Area, Observation, PictureMeasures, SeenFace},
    person::IdNumber,
    policy::Policy,
    report::DailyReport,
    roster::Sex,
    span::Span,
    supervision::{
        Checklist, ContentHash, LoggedWatch, Look, RemoteDraft, SheetDraft, Showing, Signature, Taught, basis,
    },
};
use duxue_storage::{
    Objects, SecretKey, SigningKey, Store, Tx,
    audit::Entry,
    camera::{Credentials, NewCamera, Transport},
    class::NewClass,
    clip::{ClipSeal, NewClip, SealedClip},
    file::NewFile,
    finding::{Frame, FrameFace, RaisedFinding},
    inspection::Sheet,
    institution::Institution,
    objects::{clip_prefix, file_prefix, frame_key},
    outage::Outage,
    password,
    policy::StoredPolicy,
    report::NewReport,
    seal::{AuditAnchor, Envelope, FORMAT, Hash, Manifest, PolicyFacts, SessionFacts},
    segment::Segment,
    session::NewSession,
    sign_in::Token,
    student::NewStudent,
    template::{NewTemplate, TemplateOrigin},
    upload::{NewUpload, Verdict},
    user::NewUser,
    venue::NewVenue,
    venue_approval::NewVenueApproval,
    watch::{NewWatch, Watched, WatchedStream},
};
use jiff::{Timestamp, civil::date};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::fakes::TELLTALE;

pub mod accounts;
pub mod attendance;
pub mod conduct;
pub mod exchange;
pub mod footage;
mod openings;
pub mod pictures;
pub mod settlement;
pub mod teaching;
mod webhook;

pub use openings::name;

/// The taught one, the planned one, one a stage of the opening, and those after their course.
pub const CLASSES_OF_A_SIDE: usize = 2 + openings::CLASSES.len() + settlement::CLASSES.len();

/// Half past ten in Fushun, in the middle of the session.
pub use pictures::REFERENCE;

pub const NOW: &str = "2024-10-08T02:30:00Z";
/// The password of everyone.
pub const PASSWORD: &str = "correct horse battery";
/// The password of every camera: seen nowhere, ever.
pub const CAMERA_PASSWORD: &str = "geheim-der-kamera";
/// The clip's bytes.
pub const CLIP: usize = 5_000_000;
/// The bytes of the upload that have come; as many are still to come.
pub const HALF: usize = 40_000;
/// The segment's bytes.
pub const SEGMENT: usize = 100_000;

pub fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

pub fn span(start: &str, end: &str) -> Span {
    Span::new(at(start), at(end)).unwrap()
}

/// The thing of a kind that a side has.
pub fn id<I: From<Uuid>>(kind: Kind, side: u8) -> I {
    Uuid::from_u128(0x0190_0000_0000_7000_8000_0000_0000_0000 | ((kind as u128) << 16) | u128::from(side)).into()
}

#[derive(Clone, Copy)]
pub enum Kind {
    Institution = 1,
    Venue,
    Camera,
    Class,
    Student,
    Shy,
    Session,
    Past,
    Segment,
    Late,
    Finding,
    Clip,
    Waiting,
    Supervisor,
    Manager,
    Auditor,
    Liaison,
    Other,
    File,
    Supervision,
    Watching,
    Watched,
    WatchedBefore,
    Planned,
    Timetable,
    Submitted,
    Lesson,
    Change,
    Sheet,
    SheetDraft,
    /// A venue that was not verified, without a camera.
    Room,
    VenueApproval,
    /// Classes at each stage of their opening, and the one student of each.
    Prepared,
    PreparedStudent,
    Checked,
    CheckedStudent,
    Filed,
    FiledStudent,
    Applied,
    AppliedStudent,
    Approved,
    ApprovedStudent,
    /// The first session of the approved class.
    First,
    Upload,
    /// An upload that was accepted.
    Kept,
    /// A clip that it is like.
    Likeness,
    Device,
    Leave,
    Statement,
    Confirmed,
    Charged,
    Violation,
    Interviewed,
    Third,
    Reported,
    Suspended,
    Asked,
    Answered,
    Standard,
    Ended,
    CloseOut,
    Finished,
    Noticed,
    Notice,
    Objection,
    Passed,
    PassedNotice,
    Tracked,
    ApiToken,
    Exchange,
    Webhook,
    /// Somebody with a second factor.
    Colleague,
    Invitation,
}

pub fn bytes(len: usize) -> Vec<u8> {
    (0..len).map(|n| (n.wrapping_mul(2_654_435_761) >> 7) as u8).collect()
}

/// The token of a person who is signed in from the start.
pub fn token(user: &str) -> Token {
    Token::received(&format!("token-of-{user}"))
}

pub async fn seed(store: &Store, objects: &Objects, recordings: &std::path::Path, key: &SecretKey, sign: &SigningKey) {
    let now = at("2024-10-08T00:00:00Z");
    let mut tx = store.begin().await.unwrap();
    let policy =
        Policy { label: "试行".into(), clip_min_seconds: 60, readiness_min_bitrate_bps: 100, ..Policy::default() };
    let policy = tx.ensure_policy(&policy, now).await.unwrap();
    let hash = password::hash(PASSWORD.into()).await.unwrap();
    for side in [0, 1] {
        let institution: InstitutionId = id(Kind::Institution, side);
        let name = format!("第{side}培训学校");
        tx.add_institution(&Institution { id: institution, name, created_at: now }).await.unwrap();
    }
    for (username, kind, role, side) in [
        ("supervisor", Kind::Supervisor, Role::Supervisor, None),
        ("manager", Kind::Manager, Role::Manager, None),
        ("auditor", Kind::Auditor, Role::Auditor, None),
        ("liaison", Kind::Liaison, Role::Institution, Some(0)),
        ("other", Kind::Other, Role::Institution, Some(1)),
    ] {
        let user = NewUser {
            id: id(kind, 9),
            username: username.into(),
            display_name: format!("{username} 先生"),
            role,
            institution: side.map(|side| id(Kind::Institution, side)),
            password_hash: hash.clone(),
            created_at: now,
        };
        tx.add_user(&user).await.unwrap();
        let until = at("2024-10-16T00:00:00Z");
        tx.add_sign_in(token(username).hash(), user.id, now, until).await.unwrap();
    }
    for side in [0, 1] {
        people(&mut tx, side, now, key).await;
        lessons(&mut tx, side, now, recordings).await;
        pictures::looked(&mut tx, objects, side).await;
        judgement(&mut tx, side, now, objects, &policy).await;
        evidence(&mut tx, side, now, objects, sign, &policy).await;
        papers(&mut tx, side, now, objects).await;
        approvals(&mut tx, side, now).await;
        enrolment(&mut tx, side, now, key).await;
        openings::openings(&mut tx, side, now, key).await;
        upload(&mut tx, side, now, recordings).await;
        kept(&mut tx, side, now, objects, sign).await;
        watching(&mut tx, side).await;
        teaching::teaching(&mut tx, side, now).await;
        inspections(&mut tx, side).await;
        attendance::attendance(&mut tx, side, now).await;
        exchange::exchange(&mut tx, side, now).await;
        conduct::conduct(&mut tx, side, now, policy.version).await;
        settlement::settlement(&mut tx, side, sign, key, &policy).await;
    }
    accounts::accounts(&mut tx, now, &hash, key).await;
    let lines = [0, 1].map(|side| (id(Kind::Institution, side), "电工".to_owned()));
    tx.put_approval_list(2024, 0, &lines, id(Kind::Manager, 9), now).await.unwrap();
    tx.audit(Entry {
        at: now,
        actor: None,
        action: "seed".into(),
        subject_kind: "world".into(),
        subject_id: String::new(),
        detail: serde_json::json!({}),
    });
    webhook::webhook(&mut tx, now, key).await;
    tx.commit().await.unwrap();
    let mut tx = store.begin().await.unwrap();
    tx.grow_audit_tree().await.unwrap();
    tx.sign_audit_tree(sign, now).await.unwrap();
    tx.commit().await.unwrap();
}

async fn people(tx: &mut Tx, side: u8, now: Timestamp, key: &SecretKey) {
    let venue = NewVenue {
        id: id(Kind::Venue, side),
        institution: id(Kind::Institution, side),
        name: format!("{side}号教室"),
        created_at: now,
    };
    tx.add_venue(&venue).await.unwrap();
    let camera = NewCamera {
        id: id(Kind::Camera, side),
        venue: venue.id,
        name: format!("{side}号摄像头"),
        main_url: "rtsp://192.0.2.10:8554/main".into(),
        sub_url: Some("rtsp://192.0.2.10:8554/sub".into()),
        credentials: Some(Credentials { username: "admin".into(), password: CAMERA_PASSWORD.into() }),
        transport: Transport::Tcp,
        enabled: true,
        created_at: at("2024-09-01T00:00:00Z"),
    };
    tx.add_camera(&camera, key).await.unwrap();
    let class = NewClass {
        id: id(Kind::Class, side),
        institution: venue.institution,
        name: format!("2024年电工{side}班期"),
        major: "电工".into(),
        starts_on: date(2024, 9, 2),
        ends_on: date(2024, 12, 31),
        created_at: now,
    };
    tx.add_class(&class).await.unwrap();
    for (kind, name, number, consent) in
        [(Kind::Student, "甲", Some("01".into()), Some(now)), (Kind::Shy, "乙", None, None)]
    {
        let student = NewStudent {
            id: id(kind, side),
            class: class.id,
            name: format!("学员{name}{side}"),
            sex: Sex::Female,
            number,
            face_consent_at: consent,
            created_at: now,
        };
        tx.add_student(&student).await.unwrap();
    }
    let template = NewTemplate {
        id: TemplateId(Uuid::now_v7()),
        student: id(Kind::Student, side),
        model: "sface".into(),
        vector: vec![TELLTALE; 128],
        created_at: now,
        created_by: None,
        origin: TemplateOrigin::default(),
        portrait: Some(b"\xff\xd8\xff portrait".to_vec()),
    };
    tx.add_template(&template, key).await.unwrap();
}

async fn lessons(tx: &mut Tx, side: u8, now: Timestamp, recordings: &std::path::Path) {
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

async fn judgement(tx: &mut Tx, side: u8, now: Timestamp, objects: &Objects, policy: &StoredPolicy) {
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
            observation,
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

async fn papers(tx: &mut Tx, side: u8, now: Timestamp, objects: &Objects) {
    let institution = Some(id(Kind::Institution, side));
    let content = format!("%PDF-1.7 of {side}");
    let stored = objects.put_hashed(&file_prefix(institution), "pdf", content.as_bytes()).await.unwrap();
    let file = NewFile {
        id: id(Kind::File, side),
        institution,
        name: "许可证.pdf".into(),
        media_type: "application/pdf".into(),
        bytes: stored.digests.bytes,
        sha256: stored.digests.sha256.0,
        object_key: stored.key,
        created_at: now,
        created_by: id(if side == 0 { Kind::Liaison } else { Kind::Other }, 9),
    };
    tx.add_file(&file).await.unwrap();
}

/// A video has come, and was found good.
async fn kept(tx: &mut Tx, side: u8, now: Timestamp, objects: &Objects, sign: &SigningKey) {
    let content = bytes(HALF);
    let upload =
        NewUpload { id: id(Kind::Kept, side), name: "下午.mp4".into(), length: HALF as u64, ..new_upload(side, now) };
    tx.add_upload(&upload).await.unwrap();
    tx.receive_upload(upload.id, now).await.unwrap();
    let prefix = duxue_storage::objects::upload_prefix(upload.institution, upload.id);
    let stored = objects.put_hashed(&prefix, "mp4", content.as_slice()).await.unwrap();
    let video = footage::video();
    let sha256 = stored.digests.sha256.to_string();
    let verdict = Verdict::Accepted { object: stored.key.clone(), sha256, video };
    tx.decide_upload(upload.id, &verdict, now).await.unwrap();
    footage::seal(tx, objects, sign, upload.id, stored).await;
    footage::looked_at(tx, objects, side, now).await;
}

/// Half of a video has come.
async fn upload(tx: &mut Tx, side: u8, now: Timestamp, recordings: &std::path::Path) {
    let upload = new_upload(side, now);
    tx.add_upload(&upload).await.unwrap();
    let spool = recordings.parent().unwrap().join("uploads");
    std::fs::create_dir_all(&spool).unwrap();
    std::fs::write(spool.join(upload.id.to_string()), bytes(HALF)).unwrap();
}

fn new_upload(side: u8, now: Timestamp) -> NewUpload {
    NewUpload {
        id: id(Kind::Upload, side),
        institution: id(Kind::Institution, side),
        class: id(Kind::Class, side),
        session: Some(id(Kind::Past, side)),
        claimed_start: at("2024-10-07T01:00:00Z"),
        name: "上午.mp4".into(),
        metadata: "filename 5LiK5Y2ILm1wNA==".into(),
        length: 2 * HALF as u64,
        expires_at: at("2024-10-15T00:00:00Z"),
        created_at: now,
        created_by: id(if side == 0 { Kind::Liaison } else { Kind::Other }, 9),
    }
}

/// The venue is verified; another room is not.
async fn approvals(tx: &mut Tx, side: u8, now: Timestamp) {
    let (venue, file, created_by) = (id(Kind::Venue, side), id(Kind::File, side), id(Kind::Manager, 9));
    let approved_on = date(2024, 3, 1);
    let approval =
        NewVenueApproval { id: id(Kind::VenueApproval, side), venue, approved_on, file, created_at: now, created_by };
    tx.add_venue_approval(&approval).await.unwrap();
    let room = NewVenue {
        id: id(Kind::Room, side),
        institution: id(Kind::Institution, side),
        name: format!("{side}号实训室"),
        created_at: now,
    };
    tx.add_venue(&room).await.unwrap();
}

/// One student's papers are complete, the other brought nothing yet.
async fn enrolment(tx: &mut Tx, side: u8, now: Timestamp, key: &SecretKey) {
    hand_in(tx, side, id(Kind::Student, side), u32::from(side) * 2, now, key).await;
}

/// Hands in everything for a student whose ID number is the `sequence`th.
pub async fn hand_in(tx: &mut Tx, side: u8, student: StudentId, sequence: u32, now: Timestamp, key: &SecretKey) {
    let file = id(Kind::File, side);
    let by = id(if side == 0 { Kind::Liaison } else { Kind::Other }, 9);
    let papers = HandedIn {
        id_card_seen: true,
        id_card_copy: Some(file),
        status_proof: Some(StatusPaper { issued_by: StatusProof::School, file }),
        registration_form: Some(file),
        hukou_proof: None,
        no_business_statement: Some(file),
        hukou_province: "21".into(),
        school_city: "2104".into(),
    };
    tx.put_papers((student, 0), &papers, by, now).await.unwrap();
    let number = IdNumber::parse(&id_number(sequence), date(2024, 10, 8)).unwrap();
    tx.record_number(student, &number, now, key).await.unwrap();
}

/// The `sequence`th woman born in Fushun on 28 February 2002 (an even one, so that the 17th digit says so).
pub fn id_number(sequence: u32) -> String {
    let body = format!("21040220020228{:03}", 100 + sequence);
    let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let sum: u32 = body.bytes().zip(weights).map(|(digit, weight)| u32::from(digit - b'0') * weight).sum();
    format!("{body}{}", char::from(b"10X98765432"[(sum % 11) as usize]))
}

/// The supervisor and the manager watched this morning; the manager signed for what was watched before.
async fn watching(tx: &mut Tx, side: u8) {
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
async fn inspections(tx: &mut Tx, side: u8) {
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

async fn evidence(tx: &mut Tx, side: u8, now: Timestamp, objects: &Objects, sign: &SigningKey, policy: &StoredPolicy) {
    let held = span("2024-10-07T01:00:00Z", "2024-10-07T04:00:00Z");
    let (class, camera, session) = (id(Kind::Class, side), id(Kind::Camera, side), id(Kind::Past, side));
    for kind in [Kind::Clip, Kind::Waiting] {
        let clip = NewClip {
            id: id(kind, side),
            class,
            session,
            camera,
            wanted: held,
            requested_by: None,
            requested_at: now,
            policy_version: policy.version,
        };
        tx.add_clip(&clip).await.unwrap();
    }
    let clip: ClipId = id(Kind::Clip, side);
    let content = bytes(CLIP + usize::from(side));
    let stored = objects.put_hashed(&clip_prefix(class, clip), "mp4", content.as_slice()).await.unwrap();
    let cut = span("2024-10-07T01:10:00Z", "2024-10-07T01:11:05Z");
    let mut manifest = manifest(clip, (class, session), side, (held, cut), policy);
    manifest.pin(stored.digests.clone());
    let signed = Envelope::sign(&manifest, sign);
    let sealed = SealedClip {
        span: cut,
        bytes: stored.digests.bytes,
        sha256: stored.digests.sha256.0,
        object_key: stored.key,
        sealed_at: now,
    };
    let seal = ClipSeal { manifest: signed.manifest, envelope: signed.envelope };
    tx.seal_clip(clip, &sealed, &seal).await.unwrap();
}

/// A clip's manifest, before its bytes are known.
pub fn manifest(
    clip: ClipId,
    (class, session): (ClassId, SessionId),
    side: u8,
    (held, cut): (Span, Span),
    policy: &StoredPolicy,
) -> Manifest {
    let named = |name: &str| name.to_owned();
    Manifest {
        format: FORMAT.into(),
        clip,
        institution: duxue_storage::Named { id: id(Kind::Institution, side), name: named("学校") },
        class: duxue_storage::Named { id: class, name: named("班") },
        session: SessionFacts { id: session, span: held },
        venue: duxue_storage::Named { id: id(Kind::Venue, side), name: named("教室") },
        camera: duxue_storage::Named { id: id(Kind::Camera, side), name: named("摄像头") },
        wanted: held,
        span: cut,
        gaps: vec![],
        bytes: 0,
        sha256: Hash([0; 32]),
        piece_bytes: 0,
        pieces: vec![],
        sources: vec![],
        policy: PolicyFacts {
            version: policy.version,
            label: policy.policy.label.clone(),
            clip_min_seconds: 60,
            clip_max_gap_ms: 2000,
        },
        audit: AuditAnchor { seq: 0, hash: Hash([0; 32]) },
        made_at: at("2024-10-08T00:00:00Z"),
        made_by: "duxue test".into(),
    }
}
