//! R11.2: the tracking ledger.

use duxue_rules::{
    ids::StudentId,
    tracking::{Entry, Node, Occupation},
};
use duxue_storage::tracking::NewTrackingEntry;
use jiff::civil::date;

use crate::{
    closeouts::file,
    common::{at, both, id},
    world::{World, field, is_lost, world},
};

fn line(world: &World, student: StudentId, occupation: Occupation) -> NewTrackingEntry {
    NewTrackingEntry {
        id: id(),
        class: world.class,
        entry: Entry { student, node: Node::AtEnd, on: date(2025, 1, 10), occupation },
        note: "某公司".into(),
        recorded_by: world.liaison,
        recorded_at: at(0),
    }
}

both! {
    async fn every_line_stays(db: &Db) {
        let world = world(db).await;
        let mut tx = db.begin().await;
        let lines = [Occupation::Unreachable, Occupation::Employed]
            .map(|occupation| line(&world, world.students[0], occupation));
        for line in &lines {
            tx.add_tracking_entry(line).await.unwrap();
        }
        tx.commit().await.unwrap();
        let back = db.read().await.tracking_entries(world.class).await.unwrap();
        assert_eq!(back.iter().map(|row| row.entry).collect::<Vec<_>>(), lines.map(|line| line.entry));
        assert_eq!((back[0].student.name.as_str(), back[0].note.as_str()), ("张三", "某公司"));
        assert_eq!(field(db.begin().await.add_tracking_entry(&line(&world, id(), Occupation::None)).await), "student_id");
        let long = NewTrackingEntry { note: "长".repeat(2001), ..line(&world, world.students[0], Occupation::None) };
        assert_eq!(field(db.begin().await.add_tracking_entry(&long).await), "note");
    }

    async fn the_ledger_is_handed_in_once(db: &Db) {
        let world = world(db).await;
        let paper = file(db, &world).await;
        let day = date(2026, 1, 8);
        assert_eq!(db.read().await.tracking_ledger(world.class).await.unwrap(), None);
        let lost = db.begin().await.add_tracking_ledger(world.class, id(), day, world.liaison, at(0)).await;
        assert_eq!(field(lost), "file_id");
        let mut tx = db.begin().await;
        tx.add_tracking_ledger(world.class, paper, day, world.liaison, at(0)).await.unwrap();
        assert!(is_lost(&tx.add_tracking_ledger(world.class, paper, day, world.liaison, at(1)).await));
        let back = tx.tracking_ledger(world.class).await.unwrap().unwrap();
        assert_eq!((back.file, back.on, back.by.id), (paper, day, world.liaison));
    }
}
