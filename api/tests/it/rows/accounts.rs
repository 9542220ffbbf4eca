//! The rows of people's accounts.

use serde_json::json;

use super::{
    Row,
    Who::{Anyone, Listed, Signed, SignedAndReady},
    nothing,
};
use crate::{
    ask::Sent,
    seed::{
        PASSWORD,
        accounts::{INVITATION, TICKET, code},
    },
};

pub fn rows() -> Vec<Row> {
    vec![
        ("get", "/tokens", Signed, nothing),
        ("post", "/tokens", Signed, |_| {
            Sent::Json(json!({"name": "报表", "scopes": ["read_class"], "expires_at": "2024-12-01T00:00:00Z",
                "password": PASSWORD}))
        }),
        // One's own besides.
        ("delete", "/tokens/{id}", Listed("M"), nothing),
        ("patch", "/users/{id}", Listed("M"), |_| Sent::Json(json!({"closed": true}))),
        ("post", "/users/{id}/reset", Listed("M"), nothing),
        ("delete", "/users/{id}/second-factor", Listed("M"), nothing),
        ("get", "/invitations", Listed("M"), nothing),
        ("post", "/invitations", Listed("M"), |_| {
            Sent::Json(json!({"display_name": "新人", "role": "auditor", "institution_id": null}))
        }),
        ("delete", "/invitations/{id}", Listed("M"), nothing),
        ("post", "/invitation", Anyone, |_| Sent::Json(json!({"secret": INVITATION}))),
        ("post", "/invitation/acceptance", Anyone, |_| {
            Sent::Json(json!({"secret": INVITATION, "username": "neu", "password": PASSWORD}))
        }),
        ("post", "/sign-in/code", Anyone, |_| Sent::Json(json!({"ticket": TICKET, "code": code()}))),
        ("post", "/me/password", Signed, |_| {
            Sent::Json(json!({"password": PASSWORD, "new_password": "another password"}))
        }),
        ("get", "/me/second-factor", Signed, nothing),
        ("post", "/me/second-factor", Signed, |_| Sent::Json(json!({"password": PASSWORD}))),
        ("post", "/me/second-factor/confirmation", Signed, |_| Sent::Json(json!({"code": code()}))),
        ("post", "/me/second-factor/recovery-codes", SignedAndReady, |_| {
            Sent::Json(json!({"password": PASSWORD, "code": code()}))
        }),
        ("post", "/me/second-factor/removal", SignedAndReady, |_| {
            Sent::Json(json!({"password": PASSWORD, "code": code()}))
        }),
    ]
}
