//! R9.4: what the centre let pass.

use duxue_rules::{
    finding::{Finding, Record},
    ids::StudentId,
    subsidy::LetPass,
    text::{RuleId, Text},
};
use duxue_storage::Error;

use crate::{
    common::{at, both, id},
    world::{field, world},
};

fn let_pass(student: StudentId) -> LetPass {
    let (expected, seen) = (Text::new("核实", "verified"), Text::new("有记录", "found"));
    let finding = Finding::new(RuleId::new("R4.1"), "verification_found", expected, seen);
    LetPass { finding: finding.showing([Record::Student(student)]), reason: "已注销".into() }
}

both! {
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
