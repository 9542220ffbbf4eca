//! What a camera in trouble does with connections and requests.

use std::{
    collections::HashSet,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

use gst::{glib, prelude::*};
use gst_rtsp::RTSPStatusCode;
use gst_server::prelude::*;
use gstreamer as gst;
use gstreamer_rtsp as gst_rtsp;
use gstreamer_rtsp_server as gst_server;

use super::{camera::Camera, fault::Fault, feed::Pacer};

/// Every connection that has asked for a camera.
#[derive(Default)]
pub(crate) struct Connections(Mutex<Vec<Connection>>);

struct Connection {
    client: glib::WeakRef<gst_server::RTSPClient>,
    context: glib::MainContext,
    cameras: HashSet<usize>,
    closed: Arc<AtomicBool>,
}

impl Connections {
    /// To be called while a request of `client` is handled.
    fn note(&self, client: &gst_server::RTSPClient, camera: usize) {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.retain(|c| !c.closed.load(Ordering::Acquire) && c.client.upgrade().is_some());
        if let Some(known) = all.iter_mut().find(|c| c.client.upgrade().as_ref() == Some(client)) {
            known.cameras.insert(camera);
        } else if let Some(context) = serving_context() {
            let closed = Arc::new(AtomicBool::new(false));
            let told = closed.clone();
            client.connect_closed(move |_| told.store(true, Ordering::Release));
            all.push(Connection { client: client.downgrade(), context, cameras: HashSet::from([camera]), closed });
        }
    }

    /// Closes every connection that has asked for `camera`, soon.
    pub(crate) fn cut(&self, camera: usize) {
        self.close(|cameras| cameras.contains(&camera));
    }

    /// Closes all, and waits until they are closed, but no longer than `limit`.
    pub(crate) fn close_all(&self, limit: Duration) {
        let closing = self.close(|_| true);
        let until = Instant::now() + limit;
        while !closing.iter().all(|closed| closed.load(Ordering::Acquire)) && Instant::now() < until {
            thread::sleep(Duration::from_millis(2));
        }
    }

    /// Tells of each that is closed when it is.
    fn close(&self, which: impl Fn(&HashSet<usize>) -> bool) -> Vec<Arc<AtomicBool>> {
        let mut closing = Vec::new();
        self.0.lock().unwrap_or_else(PoisonError::into_inner).retain(|connection| {
            let hit = which(&connection.cameras);
            if hit && let Some(client) = connection.client.upgrade() {
                close_soon(client, &connection.context);
                closing.push(connection.closed.clone());
            }
            !hit
        });
        closing
    }
}

/// The context of the thread that serves the client whose request is being handled. The server does not make it the
/// default of that thread, so it is asked of the source that is being dispatched.
fn serving_context() -> Option<glib::MainContext> {
    glib::main_current_source()?.context()
}

/// Closes `client` on the thread that serves it, after what that does now: elsewhere or in the middle of a request, the
/// server would go on with a connection that has been freed.
fn close_soon(client: gst_server::RTSPClient, context: &glib::MainContext) {
    let closing = glib::idle_source_new(None, glib::Priority::HIGH, move || {
        client.close();
        glib::ControlFlow::Break
    });
    closing.attach(Some(context));
}

/// Puts the faults of `cameras` in front of what `client` asks for.
pub(crate) fn guard(
    client: &gst_server::RTSPClient,
    cameras: &Arc<Vec<Arc<Camera>>>,
    connections: &Arc<Connections>,
    pacer: &Arc<Pacer>,
) {
    let gate = Gate { cameras: cameras.clone(), connections: connections.clone(), pacer: pacer.clone() };
    let check =
        Arc::new(move |client: &gst_server::RTSPClient, context: &gst_server::RTSPContext| gate.check(client, context));
    let hook = || {
        let check = check.clone();
        move |client: &gst_server::RTSPClient, context: &gst_server::RTSPContext| check(client, context)
    };
    let options = hook();
    client.connect_pre_options_request(move |client, context| {
        options(client, context);
        // GStreamer 1.22 frees memory it does not own when OPTIONS is answered with an error; closing needs no answer.
        RTSPStatusCode::Ok
    });
    client.connect_pre_describe_request(hook());
    client.connect_pre_setup_request(hook());
    client.connect_pre_play_request(hook());
    client.connect_pre_get_parameter_request(hook());
    client.connect_pre_set_parameter_request(hook());
}

struct Gate {
    cameras: Arc<Vec<Arc<Camera>>>,
    connections: Arc<Connections>,
    pacer: Arc<Pacer>,
}

impl Gate {
    fn check(&self, client: &gst_server::RTSPClient, context: &gst_server::RTSPContext) -> RTSPStatusCode {
        let path = context.uri().map(|uri| uri.request_uri().to_string()).unwrap_or_default();
        let Some(index) = camera_of(&path).filter(|n| *n < self.cameras.len()) else {
            return RTSPStatusCode::Ok;
        };
        self.connections.note(client, index);
        let fault = || self.cameras[index].fault(self.pacer.elapsed());
        match fault() {
            Some(Fault::Drop) => hang_up(client),
            Some(Fault::RefuseAuth) => RTSPStatusCode::Unauthorized,
            Some(Fault::NotFound) => RTSPStatusCode::NotFound,
            Some(Fault::NeverAnswer) => {
                // Each connection has a thread of its own, so this one may wait; when the fault ends it closes.
                while fault() == Some(Fault::NeverAnswer) && !self.pacer.is_stopped() {
                    thread::sleep(Duration::from_millis(20));
                }
                hang_up(client)
            }
            Some(
                Fault::Stall
                | Fault::Garbage
                | Fault::Dark
                | Fault::Freeze
                | Fault::Resize
                | Fault::H265
                | Fault::AudioOnly,
            )
            | None => RTSPStatusCode::Ok,
        }
    }
}

/// The answer to a client that will find the connection closed.
fn hang_up(client: &gst_server::RTSPClient) -> RTSPStatusCode {
    if let Some(context) = serving_context() {
        close_soon(client.clone(), &context);
    }
    RTSPStatusCode::ServiceUnavailable
}

/// The index of the camera that an address names: `…/cam/1/main` is camera 0.
fn camera_of(address: &str) -> Option<usize> {
    let (_, rest) = address.split_once("/cam/")?;
    let number = rest.split(['/', '?']).next()?;
    number.parse::<usize>().ok()?.checked_sub(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_name_cameras_from_one() {
        assert_eq!(camera_of("rtsp://127.0.0.1:8554/cam/1/main"), Some(0));
        assert_eq!(camera_of("rtsp://127.0.0.1:8554/cam/12/sub/stream=0"), Some(11));
        assert_eq!(camera_of("rtsp://127.0.0.1:8554/cam/0/sub"), None);
        assert_eq!(camera_of("rtsp://127.0.0.1:8554/other"), None);
    }
}
