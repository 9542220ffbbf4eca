//! 三, 四: papers, ID numbers, consent, departures, verifications.

use duxue_rules::{
    enrolment::{HandedIn, StatusPaper, StatusProof},
    ids::StudentId,
    person::IdNumber,
    verification::{Evidence, Matter, Phase, Verification, Verifier},
};
use duxue_storage::{
    Error, SecretKey,
    consent::NewConsent,
    departure::NewDeparture,
    template::{NewTemplate, TemplateOrigin},
    verification::NewVerification,
};
use jiff::civil::date;

use crate::{
    approvals::file,
    common::{Db, at, at_once, both, id},
    world::{World, field, is_lost, key, world, world_named},
};

fn number() -> IdNumber {
    IdNumber::parse("11010519491231002X", date(2024, 10, 8)).unwrap()
}

fn other_number() -> IdNumber {
    IdNumber::parse("110105194912310011", date(2024, 10, 8)).unwrap()
}

fn papers() -> HandedIn {
    HandedIn { id_card_seen: true, hukou_province: "21".into(), school_city: "2104".into(), ..HandedIn::default() }
}

async fn with_number(db: &Db, world: &World, student: StudentId, number: &IdNumber) {
    let mut tx = db.begin().await;
    tx.put_papers((student, 0), &papers(), world.liaison, at(0)).await.unwrap();
    tx.record_number(student, number, at(0), &key()).await.unwrap();
    tx.commit().await.unwrap();
}

fn taken_back(student: StudentId) -> NewConsent {
    NewConsent {
        student,
        given: false,
        dated: Some(date(2024, 10, 8)),
        file: None,
        recorded_at: at(5),
        recorded_by: None,
    }
}

fn departure(world: &World, reason: &str) -> NewDeparture {
    NewDeparture {
        student: world.students[0],
        left_on: date(2024, 10, 20),
        reason: reason.into(),
        recorded_at: at(9),
        recorded_by: world.liaison,
    }
}

async fn template(db: &Db, student: StudentId) {
    let template = NewTemplate {
        id: id(),
        student,
        model: "SFace".into(),
        vector: vec![1.0],
        created_at: at(1),
        created_by: None,
        origin: TemplateOrigin::default(),
        portrait: None,
    };
    let mut tx = db.begin().await;
    tx.add_template(&template, &key()).await.unwrap();
    tx.commit().await.unwrap();
}

both! {
    async fn papers_come_back_as_they_were_handed_in(db: &Db) {
        let world = world(db).await;
        let file = file(db, &world).await;
        let [first, second] = world.students;
        assert_eq!(db.read().await.papers(first, &key()).await.unwrap(), None);
        let proof = Some(StatusPaper { issued_by: StatusProof::School, file });
        let whole = HandedIn { status_proof: proof, hukou_proof: Some(file), ..papers() };
        let mut tx = db.begin().await;
        assert_eq!(tx.put_papers((first, 0), &papers(), world.liaison, at(0)).await.unwrap(), 1);
        assert_eq!(tx.put_papers((first, 1), &whole, world.liaison, at(1)).await.unwrap(), 2);
        let number_key = tx.record_number(first, &number(), at(1), &key()).await.unwrap();
        tx.put_papers((second, 0), &papers(), world.liaison, at(1)).await.unwrap();
        tx.commit().await.unwrap();
        let back = db.read().await.papers_of_class(world.class, &key()).await.unwrap();
        assert_eq!((back.len(), back[0].revision, &back[0].papers), (2, 2, &whole));
        assert_eq!((back[0].number.as_ref(), back[0].number_key), (Some(&number()), Some(number_key)));
        assert_eq!((back[1].number.as_ref(), back[1].number_key), (None, None));
        assert_eq!(db.read().await.papers(first, &key()).await.unwrap().as_ref(), back.first());
        let other = db.read().await.papers(first, &SecretKey::from_bytes(&[6; 32])).await;
        assert!(matches!(other, Err(Error::Secret(_))), "{other:?}");
    }

    async fn papers_are_changed_at_the_revision_that_was_read(db: &Db) {
        let world = world(db).await;
        let student = world.students[0];
        for revision in [0, 1] {
            let tasks = (0..4).map(|_| {
                let store = db.store.clone();
                let by = world.liaison;
                async move {
                    let mut tx = store.begin().await?;
                    tx.put_papers((student, revision), &papers(), by, at(0)).await?;
                    tx.commit().await
                }
            });
            let results = at_once(tasks.collect()).await;
            assert_eq!(results.iter().filter(|result| result.is_ok()).count(), 1, "{results:?}");
            assert_eq!(results.iter().filter(|result| is_lost(result)).count(), 3, "{results:?}");
        }
        let mut tx = db.begin().await;
        assert!(is_lost(&tx.record_number(world.students[1], &number(), at(0), &key()).await), "no papers yet");
    }

    async fn a_number_is_nowhere_in_the_database_and_finds_its_enrolments(db: &Db) {
        let world = world(db).await;
        let other = world_named(db, "别的学校").await;
        with_number(db, &world, world.students[0], &number()).await;
        with_number(db, &other, other.students[1], &number()).await;
        with_number(db, &world, world.students[1], &other_number()).await;
        let mut tx = db.begin().await;
        tx.add_departure(&departure(&world, "已就业")).await.unwrap();
        let number_key = tx.papers(world.students[0], &key()).await.unwrap().unwrap().number_key.unwrap();
        let found = tx.enrolments_of(number_key).await.unwrap();
        let lines: Vec<_> = found.iter().map(|line| (line.student, line.class, line.left)).collect();
        let both = [(world.students[0], world.class, Some(date(2024, 10, 20))), (other.students[1], other.class, None)];
        assert_eq!(lines.len(), 2);
        assert!(both.iter().all(|line| lines.contains(line)), "{lines:?}");
        assert_eq!(found[0].dates.last(), Some(date(2025, 1, 8)));
        assert!(!format!("{found:?}").contains("11010519491231002X"));
    }

    async fn a_number_that_was_mistyped_is_not_kept(db: &Db) {
        let world = world(db).await;
        let student = world.students[0];
        with_number(db, &world, student, &number()).await;
        let mut tx = db.begin().await;
        let before = tx.papers(student, &key()).await.unwrap().unwrap().number_key.unwrap();
        tx.record_number(student, &other_number(), at(1), &key()).await.unwrap();
        assert_eq!(tx.enrolments_of(before).await.unwrap(), []);
        assert_eq!(tx.papers(student, &key()).await.unwrap().unwrap().number, Some(other_number()));
        tx.record_number(student, &other_number(), at(2), &key()).await.unwrap();
        assert_eq!(tx.papers(student, &key()).await.unwrap().unwrap().number, Some(other_number()), "the same again");
        tx.commit().await.unwrap();
        // Were the old one still there, there could be no second.
        db.behind(&format!("INSERT INTO persons VALUES ('{}', 'x', 0)", hex::encode(before.0))).await;
    }

    /// R3.4: both look for other enrolments after they recorded the number; at least one must see the other.
    async fn two_who_record_one_number_at_once_do_not_miss_each_other(db: &Db) {
        let worlds = [world(db).await, world_named(db, "别的学校").await];
        for world in &worlds {
            let mut tx = db.begin().await;
            tx.put_papers((world.students[0], 0), &papers(), world.liaison, at(0)).await.unwrap();
            tx.commit().await.unwrap();
        }
        let tasks = worlds.iter().map(|world| {
            let (store, student) = (db.store.clone(), world.students[0]);
            async move {
                let mut tx = store.begin().await.unwrap();
                let number_key = tx.record_number(student, &number(), at(0), &key()).await.unwrap();
                let seen = tx.enrolments_of(number_key).await.unwrap().len();
                tx.commit().await.unwrap();
                seen
            }
        });
        let mut seen = at_once(tasks.collect()).await;
        seen.sort_unstable();
        assert_eq!(seen, [1, 2]);
    }

    async fn consent_is_given_and_taken_back_in_turn(db: &Db) {
        let world = world(db).await;
        let file = file(db, &world).await;
        let student = world.students[0];
        template(db, student).await;
        let mut tx = db.begin().await;
        assert_eq!(tx.add_consent(&taken_back(student)).await.unwrap(), 1, "a template went");
        assert!(is_lost(&tx.add_consent(&taken_back(student)).await));
        let again = NewConsent { given: true, file: Some(file), recorded_by: Some(world.liaison), ..taken_back(student) };
        assert_eq!(tx.add_consent(&again).await.unwrap(), 0);
        assert!(is_lost(&tx.add_consent(&again).await));
        let ledger = tx.consents(student).await.unwrap();
        assert_eq!(ledger.iter().map(|line| (line.seq, line.given)).collect::<Vec<_>>(), [(1, true), (2, false), (3, true)]);
        assert_eq!((ledger[0].recorded_at, ledger[1].dated, ledger[2].file), (at(0), Some(date(2024, 10, 8)), Some(file)));
        assert_eq!(ledger[2].recorded_by.as_ref().map(|by| by.id), Some(world.liaison));
        assert_eq!(tx.student(student).await.unwrap().unwrap().face_consent_at, Some(at(5)));
        drop(tx);
        let nothing = NewConsent { file: Some(id()), ..taken_back(student) };
        assert_eq!(field(db.begin().await.add_consent(&nothing).await), "file_id");
    }

    async fn of_two_who_take_consent_back_one_does(db: &Db) {
        let world = world(db).await;
        let student = world.students[0];
        template(db, student).await;
        let tasks = (0..4).map(|_| {
            let store = db.store.clone();
            async move {
                let mut tx = store.begin().await?;
                tx.add_consent(&taken_back(student)).await?;
                tx.commit().await
            }
        });
        let results = at_once(tasks.collect()).await;
        assert_eq!(results.iter().filter(|result| result.is_ok()).count(), 1, "{results:?}");
        assert_eq!(results.iter().filter(|result| is_lost(result)).count(), 3, "{results:?}");
        assert_eq!(db.read().await.consents(student).await.unwrap().len(), 2);
    }

    async fn who_left_is_on_the_roster_until_that_day(db: &Db) {
        let world = world(db).await;
        let [first, second] = world.students;
        template(db, first).await;
        assert_eq!(field(db.begin().await.add_departure(&departure(&world, "")).await), "reason");
        let mut tx = db.begin().await;
        assert_eq!(tx.add_departure(&departure(&world, "已就业")).await.unwrap(), 1, "a template went");
        tx.commit().await.unwrap();
        assert!(is_lost(&db.begin().await.add_departure(&departure(&world, "又")).await));
        let mut tx = db.read().await;
        let on = async |tx: &mut duxue_storage::Tx, day| -> Vec<StudentId> {
            tx.roster(world.class, day, "SFace").await.unwrap().into_iter().map(|student| student.id).collect()
        };
        assert_eq!(on(&mut tx, date(2024, 10, 19)).await, [first, second]);
        assert_eq!(on(&mut tx, date(2024, 10, 20)).await, [second]);
        let class = tx.class(world.class).await.unwrap().unwrap();
        assert_eq!((class.students, class.enrolled), (1, 0));
        assert_eq!(tx.student(first).await.unwrap().unwrap().left_on, Some(date(2024, 10, 20)));
        let recorded = tx.departure(first).await.unwrap().unwrap();
        assert_eq!((recorded.reason.as_str(), recorded.recorded_by.id), ("已就业", world.liaison));
        assert_eq!(tx.departure(second).await.unwrap(), None);
    }

    async fn verifications_come_back_in_order_each_with_its_paper(db: &Db) {
        let world = world(db).await;
        let file = file(db, &world).await;
        let fact = Verification {
            student: world.students[0],
            matter: Matter::Business,
            phase: Phase::AtEnd,
            on: date(2025, 1, 8),
            by: Verifier::Institution,
            evidence: Evidence::Screenshot,
            found: true,
        };
        let new = NewVerification {
            id: id(), fact, note: "有执照".into(), file: Some(file), recorded_at: at(0), recorded_by: world.liaison,
        };
        let compared = Verification { matter: Matter::Employment, evidence: Evidence::Comparison, by: Verifier::Centre, ..fact };
        let centres = NewVerification { id: id(), fact: compared, note: String::new(), file: None, ..new.clone() };
        let mut tx = db.begin().await;
        tx.add_verification(&new).await.unwrap();
        tx.add_verification(&centres).await.unwrap();
        tx.commit().await.unwrap();
        let back = db.read().await.verifications(world.class).await.unwrap();
        assert_eq!(back.iter().map(|row| row.fact).collect::<Vec<_>>(), [fact, compared]);
        assert_eq!((back[0].file, back[0].note.as_str(), back[0].recorded_by.id), (Some(file), "有执照", world.liaison));
        for (wrong, at_field) in [
            (NewVerification { id: id(), file: None, ..new.clone() }, "file_id"),
            (NewVerification { id: id(), file: Some(id()), ..new.clone() }, "file_id"),
            (NewVerification { id: id(), note: "长".repeat(2001), ..new.clone() }, "note"),
            (NewVerification { id: id(), fact: Verification { student: id(), ..fact }, ..new.clone() }, "student_id"),
        ] {
            assert_eq!(field(db.begin().await.add_verification(&wrong).await), at_field);
        }
    }
}
