//! Two institutions with the same of everything, so that whatever one has, another has too.

use std::path::Path;

use duxue_rules::{access::Role, ids::InstitutionId, policy::Policy, span::Span};
use duxue_storage::{
    Objects, SecretKey, SigningKey, Store, audit::Entry, institution::Institution, password, sign_in::Token,
    user::NewUser,
};
use jiff::Timestamp;
use uuid::Uuid;

pub mod accounts;
pub mod attendance;
pub mod conduct;
mod evidence;
pub mod exchange;
pub mod footage;
mod openings;
pub mod pictures;
mod roster;
pub mod settlement;
mod taught;
pub mod teaching;
mod webhook;

pub use evidence::manifest;
pub use openings::name;
pub use pictures::REFERENCE;
pub use roster::{hand_in, id_number};

/// The taught one, the planned one, one a stage of the opening, and those after their course.
pub const CLASSES_OF_A_SIDE: usize = 2 + openings::CLASSES.len() + settlement::CLASSES.len();

/// Half past ten in Fushun, in the middle of the session.
pub const NOW: &str = "2024-10-08T02:30:00Z";
/// The password of everyone.
pub const PASSWORD: &str = "correct horse battery";
/// The password of every camera: seen nowhere, ever.
pub const CAMERA_PASSWORD: &str = "geheim-der-kamera";
/// The clip's bytes.
pub const CLIP: usize = 5_000_000;
/// The bytes of the upload that have come; as many are still to come.
pub const HALF: usize = 40_000;
/// A stretch that lies in both segments, and in the outage between them.
pub const RECORDED: (&str, &str) = ("2024-10-08T01:20:00Z", "2024-10-08T01:45:00Z");
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

pub async fn seed(store: &Store, objects: &Objects, recordings: &Path, key: &SecretKey, sign: &SigningKey) {
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
        roster::people(&mut tx, side, now, key).await;
        taught::lessons(&mut tx, side, now, recordings).await;
        pictures::looked(&mut tx, objects, side).await;
        taught::judgement(&mut tx, side, now, objects, &policy).await;
        evidence::evidence(&mut tx, side, now, objects, sign, &policy).await;
        evidence::papers(&mut tx, side, now, objects).await;
        roster::approvals(&mut tx, side, now).await;
        roster::enrolment(&mut tx, side, now, key).await;
        openings::openings(&mut tx, side, now, key).await;
        evidence::upload(&mut tx, side, now, recordings).await;
        evidence::kept(&mut tx, side, now, objects, sign).await;
        taught::watching(&mut tx, side).await;
        teaching::teaching(&mut tx, side, now).await;
        taught::inspections(&mut tx, side).await;
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
