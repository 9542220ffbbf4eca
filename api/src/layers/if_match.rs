//! A change with `If-Match` is made only of what the sender has seen (RFC 9110, 13.1.1).
//!
//! What they have seen is the answer to a GET, named by its `ETag`: of the address itself, or for a step such as
//! `/violations/{id}/decision` of the thing that it is a step of. The layer asks for it in their place, with what they showed,
//! and lets the change through if it is still the same; storage sees to it that nobody is faster in between. What moves by
//! itself, such as how a camera does, is no part of that.

use std::{collections::HashMap, net::SocketAddr};

use axum::{
    Router,
    body::{Body, to_bytes},
    extract::{ConnectInfo, MatchedPath, Request, State},
    http::{HeaderMap, HeaderValue, Method, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use duxue_storage::unchanged::Unchanged;
use percent_encoding::percent_decode_str;
use tower::ServiceExt;
use utoipa::openapi::{
    OpenApi, RefOr, Required,
    path::{Operation, Parameter, ParameterIn},
};
use uuid::Uuid;

use crate::{app::Core, problem::Failure};

/// The headers by which a route knows who asks.
const WHO: [header::HeaderName; 3] = [header::COOKIE, header::AUTHORIZATION, header::HOST];

/// Of which address the answer is meant, by the pattern of the changed one: so many segments before its end.
#[derive(Clone, Debug, Default)]
pub(crate) struct Seen(HashMap<String, usize>);

impl Seen {
    /// Of every route of the document.
    pub(crate) fn of(document: &OpenApi) -> Self {
        let paths = &document.paths.paths;
        let readable = |path: &str| {
            let get = paths.get(path)?.get.as_ref()?;
            let RefOr::T(fine) = get.responses.responses.get("200")? else { return None };
            fine.content.contains_key("application/json").then_some(get)
        };
        let mut seen = HashMap::new();
        for path in paths.keys() {
            let mut of = path.as_str();
            for above in 0.. {
                if let Some(get) = readable(of) {
                    // What shows only the part that is asked for with a query is shown by no address alone.
                    if !needs_query(get) {
                        seen.insert(path.clone(), above);
                    }
                    break;
                }
                // A step's name is left off, never the name of a thing.
                match of.rsplit_once('/') {
                    Some((thing, step)) if !step.starts_with('{') && !thing.is_empty() => of = thing,
                    _ => break,
                }
            }
        }
        Self(seen)
    }

    /// How many segments are to be left off the address, if anything is there to be seen.
    pub(crate) fn above(&self, pattern: &str) -> Option<usize> {
        self.0.get(pattern).copied()
    }
}

/// Whether it answers only with something said in the query.
fn needs_query(get: &Operation) -> bool {
    get.parameters.iter().flatten().any(|parameter| {
        let RefOr::T(Parameter { parameter_in, required, .. }) = parameter else { return false };
        *parameter_in == ParameterIn::Query && *required == Required::True
    })
}

/// What the layer works with.
#[derive(Clone)]
pub(crate) struct Looking {
    pub(crate) app: Core,
    pub(crate) seen: Seen,
    /// The routes, and what marks their answers.
    pub(crate) routes: Router,
}

/// What is seen, and by whom.
struct Ask {
    path: String,
    headers: HeaderMap,
    peer: Option<ConnectInfo<SocketAddr>>,
}

impl Ask {
    /// Of whoever sent the request, about the thing at `path`.
    fn of(request: &Request, path: String) -> Self {
        let mut headers = HeaderMap::new();
        for name in WHO {
            for value in request.headers().get_all(&name) {
                headers.append(&name, value.clone());
            }
        }
        Self { path, headers, peer: request.extensions().get().copied() }
    }

    /// What a GET answers.
    async fn answer(&self, routes: &Router) -> Response {
        let Ok(mut request) = axum::http::Request::get(self.path.as_str()).body(Body::empty()) else {
            return Failure::Internal.into_response();
        };
        *request.headers_mut() = self.headers.clone();
        if let Some(peer) = self.peer {
            request.extensions_mut().insert(peer);
        }
        let Ok(answer) = routes.clone().oneshot(request).await;
        answer
    }

    /// The identity of the thing, as the log has it; else the last word of its address that is no name of a route.
    fn thing(&self) -> String {
        let decoded = |segment: &str| percent_decode_str(segment).decode_utf8_lossy().into_owned();
        let segments = || self.path.rsplit('/').map(decoded);
        let identity = segments().find(|segment| Uuid::try_parse(segment).is_ok());
        // Years, months and dates have digits; the names of routes have none, but for the version.
        let word = || segments().find(|segment| segment != "v1" && segment.bytes().any(|byte| byte.is_ascii_digit()));
        identity.or_else(word).unwrap_or_default()
    }
}

/// The layer.
pub(crate) async fn hold(State(looking): State<Looking>, request: Request, next: Next) -> Response {
    let wanted: Vec<_> = request.headers().get_all(header::IF_MATCH).iter().cloned().collect();
    if wanted.is_empty() || request.method().is_safe() {
        return next.run(request).await;
    }
    let pattern = request.extensions().get::<MatchedPath>().map_or("", MatchedPath::as_str);
    let above = pattern.strip_prefix("/api/v1").and_then(|pattern| looking.seen.above(pattern));
    let Some(path) = above.and_then(|above| address(request.uri().path(), above)) else {
        return Failure::changed(None).into_response();
    };
    let (ask, makes) = (Ask::of(&request, path), request.method() == Method::PUT);
    match look(&looking, &ask, makes, &wanted).await {
        Ok(unchanged) => {
            let response = unchanged.hold(next.run(request)).await;
            if unchanged.is_broken() { changed(ask.answer(&looking.routes).await).await } else { response }
        }
        Err(response) => *response,
    }
}

/// Looks whether the thing is what was seen; if not, the answer that says so. `makes`: the request makes what is not there.
async fn look(looking: &Looking, ask: &Ask, makes: bool, wanted: &[HeaderValue]) -> Result<Unchanged, Box<Response>> {
    let broken = |failure: Failure| Box::new(failure.into_response());
    // The log's end comes first: what is done after it and before the thing is read counts as done since.
    let head = async { looking.app.store.read().await?.audit_head().await }.await;
    let head = head.map_err(|error| broken(error.into()))?;
    let answer = ask.answer(&looking.routes).await;
    match answer.status() {
        StatusCode::OK => {}
        // It is not there yet, so it is not what was seen.
        StatusCode::NOT_FOUND if makes => return Err(broken(Failure::changed(None))),
        _ => return Err(Box::new(answer)),
    }
    let same = wanted.iter().any(|line| names_before(line, tag_of(answer.headers())));
    if same { Ok(Unchanged::since(head, ask.thing())) } else { Err(Box::new(changed(answer).await)) }
}

fn tag_of(headers: &HeaderMap) -> &str {
    headers.get(header::ETAG).and_then(|tag| tag.to_str().ok()).unwrap_or_default()
}

/// Says what the thing is now, by what a GET answered.
async fn changed(answer: Response) -> Response {
    if answer.status() != StatusCode::OK {
        return answer;
    }
    let (parts, body) = answer.into_parts();
    let Ok(bytes) = to_bytes(body, usize::MAX).await else { return Failure::Internal.into_response() };
    match serde_json::from_slice(&bytes) {
        Ok(current) => Failure::changed(Some((tag_of(&parts.headers).to_owned(), current))).into_response(),
        Err(_) => Failure::Internal.into_response(),
    }
}

/// The address without so many segments of its end.
fn address(path: &str, above: usize) -> Option<String> {
    let mut path = path;
    for _ in 0..above {
        path = path.rsplit_once('/')?.0;
    }
    Some(path.to_owned())
}

/// Whether a line of `If-Match` names this tag, by the strong comparison of RFC 9110, 8.8.3.2; what is weak is never the same.
fn names(line: &HeaderValue, tag: &str) -> bool {
    let Ok(line) = line.to_str() else { return false };
    line.split(',').map(str::trim).any(|named| named == "*" || (!tag.is_empty() && named == tag))
}

/// Whether a line names this tag, or one that differs only in what moves by itself: what stands before the point is the same.
fn names_before(line: &HeaderValue, tag: &str) -> bool {
    let Some((held, _)) = tag.split_once('.') else { return names(line, tag) };
    let Ok(line) = line.to_str() else { return false };
    line.split(',').map(str::trim).any(|named| {
        let same = named.split_once('.').is_some_and(|(before, after)| before == held && after.ends_with('"'));
        named == "*" || same
    })
}

/// Whether an answer with this tag is one of those that the headers ask for; without `If-Match` any is.
pub(crate) fn is_wanted(headers: &HeaderMap, tag: &str) -> bool {
    let mut wanted = headers.get_all(header::IF_MATCH).iter().peekable();
    wanted.peek().is_none() || wanted.any(|line| names(line, tag))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_is_named_as_it_is_or_by_a_star_and_never_weakly() {
        let named = |line: &str| names(&HeaderValue::from_str(line).unwrap(), "\"ab\"");
        assert!(["\"ab\"", "\"x\", \"ab\"", "*", "\"x\" ,\"ab\" "].into_iter().all(named));
        assert!(!["", "ab", "W/\"ab\"", "\"a\"", "\"abc\"", "\"x\""].into_iter().any(named));
        assert!(!names(&HeaderValue::from_static("\"\""), ""), "no tag is nothing that was seen");
    }

    #[test]
    fn of_what_moves_by_itself_only_the_rest_is_named() {
        let named = |line: &str| names_before(&HeaderValue::from_str(line).unwrap(), "\"ab.cd\"");
        assert!(["\"ab.cd\"", "\"ab.ef\"", "\"x\", \"ab.ef\"", "*"].into_iter().all(named));
        assert!(!["", "\"ab\"", "W/\"ab.cd\"", "\"a.cd\"", "\"abc.cd\"", "ab.cd", "\"ab.cd"].into_iter().any(named));
    }

    #[test]
    fn a_step_is_of_its_thing_and_a_thing_of_itself() {
        let seen = Seen::of(&crate::openapi::document());
        assert_eq!(seen.above("/approval-lists/{year}"), Some(0));
        assert_eq!(seen.above("/violations/{id}/decision"), Some(1));
        assert_eq!(seen.above("/violations/{id}/suspension/lifting"), Some(2));
        assert_eq!(seen.above("/cameras"), Some(0), "a list is seen too");
        assert_eq!(seen.above("/leaves/{id}/cancellation"), None, "a single leave is shown nowhere");
        assert_eq!(seen.above("/tokens/{id}"), None);
        assert_eq!(seen.above("/classes/{id}/punches/import"), None, "punches are shown a day at a time");
        assert_eq!(seen.above("/sign-in"), None);
        assert_eq!(address("/api/v1/violations/7/decision", 1).as_deref(), Some("/api/v1/violations/7"));
    }
}
