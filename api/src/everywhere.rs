//! What the layers around every route add to the document: who asks too fast, what may be repeated, what has not changed.

use utoipa::openapi::{
    ContentBuilder, HeaderBuilder, ObjectBuilder, OpenApi, Ref, RefOr, Required, Response, ResponseBuilder, Type,
    path::{Operation, ParameterBuilder, ParameterIn, PathItem},
};

use crate::layers::if_match::Seen;

/// An answer: its status, its name in the document, and what it says.
type Told = (&'static str, &'static str, &'static str);

/// Answers that any route may give.
const ANY: [Told; 4] = [
    ("429", "TooFast", "Too many requests or tries; `Retry-After` says when to come back."),
    ("500", "Broken", "Something went wrong here; the log has more under `request_id`."),
    ("503", "Unavailable", "The database does not answer, or something that this needs is off or down."),
    ("504", "TookTooLong", "It took too long."),
];
/// Answers of routes that need somebody.
const NEEDING_SOMEBODY: [Told; 2] = [
    ("401", "NotSignedIn", "Nobody is signed in."),
    ("403", "NotAllowed", "Not allowed: by the role, by what the token is for, or before a second factor is set up."),
];
/// Answers that a key to repeat a request by can bring.
const REPEATED: [Told; 4] = [
    ("400", "NotReadable", "A parameter is wrong, or the body is no JSON."),
    ("409", "NotNow", "The thing is not in a state for this, or the same request is being done."),
    ("413", "TooLarge", "The body is too large."),
    ("422", "NotTaken", "Fields cannot be taken, or the key stands for another request; `errors` names each."),
];

/// Adds all of it.
pub(crate) fn describe(document: &mut OpenApi) {
    let named = &mut document.components.get_or_insert_default().responses;
    for (_, name, text) in ANY.into_iter().chain(NEEDING_SOMEBODY).chain(REPEATED) {
        named.insert(name.to_owned(), RefOr::T(problem(text)));
    }
    named.insert("Changed".to_owned(), RefOr::T(changed()));
    named.insert("Unchanged".to_owned(), RefOr::T(Response::new("It is what the reader has already.")));
    let seen = Seen::of(document);
    for (path, item) in &mut document.paths.paths {
        let PathItem { get, put, post, delete, options, head, patch, .. } = item;
        for operation in [&mut *get, put, post, delete, options, head, patch].into_iter().flatten() {
            refusals(operation, &ANY);
            // Routes that need nobody say so: their list of what is to be shown is there and empty.
            if operation.security.is_none() {
                refusals(operation, &NEEDING_SOMEBODY);
            }
        }
        if seen.above(path).is_some() {
            for operation in [&mut *put, post, delete, patch].into_iter().flatten() {
                only_if_seen(operation);
            }
        }
        if let Some(operation) = get {
            unchanged(operation);
        }
        if let Some(operation) = post.as_mut().filter(|_| !path.starts_with("/uploads")) {
            repeatable(operation);
        }
    }
}

fn refusals(operation: &mut Operation, refusals: &[Told]) {
    for &(status, name, _) in refusals {
        let told = || RefOr::Ref(Ref::from_response_name(name));
        operation.responses.responses.entry(status.to_owned()).or_insert_with(told);
    }
}

fn problem(text: &str) -> Response {
    let content = ContentBuilder::new().schema(Some(Ref::from_schema_name("Problem"))).build();
    ResponseBuilder::new().description(text).content("application/problem+json", content).build()
}

/// The key to repeat a request by.
fn repeatable(operation: &mut Operation) {
    let schema = ObjectBuilder::new().schema_type(Type::String).max_length(Some(255)).build();
    let text = "The client's own word for this request, such as a UUID: repeated within a day, the request is not done again \
                and gets the answer that it had.";
    let key = ParameterBuilder::new()
        .name("Idempotency-Key")
        .parameter_in(ParameterIn::Header)
        .required(Required::False)
        .description(Some(text))
        .schema(Some(schema))
        .build();
    operation.parameters.get_or_insert_default().push(key.into());
    refusals(operation, &REPEATED);
}

/// What the sender has seen.
fn only_if_seen(operation: &mut Operation) {
    let text = "The `ETag` that a GET of this address answered, or else of the thing that this is a step of; `*` for whatever \
                is there. The change is made only if it still holds; what moves by itself, such as how a camera does, is not \
                looked at.";
    let tag = ParameterBuilder::new()
        .name("If-Match")
        .parameter_in(ParameterIn::Header)
        .required(Required::False)
        .description(Some(text))
        .schema(Some(ObjectBuilder::new().schema_type(Type::String)))
        .build();
    operation.parameters.get_or_insert_default().push(tag.into());
    let changed = RefOr::Ref(Ref::from_response_name("Changed"));
    operation.responses.responses.entry("412".to_owned()).or_insert(changed);
}

fn changed() -> Response {
    let mut response = problem("It is no longer what `If-Match` names; `current` is what it is now.");
    response.headers.insert("ETag".to_owned(), etag("Of `current`.").into());
    response
}

fn etag(text: &str) -> utoipa::openapi::Header {
    let schema = ObjectBuilder::new().schema_type(Type::String);
    HeaderBuilder::new().description(Some(text)).schema(Some(schema)).build()
}

/// What a reader has already.
fn unchanged(operation: &mut Operation) {
    let Some(RefOr::T(fine)) = operation.responses.responses.get_mut("200") else { return };
    if !fine.content.contains_key("application/json") {
        return;
    }
    fine.headers.insert("ETag".to_owned(), etag("The hash of this answer.").into());
    let wanted = ParameterBuilder::new()
        .name("If-None-Match")
        .parameter_in(ParameterIn::Header)
        .required(Required::False)
        .description(Some("The `ETag` of what the reader has."))
        .schema(Some(ObjectBuilder::new().schema_type(Type::String)))
        .build();
    operation.parameters.get_or_insert_default().push(wanted.into());
    let same = RefOr::Ref(Ref::from_response_name("Unchanged"));
    operation.responses.responses.entry("304".to_owned()).or_insert(same);
}
