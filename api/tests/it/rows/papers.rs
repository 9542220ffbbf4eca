//! The rows of printed forms, imports and exchanges.

use serde_json::json;

use super::{
    Row,
    Who::{Anyone, Device, Listed, Signed, These},
    nothing,
};
use crate::{ask::Sent, exchanges, imports, platform};

fn csv(table: String) -> Sent {
    Sent::Raw("text/csv", table.into_bytes())
}

pub fn rows() -> Vec<Row> {
    vec![
        ("get", "/remote-supervisions/{id}/form.html", These("SMA"), nothing),
        ("get", "/remote-supervisions/{id}/form.xlsx", These("SMA"), nothing),
        ("get", "/inspections/{id}/form.html", These("SMAI"), nothing),
        ("get", "/inspections/{id}/form.xlsx", These("SMAI"), nothing),
        ("get", "/classes/{id}/students/form.html", These("SMAI"), nothing),
        ("get", "/classes/{id}/students/form.xlsx", These("SMAI"), nothing),
        ("get", "/classes/{id}/tracking/form.html", These("SMAI"), nothing),
        ("get", "/classes/{id}/tracking/form.xlsx", These("SMAI"), nothing),
        ("get", "/classes/{id}/timetable/form.html", These("SMAI"), nothing),
        ("get", "/classes/{id}/timetable/form.xlsx", These("SMAI"), nothing),
        ("get", "/notices/{id}/form.html", Anyone, nothing),
        ("get", "/notices/{id}/form.xlsx", Anyone, nothing),
        ("post", "/classes/{id}/students/import", These("MI"), |_| csv("姓名,性别\n新学员,女\n".into())),
        ("post", "/classes/{id}/timetables/import", These("I"), |side| csv(imports::lessons(side))),
        ("post", "/approval-lists/{year}/import", Listed("M"), |_| csv("培训机构,专业\n第0培训学校,电工\n".into())),
        ("get", "/import-templates/{table}/template.xlsx", Signed, nothing),
        ("get", "/kiosk/day", Device, nothing),
        ("post", "/kiosk/numbers", Device, |_| {
            Sent::Json(json!({ "id": "1", "number": "01", "at": "2024-10-08T00:45:00Z" }))
        }),
        ("put", "/punches/{id}/picture", Device, |_| Sent::Raw("image/jpeg", b"\xff\xd8\xff picture".to_vec())),
        ("post", "/kiosk/faces", Device, |_| Sent::Raw("image/jpeg", b"\xff\xd8\xff picture P".to_vec())),
        ("get", "/events", Signed, nothing),
        ("get", "/webhooks", Listed("M"), nothing),
        ("post", "/webhooks", Listed("M"), |_| Sent::Json(json!({ "url": "https://hooks.example.org/duxue" }))),
        ("delete", "/webhooks/{id}", Listed("M"), nothing),
        ("post", "/webhooks/{id}/secret", Listed("M"), nothing),
        ("get", "/webhooks/{id}/deliveries", Listed("M"), nothing),
        ("post", "/webhooks/{id}/deliveries/{seq}", Listed("M"), nothing),
        ("get", "/classes/{id}/platform", These("SMAI"), nothing),
        ("post", "/classes/{id}/platform-file", These("I"), |_| Sent::Json(json!({}))),
        ("post", "/platform-answers", Listed("I"), |_| csv(platform::answers("LN-7"))),
        ("get", "/classes/{id}/exchanges", These("SMAI"), nothing),
        ("post", "/classes/{id}/exchanges", These("SM"), |_| {
            Sent::Json(json!({ "matter": "employment", "phase": "before" }))
        }),
        ("post", "/exchanges/{id}/answer", These("SM"), |side| csv(exchanges::answer(side, "否"))),
    ]
}
