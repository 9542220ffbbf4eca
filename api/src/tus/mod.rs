//! tus 1.0.0, the protocol of resumable uploads (tus.io/protocols/resumable-upload), with the extensions creation,
//! checksum, expiration and termination: what every request and answer of it has in common.

mod checksum;
mod headers;
mod metadata;

use axum::{
    extract::Request,
    http::{HeaderName, HeaderValue, Method, Uri},
    middleware::Next,
    response::{IntoResponse, Response},
};

pub(crate) use checksum::{Checksum, Sum};
pub(crate) use headers::{expires, number, offset_answer, required};
pub(crate) use metadata::Metadata;

use crate::problem::Failure;

/// The version spoken here.
pub(crate) const VERSION: &str = "1.0.0";
/// The extensions spoken here.
pub(crate) const EXTENSIONS: &str = "creation,checksum,expiration,termination";
/// The type of a body that is appended.
pub(crate) const OFFSET_STREAM: &str = "application/offset+octet-stream";

pub(crate) const TUS_RESUMABLE: HeaderName = HeaderName::from_static("tus-resumable");
pub(crate) const TUS_VERSION: HeaderName = HeaderName::from_static("tus-version");
pub(crate) const TUS_EXTENSION: HeaderName = HeaderName::from_static("tus-extension");
pub(crate) const TUS_MAX_SIZE: HeaderName = HeaderName::from_static("tus-max-size");
pub(crate) const TUS_CHECKSUM_ALGORITHM: HeaderName = HeaderName::from_static("tus-checksum-algorithm");
pub(crate) const UPLOAD_OFFSET: HeaderName = HeaderName::from_static("upload-offset");
pub(crate) const UPLOAD_LENGTH: HeaderName = HeaderName::from_static("upload-length");
pub(crate) const UPLOAD_METADATA: HeaderName = HeaderName::from_static("upload-metadata");
pub(crate) const UPLOAD_EXPIRES: HeaderName = HeaderName::from_static("upload-expires");
pub(crate) const UPLOAD_CHECKSUM: HeaderName = HeaderName::from_static("upload-checksum");
pub(crate) const METHOD_OVERRIDE: HeaderName = HeaderName::from_static("x-http-method-override");

/// The layer around the routes that speak tus: the client must say that it speaks this version, except where it asks
/// which one to speak, and every answer says so too.
pub(crate) async fn speak(request: Request, next: Next) -> Response {
    let said = request.headers().get(TUS_RESUMABLE).is_some_and(|version| version == VERSION);
    let mut response = if said || request.method() == Method::OPTIONS {
        next.run(request).await
    } else {
        Failure::TusVersion.into_response()
    };
    response.headers_mut().insert(TUS_RESUMABLE, HeaderValue::from_static(VERSION));
    response
}

/// Whether a request appends to an upload: a large file takes hours, and only a pause in it is a fault.
pub(crate) fn keeps_own_time(method: &Method, uri: &Uri) -> bool {
    matches!(*method, Method::PATCH | Method::POST) && uri.path().starts_with("/api/v1/uploads/")
}
