//! `GET /kiosk/day`

use std::collections::BTreeSet;

use axum::{Json, extract::State};
use duxue_rules::{attendance::Windows, civil, ids::ClassId};
use duxue_storage::{Tx, device::Device};
use jiff::civil::Date;

use super::face::why_off;
use crate::{
    app::Shared,
    dto::{
        kiosk::{Kiosk, KioskClass},
        refs::{ClassRef, InstitutionRef},
    },
    extract::SignedDevice,
    problem::Failure,
    refusals::PlainRefusals,
    routes::attendance::lessons_of,
};

/// Tells a kiosk where it hangs, whether it can check in by face, and when punches count there today (R7.3a).
///
/// A page in a browser shows with it that the token it was given is good.
#[utoipa::path(
    get,
    path = "/kiosk/day",
    tag = "Attendance",
    responses((status = 200, description = "The kiosk.", body = Kiosk), PlainRefusals),
    security(("device" = [])),
)]
pub async fn show_kiosk(State(app): State<Shared>, SignedDevice(device): SignedDevice) -> Result<Json<Kiosk>, Failure> {
    let now = app.now();
    let mut tx = app.store.read().await?;
    let institution = tx.institution(device.institution).await?.ok_or(Failure::Internal)?;
    let classes = classes(&app, &mut tx, &device, civil::date_of(now)).await?;
    let face_off = why_off(&app);
    Ok(Json(Kiosk {
        device: crate::dto::refs::DeviceRef { id: device.id, name: device.name },
        venue: device.venue.into(),
        institution: InstitutionRef { id: institution.id, name: institution.name },
        now,
        face: face_off.is_none(),
        face_off,
        classes,
    }))
}

async fn classes(app: &Shared, tx: &mut Tx, device: &Device, on: Date) -> Result<Vec<KioskClass>, Failure> {
    let day = civil::day(on).ok_or(Failure::Internal)?;
    let mut seen = BTreeSet::<ClassId>::new();
    let mut classes = Vec::new();
    for session in tx.sessions_of_venue_in(device.venue.id, day).await? {
        if session.date != on || !seen.insert(session.class.id) {
            continue;
        }
        let lessons = lessons_of(tx, session.class.id).await?;
        let Some(windows) = Windows::of(lessons.on(on), &app.policy.policy) else { continue };
        let class = ClassRef::from(session.class);
        classes.push(KioskClass { class, sign_in: windows.sign_in.into(), sign_out: windows.sign_out.into() });
    }
    Ok(classes)
}
