//! R7.6: messages.

use duxue_rules::ids::{ClassId, FileId, MessageId};
use duxue_storage::{
    file::NewFile,
    message::{NewMessage, Side},
};

use crate::{
    common::{Db, at, both, id},
    world::{World, field, world},
};

fn message(world: &World, side: Side, text: &str, files: &[FileId]) -> NewMessage {
    NewMessage {
        id: id(),
        class: world.class,
        side,
        sent_by: if side == Side::Centre { world.manager } else { world.liaison },
        sent_at: at(0),
        text: text.into(),
        files: files.to_vec(),
    }
}

async fn file(db: &Db, world: &World) -> FileId {
    let file = NewFile {
        id: id(),
        institution: Some(world.institution),
        name: "情况说明.pdf".into(),
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

async fn texts(db: &Db, class: ClassId, after: Option<MessageId>, limit: u32) -> Vec<String> {
    let rows = db.read().await.messages(class, after, limit).await.unwrap();
    rows.into_iter().map(|message| message.text).collect()
}

both! {
    async fn messages_come_newest_first_with_what_goes_along(db: &Db) {
        let world = world(db).await;
        let paper = file(db, &world).await;
        let all = [
            message(&world, Side::Centre, "请说明缺勤情况", &[]),
            message(&world, Side::Institution, "见附件", &[paper]),
            message(&world, Side::Centre, "收到", &[]),
        ];
        let mut tx = db.begin().await;
        for message in &all {
            tx.add_message(message).await.unwrap();
        }
        tx.commit().await.unwrap();
        assert_eq!(texts(db, world.class, None, 9).await, ["收到", "见附件", "请说明缺勤情况"]);
        assert_eq!(texts(db, world.class, None, 2).await, ["收到", "见附件"]);
        assert_eq!(texts(db, world.class, Some(all[1].id), 9).await, ["请说明缺勤情况"]);
        assert_eq!(texts(db, id(), None, 9).await, [""; 0]);
        let mut tx = db.read().await;
        let second = tx.message(all[1].id).await.unwrap().unwrap();
        assert_eq!((second.side, second.sent_by.id), (Side::Institution, world.liaison));
        assert_eq!((second.files[0].id, second.files[0].name.as_str()), (paper, "情况说明.pdf"));
        let listed = tx.messages(world.class, None, 9).await.unwrap();
        assert_eq!(listed[1], second);
        assert!(tx.is_message_of(world.class, all[0].id).await.unwrap());
        assert!(!tx.is_message_of(id(), all[0].id).await.unwrap());
        assert_eq!(tx.message(id()).await.unwrap(), None);
    }

    async fn what_cannot_be_sent_is_named(db: &Db) {
        let world = world(db).await;
        let paper = file(db, &world).await;
        for text in [String::new(), "长".repeat(4001)] {
            let message = message(&world, Side::Centre, &text, &[]);
            assert_eq!(field(db.begin().await.add_message(&message).await), "text");
        }
        let longest = message(&world, Side::Centre, &"长".repeat(4000), &[]);
        db.begin().await.add_message(&longest).await.unwrap();
        let twice = message(&world, Side::Centre, "见附件", &[paper, paper]);
        assert_eq!(field(db.begin().await.add_message(&twice).await), "files");
    }

    async fn reading_only_moves_forward(db: &Db) {
        let world = world(db).await;
        let all = [message(&world, Side::Centre, "一", &[]), message(&world, Side::Centre, "二", &[])];
        let mut tx = db.begin().await;
        for message in &all {
            tx.add_message(message).await.unwrap();
        }
        let side = Side::Institution;
        assert!(tx.mark_read(world.class, side, all[1].id, world.liaison, at(5)).await.unwrap());
        assert!(!tx.mark_read(world.class, side, all[0].id, world.liaison, at(6)).await.unwrap());
        assert!(!tx.mark_read(world.class, side, all[1].id, world.liaison, at(7)).await.unwrap());
        let marks = tx.read_marks(world.class).await.unwrap();
        assert_eq!(marks.len(), 1);
        assert_eq!((marks[0].side, marks[0].up_to, marks[0].by.id), (side, all[1].id, world.liaison));
        assert_eq!(marks[0].at, at(5));
    }
}
