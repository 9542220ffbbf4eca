//! What each side is held to have done: a charge, and five violations of which one is still to be reported, one is reported
//! and one suspends it, from next year on. A message each way.

use duxue_rules::{
    RuleId, Text,
    access::{Actor, Role},
    crosscheck::{FindingDraft, FindingKind},
    finding::Record,
    ids::{FindingId, UserId, ViolationId},
    policy::Policy,
    text::Remark,
    violation::{Charge, Order, Severity, Suspension, Verdict, Word, ladder, report},
};
use duxue_storage::{
    Tx,
    finding::{Outcome, RaisedFinding},
    institution::Institution,
    message::{NewMessage, Side},
    violation::CaseState,
};
use jiff::{SignedDuration, Timestamp, civil::date};
use uuid::Uuid;

use super::{Kind, at, id, roster::people, taught::lessons, teaching::sender};
use crate::world::World;

const CENTRE: Actor = Actor { role: Role::Manager, institution: None };

fn remark(text: &str) -> Remark {
    Remark::new(text).unwrap()
}

/// A finding of a side's session.
pub fn finding(id_: FindingId, side: u8, session: Kind, kind: FindingKind, policy_version: i64) -> RaisedFinding {
    RaisedFinding {
        id: id_,
        session: id(session, side),
        class: id(Kind::Class, side),
        draft: FindingDraft {
            rule: RuleId::new("R7.1x"),
            kind,
            subject: None,
            confidence: 0.9,
            expected: Text::new("有人上课", "people there"),
            seen: Text::new("无人", "nobody"),
            reasons: vec![],
            would_change: Text::new("更多画面", "more pictures"),
            frames: vec![],
        },
        frames: vec![],
        policy_version,
        at: at("2024-10-08T00:00:00Z"),
    }
}

pub async fn conduct(tx: &mut Tx, side: u8, now: Timestamp, policy_version: i64) {
    let supervisor: UserId = id(Kind::Supervisor, 9);
    let seen = finding(id(Kind::Confirmed, side), side, Kind::Past, FindingKind::NobodyThere, policy_version);
    tx.raise_finding(&seen).await.unwrap();
    tx.decide_finding(seen.id, Outcome::Confirmed, supervisor, now, "看过画面").await.unwrap();

    let mut verdicts = Vec::new();
    let kinds = [Kind::Charged, Kind::Violation, Kind::Interviewed, Kind::Third, Kind::Reported, Kind::Suspended];
    for (minutes, kind) in (0..).zip(kinds) {
        let violation: ViolationId = id(kind, side);
        let charge = Charge {
            violation,
            institution: id(Kind::Institution, side),
            class: Some(id(Kind::Class, side)),
            grounds: [Record::Finding(FindingId(Uuid::now_v7()))].into(),
        };
        tx.add_violation(&charge, supervisor, now).await.unwrap();
        if matches!(kind, Kind::Charged) {
            continue;
        }
        let word = Word { by: supervisor, at: now + SignedDuration::from_mins(minutes), why: remark("现场核实") };
        let verdict = Verdict::Confirmed(charge.confirm(CENTRE, Severity::Ordinary, word).unwrap());
        tx.decide_violation(CaseState::Open, &verdict, now).await.unwrap();
        verdicts.push(verdict);
    }
    let ladder = ladder(id(Kind::Institution, side), &verdicts, &Policy::default());
    let day = date(2024, 10, 8);
    for measure in &ladder[3..] {
        let reported = report(*measure, CENTRE, supervisor, day, remark("报告")).unwrap();
        let suspension = Suspension::Reported(reported.clone());
        tx.add_suspension(&suspension, policy_version, now).await.unwrap();
        if measure.violation == id(Kind::Suspended, side) {
            let order = Order { number: remark("决定"), on: day, from: date(2025, 1, 1) };
            let in_force = Suspension::InForce(reported.order(order).unwrap());
            tx.put_suspension(&suspension, &in_force, now).await.unwrap();
        }
    }

    for (kind, from, by) in [(Kind::Asked, Side::Centre, supervisor), (Kind::Answered, Side::Institution, sender(side))]
    {
        let message = NewMessage {
            id: id(kind, side),
            class: id(Kind::Class, side),
            side: from,
            sent_by: by,
            sent_at: now,
            text: "请说明缺勤情况".into(),
            files: vec![id(Kind::File, side)],
        };
        tx.add_message(&message).await.unwrap();
    }
}

/// A third institution that nothing was ever charged with, and open findings of its class.
pub async fn unblemished(world: &World) -> Vec<FindingId> {
    let now = at("2024-10-08T00:00:00Z");
    let mut tx = world.store.begin().await.unwrap();
    let institution = Institution { id: id(Kind::Institution, 2), name: "第2培训学校".into(), created_at: now };
    tx.add_institution(&institution).await.unwrap();
    people(&mut tx, 2, now, &world.secret).await;
    lessons(&mut tx, 2, now, &world.dir().join("recordings")).await;
    let mut findings = Vec::new();
    for kind in [FindingKind::NobodyThere, FindingKind::UnknownPerson, FindingKind::PictureDark] {
        let raised = finding(FindingId(Uuid::now_v7()), 2, Kind::Session, kind, 1);
        tx.raise_finding(&raised).await.unwrap();
        findings.push(raised.id);
    }
    tx.commit().await.unwrap();
    findings
}
