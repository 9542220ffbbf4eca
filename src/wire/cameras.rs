//! [`duxue_api::edges::Cameras`] over [`duxue_ingest::Ingest`].

use std::path::PathBuf;

use duxue_analytics::encode_jpeg;
use duxue_api::edges::{self, DiskRoom, LiveEvent, LivePictures, LiveRefusal, Snapshot};
use duxue_ingest::{DecoderPool, Ingest, LiveItem, LiveSubscription, Picture, StreamKind};
use duxue_rules::{
    Text,
    camera::{CameraState, OutageCause},
    ids::CameraId,
};
use futures::{FutureExt, StreamExt, future::BoxFuture, stream};

use super::disk;

/// JPEG quality of snapshots and findings' frames.
pub const JPEG_QUALITY: u8 = 85;

/// The cameras of this node.
pub struct IngestCameras {
    /// Who runs them.
    pub ingest: Ingest,
    /// Who turns a key frame into a picture.
    pub decoders: DecoderPool,
    /// Where footage goes.
    pub recordings_dir: PathBuf,
    /// Below this much room the disk is called low.
    pub reserve_bytes: u64,
}

impl edges::Cameras for IngestCameras {
    fn status(&self, camera: CameraId) -> Option<edges::CameraStatus> {
        self.ingest.status(camera).map(|status| {
            let (cause, detail) = match status.recording_problem {
                Some((cause, detail)) if status.state == CameraState::Live => (Some(cause), Some(detail)),
                _ => (status.cause, status.detail),
            };
            edges::CameraStatus {
                state: status.state,
                cause,
                detail,
                since: status.since,
                last_frame_at: status.last_frame_at,
                width: status.width,
                height: status.height,
                codec: status.codec,
                bitrate_bps: Some(status.bitrate_bps),
                recording: status.recording,
            }
        })
    }

    fn live(&self, camera: CameraId, stream: edges::Stream) -> BoxFuture<'_, Result<LivePictures, LiveRefusal>> {
        let kind = match stream {
            edges::Stream::Main => StreamKind::Main,
            edges::Stream::Sub => StreamKind::Sub,
        };
        async move {
            let subscription = self.ingest.live(camera, kind).await.map_err(refusal)?;
            Ok(LivePictures {
                mime: subscription.first.mime.clone(),
                init: subscription.first.init.clone(),
                events: stream::unfold(subscription, next_event).boxed(),
            })
        }
        .boxed()
    }

    fn snapshot(&self, camera: CameraId) -> BoxFuture<'_, Result<Snapshot, LiveRefusal>> {
        async move {
            let newest = self.ingest.key_frames(camera).and_then(|frames| frames.borrow().clone());
            let frame = newest.ok_or(LiveRefusal::NotLive)?;
            let picture = self.decoders.decode(&frame, Some(1280)).await.map_err(|_| LiveRefusal::NotLive)?;
            let at = picture.at;
            let jpeg = jpeg(picture).await.ok_or(LiveRefusal::NotLive)?;
            Ok(Snapshot { at, jpeg: jpeg.into() })
        }
        .boxed()
    }

    fn disk(&self) -> Option<DiskRoom> {
        let (free_bytes, total_bytes) = disk::room(&self.recordings_dir)?;
        let full = self.ingest.cameras().iter().filter_map(|spec| self.ingest.status(spec.id)).any(|status| {
            matches!(status.recording_problem, Some((OutageCause::DiskFull, _)))
                || status.cause == Some(OutageCause::DiskFull)
        });
        Some(DiskRoom { free_bytes, total_bytes, low_below_bytes: self.reserve_bytes, full })
    }
}

/// Encodes off the async threads. `None` when the picture cannot be encoded.
pub async fn jpeg(picture: Picture) -> Option<Vec<u8>> {
    tokio::task::spawn_blocking(move || {
        let view = duxue_analytics::Picture::new(picture.width, picture.height, &picture.bgr).ok()?;
        encode_jpeg(view, None, JPEG_QUALITY).ok()
    })
    .await
    .ok()
    .flatten()
}

/// A changed codec ends the stream: the browser needs a new init segment, and the api subscribes again.
async fn next_event(mut subscription: LiveSubscription) -> Option<(LiveEvent, LiveSubscription)> {
    match subscription.next().await? {
        LiveItem::Init(_) => None,
        LiveItem::Lagged { lost } => Some((LiveEvent::Lagged { lost }, subscription)),
        LiveItem::Fragment(fragment) => {
            let fragment = edges::LiveFragment {
                seq: fragment.seq,
                key: fragment.key,
                arrival: fragment.arrival,
                data: fragment.data,
            };
            Some((LiveEvent::Fragment(fragment), subscription))
        }
    }
}

fn refusal(refusal: duxue_ingest::LiveRefusal) -> LiveRefusal {
    use duxue_ingest::LiveRefusal as R;
    match refusal {
        R::UnknownCamera => LiveRefusal::NotLive,
        R::NoSubStream => LiveRefusal::Refused(Text {
            zh: "该摄像机没有子码流。".into(),
            en: "This camera has no sub-stream.".into(),
        }),
        R::NotLive { state: CameraState::Refused, detail, .. } => {
            let why = detail.unwrap_or_default();
            LiveRefusal::Refused(Text {
                zh: format!("摄像机无法播放：{why}"),
                en: format!("The camera cannot be shown: {why}"),
            })
        }
        R::NotLive { .. } => LiveRefusal::NotLive,
    }
}
