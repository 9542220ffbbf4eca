//! The composition root: builds every part once, in order, and runs them. `serve` and `demo` both start this.

use std::{net::SocketAddr, path::Path, sync::Arc, time::Duration};

use anyhow::{Context, Result, bail};
use duxue_api::{
    App, Settings,
    edges::{self, Cameras, Pokes},
};
use duxue_ingest::{DecoderPool, Ingest, IngestConfig};
use duxue_storage::{
    Objects, SecretKey, SigningKey, Spool, Store,
    in_force::{Grounds, InForce},
    objects::S3Config,
};
use tokio::{net::TcpListener, sync::Notify};
use tracing::{info, warn};

use crate::{
    clock::Clock,
    config::{ClipsOf, Config, ObjectsConfig},
    jobs::{self, Parts},
    lifecycle::Lifecycle,
    pages,
    wire::{cameras::IngestCameras, declared, films::Films, vision::Vision},
};

/// A running service.
pub struct Service {
    /// Where it listens.
    pub address: SocketAddr,
    /// Its database.
    pub store: Store,
    life: Lifecycle,
}

/// Everything that a service is made of, before it works: nothing is served, recorded or done by itself yet.
pub struct Prepared {
    /// Where it will listen.
    pub address: SocketAddr,
    /// What the jobs work with.
    pub parts: Parts,
    listener: TcpListener,
    events: tokio::sync::mpsc::Receiver<duxue_ingest::IngestEvent>,
    life: Lifecycle,
}

impl Prepared {
    /// Builds every part once. When this fails, nothing is left running and the sentence says what to do.
    pub async fn new(config: Config, clock: Clock) -> Result<Self> {
        let config = Arc::new(config);
        // Before anything else, so that a port in use is told at once.
        let listener = bind(config.listen).await?;
        let address = listener.local_addr()?;
        make_folders(&config)?;

        let secret = SecretKey::load_or_create(&config.keys_dir().join("secret.key"))?;
        let signing = SigningKey::load_or_create(&config.keys_dir().join("signing.pem"))?;
        publish(&config.keys_dir().join("public-key.pem"), &signing.public().to_pem())?;
        let store = open_store(&config).await?;
        let objects = open_objects(&config)?;
        let spool = Spool::open(config.uploads_dir()).await.context("the folder of uploads cannot be opened")?;
        let now = clock();
        let mut tx = store.begin().await?;
        let policy = tx.ensure_policy(&config.policy, now).await?;
        let calendar = tx.calendar().await?;
        tx.commit().await?;
        jobs::index_footage::catch_up(&store, &config.node, &config.recordings_dir(), now).await?;
        declared::apply(&store, &secret, &config.camera, now).await?;
        if let Err(error) = objects.sweep_incoming(now - jiff::SignedDuration::from_hours(24)).await {
            warn!("half-written objects of earlier runs could not be cleared away: {error}");
        }

        let life = Lifecycle::default();
        let analysis = config.clone();
        let vision =
            Arc::new(tokio::task::spawn_blocking(move || Vision::load(&analysis.analysis, &analysis.data_dir)).await?);
        let decoders = DecoderPool::new(config.analysis.decoders)?;
        let (ingest, events) =
            Ingest::start(ingest_config(&config), clock.clone(), &life.producers.tasks, life.producers.stop.clone())?;
        let parts = Parts {
            config,
            store,
            objects,
            spool,
            secret,
            signing: Arc::new(signing),
            in_force: InForce::new(Grounds::new(policy, calendar)),
            ingest,
            decoders,
            vision,
            pokes: Pokes::default(),
            observed: Arc::new(Notify::new()),
            clock,
        };
        Ok(Self { address, parts, listener, events, life })
    }

    /// What the API works with, over these cameras and eyes.
    pub fn app(&self, cameras: Arc<dyn Cameras>, vision: Arc<dyn edges::Vision>, settings: Settings) -> App {
        let parts = &self.parts;
        App {
            store: parts.store.clone(),
            objects: parts.objects.clone(),
            spool: parts.spool.clone(),
            secret: parts.secret.clone(),
            public_key: parts.signing.public(),
            signing: parts.signing.clone(),
            recordings_dir: parts.config.recordings_dir(),
            cameras,
            vision,
            pokes: parts.pokes.clone(),
            clock: parts.clock.clone(),
            in_force: parts.in_force.clone(),
            tracker: self.life.producers.tasks.clone(),
            stop: self.life.producers.stop.clone(),
            settings: Settings {
                version: env!("CARGO_PKG_VERSION").to_owned(),
                secure_cookie: parts.config.secure_cookie,
                second_factor: parts.config.sign_in.second_factor.into(),
                trusted_proxies: parts.config.trusted_proxies.clone(),
                uploads: parts.config.uploads.limits(),
                private_webhooks: parts.config.webhooks.allow_private_addresses,
                ..settings
            },
        }
    }

    /// Begins to record, to work and to answer.
    pub fn run(self) -> Service {
        let parts = &self.parts;
        let cameras = IngestCameras {
            ingest: parts.ingest.clone(),
            decoders: parts.decoders.clone(),
            recordings_dir: parts.config.recordings_dir(),
            reserve_bytes: parts.config.recording.reserve_bytes,
            looks: IngestCameras::looks(),
            films: Films::below(&parts.config.data_dir),
        };
        let settings = Settings { rates: parts.config.pace.rates(), ..Settings::default() };
        let app = self.app(Arc::new(cameras), parts.vision.clone(), settings);
        let router = pages::with_pages(duxue_api::router(app));
        let Self { address, parts, listener, events, life } = self;
        start_jobs(&life, &parts, events);
        let stop = life.producers.stop.clone();
        life.spawn_vital(&life.producers, "http", async move {
            let service = router.into_make_service_with_connect_info::<SocketAddr>();
            if let Err(error) = axum::serve(listener, service).with_graceful_shutdown(stop.cancelled_owned()).await {
                tracing::error!("the HTTP server ended: {error}");
            }
        });
        info!(%address, "duxue is up");
        Service { address, store: parts.store, life }
    }
}

impl Service {
    /// Starts everything. When this fails, nothing is left running and the sentence says what to do.
    pub async fn start(config: Config, clock: Clock) -> Result<Self> {
        Ok(Prepared::new(config, clock).await?.run())
    }

    /// Runs until a signal or a failure, and stops in order: producers, consumers, database.
    pub async fn run_until_stopped(self) -> Result<()> {
        let outcome = self.life.run_until_stopped().await;
        // A connection that hangs must not hold up the end.
        let _ = tokio::time::timeout(Duration::from_secs(5), self.store.close()).await;
        outcome
    }
}

/// Every job, in one place.
fn start_jobs(life: &Lifecycle, parts: &Parts, events: tokio::sync::mpsc::Receiver<duxue_ingest::IngestEvent>) {
    let (producers, consumers) = (&life.producers, &life.consumers);
    // Ends when the cameras have ended and everything they left is written down.
    consumers.tasks.spawn(jobs::index_footage::run(parts.clone(), events));
    life.spawn_vital(consumers, "beat", jobs::index_footage::beat(parts.clone(), consumers.stop.clone()));
    life.spawn_vital(producers, "apply_cameras", jobs::apply_cameras::run(parts.clone(), producers.stop.clone()));
    if parts.vision.eyes().is_some() {
        let (stop, tasks) = (producers.stop.clone(), producers.tasks.clone());
        life.spawn_vital(producers, "sample_sessions", jobs::sample_sessions::run(parts.clone(), stop, tasks));
    }
    life.spawn_vital(consumers, "judge_sessions", jobs::judge_sessions::run(parts.clone(), consumers.stop.clone()));
    if parts.config.evidence.clips != ClipsOf::None {
        life.spawn_vital(consumers, "request_clips", jobs::request_clips::run(parts.clone(), consumers.stop.clone()));
    }
    life.spawn_vital(consumers, "cut_clips", jobs::cut_clips::run(parts.clone(), consumers.stop.clone()));
    life.spawn_vital(consumers, "follow_grounds", jobs::follow_grounds::run(parts.clone(), consumers.stop.clone()));
    life.spawn_vital(consumers, "forget_faces", jobs::forget_faces::run(parts.clone(), consumers.stop.clone()));
    life.spawn_vital(consumers, "renew_faces", jobs::renew_faces::run(parts.clone(), consumers.stop.clone()));
    life.spawn_vital(consumers, "forget_looks", jobs::forget_looks::run(parts.clone(), consumers.stop.clone()));
    life.spawn_vital(consumers, "sign_audit_log", jobs::sign_audit_log::run(parts.clone(), consumers.stop.clone()));
    life.spawn_vital(consumers, "check_uploads", jobs::check_uploads::run(parts.clone(), consumers.stop.clone()));
    life.spawn_vital(consumers, "trace_footage", jobs::trace_footage::run(parts.clone(), consumers.stop.clone()));
    life.spawn_vital(consumers, "sweep_uploads", jobs::sweep_uploads::run(parts.clone(), consumers.stop.clone()));
    life.spawn_vital(consumers, "sweep_accounts", jobs::sweep_accounts::run(parts.clone(), consumers.stop.clone()));
    life.spawn_vital(consumers, "tell_due", jobs::tell_due::run(parts.clone(), consumers.stop.clone()));
    life.spawn_vital(consumers, "deliver_events", jobs::deliver_events::run(parts.clone(), consumers.stop.clone()));
    life.spawn_vital(consumers, "prune_events", jobs::prune_events::run(parts.clone(), consumers.stop.clone()));
    life.spawn_vital(consumers, "prune_footage", jobs::prune_footage::run(parts.clone(), consumers.stop.clone()));
}

async fn bind(address: SocketAddr) -> Result<TcpListener> {
    match TcpListener::bind(address).await {
        Ok(listener) => Ok(listener),
        Err(error) if error.kind() == std::io::ErrorKind::AddrInUse => bail!(
            "{address} is in use by another program (perhaps another duxue): stop that one, or set another `listen` address"
        ),
        Err(error) => Err(error).with_context(|| format!("cannot listen on {address}")),
    }
}

fn make_folders(config: &Config) -> Result<()> {
    for folder in [config.data_dir.clone(), config.recordings_dir(), config.keys_dir(), config.spool_dir()] {
        std::fs::create_dir_all(&folder).with_context(|| {
            format!("cannot make the folder {}; see data_dir in the configuration", folder.display())
        })?;
    }
    Ok(())
}

/// Writes the public key beside the private one, for whoever is to check seals.
fn publish(path: &Path, pem: &str) -> Result<()> {
    std::fs::write(path, pem).with_context(|| format!("cannot write {}", path.display()))
}

/// Opens the database and brings it to this version.
pub async fn open_store(config: &Config) -> Result<Store> {
    let url = config.database_url().parse()?;
    Ok(Store::connect(&url, true).await?)
}

/// Opens the object store.
pub fn open_objects(config: &Config) -> Result<Objects> {
    match &config.objects {
        ObjectsConfig::Local => Ok(Objects::directory(config.objects_dir())?),
        ObjectsConfig::S3 { bucket, prefix, endpoint, region, allow_http } => {
            let from_environment = |name: &str| {
                std::env::var(name)
                    .with_context(|| format!("[objects] is S3, but {name} is not set in the environment"))
            };
            Ok(Objects::s3(&S3Config {
                bucket: bucket.clone(),
                prefix: prefix.clone(),
                region: region.clone(),
                endpoint: endpoint.clone(),
                access_key_id: from_environment("AWS_ACCESS_KEY_ID")?,
                secret_access_key: from_environment("AWS_SECRET_ACCESS_KEY")?,
                allow_http: *allow_http,
            })?)
        }
    }
}

fn ingest_config(config: &Config) -> IngestConfig {
    IngestConfig {
        segment_max: Duration::from_secs(config.recording.segment_seconds.into()),
        ..IngestConfig::new(config.recordings_dir())
    }
}
