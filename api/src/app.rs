//! What the routes work with: one value, built by the binary.

use std::{net::IpAddr, ops::Deref, path::PathBuf, sync::Arc, time::Duration};

use duxue_storage::{
    Objects, PublicKey, SecretKey, SigningKey, Spool, Store, policy::StoredPolicy, throttle::Throttle,
};
use jiff::{SignedDuration, Timestamp};
use tokio_util::{sync::CancellationToken, task::TaskTracker};
use uuid::{NoContext, Uuid};

use crate::{
    edges::{Cameras, Pokes, Vision},
    reads::ReadLog,
};

/// Says what time it is.
pub type Clock = Arc<dyn Fn() -> Timestamp + Send + Sync>;

/// Everything the routes need.
pub struct App {
    /// The database.
    pub store: Store,
    /// Clips and frames.
    pub objects: Objects,
    /// Encrypts camera credentials and face templates.
    pub secret: SecretKey,
    /// What seals are checked with.
    pub public_key: PublicKey,
    /// Signs packages and the audit log's checkpoints.
    pub signing: Arc<SigningKey>,
    /// Where segments lie; their rows hold paths below it.
    pub recordings_dir: PathBuf,
    /// Where uploads lie until they are whole and checked.
    pub spool: Spool,
    /// The cameras as they run.
    pub cameras: Arc<dyn Cameras>,
    /// Picture analysis.
    pub vision: Arc<dyn Vision>,
    /// Wakes the reconcilers.
    pub pokes: Pokes,
    /// The policy that decisions are taken under now.
    pub policy: StoredPolicy,
    /// What time it is.
    pub clock: Clock,
    /// Live sockets are counted here, so that a stop can wait until their watches are closed.
    pub tracker: TaskTracker,
    /// When cancelled, live sockets close.
    pub stop: CancellationToken,
    /// The rest.
    pub settings: Settings,
}

/// What the operator may set.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The version shown.
    pub version: String,
    /// Whether pages come over HTTPS; the cookie is then sent over nothing else.
    pub secure_cookie: bool,
    /// How long a sign-in lasts.
    pub sign_in_lasts: SignedDuration,
    /// How tries per user name are slowed.
    pub throttle_user: Throttle,
    /// How failures per address are slowed; looser, as an office shares one address.
    pub throttle_address: Throttle,
    /// Proxies whose `X-Forwarded-For` is believed.
    pub trusted_proxies: Vec<IpAddr>,
    /// What an institution may hand in.
    pub uploads: UploadLimits,
    /// Whether webhooks may lead into inner networks.
    pub private_webhooks: bool,
}

/// How much an institution may hand in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UploadLimits {
    /// Bytes of one file.
    pub file_bytes: u64,
    /// Uploads that are not whole yet, of one institution.
    pub open: u32,
    /// Bytes announced by one institution's uploads that are not decided yet.
    pub institution_bytes: u64,
    /// An upload to which nothing is added for so long is given up.
    pub idle: SignedDuration,
    /// A request that brings nothing for so long is let go; its bytes are kept.
    pub stall: Duration,
}

impl Default for UploadLimits {
    /// A whole day of lessons at 4 Mbit/s is 16 GB.
    fn default() -> Self {
        Self {
            file_bytes: 16 << 30,
            open: 16,
            institution_bytes: 64 << 30,
            idle: SignedDuration::from_hours(7 * 24),
            stall: Duration::from_secs(30),
        }
    }
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            version: env!("CARGO_PKG_VERSION").to_owned(),
            secure_cookie: false,
            sign_in_lasts: SignedDuration::from_hours(12),
            throttle_user: Throttle::default(),
            throttle_address: Throttle { free_failures: 50, ..Throttle::default() },
            trusted_proxies: Vec::new(),
            uploads: UploadLimits::default(),
            private_webhooks: false,
        }
    }
}

/// The app and what the api itself remembers between requests.
#[derive(Clone)]
pub(crate) struct Shared(Arc<(App, ReadLog)>);

impl Shared {
    pub(crate) fn new(app: App) -> Self {
        Self(Arc::new((app, ReadLog::default())))
    }

    pub(crate) fn reads(&self) -> &ReadLog {
        &self.0.1
    }

    pub(crate) fn now(&self) -> Timestamp {
        (self.clock)()
    }
}

impl Deref for Shared {
    type Target = App;

    fn deref(&self) -> &App {
        &self.0.0
    }
}

/// An identity made now: UUID version 7 (RFC 9562), so that identities sort by time.
pub(crate) fn new_id<I: From<Uuid>>(now: Timestamp) -> I {
    let (seconds, nanoseconds) = (now.as_second(), now.subsec_nanosecond());
    let stamp = uuid::Timestamp::from_unix(
        NoContext,
        u64::try_from(seconds).unwrap_or(0),
        u32::try_from(nanoseconds).unwrap_or(0),
    );
    Uuid::new_v7(stamp).into()
}
