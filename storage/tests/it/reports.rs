//! R7.3b: daily reports.

use duxue_rules::report::{Absence, AbsenceReason, DailyReport};
use duxue_storage::report::NewReport;
use jiff::civil::{Date, date};

use crate::{
    common::{at, at_once, both, id},
    world::{World, field, is_lost, world},
};

fn report(world: &World, date: Date, present: u32, sent: i64) -> NewReport {
    NewReport {
        id: id(),
        report: DailyReport {
            class: world.class,
            date,
            roll: 2,
            present,
            present_men: None,
            present_women: Some(present),
            sick: 2 - present,
            personal: 0,
            other: 0,
            absent: vec![Absence { student: world.students[0], reason: AbsenceReason::Sick }],
            note: "发烧".into(),
        },
        sent_at: at(sent),
        sent_by: world.liaison,
        late: sent > 0,
    }
}

both! {
    async fn a_correction_is_a_revision_and_makes_nothing_late(db: &Db) {
        let world = world(db).await;
        let day = date(2024, 10, 8);
        let (early, corrected) = (report(&world, day, 1, -60), report(&world, day, 2, 600));
        let mut tx = db.begin().await;
        assert_eq!(tx.add_report(&early).await.unwrap(), 1);
        assert_eq!(tx.add_report(&corrected).await.unwrap(), 2);
        let counts = tx.report(world.class, day).await.unwrap().unwrap();
        assert_eq!(counts.report, corrected.report);
        assert_eq!((counts.revision, counts.sent_at, counts.first_sent_at, counts.late), (2, at(600), at(-60), false));
        assert_eq!(counts.sent_by.id, world.liaison);
        let revisions = tx.report_revisions(world.class, day).await.unwrap();
        assert_eq!(revisions.iter().map(|one| one.revision).collect::<Vec<_>>(), [2, 1]);
        assert_eq!(revisions[1].report, early.report);
        assert!(tx.report(world.class, date(2024, 10, 9)).await.unwrap().is_none());
    }

    async fn a_list_has_one_line_a_day(db: &Db) {
        let world = world(db).await;
        let mut tx = db.begin().await;
        for (day, present) in [(8, 1), (8, 2), (9, 1), (10, 0)] {
            tx.add_report(&report(&world, date(2024, 10, day), present, 0)).await.unwrap();
        }
        let days = |page: Vec<duxue_storage::report::Report>| {
            page.iter().map(|one| (one.report.date.day(), one.report.present)).collect::<Vec<_>>()
        };
        assert_eq!(days(tx.reports(world.class, None, 2).await.unwrap()), [(10, 0), (9, 1)]);
        assert_eq!(days(tx.reports(world.class, Some(date(2024, 10, 9)), 2).await.unwrap()), [(8, 2)]);
        assert_eq!(days(tx.reports_on(date(2024, 10, 8), Some(world.institution)).await.unwrap()), [(8, 2)]);
        assert!(tx.reports_on(date(2024, 10, 8), Some(id())).await.unwrap().is_empty());
    }

    async fn revisions_at_once_are_numbered_without_hole_or_double(db: &Db) {
        let world = world(db).await;
        let day = date(2024, 10, 8);
        let tasks = (0..6).map(|_| {
            let (store, new) = (db.store.clone(), report(&world, day, 1, 0));
            async move {
                // Whoever is lost looks again, as the API does.
                loop {
                    let mut tx = store.begin().await.unwrap();
                    match tx.add_report(&new).await {
                        Ok(revision) => {
                            tx.commit().await.unwrap();
                            return revision;
                        }
                        lost => assert!(is_lost(&lost), "{lost:?}"),
                    }
                }
            }
        });
        let mut revisions = at_once(tasks.collect()).await;
        revisions.sort_unstable();
        assert_eq!(revisions, [1, 2, 3, 4, 5, 6]);
    }

    async fn a_class_that_is_not_there_is_told(db: &Db) {
        let mut world = world(db).await;
        world.class = id();
        let wrong = report(&world, date(2024, 10, 8), 1, 0);
        assert_eq!(field(db.begin().await.add_report(&wrong).await), "class_id");
    }
}
