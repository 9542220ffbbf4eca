//! R4.1 to R4.3: verifications, and what was let pass.

use duxue_rules::{
    finding::{Finding, Record},
    ids::StudentId,
    subsidy::LetPass,
    text::{RuleId, Text},
    verification::{Matter, Phase, Verification},
};
use duxue_storage::{Error, verification::NewVerification};
use jiff::civil::date;

use crate::{
    closeouts::file,
    common::{at, both, id},
    world::{World, field, world},
};

fn verification(world: &World, student: StudentId) -> NewVerification {
    let matter = Matter::Business;
    let (by, evidence) = matter.required(Phase::AtEnd);
    NewVerification {
        id: id(),
        class: world.class,
        verification: Verification {
            student,
            matter,
            phase: Phase::AtEnd,
            on: date(2025, 1, 8),
            by,
            evidence,
            found: true,
        },
        file: None,
        recorded_by: world.liaison,
        recorded_at: at(0),
    }
}

fn let_pass(student: StudentId) -> LetPass {
    let (expected, seen) = (Text::new("核实", "verified"), Text::new("有记录", "found"));
    let finding = Finding::new(RuleId::new("R4.1"), "verification_found", expected, seen);
    LetPass { finding: finding.showing([Record::Student(student)]), reason: "已注销".into() }
}

both! {
    async fn every_look_up_stays_with_its_paper(db: &Db) {
        let world = world(db).await;
        let paper = file(db, &world).await;
        let mut tx = db.begin().await;
        let new = NewVerification { file: Some(paper), ..verification(&world, world.students[0]) };
        tx.add_verification(&new).await.unwrap();
        tx.add_verification(&verification(&world, world.students[0])).await.unwrap();
        tx.commit().await.unwrap();
        let back = db.read().await.verifications(world.class).await.unwrap();
        assert_eq!((back.len(), back[0].verification, back[0].file), (2, new.verification, Some(paper)));
        assert_eq!(field(db.begin().await.add_verification(&verification(&world, id())).await), "student_id");
        let lost = NewVerification { file: Some(id()), ..verification(&world, world.students[0]) };
        assert_eq!(field(db.begin().await.add_verification(&lost).await), "file_id");
    }

    async fn a_finding_is_let_pass_once(db: &Db) {
        let world = world(db).await;
        let student = world.students[0];
        let add = async || {
            let mut tx = db.begin().await;
            tx.add_exception(id(), (world.class, student), &let_pass(student), world.manager, at(1)).await?;
            tx.commit().await
        };
        add().await.unwrap();
        assert_eq!(field(add().await), "code");
        let back = db.read().await.exceptions(world.class).await.unwrap();
        assert_eq!((back.len(), back[0].student.id, &back[0].let_pass), (1, student, &let_pass(student)));
        db.behind("UPDATE exceptions SET code = 'verification_missing'").await;
        let read = db.read().await.exceptions(world.class).await;
        assert!(matches!(read, Err(Error::Corrupt { column: "body", .. })), "{read:?}");
    }
}
