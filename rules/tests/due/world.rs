//! A class from 8 October 2024 to 7 January 2025, with signed supervision made the way an office makes it.

use std::collections::BTreeSet;

use duxue_rules::{
    access::{Actor, Role},
    calendar::{Calendar, Dates},
    civil,
    due::ClassFacts,
    evidence::{Chance, PlanDay},
    ids::{CameraId, ClassId, InstitutionId, StudentId, SupervisionId, UserId, WatchId},
    policy::Policy,
    span::Span,
    supervision::{
        Checklist, ContentHash, LoggedWatch, Look, RemoteDraft, SheetDraft, Showing, Signature, SignedRemote,
        SignedSheet, Taught, basis,
    },
};
use jiff::{
    Timestamp,
    civil::{Date, date, time},
};
use uuid::Uuid;

pub const CLASS: ClassId = ClassId(Uuid::from_u128(1));
const CENTRE: Actor = Actor { role: Role::Supervisor, institution: None };

pub fn student(n: u128) -> StudentId {
    StudentId(Uuid::from_u128(100 + n))
}

pub fn clock(on: Date, hour: i8, minute: i8) -> Timestamp {
    civil::instant(on, time(hour, minute, 0, 0)).unwrap()
}

fn span(on: Date, from: i8, to: i8) -> Span {
    Span::new(clock(on, from, 0), clock(on, to, 0)).unwrap()
}

/// An identity of its own for each day.
fn of_day(on: Date) -> Uuid {
    Uuid::from_u128((on - date(2024, 1, 1)).get_days() as u128)
}

fn user(n: u128) -> UserId {
    UserId(Uuid::from_u128(200 + n))
}

fn checklist() -> Checklist {
    Checklist { attendance_real: Look::SeenFine, ..Checklist::default() }
}

/// The class was watched that day from 9 to 10, and the record signed in the evening.
pub fn watched(on: Date) -> SignedRemote {
    watched_of(CLASS, on)
}

fn watched_of(class: ClassId, on: Date) -> SignedRemote {
    let camera = CameraId(Uuid::from_u128(7));
    let taught = Taught { class, camera, span: span(on, 8, 12) };
    let watch = WatchId(of_day(on));
    let watch = LoggedWatch { watch, by: user(1), camera, showing: Showing::Live, span: span(on, 9, 10) };
    let draft = RemoteDraft {
        id: SupervisionId(of_day(on)),
        class,
        supervisor: user(1),
        basis: vec![basis(class, &watch, &[taught]).unwrap()],
        checklist: checklist(),
        remark: None,
    };
    draft.sign(CENTRE, Signature { by: user(1), at: clock(on, 17, 0) }, ContentHash([1; 32])).unwrap()
}

/// Two inspectors were there that day, and the institution confirmed it.
pub fn inspected(on: Date) -> SignedSheet {
    let institution = InstitutionId(Uuid::from_u128(3));
    let draft = SheetDraft {
        id: SupervisionId(of_day(on)),
        class: CLASS,
        institution,
        on,
        inspectors: [user(1), user(2)].into(),
        checklist: checklist(),
        remark: None,
    };
    let mut signing = draft.close(clock(on, 11, 0), ContentHash([2; 32]), &Policy::default()).unwrap();
    for n in [1, 2] {
        signing = signing.sign_as_inspector(CENTRE, Signature { by: user(n), at: clock(on, 12, 0) }).unwrap();
    }
    let inspected = Actor { role: Role::Institution, institution: Some(institution) };
    let signature = Signature { by: user(3), at: clock(on, 12, 0) };
    signing.sign_as_manager(inspected, signature).unwrap().complete().unwrap()
}

/// The class with its reports up to 15 October, and nothing else done.
pub fn facts() -> ClassFacts {
    let dates = Dates::through(date(2024, 10, 8), date(2025, 1, 7)).unwrap();
    let training_days = Calendar::published().working_days(dates).value;
    ClassFacts {
        class: CLASS,
        reported: training_days.iter().copied().filter(|day| *day <= date(2024, 10, 15)).collect(),
        training_days,
        students: vec![student(1), student(2)],
        remote: Vec::new(),
        sheets: Vec::new(),
        spot_checks: Vec::new(),
        evidence: None,
        closeout_applied_on: None,
        tracking: Vec::new(),
        ledger_handed_in_on: None,
    }
}

/// Another class of the same dates, watched on some of its training days.
pub fn class(n: u128, watched_on: &BTreeSet<usize>) -> ClassFacts {
    let class = ClassId(Uuid::from_u128(n));
    let facts = facts();
    let days = watched_on.iter().filter_map(|&index| facts.training_days.get(index));
    ClassFacts { class, remote: days.map(|&on| watched_of(class, on)).collect(), ..facts }
}

/// Each day with one long lesson; those before `lost_before` are lost.
pub fn lessons(days: &[Date], lost_before: Date) -> Vec<PlanDay> {
    days.iter()
        .map(|&date| {
            let chance = if date < lost_before {
                Chance::Lost { since: date }
            } else {
                Chance::Open { lessons: vec![span(date, 9, 10)] }
            };
            PlanDay { date, chance }
        })
        .collect()
}
