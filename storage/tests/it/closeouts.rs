//! R8.1, R8.2: applications for close-out, assessments, certificates.

use duxue_rules::{
    access::{Actor, Role},
    calendar::Calendar,
    closeout::{Application, Applied, Assessment, Certificate, CertificateKind, CloseOut, Decision, check},
    ids::{FileId, StudentId},
    policy::Policy,
    text::Remark,
};
use duxue_storage::{Error, file::NewFile};
use jiff::civil::date;

use crate::{
    common::{Db, at, at_once, both, id},
    world::{World, field, is_lost, world},
};

const CENTRE: Actor = Actor { role: Role::Manager, institution: None };

/// A file of the world's institution.
pub async fn file(db: &Db, world: &World) -> FileId {
    let file = NewFile {
        id: id(),
        institution: Some(world.institution),
        name: "台账.pdf".into(),
        media_type: "application/pdf".into(),
        bytes: 9,
        sha256: [7; 32],
        object_key: "files/x.pdf".into(),
        created_at: at(0),
        created_by: world.liaison,
    };
    let mut tx = db.begin().await;
    tx.add_file(&file).await.unwrap();
    tx.commit().await.unwrap();
    file.id
}

fn applied(world: &World) -> Applied {
    let closeout = CloseOut { applied_on: date(2024, 12, 30), ledger: "x".into(), pass_list: world.students.to_vec() };
    let last = date(2025, 1, 8);
    let answer = check(&closeout, last, &world.students, &[], &Calendar::published(), &Policy::default()).unwrap();
    assert!(answer.late);
    Applied::new(id(), world.class, closeout, answer, world.liaison, at(0)).unwrap()
}

fn decision(world: &World, why: Option<&str>) -> Decision {
    Decision { by: world.manager, at: at(100), why: why.map(|why| Remark::new(why).unwrap()) }
}

fn turned_down(world: &World, applied: &Applied) -> Application {
    Application::TurnedDown(applied.clone().turn_down(CENTRE, decision(world, Some("台账不全"))).unwrap())
}

fn assessment(student: StudentId, number: Option<&str>) -> Assessment {
    let certificate = number.map(|number| Certificate {
        student,
        kind: CertificateKind::VocationalSkill,
        number: number.into(),
        issued_on: date(2025, 1, 20),
    });
    Assessment { student, on: date(2025, 1, 15), certificate }
}

both! {
    async fn one_application_at_a_time_and_after_a_refusal_another(db: &Db) {
        let world = world(db).await;
        let paper = file(db, &world).await;
        let mut tx = db.begin().await;
        let first = applied(&world);
        tx.add_closeout(&first, paper, paper, world.policy).await.unwrap();
        assert!(is_lost(&tx.add_closeout(&applied(&world), paper, paper, world.policy).await));
        let refused = turned_down(&world, &first);
        tx.decide_closeout(&refused).await.unwrap();
        assert!(is_lost(&tx.decide_closeout(&refused).await));
        tx.add_closeout(&applied(&world), paper, paper, world.policy).await.unwrap();
        let all = tx.closeouts(world.class).await.unwrap();
        assert_eq!((all.len(), &all[0].application, all[0].ledger), (2, &refused, paper));
        assert_eq!(all[0].decided_by.as_ref().unwrap().id, world.manager);
        assert_eq!((all[1].decided_by.as_ref(), all[1].institution), (None, world.institution));
        assert_eq!(tx.closeout(first.id()).await.unwrap().as_ref(), Some(&all[0]));
        assert_eq!(tx.closeouts(id()).await.unwrap(), []);
    }

    async fn papers_that_are_not_there_are_named(db: &Db) {
        let world = world(db).await;
        let paper = file(db, &world).await;
        let lost = db.begin().await.add_closeout(&applied(&world), id(), paper, world.policy).await;
        assert_eq!(field(lost), "ledger_file_id");
        let lost = db.begin().await.add_closeout(&applied(&world), paper, id(), world.policy).await;
        assert_eq!(field(lost), "pass_list_file_id");
    }

    async fn of_two_decisions_one_is_lost(db: &Db) {
        let world = world(db).await;
        let paper = file(db, &world).await;
        let mut tx = db.begin().await;
        let applied = applied(&world);
        tx.add_closeout(&applied, paper, paper, world.policy).await.unwrap();
        tx.commit().await.unwrap();
        let decide = || {
            let (store, to) = (db.store.clone(), turned_down(&world, &applied));
            async move {
                let mut tx = store.begin().await?;
                tx.decide_closeout(&to).await?;
                tx.commit().await
            }
        };
        let results = at_once(vec![decide(), decide()]).await;
        assert_eq!(results.iter().filter(|result| result.is_ok()).count(), 1, "{results:?}");
        assert!(results.iter().any(is_lost));
        db.behind("UPDATE closeouts SET state = 'accepted'").await;
        let read = db.read().await.closeouts(world.class).await;
        assert!(matches!(read, Err(Error::Corrupt { column: "state", .. })), "{read:?}");
    }

    async fn assessments_stay_and_a_certificate_is_one_of_a_kind(db: &Db) {
        let world = world(db).await;
        let [one, two] = world.students;
        let mut tx = db.begin().await;
        for assessment in [assessment(one, None), assessment(one, Some("LN1"))] {
            tx.add_assessment(id(), world.class, &assessment, world.manager, at(1)).await.unwrap();
        }
        tx.commit().await.unwrap();
        let add = async |student, number| {
            db.begin().await.add_assessment(id(), world.class, &assessment(student, number), world.manager, at(2)).await
        };
        assert_eq!(field(add(one, Some("LN2")).await), "student_id");
        assert_eq!(field(add(two, Some(" LN1 ")).await), "number");
        let long = "9".repeat(101);
        assert_eq!(field(add(two, Some(&long)).await), "number");
        assert_eq!(field(add(id(), None).await), "student_id");
        let rows = db.read().await.assessments(world.class).await.unwrap();
        let told: Vec<_> = rows.iter().map(|row| (row.student.name.as_str(), &row.assessment)).collect();
        assert_eq!(told, [("张三", &assessment(one, None)), ("张三", &assessment(one, Some("LN1")))]);
    }
}
