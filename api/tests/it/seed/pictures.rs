//! What a camera looks at, and the pictures of its day.

use duxue_rules::ids::ObservationId;
use duxue_storage::{
    Objects, Tx,
    look::{CameraSession, KeptPicture, NewReference, PictureRank},
    objects::{health_key, reference_key},
};
use uuid::Uuid;

use super::{Kind, at, id};

/// When the reference picture was taken.
pub const REFERENCE: &str = "2024-10-07T01:05:00Z";

/// A reference picture of yesterday, and the best and the worst picture of this morning.
pub async fn looked(tx: &mut Tx, objects: &Objects, side: u8) {
    let (camera, session) = (id(Kind::Camera, side), id(Kind::Session, side));
    let seen = ObservationId(Uuid::now_v7());
    let picture = reference_key(camera, seen);
    objects.put_small(&picture, b"\xff\xd8\xff reference".to_vec()).await.unwrap();
    let scene = "AAAA".to_owned();
    let reference = NewReference { camera, taken_at: at(REFERENCE), scene, samples: 30, picture: Some(picture) };
    tx.add_reference(&reference).await.unwrap();
    let mut pictures = Vec::new();
    for (rank, taken) in [(PictureRank::Best, "2024-10-08T01:20:00Z"), (PictureRank::Worst, "2024-10-08T02:10:00Z")] {
        let observation = ObservationId(Uuid::now_v7());
        let object = health_key(camera, observation);
        objects.put_small(&object, format!("\u{ff}\u{d8} {rank:?}").into_bytes()).await.unwrap();
        pictures.push(KeptPicture { rank, observation, at: at(taken), object });
    }
    let known = CameraSession {
        camera,
        session,
        samples: 60,
        trail: String::new(),
        stream: None,
        replays: vec![],
        newest_at: at("2024-10-08T02:29:55Z"),
        pictures,
    };
    tx.put_camera_session(&known).await.unwrap();
}
