//! The GStreamer side of one stream: how it is packed into RTP, and where it gets its access units from.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use gst::prelude::*;
use gst_server::prelude::*;
use gstreamer as gst;
use gstreamer_app as gst_app;
use gstreamer_rtsp_server as gst_server;

use super::{
    camera::{Camera, Stream},
    fault::Fault,
    feed::{Feed, Pacer},
};
use crate::{chance::Chance, footage::Codec};

/// The role that may look, in gst-rtsp-server's permissions.
pub(crate) const ROLE: &str = "viewer";

/// The pipeline of a stream: what a client that asks now will get.
fn launch(codec: Option<Codec>) -> &'static str {
    match codec {
        Some(Codec::H264) => {
            "( appsrc name=feed is-live=true format=time max-bytes=8000000 leaky-type=downstream \
             caps=video/x-h264,stream-format=byte-stream,alignment=au \
             ! rtph264pay name=pay0 pt=96 config-interval=-1 )"
        }
        Some(Codec::H265) => {
            "( appsrc name=feed is-live=true format=time max-bytes=8000000 leaky-type=downstream \
             caps=video/x-h265,stream-format=byte-stream,alignment=au \
             ! rtph265pay name=pay0 pt=96 config-interval=-1 )"
        }
        None => {
            "( audiotestsrc is-live=true wave=ticks samplesperbuffer=320 ! audio/x-raw,rate=8000,channels=1 \
             ! alawenc ! rtppcmapay name=pay0 pt=8 )"
        }
    }
}

/// Makes what answers at one path.
pub(crate) fn factory(camera: &Arc<Camera>, stream: Stream, pacer: &Arc<Pacer>) -> gst_server::RTSPMediaFactory {
    let factory = gst_server::RTSPMediaFactory::new();
    factory.set_launch(launch(Some(camera.footage.of(stream).codec)));
    // Each client has a pipeline of its own, as a shared one that is just being given up answers a new client with 503.
    factory.set_shared(false);
    factory.add_role_from_structure(
        &gst::Structure::builder(ROLE)
            .field("media.factory.access", true)
            .field("media.factory.construct", true)
            .build(),
    );
    let (camera, pacer) = (camera.clone(), pacer.clone());
    factory.connect_media_configure(move |_, media| {
        let Some(bin) = media.element().downcast::<gst::Bin>().ok() else { return };
        let Some(input) = bin.by_name("feed").and_then(|e| e.downcast::<gst_app::AppSrc>().ok()) else { return };
        let garbage = Arc::new(AtomicBool::new(false));
        if let Some(pad) = bin.by_name("pay0").and_then(|pay| pay.static_pad("src")) {
            spoil(&pad, garbage.clone());
        }
        pacer.add(Feed::new(camera.clone(), stream, input, garbage, pacer.elapsed()));
    });
    factory
}

/// Changes what clients from now on will get.
pub(crate) fn refit(factory: &gst_server::RTSPMediaFactory, camera: &Camera, stream: Stream, fault: Option<Fault>) {
    factory.set_launch(match fault {
        Some(Fault::AudioOnly) => launch(None),
        Some(Fault::H265) => launch(Some(Codec::H265)),
        _ => launch(Some(camera.footage.of(stream).codec)),
    });
}

/// Bytes of an RTP header without extensions or contributing sources (RFC 3550, 5.1).
const RTP_HEADER: usize = 12;

/// While `on`, replaces what lies behind the RTP headers that pass `pad`.
fn spoil(pad: &gst::Pad, on: Arc<AtomicBool>) {
    let spoiled = |buffer: &gst::BufferRef| -> Option<gst::Buffer> {
        let map = buffer.map_readable().ok()?;
        let header = map.get(..RTP_HEADER)?;
        let mut chance = Chance::new(u64::from(header[2]) << 8 | u64::from(header[3]), map.len() as u64);
        let mut packet = header.to_vec();
        packet.extend((RTP_HEADER..map.len()).map(|_| chance.next() as u8));
        let mut out = gst::Buffer::from_mut_slice(packet);
        buffer.copy_into(out.get_mut()?, gst::BUFFER_COPY_METADATA, ..).ok()?;
        Some(out)
    };
    pad.add_probe(gst::PadProbeType::BUFFER | gst::PadProbeType::BUFFER_LIST, move |_, info| {
        if on.load(Ordering::Relaxed) {
            match &mut info.data {
                Some(gst::PadProbeData::Buffer(buffer)) => {
                    if let Some(out) = spoiled(buffer) {
                        *buffer = out;
                    }
                }
                Some(gst::PadProbeData::BufferList(list)) => {
                    let out: Option<Vec<gst::Buffer>> = list.iter().map(spoiled).collect();
                    if let Some(out) = out {
                        *list = out.into_iter().collect();
                    }
                }
                _ => {}
            }
        }
        gst::PadProbeReturn::Ok
    });
}
