//! The rows of timetables.

use serde_json::json;

use super::{Row, Who::These, nothing, thing};
use crate::{
    ask::Sent,
    seed::{Kind, teaching::lesson},
    teaching,
};

pub fn rows() -> Vec<Row> {
    vec![
        ("get", "/classes/{id}/timetable", These("SMAI"), nothing),
        ("post", "/classes/{id}/timetables", These("I"), |side| {
            Sent::Json(teaching::timetable(&thing(Kind::File, side), &thing(Kind::Venue, side)))
        }),
        ("post", "/timetables/{id}/decision", These("SM"), |_| {
            Sent::Json(json!({"outcome": "approved", "reason": "已核实"}))
        }),
        ("post", "/timetables/{id}/changes", These("I"), |side| {
            Sent::Json(json!({"withdrawn": [lesson(side, 5)], "reason": "停电"}))
        }),
        ("post", "/timetable-changes/{id}/decision", These("SM"), |_| Sent::Json(json!({"outcome": "approved"}))),
    ]
}
