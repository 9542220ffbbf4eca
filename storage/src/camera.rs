//! Cameras as they are configured. What they are doing now is the recorder's to tell.

use std::fmt;

use duxue_rules::ids::{CameraId, InstitutionId, VenueId};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{
    Error, Named, Result, Tx, json,
    row::{FromRow, Row},
    secret::{CannotOpen, SecretKey},
    value::{ToValue, args},
};

/// How RTP travels.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Transport {
    /// Interleaved in the RTSP connection (RFC 2326, 10.12).
    Tcp,
    /// In datagrams of its own.
    Udp,
}

/// What a camera asks for before it gives pictures. Never shown, never logged, stored only encrypted.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Credentials {
    /// The user name.
    pub username: String,
    /// The password.
    pub password: String,
}

impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Credentials(…)")
    }
}

/// A camera as configured.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Camera {
    /// Its identity.
    pub id: CameraId,
    /// Where it hangs.
    pub venue: Named<VenueId>,
    /// Whose venue that is.
    pub institution: Named<InstitutionId>,
    /// Its name; unique within the venue.
    pub name: String,
    /// `rtsp://host:port/path` of the recorded stream, without credentials.
    pub main_url: String,
    /// The same of the small stream, if it has one.
    pub sub_url: Option<String>,
    /// How RTP travels.
    pub transport: Transport,
    /// Whether it is to be recorded.
    pub enabled: bool,
    /// Grows by one with every change.
    pub revision: i64,
    /// When it was added.
    pub created_at: Timestamp,
    /// When it was removed; its footage stays.
    pub removed_at: Option<Timestamp>,
    credentials_sealed: Option<String>,
}

/// A camera to add.
#[derive(Clone, Debug)]
pub struct NewCamera {
    /// Its identity.
    pub id: CameraId,
    /// Where it hangs.
    pub venue: VenueId,
    /// Its name.
    pub name: String,
    /// Without credentials.
    pub main_url: String,
    /// Without credentials.
    pub sub_url: Option<String>,
    /// What it asks for, if anything.
    pub credentials: Option<Credentials>,
    /// How RTP travels.
    pub transport: Transport,
    /// Whether it is to be recorded.
    pub enabled: bool,
    /// Now.
    pub created_at: Timestamp,
}

/// What is to be different; `None` leaves a thing as it is.
#[derive(Clone, Debug, Default)]
pub struct CameraChange {
    /// Another name.
    pub name: Option<String>,
    /// Another address, without credentials.
    pub main_url: Option<String>,
    /// Another small stream, or none any more.
    pub sub_url: Option<Option<String>>,
    /// Other credentials, or none any more.
    pub credentials: Option<Option<Credentials>>,
    /// Another transport.
    pub transport: Option<Transport>,
    /// On or off.
    pub enabled: Option<bool>,
}

impl Camera {
    /// What the camera asks for, if anything.
    ///
    /// # Errors
    ///
    /// When `key` is not the one they were encrypted with.
    pub fn credentials(&self, key: &SecretKey) -> Result<Option<Credentials>, CannotOpen> {
        let Some(sealed) = &self.credentials_sealed else { return Ok(None) };
        let bytes = key.open(&aad(self.id), sealed)?;
        serde_json::from_slice(&bytes).map(Some).map_err(|_| CannotOpen)
    }

    /// Whether it asks for credentials.
    pub fn has_credentials(&self) -> bool {
        self.credentials_sealed.is_some()
    }
}

pub(crate) fn aad(id: CameraId) -> String {
    format!("camera credentials {id}")
}

fn sealed(id: CameraId, credentials: Option<&Credentials>, key: &SecretKey) -> Result<Option<String>> {
    let seal = |credentials| key.seal(&aad(id), json::text(credentials).as_bytes());
    Ok(credentials.map(seal).transpose()?)
}

impl FromRow for Camera {
    fn from_row(row: &Row) -> Result<Self> {
        Ok(Self {
            id: row.parsed("id")?,
            venue: row.named("venue_id", "venue_name")?,
            institution: row.named("institution_id", "institution_name")?,
            name: row.text("name")?,
            main_url: row.text("main_url")?,
            sub_url: row.opt_text("sub_url")?,
            transport: row.word("transport")?,
            enabled: row.flag("enabled")?,
            revision: row.int("revision")?,
            created_at: row.time("created_at")?,
            removed_at: row.opt_time("removed_at")?,
            credentials_sealed: row.opt_text("credentials_sealed")?,
        })
    }
}

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT c.id, c.venue_id, v.name AS venue_name, v.institution_id, i.name AS institution_name, c.name,
                    c.main_url, c.sub_url, c.credentials_sealed, c.transport, c.enabled, c.revision, c.created_at,
                    c.removed_at
             FROM cameras c
             JOIN venues v ON v.id = c.venue_id
             JOIN institutions i ON i.id = v.institution_id ",
            $rest
        )
    };
}

impl Tx {
    /// Adds one, at revision 1. Field errors: `name`, `main_url`, `sub_url`, `venue_id`.
    pub async fn add_camera(&mut self, camera: &NewCamera, key: &SecretKey) -> Result<()> {
        let NewCamera { id, venue, name, main_url, sub_url, credentials, transport, enabled, created_at } = camera;
        let sealed = sealed(*id, credentials.as_ref(), key)?;
        self.insert(
            "INSERT INTO cameras
                (id, venue_id, name, main_url, sub_url, credentials_sealed, transport, enabled, revision, created_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 1, $9)",
            args![id, venue, name, main_url, sub_url, sealed, json::word(transport), enabled, created_at],
            &[("cameras_venue_exists", "SELECT id FROM venues WHERE id = $1", venue.to_value())],
        )
        .await
    }

    /// The one of that identity, also when removed.
    pub async fn camera(&mut self, id: CameraId) -> Result<Option<Camera>> {
        self.optional(select!("WHERE c.id = $1"), args![id]).await
    }

    /// Those not removed, or only those of `institution`, by identity, after `after`.
    pub async fn cameras(
        &mut self,
        institution: Option<InstitutionId>,
        after: Option<CameraId>,
        limit: u32,
    ) -> Result<Vec<Camera>> {
        self.all(
            select!(
                "WHERE c.removed_at IS NULL AND ($1 IS NULL OR v.institution_id = $1) AND c.id > COALESCE($2, '')
                 ORDER BY c.id LIMIT $3"
            ),
            args![institution, after, limit],
        )
        .await
    }

    /// Those of a venue, removed ones too: their footage is still there.
    pub async fn cameras_of_venue(&mut self, venue: VenueId) -> Result<Vec<Camera>> {
        self.all(select!("WHERE c.venue_id = $1 ORDER BY c.id"), args![venue]).await
    }

    /// Changes a camera that is still at `revision`; its revision afterwards. Lost if someone else changed or removed it.
    ///
    /// Field errors as for [`Tx::add_camera`].
    pub async fn change_camera(
        &mut self,
        id: CameraId,
        revision: i64,
        change: &CameraChange,
        key: &SecretKey,
    ) -> Result<i64> {
        let camera = self.camera(id).await?.filter(|camera| camera.revision == revision);
        let Some(camera) = camera else { return Err(Error::Lost { what: "camera" }) };
        let credentials = match &change.credentials {
            None => camera.credentials_sealed,
            Some(credentials) => sealed(id, credentials.as_ref(), key)?,
        };
        self.advance(
            "camera",
            "UPDATE cameras
             SET name = $3, main_url = $4, sub_url = $5, credentials_sealed = $6, transport = $7, enabled = $8,
                 revision = revision + 1
             WHERE id = $1 AND revision = $2 AND removed_at IS NULL",
            args![
                id,
                revision,
                change.name.as_ref().unwrap_or(&camera.name),
                change.main_url.as_ref().unwrap_or(&camera.main_url),
                change.sub_url.as_ref().unwrap_or(&camera.sub_url),
                credentials,
                json::word(&change.transport.unwrap_or(camera.transport)),
                change.enabled.unwrap_or(camera.enabled),
            ],
        )
        .await?;
        Ok(revision + 1)
    }

    /// Removes a camera that is still at `revision`. Its footage, and this row, stay.
    pub async fn remove_camera(&mut self, id: CameraId, revision: i64, at: Timestamp) -> Result<()> {
        self.advance(
            "camera",
            "UPDATE cameras SET removed_at = $3, enabled = FALSE, revision = revision + 1
             WHERE id = $1 AND revision = $2 AND removed_at IS NULL",
            args![id, revision, at],
        )
        .await
    }
}
