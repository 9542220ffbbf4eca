//! The calls that are made most, and the API that they are made to.

use std::{path::Path, sync::Arc};

use anyhow::{Result, bail};
use bytes::Bytes;
use duxue_api::{
    App, Rate, Rates, Settings,
    edges::{
        CameraStatus, Cameras, DiskRoom, EnrolRefusal, FaceTemplate, LivePictures, LiveRefusal, LookAt, LookRefusal,
        Looked, Pokes, Snapshot, Stream, Vision, VisionStatus,
    },
};
use duxue_rules::{
    ids::{CameraId, StudentId},
    observation::Likeness,
    text::Text,
};
use duxue_storage::{Objects, SigningKey, Spool, Store};
use futures::{FutureExt, future::BoxFuture};
use http::{Method, Request, header};
use http_body_util::{BodyExt, Full};
use serde_json::{Value, json};
use tokio_util::{sync::CancellationToken, task::TaskTracker};
use tower::ServiceExt;
use tower::util::BoxCloneSyncService;

use super::world::{self, World};

/// No list is followed further.
const MOST_PAGES: u32 = 5_000;

/// Cameras and eyes of a service that has none.
struct Nothing;

impl Cameras for Nothing {
    fn status(&self, _: CameraId) -> Option<CameraStatus> {
        None
    }

    fn live(&self, _: CameraId, _: Stream) -> BoxFuture<'_, Result<LivePictures, LiveRefusal>> {
        async { Err(LiveRefusal::NotLive) }.boxed()
    }

    fn snapshot(&self, _: CameraId) -> BoxFuture<'_, Result<Snapshot, LiveRefusal>> {
        async { Err(LiveRefusal::NotLive) }.boxed()
    }

    fn look(&self, _: LookAt) -> BoxFuture<'_, Result<Looked, LookRefusal>> {
        async { Err(LookRefusal::Busy) }.boxed()
    }

    fn disk(&self) -> Option<DiskRoom> {
        None
    }
}

impl Vision for Nothing {
    fn status(&self) -> VisionStatus {
        VisionStatus::Off { reason: Text::new("未启用", "off") }
    }

    fn enrol(&self, _: Bytes) -> BoxFuture<'_, Result<FaceTemplate, EnrolRefusal>> {
        async { Err(EnrolRefusal::Unavailable(Text::new("未启用", "off"))) }.boxed()
    }

    fn recogniser(&self) -> Option<String> {
        None
    }

    fn liken(&self, _: Bytes, _: Vec<(StudentId, Vec<f32>)>) -> BoxFuture<'_, Result<Option<Likeness>, EnrolRefusal>> {
        async { Err(EnrolRefusal::Unavailable(Text::new("未启用", "off"))) }.boxed()
    }
}

/// Who makes a call.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Who {
    Supervisor,
    Institution,
    Device,
}

/// Makes something of a call out of the world and the turn.
type Of<T> = Arc<dyn Fn(&World, u64) -> T + Send + Sync>;

/// A kind of call; which class it is about changes from turn to turn.
#[derive(Clone)]
pub struct Call {
    pub name: &'static str,
    who: Who,
    method: Method,
    path: Of<String>,
    body: Of<Option<Value>>,
}

type Answers = BoxCloneSyncService<Request<Full<Bytes>>, (u16, Bytes), anyhow::Error>;

/// The API in process.
pub struct Caller(Answers);

impl Caller {
    pub async fn new(store: &Store, world: &World, dir: &Path) -> Result<Self> {
        let signing = SigningKey::from_bytes(&[9; 32]);
        // What is measured is how fast an answer can be, not how fast one address may ask.
        let unhurried = Rate { per_second: u32::MAX, burst: u32::MAX };
        let router = duxue_api::router(App {
            store: store.clone(),
            objects: Objects::directory(dir.join("objects"))?,
            secret: world.secret.clone(),
            public_key: signing.public(),
            signing: Arc::new(signing),
            recordings_dir: dir.join("recordings"),
            spool: Spool::open(dir.join("uploads")).await?,
            cameras: Arc::new(Nothing),
            vision: Arc::new(Nothing),
            pokes: Pokes::default(),
            in_force: world.in_force.clone(),
            clock: Arc::new(world::now),
            tracker: TaskTracker::new(),
            stop: CancellationToken::new(),
            settings: Settings { rates: Rates { address: unhurried, sign_in: unhurried }, ..Settings::default() },
        });
        let answers = tower::service_fn(move |request: Request<Full<Bytes>>| {
            let router = router.clone();
            async move {
                let response = router.oneshot(request).await?;
                let status = response.status().as_u16();
                Ok((status, response.into_body().collect().await?.to_bytes()))
            }
        });
        Ok(Self(BoxCloneSyncService::new(answers)))
    }

    /// Makes a call; how many bytes the answer has.
    pub async fn make(&self, call: &Call, world: &World, turn: u64) -> Result<usize> {
        let path = (call.path)(world, turn);
        let class = class(world, turn);
        let institution = &world.institutions[class.institution];
        let request = Request::builder().method(&call.method).uri(format!("/api/v1{path}")).header("host", "bench");
        let request = match call.who {
            Who::Supervisor => request.header(header::COOKIE, format!("duxue={}", world.supervisor.secret())),
            Who::Institution => request.header(header::COOKIE, format!("duxue={}", institution.secret())),
            Who::Device => request.header(header::AUTHORIZATION, format!("Bearer {}", class.device.secret())),
        };
        let request = match (call.body)(world, turn) {
            Some(body) => request.header("content-type", "application/json").body(Full::from(body.to_string())),
            None => request.body(Full::default()),
        };
        let (status, bytes) = self.0.clone().oneshot(request?).await?;
        // Of two who report on one class at once, one is told to look again.
        if !(200..300).contains(&status) && status != 409 {
            bail!("{} {path}: {status}: {}", call.method, String::from_utf8_lossy(&bytes));
        }
        Ok(bytes.len())
    }

    async fn json(&self, world: &World, path: &str) -> Result<Value> {
        let request = Request::builder().uri(format!("/api/v1{path}")).header("host", "bench");
        let request = request.header(header::COOKIE, format!("duxue={}", world.supervisor.secret()));
        let (_, bytes) = self.0.clone().oneshot(request.body(Full::default())?).await?;
        Ok(serde_json::from_slice(&bytes)?)
    }

    /// Where the last page of a list is that has something on it.
    async fn last_page(&self, world: &World, path: &str) -> Result<String> {
        let mut last = path.to_owned();
        for _ in 0..MOST_PAGES {
            let page = self.json(world, &last).await?;
            let Some(next) = page["next"].as_str() else { break };
            let after = format!("{path}{}before={next}", if path.contains('?') { '&' } else { '?' });
            if self.json(world, &after).await?["items"].as_array().is_none_or(Vec::is_empty) {
                break;
            }
            last = after;
        }
        Ok(last)
    }
}

/// The class of a turn: any of those that are taught on the last day.
fn class(world: &World, turn: u64) -> &world::Class {
    let place = world.running[(turn.wrapping_mul(7_919) % world.running.len() as u64) as usize];
    &world.classes[place]
}

/// Any class, also one that was over years ago.
fn any(world: &World, turn: u64) -> &world::Class {
    &world.classes[(turn.wrapping_mul(7_919) % world.classes.len() as u64) as usize]
}

fn read(name: &'static str, path: impl Fn(&World, u64) -> String + Send + Sync + 'static) -> Call {
    Call { name, who: Who::Supervisor, method: Method::GET, path: Arc::new(path), body: Arc::new(|_, _| None) }
}

/// All of them; lists that come in pages also with their last page.
pub async fn all(caller: &Caller, world: &World) -> Result<Vec<Call>> {
    if world.running.is_empty() {
        bail!("no class is taught on the last day");
    }
    let today = world::today();
    let [classes, findings, evidence] = ["/classes", "/findings?state=open", "/evidence"];
    let last_classes = caller.last_page(world, classes).await?;
    let last_findings = caller.last_page(world, findings).await?;
    let last_evidence = caller.last_page(world, evidence).await?;
    let month = today.strftime("%Y-%m").to_string();
    Ok(vec![
        read("GET /classes, first page", move |_, _| classes.to_owned()),
        read("GET /classes, last page", move |_, _| last_classes.clone()),
        read("GET /classes/{id}/students", |world, turn| format!("/classes/{}/students", class(world, turn).id)),
        read("GET /days?date=", move |_, _| format!("/days?date={today}")),
        read("GET /classes/{id}/days/{date}", move |world, turn| {
            format!("/classes/{}/days/{today}", class(world, turn).id)
        }),
        read("GET /findings?state=open, first page", move |_, _| findings.to_owned()),
        read("GET /findings?state=open, last page", move |_, _| last_findings.clone()),
        read("GET /findings?class_id=", |world, turn| format!("/findings?class_id={}", any(world, turn).id)),
        read("GET /clips?class_id=", |world, turn| format!("/clips?class_id={}", any(world, turn).id)),
        read("GET /classes/{id}/punches?date=", move |world, turn| {
            let class = class(world, turn);
            format!("/classes/{}/punches?date={}", class.id, class.days[(turn % 50) as usize])
        }),
        read("GET /classes/{id}/months/{month}", move |world, turn| {
            format!("/classes/{}/months/{month}", class(world, turn).id)
        }),
        read("GET /evidence, first page", move |_, _| evidence.to_owned()),
        read("GET /evidence, last page", move |_, _| last_evidence.clone()),
        Call {
            name: "PUT /classes/{id}/reports/{date}",
            who: Who::Institution,
            method: Method::PUT,
            path: Arc::new(move |world, turn| format!("/classes/{}/reports/{today}", class(world, turn).id)),
            body: Arc::new(|world, turn| {
                let roll = class(world, turn).students.len();
                Some(json!({
                    "roll": roll, "present": roll, "present_men": null, "present_women": null, "sick": 0, "personal": 0,
                    "other": 0, "absent": [], "note": "",
                }))
            }),
        },
        Call {
            name: "POST /punches, 30 of them",
            who: Who::Device,
            method: Method::POST,
            path: Arc::new(|_, _| "/punches".to_owned()),
            body: Arc::new(|world, turn| {
                let punch = |(seat, student): (usize, &duxue_rules::ids::StudentId)| {
                    json!({
                        "id": format!("bench-{turn}-{seat}"), "student_id": student,
                        "at": world::now() - jiff::SignedDuration::from_secs(60 + seat as i64), "side": "sign_in",
                        "method": "face",
                    })
                };
                Some(
                    json!({ "punches": class(world, turn).students.iter().enumerate().map(punch).collect::<Vec<_>>() }),
                )
            }),
        },
    ])
}
