//! From drawn pictures to an encoded stream, by GStreamer.

use std::{
    sync::{Arc, Mutex},
    time::Duration,
};

use gst::prelude::*;
use gstreamer as gst;
use gstreamer_app as gst_app;

use super::{Codec, FPS};
use crate::draw::Planes;

/// A key frame comes every second, as drawn cameras are joined often.
pub(crate) const GOP: u32 = FPS;

/// How long an encoder may take over what it was given before we say that it hangs.
const PATIENCE: gst::ClockTime = gst::ClockTime::from_seconds(120);

/// Encoding failed.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct EncodeError(pub(crate) String);

/// What to make of the pictures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Recipe {
    pub(crate) codec: Codec,
    pub(crate) width: usize,
    pub(crate) height: usize,
    pub(crate) kbit_s: u32,
}

impl Recipe {
    /// The encoder's part of the pipeline. Main profile without B frames, so that times in RTP order are decoding times.
    pub(crate) fn encoder(self) -> String {
        let Self { codec, kbit_s, width, .. } = self;
        // Four of five pictures repeat the one before, so the quickest search loses nothing that one sees.
        let preset = if width > 1000 { "ultrafast" } else { "superfast" };
        match codec {
            Codec::H264 => format!(
                "x264enc name=encoder bitrate={kbit_s} vbv-buf-capacity=1500 speed-preset={preset} bframes=0 key-int-max={GOP} \
                 aud=true byte-stream=true threads=2 option-string=scenecut=0:trellis=0 \
                 ! video/x-h264,stream-format=byte-stream,alignment=au,profile=main"
            ),
            Codec::H265 => format!(
                "x265enc name=encoder bitrate={kbit_s} speed-preset=ultrafast key-int-max={GOP} \
                 option-string=bframes=0:aud=1:scenecut=0:repeat-headers=1:log-level=0 \
                 ! h265parse config-interval=-1 ! video/x-h265,stream-format=byte-stream,alignment=au"
            ),
        }
    }
}

/// An encoder that takes pictures of one size, [`FPS`] a second.
pub(crate) struct Encoder {
    pipeline: gst::Pipeline,
    input: gst_app::AppSrc,
    output: Arc<Mutex<Vec<u8>>>,
    pushed: u32,
}

impl Encoder {
    /// Starts one.
    pub(crate) fn start(recipe: Recipe) -> Result<Self, EncodeError> {
        let Recipe { width, height, .. } = recipe;
        let text = format!(
            "appsrc name=in format=time block=true max-bytes=32000000 \
             caps=video/x-raw,format=I420,width={width},height={height},framerate={FPS}/1,colorimetry=bt709 \
             ! {} ! appsink name=out sync=false",
            recipe.encoder()
        );
        let pipeline = gst::parse::launch(&text)
            .map_err(|e| EncodeError(e.to_string()))?
            .downcast::<gst::Pipeline>()
            .map_err(|_| EncodeError("no pipeline came out".into()))?;
        let element = |name: &str| pipeline.by_name(name).ok_or_else(|| EncodeError(format!("no element {name}")));
        let input = element("in")?.downcast::<gst_app::AppSrc>().map_err(|_| EncodeError("no appsrc".into()))?;
        let sink = element("out")?.downcast::<gst_app::AppSink>().map_err(|_| EncodeError("no appsink".into()))?;
        let output = Arc::new(Mutex::new(Vec::new()));
        let into = output.clone();
        sink.set_callbacks(
            gst_app::AppSinkCallbacks::builder()
                .new_sample(move |sink| {
                    let sample = sink.pull_sample().map_err(|_| gst::FlowError::Eos)?;
                    if let (Some(buffer), Ok(mut into)) = (sample.buffer(), into.lock()) {
                        let map = buffer.map_readable().map_err(|_| gst::FlowError::Error)?;
                        into.extend_from_slice(&map);
                    }
                    Ok(gst::FlowSuccess::Ok)
                })
                .build(),
        );
        pipeline.set_state(gst::State::Playing).map_err(|e| EncodeError(e.to_string()))?;
        Ok(Self { pipeline, input, output, pushed: 0 })
    }

    /// Shows `picture` for `frames` frames.
    pub(crate) fn push(&mut self, picture: &Arc<Planes>, frames: u32) -> Result<(), EncodeError> {
        let memory = gst::Buffer::from_slice(Shared(picture.clone()));
        for _ in 0..frames {
            let mut buffer = memory.copy();
            let frame = Duration::from_secs(1) / FPS;
            if let Some(buffer) = buffer.get_mut() {
                buffer.set_pts(gst::ClockTime::try_from(frame * self.pushed).ok());
                buffer.set_duration(gst::ClockTime::try_from(frame).ok());
            }
            self.pushed += 1;
            self.input.push_buffer(buffer).map_err(|e| self.failure().unwrap_or(EncodeError(e.to_string())))?;
        }
        Ok(())
    }

    fn failure(&self) -> Option<EncodeError> {
        let message = self.pipeline.bus()?.pop_filtered(&[gst::MessageType::Error])?;
        match message.view() {
            gst::MessageView::Error(e) => Some(EncodeError(e.error().to_string())),
            _ => None,
        }
    }

    /// All that was encoded, as an Annex B stream.
    pub(crate) fn finish(self) -> Result<Vec<u8>, EncodeError> {
        self.input.end_of_stream().map_err(|e| EncodeError(e.to_string()))?;
        let bus = self.pipeline.bus().ok_or_else(|| EncodeError("no bus".into()))?;
        let message = bus.timed_pop_filtered(PATIENCE, &[gst::MessageType::Eos, gst::MessageType::Error]);
        let result = match message.as_ref().map(|m| m.view()) {
            Some(gst::MessageView::Eos(_)) => Ok(()),
            Some(gst::MessageView::Error(e)) => Err(EncodeError(e.error().to_string())),
            _ => Err(EncodeError("the encoder does not come to an end".into())),
        };
        result.map(|()| self.output.lock().map(|mut o| std::mem::take(&mut *o)).unwrap_or_default())
    }
}

impl Drop for Encoder {
    fn drop(&mut self) {
        let _ = self.pipeline.set_state(gst::State::Null);
    }
}

/// A picture that GStreamer reads where it lies.
struct Shared(Arc<Planes>);

impl AsRef<[u8]> for Shared {
    fn as_ref(&self) -> &[u8] {
        &self.0.data
    }
}
