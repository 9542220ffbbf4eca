//! Lists across institutions: how far each class has come, what is charged, whom one works with.

use duxue_rules::{finding::Record, ids::FindingId, violation::Charge};
use duxue_storage::{
    class::{ClassFilter, Settlement},
    totp::TotpSecret,
    violation::{CaseState, ViolationFilter},
};

use crate::{
    common::{at, both, id},
    world::{key, world, world_named},
};

both! {
    async fn a_class_tells_how_far_it_has_come_and_is_found_by_that(db: &Db) {
        let (world, other) = (world(db).await, world_named(db, "别的学校").await);
        let mut tx = db.begin().await;
        let class = tx.class(world.class).await.unwrap().unwrap();
        assert_eq!((class.opening, class.settlement), (None, Settlement::NotApplied));
        let asked = async |tx: &mut duxue_storage::Tx, filter| {
            let found = tx.classes_that(filter, None, 9).await.unwrap();
            found.into_iter().map(|class| class.id).collect::<Vec<_>>()
        };
        let all = ClassFilter::default();
        assert_eq!(asked(&mut tx, all).await, [other.class, world.class]);
        let own = ClassFilter { institution: Some(world.institution), ..all };
        assert_eq!(asked(&mut tx, own).await, [world.class]);
        let waiting = ClassFilter { settlement: Some(Settlement::NotApplied), ..own };
        assert_eq!(asked(&mut tx, waiting).await, [world.class]);
        assert_eq!(asked(&mut tx, ClassFilter { settlement: Some(Settlement::Paid), ..all }).await, []);
        let running = ClassFilter { opening: Some(duxue_rules::opening::Stage::Running), ..all };
        assert_eq!(asked(&mut tx, running).await, []);
        assert_eq!(tx.classes_that(all, Some(other.class), 9).await.unwrap()[0].id, world.class, "the page after");
    }

    async fn charges_are_one_list_that_filters_narrow(db: &Db) {
        let (world, other) = (world(db).await, world_named(db, "别的学校").await);
        let mut tx = db.begin().await;
        let mut opened = Vec::new();
        for at_school in [&world, &other] {
            let charge = Charge {
                violation: id(),
                institution: at_school.institution,
                class: Some(at_school.class),
                grounds: [Record::Finding(id::<FindingId>())].into(),
            };
            tx.add_violation(&charge, world.manager, at(1)).await.unwrap();
            opened.push(charge.violation);
        }
        let mut asked = async |filter, before| {
            let found = tx.violations_of(filter, before, 9).await.unwrap();
            found.into_iter().map(|row| row.case.charge().violation).collect::<Vec<_>>()
        };
        let all = ViolationFilter::default();
        assert_eq!(asked(all, None).await, [opened[1], opened[0]]);
        assert_eq!(asked(all, Some(opened[1])).await, [opened[0]]);
        assert_eq!(asked(ViolationFilter { institution: Some(other.institution), ..all }, None).await, [opened[1]]);
        assert_eq!(asked(ViolationFilter { class: Some(world.class), ..all }, None).await, [opened[0]]);
        assert_eq!(asked(ViolationFilter { state: Some(CaseState::Open), ..all }, None).await.len(), 2);
        assert_eq!(asked(ViolationFilter { state: Some(CaseState::Confirmed), ..all }, None).await, []);
    }

    async fn colleagues_are_of_one_house_and_may_sign_in(db: &Db) {
        let (world, other) = (world(db).await, world_named(db, "别的学校").await);
        let mut tx = db.begin().await;
        let own = tx.colleagues(Some(world.institution)).await.unwrap();
        assert_eq!(own.iter().map(|user| user.id).collect::<Vec<_>>(), [world.liaison]);
        let centre: Vec<_> = tx.colleagues(None).await.unwrap().into_iter().map(|user| user.id).collect();
        assert!(centre.contains(&world.manager) && !centre.contains(&world.liaison), "{centre:?}");
        assert!(!centre.contains(&other.liaison));
        tx.disable_user(world.liaison, at(5)).await.unwrap();
        assert_eq!(tx.colleagues(Some(world.institution)).await.unwrap(), []);
    }

    async fn a_second_factor_is_on_once_it_was_confirmed(db: &Db) {
        let world = world(db).await;
        let mut tx = db.begin().await;
        tx.begin_second_factor(world.manager, &TotpSecret::random().unwrap(), at(0), &key()).await.unwrap();
        assert!(!tx.has_second_factor(world.manager).await.unwrap());
        tx.confirm_second_factor(world.manager, 7, at(2), &[]).await.unwrap();
        assert!(tx.has_second_factor(world.manager).await.unwrap());
        assert!(!tx.has_second_factor(world.liaison).await.unwrap());
        assert_eq!(tx.second_factor_owners().await.unwrap(), [world.manager].into());
    }
}
