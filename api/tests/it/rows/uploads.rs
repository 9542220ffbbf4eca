//! The rows of uploads.

use serde_json::json;

use super::{
    Row,
    Who::{Anyone, Listed, These},
    nothing, thing,
};
use crate::{
    ask::Sent,
    seed::{HALF, Kind},
    uploads::{claim, tus},
};

pub fn rows() -> Vec<Row> {
    vec![
        ("get", "/uploads", Listed("SMAI"), nothing),
        ("options", "/uploads", Anyone, nothing),
        ("post", "/uploads", These("I"), |side| {
            let metadata = claim(&[("class_id", &thing(Kind::Class, side)), ("session_id", &thing(Kind::Past, side))]);
            tus(&[("upload-length", "5"), ("upload-metadata", &metadata)], b"")
        }),
        ("get", "/uploads/{id}", These("SMAI"), nothing),
        ("get", "/uploads/{id}/content", These("SMAI"), nothing),
        ("get", "/uploads/{id}/evidence", These("SMA"), nothing),
        ("post", "/uploads/{id}/evidence", These("SM"), |_| {
            Sent::Json(json!({ "revision": 0, "outcome": "turned_down", "reason": "不是本班教室" }))
        }),
        ("get", "/uploads/{id}/contact-sheet", These("SMAI"), nothing),
        ("get", "/uploads/{id}/thumbnail", These("SMAI"), nothing),
        ("get", "/likenesses", Listed("SMA"), nothing),
        ("get", "/likenesses/{id}", These("SMA"), nothing),
        ("post", "/likenesses/{id}/decision", These("SM"), |_| {
            Sent::Json(json!({ "outcome": "dismissed", "reason": "两个教室" }))
        }),
        ("get", "/uploads/{id}/seal", These("SMAI"), nothing),
        ("head", "/uploads/{id}", These("I"), |_| tus(&[], b"")),
        ("patch", "/uploads/{id}", These("I"), |_| next_bytes(&[])),
        ("post", "/uploads/{id}", These("I"), |_| next_bytes(&[("x-http-method-override", "PATCH")])),
        ("delete", "/uploads/{id}", These("I"), |_| tus(&[], b"")),
    ]
}

fn next_bytes(more: &[(&'static str, &str)]) -> Sent {
    let offset = HALF.to_string();
    let headers = [("upload-offset", offset.as_str()), ("content-type", "application/offset+octet-stream")];
    tus(&[&headers, more].concat(), b"more")
}
