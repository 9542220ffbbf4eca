//! The policy's versions, years of the calendar that are brought in, and what a process takes for in force.

use duxue_rules::policy::Policy;
use duxue_storage::{
    Error,
    in_force::{Grounds, InForce},
};
use jiff::civil::date;

use crate::{
    common::{at, at_once, both},
    world::{field, is_lost, world},
};

/// A year's file in which only the days around the Spring Festival are off.
fn file(year: i16, from: &str) -> String {
    format!(
        "year = {year}\nsource = \"通知\"\n[[holiday]]\nzh = \"春节\"\nen = \"Spring Festival\"\nfrom = \"{year}-{from}\"\n"
    )
}

both! {
    async fn a_restart_takes_back_nothing_and_a_change_in_the_file_counts(db: &Db) {
        let world = world(db).await;
        let file = Policy::default();
        let mut tx = db.begin().await;
        let set = Policy { remote_per_week: 3, ..file.clone() };
        let second = tx.put_policy(world.policy, &set, Some((world.manager, "通知")), at(5)).await.unwrap();
        assert_eq!(second.version, world.policy + 1);
        assert_eq!(tx.ensure_policy(&file, at(6)).await.unwrap(), second, "a restart");
        let changed = Policy { spot_check_students: 5, ..file.clone() };
        let third = tx.ensure_policy(&changed, at(7)).await.unwrap();
        assert_eq!(third.policy, Policy { spot_check_students: 5, ..set.clone() });
        assert_eq!(tx.ensure_policy(&changed, at(8)).await.unwrap(), third);
        tx.commit().await.unwrap();
        let mut tx = db.read().await;
        let versions = tx.policy_versions(None, 9).await.unwrap();
        let told: Vec<_> = versions.iter().map(|one| (one.version, one.set.as_ref().map(|(_, why)| why.as_str()))).collect();
        assert_eq!(told, [(third.version, None), (second.version, Some("通知")), (world.policy, None)]);
        assert_eq!(tx.newest_policy().await.unwrap().unwrap().version, third.version);
        assert_eq!(tx.policy_versions(Some(third.version), 1).await.unwrap()[0].version, second.version);
        let entries = tx.audit_entries(None, 9).await.unwrap();
        assert!(entries.iter().any(|one| one.entry.action == "follow_policy_file"), "what nobody did is told too");
    }

    async fn a_version_that_this_program_does_not_understand_any_more_is_still_history(db: &Db) {
        let world = world(db).await;
        db.behind("UPDATE policies SET body = '{\"remote_per_week\": 4, \"gone_since\": 1}'").await;
        let mut tx = db.begin().await;
        let versions = tx.policy_versions(None, 9).await.unwrap();
        assert_eq!(versions[0].numbers["gone_since"], 1);
        let next = tx.ensure_policy(&Policy::default(), at(9)).await.unwrap();
        assert_eq!((next.version, next.policy.remote_per_week), (world.policy + 1, 4), "what is still known stays");
    }

    async fn of_two_changes_at_once_one_is_lost(db: &Db) {
        let world = world(db).await;
        let tasks = (0..4).map(|number| {
            let store = db.store.clone();
            async move {
                let policy = Policy { remote_per_week: 3 + number, ..Policy::default() };
                let mut tx = store.begin().await?;
                tx.put_policy(world.policy, &policy, Some((world.manager, "通知")), at(5)).await?;
                tx.commit().await
            }
        });
        let results = at_once(tasks.collect()).await;
        assert_eq!(results.iter().filter(|result| result.is_ok()).count(), 1, "{results:?}");
        let lost = results.into_iter().filter_map(Result::err).all(|error| matches!(error, Error::Lost { .. }));
        assert!(lost || !db.is_sqlite(), "PostgreSQL may say instead that the two cannot be put in a row");
    }

    async fn the_newest_file_of_a_year_counts_and_earlier_ones_stay(db: &Db) {
        let world = world(db).await;
        let mut tx = db.begin().await;
        let before = tx.calendar().await.unwrap();
        assert!(before.number == 0 && before.calendar.is_provisional(2027));
        let by = |reason| (world.manager, reason);
        let number = tx.add_calendar_file(0, (2027, &file(2027, "02-05")), by("公布"), at(1)).await.unwrap();
        assert!(is_lost(&tx.add_calendar_file(0, (2028, &file(2028, "01-26")), by("公布"), at(2)).await));
        tx.add_calendar_file(number, (2027, &file(2027, "02-08")), by("更正"), at(3)).await.unwrap();
        tx.commit().await.unwrap();
        let mut tx = db.read().await;
        let stored = tx.calendar().await.unwrap();
        assert_eq!(stored.number, 2);
        let day = |day| stored.calendar.is_working_day(date(2027, 2, day));
        assert!(day(5) && !day(8) && !stored.calendar.is_provisional(2027));
        assert!(!stored.calendar.is_working_day(date(2024, 10, 1)), "the program's own years are there");
        let files = tx.calendar_files(2027).await.unwrap();
        assert_eq!(files.iter().map(|one| one.reason.as_str()).collect::<Vec<_>>(), ["更正", "公布"]);
        assert_eq!(tx.calendar_files(2028).await.unwrap(), []);
    }

    async fn a_file_needs_a_reason_and_a_year_that_can_be(db: &Db) {
        let world = world(db).await;
        let mut tx = db.begin().await;
        let without = tx.add_calendar_file(0, (2027, &file(2027, "02-05")), (world.manager, ""), at(1)).await;
        assert_eq!(field(without), "reason");
        drop(tx);
        let mut tx = db.begin().await;
        let early = tx.add_calendar_file(0, (1999, &file(1999, "02-05")), (world.manager, "公布"), at(1)).await;
        assert_eq!(field(early), "toml");
    }

    async fn what_another_process_changed_is_in_force_after_it_is_read_again(db: &Db) {
        let world = world(db).await;
        let mut tx = db.read().await;
        let policy = tx.policy(world.policy).await.unwrap().unwrap();
        let in_force = InForce::new(Grounds::new(policy, tx.calendar().await.unwrap()));
        drop(tx);
        let begun = in_force.now();
        let mut tx = db.begin().await;
        let set = Policy { remote_per_week: 3, ..Policy::default() };
        tx.put_policy(world.policy, &set, Some((world.manager, "通知")), at(5)).await.unwrap();
        tx.add_calendar_file(0, (2027, &file(2027, "02-05")), (world.manager, "公布"), at(6)).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(in_force.now().policy.version, world.policy, "nothing changes by itself");
        in_force.read_again(&db.store).await.unwrap();
        let now = in_force.now();
        assert_eq!((now.policy.version, &now.policy.policy), (world.policy + 1, &set));
        assert!(!now.calendar.is_provisional(2027));
        assert_eq!(begun.policy.version, world.policy, "what has begun goes on with what it began with");
        assert!(begun.calendar.is_provisional(2027));
    }

    async fn health_counts_what_waits(db: &Db) {
        let world = world(db).await;
        let mut tx = db.begin().await;
        let none = tx.waiting().await.unwrap();
        assert_eq!((none.uploads, none.clips_since, none.deliveries, none.deliveries_dead), (0, None, 0, 0));
        tx.beat("north", at(7)).await.unwrap();
        let beats = tx.recorder_beats().await.unwrap();
        assert_eq!((beats.len(), beats[0].node.as_str(), beats[0].at), (1, "north", at(7)));
        let clip = duxue_storage::clip::NewClip {
            id: crate::common::id(),
            class: world.class,
            session: world.session,
            camera: world.camera,
            wanted: crate::world::span(0, 60),
            requested_by: None,
            requested_at: at(9),
            policy_version: world.policy,
        };
        tx.add_clip(&clip).await.unwrap();
        let waiting = tx.waiting().await.unwrap();
        assert_eq!((waiting.clips, waiting.clips_since), (1, Some(at(9))));
        assert_eq!(db.store.kind() == "sqlite", db.is_sqlite());
    }
}
