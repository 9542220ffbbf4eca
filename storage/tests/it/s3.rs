//! A real S3 server over TCP, on a directory, for as long as a test runs.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use duxue_storage::objects::S3Config;
use hyper::{Request, Response, body::Incoming, header::HeaderValue, service::Service};
use hyper_util::rt::TokioIo;
use s3s::{
    Body, HttpError,
    auth::SimpleAuth,
    service::{S3Service, S3ServiceBuilder},
};
use tempfile::TempDir;
use tokio::net::TcpListener;
use tokio_util::{sync::CancellationToken, task::TaskTracker};

pub struct S3Server {
    pub config: S3Config,
    pub root: TempDir,
    /// Whether it says that every object is locked, as a bucket with object lock does.
    pub locked: Arc<AtomicBool>,
    stop: CancellationToken,
}

impl S3Server {
    pub async fn start() -> Self {
        let root = tempfile::tempdir().unwrap();
        std::fs::create_dir(root.path().join("evidence")).unwrap();
        let mut builder = S3ServiceBuilder::new(s3s_fs::FileSystem::new(root.path()).unwrap());
        builder.set_auth(SimpleAuth::from_single("AKIATEST", "secret-of-the-test"));
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let endpoint = format!("http://{}", listener.local_addr().unwrap());
        let (stop, locked) = (CancellationToken::new(), Arc::new(AtomicBool::new(false)));
        let service = Locking { inner: builder.build(), locked: locked.clone() };
        let tracker = TaskTracker::new();
        let (stopped, connections) = (stop.clone(), tracker.clone());
        tracker.spawn(stop.clone().run_until_cancelled_owned(async move {
            loop {
                let (socket, _) = listener.accept().await.unwrap();
                let connection =
                    hyper::server::conn::http1::Builder::new().serve_connection(TokioIo::new(socket), service.clone());
                connections.spawn(stopped.clone().run_until_cancelled_owned(connection));
            }
        }));
        let config = S3Config {
            bucket: "evidence".into(),
            prefix: "duxue/one".into(),
            region: "us-east-1".into(),
            endpoint: Some(endpoint),
            access_key_id: "AKIATEST".into(),
            secret_access_key: "secret-of-the-test".into(),
            allow_http: true,
        };
        Self { config, root, locked, stop }
    }
}

impl Drop for S3Server {
    fn drop(&mut self) {
        self.stop.cancel();
    }
}

/// Adds what a bucket with object lock would say, which `s3s-fs` has no notion of.
#[derive(Clone)]
struct Locking {
    inner: S3Service,
    locked: Arc<AtomicBool>,
}

impl Service<Request<Incoming>> for Locking {
    type Response = Response<Body>;
    type Error = HttpError;
    type Future = futures::future::BoxFuture<'static, Result<Self::Response, Self::Error>>;

    fn call(&self, request: Request<Incoming>) -> Self::Future {
        let is_head = request.method() == hyper::Method::HEAD;
        let answer = Service::call(&self.inner, request);
        let locked = self.locked.load(Ordering::SeqCst);
        Box::pin(async move {
            let mut answer = answer.await?;
            if is_head && locked {
                let headers = answer.headers_mut();
                headers.insert("x-amz-object-lock-mode", HeaderValue::from_static("COMPLIANCE"));
                headers.insert("x-amz-object-lock-retain-until-date", HeaderValue::from_static("2027-10-08T01:00:00Z"));
            }
            Ok(answer)
        })
    }
}
