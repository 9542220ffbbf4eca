//! Which check-in device is asking.

use axum::{extract::FromRequestParts, http::request::Parts};
use duxue_storage::device::Device;

use super::bearer::bearer;
use crate::{app::Core, problem::Failure};

/// A registered device that is not withdrawn. It is nobody of [`super::SignedIn`]'s: no route that takes a person takes a
/// device.
pub(crate) struct SignedDevice(pub(crate) Device);

impl FromRequestParts<Core> for SignedDevice {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, app: &Core) -> Result<Self, Failure> {
        let token = bearer(&parts.headers).ok_or(Failure::NotSignedIn)?;
        let device = app.store.read().await?.device_of_token(token.hash()).await?;
        device.map(Self).ok_or(Failure::NotSignedIn)
    }
}
