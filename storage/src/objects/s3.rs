//! S3 and what speaks like it.

use std::{fmt, sync::Arc, time::Duration};

use object_store::{
    ClientOptions, ObjectStore, RetryConfig,
    aws::{AmazonS3, AmazonS3Builder, S3CopyIfNotExists},
    path::Path,
    prefix::PrefixStore,
    signer::Signer,
};
use serde::Deserialize;

use super::ObjectError;

const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);
/// Of one request: at most a part of some megabytes either way.
const REQUEST_TIMEOUT: Duration = Duration::from_secs(120);
const RETRIES: usize = 5;
const RETRY_FOR: Duration = Duration::from_secs(60);
/// A signed address is used at once.
const SIGNED_FOR: Duration = Duration::from_secs(60);

/// Where the bucket is, and who we are there.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct S3Config {
    /// The bucket; it is there already.
    pub bucket: String,
    /// What every key begins with, for several uses of one bucket.
    #[serde(default)]
    pub prefix: String,
    /// The region; stores other than Amazon's mostly ignore it.
    #[serde(default = "default_region")]
    pub region: String,
    /// `https://host:port` of a store other than Amazon's.
    #[serde(default)]
    pub endpoint: Option<String>,
    /// The access key's name.
    pub access_key_id: String,
    /// The access key's secret.
    pub secret_access_key: String,
    /// Whether an `http://` endpoint is wanted: only for a store on the same machine.
    #[serde(default)]
    pub allow_http: bool,
}

fn default_region() -> String {
    "us-east-1".to_owned()
}

impl fmt::Debug for S3Config {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { bucket, prefix, region, endpoint, .. } = self;
        write!(f, "S3Config({bucket}/{prefix} in {region} at {})", endpoint.as_deref().unwrap_or("Amazon"))
    }
}

/// Whether the store itself keeps an object from being deleted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Lock {
    /// A directory has no such thing: backups and permissions do it.
    NotOffered,
    /// The store could, but this object is not locked.
    Off,
    /// Locked.
    On {
        /// `GOVERNANCE` or `COMPLIANCE`.
        mode: String,
        /// Until when, as the store writes it; `None`: a legal hold without end.
        until: Option<String>,
    },
}

/// What is needed beyond [`ObjectStore`].
pub(super) struct S3 {
    store: Arc<AmazonS3>,
    client: reqwest::Client,
    config: S3Config,
}

impl fmt::Debug for S3 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.config.fmt(f)
    }
}

pub(super) fn open(config: &S3Config) -> Result<(Arc<dyn ObjectStore>, S3), ObjectError> {
    // Both clients below take the process's provider; who came first wins, and it is ours wherever it is us.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let refused = |error: &dyn fmt::Display| ObjectError::Config { problem: error.to_string() };
    if let Some(endpoint) = &config.endpoint
        && endpoint.starts_with("http://")
        && !config.allow_http
    {
        let problem = "endpoint is http://, which sends evidence in the clear; use https:// or set allow_http = true";
        return Err(ObjectError::Config { problem: problem.to_owned() });
    }
    let client = ClientOptions::new()
        .with_connect_timeout(CONNECT_TIMEOUT)
        .with_timeout(REQUEST_TIMEOUT)
        .with_allow_http(config.allow_http);
    let retry = RetryConfig { max_retries: RETRIES, retry_timeout: RETRY_FOR, ..RetryConfig::default() };
    let mut builder = AmazonS3Builder::new()
        .with_bucket_name(&config.bucket)
        .with_region(&config.region)
        .with_access_key_id(&config.access_key_id)
        .with_secret_access_key(&config.secret_access_key)
        .with_client_options(client)
        .with_retry(retry)
        .with_copy_if_not_exists(S3CopyIfNotExists::Multipart);
    if let Some(endpoint) = &config.endpoint {
        builder = builder.with_endpoint(endpoint);
    }
    let store = Arc::new(builder.build().map_err(|error| refused(&error))?);
    let client = reqwest::Client::builder()
        .connect_timeout(CONNECT_TIMEOUT)
        .timeout(REQUEST_TIMEOUT)
        .build()
        .map_err(|error| refused(&error))?;
    let s3 = S3 { store: store.clone(), client, config: config.clone() };
    Ok((Arc::new(PrefixStore::new(store, config.prefix.as_str())), s3))
}

impl S3 {
    /// Asks for the object's own retention (S3 API, HeadObject), which `object_store` does not show.
    pub(super) async fn lock(&self, key: &str) -> Result<Lock, ObjectError> {
        let full = Path::from(self.config.prefix.as_str()).parts().chain(Path::from(key).parts()).collect::<Path>();
        let failed = |problem: String| ObjectError::Store {
            key: key.to_owned(),
            source: object_store::Error::Generic { store: "S3", source: problem.into() },
        };
        let url = self.store.signed_url(http::Method::HEAD, &full, SIGNED_FOR).await;
        let url = url.map_err(|error| ObjectError::of(key, error))?;
        // The signed address stays out of the error: whoever has it can read the object for a minute.
        let answer = self.client.head(url).send().await.map_err(|error| failed(error.without_url().to_string()))?;
        if answer.status() == http::StatusCode::NOT_FOUND {
            return Err(ObjectError::Missing { key: key.to_owned() });
        }
        if !answer.status().is_success() {
            return Err(failed(format!("asking for the object lock: {}", answer.status())));
        }
        let header = |name: &str| answer.headers().get(name).and_then(|value| value.to_str().ok()).map(str::to_owned);
        if header("x-amz-object-lock-legal-hold").as_deref() == Some("ON") {
            return Ok(Lock::On { mode: "LEGAL HOLD".to_owned(), until: None });
        }
        Ok(match header("x-amz-object-lock-mode") {
            Some(mode) => Lock::On { mode, until: header("x-amz-object-lock-retain-until-date") },
            None => Lock::Off,
        })
    }
}
