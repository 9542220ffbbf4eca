//! The opening dossier.

use duxue_rules::opening::{Opening, RoomReport, Stage, Textbook, TextbookGround};
use duxue_storage::{Error, opening::OpeningStep};
use jiff::civil::date;

use crate::{
    common::{Db, at, at_once, both, id},
    world::{World, field, is_lost, world, world_named},
};

async fn step(db: &Db, world: &World, revision: i64) -> OpeningStep {
    let Opening::Draft(mut draft) = db.read().await.dossier(world.class).await.unwrap().unwrap().opening else {
        panic!("no draft");
    };
    draft.venues = vec![world.venue];
    draft.textbooks = vec![Textbook { title: "电子商务师".into(), ground: TextbookGround::Catalogue }];
    OpeningStep {
        class: world.class,
        revision,
        opening: Opening::Draft(draft),
        readiness: vec![RoomReport { cameras: vec![], students: 20, students_seen: 19 }],
        sent_back_because: Some("材料不全".into()),
        at: at(7),
        by: world.liaison,
    }
}

async fn take(db: &Db, step: &OpeningStep) -> Result<(), Error> {
    let mut tx = db.begin().await;
    tx.take_opening_step(step).await?;
    tx.commit().await
}

both! {
    async fn a_class_has_a_draft_from_the_moment_it_is_added(db: &Db) {
        let world = world(db).await;
        let dossier = db.read().await.dossier(world.class).await.unwrap().unwrap();
        let draft = dossier.opening.draft();
        assert_eq!((dossier.revision, dossier.opening.stage(), dossier.changed), (0, Stage::Draft, None));
        assert_eq!((draft.name.to_string(), draft.first_day), ("2024年电子商务专业1班期".into(), date(2024, 10, 8)));
        assert_eq!(draft.institution, world.institution);
        assert_eq!(db.read().await.dossier(id()).await.unwrap(), None);
    }

    async fn a_step_comes_back_as_it_was_taken(db: &Db) {
        let world = world(db).await;
        let step = step(db, &world, 0).await;
        take(db, &step).await.unwrap();
        let back = db.read().await.dossier(world.class).await.unwrap().unwrap();
        assert_eq!((back.revision, &back.opening, &back.readiness), (1, &step.opening, &step.readiness));
        assert_eq!((back.sent_back_because, back.institution), (step.sent_back_because.clone(), world.institution));
        assert_eq!(back.changed.map(|(at, by)| (at, by.id)), Some((at(7), world.liaison)));
        let plain = OpeningStep { revision: 1, readiness: vec![], sent_back_because: None, ..step };
        take(db, &plain).await.unwrap();
        let back = db.read().await.dossier(world.class).await.unwrap().unwrap();
        assert_eq!((back.revision, back.readiness, back.sent_back_because), (2, vec![], None));
        let wordless = OpeningStep { revision: 2, sent_back_because: Some(String::new()), ..plain };
        assert_eq!(field(take(db, &wordless).await), "reason");
    }

    async fn of_several_steps_from_one_revision_one_is_taken(db: &Db) {
        let world = world(db).await;
        for revision in [0, 1] {
            let step = step(db, &world, revision).await;
            let tasks = (0..4).map(|_| {
                let (store, step) = (db.store.clone(), step.clone());
                async move {
                    let mut tx = store.begin().await?;
                    tx.take_opening_step(&step).await?;
                    tx.commit().await
                }
            });
            let results = at_once(tasks.collect()).await;
            assert_eq!(results.iter().filter(|result| result.is_ok()).count(), 1, "{results:?}");
            assert_eq!(results.iter().filter(|result| is_lost(result)).count(), 3, "{results:?}");
        }
    }

    async fn a_dossier_that_was_tampered_with_does_not_come_back(db: &Db) {
        let world = world(db).await;
        let other = world_named(db, "别的学校").await;
        take(db, &step(db, &world, 0).await).await.unwrap();
        db.behind("UPDATE openings SET stage = 'approved'").await;
        let read = db.read().await.dossier(world.class).await;
        assert!(matches!(read, Err(Error::Corrupt { column: "body", .. })), "{read:?}");
        db.behind(&format!("UPDATE openings SET stage = 'draft', class_id = '{}'", other.class)).await;
        let read = db.read().await.dossier(other.class).await;
        assert!(matches!(read, Err(Error::Corrupt { column: "body", .. })), "another institution's: {read:?}");
    }

    async fn a_class_is_renamed_to_a_name_that_is_free(db: &Db) {
        let world = world(db).await;
        let mut tx = db.begin().await;
        tx.rename_class(world.class, "2024年电子商务专业2班期").await.unwrap();
        assert_eq!(tx.class(world.class).await.unwrap().unwrap().name, "2024年电子商务专业2班期");
        assert!(is_lost(&tx.rename_class(id(), "2024年电子商务专业3班期").await));
    }
}
