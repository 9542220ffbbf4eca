//! Writes the answer that [`super::range`] decided on.

use std::{ops::Range, path::PathBuf};

use axum::{
    body::Body,
    http::{HeaderMap, HeaderValue, Method, StatusCode, header},
    response::{IntoResponse, Response},
};
use duxue_storage::Objects;
use tokio::io::{AsyncReadExt, AsyncSeekExt};
use tokio_util::io::ReaderStream;

use super::range::{Wanted, wanted};
use crate::problem::{Failure, chain};

/// A file to serve. Its bytes never change under its hash.
pub(crate) struct Served {
    /// SHA-256; the entity tag.
    pub(crate) sha256: [u8; 32],
    /// How large it is now.
    pub(crate) size: u64,
    /// Its media type.
    pub(crate) content_type: &'static str,
    /// The name to save it under, of ASCII letters, digits, `-`, `_` and `.`.
    pub(crate) save_as: Option<String>,
    /// Where its bytes are.
    pub(crate) place: Place,
}

/// Where bytes are.
pub(crate) enum Place {
    /// In a file.
    File(PathBuf),
    /// In the object store.
    Object(Objects, String),
}

/// Answers a GET or HEAD for the file. A file that is not there is a 404.
pub(crate) async fn serve(method: &Method, headers: &HeaderMap, file: Served) -> Result<Response, Failure> {
    let etag = format!("\"{}\"", hex::encode(file.sha256));
    let (status, range) = match wanted(method, headers, &etag, file.size) {
        Wanted::Whole => (StatusCode::OK, 0..file.size),
        Wanted::Part { first, last } => (StatusCode::PARTIAL_CONTENT, first..last + 1),
        Wanted::NotModified => (StatusCode::NOT_MODIFIED, 0..0),
        Wanted::Another => return Err(Failure::PreconditionFailed),
        Wanted::Nothing => return Err(Failure::RangeNotSatisfiable { size: file.size }),
    };
    let mut said = HeaderMap::new();
    let mut say = |name, value: &str| {
        if let Ok(value) = HeaderValue::try_from(value) {
            said.insert(name, value);
        }
    };
    say(header::ETAG, &etag);
    say(header::ACCEPT_RANGES, "bytes");
    say(header::CACHE_CONTROL, "private, no-cache");
    if status != StatusCode::NOT_MODIFIED {
        say(header::CONTENT_TYPE, file.content_type);
        say(header::CONTENT_LENGTH, &(range.end - range.start).to_string());
        if let Some(name) = &file.save_as {
            say(header::CONTENT_DISPOSITION, &format!("inline; filename=\"{name}\""));
        }
    }
    if status == StatusCode::PARTIAL_CONTENT {
        say(header::CONTENT_RANGE, &format!("bytes {}-{}/{}", range.start, range.end - 1, file.size));
    }
    let body = match (method, range.is_empty()) {
        (&Method::HEAD, _) | (_, true) => Body::empty(),
        _ => open(file.place, range).await?,
    };
    Ok((status, said, body).into_response())
}

async fn open(place: Place, range: Range<u64>) -> Result<Body, Failure> {
    match place {
        Place::File(path) => {
            let opened = async {
                let mut file = tokio::fs::File::open(&path).await?;
                file.seek(std::io::SeekFrom::Start(range.start)).await?;
                Ok::<_, std::io::Error>(file.take(range.end - range.start))
            };
            let part = opened.await.map_err(|error| gone(&error))?;
            Ok(Body::from_stream(ReaderStream::with_capacity(part, 64 * 1024)))
        }
        Place::Object(objects, key) => {
            let stream = objects.get_range(&key, range).await?;
            Ok(Body::from_stream(stream))
        }
    }
}

/// A row promises a file that cannot be read: someone must look, and the reader is told that it is not there.
fn gone(error: &std::io::Error) -> Failure {
    tracing::error!(error = chain(error), "a file that has a row cannot be read");
    match error.kind() {
        std::io::ErrorKind::NotFound => Failure::NotFound,
        _ => Failure::Internal,
    }
}
