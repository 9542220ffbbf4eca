//! R7.5: violations, measures, suspensions.

use duxue_rules::{
    access::{Actor, Role},
    finding::Record,
    ids::{FindingId, SupervisionId, UserId, ViolationId},
    policy::Policy,
    text::Remark,
    violation::{Carried, Charge, Confirmed, MeasureKind, Order, Severity, Suspension, Verdict, Word, ladder, report},
};
use duxue_storage::{
    Error,
    violation::{Case, CaseState},
};
use jiff::civil::date;

use crate::{
    common::{Db, at, at_once, both, id},
    world::{World, field, is_lost, world},
};

const CENTRE: Actor = Actor { role: Role::Manager, institution: None };

fn remark(text: &str) -> Remark {
    Remark::new(text).unwrap()
}

fn word(by: UserId, second: i64) -> Word {
    Word { by, at: at(second), why: remark("现场核实") }
}

fn charge(world: &World, grounds: impl IntoIterator<Item = Record>) -> Charge {
    Charge {
        violation: id(),
        institution: world.institution,
        class: Some(world.class),
        grounds: grounds.into_iter().collect(),
    }
}

fn finding() -> Record {
    Record::Finding(id::<FindingId>())
}

fn confirmed(world: &World, charge: Charge, second: i64) -> Confirmed {
    charge.confirm(CENTRE, Severity::Ordinary, word(world.manager, second)).unwrap()
}

/// So many confirmed ones, in order.
async fn stand(db: &Db, world: &World, count: i64) -> Vec<ViolationId> {
    let mut tx = db.begin().await;
    let mut all = Vec::new();
    for second in 0..count {
        let charge = charge(world, [finding()]);
        tx.add_violation(&charge, world.manager, at(second)).await.unwrap();
        all.push(charge.violation);
        let verdict = Verdict::Confirmed(confirmed(world, charge, second));
        tx.decide_violation(CaseState::Open, &verdict, at(second)).await.unwrap();
    }
    tx.commit().await.unwrap();
    all
}

both! {
    async fn a_charge_is_decided_once_and_the_record_stays(db: &Db) {
        let world = world(db).await;
        let charge = charge(&world, [finding(), Record::Supervision(id::<SupervisionId>())]);
        let mut tx = db.begin().await;
        tx.add_violation(&charge, world.manager, at(0)).await.unwrap();
        let open = tx.violation(charge.violation).await.unwrap().unwrap();
        assert_eq!((&open.case, open.institution.id), (&Case::Open(charge.clone()), world.institution));
        assert_eq!((open.class.unwrap().id, open.opened_by.id, open.opened_at), (world.class, world.manager, at(0)));
        assert_eq!(tx.count_confirmed_violations(world.institution).await.unwrap(), 0, "a charge is no violation");
        let done = confirmed(&world, charge.clone(), 5);
        tx.decide_violation(CaseState::Open, &Verdict::Confirmed(done.clone()), at(5)).await.unwrap();
        assert_eq!(tx.count_confirmed_violations(world.institution).await.unwrap(), 1);
        let dismissed = Verdict::Dismissed(charge.clone().dismiss(CENTRE, word(world.manager, 6)).unwrap());
        assert!(is_lost(&tx.decide_violation(CaseState::Open, &dismissed, at(6)).await));
        let withdrawn = Verdict::Withdrawn(done.withdraw(CENTRE, word(world.manager, 9)).unwrap());
        tx.decide_violation(CaseState::Confirmed, &withdrawn, at(9)).await.unwrap();
        assert_eq!(tx.count_confirmed_violations(world.institution).await.unwrap(), 0);
        let kept = tx.violations(world.institution).await.unwrap();
        assert_eq!((kept.len(), &kept[0].case, kept[0].updated_at), (1, &Case::Decided(withdrawn), at(9)));
        assert_eq!(tx.violations(id()).await.unwrap(), []);
    }

    async fn a_ground_counts_once_until_its_violation_comes_to_nothing(db: &Db) {
        let world = world(db).await;
        let ground = finding();
        let first = charge(&world, [ground]);
        let mut tx = db.begin().await;
        tx.add_violation(&first, world.manager, at(0)).await.unwrap();
        tx.commit().await.unwrap();
        let again = charge(&world, [finding(), ground]);
        assert_eq!(field(db.begin().await.add_violation(&again, world.manager, at(1)).await), "grounds");
        let dismissed = Verdict::Dismissed(first.dismiss(CENTRE, word(world.manager, 2)).unwrap());
        let mut tx = db.begin().await;
        tx.decide_violation(CaseState::Open, &dismissed, at(2)).await.unwrap();
        tx.add_violation(&again, world.manager, at(3)).await.unwrap();
        tx.commit().await.unwrap();
        let nowhere = Charge { institution: id(), ..charge(&world, [finding()]) };
        assert_eq!(field(db.begin().await.add_violation(&nowhere, world.manager, at(4)).await), "institution_id");
    }

    async fn of_two_verdicts_one_is_lost(db: &Db) {
        let world = world(db).await;
        let charge = charge(&world, [finding()]);
        let mut tx = db.begin().await;
        tx.add_violation(&charge, world.manager, at(0)).await.unwrap();
        tx.commit().await.unwrap();
        let decide = |verdict: Verdict| {
            let store = db.store.clone();
            async move {
                let mut tx = store.begin().await?;
                tx.hold_institution(verdict.charge().institution).await?;
                tx.decide_violation(CaseState::Open, &verdict, at(1)).await?;
                tx.commit().await
            }
        };
        let yes = Verdict::Confirmed(confirmed(&world, charge.clone(), 1));
        let no = Verdict::Dismissed(charge.dismiss(CENTRE, word(world.manager, 1)).unwrap());
        let results = at_once(vec![decide(yes), decide(no)]).await;
        assert_eq!(results.iter().filter(|result| result.is_ok()).count(), 1, "{results:?}");
        assert!(results.iter().any(is_lost), "{results:?}");
    }

    async fn a_measure_is_carried_out_once(db: &Db) {
        let world = world(db).await;
        let [violation] = stand(db, &world, 1).await[..] else { panic!("one") };
        let carried = Carried {
            violation,
            kind: MeasureKind::Warning,
            on: date(2024, 10, 8),
            by: world.manager,
            note: remark("警告书1号"),
        };
        let mut tx = db.begin().await;
        tx.add_measure(&carried, world.policy).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(field(db.begin().await.add_measure(&carried, world.policy).await), "kind");
        assert_eq!(db.read().await.measures(world.institution).await.unwrap(), [carried]);
        assert_eq!(db.read().await.measures(id()).await.unwrap(), []);
    }

    async fn a_suspension_goes_its_way_once(db: &Db) {
        let world = world(db).await;
        let third = stand(db, &world, 3).await[2];
        let mut tx = db.begin().await;
        let verdicts: Vec<Verdict> = tx
            .violations(world.institution)
            .await
            .unwrap()
            .into_iter()
            .filter_map(|row| match row.case {
                Case::Open(_) => None,
                Case::Decided(verdict) => Some(verdict),
            })
            .collect();
        let due = ladder(world.institution, &verdicts, &Policy::default()).pop().unwrap();
        assert_eq!((due.violation, due.kind), (third, MeasureKind::Suspension));
        let day = date(2024, 10, 8);
        let reported = report(due, CENTRE, world.manager, day, remark("报告1号")).unwrap();
        let first = Suspension::Reported(reported.clone());
        tx.add_suspension(&first, world.policy, at(10)).await.unwrap();
        assert!(is_lost(&tx.add_suspension(&first, world.policy, at(11)).await));
        let order = Order { number: remark("决定1号"), on: day, from: date(2024, 10, 9) };
        let in_force = reported.order(order).unwrap();
        let second = Suspension::InForce(in_force.clone());
        tx.put_suspension(&first, &second, at(12)).await.unwrap();
        assert!(is_lost(&tx.put_suspension(&first, &second, at(13)).await));
        let lifted = in_force.lift(CENTRE, world.manager, date(2024, 10, 20), remark("整改合格")).unwrap();
        let last = Suspension::Lifted(lifted);
        tx.put_suspension(&second, &last, at(14)).await.unwrap();
        assert_eq!(tx.suspension(third).await.unwrap(), Some(last.clone()));
        assert_eq!(tx.suspensions(world.institution).await.unwrap(), [last]);
        assert_eq!(tx.suspension(id()).await.unwrap(), None);
    }

    async fn what_was_changed_from_outside_does_not_come_back(db: &Db) {
        let world = world(db).await;
        let [violation] = stand(db, &world, 1).await[..] else { panic!("one") };
        let corrupt = |result: Result<_, Error>, column| match result {
            Err(Error::Corrupt { column: at, .. }) => assert_eq!(at, column),
            other => panic!("it came back: {other:?}"),
        };
        db.behind("UPDATE violations SET state = 'dismissed'").await;
        corrupt(db.read().await.violation(violation).await.map(drop), "state");
        db.behind("UPDATE violations SET state = 'confirmed', class_id = NULL").await;
        corrupt(db.read().await.violation(violation).await.map(drop), "body");
    }
}
