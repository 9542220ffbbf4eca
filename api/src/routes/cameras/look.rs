//! `POST /cameras/try`

use axum::{Json, extract::State};
use base64::{Engine, prelude::BASE64_STANDARD};
use duxue_rules::access::Action;
use serde_json::json;

use crate::{
    address::Address,
    app::Shared,
    dto::{
        camera::Transport,
        camera_trial::{CameraRefused, CameraSeen, CameraToTry, CameraTrial},
        refs::Text,
    },
    edges::{LookAt, LookRefusal, Looked},
    extract::{Body, SignedIn},
    problem::Failure,
    refusals::TrialRefusals,
};

/// Looks at a camera's address before it is saved: gives a picture, or says why there is none.
///
/// It is connected to once, for at most 12 seconds. Only RTSP is spoken, so that this reaches nothing but cameras; who
/// looked where is in the audit log, credentials are nowhere.
#[utoipa::path(
    post,
    path = "/cameras/try",
    tag = "Cameras",
    request_body = CameraToTry,
    responses((status = 200, description = "What came, or why nothing did.", body = CameraTrial), TrialRefusals),
)]
pub async fn try_camera(
    State(app): State<Shared>,
    who: SignedIn,
    Body(wanted): Body<CameraToTry>,
) -> Result<Json<CameraTrial>, Failure> {
    who.may(Action::EditCamera, None)?;
    let Address { url, credentials, host } =
        Address::parse("url", &wanted.url).map_err(|problem| Failure::Invalid(vec![problem]))?;
    // Before it is asked: whoever goes through a network leaves a trace, also when nothing answers.
    let mut tx = app.store.begin().await?;
    tx.audit(who.did(app.now(), "try_camera", "address", &host, json!({})));
    tx.commit().await?;
    let transport = wanted.transport.unwrap_or(Transport::Tcp);
    let (seen, refused) = match app.cameras.look(LookAt { url, credentials, transport }).await {
        Ok(looked) => (Some(seen(looked)), None),
        Err(LookRefusal::Nothing { cause, detail }) => (None, Some(CameraRefused::of(cause, detail))),
        Err(LookRefusal::Busy) => {
            return Err(Failure::Unavailable(Text::new(
                "正在测试其他摄像头，请稍后重试。",
                "Other addresses are being looked at; try again in a moment.",
            )));
        }
    };
    Ok(Json(CameraTrial { address: host, seen, refused }))
}

fn seen(looked: Looked) -> CameraSeen {
    let Looked { jpeg, width, height, codec, frames_per_second, bitrate_bps } = looked;
    CameraSeen { picture: BASE64_STANDARD.encode(jpeg), width, height, codec, frames_per_second, bitrate_bps }
}
