//! Classes of each side whose course is over: one that asked for its close-out, one that is reckoned, one whose notice
//! hangs, one whose notice passed, and one whose year after is over.

use std::collections::BTreeSet;

use duxue_rules::{
    access::{Actor, Role},
    attendance::{Punch, PunchMethod, Side},
    calendar::Calendar,
    civil,
    closeout::{
        Application, Applied, Assessment, Certificate, CertificateKind, CloseOut, Decision, check as check_closeout,
    },
    draw::Seed,
    ids::{AssessmentId, ClassId, ClipId, PunchId, SessionId, StudentId, TrackingId, UserId},
    notice_period::{Masked, Notice, NoticeLine, last_day},
    policy::Policy,
    roster::Sex,
    span::Span,
    subsidy::{ClassClaim, Fen, StudentClaim, reckon},
    tracking::{Entry, Node, Occupation},
    verification::{Matter, Phase, SpotCheck, SpotCheckResult, Verification, draw},
};
use duxue_storage::{
    SecretKey, SigningKey, Tx,
    class::NewClass,
    clip::{ClipSeal, NewClip, SealedClip},
    notice::{NewNotice, NewObjection},
    policy::StoredPolicy,
    punch::{NewPunch, NewSource},
    seal::Envelope,
    session::NewSession,
    spot_check::NewSpotCheck,
    student::NewStudent,
    subsidy::{Annexes, NewStandard, NewSubsidy, Reckoning},
    tracking::NewTrackingEntry,
    verification::NewVerification,
};
use jiff::{
    SignedDuration, Timestamp, ToSpan,
    civil::{Date, date},
};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::{Kind, at, hand_in, id, manifest, span, teaching::sender};

const CENTRE: Actor = Actor { role: Role::Manager, institution: None };

/// The last day of every class here.
pub const LAST: Date = date(2024, 9, 6);

/// The first or second student of one of the classes.
pub fn student(side: u8, class: Kind, number: u8) -> StudentId {
    let first: Uuid = id(class, side);
    StudentId(Uuid::from_u128(first.as_u128() + (u128::from(number + 1) << 8)))
}

/// An identity made at that time, so that identities sort as what they identify came.
fn made(second: &str) -> Uuid {
    let seconds = u64::try_from(at(second).as_second()).unwrap();
    Uuid::new_v7(uuid::Timestamp::from_unix(uuid::NoContext, seconds, 0))
}

fn manager() -> UserId {
    id(Kind::Manager, 9)
}

/// The classes of this file.
pub const CLASSES: [Kind; 5] = [Kind::Ended, Kind::Finished, Kind::Noticed, Kind::Passed, Kind::Tracked];

pub async fn settlement(tx: &mut Tx, side: u8, sign: &SigningKey, key: &SecretKey, policy: &StoredPolicy) {
    let standard = NewStandard {
        id: id(Kind::Standard, side),
        major: format!("美容{side}"),
        year: 2024,
        amount: Fen::from_yuan(3_000),
        document: "抚人社发〔2024〕1号".into(),
        set_by: manager(),
        set_at: at("2024-06-01T00:00:00Z"),
    };
    tx.add_standard(&standard).await.unwrap();

    class(tx, side, Kind::Ended, LAST, key).await;
    apply(tx, side, Kind::Ended, policy).await;
    spot_check(tx, side, Kind::Ended, policy).await;

    for (hour, kind) in [(1, Kind::Finished), (3, Kind::Noticed), (5, Kind::Passed)] {
        class(tx, side, kind, LAST, key).await;
        evidence(tx, side, kind, hour, sign, policy).await;
        settled(tx, side, kind, policy).await;
    }
    notice(tx, side, Kind::Noticed, Kind::Notice, "2024-10-08T00:00:00Z", policy).await;
    let objection = NewObjection {
        id: id(Kind::Objection, side),
        notice: id(Kind::Notice, side),
        on: date(2024, 10, 8),
        objector: "某市民".into(),
        text: "有人未上课".into(),
        recorded_by: manager(),
        recorded_at: at("2024-10-08T00:30:00Z"),
    };
    tx.add_objection(&objection).await.unwrap();
    notice(tx, side, Kind::Passed, Kind::PassedNotice, "2024-09-12T00:00:00Z", policy).await;

    let ended = date(2023, 9, 6);
    class(tx, side, Kind::Tracked, ended, key).await;
    for (number, node) in [0, 1].into_iter().flat_map(|number| Node::ALL.map(|node| (number, node))) {
        let row = NewTrackingEntry {
            id: TrackingId(made("2024-10-08T00:00:00Z")),
            class: id(Kind::Tracked, side),
            entry: Entry {
                student: student(side, Kind::Tracked, number),
                node,
                on: Node::from(node, ended).unwrap(),
                occupation: if number == 0 { Occupation::Employed } else { Occupation::None },
            },
            note: String::new(),
            recorded_by: sender(side),
            recorded_at: at("2024-10-08T00:00:00Z"),
        };
        tx.add_tracking_entry(&row).await.unwrap();
    }
}

/// A class of two students.
async fn class(tx: &mut Tx, side: u8, kind: Kind, last: Date, key: &SecretKey) {
    let created_at = at("2024-06-01T00:00:00Z");
    let class = NewClass {
        id: id(kind, side),
        institution: id(Kind::Institution, side),
        name: format!("2024年美容专业{}{side}班期", kind as u8),
        major: format!("美容{side}"),
        starts_on: last.checked_sub(95.days()).unwrap(),
        ends_on: last,
        created_at,
    };
    tx.add_class(&class).await.unwrap();
    for number in [0, 1] {
        let student = NewStudent {
            id: student(side, kind, number),
            class: class.id,
            name: format!("学员{}{side}", ["丙", "丁"][usize::from(number)]),
            sex: Sex::Female,
            number: Some(format!("20240{number}")),
            face_consent_at: None,
            created_at,
        };
        tx.add_student(&student).await.unwrap();
        let index = CLASSES.iter().position(|class| *class as u8 == kind as u8).unwrap_or_default() as u32;
        let sequence = 200 + index * 8 + u32::from(number) * 4 + u32::from(side) * 2;
        hand_in(tx, side, student.id, sequence, created_at, key).await;
    }
}

/// An application on the last day for both students.
async fn apply(tx: &mut Tx, side: u8, kind: Kind, policy: &StoredPolicy) -> Applied {
    let students = [0, 1].map(|number| student(side, kind, number));
    let file = id(Kind::File, side);
    let closeout = CloseOut { applied_on: LAST, ledger: "ledger".into(), pass_list: students.to_vec() };
    let answer = check_closeout(&closeout, LAST, &students, &[], &Calendar::published(), &policy.policy).unwrap();
    let closeout_id =
        if matches!(kind, Kind::Ended) { id(Kind::CloseOut, side) } else { made("2024-09-06T02:00:00Z").into() };
    let at = at("2024-09-06T02:00:00Z");
    let applied = Applied::new(closeout_id, id(kind, side), closeout, answer, sender(side), at).unwrap();
    tx.add_closeout(&applied, file, file, policy.version).await.unwrap();
    applied
}

async fn spot_check(tx: &mut Tx, side: u8, kind: Kind, policy: &StoredPolicy) {
    let students = [0, 1].map(|number| student(side, kind, number));
    let seed = Seed(Sha256::digest(format!("{side}{}", kind as u8)).into());
    let check = NewSpotCheck {
        id: made("2024-09-09T00:00:00Z").into(),
        class: id(kind, side),
        number: 1,
        check: SpotCheck { draw: draw(&students, seed, &policy.policy), again_because: None },
        policy_version: policy.version,
        drawn_by: manager(),
        drawn_at: at("2024-09-09T00:00:00Z"),
    };
    tx.add_spot_check(&check).await.unwrap();
}

/// A clip of 65 s a week for ten weeks.
async fn evidence(tx: &mut Tx, side: u8, kind: Kind, hour: u8, sign: &SigningKey, policy: &StoredPolicy) {
    let class: ClassId = id(kind, side);
    for week in 0..10i64 {
        let day = SignedDuration::from_hours(24 * 7 * week);
        let from = at(&format!("2024-06-24T0{hour}:00:00Z")) + day;
        let held = span(&from.to_string(), &(from + SignedDuration::from_hours(1)).to_string());
        let session = NewSession {
            id: SessionId(Uuid::now_v7()),
            class,
            venue: id(Kind::Venue, side),
            date: civil::date_of(from),
            span: held,
            created_at: at("2024-06-01T00:00:00Z"),
        };
        tx.add_session(&session).await.unwrap();
        punches(tx, side, kind, held).await;
        let clip: ClipId = Uuid::now_v7().into();
        let wanted = NewClip {
            id: clip,
            class,
            session: session.id,
            camera: id(Kind::Camera, side),
            wanted: held,
            requested_by: None,
            requested_at: from,
            policy_version: policy.version,
        };
        tx.add_clip(&wanted).await.unwrap();
        let cut = span(&from.to_string(), &(from + SignedDuration::from_secs(65)).to_string());
        let signed = Envelope::sign(&manifest(clip, (class, session.id), side, (held, cut), policy), sign);
        let sealed = SealedClip {
            span: cut,
            bytes: 1,
            sha256: [0; 32],
            object_key: format!("clips/{class}/{clip}.mp4"),
            sealed_at: from + SignedDuration::from_hours(2),
        };
        let seal = ClipSeal { manifest: signed.manifest, envelope: signed.envelope };
        tx.seal_clip(clip, &sealed, &seal).await.unwrap();
    }
}

/// Both sign in and out.
async fn punches(tx: &mut Tx, side: u8, kind: Kind, held: Span) {
    let ten = SignedDuration::from_mins(10);
    for number in [0, 1] {
        for (end, made_at) in [(Side::SignIn, held.start() - ten), (Side::SignOut, held.end() + ten)] {
            let punch = Punch {
                id: PunchId(Uuid::now_v7()),
                student: student(side, kind, number),
                side: end,
                venue: id(Kind::Venue, side),
                made_at,
                received_at: made_at,
                method: PunchMethod::Face,
            };
            let source = NewSource::Import { by: sender(side) };
            tx.add_punch(&NewPunch { punch, class: id(kind, side), source }).await.unwrap();
        }
    }
}

/// Both are accepted, the first is certified, and the claim is reckoned.
async fn settled(tx: &mut Tx, side: u8, kind: Kind, policy: &StoredPolicy) {
    let class: ClassId = id(kind, side);
    let students = [0, 1].map(|number| student(side, kind, number));
    let applied = apply(tx, side, kind, policy).await;
    let decision = Decision { by: manager(), at: at("2024-09-06T08:00:00Z"), why: None };
    let accepted = applied.accept(CENTRE, BTreeSet::from(students), LAST, decision).unwrap();
    tx.decide_closeout(&Application::Accepted(accepted)).await.unwrap();
    for (number, student) in students.into_iter().enumerate() {
        let certificate = Certificate {
            student,
            kind: CertificateKind::VocationalSkill,
            number: format!("LN{side}{}", kind as u8),
            issued_on: date(2024, 9, 10),
        };
        let assessment =
            Assessment { student, on: date(2024, 9, 9), certificate: Some(certificate).filter(|_| number == 0) };
        let when = at("2024-09-10T00:00:00Z");
        tx.add_assessment(AssessmentId(made("2024-09-10T00:00:00Z")), class, &assessment, manager(), when)
            .await
            .unwrap();
    }
    for (student, matter) in students.into_iter().flat_map(|student| Matter::ALL.map(|matter| (student, matter))) {
        let (by, evidence) = matter.required(Phase::AtEnd);
        let verification = NewVerification {
            id: Uuid::now_v7().into(),
            fact: Verification { student, matter, phase: Phase::AtEnd, on: LAST, by, evidence, found: false },
            note: String::new(),
            file: Some(id(Kind::File, side)),
            recorded_by: manager(),
            recorded_at: at("2024-09-06T09:00:00Z"),
        };
        tx.add_verification(&verification).await.unwrap();
    }
    spot_check(tx, side, kind, policy).await;
    for student in students {
        let result = SpotCheckResult { student, agrees: true };
        tx.add_spot_check_result(class, result, "", manager(), at("2024-09-10T01:00:00Z")).await.unwrap();
    }
    let file = Some(id(Kind::File, side));
    let annexes = Annexes { six: file, seven: file, eight: file };
    let claim = made("2024-09-10T02:00:00Z").into();
    tx.add_claim(claim, class, &annexes, sender(side), at("2024-09-10T02:00:00Z")).await.unwrap();
    let claimed = ClassClaim {
        standard: Fen::from_yuan(3_000),
        students: [0, 1]
            .map(|number| StudentClaim {
                student: students[number],
                accepted: true,
                certified: number == 0,
                against: vec![],
                let_pass: vec![],
            })
            .to_vec(),
        annexes: annexes.there(),
        evidence: vec![],
        spot_check: vec![],
        undecided: vec![],
    };
    let subsidy = reckon(&claimed).unwrap();
    let row = NewSubsidy {
        id: subsidy_of(side, kind).into(),
        class,
        standard: id(Kind::Standard, side),
        claim,
        reckoning: Reckoning { claim: claimed, subsidy },
        policy_version: policy.version,
        reckoned_by: manager(),
        reckoned_at: at("2024-09-11T00:00:00Z"),
    };
    tx.add_subsidy(&row).await.unwrap();
}

/// The reckoning of one of the classes.
fn subsidy_of(side: u8, kind: Kind) -> Uuid {
    let class: Uuid = id(kind, side);
    Uuid::from_u128(class.as_u128() + (9 << 8))
}

async fn notice(tx: &mut Tx, side: u8, class: Kind, kind: Kind, published_at: &str, policy: &StoredPolicy) {
    let published_at: Timestamp = at(published_at);
    let line = NoticeLine {
        name: format!("学员丙{side}"),
        number: Some(Masked::roster_number("202400")),
        amount: Fen::from_yuan(3_000),
    };
    let notice = Notice {
        institution: format!("第{side}培训学校"),
        lines: vec![line],
        published_on: civil::date_of(published_at),
    };
    let until = last_day(&notice, &Calendar::published(), &Policy::default()).unwrap();
    let row = NewNotice {
        id: id(kind, side),
        class: id(class, side),
        subsidy: subsidy_of(side, class).into(),
        notice,
        last_day: until.value,
        policy_version: policy.version,
        published_by: manager(),
        published_at,
    };
    tx.add_notice(&row).await.unwrap();
}
