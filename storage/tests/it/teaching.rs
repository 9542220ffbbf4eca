//! R7.2a: timetables and the requests to change them.

use duxue_rules::{
    calendar::Dates,
    ids::{FileId, TimetableId},
    timetable::{
        Change, ChangeRequest, ChangeRequested, Course, Lesson, Submission, Submitted, TeachingPlan, Timetable,
    },
};
use duxue_storage::{Error, file::NewFile};
use jiff::civil::date;

use crate::{
    common::{Db, at, at_once, both, id},
    world::{World, field, is_lost, session, span, world},
};

async fn file(db: &Db, world: &World) -> FileId {
    let file = NewFile {
        id: id(),
        institution: Some(world.institution),
        name: "教学计划.pdf".into(),
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

fn submitted(world: &World) -> Submitted {
    let lesson = |start: i64| Lesson {
        id: id(),
        span: span(start, start + 2700),
        venue: world.venue,
        subject: "电子商务基础".into(),
        teacher: "王老师".into(),
    };
    Submitted {
        id: id(),
        course: Course {
            class: world.class,
            institution: world.institution,
            programme_year: 2024,
            dates: Dates::through(date(2024, 10, 8), date(2025, 1, 8)).unwrap(),
            months: 3,
            syllabus: "s".into(),
            plan: TeachingPlan::default(),
        },
        timetable: Timetable::new(world.class, vec![lesson(100_000), lesson(103_000)]).unwrap(),
        by: world.liaison,
        at: at(10),
    }
}

fn approved(world: &World, submitted: Submitted) -> Submission {
    Submission::Approved(submitted.approve(Vec::new(), world.manager, at(20), String::new()).unwrap())
}

/// Hands one in; the file that it names.
async fn hand_in(db: &Db, world: &World, submitted: &Submitted) -> FileId {
    let file = file(db, world).await;
    let mut tx = db.begin().await;
    tx.hold_class(world.class).await.unwrap();
    tx.add_timetable(&Submission::Submitted(submitted.clone()), file, file).await.unwrap();
    tx.commit().await.unwrap();
    file
}

fn change(world: &World, timetable: &Timetable) -> ChangeRequest {
    let change = Change {
        id: id(),
        class: world.class,
        withdrawn: [timetable.lessons()[0].id].into(),
        added: Vec::new(),
        reason: "教师生病".into(),
    };
    ChangeRequest::Requested(change.request(timetable, world.liaison, at(30)).unwrap())
}

fn requested(request: &ChangeRequest) -> ChangeRequested {
    match request {
        ChangeRequest::Requested(requested) => requested.clone(),
        other => panic!("{other:?}"),
    }
}

both! {
    async fn a_timetable_comes_back_as_it_was_handed_in_and_decided(db: &Db) {
        let world = world(db).await;
        let submitted = submitted(&world);
        let file = hand_in(db, &world, &submitted).await;
        let mut tx = db.begin().await;
        let row = tx.newest_timetable(world.class).await.unwrap().unwrap();
        assert_eq!(row.submission, Submission::Submitted(submitted.clone()));
        assert_eq!((row.institution, row.syllabus, row.plan), (world.institution, file, file));
        assert_eq!((row.handed_in_by.id, row.decided_by), (world.liaison, None));
        assert_eq!(tx.approved_timetable(world.class).await.unwrap(), None);
        let stage = approved(&world, submitted.clone());
        tx.advance_timetable(&stage).await.unwrap();
        let row = tx.approved_timetable(world.class).await.unwrap().unwrap();
        assert_eq!((row.submission, row.decided_by.map(|by| by.id)), (stage, Some(world.manager)));
        assert_eq!(tx.timetable(submitted.id).await.unwrap().unwrap().class.id, world.class);
        assert_eq!(tx.timetable(id::<TimetableId>()).await.unwrap(), None);
    }

    async fn a_class_has_one_open_timetable(db: &Db) {
        let world = world(db).await;
        let first = submitted(&world);
        let file = hand_in(db, &world, &first).await;
        let second = Submission::Submitted(submitted(&world));
        let mut tx = db.begin().await;
        assert!(is_lost(&tx.add_timetable(&second, file, file).await));
        drop(tx);
        let mut tx = db.begin().await;
        tx.advance_timetable(&Submission::Withdrawn(first.withdraw(at(15)))).await.unwrap();
        tx.add_timetable(&second, file, file).await.unwrap();
        tx.commit().await.unwrap();
        // The index is the last word, whatever a statement says.
        let sql = "UPDATE timetables SET state = 'submitted'";
        let refused = std::panic::AssertUnwindSafe(db.behind(sql));
        assert!(futures::FutureExt::catch_unwind(refused).await.is_err());
    }

    async fn one_decision_wins(db: &Db) {
        let world = world(db).await;
        let first = submitted(&world);
        hand_in(db, &world, &first).await;
        let refused = first.clone().refuse(world.manager, at(20), "课时不足".into()).unwrap();
        let both = [approved(&world, first), Submission::Refused(refused)];
        let decide = |to: Submission| {
            let store = db.store.clone();
            async move {
                let mut tx = store.begin().await?;
                tx.advance_timetable(&to).await?;
                tx.commit().await
            }
        };
        let results = at_once(both.into_iter().map(decide).collect()).await;
        assert_eq!(results.iter().filter(|result| result.is_ok()).count(), 1, "{results:?}");
        assert_eq!(results.iter().filter(|result| is_lost(result)).count(), 1, "{results:?}");
    }

    async fn papers_that_are_not_there_are_named(db: &Db) {
        let world = world(db).await;
        let there = file(db, &world).await;
        let new = Submission::Submitted(submitted(&world));
        assert_eq!(field(db.begin().await.add_timetable(&new, id(), there).await), "syllabus_file_id");
        assert_eq!(field(db.begin().await.add_timetable(&new, there, id()).await), "plan_file_id");
    }

    async fn a_change_is_decided_once(db: &Db) {
        let world = world(db).await;
        let submitted = submitted(&world);
        hand_in(db, &world, &submitted).await;
        let request = change(&world, &submitted.timetable);
        let mut tx = db.begin().await;
        tx.add_timetable_change(submitted.id, &request).await.unwrap();
        tx.commit().await.unwrap();
        let (approval, _) = requested(&request).approve(&submitted.timetable, world.manager, at(40)).unwrap();
        let approval = ChangeRequest::Approved(approval);
        let mut tx = db.begin().await;
        assert!(is_lost(&tx.decide_timetable_change(&request).await), "a request is no decision");
        tx.decide_timetable_change(&approval).await.unwrap();
        let refused = requested(&request).refuse(world.manager, at(41), "不同意".into()).unwrap();
        assert!(is_lost(&tx.decide_timetable_change(&ChangeRequest::Refused(refused)).await));
        let rows = tx.timetable_changes(submitted.id).await.unwrap();
        assert_eq!((rows.len(), &rows[0].request), (1, &approval));
        assert_eq!(rows[0].decided_by.as_ref().map(|by| by.id), Some(world.manager));
        assert_eq!(tx.timetable_change(request.change().id).await.unwrap().unwrap().institution, world.institution);
    }

    async fn a_stage_that_was_tampered_with_does_not_come_back(db: &Db) {
        let world = world(db).await;
        let submitted = submitted(&world);
        hand_in(db, &world, &submitted).await;
        db.behind(&format!(
            "UPDATE timetables SET state = 'approved', decided_at = 1, decided_by = '{}'", world.manager
        ))
        .await;
        let read = db.read().await.timetable(submitted.id).await;
        assert!(matches!(read, Err(Error::Corrupt { column: "state", .. })), "{read:?}");
    }

    async fn a_session_goes_before_it_begins_and_not_after(db: &Db) {
        let world = world(db).await;
        let coming = session(world.class, world.venue, span(10_000, 12_000));
        let mut tx = db.begin().await;
        tx.add_session(&coming).await.unwrap();
        assert!(is_lost(&tx.remove_session(coming.id, at(10_000)).await), "it begins at that instant");
        tx.remove_session(coming.id, at(9_999)).await.unwrap();
        assert!(is_lost(&tx.remove_session(coming.id, at(0)).await), "it is gone");
        let there: Vec<_> = tx.all_sessions_of_class(world.class).await.unwrap().iter().map(|one| one.id).collect();
        assert_eq!(there, [world.session]);
        assert!(!tx.hold_class(id()).await.unwrap());
    }
}
