//! The rows of evidence.

use super::{
    Row,
    Who::{Listed, These},
    nothing,
};

pub fn rows() -> Vec<Row> {
    vec![
        ("get", "/evidence", Listed("SMAI"), nothing),
        ("get", "/classes/{id}/evidence", These("SMAI"), nothing),
        ("get", "/classes/{id}/package", These("SMA"), nothing),
    ]
}
