//! Files that are handed in.

use axum::http::Method;

use crate::{ask::Sent, world::World};

#[tokio::test]
async fn a_file_is_known_by_its_content_and_comes_back_whole() {
    let world = World::new().await;
    let pdf = b"%PDF-1.7 \xff\x00 scan".to_vec();
    let sent = Sent::Raw("image/png", pdf.clone());
    let file = world.ask(Method::POST, "/files?name=%E5%9B%BE.png", "liaison", sent).await.expect(201);
    assert_eq!((file["media_type"].as_str(), file["name"].as_str()), (Some("application/pdf"), Some("图.png")));
    let path = format!("/files/{}", file["id"].as_str().unwrap());
    let content = world.get(&format!("{path}/content"), "supervisor").await;
    assert_eq!((content.bytes.to_vec(), content.header("content-type")), (pdf, "application/pdf"));
    assert_eq!(world.get(&path, "other").await.status, 404);
    assert_eq!(world.audited().await, ["add_file", "read_file"]);
}

#[tokio::test]
async fn what_is_no_paper_is_refused_whatever_it_is_called() {
    let world = World::new().await;
    for content in [&b"MZ\x90\x00 a program"[..], b"<html>", b""] {
        let answer =
            world.ask(Method::POST, "/files?name=a.pdf", "liaison", Sent::Raw("application/pdf", content.to_vec()));
        assert_eq!(answer.await.problem(), (422, "invalid".into(), "file".into()));
    }
    let large = vec![b'%'; 21 << 20];
    let answer = world.ask(Method::POST, "/files?name=a.pdf", "liaison", Sent::Raw("application/pdf", large)).await;
    assert_eq!(answer.status, 413);
    let nameless = Sent::Raw("application/pdf", b"%PDF-1.7".to_vec());
    assert_eq!(world.ask(Method::POST, "/files?name=%20", "liaison", nameless).await.problem().2, "name");
    assert_eq!(world.audited().await, [""; 0]);
}

#[tokio::test]
async fn what_the_centre_keeps_is_not_there_for_an_institution() {
    let world = World::new().await;
    let sent = Sent::Raw("application/pdf", b"%PDF-1.7 of the centre".to_vec());
    let file = world.ask(Method::POST, "/files?name=a.pdf", "manager", sent).await.expect(201);
    let path = format!("/files/{}", file["id"].as_str().unwrap());
    assert_eq!(world.get(&path, "liaison").await.status, 404);
    assert_eq!(world.get(&path, "auditor").await.status, 200);
}
