//! R6.1: what the provincial platform calls a class.

use duxue_rules::ids::ClassId;
use duxue_storage::platform::NewPlatformClass;

use crate::{
    common::{at, both},
    world::{World, field, world, world_named},
};

fn said(world: &World, class: ClassId, number: &str, second: i64) -> NewPlatformClass {
    NewPlatformClass {
        class,
        name: "2024年电子商务专业1班期".into(),
        number: number.into(),
        at: at(second),
        by: world.liaison,
        table_sha256: [7; 32],
    }
}

both! {
    async fn the_last_answer_stands_and_a_number_is_one_classs(db: &Db) {
        let (own, other) = (world(db).await, world_named(db, "乙校").await);
        let mut tx = db.begin().await;
        assert_eq!(tx.platform_class(own.class).await.unwrap(), None);
        tx.put_platform_class(&said(&own, own.class, "LN-1", 1)).await.unwrap();
        tx.put_platform_class(&said(&own, own.class, "LN-2", 2)).await.unwrap();
        let stands = tx.platform_class(own.class).await.unwrap().unwrap();
        assert_eq!((stands.number.as_str(), stands.answered_at, stands.answered_by.id), ("LN-2", at(2), own.liaison));
        assert_eq!(stands.table_sha256, [7; 32]);
        assert_eq!(tx.class_of_platform_number("LN-1").await.unwrap(), None);
        assert_eq!(tx.class_of_platform_number("LN-2").await.unwrap(), Some(own.class));
        tx.commit().await.unwrap();
        assert_eq!(field(db.begin().await.put_platform_class(&said(&other, other.class, "LN-2", 3)).await), "number");
        assert_eq!(field(db.begin().await.put_platform_class(&said(&other, other.class, "", 3)).await), "number");
    }
}
