//! What handlers take out of a request, each with a refusal that names the field.

mod address;
mod body;
mod filter;
mod params;
mod raw_file;
mod signed_in;

pub(crate) use address::ClientAddress;
pub(crate) use body::{Body, JSON_LIMIT, PICTURE_LIMIT, Picture, TIMETABLE_LIMIT};
pub(crate) use filter::Filter;
pub(crate) use params::{ClassDate, FrameName, Id, Params, Year};
pub(crate) use raw_file::{FILE_LIMIT, FileKind, RawFile};
pub(crate) use signed_in::SignedIn;
