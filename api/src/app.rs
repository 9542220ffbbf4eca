//! What the routes work with: one value, built by the binary.

use std::{net::IpAddr, ops::Deref, path::PathBuf, sync::Arc, time::Duration};

use axum::extract::FromRef;
use duxue_rules::{access::Actor, calendar::Calendar};
use duxue_storage::{
    Objects, PublicKey, SecretKey, SigningKey, Spool, Store,
    in_force::{Grounds, InForce},
    policy::StoredPolicy,
    throttle::Throttle,
};
use jiff::{SignedDuration, Timestamp};
use tokio_util::{sync::CancellationToken, task::TaskTracker};
use uuid::{NoContext, Uuid};

use crate::{
    edges::{Cameras, Pokes, Vision},
    layers::pace::Pace,
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
    /// The policy and the calendar that decisions are taken under now.
    pub in_force: InForce,
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
    /// Of whom a second factor is asked.
    pub second_factor: SecondFactorOf,
    /// How tries per user name are slowed.
    pub throttle_user: Throttle,
    /// How failures per address are slowed; looser, as an office shares one address.
    pub throttle_address: Throttle,
    /// How fast anybody may ask for anything.
    pub rates: Rates,
    /// Proxies whose `X-Forwarded-For` is believed.
    pub trusted_proxies: Vec<IpAddr>,
    /// What an institution may hand in.
    pub uploads: UploadLimits,
    /// Whether webhooks may lead into inner networks.
    pub private_webhooks: bool,
}

/// So many requests at once, and so many a second after them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rate {
    /// Requests a second, for as long as one likes.
    pub per_second: u32,
    /// Requests at once after a pause.
    pub burst: u32,
}

/// How fast anybody may ask.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rates {
    /// From one address: an office with everybody in it shares one.
    pub address: Rate,
    /// With one sign-in or token.
    pub sign_in: Rate,
}

impl Default for Rates {
    /// Far above what a page needs, which asks some ten times when it opens; a program that runs wild is held at once.
    fn default() -> Self {
        Self { address: Rate { per_second: 200, burst: 12_000 }, sign_in: Rate { per_second: 50, burst: 3000 } }
    }
}

/// Of whom a second factor is asked. Everybody else may have one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SecondFactorOf {
    /// Of nobody.
    #[default]
    Nobody,
    /// Of the centre's people and auditors.
    Centre,
}

impl Settings {
    /// Whether a second factor is asked of this person.
    pub(crate) fn asks_second_factor(&self, actor: Actor) -> bool {
        match self.second_factor {
            SecondFactorOf::Nobody => false,
            SecondFactorOf::Centre => actor.institution.is_none(),
        }
    }
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
            second_factor: SecondFactorOf::default(),
            throttle_user: Throttle::default(),
            throttle_address: Throttle { free_failures: 50, ..Throttle::default() },
            rates: Rates::default(),
            trusted_proxies: Vec::new(),
            uploads: UploadLimits::default(),
            private_webhooks: false,
        }
    }
}

/// The app and what the api itself remembers between requests.
#[derive(Clone)]
pub(crate) struct Core(Arc<(App, ReadLog, Pace)>);

/// What one request works with: the whole, and the grounds that were in force when it began.
#[derive(Clone)]
pub(crate) struct Shared {
    core: Core,
    /// The numbers, with their version.
    pub(crate) policy: Arc<StoredPolicy>,
    /// The days.
    pub(crate) calendar: Arc<Calendar>,
}

impl FromRef<Core> for Shared {
    fn from_ref(core: &Core) -> Self {
        let Grounds { policy, calendar, .. } = core.in_force.now();
        Self { core: core.clone(), policy, calendar }
    }
}

impl Deref for Shared {
    type Target = Core;

    fn deref(&self) -> &Core {
        &self.core
    }
}

impl Core {
    pub(crate) fn new(app: App) -> Self {
        Self(Arc::new((app, ReadLog::default(), Pace::default())))
    }

    pub(crate) fn reads(&self) -> &ReadLog {
        &self.0.1
    }

    pub(crate) fn pace(&self) -> &Pace {
        &self.0.2
    }

    pub(crate) fn now(&self) -> Timestamp {
        (self.clock)()
    }
}

impl Deref for Core {
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
