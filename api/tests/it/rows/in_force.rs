//! The rows of what decisions rest on, and of the system's health.

use serde_json::json;

use super::{
    Row,
    Who::{Listed, Signed},
    nothing,
};
use crate::ask::Sent;

pub fn rows() -> Vec<Row> {
    vec![
        ("get", "/policies", Signed, nothing),
        ("get", "/policies/current", Signed, nothing),
        ("post", "/policies", Listed("M"), |_| {
            Sent::Json(json!({"version": 1, "reason": "市局通知", "changes": {"remote_per_week": 3}}))
        }),
        ("get", "/holidays", Signed, nothing),
        ("post", "/holidays", Listed("M"), |_| {
            Sent::Json(json!({"toml": crate::holidays::file("02-05"), "replaces": "provisional", "reason": "已公布"}))
        }),
        ("post", "/cameras/try", Listed("MS"), |_| Sent::Json(json!({"url": "rtsp://admin:open@192.0.2.9/main"}))),
        ("get", "/system/health", Listed("MSA"), nothing),
    ]
}
