//! What happens to every request, around the routes.

pub(crate) mod cross_site;
pub(crate) mod deadline;
pub(crate) mod etag;
pub(crate) mod frame;
pub(crate) mod if_match;
pub(crate) mod pace;
pub(crate) mod repeat;
