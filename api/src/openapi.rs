//! The OpenAPI document; `api/openapi.json` is this, written by the test below.

use utoipa::{
    OpenApi,
    openapi::{
        Ref, RefOr, Schema,
        schema::ArrayItems,
        security::{ApiKey, ApiKeyValue, HttpAuthScheme, HttpBuilder, SecurityScheme},
    },
};
use utoipa_axum::router::OpenApiRouter;

/// Everything but the paths.
#[derive(OpenApi)]
#[openapi(
    info(
        title = "duxue",
        description = "Keeps subsidised classroom training honest: cameras, attendance and evidence.",
    ),
    servers((url = "/api/v1")),
    security(("session" = []), ("token" = [])),
    components(schemas(crate::dto::camera::LiveMessage, crate::dto::event::EventReset, crate::problem::Problem)),
    modifiers(&Schemes),
)]
struct Skeleton;

struct Schemes;

impl utoipa::Modify for Schemes {
    fn modify(&self, document: &mut utoipa::openapi::OpenApi) {
        let scheme = SecurityScheme::ApiKey(ApiKey::Cookie(ApiKeyValue::with_description(
            crate::cookie::NAME,
            "Set by POST /sign-in: HttpOnly, SameSite=Strict.",
        )));
        document.components.get_or_insert_default().security_schemes.insert("session".to_owned(), scheme.into());
        let token = HttpBuilder::new().scheme(HttpAuthScheme::Bearer).description(Some(
            "A token that POST /tokens gave: it may do what it was made for, of what its owner may.",
        ));
        let token = SecurityScheme::Http(token.build());
        document.components.get_or_insert_default().security_schemes.insert("token".to_owned(), token.into());
        let device = HttpBuilder::new()
            .scheme(HttpAuthScheme::Bearer)
            .description(Some("The token that a check-in device was given when it was registered."));
        let device = SecurityScheme::Http(device.build());
        document.components.get_or_insert_default().security_schemes.insert("device".to_owned(), device.into());
    }
}

/// The document of every route.
pub fn document() -> utoipa::openapi::OpenApi {
    let mut document =
        OpenApiRouter::with_openapi(Skeleton::openapi()).merge(crate::routes::table()).split_for_parts().1;
    refer_to_items(&mut document);
    crate::everywhere::describe(&mut document);
    document
}

/// utoipa writes the item's whole schema into each `Page_Item`; generated types read better with a reference.
fn refer_to_items(document: &mut utoipa::openapi::OpenApi) {
    let Some(components) = document.components.as_mut() else { return };
    let names: Vec<String> = components.schemas.keys().cloned().collect();
    for (name, schema) in &mut components.schemas {
        let Some(item) = name.strip_prefix("Page_").filter(|item| names.iter().any(|name| name == item)) else {
            continue;
        };
        let RefOr::T(Schema::Object(page)) = schema else { continue };
        if let Some(RefOr::T(Schema::Array(items))) = page.properties.get_mut("items") {
            items.items = ArrayItems::RefOrSchema(Box::new(Ref::from_schema_name(item).into()));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `UPDATE_OPENAPI=1 cargo nextest run -p duxue-api` rewrites the file after a wanted change.
    #[test]
    fn the_committed_document_is_fresh() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/openapi.json");
        let fresh = document().to_pretty_json().unwrap() + "\n";
        if std::env::var_os("UPDATE_OPENAPI").is_some() {
            std::fs::write(path, &fresh).unwrap();
        }
        let committed = std::fs::read_to_string(path).unwrap_or_default();
        assert!(committed == fresh, "api/openapi.json is stale: run the tests once with UPDATE_OPENAPI=1");
    }
}
