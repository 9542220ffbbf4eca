//! 一: approval lists, venues' approvals, textbooks.

use duxue_rules::ids::{FileId, InstitutionId};
use duxue_storage::{file::NewFile, textbook::NewTextbookException, venue_approval::NewVenueApproval};
use jiff::civil::date;

use crate::{
    common::{Db, at, at_once, both, id},
    world::{World, field, is_lost, world, world_named},
};

pub async fn file(db: &Db, world: &World) -> FileId {
    let file = NewFile {
        id: id(),
        institution: Some(world.institution),
        name: "批复.pdf".into(),
        media_type: "application/pdf".into(),
        bytes: 12,
        sha256: [7; 32],
        object_key: "files/x/07.pdf".into(),
        created_at: at(0),
        created_by: world.liaison,
    };
    let mut tx = db.begin().await;
    tx.add_file(&file).await.unwrap();
    tx.commit().await.unwrap();
    file.id
}

fn lines(world: &World, majors: &[&str]) -> Vec<(InstitutionId, String)> {
    majors.iter().map(|major| (world.institution, (*major).to_owned())).collect()
}

both! {
    async fn a_list_is_written_whole_at_the_revision_that_was_read(db: &Db) {
        let world = world(db).await;
        let other = world_named(db, "别的学校").await;
        let mut tx = db.begin().await;
        assert_eq!(tx.approval_list(2024).await.unwrap(), None);
        let mut both = lines(&world, &["电子商务", "会计"]);
        both.extend(lines(&other, &["电工"]));
        assert_eq!(tx.put_approval_list(2024, 0, &both, world.manager, at(0)).await.unwrap(), 1);
        tx.commit().await.unwrap();
        let mut tx = db.begin().await;
        assert!(is_lost(&tx.put_approval_list(2024, 0, &[], world.manager, at(1)).await));
        assert_eq!(tx.put_approval_list(2024, 1, &lines(&world, &["会计"]), world.manager, at(1)).await.unwrap(), 2);
        assert!(is_lost(&tx.put_approval_list(2024, 1, &[], world.manager, at(1)).await));
        let list = tx.approval_list(2024).await.unwrap().unwrap();
        assert_eq!((list.revision, list.changed_at, list.changed_by.id), (2, at(1), world.manager));
        assert_eq!(tx.approved_majors(2024, Some(other.institution)).await.unwrap(), []);
        assert_eq!(tx.catalogue(2024).await.unwrap().0[0].major, "会计");
        assert_eq!(tx.catalogue(2023).await.unwrap().0, []);
    }

    async fn what_is_wrong_with_a_list_is_told_by_field(db: &Db) {
        let world = world(db).await;
        let put = async |year, lines: Vec<_>| {
            let mut tx = db.begin().await;
            tx.put_approval_list(year, 0, &lines, world.manager, at(0)).await
        };
        assert_eq!(field(put(24, vec![]).await), "year");
        assert_eq!(field(put(2024, lines(&world, &["电工", "电工"])).await), "majors");
        assert_eq!(field(put(2024, lines(&world, &[""])).await), "majors");
        assert_eq!(field(put(2024, vec![(id(), "电工".to_owned())]).await), "majors");
    }

    async fn of_two_writers_of_a_list_one_loses(db: &Db) {
        let world = world(db).await;
        for revision in [0, 1] {
            let tasks = (0..4).map(|_| {
                let store = db.store.clone();
                let (by, lines) = (world.manager, lines(&world, &["电工"]));
                async move {
                    let mut tx = store.begin().await?;
                    tx.put_approval_list(2024, revision, &lines, by, at(0)).await?;
                    tx.commit().await
                }
            });
            let results = at_once(tasks.collect()).await;
            assert_eq!(results.iter().filter(|result| result.is_ok()).count(), 1, "{results:?}");
            assert_eq!(results.iter().filter(|result| is_lost(result)).count(), 3, "{results:?}");
        }
    }

    async fn a_venue_has_one_open_approval(db: &Db) {
        let world = world(db).await;
        let file = file(db, &world).await;
        let new = |approved_on| NewVenueApproval {
            id: id(), venue: world.venue, approved_on, file, created_at: at(0), created_by: world.manager,
        };
        let first = new(date(2024, 3, 1));
        let mut tx = db.begin().await;
        tx.add_venue_approval(&first).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(field(db.begin().await.add_venue_approval(&new(date(2024, 4, 1))).await), "approved_on");
        let withdraw = async |on, reason: &str| {
            let mut tx = db.begin().await;
            tx.withdraw_venue_approval(first.id, on, reason).await?;
            tx.commit().await
        };
        assert_eq!(field(withdraw(date(2024, 2, 29), "拆迁").await), "on");
        assert_eq!(field(withdraw(date(2024, 5, 1), "").await), "reason");
        withdraw(date(2024, 5, 1), "拆迁").await.unwrap();
        assert!(is_lost(&withdraw(date(2024, 6, 1), "又").await));
        let mut tx = db.begin().await;
        tx.add_venue_approval(&new(date(2024, 6, 1))).await.unwrap();
        let all = tx.venue_approvals(world.venue).await.unwrap();
        assert_eq!(all[0].withdrawn, Some((date(2024, 5, 1), "拆迁".to_owned())));
        assert_eq!((all.len(), all[1].institution, all[1].file), (2, world.institution, file));
        assert_eq!(all[0].clone().fact().withdrawn_on, Some(date(2024, 5, 1)));
        assert_eq!(tx.venue_approval(first.id).await.unwrap().as_ref(), all.first());
        drop(tx);
        let nowhere = NewVenueApproval { venue: id(), ..new(date(2024, 3, 1)) };
        assert_eq!(field(db.begin().await.add_venue_approval(&nowhere).await), "venue_id");
        let nothing = NewVenueApproval { file: id(), venue: world_named(db, "别的学校").await.venue, ..new(date(2024, 3, 1)) };
        assert_eq!(field(db.begin().await.add_venue_approval(&nothing).await), "file_id");
    }

    async fn a_textbook_is_let_in_once_for_an_institution(db: &Db) {
        let world = world(db).await;
        let other = world_named(db, "别的学校").await;
        let file = file(db, &world).await;
        let new = |title: &str| NewTextbookException {
            id: id(), institution: world.institution, title: title.into(), approved_on: date(2024, 3, 1), file,
            created_at: at(0), created_by: world.manager,
        };
        let mut tx = db.begin().await;
        tx.add_textbook_exception(&new("电工手册")).await.unwrap();
        tx.add_textbook_exception(&NewTextbookException { institution: other.institution, ..new("电工手册") }).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(db.read().await.textbook_exceptions(world.institution).await.unwrap()[0].title, "电工手册");
        for (wrong, at_field) in [
            (new("电工手册"), "title"),
            (new(""), "title"),
            (NewTextbookException { institution: id(), ..new("焊工手册") }, "institution_id"),
            (NewTextbookException { file: id(), ..new("焊工手册") }, "file_id"),
        ] {
            assert_eq!(field(db.begin().await.add_textbook_exception(&wrong).await), at_field);
        }
    }

    async fn an_institution_is_renamed_from_the_name_that_was_read(db: &Db) {
        let world = world(db).await;
        world_named(db, "别的学校").await;
        let mut tx = db.begin().await;
        tx.rename_institution(world.institution, "抚顺示范培训学校", "新名").await.unwrap();
        assert!(is_lost(&tx.rename_institution(world.institution, "抚顺示范培训学校", "又一名").await));
        assert_eq!(tx.institution(world.institution).await.unwrap().unwrap().name, "新名");
        tx.commit().await.unwrap();
        for taken in ["别的学校", ""] {
            assert_eq!(field(db.begin().await.rename_institution(world.institution, "新名", taken).await), "name");
        }
    }
}
