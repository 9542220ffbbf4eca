//! The same cameras recorded by duxue, then by one ffmpeg a camera.

use std::{
    env, fs,
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
    process::{Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, bail};

use crate::{
    analysis,
    process::{Running, Usage},
    say,
};

/// Longer than any measurement: nobody ends by itself before it was measured.
const SLACK_S: u64 = 600;

#[derive(clap::Args)]
pub struct Args {
    /// How many cameras at once, one measurement each
    #[arg(long, value_delimiter = ',', default_values_t = [1, 10, 50], value_parser = at_least_one)]
    cameras: Vec<usize>,
    /// How long each measurement takes
    #[arg(long, default_value_t = 30, value_parser = clap::value_parser!(u64).range(1..=86_400))]
    seconds: u64,
    /// How long recording runs before the measurement begins: starting up is not measured
    #[arg(long, default_value_t = 5)]
    warm_up: u64,
    /// Record into a folder made here, and deleted after [default: where temporary files go]
    #[arg(long)]
    dir: Option<PathBuf>,
}

fn at_least_one(text: &str) -> Result<usize, String> {
    text.parse().ok().filter(|&n| n > 0).ok_or_else(|| "at least one camera".into())
}

/// What recording some cameras for some time took.
struct Measured {
    cpu_s: f64,
    elapsed: Duration,
    peak_mib: f64,
    bytes: u64,
}

pub fn run(args: &Args) -> Result<()> {
    let most = args.cameras.iter().copied().max().unwrap_or(1);
    let (simulator, port) = simulator(most)?;
    say(&format!("recording H.264 1920x1080 25/s over TCP for {} s after {} s of warm-up", args.seconds, args.warm_up));
    say("cameras           |  CPU s a stream-minute |    peak RSS, MiB | MB recorded");
    for &cameras in &args.cameras {
        let urls: Vec<String> = (1..=cameras).map(|n| url(port, n)).collect();
        let duxue = with_dir(args, |dir| measure(args, cameras, vec![duxue(args, &urls, dir)?], dir))
            .with_context(|| format!("duxue, {cameras} cameras"))?;
        let ffmpeg = with_dir(args, |dir| {
            let all = urls.iter().enumerate().map(|(n, url)| ffmpeg(url, n, dir)).collect::<Result<_>>()?;
            measure(args, cameras, all, dir)
        })
        .with_context(|| format!("ffmpeg, {cameras} cameras"))?;
        for (name, seen) in [("duxue", &duxue), ("ffmpeg", &ffmpeg)] {
            let cpu = seen.a_stream_minute(cameras);
            let megabytes = seen.bytes as f64 / 1e6;
            say(&format!("{cameras:>7} {name:<9} | {cpu:>22.3} | {:>16.1} | {megabytes:>11.1}", seen.peak_mib));
        }
        say(&format!(
            "{cameras:>7} {:<9} | {:>22.2} | {:>16.2} |",
            "ratio",
            duxue.a_stream_minute(cameras) / ffmpeg.a_stream_minute(cameras),
            duxue.peak_mib / ffmpeg.peak_mib
        ));
    }
    // The analysis is measured alone.
    drop(simulator);
    analysis::run()
}

impl Measured {
    fn a_stream_minute(&self, cameras: usize) -> f64 {
        self.cpu_s / (cameras as f64 * self.elapsed.as_secs_f64() / 60.0)
    }
}

fn simulator(cameras: usize) -> Result<(Running, u16)> {
    let mut command = ourselves()?;
    command.args(["simulate", &cameras.to_string()]).stdout(Stdio::piped());
    let mut simulator = Running::start("the simulator", &mut command)?;
    let output = simulator.child().stdout.take().context("the simulator has no output")?;
    let mut line = String::new();
    BufReader::new(output).read_line(&mut line)?;
    let port = line.trim().parse().with_context(|| format!("the simulator did not start: {line:?}"))?;
    Ok((simulator, port))
}

fn url(port: u16, camera: usize) -> String {
    format!("rtsp://127.0.0.1:{port}/cam/{camera}/main")
}

fn duxue(args: &Args, urls: &[String], dir: &Path) -> Result<Running> {
    let mut command = ourselves()?;
    let longest = args.seconds + args.warm_up + SLACK_S;
    command.arg("record").args(urls).args(["--seconds", &longest.to_string()]).arg("--dir").arg(dir);
    Running::start("duxue", &mut command)
}

fn ffmpeg(url: &str, n: usize, dir: &Path) -> Result<Running> {
    let mut command = Command::new("ffmpeg");
    command.args(["-hide_banner", "-loglevel", "error", "-nostats", "-rtsp_transport", "tcp", "-i", url]);
    command.args(["-map", "0:v", "-c", "copy", "-f", "segment", "-segment_time", "60", "-reset_timestamps", "1"]);
    command.arg(dir.join(format!("{n}-%06d.mp4"))).stdout(Stdio::null());
    Running::start("ffmpeg", &mut command)
}

fn ourselves() -> Result<Command> {
    Ok(Command::new(env::current_exe()?))
}

fn with_dir<T>(args: &Args, work: impl FnOnce(&Path) -> Result<T>) -> Result<T> {
    let mut builder = tempfile::Builder::new();
    let dir = match &args.dir {
        Some(parent) => builder.prefix("duxue-bench-").tempdir_in(parent),
        None => builder.prefix("duxue-bench-").tempdir(),
    }?;
    work(dir.path())
}

fn measure(args: &Args, cameras: usize, mut recorders: Vec<Running>, dir: &Path) -> Result<Measured> {
    thread::sleep(Duration::from_secs(args.warm_up));
    let (before, began) = (usage(&mut recorders)?, Instant::now());
    thread::sleep(Duration::from_secs(args.seconds));
    let (after, elapsed) = (usage(&mut recorders)?, began.elapsed());
    recorders.iter_mut().for_each(Running::ask_to_end);
    recorders.into_iter().try_for_each(Running::wait)?;
    let (files, bytes) = files_in(dir)?;
    if files < cameras {
        bail!("only {files} of {cameras} cameras were recorded");
    }
    Ok(Measured { cpu_s: after.cpu_s - before.cpu_s, elapsed, peak_mib: after.peak_mib, bytes })
}

fn usage(recorders: &mut [Running]) -> Result<Usage> {
    recorders.iter_mut().map(Running::usage).sum()
}

/// How many files that are not empty are below a folder, and how long they are together.
fn files_in(dir: &Path) -> Result<(usize, u64)> {
    let mut found = (0, 0);
    for entry in fs::read_dir(dir)? {
        let entry = entry?;
        let about = entry.metadata()?;
        let (files, bytes) =
            if about.is_dir() { files_in(&entry.path())? } else { (usize::from(about.len() > 0), about.len()) };
        found = (found.0 + files, found.1 + bytes);
    }
    Ok(found)
}
