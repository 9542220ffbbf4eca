//! `duxue.toml`: read once, checked once, then typed. An unknown key or an impossible value is refused with its place.

mod cameras;
mod check;
mod footage;
mod service;

use std::{
    net::{IpAddr, SocketAddr},
    path::PathBuf,
};

use duxue_rules::policy::Policy;
use serde::Deserialize;

pub use cameras::CameraConfig;
pub use footage::{AnalysisConfig, ClipsOf, EvidenceConfig, ObjectsConfig, RecordingConfig};
pub use service::{EventsConfig, PaceConfig, SignInConfig, UploadsConfig, WebhooksConfig};

/// The whole file. Every key but `data_dir` has a default.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// The name of this recorder, under which it leaves its signs of life; by default the machine's host name.
    #[serde(default = "host_name")]
    pub node: String,
    /// Where pages and API are served.
    #[serde(default = "default_listen")]
    pub listen: SocketAddr,
    /// The folder of everything duxue keeps: database, recordings, objects, keys.
    pub data_dir: PathBuf,
    /// `postgres://…`, or by default SQLite in `data_dir`.
    pub database: Option<String>,
    /// Whether the cookie is sent over HTTPS only; switch on behind a TLS proxy.
    #[serde(default)]
    pub secure_cookie: bool,
    /// Proxies before this service: their `X-Forwarded-For` is believed, so that whoever asks too fast, or guesses
    /// passwords, is slowed and not everybody.
    #[serde(default)]
    pub trusted_proxies: Vec<IpAddr>,
    /// How people sign in.
    #[serde(default)]
    pub sign_in: SignInConfig,
    /// How fast anybody may ask.
    #[serde(default)]
    pub pace: PaceConfig,
    /// Where clips and frames are kept.
    #[serde(default)]
    pub objects: ObjectsConfig,
    /// How footage is recorded and let go.
    #[serde(default)]
    pub recording: RecordingConfig,
    /// How pictures are analysed.
    #[serde(default)]
    pub analysis: AnalysisConfig,
    /// When clips are cut.
    #[serde(default)]
    pub evidence: EvidenceConfig,
    /// How much institutions may hand in.
    #[serde(default)]
    pub uploads: UploadsConfig,
    /// How long events can be asked for.
    #[serde(default)]
    pub events: EventsConfig,
    /// Where events may be sent.
    #[serde(default)]
    pub webhooks: WebhooksConfig,
    /// The numbers of the notice, where a city's differ.
    #[serde(default)]
    pub policy: Policy,
    /// Cameras that are set up by this file; others are added on the page.
    #[serde(default)]
    pub camera: Vec<CameraConfig>,
}

fn host_name() -> String {
    rustix::system::uname().nodename().to_string_lossy().into_owned()
}

fn default_listen() -> SocketAddr {
    SocketAddr::from(([127, 0, 0, 1], 8700))
}

impl Config {
    /// All defaults, in this folder.
    pub fn in_folder(data_dir: PathBuf) -> Self {
        Self {
            node: host_name(),
            listen: default_listen(),
            data_dir,
            database: None,
            secure_cookie: false,
            trusted_proxies: Vec::new(),
            sign_in: SignInConfig::default(),
            pace: PaceConfig::default(),
            objects: ObjectsConfig::default(),
            recording: RecordingConfig::default(),
            analysis: AnalysisConfig::default(),
            evidence: EvidenceConfig::default(),
            uploads: UploadsConfig::default(),
            events: EventsConfig::default(),
            webhooks: WebhooksConfig::default(),
            policy: Policy::default(),
            camera: Vec::new(),
        }
    }

    /// The database's address.
    pub fn database_url(&self) -> String {
        self.database.clone().unwrap_or_else(|| format!("sqlite://{}", self.data_dir.join("duxue.db").display()))
    }

    /// Where segments lie.
    pub fn recordings_dir(&self) -> PathBuf {
        self.data_dir.join("recordings")
    }

    /// Where objects lie when they are kept on this machine.
    pub fn objects_dir(&self) -> PathBuf {
        self.data_dir.join("objects")
    }

    /// Where the keys lie.
    pub fn keys_dir(&self) -> PathBuf {
        self.data_dir.join("keys")
    }

    /// Where uploads lie until they are whole and checked.
    pub fn uploads_dir(&self) -> PathBuf {
        self.data_dir.join("uploads")
    }

    /// Where sampled pictures wait until the session has been judged.
    pub fn spool_dir(&self) -> PathBuf {
        self.data_dir.join("spool")
    }
}
