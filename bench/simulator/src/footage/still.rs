//! One second of one picture: what a frozen or covered camera sends.

use std::{sync::Arc, time::Duration};

use gst::prelude::*;
use gstreamer as gst;
use gstreamer_app as gst_app;
use gstreamer_video::VideoFrameExt;

use super::{
    Codec, Footage, annexb,
    encode::{EncodeError, Encoder, GOP, Recipe},
};
use crate::{
    draw::{COVERED, Planes},
    film,
    server::{Camera, Fault, PerStream, Stream},
};

/// A loop of one group of pictures that shows nothing but `picture`.
pub(crate) fn still(codec: Codec, kbit_s: u32, picture: Planes) -> Result<Footage, EncodeError> {
    let recipe = Recipe { codec, width: picture.width, height: picture.height, kbit_s };
    let mut encoder = Encoder::start(recipe)?;
    encoder.push(&Arc::new(picture), GOP)?;
    let units = annexb::access_units(codec, &encoder.finish()?);
    Footage::steady(codec, units).ok_or_else(|| EncodeError("the encoder began without a key frame".into()))
}

/// What a camera shows instead of its footage while `fault` lasts, if that is another picture. `at` is its script time.
pub(crate) fn instead(
    fault: Fault,
    camera: &Camera,
    at: Duration,
) -> Result<Option<PerStream<Arc<Footage>>>, EncodeError> {
    let make = |stream: Stream| -> Result<Arc<Footage>, EncodeError> {
        let kbit_s = if stream == Stream::Main { film::MAIN.kbit_s } else { film::SUB.kbit_s };
        let seen = decode(camera.footage.of(stream), at)?;
        let (codec, picture) = match fault {
            Fault::Dark => (Codec::H264, Planes::grey(seen.width, seen.height, COVERED)),
            Fault::Resize => (Codec::H264, seen.two_thirds()),
            Fault::H265 => (Codec::H265, seen),
            _ => (Codec::H264, seen),
        };
        still(codec, kbit_s, picture).map(Arc::new)
    };
    match fault {
        Fault::Dark | Fault::Freeze | Fault::Resize | Fault::H265 => {
            Ok(Some(PerStream { main: make(Stream::Main)?, sub: make(Stream::Sub)? }))
        }
        Fault::Drop
        | Fault::Stall
        | Fault::Garbage
        | Fault::RefuseAuth
        | Fault::NotFound
        | Fault::NeverAnswer
        | Fault::AudioOnly => Ok(None),
    }
}

/// The last key frame at or before `at`, as a picture.
fn decode(footage: &Footage, at: Duration) -> Result<Planes, EncodeError> {
    let failed = |what: &str| EncodeError(format!("a key frame could not be decoded: {what}"));
    let name = match footage.codec {
        Codec::H264 => "h264",
        Codec::H265 => "h265",
    };
    let text = format!(
        "appsrc name=in caps=video/x-{name},stream-format=byte-stream,alignment=au ! {name}parse ! avdec_{name} \
         ! videoconvert ! video/x-raw,format=I420 ! appsink name=out sync=false"
    );
    let pipeline = gst::parse::launch(&text)
        .map_err(|e| failed(e.message()))?
        .downcast::<gst::Pipeline>()
        .map_err(|_| failed("no pipeline"))?;
    let input = pipeline.by_name("in").and_then(|e| e.downcast::<gst_app::AppSrc>().ok());
    let output = pipeline.by_name("out").and_then(|e| e.downcast::<gst_app::AppSink>().ok());
    let (Some(input), Some(output)) = (input, output) else { return Err(failed("no ends")) };
    let result = (|| {
        pipeline.set_state(gst::State::Playing).map_err(|e| failed(&e.to_string()))?;
        input.push_buffer(footage.key_before(at).data.copy()).map_err(|e| failed(&e.to_string()))?;
        input.end_of_stream().map_err(|e| failed(&e.to_string()))?;
        let sample = output.try_pull_sample(gst::ClockTime::from_seconds(10)).ok_or_else(|| failed("no picture"))?;
        let info = sample
            .caps()
            .and_then(|caps| gstreamer_video::VideoInfo::from_caps(caps).ok())
            .ok_or_else(|| failed("no caps"))?;
        let buffer = sample.buffer().ok_or_else(|| failed("no buffer"))?;
        let frame =
            gstreamer_video::VideoFrameRef::from_buffer_ref_readable(buffer, &info).map_err(|_| failed("no frame"))?;
        let (width, height) = (info.width() as usize & !1, info.height() as usize & !1);
        let mut data = Vec::with_capacity(width * height * 3 / 2);
        for (plane, (w, h)) in
            [(width, height), (width / 2, height / 2), (width / 2, height / 2)].into_iter().enumerate()
        {
            let stride = usize::try_from(frame.plane_stride()[plane]).unwrap_or(w);
            let from = frame.plane_data(plane as u32).map_err(|_| failed("no plane"))?;
            for row in from.chunks(stride).take(h) {
                data.extend_from_slice(row.get(..w).ok_or_else(|| failed("a short row"))?);
            }
        }
        Ok(Planes { width, height, data })
    })();
    let _ = pipeline.set_state(gst::State::Null);
    result
}
