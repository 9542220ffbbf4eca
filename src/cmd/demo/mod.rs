//! `duxue demo`: the real service, with drawn classrooms for cameras. Nothing to set up, nobody filmed.

mod full;
mod stage;
mod world;

use std::{
    net::SocketAddr,
    path::PathBuf,
    process::ExitCode,
    sync::Arc,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, bail};
use duxue_ingest::{CameraUrl, Transport};
use duxue_rules::access::Role;
use duxue_simulator::{
    CameraConfig as SimulatedCamera, Credentials, Fault, Script, Simulator, SimulatorConfig, Stream,
};
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use super::{camera_sim, say, user};
use crate::{
    clock::{self, Steered},
    config::{AnalysisConfig, CameraConfig, Config},
    logging,
    service::{Prepared, Service},
};

/// A folder with this file in it is a demo's, and may be emptied.
const MARKER: &str = "this-is-a-duxue-demo";

#[derive(clap::Args)]
pub struct Args {
    /// Where pages and API are served; port 0 takes any free one
    #[arg(long, default_value = "127.0.0.1:8700")]
    listen: SocketAddr,
    /// The demo's folder; emptied at every start
    #[arg(long, value_name = "DIR", default_value = "data/demo")]
    data: PathBuf,
    /// Write address and sign-ins into this file once everything is set up
    #[arg(long, value_name = "FILE")]
    ready: Option<PathBuf>,
    /// What is shown
    #[arg(long, value_enum, default_value = "classrooms")]
    scenario: Scenario,
    /// Who the people of the full scenario are, and what they do
    #[arg(long, default_value_t = 1)]
    seed: u64,
}

#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Scenario {
    /// Four drawn classrooms, seen live
    Classrooms,
    /// Half a year of three institutions and eight classes, from filing to payment
    Full,
}

/// Somebody who can sign in to the demo.
struct SignIn {
    role: Role,
    title: &'static str,
    variable: &'static str,
    username: &'static str,
    name: &'static str,
    institution: Option<&'static str>,
    password: String,
}

pub async fn run(args: Args) -> Result<ExitCode> {
    // The address is to stay in sight.
    logging::init("error");
    empty(&args.data)?;
    say("drawing the classrooms (some seconds the first time)");
    let rooms = world::rooms();
    let (scripts, bad_camera) = match args.scenario {
        Scenario::Classrooms => (rooms.iter().map(|room| room.script.clone()).collect(), world::BAD_CAMERA),
        Scenario::Full => (full::scripts(), full::BAD_CAMERA),
    };
    let simulator = Arc::new(simulate(scripts).await?);
    let (service, sign_ins) = match args.scenario {
        Scenario::Classrooms => classrooms(&args, &rooms, &simulator).await?,
        Scenario::Full => half_year(&args, &simulator).await?,
    };
    let base = format!("http://{}", service.address);
    announce(&base, &sign_ins, args.scenario);
    if let Some(path) = &args.ready {
        write_ready(path, &base, &sign_ins)?;
    }

    let stop = CancellationToken::new();
    let trouble = trouble(simulator.clone(), bad_camera, stop.clone());
    let (outcome, ()) = tokio::join!(
        async {
            let outcome = service.run_until_stopped().await;
            stop.cancel();
            outcome
        },
        trouble
    );
    tokio::task::spawn_blocking(move || drop(simulator)).await?;
    outcome?;
    Ok(ExitCode::SUCCESS)
}

/// Four rooms, seen live.
async fn classrooms(args: &Args, rooms: &[world::Room], simulator: &Simulator) -> Result<(Service, Vec<SignIn>)> {
    let service = Service::start(config(args, rooms, simulator)?, clock::system()).await?;
    let sign_ins = sign_ins();
    for sign_in in &sign_ins {
        let person = user::Person {
            username: sign_in.username.into(),
            name: sign_in.name.into(),
            role: sign_in.role,
            institution: sign_in.institution.map(str::to_owned),
        };
        user::add_user(&service.store, person, sign_in.password.clone(), (clock::system())()).await?;
    }
    let base = format!("http://{}", service.address);
    stage::play(&base, rooms, &sign_ins, (clock::system())()).await.context("the demo could not be set up")?;
    Ok((service, sign_ins))
}

/// Half a year, and from then on its rooms live.
async fn half_year(args: &Args, simulator: &Simulator) -> Result<(Service, Vec<SignIn>)> {
    say("living through half a year of three institutions and eight classes");
    let started = Instant::now();
    let now = (clock::system())();
    let clock = Steered::at(full::beginning(now), clock::system());
    let config = Config { policy: full::policy(), ..config(args, &[], simulator)? };
    let prepared = Prepared::new(config, clock.clock()).await?;
    let sign_ins = full::sign_ins();
    let addresses = full::addresses(simulator);
    full::play(&prepared, &clock, now, args.seed, &addresses, &sign_ins).await.context("the half year broke off")?;
    say(&format!("lived through in {:.1} s (seed {})", started.elapsed().as_secs_f32(), args.seed));
    Ok((prepared.run(), sign_ins))
}

fn empty(data: &std::path::Path) -> Result<()> {
    let marker = data.join(MARKER);
    if marker.exists() {
        std::fs::remove_dir_all(data).with_context(|| format!("cannot empty {}", data.display()))?;
    } else if data.read_dir().is_ok_and(|mut entries| entries.next().is_some()) {
        bail!("{} has something in it that is no demo; say --data with another folder", data.display());
    }
    std::fs::create_dir_all(data).with_context(|| format!("cannot make {}", data.display()))?;
    std::fs::write(marker, "duxue empties this folder whenever a demo starts\n")?;
    Ok(())
}

async fn simulate(scripts: Vec<Script>) -> Result<Simulator> {
    let config = SimulatorConfig {
        address: "127.0.0.1".into(),
        port: 0,
        credentials: Some(Credentials { user: "camera".into(), password: password() }),
        cameras: scripts.into_iter().map(SimulatedCamera::drawn).collect(),
        cache_dir: camera_sim::cache_dir(),
    };
    Ok(tokio::task::spawn_blocking(move || Simulator::start(config)).await??)
}

fn config(args: &Args, rooms: &[world::Room], simulator: &Simulator) -> Result<Config> {
    let mut cameras = Vec::new();
    for (number, room) in (1..).zip(rooms) {
        let url = |stream| CameraUrl::parse(&simulator.url_with_credentials(number, stream));
        cameras.push(CameraConfig {
            institution: room.institution.into(),
            venue: room.venue.into(),
            name: "前方".into(),
            url: url(Stream::Main)?,
            sub_url: Some(url(Stream::Sub)?),
            transport: Transport::Tcp,
        });
    }
    let mut config = Config::in_folder(args.data.clone());
    config.listen = args.listen;
    config.policy = world::policy();
    config.recording.segment_seconds = 20;
    config.recording.reserve_bytes = 1 << 30;
    // Whoever is drawn faces the camera.
    config.analysis = AnalysisConfig { sample_seconds: 3, people: false, ..AnalysisConfig::default() };
    config.camera = cameras;
    Ok(config)
}

/// Passwords are made anew at every start: nobody finds a known one on an open port.
fn password() -> String {
    Uuid::now_v7().simple().to_string().split_off(20)
}

fn sign_ins() -> Vec<SignIn> {
    let of = |role, title, variable, username, name, institution| SignIn {
        role,
        title,
        variable,
        username,
        name,
        institution,
        password: password(),
    };
    vec![
        of(Role::Supervisor, "supervisor 监管人员", "DUXUE_SUPERVISOR", "supervisor", "王监管", None),
        of(Role::Auditor, "auditor 审计", "DUXUE_AUDITOR", "auditor", "李审计", None),
        of(Role::Institution, "institution 培训机构", "DUXUE_INSTITUTION", "qihang", "赵老师", Some(world::QIHANG)),
        of(
            Role::Institution,
            "2nd institution 另一机构",
            "DUXUE_INSTITUTION_2",
            "xincheng",
            "孙老师",
            Some(world::XINCHENG),
        ),
        of(Role::Manager, "manager 中心管理员", "DUXUE_MANAGER", "manager", "周主任", None),
    ]
}

fn announce(base: &str, sign_ins: &[SignIn], scenario: Scenario) {
    say(&format!("\n  duxue 督学 demo:  {base}\n"));
    for sign_in in sign_ins {
        say(&format!("  {:<24} {:<12} {}", sign_in.title, sign_in.username, sign_in.password));
    }
    say("\n  演示策略：视频资料 1 分钟（通知规定 20 分钟）。Demo policy: clips of 1 minute (the notice says 20).");
    say(match scenario {
        Scenario::Classrooms => "  Findings appear within a minute, the first sealed clip within two. Ctrl-C stops.\n",
        Scenario::Full => "  The last days' findings wait to be decided, and an objection hangs. Ctrl-C stops.\n",
    });
}

fn write_ready(path: &std::path::Path, base: &str, sign_ins: &[SignIn]) -> Result<()> {
    let mut text = format!("DUXUE_URL={base}\n");
    for sign_in in sign_ins {
        text.push_str(&format!("{}={}:{}\n", sign_in.variable, sign_in.username, sign_in.password));
    }
    let partial = path.with_extension("part");
    std::fs::write(&partial, text)?;
    std::fs::rename(&partial, path).with_context(|| format!("cannot write {}", path.display()))
}

/// One room has a bad camera: it freezes, then it drops, and is well in between.
async fn trouble(simulator: Arc<Simulator>, bad_camera: usize, stop: CancellationToken) {
    // The first clip needs a minute without a hole.
    let acts = [
        (Duration::from_secs(75), None),
        (Duration::from_secs(40), Some(Fault::Freeze)),
        (Duration::from_secs(20), None),
        (Duration::from_secs(20), Some(Fault::Drop)),
        (Duration::from_secs(60), None),
    ];
    for (how_long, fault) in acts.iter().cycle() {
        if let Err(error) = simulator.set_fault(bad_camera, *fault) {
            tracing::warn!("the bad camera cannot be made worse: {error}");
        }
        tokio::select! {
            () = stop.cancelled() => return,
            () = tokio::time::sleep(*how_long) => {}
        }
    }
}
