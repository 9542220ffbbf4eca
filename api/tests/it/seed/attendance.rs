//! A check-in device, a leave of tomorrow, and a statement that nobody has signed yet.

use std::collections::BTreeSet;

use duxue_rules::{
    attendance::{LeaveKind, Side, Statement, StatementCause},
    calendar::Dates,
};
use duxue_storage::{Tx, device::NewDevice, leave::NewLeave, sign_in::Token, statement::NewStatement};
use jiff::{Timestamp, civil::date};

use super::{Kind, id, teaching::sender};

fn token(side: u8) -> Token {
    Token::received(&format!("token-of-device-{side}"))
}

/// What a side's device sends to show who it is.
pub fn bearer(side: u8) -> String {
    format!("Bearer {}", token(side).secret())
}

pub async fn attendance(tx: &mut Tx, side: u8, now: Timestamp) {
    let device = NewDevice {
        id: id(Kind::Device, side),
        venue: id(Kind::Venue, side),
        name: "门口".into(),
        token: token(side).hash(),
        created_at: now,
        created_by: id(Kind::Manager, 9),
    };
    tx.add_device(&device).await.unwrap();
    let leave = NewLeave {
        id: id(Kind::Leave, side),
        class: id(Kind::Class, side),
        student: id(Kind::Student, side),
        kind: LeaveKind::Personal,
        first_on: date(2024, 10, 9),
        last_on: date(2024, 10, 9),
        reason: "家中有事".into(),
        granted_by: sender(side),
        recorded_at: now,
    };
    tx.add_leave(&leave).await.unwrap();
    let statement = Statement {
        id: id(Kind::Statement, side),
        student: id(Kind::Student, side),
        dates: Dates::through(date(2024, 10, 8), date(2024, 10, 8)).unwrap(),
        sides: BTreeSet::from([Side::SignIn]),
        cause: StatementCause::DeviceDown,
        text: "设备断电".into(),
        manager_signed_at: None,
        sealed_at: None,
        student_signed_at: None,
    };
    let statement = NewStatement {
        class: id(Kind::Class, side),
        recorded_at: now,
        recorded_by: sender(side),
        seal: None,
        student_signature: None,
        statement,
    };
    tx.add_statement(&statement).await.unwrap();
}
