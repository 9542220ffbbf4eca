//! A look at a camera's address before it is saved.

use duxue_rules::camera::OutageCause as Cause;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{camera::Transport, refs::Text, words::OutageCause};

/// An address to look at. It is connected to once, for some seconds, and kept nowhere.
#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CameraToTry {
    /// `rtsp://[user:password@]host[:port]/path`, or `rtsps://`.
    #[schema(max_length = 2000, example = "rtsp://user:password@192.0.2.10/stream1")]
    pub url: String,
    /// How packets come; `tcp` when not given.
    pub transport: Option<Transport>,
}

/// What a look at an address showed: a picture, or why there is none.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct CameraTrial {
    /// Host and port that were asked; never credentials or path.
    #[schema(example = "192.0.2.10:554")]
    pub address: String,
    /// What came; null when nothing did.
    pub seen: Option<CameraSeen>,
    /// Why nothing came; null when something did.
    pub refused: Option<CameraRefused>,
}

/// What came.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct CameraSeen {
    /// A picture: JPEG, as base64 (RFC 4648). At most 1280 pixels across.
    #[schema(content_encoding = "base64", content_media_type = "image/jpeg")]
    pub picture: String,
    /// Pixels across.
    #[schema(example = 1920)]
    pub width: u32,
    /// Pixels down.
    #[schema(example = 1080)]
    pub height: u32,
    /// RFC 6381 codec string.
    #[schema(example = "avc1.640028")]
    pub codec: String,
    /// Pictures a second; null when too few came to tell.
    #[schema(example = 25.0)]
    pub frames_per_second: Option<f32>,
    /// Bits a second; null when too few came to tell.
    #[schema(example = 3000000)]
    pub bitrate_bps: Option<u64>,
}

/// Why nothing came.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct CameraRefused {
    /// In a word.
    pub cause: OutageCause,
    /// What to do about it.
    pub text: Text,
    /// In the camera's or network's words, for whoever repairs it; no credentials.
    pub detail: String,
}

impl CameraRefused {
    pub(crate) fn of(cause: Cause, detail: String) -> Self {
        Self { cause: cause.into(), text: advice(cause), detail }
    }
}

/// What to do about it.
fn advice(cause: Cause) -> Text {
    match cause {
        Cause::Unreachable => Text::new(
            "该地址无人应答：请核对主机、端口和网络，以及摄像头是否通电。",
            "Nobody answers at the address: check host, port and network, and that the camera has power.",
        ),
        Cause::Unauthorized => {
            Text::new("摄像头拒绝了用户名或密码。", "The camera refuses the user name or the password.")
        }
        Cause::NotFound => Text::new(
            "摄像头有应答，但没有这个码流：请核对地址中的路径。",
            "The camera answers, but has no such stream: check the path of the address.",
        ),
        Cause::UnsupportedMedia => Text::new(
            "码流不是视频，或编码不受支持：请在摄像头上改用 H.264。",
            "The stream is no video, or of a codec that is not supported: set the camera to H.264.",
        ),
        Cause::Stalled => Text::new(
            "已连接，但没有收到可独立解码的画面：请缩短关键帧间隔，或改用另一种传输方式。",
            "Connected, but no picture came that can be decoded by itself: shorten the key-frame interval, or try the other transport.",
        ),
        Cause::Disconnected => Text::new(
            "连接被摄像头或网络中断：摄像头可能已达到连接数上限。",
            "The camera or the network cut the connection: the camera may have as many as it takes.",
        ),
        Cause::CorruptStream => Text::new("收到的内容无法解析。", "What came could not be understood."),
        Cause::DiskFull
        | Cause::DiskError
        | Cause::RecorderDown
        | Cause::Disabled
        | Cause::Starting
        | Cause::Pruned
        | Cause::Unknown => Text::new("没有收到画面。", "No picture came."),
    }
}
