//! A camera's row together with how it does and what is being taught before it.

use std::collections::HashMap;

use duxue_rules::{
    access::Action,
    camera::{CameraState, OutageCause},
    civil,
    ids::{CameraId, SessionId, VenueId},
    span::Span,
};
use duxue_storage::{Tx, camera::Camera as Row, session::Session};
use jiff::{SignedDuration, Timestamp};

use crate::{
    address::Address,
    app::Shared,
    dto::camera::{Camera, CameraStatus, CurrentSession},
    extract::SignedIn,
    layers::etag::Moving,
    problem::Failure,
};

/// A sample older than this does not say how many are there now.
const NOW_WITHIN: SignedDuration = SignedDuration::from_secs(60);

/// What of a camera nobody edits: how it does, and what is taught before it.
pub(super) const MOVING: Moving = Moving(&["status", "current"]);

/// A camera that has not been removed.
pub(super) async fn standing(tx: &mut Tx, id: CameraId) -> Result<Row, Failure> {
    tx.camera(id).await?.filter(|camera| camera.removed_at.is_none()).ok_or(Failure::NotFound)
}

/// One camera.
pub(super) async fn one(app: &Shared, tx: &mut Tx, who: &SignedIn, row: Row) -> Result<Camera, Failure> {
    all(app, tx, who, vec![row]).await?.pop().ok_or(Failure::Internal)
}

/// Cameras, in the order given.
pub(super) async fn all(app: &Shared, tx: &mut Tx, who: &SignedIn, rows: Vec<Row>) -> Result<Vec<Camera>, Failure> {
    let now = app.now();
    let sessions = going_on(tx, now).await?;
    let open: HashMap<SessionId, u32> = tx.open_findings_on(civil::date_of(now)).await?.into_iter().collect();
    let mut cameras = Vec::with_capacity(rows.len());
    for row in rows {
        let owner = Some(row.institution.id);
        let current = match sessions.get(&row.venue.id) {
            Some(session) => {
                let judged = who.can(Action::ReadFinding, owner);
                Some(current(tx, row.id, session, now, judged.then_some(&open)).await?)
            }
            None => None,
        };
        let address = who.can(Action::WatchLive, owner).then(|| Address::host_of(&row.main_url)).flatten();
        cameras.push(Camera {
            id: row.id,
            name: row.name.clone(),
            venue: row.venue.clone().into(),
            institution: row.institution.clone().into(),
            transport: row.transport.into(),
            enabled: row.enabled,
            has_sub: row.sub_url.is_some(),
            address,
            status: status(app, &row),
            current,
        });
    }
    Ok(cameras)
}

/// The session that goes on in each venue.
async fn going_on(tx: &mut Tx, now: Timestamp) -> Result<HashMap<VenueId, Session>, Failure> {
    let Ok(instant) = Span::new(now, now + SignedDuration::from_micros(1)) else { return Ok(HashMap::new()) };
    Ok(tx.sessions_in(instant).await?.into_iter().map(|session| (session.venue.id, session)).collect())
}

/// The session before a camera; with counts when `open` findings are given.
async fn current(
    tx: &mut Tx,
    camera: CameraId,
    session: &Session,
    now: Timestamp,
    open: Option<&HashMap<SessionId, u32>>,
) -> Result<CurrentSession, Failure> {
    let (mut people_now, mut people_likely) = (None, None);
    if open.is_some() {
        let since = session.span.start().max(now - NOW_WITHIN);
        let newest = tx.latest_observation(camera, since).await?;
        people_now = newest.map(|observation| observation.people());
        people_likely = tx.summary(session.id).await?.map(|stored| stored.summary.people.likely);
    }
    let report = tx.report(session.class.id, session.date).await?;
    Ok(CurrentSession {
        session_id: session.id,
        class_id: session.class.id,
        class_name: session.class.name.clone(),
        starts_at: session.span.start(),
        ends_at: session.span.end(),
        people_now,
        people_likely,
        reported_present: report.map(|report| report.report.present),
        open_findings: open.map(|open| open.get(&session.id).copied().unwrap_or(0)),
    })
}

/// How the camera does; a camera that the recorder does not run is switched off, or about to be run.
fn status(app: &Shared, row: &Row) -> CameraStatus {
    if let Some(status) = app.cameras.status(row.id).filter(|_| row.enabled) {
        return status.into();
    }
    let (state, cause) = match row.enabled {
        true => (CameraState::Connecting, OutageCause::Starting),
        false => (CameraState::Refused, OutageCause::Disabled),
    };
    CameraStatus {
        state: state.into(),
        cause: Some(cause.into()),
        detail: None,
        since: row.created_at,
        last_frame_at: None,
        width: None,
        height: None,
        codec: None,
        bitrate_bps: None,
        recording: false,
    }
}
