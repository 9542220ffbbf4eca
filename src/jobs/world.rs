//! A little world for the tests of jobs: a session of two hours in a room with two cameras.

use std::path::Path;

use duxue_rules::{
    access::Role,
    ids::{CameraId, ClassId, StudentId, UserId},
    roster::Sex,
    span::Span,
};
use duxue_storage::{
    SecretKey, Store, Tx,
    camera::{NewCamera, Transport},
    class::NewClass,
    institution::Institution,
    session::{NewSession, Session},
    student::NewStudent,
    template::{NewTemplate, TemplateOrigin},
    user::NewUser,
    venue::NewVenue,
};
use jiff::{Timestamp, civil::date};
use uuid::Uuid;

/// Seconds after 09:00 in Fushun on a Tuesday.
pub fn at(second: i64) -> Timestamp {
    Timestamp::from_second(1_728_349_200 + second).unwrap()
}

/// A new identity of any kind.
pub fn id<I: From<Uuid>>() -> I {
    I::from(Uuid::now_v7())
}

/// All of it.
pub struct World {
    pub store: Store,
    /// From 09:00 to 11:00.
    pub session: Session,
    pub cameras: [CameraId; 2],
    pub user: UserId,
}

/// Somebody of the class who agreed to be recognised, with a template of this recogniser.
pub async fn enrolled(
    tx: &mut Tx,
    class: ClassId,
    key: &SecretKey,
    (model, vector): (&str, Vec<f32>),
    portrait: Option<Vec<u8>>,
) -> StudentId {
    let student = NewStudent {
        id: id(),
        class,
        name: "张三".into(),
        sex: Sex::Female,
        number: None,
        face_consent_at: Some(at(0)),
        created_at: at(0),
    };
    tx.add_student(&student).await.unwrap();
    let template = NewTemplate {
        id: id(),
        student: student.id,
        model: model.into(),
        vector,
        created_at: at(0),
        created_by: None,
        origin: TemplateOrigin::Enrolment,
        portrait,
    };
    tx.add_template(&template, key).await.unwrap();
    student.id
}

impl World {
    pub async fn new(folder: &Path) -> Self {
        let url = format!("sqlite://{}", folder.join("duxue.db").display());
        let store = Store::connect(&url.parse().unwrap(), true).await.unwrap();
        let mut tx = store.begin().await.unwrap();
        let institution = Institution { id: id(), name: "甲".into(), created_at: at(0) };
        tx.add_institution(&institution).await.unwrap();
        let user = NewUser {
            id: id(),
            username: "li".into(),
            display_name: "李".into(),
            role: Role::Institution,
            institution: Some(institution.id),
            password_hash: "$argon2id$…".into(),
            created_at: at(0),
        };
        tx.add_user(&user).await.unwrap();
        let venue = NewVenue { id: id(), institution: institution.id, name: "301".into(), created_at: at(0) };
        tx.add_venue(&venue).await.unwrap();
        let cameras = [id(), id()];
        for (camera, name) in cameras.into_iter().zip(["前", "后"]) {
            let camera = NewCamera {
                id: camera,
                venue: venue.id,
                name: name.into(),
                main_url: "rtsp://192.0.2.7/main".into(),
                sub_url: None,
                credentials: None,
                transport: Transport::Tcp,
                enabled: true,
                created_at: at(0),
            };
            tx.add_camera(&camera, &SecretKey::from_bytes(&[5; 32])).await.unwrap();
        }
        let class = NewClass {
            id: id(),
            institution: institution.id,
            name: "2024年电子商务专业1班期".into(),
            major: "电子商务".into(),
            starts_on: date(2024, 10, 8),
            ends_on: date(2025, 1, 8),
            created_at: at(0),
        };
        tx.add_class(&class).await.unwrap();
        let session = NewSession {
            id: id(),
            class: class.id,
            venue: venue.id,
            date: date(2024, 10, 8),
            span: Span::new(at(0), at(7200)).unwrap(),
            created_at: at(0),
        };
        tx.add_session(&session).await.unwrap();
        let session = tx.session(session.id).await.unwrap().unwrap();
        tx.commit().await.unwrap();
        Self { store, session, cameras, user: user.id }
    }
}
