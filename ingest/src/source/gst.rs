//! The engine that takes everything: GStreamer's `rtspsrc`.
//!
//! Known of GStreamer 1.22: over TCP it sends no RTSP keep-alive; an end of stream comes when the camera hangs up and is a
//! fault; changing a pipeline's state can dead-lock on its own threads, so that is done on a thread made for it.

use std::{
    sync::{Arc, Mutex, PoisonError},
    thread,
};

use duxue_rules::camera::OutageCause;
use gstreamer::{self as gst, glib, prelude::*};
use tokio::sync::oneshot;

use super::{OpenSource, Source, SourceFault, SourceOrder, SourceSink, pictures::Pictures};
use crate::Transport;

/// How long RTP packets over UDP may be waited for when they come in the wrong order.
const UDP_REORDER_MS: u32 = 200;

/// RTSP by GStreamer: TCP or UDP, basic and digest authentication, TLS.
pub struct GstSource {
    _initialised: (),
}

/// GStreamer or a plug-in that is needed is not installed.
#[derive(Debug, thiserror::Error)]
#[error("GStreamer cannot be used: {reason}")]
pub struct GstMissing {
    reason: String,
}

impl GstSource {
    /// Checks that all that is needed is installed.
    pub fn new() -> Result<Self, GstMissing> {
        initialise(&["rtspsrc", "rtph264depay", "h264parse", "appsink"])?;
        Ok(Self { _initialised: () })
    }
}

/// Starts GStreamer (once) and checks that it has these elements.
pub(crate) fn initialise(elements: &[&str]) -> Result<(), GstMissing> {
    gst::init().map_err(|error| GstMissing { reason: error.to_string() })?;
    match elements.iter().find(|name| gst::ElementFactory::find(name).is_none()) {
        Some(missing) => Err(GstMissing { reason: format!("its element {missing} is not installed") }),
        None => Ok(()),
    }
}

/// A pipeline while it is wanted. Whoever changes its state holds the lock, on a thread of their own.
#[derive(Default)]
struct Slot {
    pipeline: Option<gst::Pipeline>,
    closed: bool,
}

struct OpenPipeline {
    slot: Arc<Mutex<Slot>>,
    /// For keep-alives, which must not wait for the lock.
    rtspsrc: Arc<Mutex<Option<glib::WeakRef<gst::Element>>>>,
    over_tcp: bool,
    /// The answer to the last keep-alive, if it has not come yet.
    promise: Mutex<Option<gst::Promise>>,
}

/// Nobody waits for the answer any more; GStreamer complains about promises that end without one.
fn give_up(promise: Option<gst::Promise>) {
    if let Some(promise) = promise {
        promise.interrupt();
    }
}

impl Source for GstSource {
    fn open(&self, order: SourceOrder, sink: SourceSink) -> Box<dyn OpenSource> {
        let open = OpenPipeline {
            slot: Arc::default(),
            rtspsrc: Arc::default(),
            over_tcp: order.transport == Transport::Tcp,
            promise: Mutex::default(),
        };
        let (slot, rtspsrc, failed) = (open.slot.clone(), open.rtspsrc.clone(), sink.clone());
        let begun = thread::Builder::new().name("rtsp-open".into()).spawn(move || {
            let mut slot = slot.lock().unwrap_or_else(PoisonError::into_inner);
            if slot.closed {
                return;
            }
            match build(&order, &sink) {
                Ok((pipeline, source)) => {
                    *rtspsrc.lock().unwrap_or_else(PoisonError::into_inner) = Some(source.downgrade());
                    // A refusal is reported through the bus, with its reason.
                    let _ = pipeline.set_state(gst::State::Playing);
                    slot.pipeline = Some(pipeline);
                }
                Err(error) => sink.fail(SourceFault::new(OutageCause::Unknown, format!("GStreamer: {error}"))),
            }
        });
        if let Err(error) = begun {
            failed.fail(SourceFault::new(OutageCause::Unknown, format!("no thread for the connection: {error}")));
        }
        Box::new(open)
    }
}

impl OpenSource for OpenPipeline {
    fn keep_alive(&self) {
        // Over UDP rtspsrc does it by itself.
        if !self.over_tcp {
            return;
        }
        let source = self.rtspsrc.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(source) = source.as_ref().and_then(glib::WeakRef::upgrade) {
            // Any parameter does: a camera that does not know it says so, and the session lives on (RFC 2326 section 10.8).
            let promise = gst::Promise::new();
            let sent: bool = source.emit_by_name("get-parameter", &[&"ping", &"text/parameters", &promise]);
            give_up(self.promise.lock().unwrap_or_else(PoisonError::into_inner).replace(promise));
            if !sent {
                tracing::debug!("the RTSP keep-alive could not be sent");
            }
        }
    }

    fn close(self: Box<Self>) -> oneshot::Receiver<()> {
        let (done, closed) = oneshot::channel();
        let slot = self.slot;
        let promise = self.promise.into_inner().unwrap_or_else(PoisonError::into_inner);
        let begun = thread::Builder::new().name("rtsp-close".into()).spawn(move || {
            let mut slot = slot.lock().unwrap_or_else(PoisonError::into_inner);
            slot.closed = true;
            if let Some(pipeline) = slot.pipeline.take() {
                if let Some(bus) = pipeline.bus() {
                    bus.unset_sync_handler();
                }
                let _ = pipeline.set_state(gst::State::Null);
            }
            give_up(promise);
            let _ = done.send(());
        });
        if let Err(error) = begun {
            tracing::error!(%error, "no thread to close a connection; it stays open");
        }
        closed
    }
}

/// What the session description offered, for a clear refusal.
#[derive(Default)]
struct Offer {
    chosen: bool,
    refused: Vec<String>,
}

impl Offer {
    fn refusal(&self) -> Option<SourceFault> {
        if self.chosen || self.refused.is_empty() {
            return None;
        }
        let offered = self.refused.join(", ");
        Some(SourceFault::new(
            OutageCause::UnsupportedMedia,
            format!("the camera offers {offered}; only H.264 video is supported so far"),
        ))
    }
}

fn build(order: &SourceOrder, sink: &SourceSink) -> Result<(gst::Pipeline, gst::Element), glib::BoolError> {
    let over_tcp = order.transport == Transport::Tcp;
    let mut source = gst::ElementFactory::make("rtspsrc")
        .property("location", order.url.address())
        .property_from_str("protocols", if over_tcp { "tcp" } else { "udp" })
        // Pictures keep the sender's own times; following its drift is done where holes are found, too.
        .property_from_str("buffer-mode", "none")
        .property("latency", if over_tcp { 0 } else { UDP_REORDER_MS })
        .property("tcp-timeout", order.connect_timeout.as_micros() as u64)
        .property("timeout", order.connect_timeout.as_micros() as u64)
        .property("udp-reconnect", false)
        .property("user-agent", "duxue");
    if let Some(credentials) = order.url.credentials() {
        source = source.property("user-id", &credentials.username).property("user-pw", &credentials.password);
    }
    let source = source.build()?;
    let depay = gst::ElementFactory::make("rtph264depay").build()?;
    let parse = gst::ElementFactory::make("h264parse").build()?;
    let mut pictures = Pictures::new(sink.clone(), order.clock.clone());
    let ended = sink.clone();
    let appsink = gstreamer_app::AppSink::builder()
        .caps(&gst::Caps::builder("video/x-h264").field("stream-format", "avc").field("alignment", "au").build())
        .sync(false)
        .async_(false)
        .qos(false)
        .enable_last_sample(false)
        .callbacks(
            gstreamer_app::AppSinkCallbacks::builder()
                .new_sample(move |sink| {
                    let sample = sink.pull_sample().map_err(|_| gst::FlowError::Eos)?;
                    pictures.take(&sample)
                })
                .eos(move |_| {
                    ended.fail(SourceFault::new(OutageCause::Disconnected, "the camera ended the stream"));
                })
                .build(),
        )
        .build();

    let pipeline = gst::Pipeline::new();
    pipeline.add_many([&source, &depay, &parse, appsink.upcast_ref()])?;
    gst::Element::link_many([&depay, &parse, appsink.upcast_ref()])?;

    let offer = Arc::new(Mutex::new(Offer::default()));
    connect_selection(&source, &depay, &offer, sink);
    watch_bus(&pipeline, order, &offer, sink)?;
    Ok((pipeline, source))
}

/// Takes the first H.264 video, nothing else, and notes what else there was.
fn connect_selection(source: &gst::Element, depay: &gst::Element, offer: &Arc<Mutex<Offer>>, sink: &SourceSink) {
    let selected = offer.clone();
    source.connect("select-stream", false, move |values| {
        let caps = values.get(2).and_then(|value| value.get::<gst::Caps>().ok());
        let structure = caps.as_ref().and_then(|caps| caps.structure(0));
        let field = |name| structure.and_then(|structure| structure.get::<String>(name).ok()).unwrap_or_default();
        let (media, encoding) = (field("media"), field("encoding-name"));
        let mut offer = selected.lock().unwrap_or_else(PoisonError::into_inner);
        let take = media == "video" && encoding == "H264" && !offer.chosen;
        if take {
            offer.chosen = true;
        } else {
            offer.refused.push(format!("{encoding} {media}").trim().to_owned());
        }
        Some(take.to_value())
    });
    let target = depay.downgrade();
    source.connect_pad_added(move |_, pad| {
        let Some(target) = target.upgrade().and_then(|depay| depay.static_pad("sink")) else { return };
        if !target.is_linked()
            && let Err(error) = pad.link(&target)
        {
            tracing::debug!(%error, "a pad of rtspsrc could not be linked");
        }
    });
    let (offer, sink) = (offer.clone(), sink.clone());
    source.connect_no_more_pads(move |_| {
        if let Some(refusal) = offer.lock().unwrap_or_else(PoisonError::into_inner).refusal() {
            sink.fail(refusal);
        }
    });
}

/// Turns messages into the one fault that counts. Runs on the thread that posts, so it only hands over.
fn watch_bus(
    pipeline: &gst::Pipeline,
    order: &SourceOrder,
    offer: &Arc<Mutex<Offer>>,
    sink: &SourceSink,
) -> Result<(), glib::BoolError> {
    let bus = pipeline.bus().ok_or_else(|| glib::bool_error!("a pipeline without a bus"))?;
    let (offer, sink) = (offer.clone(), sink.clone());
    let secret = order.url.credentials().map(|credentials| credentials.password.clone());
    bus.set_sync_handler(move |_, message| {
        if let gst::MessageView::Error(error) = message.view() {
            let refusal = offer.lock().unwrap_or_else(PoisonError::into_inner).refusal();
            sink.fail(refusal.unwrap_or_else(|| fault(error, secret.as_deref())));
        }
        gst::BusSyncReply::Drop
    });
    Ok(())
}

fn fault(message: &gst::message::Error, secret: Option<&str>) -> SourceFault {
    let error = message.error();
    let text = error.message().to_owned();
    // The debug text begins with a place in the source code; what follows is what the other side said.
    let debug = message.debug().unwrap_or_default();
    let said = debug.lines().skip(1).map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join(" ");
    let mut detail = if said.is_empty() || said == text { text } else { format!("{text} {said}") };
    if let Some(secret) = secret.filter(|secret| !secret.is_empty()) {
        detail = detail.replace(secret, "***");
    }
    SourceFault::new(cause(&error, &detail), detail)
}

fn cause(error: &glib::Error, detail: &str) -> OutageCause {
    use gst::{ResourceError, StreamError};
    if let Some(kind) = error.kind::<ResourceError>() {
        return match kind {
            ResourceError::NotAuthorized => OutageCause::Unauthorized,
            ResourceError::NotFound => OutageCause::NotFound,
            ResourceError::OpenRead | ResourceError::OpenWrite | ResourceError::OpenReadWrite => {
                OutageCause::Unreachable
            }
            ResourceError::Settings => OutageCause::UnsupportedMedia,
            _ if detail.contains("arse error") => OutageCause::CorruptStream,
            _ => OutageCause::Disconnected,
        };
    }
    match error.kind::<StreamError>() {
        Some(StreamError::CodecNotFound | StreamError::TypeNotFound | StreamError::WrongType) => {
            OutageCause::UnsupportedMedia
        }
        Some(_) => OutageCause::CorruptStream,
        None => OutageCause::Unknown,
    }
}
