//! An institution with a venue, a camera, a class, two students, a session, people and a policy.

use duxue_rules::{
    access::Role,
    ids::{CameraId, ClassId, InstitutionId, SessionId, StudentId, UserId, VenueId},
    policy::Policy,
    roster::Sex,
    span::Span,
};
use duxue_storage::{
    SecretKey,
    camera::{Credentials, NewCamera, Transport},
    class::NewClass,
    institution::Institution,
    session::NewSession,
    student::NewStudent,
    user::NewUser,
    venue::NewVenue,
};
use jiff::civil::date;

use crate::common::{Db, at, id};

pub struct World {
    pub institution: InstitutionId,
    pub manager: UserId,
    pub liaison: UserId,
    pub venue: VenueId,
    pub camera: CameraId,
    pub class: ClassId,
    pub students: [StudentId; 2],
    pub session: SessionId,
    pub policy: i64,
}

pub fn key() -> SecretKey {
    SecretKey::from_bytes(&[5; 32])
}

pub fn span(start: i64, end: i64) -> Span {
    Span::new(at(start), at(end)).unwrap()
}

pub fn user(username: &str, role: Role, institution: Option<InstitutionId>) -> NewUser {
    NewUser {
        id: id(),
        username: username.into(),
        display_name: format!("{username} 的姓名"),
        role,
        institution,
        password_hash: "$argon2id$…".into(),
        created_at: at(0),
    }
}

pub fn camera(venue: VenueId, name: &str) -> NewCamera {
    NewCamera {
        id: id(),
        venue,
        name: name.into(),
        main_url: "rtsp://192.0.2.7:554/main".into(),
        sub_url: Some("rtsp://192.0.2.7:554/sub".into()),
        credentials: Some(Credentials { username: "admin".into(), password: "hunter2".into() }),
        transport: Transport::Tcp,
        enabled: true,
        created_at: at(0),
    }
}

pub fn student(class: ClassId, name: &str, number: &str) -> NewStudent {
    NewStudent {
        id: id(),
        class,
        name: name.into(),
        sex: Sex::Female,
        number: Some(number.into()),
        face_consent_at: Some(at(0)),
        created_at: at(0),
    }
}

pub fn session(class: ClassId, venue: VenueId, span: Span) -> NewSession {
    NewSession { id: id(), class, venue, date: date(2024, 10, 8), span, created_at: at(0) }
}

/// Makes it all.
pub async fn world(db: &Db) -> World {
    world_named(db, "抚顺示范培训学校").await
}

/// Several worlds in one database need several names.
pub async fn world_named(db: &Db, name: &str) -> World {
    let mut tx = db.begin().await;
    let institution = Institution { id: id(), name: name.into(), created_at: at(0) };
    tx.add_institution(&institution).await.unwrap();
    let manager = user(&format!("guan-{name}"), Role::Manager, None);
    let liaison = user(&format!("lin-{name}"), Role::Institution, Some(institution.id));
    tx.add_user(&manager).await.unwrap();
    tx.add_user(&liaison).await.unwrap();
    let venue = NewVenue { id: id(), institution: institution.id, name: "一号教室".into(), created_at: at(0) };
    tx.add_venue(&venue).await.unwrap();
    let camera = camera(venue.id, "前");
    tx.add_camera(&camera, &key()).await.unwrap();
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
    let students = [student(class.id, "张三", "01"), student(class.id, "李四", "02")];
    for student in &students {
        tx.add_student(student).await.unwrap();
    }
    let session = session(class.id, venue.id, span(0, 7200));
    tx.add_session(&session).await.unwrap();
    let policy = tx.ensure_policy(&Policy::default(), at(0)).await.unwrap();
    tx.commit().await.unwrap();
    World {
        institution: institution.id,
        manager: manager.id,
        liaison: liaison.id,
        venue: venue.id,
        camera: camera.id,
        class: class.id,
        students: students.map(|student| student.id),
        session: session.id,
        policy: policy.version,
    }
}

/// The field that an error names.
pub fn field<T: std::fmt::Debug>(result: Result<T, duxue_storage::Error>) -> &'static str {
    match result {
        Err(duxue_storage::Error::Field { field, .. }) => field,
        other => panic!("no field error: {other:?}"),
    }
}

/// Whether another was faster.
pub fn is_lost<T>(result: &Result<T, duxue_storage::Error>) -> bool {
    matches!(result, Err(duxue_storage::Error::Lost { .. }))
}
