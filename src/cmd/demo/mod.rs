//! `duxue demo`: the real service, with drawn classrooms for cameras. Nothing to set up, nobody filmed.

mod stage;
mod world;

use std::{net::SocketAddr, path::PathBuf, process::ExitCode, sync::Arc, time::Duration};

use anyhow::{Context, Result, bail};
use duxue_ingest::{CameraUrl, Transport};
use duxue_rules::access::Role;
use duxue_simulator::{CameraConfig as SimulatedCamera, Credentials, Fault, Simulator, SimulatorConfig, Stream};
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use super::{camera_sim, say, user};
use crate::{
    clock,
    config::{AnalysisConfig, CameraConfig, Config},
    logging,
    service::Service,
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
    let simulator = Arc::new(simulate(&rooms).await?);

    let service = Service::start(config(&args, &rooms, &simulator)?, clock::system()).await?;
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
    stage::play(&base, &rooms, &sign_ins, (clock::system())()).await.context("the demo could not be set up")?;
    announce(&base, &sign_ins);
    if let Some(path) = &args.ready {
        write_ready(path, &base, &sign_ins)?;
    }

    let stop = CancellationToken::new();
    let trouble = trouble(simulator.clone(), stop.clone());
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

async fn simulate(rooms: &[world::Room]) -> Result<Simulator> {
    let config = SimulatorConfig {
        address: "127.0.0.1".into(),
        port: 0,
        credentials: Some(Credentials { user: "camera".into(), password: password() }),
        cameras: rooms.iter().map(|room| SimulatedCamera::drawn(room.script.clone())).collect(),
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

fn announce(base: &str, sign_ins: &[SignIn]) {
    say(&format!("\n  duxue 督学 demo:  {base}\n"));
    for sign_in in sign_ins {
        say(&format!("  {:<24} {:<12} {}", sign_in.title, sign_in.username, sign_in.password));
    }
    say("\n  演示策略：视频资料 1 分钟（通知规定 20 分钟）。Demo policy: clips of 1 minute (the notice says 20).");
    say("  Findings appear within a minute, the first sealed clip within two. Ctrl-C stops.\n");
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

/// The last room has a bad camera: it freezes, then it drops, and is well in between.
async fn trouble(simulator: Arc<Simulator>, stop: CancellationToken) {
    // The first clip needs a minute without a hole.
    let acts = [
        (Duration::from_secs(75), None),
        (Duration::from_secs(40), Some(Fault::Freeze)),
        (Duration::from_secs(20), None),
        (Duration::from_secs(20), Some(Fault::Drop)),
        (Duration::from_secs(60), None),
    ];
    for (how_long, fault) in acts.iter().cycle() {
        if let Err(error) = simulator.set_fault(world::BAD_CAMERA, *fault) {
            tracing::warn!("the bad camera cannot be made worse: {error}");
        }
        tokio::select! {
            () = stop.cancelled() => return,
            () = tokio::time::sleep(*how_long) => {}
        }
    }
}
