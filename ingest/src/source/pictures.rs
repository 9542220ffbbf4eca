//! Access units out of what GStreamer's parser gives, without copying the pictures.

use bytes::Bytes;
use gstreamer as gst;

use super::{SourceEvent, SourceFault, SourceSink};
use crate::{
    Clock, h264,
    media::{AccessUnit, TIMESCALE},
};
use duxue_rules::camera::OutageCause;

/// Runs on a streaming thread: it never waits.
pub(super) struct Pictures {
    sink: SourceSink,
    clock: Clock,
    codec_config: Option<Bytes>,
    /// Times are counted from the first, so that ticks come out whole.
    first_pts: Option<gst::ClockTime>,
}

impl Pictures {
    pub(super) fn new(sink: SourceSink, clock: Clock) -> Self {
        Self { sink, clock, codec_config: None, first_pts: None }
    }

    pub(super) fn take(&mut self, sample: &gst::Sample) -> Result<gst::FlowSuccess, gst::FlowError> {
        let arrival = (self.clock)();
        self.describe(sample)?;
        let Some(buffer) = sample.buffer_owned() else { return Ok(gst::FlowSuccess::Ok) };
        // Without a time a picture has no place. The parser gives one to all but broken streams.
        let Some(pts) = buffer.pts() else { return Ok(gst::FlowSuccess::Ok) };
        let first = *self.first_pts.get_or_insert(pts);
        let key = !buffer.flags().contains(gst::BufferFlags::DELTA_UNIT);
        let Ok(mapped) = buffer.into_mapped_buffer_readable() else { return Ok(gst::FlowSuccess::Ok) };
        if mapped.is_empty() {
            return Ok(gst::FlowSuccess::Ok);
        }
        let unit = AccessUnit { arrival, pts: ticks(pts, first), key, data: Bytes::from_owner(mapped) };
        self.push(SourceEvent::AccessUnit(unit))
    }

    /// Reports what the stream is, where that changed.
    fn describe(&mut self, sample: &gst::Sample) -> Result<(), gst::FlowError> {
        let structure = sample.caps().and_then(|caps| caps.structure(0));
        let config = structure.and_then(|structure| structure.get::<gst::Buffer>("codec_data").ok());
        let Some(config) = config.and_then(|config| config.into_mapped_buffer_readable().ok()) else { return Ok(()) };
        if self.codec_config.as_deref() == Some(config.as_slice()) {
            return Ok(());
        }
        let config = Bytes::copy_from_slice(config.as_slice());
        self.codec_config = Some(config.clone());
        match h264::stream_info(config) {
            Ok(info) => self.push(SourceEvent::Stream(info)).map(|_| ()),
            Err(error) => {
                self.sink.fail(SourceFault::new(OutageCause::CorruptStream, error.to_string()));
                Err(gst::FlowError::Eos)
            }
        }
    }

    fn push(&self, event: SourceEvent) -> Result<gst::FlowSuccess, gst::FlowError> {
        if self.sink.push(event) { Ok(gst::FlowSuccess::Ok) } else { Err(gst::FlowError::Eos) }
    }
}

fn ticks(pts: gst::ClockTime, first: gst::ClockTime) -> i64 {
    let nanos = i128::from(pts.nseconds()) - i128::from(first.nseconds());
    let ticks = (nanos * i128::from(TIMESCALE) * 2 + 1_000_000_000).div_euclid(2_000_000_000);
    ticks as i64
}
