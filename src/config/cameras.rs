//! Cameras that the file sets up.

use duxue_ingest::{CameraUrl, Transport};
use serde::{Deserialize, Deserializer, de::Error as _};

/// A camera that the file sets up. It is known by institution, venue and name.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CameraConfig {
    /// The institution's name 培训机构.
    pub institution: String,
    /// The venue's name 教室.
    pub venue: String,
    /// The camera's name within the venue.
    pub name: String,
    /// The RTSP address of the main stream, credentials included.
    #[serde(deserialize_with = "camera_url")]
    pub url: CameraUrl,
    /// The RTSP address of the small stream for walls; the credentials are those of `url`.
    #[serde(default, deserialize_with = "optional_camera_url")]
    pub sub_url: Option<CameraUrl>,
    /// Over TCP or UDP.
    #[serde(default = "default_transport")]
    pub transport: Transport,
}

fn camera_url<'de, D: Deserializer<'de>>(value: D) -> Result<CameraUrl, D::Error> {
    CameraUrl::parse(&String::deserialize(value)?).map_err(D::Error::custom)
}

fn optional_camera_url<'de, D: Deserializer<'de>>(value: D) -> Result<Option<CameraUrl>, D::Error> {
    camera_url(value).map(Some)
}

fn default_transport() -> Transport {
    Transport::Tcp
}
