//! The RTSP server with its cameras.

mod camera;
mod fault;
mod feed;
mod gate;
mod media;
mod playhead;

use std::{
    path::PathBuf,
    sync::Arc,
    thread::JoinHandle,
    time::{Duration, Instant},
};

use gst::glib;
use gst_server::prelude::*;
use gstreamer as gst;
use gstreamer_rtsp as gst_rtsp;
use gstreamer_rtsp_server as gst_server;

pub use camera::Stream;
pub use fault::Fault;

pub(crate) use self::camera::{Camera, PerStream};

use self::{feed::Pacer, gate::Connections};
use crate::{
    film::{self, FilmError},
    footage::{encode::EncodeError, still},
    script::Script,
    truth::{Truth, truth_at},
};

/// How long clients may take to be closed when the simulator ends.
const CLOSING_LIMIT: Duration = Duration::from_secs(5);

/// What to simulate.
#[derive(Clone, Debug)]
pub struct SimulatorConfig {
    /// The address to listen on, such as `127.0.0.1`.
    pub address: String,
    /// The TCP port; 0 takes any free one.
    pub port: u16,
    /// User name and password that clients must prove by digest authentication; none: anybody may look.
    pub credentials: Option<Credentials>,
    /// The cameras, which answer at `/cam/1/main`, `/cam/1/sub`, `/cam/2/main` and so on.
    pub cameras: Vec<CameraConfig>,
    /// Where encoded footage is kept between starts; made when missing.
    pub cache_dir: PathBuf,
}

/// A user name and its password.
#[derive(Clone)]
pub struct Credentials {
    /// The user name.
    pub user: String,
    /// The password.
    pub password: String,
}

impl std::fmt::Debug for Credentials {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Credentials").field("user", &self.user).finish_non_exhaustive()
    }
}

/// One camera.
#[derive(Clone, Debug)]
pub struct CameraConfig {
    /// What it shows.
    pub source: Source,
    /// Where in the loop it is when the simulator starts.
    pub offset: Duration,
}

impl CameraConfig {
    /// A camera in a drawn classroom, from the start of its script.
    pub fn drawn(script: Script) -> Self {
        Self { source: Source::Drawn(script), offset: Duration::ZERO }
    }

    /// A camera that plays a video file.
    pub fn file(path: impl Into<PathBuf>) -> Self {
        Self { source: Source::File(path.into()), offset: Duration::ZERO }
    }
}

/// What a camera shows.
#[derive(Clone, Debug)]
pub enum Source {
    /// A drawn classroom.
    Drawn(Script),
    /// A video file that GStreamer can read, over and over.
    File(PathBuf),
}

/// Why the simulator could not start, or a fault could not be set.
#[derive(Debug, thiserror::Error)]
pub enum SimulatorError {
    /// GStreamer is not there.
    #[error("GStreamer could not be started")]
    GStreamer(#[source] glib::Error),
    /// The footage of a camera could not be made.
    #[error("camera {number}: no footage")]
    Footage {
        /// The camera, from 1.
        number: usize,
        /// Why.
        #[source]
        source: FilmError,
    },
    /// Footage for a fault could not be made.
    #[error("no footage for the fault")]
    Fault(#[from] EncodeError),
    /// The port is taken, or the address is not ours.
    #[error("cannot listen on {address}:{port}: {reason}")]
    Listen {
        /// The address.
        address: String,
        /// The port.
        port: u16,
        /// What the system says.
        reason: String,
    },
    /// A thread could not be started.
    #[error("no thread")]
    Thread(#[source] std::io::Error),
    /// There is no such camera.
    #[error("there is no camera {number}, only 1 to {last}")]
    NoSuchCamera {
        /// The camera that was named.
        number: usize,
        /// The last one there is.
        last: usize,
    },
}

/// A running server; it stops when it is dropped.
pub struct Simulator {
    config: SimulatorConfig,
    port: u16,
    cameras: Arc<Vec<Arc<Camera>>>,
    factories: Vec<PerStream<gst_server::RTSPMediaFactory>>,
    connections: Arc<Connections>,
    pacer: Arc<Pacer>,
    /// Takes new connections; holds the server.
    listening: Option<glib::Source>,
    main_loop: glib::MainLoop,
    threads: Vec<JoinHandle<()>>,
}

impl Simulator {
    /// Makes the footage, unless it lies in the cache, and listens. Takes seconds when something must be encoded, so call
    /// it off an async runtime's own threads.
    pub fn start(config: SimulatorConfig) -> Result<Self, SimulatorError> {
        gst::init().map_err(SimulatorError::GStreamer)?;
        let sources: Vec<&Source> = config.cameras.iter().map(|camera| &camera.source).collect();
        let footage = film::footage_of(&sources, &config.cache_dir)
            .map_err(|(index, source)| SimulatorError::Footage { number: index + 1, source })?;
        let camera = |(camera, footage): (&CameraConfig, _)| {
            let script = match &camera.source {
                Source::Drawn(script) => Some(script.clone()),
                Source::File(_) => None,
            };
            Arc::new(Camera::new(footage, script, camera.offset))
        };
        let cameras = config.cameras.iter().zip(footage).map(camera).collect();
        Self::listen(config, Arc::new(cameras))
    }

    fn listen(config: SimulatorConfig, cameras: Arc<Vec<Arc<Camera>>>) -> Result<Self, SimulatorError> {
        let pacer = Pacer::new();
        let connections = Arc::new(Connections::default());
        let server = gst_server::RTSPServer::new();
        server.set_address(&config.address);
        server.set_service(&config.port.to_string());
        server.set_backlog(128);
        if let Some(pool) = server.thread_pool() {
            // A connection that is never answered blocks its thread, and must block no other.
            pool.set_max_threads(-1);
        }
        if let Some(Credentials { user, password }) = &config.credentials {
            let auth = gst_server::RTSPAuth::new();
            auth.set_supported_methods(gst_rtsp::RTSPAuthMethod::Digest);
            auth.add_digest(
                user,
                password,
                &gst_server::RTSPToken::builder().field("media.factory.role", media::ROLE).build(),
            );
            server.set_auth(Some(&auth));
        }
        let mounts = server.mount_points().unwrap_or_default();
        let mut factories = Vec::with_capacity(cameras.len());
        for (index, camera) in cameras.iter().enumerate() {
            let made = Stream::ALL.map(|stream| {
                let factory = media::factory(camera, stream, &pacer);
                mounts.add_factory(&path(index + 1, stream), factory.clone());
                factory
            });
            let [main, sub] = made;
            factories.push(PerStream { main, sub });
        }
        server.set_mount_points(Some(&mounts));
        let guarded = (cameras.clone(), connections.clone(), pacer.clone());
        server.connect_client_connected(move |_, client| gate::guard(client, &guarded.0, &guarded.1, &guarded.2));

        let context = glib::MainContext::new();
        let listening = server.attach(Some(&context)).map_err(|e| SimulatorError::Listen {
            address: config.address.clone(),
            port: config.port,
            reason: e.to_string(),
        })?;
        let port = u16::try_from(server.bound_port()).unwrap_or(config.port);
        if let Some(sessions) = server.session_pool() {
            let source = glib::timeout_source_new(Duration::from_secs(2), None, glib::Priority::DEFAULT, move || {
                sessions.cleanup();
                glib::ControlFlow::Continue
            });
            source.attach(Some(&context));
        }
        let main_loop = glib::MainLoop::new(Some(&context), false);
        let mut threads = Vec::new();
        let running = main_loop.clone();
        let serving = std::thread::Builder::new().name("camera-server".into()).spawn(move || {
            let context = running.context();
            let _ = context.with_thread_default(|| running.run());
        });
        threads.push(serving.map_err(SimulatorError::Thread)?);
        let (watched, cut) = (cameras.clone(), connections.clone());
        let cutting = std::sync::Mutex::new(vec![false; cameras.len()]);
        let pacing = pacer.spawn(move |now| {
            let mut cutting = cutting.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
            for (index, camera) in watched.iter().enumerate() {
                // What a command cuts it cuts at once: a second time would hit those who came since.
                let cuts = camera.fault_by_script(now).is_some_and(Fault::cuts_connections);
                if cuts && !cutting[index] {
                    cut.cut(index);
                }
                cutting[index] = cuts;
            }
        });
        threads.push(pacing.map_err(SimulatorError::Thread)?);
        tracing::info!(port, cameras = cameras.len(), "simulated cameras are ready");
        let listening = context.find_source_by_id(&listening);
        Ok(Self { config, port, cameras, factories, connections, pacer, listening, main_loop, threads })
    }

    /// The port it listens on.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// How many cameras there are; they are counted from 1.
    pub fn cameras(&self) -> usize {
        self.cameras.len()
    }

    /// The address of a stream, without user name and password.
    pub fn url(&self, camera: usize, stream: Stream) -> String {
        format!("rtsp://{}:{}{}", self.config.address, self.port, path(camera, stream))
    }

    /// The address of a stream, with user name and password when the simulator wants them.
    pub fn url_with_credentials(&self, camera: usize, stream: Stream) -> String {
        match &self.config.credentials {
            Some(Credentials { user, password }) => {
                format!("rtsp://{user}:{password}@{}:{}{}", self.config.address, self.port, path(camera, stream))
            }
            None => self.url(camera, stream),
        }
    }

    /// Where in its loop a camera is now.
    pub fn position(&self, camera: usize) -> Result<Duration, SimulatorError> {
        let camera = self.camera(camera)?;
        let length = camera.footage.main.length;
        let at = self.pacer.elapsed() + camera.offset;
        Ok(Duration::from_nanos((at.as_nanos() % length.as_nanos()) as u64))
    }

    /// What is really there at an instant, as a drawn camera should show it; none for a camera that plays a file.
    pub fn truth(&self, camera: usize, at: Instant) -> Result<Option<Truth>, SimulatorError> {
        let camera = self.camera(camera)?;
        let elapsed = at.saturating_duration_since(self.pacer.started());
        Ok(camera.script.as_ref().map(|script| truth_at(script, elapsed + camera.offset)))
    }

    /// How many streams are being watched now.
    pub fn streams(&self) -> usize {
        self.pacer.streams()
    }

    /// Sets what is wrong with a camera, or with `None` puts it right again. When this returns, the fault is in force for
    /// new requests; in running streams it shows within a second. May take a part of a second to encode a picture.
    pub fn set_fault(&self, camera: usize, fault: Option<Fault>) -> Result<(), SimulatorError> {
        let target = self.camera(camera)?;
        let was = target.fault(self.pacer.elapsed());
        let instead = match fault {
            Some(kind) => still::instead(kind, target, self.pacer.elapsed() + target.offset)?,
            None => None,
        };
        let factories = &self.factories[camera - 1];
        target.set(fault, instead);
        for stream in Stream::ALL {
            media::refit(factories.of(stream), target, stream, fault);
        }
        if fault.is_some_and(Fault::cuts_connections) || was.is_some_and(Fault::changes_media) {
            self.connections.cut(camera - 1);
        }
        Ok(())
    }

    /// Closes every connection of a camera once; clients may come back at once.
    pub fn cut(&self, camera: usize) -> Result<(), SimulatorError> {
        self.camera(camera)?;
        self.connections.cut(camera - 1);
        Ok(())
    }

    fn camera(&self, number: usize) -> Result<&Arc<Camera>, SimulatorError> {
        let last = self.cameras.len();
        number
            .checked_sub(1)
            .and_then(|index| self.cameras.get(index))
            .ok_or(SimulatorError::NoSuchCamera { number, last })
    }
}

fn path(camera: usize, stream: Stream) -> String {
    format!("/cam/{camera}/{}", stream.name())
}

impl Drop for Simulator {
    fn drop(&mut self) {
        self.pacer.stop();
        if let Some(listening) = self.listening.take() {
            listening.destroy();
        }
        // Not by the server's own filter, which would close each client on this thread.
        self.connections.close_all(CLOSING_LIMIT);
        // From within the loop: a loop that has not begun to run yet would forget that it was told to end.
        let ending = self.main_loop.clone();
        let end = glib::idle_source_new(None, glib::Priority::DEFAULT, move || {
            ending.quit();
            glib::ControlFlow::Break
        });
        end.attach(Some(&self.main_loop.context()));
        for thread in self.threads.drain(..) {
            let _ = thread.join();
        }
    }
}
