//! Cameras that the configuration file declares, brought into the database. What the file does not name is left alone.

use anyhow::{Context, Result};
use duxue_ingest::{CameraUrl, Transport};
use duxue_rules::ids::{InstitutionId, VenueId};
use duxue_storage::{
    SecretKey, Store, Tx, audit,
    camera::{CameraChange, Credentials, NewCamera, Transport as StoredTransport},
    institution::Institution,
    venue::NewVenue,
};
use jiff::Timestamp;
use serde_json::json;

use crate::{config::CameraConfig, ids::new_id};

/// Adds or changes every declared camera, with its institution and venue where they are not there yet.
pub async fn apply(store: &Store, key: &SecretKey, declared: &[CameraConfig], now: Timestamp) -> Result<()> {
    for camera in declared {
        apply_one(store, key, camera, now).await.with_context(|| {
            format!("[[camera]] {} in {}, {}, could not be set up", camera.name, camera.venue, camera.institution)
        })?;
    }
    Ok(())
}

async fn apply_one(store: &Store, key: &SecretKey, declared: &CameraConfig, now: Timestamp) -> Result<()> {
    let mut tx = store.begin().await?;
    let institution = institution(&mut tx, &declared.institution, now).await?;
    let venue = venue(&mut tx, institution, &declared.venue, now).await?;
    let credentials =
        declared.url.credentials().map(|c| Credentials { username: c.username.clone(), password: c.password.clone() });
    let main_url = declared.url.address().to_owned();
    let sub_url = declared.sub_url.as_ref().map(CameraUrl::address).map(str::to_owned);
    let transport = match declared.transport {
        Transport::Tcp => StoredTransport::Tcp,
        Transport::Udp => StoredTransport::Udp,
    };
    let known = tx.cameras_of_venue(venue).await?;
    let standing = known.into_iter().find(|camera| camera.name == declared.name && camera.removed_at.is_none());
    let (id, action) = match standing {
        None => {
            let id = new_id(now);
            let name = declared.name.clone();
            let camera = NewCamera {
                id,
                venue,
                name,
                main_url,
                sub_url,
                credentials,
                transport,
                enabled: true,
                created_at: now,
            };
            tx.add_camera(&camera, key).await?;
            (id, "add_camera")
        }
        Some(camera) => {
            let same = camera.main_url == main_url
                && camera.sub_url == sub_url
                && camera.transport == transport
                && camera.credentials(key)? == credentials;
            if same {
                return Ok(());
            }
            let change = CameraChange {
                main_url: Some(main_url),
                sub_url: Some(sub_url),
                credentials: Some(credentials),
                transport: Some(transport),
                ..CameraChange::default()
            };
            tx.change_camera(camera.id, camera.revision, &change, key).await?;
            (camera.id, "change_camera")
        }
    };
    tx.audit(audit::Entry {
        at: now,
        actor: None,
        action: action.into(),
        subject_kind: "camera".into(),
        subject_id: id.to_string(),
        detail: json!({ "by": "configuration" }),
    });
    Ok(tx.commit().await?)
}

/// The institution of that name; made if there is none.
pub async fn institution(tx: &mut Tx, name: &str, now: Timestamp) -> Result<InstitutionId> {
    let mut after = None;
    loop {
        let page = tx.institutions(None, after, 500).await?;
        let Some(last) = page.last() else { break };
        after = Some(last.id);
        if let Some(found) = page.iter().find(|institution| institution.name == name) {
            return Ok(found.id);
        }
    }
    let institution = Institution { id: new_id(now), name: name.to_owned(), created_at: now };
    tx.add_institution(&institution).await?;
    Ok(institution.id)
}

async fn venue(tx: &mut Tx, institution: InstitutionId, name: &str, now: Timestamp) -> Result<VenueId> {
    let mut after = None;
    loop {
        let page = tx.venues(Some(institution), after, 500).await?;
        let Some(last) = page.last() else { break };
        after = Some(last.id);
        if let Some(found) = page.iter().find(|venue| venue.name == name) {
            return Ok(found.id);
        }
    }
    let venue = NewVenue { id: new_id(now), institution, name: name.to_owned(), created_at: now };
    tx.add_venue(&venue).await?;
    Ok(venue.id)
}
