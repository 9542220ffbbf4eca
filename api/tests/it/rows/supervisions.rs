//! The rows of supervision.

use super::{Row, Who::These, nothing};
use crate::{ask::Sent, supervision};

pub fn rows() -> Vec<Row> {
    vec![
        ("get", "/classes/{id}/remote-supervisions", These("SMA"), nothing),
        ("post", "/classes/{id}/remote-supervisions", These("SM"), |_| Sent::Json(supervision::record())),
        ("get", "/remote-supervisions/{id}", These("SMA"), nothing),
        ("get", "/classes/{id}/supervision", These("SMA"), nothing),
    ]
}
