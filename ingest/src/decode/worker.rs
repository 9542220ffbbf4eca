//! One decoder and what it needs to give its picture at once.

use gstreamer::{self as gst, prelude::*};
use gstreamer_app::AppSink;
use gstreamer_video::{VideoFrameExt, VideoFrameRef, VideoInfo};

use super::{DecodeError, Picture};
use crate::{KeyFrame, media::StreamInfo};

/// Keeps its decoder between pictures, as long as nothing goes wrong with it.
#[derive(Default)]
pub(super) struct Worker {
    chain: Option<Chain>,
}

/// `pad → decoder → scale → convert → sink`, without threads of its own: what is pushed into the pad is decoded before the push
/// returns.
struct Chain {
    pad: gst::Pad,
    elements: Vec<gst::Element>,
    sink: AppSink,
    bus: gst::Bus,
    info: Option<StreamInfo>,
    size: Option<(u32, u32)>,
}

impl Drop for Chain {
    fn drop(&mut self) {
        for element in &self.elements {
            let _ = element.set_state(gst::State::Null);
        }
        let _ = self.pad.set_active(false);
    }
}

impl Worker {
    pub(super) fn decode(&mut self, frame: &KeyFrame, max_width: Option<u32>) -> Result<Picture, DecodeError> {
        let chain = match &mut self.chain {
            Some(chain) => chain,
            none => none.insert(Chain::new().map_err(|error| broken(&error))?),
        };
        let picture = chain.decode(frame, max_width);
        if picture.is_err() {
            // A broken picture may leave anything behind.
            self.chain = None;
        }
        picture
    }
}

fn broken(reason: &dyn std::fmt::Display) -> DecodeError {
    DecodeError::Broken { reason: reason.to_string() }
}

impl Chain {
    fn new() -> Result<Self, gst::glib::BoolError> {
        let decoder = gst::ElementFactory::make("avdec_h264").property("max-threads", 1_i32).build()?;
        let scale = gst::ElementFactory::make("videoscale").build()?;
        let convert = gst::ElementFactory::make("videoconvert").build()?;
        // `wait_on_eos` would wait for this very thread to take the picture.
        let sink = AppSink::builder()
            .sync(false)
            .async_(false)
            .qos(false)
            .enable_last_sample(false)
            .wait_on_eos(false)
            .build();
        let elements = vec![decoder, scale, convert, sink.clone().upcast()];
        gst::Element::link_many(&elements)?;
        let bus = gst::Bus::new();
        let pad = gst::Pad::builder(gst::PadDirection::Src).name("src").build();
        let chain = Self { pad, elements, sink, bus, info: None, size: None };
        chain.pad.set_active(true)?;
        for element in chain.elements.iter().rev() {
            element.set_bus(Some(&chain.bus));
            element.set_state(gst::State::Playing).map_err(|error| gst::glib::bool_error!("{error}"))?;
        }
        let into =
            chain.elements[0].static_pad("sink").ok_or_else(|| gst::glib::bool_error!("a decoder without a pad"))?;
        chain.pad.link(&into).map_err(|error| gst::glib::bool_error!("{error}"))?;
        chain.pad.push_event(gst::event::StreamStart::new("key-frames"));
        Ok(chain)
    }

    fn decode(&mut self, frame: &KeyFrame, max_width: Option<u32>) -> Result<Picture, DecodeError> {
        let info = &*frame.info;
        let (width, height) = scaled(info.width, info.height, max_width);
        if self.size != Some((width, height)) {
            let caps = gst::Caps::builder("video/x-raw")
                .field("format", "BGR")
                .field("width", width as i32)
                .field("height", height as i32)
                .build();
            self.sink.set_caps(Some(&caps));
            self.size = Some((width, height));
            // Only a new description makes the elements agree anew.
            self.info = None;
        }
        if self.info.as_ref() != Some(info) {
            self.pad.push_event(gst::event::Caps::new(&caps_of(info)));
            self.info = Some(info.clone());
        }
        self.pad.push_event(gst::event::Segment::new(&gst::FormattedSegment::<gst::ClockTime>::new()));
        let mut buffer = gst::Buffer::from_slice(frame.data.clone());
        buffer.make_mut().set_pts(gst::ClockTime::ZERO);
        let pushed = self.pad.push(buffer);
        // The end of stream makes the decoder give out what it holds back for reordering.
        self.pad.push_event(gst::event::Eos::new());
        let sample = self.sink.try_pull_sample(gst::ClockTime::ZERO).ok_or_else(|| self.complaint(pushed.err()))?;
        let bgr = packed(&sample)?;
        // As new for the next one.
        self.pad.push_event(gst::event::FlushStart::new());
        self.pad.push_event(gst::event::FlushStop::new(true));
        Ok(Picture { at: frame.at, width, height, bgr, original_width: info.width, original_height: info.height })
    }

    fn complaint(&self, pushed: Option<gst::FlowError>) -> DecodeError {
        let message = self.bus.pop_filtered(&[gst::MessageType::Error, gst::MessageType::Warning]);
        let said = message.and_then(|message| match message.view() {
            gst::MessageView::Error(error) => Some(error.error().message().to_owned()),
            gst::MessageView::Warning(warning) => Some(warning.error().message().to_owned()),
            _ => None,
        });
        let silent = || pushed.map_or("no picture came out".to_owned(), |error| error.to_string());
        broken(&said.unwrap_or_else(silent))
    }
}

fn caps_of(info: &StreamInfo) -> gst::Caps {
    gst::Caps::builder("video/x-h264")
        .field("stream-format", "avc")
        .field("alignment", "au")
        .field("width", info.width as i32)
        .field("height", info.height as i32)
        .field("codec_data", gst::Buffer::from_slice(info.codec_config.clone()))
        .build()
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
