//! `GET /healthz`: for load balancers and systemd, open to anyone, so it says little.

use axum::{Json, extract::State, http::StatusCode};
use serde_json::{Value, json};

use crate::{app::Shared, edges::VisionStatus};

/// Says part by part what works; 503 when the database does not answer, as nothing can be done without it.
pub(crate) async fn check(State(app): State<Shared>) -> (StatusCode, Json<Value>) {
    let database = match app.store.read().await {
        Ok(mut tx) => tx.audit_head().await.is_ok(),
        Err(_) => false,
    };
    let disk = app.cameras.disk().is_none_or(|room| !room.full);
    let analysis = matches!(app.vision.status(), VisionStatus::On { .. });
    let status = if database { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    (status, Json(json!({ "ok": database, "database": database, "disk": disk, "analysis": analysis })))
}
