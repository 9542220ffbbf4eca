//! The rows of sign-in, cameras, classes, reports, findings, clips and the log.

use serde_json::json;

use super::{
    Row,
    Who::{Anyone, Listed, Signed, These},
    nothing, thing,
};
use crate::{ask::Sent, seed::Kind};

pub fn rows() -> Vec<Row> {
    vec![
        ("post", "/sign-in", Anyone, |_| Sent::Json(json!({"username": "auditor", "password": crate::seed::PASSWORD}))),
        ("post", "/sign-out", Signed, nothing),
        ("get", "/me", Signed, nothing),
        ("get", "/system", Signed, nothing),
        ("get", "/cameras", Listed("SMAI"), nothing),
        ("post", "/cameras", These("SM"), |side| {
            Sent::Json(json!({"venue_id": thing(Kind::Venue, side), "name": "新", "main_url": "rtsp://192.0.2.1/a"}))
        }),
        ("get", "/cameras/{id}", These("SMAI"), nothing),
        ("patch", "/cameras/{id}", These("SM"), |_| Sent::Json(json!({"name": "改"}))),
        ("delete", "/cameras/{id}", These("SM"), nothing),
        ("get", "/cameras/{id}/live", These("SMA"), nothing),
        ("get", "/cameras/{id}/snapshot.jpg", These("SMA"), nothing),
        ("get", "/cameras/{id}/recordings", These("SMA"), nothing),
        ("get", "/cameras/{id}/recordings/export", These("SMA"), nothing),
        ("get", "/cameras/{id}/health", These("SMAI"), nothing),
        ("get", "/cameras/{id}/health.html", These("SMAI"), nothing),
        ("post", "/cameras/{id}/reference", These("SM"), |_| {
            Sent::Json(json!({"taken_at": crate::seed::REFERENCE, "reason": "经同意调整了摄像头"}))
        }),
        ("get", "/cameras/{id}/reference.jpg", These("SMA"), nothing),
        ("get", "/cameras/{id}/days/{date}/{file}", These("SMA"), nothing),
        ("get", "/segments/{id}/content", These("SMA"), nothing),
        ("get", "/institutions", Listed("SMAI"), nothing),
        ("get", "/venues", Listed("SMAI"), nothing),
        ("post", "/venues", These("SM"), |side| {
            Sent::Json(json!({"institution_id": thing(Kind::Institution, side), "name": "新教室"}))
        }),
        ("get", "/classes", Listed("SMAI"), nothing),
        ("post", "/classes", These("SM"), |side| {
            let institution = thing(Kind::Institution, side);
            Sent::Json(json!({"institution_id": institution, "name": "新班", "major": "焊工",
                "starts_on": "2024-10-01", "ends_on": "2024-12-31"}))
        }),
        ("get", "/classes/{id}", These("SMAI"), nothing),
        ("get", "/classes/{id}/students", These("SMAI"), nothing),
        ("post", "/classes/{id}/students", These("MI"), |_| {
            Sent::Json(json!({"name": "丙", "sex": "male", "number": "7", "face_consent": false}))
        }),
        ("post", "/students/{id}/picture", These("MI"), |_| Sent::Raw("image/jpeg", b"\xff\xd8\xff a face".to_vec())),
        ("get", "/classes/{id}/sessions", These("SMAI"), nothing),
        ("post", "/classes/{id}/sessions", These("SM"), |side| {
            Sent::Json(json!({"venue_id": thing(Kind::Venue, side), "starts_at": "2024-10-09T01:00:00Z",
                "ends_at": "2024-10-09T04:00:00Z"}))
        }),
        ("get", "/classes/{id}/reports", These("SMAI"), nothing),
        ("get", "/classes/{id}/reports/{date}", These("SMAI"), nothing),
        ("put", "/classes/{id}/reports/{date}", These("I"), |_| Sent::Json(crate::reports::fine())),
        ("get", "/classes/{id}/days/{date}", These("SMAI"), nothing),
        ("get", "/days", Listed("SMAI"), nothing),
        ("get", "/findings", Listed("SMA"), nothing),
        ("get", "/findings/{id}", These("SMA"), nothing),
        ("post", "/findings/{id}/decision", These("SM"), |_| {
            Sent::Json(json!({"outcome": "confirmed", "reason": "看过画面"}))
        }),
        ("get", "/findings/{id}/frames/{file}", These("SMA"), nothing),
        ("get", "/findings/{id}/comparison", These("SMA"), nothing),
        ("get", "/clips", Listed("SMAI"), nothing),
        ("post", "/clips", These("SM"), |side| {
            Sent::Json(json!({"session_id": thing(Kind::Session, side), "camera_id": thing(Kind::Camera, side)}))
        }),
        ("get", "/clips/{id}", These("SMAI"), nothing),
        ("get", "/clips/{id}/content", These("SMAI"), nothing),
        ("get", "/clips/{id}/seal", These("SMAI"), nothing),
        ("post", "/clips/{id}/verify", These("SMAI"), nothing),
        ("get", "/public-key", Anyone, nothing),
        ("get", "/watches", Listed("SMA"), nothing),
        ("get", "/audit", Listed("SMA"), nothing),
        ("get", "/audit/verify", Listed("SMA"), nothing),
        ("get", "/audit/checkpoint", Listed("SMA"), nothing),
        ("get", "/users", Listed("M"), nothing),
        ("get", "/people", Signed, nothing),
        ("post", "/users", Listed("M"), |_| {
            Sent::Json(json!({"username": "neu", "display_name": "新人", "role": "auditor", "password": "long enough"}))
        }),
    ]
}
