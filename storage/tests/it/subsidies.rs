//! R9.4: standards, claims, reckonings. R4.4: spot checks.

use duxue_rules::{
    draw::Seed,
    ids::ClaimId,
    subsidy::{Annex, ClassClaim, Fen, StudentClaim, reckon},
    verification::{SpotCheck, SpotCheckResult, draw},
};
use duxue_storage::{
    Error, Tx,
    selection::random_seed,
    spot_check::NewSpotCheck,
    subsidy::{Annexes, NewStandard, NewSubsidy, Reckoning},
};

use crate::{
    closeouts::file,
    common::{at, both, id},
    world::{World, field, is_lost, world},
};

pub fn standard(world: &World, yuan: u64, second: i64) -> NewStandard {
    NewStandard {
        id: id(),
        major: "电子商务".into(),
        year: 2024,
        amount: Fen::from_yuan(yuan),
        document: "抚人社发〔2024〕1号".into(),
        set_by: world.manager,
        set_at: at(second),
    }
}

pub fn reckoning(world: &World, annexes: &Annexes) -> Reckoning {
    let line = |student| StudentClaim { student, accepted: true, certified: true, against: vec![], let_pass: vec![] };
    let claim = ClassClaim {
        standard: Fen::from_yuan(3_000),
        students: world.students.map(line).to_vec(),
        annexes: annexes.there(),
        evidence: vec![],
        spot_check: vec![],
        undecided: vec![],
    };
    let subsidy = reckon(&claim).unwrap();
    Reckoning { claim, subsidy }
}

/// Standard, claim and reckoning of the world's class.
pub async fn reckoned(tx: &mut Tx, world: &World, annexes: Annexes) -> NewSubsidy {
    let (standard, claim) = (standard(world, 3_000, 0), id::<ClaimId>());
    tx.add_standard(&standard).await.unwrap();
    tx.add_claim(claim, world.class, &annexes, world.liaison, at(1)).await.unwrap();
    let new = NewSubsidy {
        id: id(),
        class: world.class,
        standard: standard.id,
        claim,
        reckoning: reckoning(world, &annexes),
        policy_version: world.policy,
        reckoned_by: world.manager,
        reckoned_at: at(2),
    };
    tx.add_subsidy(&new).await.unwrap();
    new
}

fn spot_check(world: &World, number: u32, seed: Seed) -> NewSpotCheck {
    let again_because = (number > 1).then(|| "学员失联".to_owned());
    let check = SpotCheck { draw: draw(&world.students, seed, &duxue_rules::policy::Policy::default()), again_because };
    NewSpotCheck {
        id: id(),
        class: world.class,
        number,
        check,
        policy_version: world.policy,
        drawn_by: world.manager,
        drawn_at: at(0),
    }
}

both! {
    async fn the_newest_standard_of_a_major_and_year_counts_and_none_goes(db: &Db) {
        let world = world(db).await;
        let mut tx = db.begin().await;
        let (old, new) = (standard(&world, 2_800, 0), standard(&world, 3_000, 1));
        tx.add_standard(&old).await.unwrap();
        tx.add_standard(&new).await.unwrap();
        let counts = tx.standard_of("电子商务", 2024).await.unwrap().unwrap();
        assert_eq!((counts.id, counts.amount), (new.id, Fen::from_yuan(3_000)));
        assert_eq!(tx.standard_of("电子商务", 2025).await.unwrap(), None);
        assert_eq!(tx.standard_of("焊工", 2024).await.unwrap(), None);
        let all: Vec<_> = tx.standards(None, 9).await.unwrap().into_iter().map(|row| row.id).collect();
        assert_eq!(all, [new.id, old.id]);
        assert_eq!(tx.standards(Some(new.id), 9).await.unwrap().len(), 1);
        assert_eq!(tx.standard(old.id).await.unwrap().unwrap().amount, Fen::from_yuan(2_800));
    }

    async fn what_no_standard_can_be_is_named(db: &Db) {
        let world = world(db).await;
        for (wrong, name) in [
            (NewStandard { major: String::new(), ..standard(&world, 1, 0) }, "major"),
            (NewStandard { year: 1999, ..standard(&world, 1, 0) }, "year"),
            (standard(&world, 0, 0), "amount_fen"),
            (standard(&world, 100_001, 0), "amount_fen"),
            (NewStandard { document: String::new(), ..standard(&world, 1, 0) }, "document"),
        ] {
            assert_eq!(field(db.begin().await.add_standard(&wrong).await), name);
        }
    }

    async fn claims_stay_with_their_papers(db: &Db) {
        let world = world(db).await;
        let paper = file(db, &world).await;
        let mut tx = db.begin().await;
        let annexes = Annexes { six: Some(paper), seven: None, eight: Some(paper) };
        tx.add_claim(id(), world.class, &Annexes::default(), world.liaison, at(0)).await.unwrap();
        tx.add_claim(id(), world.class, &annexes, world.liaison, at(1)).await.unwrap();
        let all = tx.claims(world.class).await.unwrap();
        assert_eq!((all[0].annexes, all[1].annexes), (Annexes::default(), annexes));
        assert_eq!(all[1].annexes.there(), [Annex::Six, Annex::Eight].into());
        tx.commit().await.unwrap();
        let lost = Annexes { seven: Some(id()), ..annexes };
        assert_eq!(
            field(db.begin().await.add_claim(id(), world.class, &lost, world.liaison, at(2)).await),
            "annex7_file_id"
        );
    }

    async fn a_reckoning_comes_back_as_long_as_its_facts_give_its_amounts(db: &Db) {
        let world = world(db).await;
        let paper = file(db, &world).await;
        let mut tx = db.begin().await;
        let annexes = Annexes { six: Some(paper), seven: Some(paper), eight: Some(paper) };
        let new = reckoned(&mut tx, &world, annexes).await;
        tx.commit().await.unwrap();
        let back = db.read().await.subsidy(new.id).await.unwrap().unwrap();
        assert_eq!((&back.reckoning, back.policy_version), (&new.reckoning, world.policy));
        assert_eq!(back.reckoning.subsidy.total, Fen::from_yuan(6_000));
        assert_eq!(db.read().await.subsidies(world.class).await.unwrap(), [back]);
        db.behind("UPDATE subsidies SET body = REPLACE(body, '600000', '900000')").await;
        let read = db.read().await.subsidy(new.id).await;
        assert!(matches!(read, Err(Error::Corrupt { column: "body", .. })), "{read:?}");
    }

    async fn every_spot_check_stays_and_one_number_is_drawn_once(db: &Db) {
        let world = world(db).await;
        let first = spot_check(&world, 1, random_seed().unwrap());
        let mut tx = db.begin().await;
        tx.add_spot_check(&first).await.unwrap();
        assert!(is_lost(&tx.add_spot_check(&spot_check(&world, 1, random_seed().unwrap())).await));
        tx.add_spot_check(&spot_check(&world, 2, random_seed().unwrap())).await.unwrap();
        let all = tx.spot_checks(world.class).await.unwrap();
        assert_eq!(all.iter().map(|row| row.number).collect::<Vec<_>>(), [1, 2]);
        assert_eq!(all[0].check, first.check);
        tx.commit().await.unwrap();
        let same = spot_check(&world, 3, first.check.draw.seed);
        assert!(db.begin().await.add_spot_check(&same).await.is_err(), "a seed is used once");
        let mut silent = spot_check(&world, 3, random_seed().unwrap());
        silent.check.again_because = None;
        assert!(db.begin().await.add_spot_check(&silent).await.is_err());
    }

    async fn a_student_is_checked_once(db: &Db) {
        let world = world(db).await;
        let result = SpotCheckResult { student: world.students[0], agrees: false };
        let mut tx = db.begin().await;
        tx.add_spot_check_result(world.class, result, "另有参保", world.manager, at(0)).await.unwrap();
        tx.commit().await.unwrap();
        let again = SpotCheckResult { agrees: true, ..result };
        let lost = db.begin().await.add_spot_check_result(world.class, again, "", world.manager, at(1)).await;
        assert_eq!(field(lost), "student_id");
        let long = SpotCheckResult { student: world.students[1], agrees: true };
        let lost =
            db.begin().await.add_spot_check_result(world.class, long, &"长".repeat(2001), world.manager, at(1)).await;
        assert_eq!(field(lost), "note");
        let all = db.read().await.spot_check_results(world.class).await.unwrap();
        assert_eq!((all.len(), all[0].facts(), all[0].note.as_str()), (1, result, "另有参保"));
    }
}
