//! The rows of files that are handed in.

use super::{Row, Who::These, nothing};
use crate::ask::Sent;

pub fn rows() -> Vec<Row> {
    vec![
        ("post", "/files", These("SMI"), |_| Sent::Raw("application/octet-stream", b"%PDF-1.7 a scan".to_vec())),
        ("get", "/files/{id}", These("SMAI"), nothing),
        ("get", "/files/{id}/content", These("SMAI"), nothing),
    ]
}
