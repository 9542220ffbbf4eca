//! A class at every stage of its opening, each with one student whose papers are complete.

use duxue_rules::{
    ids::*,
    opening::{
        Application, Applied, Catalogue, CatalogueEntry, Draft, Filed, Filing, FilingPaper, Opening, SelfCheck,
        SelfCheckItem, SelfChecked, StudentFiling, Textbook, TextbookGround, VenueApproval,
    },
    roster::Sex,
    verification::{Matter, Phase, Verification},
};
use duxue_storage::{
    SecretKey, Tx, class::NewClass, opening::OpeningStep, session::NewSession, student::NewStudent,
    verification::NewVerification,
};
use jiff::{Timestamp, civil::date};
use uuid::Uuid;

use super::{Kind, at, hand_in, id, span};

/// The classes of this file, in the order of their stages, with the kind of their student.
pub const CLASSES: [(Kind, Kind); 5] = [
    (Kind::Prepared, Kind::PreparedStudent),
    (Kind::Checked, Kind::CheckedStudent),
    (Kind::Filed, Kind::FiledStudent),
    (Kind::Applied, Kind::AppliedStudent),
    (Kind::Approved, Kind::ApprovedStudent),
];

/// What the class of a stage is called.
pub fn name(kind: Kind) -> String {
    let batch = CLASSES.iter().position(|(class, _)| *class as u8 == kind as u8).unwrap_or(90) + 11;
    format!("2024年电工专业{batch}班期")
}

pub async fn openings(tx: &mut Tx, side: u8, now: Timestamp, key: &SecretKey) {
    let by = id(if side == 0 { Kind::Liaison } else { Kind::Other }, 9);
    for (index, (kind, student)) in (0..).zip(CLASSES) {
        let class = NewClass {
            id: id(kind, side),
            institution: id(Kind::Institution, side),
            name: name(kind),
            major: "电工".into(),
            starts_on: date(2024, 10, 7),
            ends_on: date(2025, 1, 31),
            created_at: now,
        };
        tx.add_class(&class).await.unwrap();
        enrolled(tx, side, class.id, (id(student, side), 20 + index * 4 + u32::from(side) * 2), now, key).await;
        let draft = draft(&class, side);
        let opening = match kind {
            Kind::Prepared => Opening::Draft(draft),
            Kind::Checked => Opening::SelfChecked(checked(draft, side)),
            Kind::Filed => Opening::Filed(filed(draft, side, id(student, side))),
            Kind::Applied => Opening::Applied(applied(draft, side, id(student, side))),
            _ => Opening::Approved(
                applied(draft, side, id(student, side)).approve(id(Kind::Supervisor, 9), date(2024, 10, 7)),
            ),
        };
        let step = OpeningStep {
            class: class.id,
            revision: 0,
            opening,
            readiness: vec![],
            sent_back_because: None,
            at: now,
            by,
        };
        tx.take_opening_step(&step).await.unwrap();
    }
    let held = span("2024-10-07T05:00:00Z", "2024-10-07T08:00:00Z");
    let (class, venue) = (id(Kind::Approved, side), id(Kind::Room, side));
    let first =
        NewSession { id: id(Kind::First, side), class, venue, date: date(2024, 10, 7), span: held, created_at: now };
    tx.add_session(&first).await.unwrap();
}

async fn enrolled(
    tx: &mut Tx,
    side: u8,
    class: ClassId,
    (student, sequence): (StudentId, u32),
    now: Timestamp,
    key: &SecretKey,
) {
    let new = NewStudent {
        id: student,
        class,
        name: format!("学员{sequence}"),
        sex: Sex::Female,
        number: None,
        face_consent_at: None,
        created_at: now,
    };
    tx.add_student(&new).await.unwrap();
    hand_in(tx, side, student, sequence, now, key).await;
    for matter in Matter::ALL {
        let (by, evidence) = matter.required(Phase::Before);
        let on = date(2024, 9, 1);
        let verification = NewVerification {
            id: VerificationId(Uuid::now_v7()),
            fact: Verification { student, matter, phase: Phase::Before, on, by, evidence, found: false },
            note: String::new(),
            file: Some(id(Kind::File, side)),
            recorded_at: now,
            recorded_by: id(Kind::Supervisor, 9),
        };
        tx.add_verification(&verification).await.unwrap();
    }
}

fn draft(class: &NewClass, side: u8) -> Draft {
    Draft {
        venues: vec![id(Kind::Venue, side)],
        textbooks: vec![Textbook { title: "电工".into(), ground: TextbookGround::Catalogue }],
        ..Draft::of_class(class.institution, &class.name, &class.major, class.starts_on)
    }
}

fn checked(draft: Draft, side: u8) -> SelfChecked {
    let file = id::<FileId>(Kind::File, side).to_string();
    let checks = SelfCheckItem::ALL.map(|item| SelfCheck { item, on: date(2024, 9, 1), file: file.clone() });
    let institution = draft.institution;
    let catalogue = Catalogue(vec![CatalogueEntry { year: 2024, institution, major: "电工".into() }]);
    let (venue, approved_on) = (draft.venues[0], date(2024, 3, 1));
    let venues = [VenueApproval { venue, institution, approved_on, file, withdrawn_on: None }];
    draft.self_check(checks.to_vec(), &catalogue, &venues, date(2024, 9, 2)).unwrap()
}

fn filed(draft: Draft, side: u8, student: StudentId) -> Filed {
    let line = StudentFiling { student, in_order: FilingPaper::ALL.into_iter().collect() };
    let filing = Filing { by: id(Kind::Supervisor, 9), on: date(2024, 9, 20), students: vec![line] };
    checked(draft, side).file(filing, &[student], vec![]).unwrap()
}

fn applied(draft: Draft, side: u8, student: StudentId) -> Applied {
    let name = draft.name.to_string();
    let person = Some(id(if side == 0 { Kind::Liaison } else { Kind::Other }, 9));
    let application = Application {
        offline_name: name.clone(),
        online_name: name,
        platform_number: "LN-1".into(),
        liaison: person,
        class_manager: person,
        applied_at: at("2024-10-07T00:00:00Z"),
    };
    // As it was read back: what was measured is no part of it.
    Applied { filed: filed(draft, side, student), application }
}
