//! Files that were handed in, and signatures.

use duxue_storage::{file::NewFile, signature::NewSignature};

use crate::{
    common::{at, both, id},
    world::{field, world},
};

both! {
    async fn a_file_comes_back_as_it_was_handed_in(db: &Db) {
        let world = world(db).await;
        let file = NewFile {
            id: id(),
            institution: Some(world.institution),
            name: "身份证.pdf".into(),
            media_type: "application/pdf".into(),
            bytes: 12,
            sha256: [7; 32],
            object_key: "files/x/07.pdf".into(),
            created_at: at(0),
            created_by: world.liaison,
        };
        let mut tx = db.begin().await;
        tx.add_file(&file).await.unwrap();
        let back = tx.file(file.id).await.unwrap().unwrap();
        assert_eq!((back.institution, back.name.as_str(), back.bytes, back.sha256), (Some(world.institution), "身份证.pdf", 12, [7; 32]));
        assert_eq!(back.created_by.id, world.liaison);
        assert_eq!(tx.file(id()).await.unwrap(), None);
        drop(tx);
        let nameless = NewFile { id: id(), name: String::new(), ..file.clone() };
        assert_eq!(field(db.begin().await.add_file(&nameless).await), "name");
        let nobodys = NewFile { id: id(), institution: Some(id()), ..file };
        assert_eq!(field(db.begin().await.add_file(&nobodys).await), "institution_id");
    }

    async fn a_person_signs_the_same_content_once(db: &Db) {
        let world = world(db).await;
        let signature = NewSignature {
            id: id(),
            subject_kind: "supervision",
            subject_id: "one".into(),
            content_sha256: [1; 32],
            signed_by: world.manager,
            capacity: "supervisor".into(),
            drawing_key: "files/centre/1.png".into(),
            signed_at: at(0),
        };
        let mut tx = db.begin().await;
        tx.add_signature(&signature).await.unwrap();
        tx.add_signature(&NewSignature { id: id(), content_sha256: [2; 32], ..signature.clone() }).await.unwrap();
        let all = tx.signatures_of("supervision", "one").await.unwrap();
        assert_eq!(all.iter().map(|s| s.content_sha256).collect::<Vec<_>>(), [[1; 32], [2; 32]]);
        assert_eq!(tx.signatures_of("inspection", "one").await.unwrap(), []);
        tx.commit().await.unwrap();
        assert_eq!(field(db.begin().await.add_signature(&NewSignature { id: id(), ..signature }).await), "signature");
    }
}
