//! Files as HTTP answers: whole, in part, or not again (RFC 9110); or while they are written.

mod pipe;
mod range;
mod serve;
mod stored;

pub(crate) use pipe::{Pipe, written};
pub(crate) use serve::{Place, Served, serve};
pub(crate) use stored::{check_seal, size_of, stored_picture};
