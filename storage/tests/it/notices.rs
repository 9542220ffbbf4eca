//! R10.1, R10.2: notices, objections, payments.

use duxue_rules::{
    ids::SubsidyId,
    notice_period::{Account, AccountKind, Fund, Masked, Notice, NoticeLine, ObjectionOutcome, Payment},
    subsidy::Fen,
};
use duxue_storage::{
    notice::{NewNotice, NewObjection},
    subsidy::Annexes,
};
use jiff::civil::{Date, date};

use crate::{
    common::{Db, at, at_once, both, id},
    subsidies::reckoned,
    world::{World, field, is_lost, world},
};

const FROM: Date = date(2024, 10, 8);
const LAST: Date = date(2024, 10, 14);

fn notice(world: &World, subsidy: SubsidyId) -> NewNotice {
    let line = NoticeLine {
        name: "张三".into(),
        number: Some(Masked::roster_number("2024017")),
        amount: Fen::from_yuan(3_000),
    };
    NewNotice {
        id: id(),
        class: world.class,
        subsidy,
        notice: Notice { institution: "抚顺示范培训学校".into(), lines: vec![line], published_on: FROM },
        last_day: LAST,
        policy_version: world.policy,
        published_by: world.manager,
        published_at: at(0),
    }
}

fn objection(world: &World, notice: &NewNotice, on: Date) -> NewObjection {
    NewObjection {
        id: id(),
        notice: notice.id,
        on,
        objector: "某市民".into(),
        text: "有人未上课".into(),
        recorded_by: world.manager,
        recorded_at: at(5),
    }
}

async fn published(db: &Db, world: &World) -> NewNotice {
    let mut tx = db.begin().await;
    let subsidy = reckoned(&mut tx, world, Annexes::default()).await;
    let notice = notice(world, subsidy.id);
    tx.add_notice(&notice).await.unwrap();
    tx.commit().await.unwrap();
    notice
}

both! {
    async fn a_notice_hangs_from_its_first_to_its_last_day(db: &Db) {
        let world = world(db).await;
        let new = published(db, &world).await;
        let mut tx = db.read().await;
        let back = tx.notice(new.id).await.unwrap().unwrap();
        assert_eq!((&back.notice, back.last_day, back.institution.id), (&new.notice, LAST, world.institution));
        assert_eq!(tx.notices(world.class).await.unwrap(), std::slice::from_ref(&back));
        for (day, hangs) in [(FROM, true), (LAST, true), (date(2024, 10, 7), false), (date(2024, 10, 15), false)] {
            assert_eq!(tx.hanging_notices(day, None, 9).await.unwrap().len(), usize::from(hangs), "{day}");
            assert_eq!(tx.hanging_notice(new.id, day).await.unwrap().is_some(), hangs, "{day}");
        }
        assert_eq!(tx.hanging_notices(FROM, Some(new.id), 9).await.unwrap(), []);
        drop(tx);
        let again = notice(&world, new.subsidy);
        assert!(db.begin().await.add_notice(&again).await.is_err(), "a reckoning hangs once");
    }

    async fn an_upheld_objection_takes_it_down_and_a_late_one_does_not(db: &Db) {
        let world = world(db).await;
        let new = published(db, &world).await;
        let mut tx = db.begin().await;
        let (in_time, late) = (objection(&world, &new, LAST), objection(&world, &new, date(2024, 10, 15)));
        for one in [&in_time, &late] {
            tx.add_objection(one).await.unwrap();
        }
        let upheld = ObjectionOutcome::Upheld;
        tx.decide_objection(late.id, upheld, world.manager, at(9), "属实").await.unwrap();
        assert!(tx.hanging_notice(new.id, LAST).await.unwrap().is_some());
        tx.decide_objection(in_time.id, upheld, world.manager, at(9), "属实").await.unwrap();
        assert!(tx.hanging_notice(new.id, LAST).await.unwrap().is_none());
        assert_eq!(tx.hanging_notices(LAST, None, 9).await.unwrap(), []);
        let all = tx.objections(new.id).await.unwrap();
        assert_eq!(all.iter().map(|one| one.id).collect::<Vec<_>>(), [in_time.id, late.id]);
        assert_eq!((all[0].outcome, all[0].decision.as_ref().unwrap().2.as_str()), (upheld, "属实"));
        assert_eq!(tx.objection(in_time.id).await.unwrap().as_ref(), Some(&all[0]));
    }

    async fn of_two_decisions_on_an_objection_one_is_lost(db: &Db) {
        let world = world(db).await;
        let new = published(db, &world).await;
        let one = objection(&world, &new, FROM);
        let mut tx = db.begin().await;
        tx.add_objection(&one).await.unwrap();
        tx.commit().await.unwrap();
        let decide = |outcome| {
            let (store, id, manager) = (db.store.clone(), one.id, world.manager);
            async move {
                let mut tx = store.begin().await?;
                tx.decide_objection(id, outcome, manager, at(7), "核实").await?;
                tx.commit().await
            }
        };
        let results = at_once(vec![decide(ObjectionOutcome::Upheld), decide(ObjectionOutcome::Dismissed)]).await;
        assert_eq!(results.iter().filter(|result| result.is_ok()).count(), 1, "{results:?}");
        assert!(results.iter().any(is_lost));
    }

    async fn what_no_objection_can_be_is_named(db: &Db) {
        let world = world(db).await;
        let new = published(db, &world).await;
        let of = || objection(&world, &new, FROM);
        let nobody = NewObjection { objector: String::new(), ..of() };
        assert_eq!(field(db.begin().await.add_objection(&nobody).await), "objector");
        let silent = NewObjection { text: String::new(), ..of() };
        assert_eq!(field(db.begin().await.add_objection(&silent).await), "text");
        let mut tx = db.begin().await;
        let one = of();
        tx.add_objection(&one).await.unwrap();
        let silent = tx.decide_objection(one.id, ObjectionOutcome::Upheld, world.manager, at(9), "").await;
        assert_eq!(field(silent), "reason");
    }

    async fn a_class_is_paid_once(db: &Db) {
        let world = world(db).await;
        let new = published(db, &world).await;
        let payment = Payment {
            amount: Fen::from_yuan(6_000),
            fund: Fund::EmploymentSubsidy,
            account: Account { holder: "抚顺示范培训学校".into(), kind: AccountKind::Basic },
            on: date(2024, 10, 20),
        };
        let mut tx = db.begin().await;
        tx.add_payment(world.class, new.id, &payment, world.manager, at(9)).await.unwrap();
        assert!(is_lost(&tx.add_payment(world.class, new.id, &payment, world.manager, at(9)).await));
        let back = tx.payment(world.class).await.unwrap().unwrap();
        assert_eq!((back.payment, back.notice), (payment, new.id));
        assert_eq!(tx.payment(id()).await.unwrap(), None);
    }
}
