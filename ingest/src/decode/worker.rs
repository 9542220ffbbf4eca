//! One decoder and what it needs to give its picture at once.

use std::time::Duration;

use gstreamer::{self as gst, prelude::*};
use gstreamer_app::{AppSink, AppSrc};
use gstreamer_video::{VideoFrameExt, VideoFrameRef, VideoInfo};

use super::{DecodeError, Picture};
use crate::{KeyFrame, media::StreamInfo};

/// A key frame takes some milliseconds; who needs this long is stuck and is thrown away.
const PATIENCE: gst::ClockTime = gst::ClockTime::from_seconds(5);

/// Keeps its pipeline between pictures, as long as nothing goes wrong with it.
#[derive(Default)]
pub(super) struct Worker {
    pipeline: Option<Pipeline>,
}

struct Pipeline {
    pipeline: gst::Pipeline,
    source: AppSrc,
    sink: AppSink,
    info: Option<StreamInfo>,
    size: Option<(u32, u32)>,
}

impl Drop for Pipeline {
    fn drop(&mut self) {
        let _ = self.pipeline.set_state(gst::State::Null);
    }
}

impl Worker {
    pub(super) fn decode(&mut self, frame: &KeyFrame, max_width: Option<u32>) -> Result<Picture, DecodeError> {
        let pipeline = match &mut self.pipeline {
            Some(pipeline) => pipeline,
            none => none.insert(Pipeline::new().map_err(|error| broken(&error))?),
        };
        let picture = pipeline.decode(frame, max_width);
        if picture.is_err() {
            // A broken picture may leave anything behind.
            self.pipeline = None;
        }
        picture
    }
}

fn broken(reason: &dyn std::fmt::Display) -> DecodeError {
    DecodeError::Broken { reason: reason.to_string() }
}

impl Pipeline {
    fn new() -> Result<Self, gst::glib::BoolError> {
        let source = AppSrc::builder().format(gst::Format::Time).is_live(false).build();
        let decoder = gst::ElementFactory::make("avdec_h264").property("max-threads", 1_i32).build()?;
        let scale = gst::ElementFactory::make("videoscale").build()?;
        let convert = gst::ElementFactory::make("videoconvert").build()?;
        let sink = AppSink::builder().sync(false).async_(false).qos(false).enable_last_sample(false).build();
        let pipeline = gst::Pipeline::new();
        let all = [source.upcast_ref(), &decoder, &scale, &convert, sink.upcast_ref()];
        pipeline.add_many(all)?;
        gst::Element::link_many(all)?;
        pipeline.set_state(gst::State::Playing).map_err(|error| gst::glib::bool_error!("{error}"))?;
        Ok(Self { pipeline, source, sink, info: None, size: None })
    }

    fn decode(&mut self, frame: &KeyFrame, max_width: Option<u32>) -> Result<Picture, DecodeError> {
        let info = &*frame.info;
        let (width, height) = scaled(info.width, info.height, max_width);
        if self.info.as_ref() != Some(info) {
            let config = gst::Buffer::from_slice(info.codec_config.clone());
            let caps = gst::Caps::builder("video/x-h264")
                .field("stream-format", "avc")
                .field("alignment", "au")
                .field("width", info.width as i32)
                .field("height", info.height as i32)
                .field("codec_data", config)
                .build();
            self.source.set_caps(Some(&caps));
            self.info = Some(info.clone());
        }
        if self.size != Some((width, height)) {
            let caps = gst::Caps::builder("video/x-raw")
                .field("format", "BGR")
                .field("width", width as i32)
                .field("height", height as i32)
                .build();
            self.sink.set_caps(Some(&caps));
            self.size = Some((width, height));
        }
        let mut buffer = gst::Buffer::from_slice(frame.data.clone());
        buffer.make_mut().set_pts(gst::ClockTime::ZERO);
        self.source.push_buffer(buffer).map_err(|error| broken(&error))?;
        // The end of stream makes the decoder give out what it holds back for reordering.
        self.source.end_of_stream().map_err(|error| broken(&error))?;
        let sample = self.sink.try_pull_sample(PATIENCE).ok_or_else(|| self.complaint())?;
        let bgr = packed(&sample)?;
        self.rewind()?;
        Ok(Picture { at: frame.at, width, height, bgr, original_width: info.width, original_height: info.height })
    }

    /// Makes the pipeline as new after an end of stream.
    fn rewind(&self) -> Result<(), DecodeError> {
        let flushed = self.source.send_event(gst::event::FlushStart::new())
            && self.source.send_event(gst::event::FlushStop::builder(true).build());
        if flushed { Ok(()) } else { Err(broken(&"the decoder does not flush")) }
    }

    fn complaint(&self) -> DecodeError {
        let bus = self.pipeline.bus();
        let message = bus.and_then(|bus| bus.pop_filtered(&[gst::MessageType::Error, gst::MessageType::Warning]));
        let said = message.and_then(|message| match message.view() {
            gst::MessageView::Error(error) => Some(error.error().message().to_owned()),
            gst::MessageView::Warning(warning) => Some(warning.error().message().to_owned()),
            _ => None,
        });
        let silent = || format!("no picture came out within {} s", Duration::from(PATIENCE).as_secs());
        broken(&said.unwrap_or_else(silent))
    }
}

/// In proportion, never larger, with even sides.
fn scaled(width: u32, height: u32, max_width: Option<u32>) -> (u32, u32) {
    match max_width {
        Some(max) if max < width => {
            let target = max.max(2) & !1;
            let other = (u64::from(height) * u64::from(target) + u64::from(width) / 2) / u64::from(width.max(1));
            (target, (other as u32).max(2) & !1)
        }
        _ => (width, height),
    }
}

/// The rows without the padding between them.
fn packed(sample: &gst::Sample) -> Result<Vec<u8>, DecodeError> {
    let caps = sample.caps().ok_or_else(|| broken(&"a picture without a format"))?;
    let info = VideoInfo::from_caps(caps).map_err(|error| broken(&error))?;
    let buffer = sample.buffer().ok_or_else(|| broken(&"a picture without content"))?;
    let frame = VideoFrameRef::from_buffer_ref_readable(buffer, &info).map_err(|error| broken(&error))?;
    let stride = usize::try_from(frame.plane_stride()[0]).map_err(|error| broken(&error))?;
    let plane = frame.plane_data(0).map_err(|error| broken(&error))?;
    let (row, rows) = (info.width() as usize * 3, info.height() as usize);
    let mut bgr = Vec::with_capacity(row * rows);
    for line in plane.chunks(stride).take(rows) {
        bgr.extend_from_slice(line.get(..row).ok_or_else(|| broken(&"a short row"))?);
    }
    Ok(bgr)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_keep_their_proportion_and_never_grow() {
        assert_eq!(scaled(1920, 1080, Some(640)), (640, 360));
        assert_eq!(scaled(1920, 1080, None), (1920, 1080));
        assert_eq!(scaled(640, 360, Some(1920)), (640, 360));
        assert_eq!(scaled(1920, 1080, Some(1)), (2, 2));
    }
}
