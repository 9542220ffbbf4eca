//! Where a side teaches, whom, and what was approved and handed in of it.

use duxue_rules::{
    enrolment::{HandedIn, StatusPaper, StatusProof},
    ids::{StudentId, TemplateId},
    person::IdNumber,
    roster::Sex,
};
use duxue_storage::{
    SecretKey, Tx,
    camera::{Credentials, NewCamera, Transport},
    class::NewClass,
    student::NewStudent,
    template::{NewTemplate, TemplateOrigin},
    venue::NewVenue,
    venue_approval::NewVenueApproval,
};
use jiff::{Timestamp, civil::date};
use uuid::Uuid;

use super::{CAMERA_PASSWORD, Kind, at, id};
use crate::fakes::TELLTALE;

pub async fn people(tx: &mut Tx, side: u8, now: Timestamp, key: &SecretKey) {
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

/// The venue is verified; another room is not.
pub async fn approvals(tx: &mut Tx, side: u8, now: Timestamp) {
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
pub async fn enrolment(tx: &mut Tx, side: u8, now: Timestamp, key: &SecretKey) {
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
