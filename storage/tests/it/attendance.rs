//! R7.3: devices, punches, leaves, statements and handed-in summaries.

use std::collections::{BTreeMap, BTreeSet};

use duxue_rules::{
    attendance::{self, DayValue, LeaveKind, PunchMethod, Side, StatementCause, Summary, SummaryLine},
    calendar::Dates,
    ids::{DeviceId, FileId, StudentId},
};
use duxue_storage::{
    device::NewDevice,
    file::NewFile,
    leave::NewLeave,
    monthly_summary::NewMonthlySummary,
    punch::{Kept, NewPunch, NewSource, Source},
    sign_in::Token,
    statement::NewStatement,
};
use jiff::civil::date;

use crate::{
    common::{Db, at, at_once, both, id},
    world::{World, field, is_lost, student, world, world_named},
};

fn device(world: &World, name: &str) -> NewDevice {
    NewDevice {
        id: id(),
        venue: world.venue,
        name: name.into(),
        token: Token::received(&format!("token of {name}")).hash(),
        created_at: at(0),
        created_by: world.manager,
    }
}

async fn registered(db: &Db, world: &World) -> DeviceId {
    let device = device(world, "门口");
    let mut tx = db.begin().await;
    tx.add_device(&device).await.unwrap();
    tx.commit().await.unwrap();
    device.id
}

fn punch(world: &World, student: StudentId, made_at: i64, source: NewSource) -> NewPunch {
    NewPunch {
        punch: attendance::Punch {
            id: id(),
            student,
            side: Side::SignIn,
            venue: world.venue,
            made_at: at(made_at),
            received_at: at(made_at + 3),
            method: PunchMethod::Face,
        },
        class: world.class,
        source,
    }
}

fn by_device(device: DeviceId, sequence: &str) -> NewSource {
    NewSource::Device { device, sequence: sequence.into() }
}

async fn file(db: &Db, world: &World) -> FileId {
    let file = NewFile {
        id: id(),
        institution: Some(world.institution),
        name: "书面说明.pdf".into(),
        media_type: "application/pdf".into(),
        bytes: 10,
        sha256: [1; 32],
        object_key: "files/x/1.pdf".into(),
        created_at: at(0),
        created_by: world.liaison,
    };
    let mut tx = db.begin().await;
    tx.add_file(&file).await.unwrap();
    tx.commit().await.unwrap();
    file.id
}

fn leave(world: &World, first: i8, last: i8) -> NewLeave {
    NewLeave {
        id: id(),
        class: world.class,
        student: world.students[0],
        kind: LeaveKind::Sick,
        first_on: date(2024, 10, first),
        last_on: date(2024, 10, last),
        reason: "发烧".into(),
        granted_by: world.liaison,
        recorded_at: at(5),
    }
}

fn statement(world: &World) -> NewStatement {
    NewStatement {
        class: world.class,
        recorded_at: at(5),
        recorded_by: world.liaison,
        seal: None,
        student_signature: None,
        statement: attendance::Statement {
            id: id(),
            student: world.students[0],
            dates: Dates::through(date(2024, 10, 8), date(2024, 10, 8)).unwrap(),
            sides: BTreeSet::from([Side::SignIn]),
            cause: StatementCause::DeviceDown,
            text: "设备断电".into(),
            manager_signed_at: None,
            sealed_at: None,
            student_signed_at: None,
        },
    }
}

fn summary(world: &World, file: Option<FileId>, value: DayValue) -> NewMonthlySummary {
    let cells = BTreeMap::from([(date(2024, 10, 8), value)]);
    NewMonthlySummary {
        id: id(),
        file,
        sent_at: at(9),
        sent_by: world.liaison,
        summary: Summary {
            class: world.class,
            month: "2024-10".parse().unwrap(),
            lines: vec![SummaryLine { student: world.students[0], cells }],
        },
    }
}

both! {
    async fn a_device_is_known_by_its_token_until_it_is_withdrawn(db: &Db) {
        let world = world(db).await;
        let door = device(&world, "门口");
        let mut tx = db.begin().await;
        tx.add_device(&door).await.unwrap();
        let known = tx.device_of_token(door.token).await.unwrap().unwrap();
        assert_eq!((known.id, known.institution, known.venue.name.as_str()), (door.id, world.institution, "一号教室"));
        assert_eq!(tx.device_of_token(Token::received("guessed").hash()).await.unwrap(), None);
        tx.note_device(door.id, at(7)).await.unwrap();
        tx.withdraw_device(door.id, at(8), world.manager).await.unwrap();
        assert_eq!(tx.device_of_token(door.token).await.unwrap(), None);
        assert!(is_lost(&tx.withdraw_device(door.id, at(9), world.manager).await));
        assert!(is_lost(&tx.note_device(door.id, at(9)).await));
        // Its name is free again.
        let anew = NewDevice { token: Token::received("another").hash(), ..device(&world, "门口") };
        tx.add_device(&anew).await.unwrap();
        let all = tx.devices(Some(world.institution)).await.unwrap();
        assert_eq!(all.iter().map(|device| device.withdrawn_at).collect::<Vec<_>>(), [Some(at(8)), None]);
        assert_eq!(tx.devices(Some(id())).await.unwrap(), []);
        tx.commit().await.unwrap();
    }

    async fn a_device_that_cannot_be_registered_says_why(db: &Db) {
        let world = world(db).await;
        registered(db, &world).await;
        let again = NewDevice { token: Token::received("another").hash(), ..device(&world, "门口") };
        assert_eq!(field(db.begin().await.add_device(&again).await), "name");
        assert_eq!(field(db.begin().await.add_device(&device(&world, "")).await), "name");
        let nowhere = NewDevice { venue: id(), ..device(&world, "窗边") };
        assert_eq!(field(db.begin().await.add_device(&nowhere).await), "venue_id");
    }

    async fn a_punch_is_kept_once_and_as_it_came_first(db: &Db) {
        let world = world(db).await;
        let device = registered(db, &world).await;
        let mut tx = db.begin().await;
        let first = punch(&world, world.students[0], 100, by_device(device, "a-1"));
        assert_eq!(tx.add_punch(&first).await.unwrap(), Kept::New);
        let other = punch(&world, world.students[1], 900, by_device(device, "a-1"));
        let Kept::Known(known) = tx.add_punch(&other).await.unwrap() else { panic!("the identity is taken") };
        assert_eq!((known.punch, known.class), (first.punch, world.class));
        assert!(matches!(&known.source, Source::Device { device, sequence } if device.name == "门口" && sequence == "a-1"));
        let imported = punch(&world, world.students[0], 100, NewSource::Import { by: world.liaison });
        assert_eq!(tx.add_punch(&imported).await.unwrap(), Kept::New);
        let line = punch(&world, world.students[0], 100, NewSource::Import { by: world.manager });
        assert!(matches!(tx.add_punch(&line).await.unwrap(), Kept::Known(there) if there.punch == imported.punch));
        assert_eq!(tx.all_punches_of_class(world.class).await.unwrap().len(), 2);
        assert_eq!(tx.punches_of_class(world.class, at(100), at(101)).await.unwrap().len(), 2);
        assert_eq!(tx.punches_of_class(world.class, at(101), at(999)).await.unwrap(), []);
    }

    async fn the_same_batch_from_two_sides_at_once_is_kept_once(db: &Db) {
        let world = world(db).await;
        let device = registered(db, &world).await;
        let send = || {
            let store = db.store.clone();
            let new = punch(&world, world.students[0], 100, by_device(device, "a-1"));
            async move {
                let mut tx = store.begin().await?;
                tx.note_device(device, at(101)).await?;
                let kept = tx.add_punch(&new).await?;
                tx.commit().await?;
                Ok::<_, duxue_storage::Error>(kept)
            }
        };
        let results = at_once(vec![send(), send()]).await;
        let new = results.iter().filter(|result| matches!(result, Ok(Kept::New))).count();
        let known = results.iter().filter(|result| matches!(result, Ok(Kept::Known(_)))).count();
        assert_eq!((new, known), (1, 1), "{results:?}");
    }

    async fn a_number_means_the_students_whose_class_runs_that_day(db: &Db) {
        let world = world(db).await;
        let other = world_named(db, "另一所").await;
        let mut tx = db.begin().await;
        let (venue, day) = (world.venue, date(2024, 10, 8));
        let found = tx.students_of_number(world.institution, venue, day, "01").await.unwrap();
        assert_eq!(found.iter().map(|one| one.student).collect::<Vec<_>>(), [world.students[0]]);
        assert!(found[0].taught_there && found[0].class == world.class);
        let elsewhere = tx.students_of_number(world.institution, other.venue, day, "01").await.unwrap();
        assert!(!elsewhere[0].taught_there);
        assert_eq!(tx.students_of_number(world.institution, venue, date(2024, 10, 7), "01").await.unwrap(), []);
        assert_eq!(tx.students_of_number(world.institution, venue, day, "7").await.unwrap(), []);
        let own = tx.student_of_institution(world.institution, venue, day, world.students[1]).await.unwrap();
        assert_eq!(own.unwrap().class, world.class);
        let strange = tx.student_of_institution(world.institution, venue, day, other.students[1]).await.unwrap();
        assert_eq!(strange, None);
        tx.add_student(&student(other.class, "王五", "03")).await.unwrap();
        assert_eq!(tx.students_of_number(world.institution, venue, day, "03").await.unwrap(), []);
    }

    async fn a_leave_is_cancelled_once_and_stays(db: &Db) {
        let world = world(db).await;
        let new = leave(&world, 8, 9);
        let mut tx = db.begin().await;
        tx.add_leave(&new).await.unwrap();
        let kept = tx.leave(new.id).await.unwrap().unwrap();
        assert_eq!(kept.leave.dates, Dates::through(date(2024, 10, 8), date(2024, 10, 9)).unwrap());
        assert_eq!((kept.granted_by.id, kept.institution, kept.cancelled), (world.liaison, world.institution, None));
        tx.cancel_leave(new.id, at(20), world.liaison, "学员到课").await.unwrap();
        assert!(is_lost(&tx.cancel_leave(new.id, at(21), world.liaison, "再次").await));
        let all = tx.leaves(world.class).await.unwrap();
        let cancelled = all[0].cancelled.as_ref().unwrap();
        assert_eq!((cancelled.at, cancelled.because.as_str()), (at(20), "学员到课"));
        assert_eq!(tx.leaves(id()).await.unwrap(), []);
    }

    async fn a_leave_that_cannot_be_recorded_says_why(db: &Db) {
        let world = world(db).await;
        assert_eq!(field(db.begin().await.add_leave(&leave(&world, 9, 8)).await), "last_on");
        let silent = NewLeave { reason: String::new(), ..leave(&world, 8, 8) };
        assert_eq!(field(db.begin().await.add_leave(&silent).await), "reason");
        let nobody = NewLeave { student: id(), ..leave(&world, 8, 8) };
        assert_eq!(field(db.begin().await.add_leave(&nobody).await), "student_id");
        let new = leave(&world, 8, 8);
        let mut tx = db.begin().await;
        tx.add_leave(&new).await.unwrap();
        assert_eq!(field(tx.cancel_leave(new.id, at(20), world.liaison, "").await), "reason");
    }

    async fn what_comes_to_a_statement_comes_once(db: &Db) {
        let world = world(db).await;
        let scan = file(db, &world).await;
        let new = statement(&world);
        let mut tx = db.begin().await;
        tx.add_statement(&new).await.unwrap();
        tx.commit().await.unwrap();
        let written = db.read().await.statement(new.statement.id).await.unwrap().unwrap();
        assert_eq!((written.revision, &written.statement), (1, &new.statement));
        let mut sealed = written.clone();
        sealed.seal = Some(scan);
        sealed.statement.sealed_at = Some(at(20));
        let seal = || {
            let (store, from, to) = (db.store.clone(), written.clone(), sealed.clone());
            async move {
                let mut tx = store.begin().await?;
                tx.complete_statement(&from, &to).await?;
                tx.commit().await
            }
        };
        let results = at_once(vec![seal(), seal()]).await;
        assert_eq!(results.iter().filter(|result| result.is_ok()).count(), 1, "{results:?}");
        assert!(results.iter().any(is_lost));
        let all = db.read().await.statements(world.class).await.unwrap();
        assert_eq!((all[0].revision, all[0].seal, all[0].statement.sealed_at), (2, Some(scan), Some(at(20))));
    }

    async fn a_seal_that_no_scan_shows_does_not_come_back(db: &Db) {
        let world = world(db).await;
        let mut new = statement(&world);
        new.seal = Some(id());
        new.statement.sealed_at = Some(at(6));
        assert_eq!(field(db.begin().await.add_statement(&new).await), "seal_file_id");
        new.seal = Some(file(db, &world).await);
        let mut tx = db.begin().await;
        tx.add_statement(&new).await.unwrap();
        tx.commit().await.unwrap();
        db.behind("UPDATE statements SET seal_file_id = NULL").await;
        let read = db.read().await.statement(new.statement.id).await;
        assert!(matches!(read, Err(duxue_storage::Error::Corrupt { column: "seal_file_id", .. })), "{read:?}");
    }

    async fn a_summary_is_handed_in_anew_and_the_newest_counts(db: &Db) {
        let world = world(db).await;
        let scan = file(db, &world).await;
        let mut tx = db.begin().await;
        let october = "2024-10".parse().unwrap();
        assert_eq!(tx.monthly_summary(world.class, october).await.unwrap(), None);
        assert_eq!(tx.add_monthly_summary(&summary(&world, None, DayValue::Absent)).await.unwrap(), 1);
        let second = summary(&world, Some(scan), DayValue::Present);
        assert_eq!(tx.add_monthly_summary(&second).await.unwrap(), 2);
        let counts = tx.monthly_summary(world.class, october).await.unwrap().unwrap();
        assert_eq!((counts.revision, counts.file, &counts.summary), (2, Some(scan), &second.summary));
        assert_eq!(tx.monthly_summaries(world.class).await.unwrap().len(), 2);
        assert_eq!(tx.monthly_summary(world.class, "2024-11".parse().unwrap()).await.unwrap(), None);
        assert_eq!(field(tx.add_monthly_summary(&summary(&world, Some(id()), DayValue::Sick)).await), "file_id");
    }
}
