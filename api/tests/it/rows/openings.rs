//! The rows of the opening of classes, each at a class of the stage before.

use super::{Row, Who::These, nothing};
use crate::{ask::Sent, opening};

pub fn rows() -> Vec<Row> {
    vec![
        ("get", "/classes/{id}/opening", These("SMAI"), nothing),
        ("put", "/classes/{id}/opening", These("I"), |side| Sent::Json(opening::draft(side))),
        ("post", "/classes/{id}/opening/self-check", These("I"), |side| Sent::Json(opening::self_check(side))),
        ("post", "/classes/{id}/opening/filing", These("SM"), |side| Sent::Json(opening::filing(side))),
        ("post", "/classes/{id}/opening/application", These("I"), |side| Sent::Json(opening::application(side))),
        ("post", "/classes/{id}/opening/decision", These("SM"), |_| Sent::Json(opening::decision(true))),
        ("post", "/classes/{id}/opening/start", These("I"), |_| Sent::Json(opening::start())),
    ]
}
