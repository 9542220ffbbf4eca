//! `GET /system`

use axum::{Json, extract::State};
use duxue_rules::{access::Action, camera::CameraState};

use crate::{
    app::Shared,
    authorise::scope,
    dto::system::{
        Analysis, CameraCount, Disk, DiskState, Model, PolicyInForce, Provider, Recorder, RecorderState, System,
    },
    edges::{DiskRoom, VisionStatus},
    extract::SignedIn,
    load,
    problem::Failure,
    refusals::PlainRefusals,
};

/// Says how the whole is doing.
#[utoipa::path(
    get,
    path = "/system",
    tag = "System",
    responses((status = 200, description = "How the whole is doing.", body = System), PlainRefusals),
)]
pub async fn show_system(State(app): State<Shared>, who: SignedIn) -> Result<Json<System>, Failure> {
    let whose = scope(&who, Action::ReadCameraHealth)?;
    let mut cameras = load::cameras(&mut app.store.read().await?, whose).await?;
    cameras.retain(|camera| camera.enabled);
    let running: Vec<_> = cameras.iter().filter_map(|camera| app.cameras.status(camera.id)).collect();
    let live = running.iter().filter(|status| status.state == CameraState::Live).count();
    let recorded = running.iter().filter(|status| status.state == CameraState::Live && status.recording).count();
    let room = app.cameras.disk();
    let state = match room {
        Some(DiskRoom { full: true, .. }) => RecorderState::DiskFull,
        _ if cameras.is_empty() => RecorderState::Idle,
        _ if recorded < live => RecorderState::Degraded,
        _ => RecorderState::Recording,
    };
    let count = |of: usize| u32::try_from(of).unwrap_or(u32::MAX);
    let policy = &app.policy.policy;
    Ok(Json(System {
        version: app.settings.version.clone(),
        now: app.now(),
        policy: PolicyInForce {
            version: app.policy.version,
            label: policy.label.clone(),
            clip_min_seconds: policy.clip_min_seconds,
            clip_max_gap_ms: policy.clip_max_gap_ms,
            crosscheck_min_samples: policy.crosscheck_min_samples,
        },
        analysis: analysis(app.vision.status()),
        disk: disk(room),
        cameras: CameraCount { live: count(live), total: count(cameras.len()) },
        recorder: Recorder { state },
    }))
}

pub(super) fn analysis(status: VisionStatus) -> Analysis {
    match status {
        VisionStatus::On { models, runtime, provider } => {
            let provider = Provider {
                wanted: provider.wanted.to_owned(),
                running: provider.running.to_owned(),
                reason: provider.reason.map(Into::into),
            };
            let models = models.into_iter().map(Model::from).collect();
            Analysis { on: true, reason: None, runtime, models, provider: Some(provider) }
        }
        VisionStatus::Off { reason } => {
            Analysis { on: false, reason: Some(reason.into()), runtime: None, models: Vec::new(), provider: None }
        }
    }
}

pub(super) fn disk(room: Option<DiskRoom>) -> Disk {
    let state = match room {
        Some(room) if room.full => DiskState::Full,
        Some(room) if room.free_bytes < room.low_below_bytes => DiskState::Low,
        Some(_) | None => DiskState::Ok,
    };
    Disk { free_bytes: room.map(|room| room.free_bytes), total_bytes: room.map(|room| room.total_bytes), state }
}
