//! `duxue.toml`: read once, checked once, then typed. An unknown key or an impossible value is refused with its place.

use std::{
    net::{IpAddr, SocketAddr},
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, bail};
use duxue_analytics::provider::{Precision, Provider};
use duxue_api::{Rate, Rates, UploadLimits};
use duxue_ingest::{CameraUrl, Transport};
use duxue_rules::policy::Policy;
use jiff::SignedDuration;
use serde::{Deserialize, Deserializer, de::Error as _};

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

/// How people sign in.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct SignInConfig {
    /// Of whom a second factor is asked; everybody may have one.
    pub second_factor: SecondFactorOf,
}

/// Of whom a second factor is asked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SecondFactorOf {
    /// Of nobody.
    #[default]
    Nobody,
    /// Of the centre's people and auditors.
    Centre,
}

impl From<SecondFactorOf> for duxue_api::SecondFactorOf {
    fn from(word: SecondFactorOf) -> Self {
        match word {
            SecondFactorOf::Nobody => Self::Nobody,
            SecondFactorOf::Centre => Self::Centre,
        }
    }
}

/// How fast anybody may ask; after a pause a burst of a minute's worth at once.
#[derive(Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct PaceConfig {
    /// Requests a second from one address.
    pub address_per_second: u32,
    /// Requests a second with one sign-in or token.
    pub sign_in_per_second: u32,
}

impl Default for PaceConfig {
    fn default() -> Self {
        let rates = Rates::default();
        Self { address_per_second: rates.address.per_second, sign_in_per_second: rates.sign_in.per_second }
    }
}

impl PaceConfig {
    /// As the API takes them.
    pub fn rates(&self) -> Rates {
        let rate = |per_second: u32| Rate { per_second, burst: per_second.saturating_mul(60) };
        Rates { address: rate(self.address_per_second), sign_in: rate(self.sign_in_per_second) }
    }
}

/// How long events can be asked for.
#[derive(Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct EventsConfig {
    /// Events are let go after so many days; the audit log keeps what happened.
    pub keep_days: u32,
}

impl Default for EventsConfig {
    fn default() -> Self {
        Self { keep_days: 90 }
    }
}

/// The fewest days that events are kept: what is told once a week is looked for among them.
const FEWEST_EVENT_DAYS: u32 = 14;
/// Longer sides to which a picture may be reduced for a detector, in pixels.
const LONG_SIDES: std::ops::RangeInclusive<u32> = 320..=4096;

/// Where events may be sent.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct WebhooksConfig {
    /// Whether a webhook may lead to this machine or into an inner network.
    pub allow_private_addresses: bool,
}

/// Where objects are kept.
#[derive(Debug, Default, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum ObjectsConfig {
    /// In `data_dir/objects`.
    #[default]
    Local,
    /// In a bucket of S3 or a compatible; the keys come from `AWS_ACCESS_KEY_ID` and `AWS_SECRET_ACCESS_KEY`.
    S3 {
        /// The bucket; it must exist.
        bucket: String,
        /// The address of a compatible service; absent for AWS.
        endpoint: Option<String>,
        /// What every key begins with, for several uses of one bucket.
        #[serde(default)]
        prefix: String,
        /// The region.
        #[serde(default = "default_region")]
        region: String,
        /// Whether an `http://` endpoint is wanted: only for a store on the same machine.
        #[serde(default)]
        allow_http: bool,
    },
}

/// How footage is recorded and let go.
#[derive(Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct RecordingConfig {
    /// Footage that nothing needs is let go after this many days.
    pub keep_days: u32,
    /// Below this much free disk the oldest footage that nothing needs goes first.
    pub reserve_bytes: u64,
    /// The longest segment in seconds.
    pub segment_seconds: u32,
}

impl Default for RecordingConfig {
    fn default() -> Self {
        Self { keep_days: 30, reserve_bytes: 2 << 30, segment_seconds: 60 }
    }
}

/// How pictures are analysed.
#[derive(Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct AnalysisConfig {
    /// Off: cameras are recorded and shown, nobody is counted.
    pub enabled: bool,
    /// Seconds between two samples of a camera in lesson time.
    pub sample_seconds: u32,
    /// Whether people without a visible face are counted as well.
    pub people: bool,
    /// People are looked for in one of so many samples at least, and wherever fewer faces show than people were there; 1: in each.
    pub people_every: u32,
    /// A picture is reduced to this many pixels on its longer side before people are looked for.
    pub people_long_side: u32,
    /// The same before faces are looked for. Time grows with its square; faces need 14 pixels of 1920 at 960.
    pub faces_long_side: u32,
    /// Whoever is known and sits still is told anew after so many seconds at the latest.
    pub known_seconds: u32,
    /// Folders searched for models before the usual ones.
    pub models: Vec<PathBuf>,
    /// `libonnxruntime.so`; absent: searched in the usual places.
    pub onnxruntime: Option<PathBuf>,
    /// Decoders shared by all cameras.
    pub decoders: usize,
    /// Threads of the model runtime.
    pub threads: usize,
    /// Pictures analysed at once, each with the models loaded for itself: as many cores as analysis may take.
    pub workers: usize,
    /// Who runs the models; the CPU when it cannot.
    pub provider: Provider,
    /// Which card, counted from 0.
    pub device: u16,
    /// How exactly a card calculates.
    pub precision: Precision,
}

impl Default for AnalysisConfig {
    fn default() -> Self {
        Self {
            enabled: true,
            sample_seconds: 10,
            people: true,
            people_every: 3,
            people_long_side: 640,
            faces_long_side: 960,
            known_seconds: 300,
            models: Vec::new(),
            onnxruntime: None,
            decoders: 2,
            threads: 1,
            workers: 1,
            provider: Provider::Cpu,
            device: 0,
            precision: Precision::Exact,
        }
    }
}

/// Which clips are cut without being asked for.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct EvidenceConfig {
    /// Of which lessons.
    pub clips: ClipsOf,
}

/// Of which lessons clips are cut without being asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ClipsOf {
    /// Of those that the plan picks so that R9.1 will hold (R9.2).
    #[default]
    PlannedDays,
    /// Of every session.
    EverySession,
    /// Of none.
    None,
}

/// How much institutions may hand in.
#[derive(Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct UploadsConfig {
    /// The most bytes of one file.
    pub max_file_bytes: u64,
    /// The most uploads of one institution that are not whole yet.
    pub max_open: u32,
    /// The most bytes of one institution's uploads that are not decided yet.
    pub max_institution_bytes: u64,
    /// An upload to which nothing is added for so many hours is given up.
    pub idle_hours: u32,
    /// FFmpeg's programs, with which a whole upload is looked at.
    pub ffprobe: PathBuf,
    /// See `ffprobe`.
    pub ffmpeg: PathBuf,
    /// A video that takes longer to look at does not play.
    pub check_seconds: u64,
    /// Whether sealed clips are traced, so that video which shows our own recordings once more is found.
    pub trace_clips: bool,
}

impl Default for UploadsConfig {
    fn default() -> Self {
        let limits = UploadLimits::default();
        Self {
            max_file_bytes: limits.file_bytes,
            max_open: limits.open,
            max_institution_bytes: limits.institution_bytes,
            idle_hours: 7 * 24,
            ffprobe: "ffprobe".into(),
            ffmpeg: "ffmpeg".into(),
            check_seconds: 30 * 60,
            trace_clips: true,
        }
    }
}

impl UploadsConfig {
    /// As the API takes them.
    pub fn limits(&self) -> UploadLimits {
        UploadLimits {
            file_bytes: self.max_file_bytes,
            open: self.max_open,
            institution_bytes: self.max_institution_bytes,
            idle: SignedDuration::from_hours(self.idle_hours.into()),
            ..UploadLimits::default()
        }
    }
}

/// A camera that the file sets up. It is known by institution, venue and name.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CameraConfig {
    /// The institution's name 培训机构.
    pub institution: String,
    /// The venue's name 教室.
    pub venue: String,
    /// The camera's name within the venue.
    pub name: String,
    /// The RTSP address of the main stream, credentials included.
    #[serde(deserialize_with = "camera_url")]
    pub url: CameraUrl,
    /// The RTSP address of the small stream for walls; the credentials are those of `url`.
    #[serde(default, deserialize_with = "optional_camera_url")]
    pub sub_url: Option<CameraUrl>,
    /// Over TCP or UDP.
    #[serde(default = "default_transport")]
    pub transport: Transport,
}

fn camera_url<'de, D: Deserializer<'de>>(value: D) -> Result<CameraUrl, D::Error> {
    CameraUrl::parse(&String::deserialize(value)?).map_err(D::Error::custom)
}

fn optional_camera_url<'de, D: Deserializer<'de>>(value: D) -> Result<Option<CameraUrl>, D::Error> {
    camera_url(value).map(Some)
}

fn host_name() -> String {
    rustix::system::uname().nodename().to_string_lossy().into_owned()
}

fn default_listen() -> SocketAddr {
    SocketAddr::from(([127, 0, 0, 1], 8700))
}

fn default_region() -> String {
    "us-east-1".into()
}

fn default_transport() -> Transport {
    Transport::Tcp
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

    /// Reads and checks the file.
    pub fn read(path: &Path) -> Result<Self> {
        let text = std::fs::read_to_string(path)
            .with_context(|| format!("cannot read the configuration {}", path.display()))?;
        Self::parse(&text).with_context(|| format!("the configuration {} is not right", path.display()))
    }

    /// Checks `text`; the error names the key and its line.
    pub fn parse(text: &str) -> Result<Self> {
        let config: Self = toml::from_str(text).map_err(|error| {
            // Its own display quotes the line, and the line may hold a camera's password.
            let before = &text[..error.span().map_or(0, |span| span.start).min(text.len())];
            anyhow::anyhow!("line {}: {}", before.matches('\n').count() + 1, error.message())
        })?;
        let node = config.node.trim();
        if node.is_empty() || node.len() > 200 || node.chars().any(char::is_control) {
            bail!("node = {:?}: a name of 1 to 200 bytes, which stays the same, is possible", config.node);
        }
        if config.recording.segment_seconds == 0 || config.recording.segment_seconds > 600 {
            bail!("recording.segment_seconds = {}: 1 to 600 is possible", config.recording.segment_seconds);
        }
        if config.analysis.sample_seconds == 0 {
            bail!("analysis.sample_seconds = 0: at least 1 second must lie between two samples");
        }
        if config.analysis.decoders == 0 || config.analysis.threads == 0 || config.analysis.workers == 0 {
            bail!("analysis.decoders, analysis.threads and analysis.workers must be at least 1");
        }
        let analysis = &config.analysis;
        if analysis.people_every == 0 {
            bail!("analysis.people_every = 0: 1 looks for people in each sample");
        }
        for (key, side) in
            [("people_long_side", analysis.people_long_side), ("faces_long_side", analysis.faces_long_side)]
        {
            if !LONG_SIDES.contains(&side) {
                bail!("analysis.{key} = {side}: {} to {} pixels are possible", LONG_SIDES.start(), LONG_SIDES.end());
            }
        }
        if config.pace.address_per_second == 0 || config.pace.sign_in_per_second == 0 {
            bail!("pace.address_per_second and pace.sign_in_per_second must be at least 1");
        }
        if config.events.keep_days < FEWEST_EVENT_DAYS {
            bail!("events.keep_days = {}: at least {FEWEST_EVENT_DAYS} is possible", config.events.keep_days);
        }
        let uploads = &config.uploads;
        if uploads.max_file_bytes == 0 || uploads.max_open == 0 || uploads.idle_hours == 0 {
            bail!("uploads.max_file_bytes, uploads.max_open and uploads.idle_hours must be at least 1");
        }
        if uploads.max_institution_bytes < uploads.max_file_bytes {
            bail!("uploads.max_institution_bytes must have room for one file of uploads.max_file_bytes");
        }
        if let Some(problem) = config.policy.problems().first() {
            bail!("policy.{}: must be {}", problem.field, problem.allowed);
        }
        for (index, camera) in config.camera.iter().enumerate() {
            let twin = config.camera[..index]
                .iter()
                .any(|c| (&c.institution, &c.venue, &c.name) == (&camera.institution, &camera.venue, &camera.name));
            if twin {
                bail!("two [[camera]] are named {} in {}, {}", camera.name, camera.venue, camera.institution);
            }
        }
        Ok(config)
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

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal(text: &str) -> String {
        format!("{:#}", Config::parse(text).unwrap_err())
    }

    #[test]
    fn one_line_is_enough() {
        let config = Config::parse(r#"data_dir = "/var/lib/duxue""#).unwrap();
        assert_eq!(config.policy, Policy::default());
        assert_eq!(config.database_url(), "sqlite:///var/lib/duxue/duxue.db");
        assert_eq!(config.node, host_name());
    }

    #[test]
    fn a_recorder_has_a_name() {
        assert_eq!(Config::parse("data_dir = \"/d\"\nnode = \"三楼\"").unwrap().node, "三楼");
        for bad in ["", "  ", "a\\nb"] {
            assert!(refusal(&format!("data_dir = \"/d\"\nnode = \"{bad}\"")).contains("node = "), "{bad}");
        }
    }

    #[test]
    fn an_unknown_key_is_named_with_its_line() {
        let text = refusal("data_dir = \"/d\"\n[recording]\nkeep_dayz = 3\n");
        assert!(text.contains("keep_dayz") && text.contains("line 3"), "{text}");
    }

    #[test]
    fn a_bad_value_is_named() {
        assert!(refusal("data_dir = \"/d\"\nlisten = \"nowhere\"").contains("line 2"));
        assert!(refusal("data_dir = \"/d\"\n[analysis]\nsample_seconds = 0").contains("sample_seconds"));
        assert!(refusal("data_dir = \"/d\"\n[analysis]\npeople_every = 0").contains("people_every"));
        assert!(refusal("data_dir = \"/d\"\n[analysis]\npeople_long_side = 31").contains("320 to 4096"));
        assert!(refusal("data_dir = \"/d\"\n[analysis]\nfaces_long_side = 9999").contains("faces_long_side = 9999"));
        assert!(refusal("data_dir = \"/d\"\n[events]\nkeep_days = 13").contains("keep_days"));
        assert!(refusal("data_dir = \"/d\"\n[uploads]\nmax_institution_bytes = 5").contains("max_institution_bytes"));
        assert!(refusal("data_dir = \"/d\"\n[policy]\nclip_min_minutes = 20").contains("clip_min_minutes"));
    }

    #[test]
    fn who_runs_the_models() {
        let analysis =
            |text: &str| Config::parse(&format!("data_dir = \"/d\"\n[analysis]\n{text}")).map(|c| c.analysis);
        let by_default = analysis("").unwrap();
        assert_eq!(
            (by_default.provider, by_default.device, by_default.precision),
            (Provider::Cpu, 0, Precision::Exact)
        );
        let card = analysis("provider = \"tensorrt\"\ndevice = 2\nprecision = \"fast\"").unwrap();
        assert_eq!((card.provider, card.device, card.precision), (Provider::TensorRt, 2, Precision::Fast));
        assert!(refusal("data_dir = \"/d\"\n[analysis]\nprovider = \"gpu\"").contains("`cuda`"));
    }

    #[test]
    fn a_camera_password_is_never_shown() {
        let text = r#"
            data_dir = "/d"
            [[camera]]
            institution = "甲"
            venue = "301"
            name = "前"
            url = "rtsp://admin:hunter2@192.0.2.1/main"
        "#;
        let config = Config::parse(text).unwrap();
        assert!(!format!("{config:?}").contains("hunter2"));
        let broken = text.replace("rtsp://", "http://");
        let text = refusal(&broken);
        assert!(!text.contains("hunter2"), "{text}");
    }

    #[test]
    fn twins_are_refused() {
        let camera = "[[camera]]\ninstitution='a'\nvenue='b'\nname='c'\nurl='rtsp://h/x'\n";
        assert!(refusal(&format!("data_dir='/d'\n{camera}{camera}")).contains("two [[camera]]"));
    }
}
