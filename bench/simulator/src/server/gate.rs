//! What a camera in trouble does with connections and requests.

use std::{
    collections::HashSet,
    sync::{Arc, Mutex, PoisonError},
    thread,
    time::Duration,
};

use gst::{glib, prelude::*};
use gst_rtsp::RTSPStatusCode;
use gst_server::prelude::*;
use gstreamer as gst;
use gstreamer_rtsp as gst_rtsp;
use gstreamer_rtsp_server as gst_server;

use super::{camera::Camera, fault::Fault, feed::Pacer};

/// Every connection, with the cameras it has asked for.
#[derive(Default)]
pub(crate) struct Connections(Mutex<Vec<Connection>>);

struct Connection {
    client: glib::WeakRef<gst_server::RTSPClient>,
    /// Of the thread that serves this client: nobody else may close it, or the server reads what is freed already.
    context: glib::MainContext,
    cameras: HashSet<usize>,
}

impl Connections {
    fn note(&self, client: &gst_server::RTSPClient, camera: usize) {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.retain(|c| c.client.upgrade().is_some());
        match all.iter_mut().find(|c| c.client.upgrade().as_ref() == Some(client)) {
            Some(connection) => {
                connection.cameras.insert(camera);
            }
            None => all.push(Connection {
                client: client.downgrade(),
                context: glib::MainContext::ref_thread_default(),
                cameras: HashSet::from([camera]),
            }),
        }
    }

    /// Closes every connection that has asked for `camera`.
    pub(crate) fn cut(&self, camera: usize) {
        let mut hit = Vec::new();
        self.0.lock().unwrap_or_else(PoisonError::into_inner).retain(|c| match c.client.upgrade() {
            Some(client) if c.cameras.contains(&camera) => {
                hit.push((client, c.context.clone()));
                false
            }
            Some(_) => true,
            None => false,
        });
        for (client, context) in hit {
            context.invoke(move || client.close());
        }
    }
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
            Some(Fault::Drop) => {
                client.close();
                RTSPStatusCode::ServiceUnavailable
            }
            Some(Fault::RefuseAuth) => RTSPStatusCode::Unauthorized,
            Some(Fault::NotFound) => RTSPStatusCode::NotFound,
            Some(Fault::NeverAnswer) => {
                // Each connection has a thread of its own, so this one may wait; when the fault ends it closes.
                while fault() == Some(Fault::NeverAnswer) && !self.pacer.is_stopped() {
                    thread::sleep(Duration::from_millis(20));
                }
                client.close();
                RTSPStatusCode::ServiceUnavailable
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
