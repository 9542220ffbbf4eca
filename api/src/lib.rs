//! What others may ask: HTTP routes, sign-in, roles, OpenAPI.

mod cookie;
pub mod dto;
pub mod edges;
pub mod openapi;
pub mod problem;
pub mod refusals;
mod routes;
