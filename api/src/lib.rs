//! What others may ask: HTTP routes, sign-in, roles, OpenAPI.
//!
//! [`router`] gives the whole API for one [`App`]. A handler is: extract (`extract/`), authorise (`authorise.rs`, which
//! asks `rules::access`), call storage, answer ([`dto`]). What goes wrong is a [`problem::Failure`], and one
//! table turns
//! it into HTTP.
//!
//! # Adding a route
//!
//! 1. A file `routes/<noun>/<verb>.rs` with the handler and its `#[utoipa::path]`; a line in `routes/mod.rs`.
//! 2. Its shapes in `dto/`, with a sentence for every field.
//! 3. A row in `tests/it/rows/`: who may, who may not. Without it a test fails.
//! 4. `UPDATE_OPENAPI=1 cargo nextest run -p duxue-api` rewrites `openapi.json`, from which the web types are made.

mod address;
mod app;
mod authorise;
mod code;
mod content;
mod cookie;
mod credentials;
pub mod dto;
pub mod edges;
mod enrolment;
mod everywhere;
mod extract;
mod forms;
mod layers;
mod load;
mod named_file;
pub mod openapi;
pub mod problem;
mod reads;
pub mod refusals;
mod routes;
pub mod sign;
mod tables;
mod tus;
mod webhook_url;

use axum::{
    Router,
    extract::DefaultBodyLimit,
    middleware::{from_fn, from_fn_with_state},
    routing::{any, get},
};

pub use app::{App, Clock, Rate, Rates, SecondFactorOf, Settings, UploadLimits};

pub use webhook_url::{is_public, webhook_url};

use crate::{app::Shared, problem::Failure};

/// `/api/v1/**` and `/healthz`, with every layer around them.
///
/// Serve it with `into_make_service_with_connect_info::<SocketAddr>()`, so that tries to sign in are throttled by
/// address too. Do not compress its answers as a whole: video is asked for in ranges.
pub fn router(app: App) -> Router {
    let app = Shared::new(app);
    let (routes, document) = routes::table().split_for_parts();
    let seen = layers::if_match::Seen::of(&document);
    let routes = routes
        .layer(DefaultBodyLimit::max(extract::JSON_LIMIT))
        .method_not_allowed_fallback(async || Failure::MethodNotAllowed)
        .fallback(any(async || Failure::NotFound));
    let routes = Router::new().nest("/api/v1", routes).route("/healthz", get(routes::health::check));
    let marked = routes.clone().layer(from_fn(layers::etag::mark)).with_state(app.clone());
    let looking = layers::if_match::Looking { app: app.clone(), seen, routes: marked };
    routes
        .layer(from_fn_with_state(looking, layers::if_match::hold))
        .layer(from_fn_with_state(app.clone(), layers::repeat::once))
        .layer(from_fn(layers::deadline::hold))
        .layer(from_fn(layers::etag::mark))
        .layer(from_fn(layers::cross_site::refuse))
        .layer(from_fn_with_state(app.clone(), layers::pace::hold))
        .layer(from_fn_with_state(app.clone(), layers::frame::frame))
        .with_state(app)
}
