//! How well footage is known again: drawn lessons and real videos are disguised as somebody would who hands them in twice,
//! and every trace is held against every other. What is of one film should be found, and nothing else.

use std::{
    collections::BTreeMap,
    io::Read,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    time::{Duration, Instant},
};

use anyhow::{Context, Result, ensure};
use duxue_analytics::footage::{Limits, RATE, SIDE, Trace, Tracer, compare};
use duxue_simulator::{CameraConfig, Script, Simulator, SimulatorConfig, cast};

use crate::say;

#[derive(clap::Args)]
pub struct Args {
    /// How many drawn rooms; each gives two lessons of the same people
    #[arg(long, default_value_t = 3)]
    rooms: u64,
    /// How long a lesson is
    #[arg(long, default_value_t = 120)]
    seconds: u32,
    /// Real videos (.mp4), those of a minute and more are taken
    #[arg(long, value_name = "DIR")]
    videos: Option<PathBuf>,
}

/// What is done to a film, as arguments of ffmpeg; a trim leaves seven tenths.
const DISGUISES: [(&str, &str); 8] = [
    ("re-encoded at 60 kbit/s", "-b:v 60k -maxrate 60k -bufsize 120k -g 300"),
    ("trimmed by 30 %", "TRIM"),
    ("mirrored", "-vf hflip"),
    ("rescaled", "-vf scale=320:240"),
    ("cropped by 5 %", "-vf crop=iw*0.95:ih*0.95"),
    ("brightened", "-vf eq=brightness=0.12:contrast=1.2"),
    ("another frame rate", "-r 12"),
    ("all of it", "TRIM -vf hflip,crop=iw*0.95:ih*0.95,scale=320:240,eq=brightness=0.1 -r 15 -b:v 80k"),
];

/// A video, and which film it shows.
struct Film {
    film: usize,
    disguise: Option<&'static str>,
    trace: Trace,
}

pub fn run(args: &Args) -> Result<()> {
    let dir = tempfile::tempdir()?;
    let mut originals = Vec::new();
    for seed in 0..args.rooms {
        originals.extend(drawn(dir.path(), seed, args.seconds)?);
    }
    if let Some(videos) = &args.videos {
        originals.extend(real(videos)?);
    }
    let mut films = Vec::new();
    let (mut tracing, mut traced) = (Duration::ZERO, 0);
    for (film, original) in originals.iter().enumerate() {
        let mut add = |file: &Path, disguise| -> Result<()> {
            let start = Instant::now();
            let trace = trace(file)?;
            tracing += start.elapsed();
            traced += trace.seconds();
            films.push(Film { film, disguise, trace });
            Ok(())
        };
        add(original, None)?;
        for (index, (name, arguments)) in DISGUISES.iter().enumerate() {
            let file = dir.path().join(format!("{film}-{index}.mp4"));
            disguise(original, &file, arguments)?;
            add(&file, Some(*name))?;
            std::fs::remove_file(file)?;
        }
    }
    say(&format!("{} films, {} videos of {traced} s together", originals.len(), films.len()));
    report(&films);
    say(&format!("tracing {:.2} s a minute of video", tracing.as_secs_f64() * 60.0 / f64::from(traced.max(1))));
    Ok(())
}

fn report(films: &[Film]) {
    let (mut found, mut false_alarms, mut strangers) = (BTreeMap::<&str, Vec<f32>>::new(), 0, 0);
    let mut most = 0.0_f32;
    let lax = Limits { block_alike: 0.0, stretch_alike: 0.0, places_alike: 0.0, ..Limits::default() };
    let (mut comparing, mut compared) = (Duration::ZERO, 0_u32);
    for (index, one) in films.iter().enumerate() {
        for other in &films[index + 1..] {
            let start = Instant::now();
            let seen = compare(&one.trace, &other.trace, &Limits::default());
            comparing += start.elapsed();
            compared += 1;
            if one.film != other.film {
                strangers += 1;
                false_alarms += u32::from(seen.is_some());
                most = most.max(compare(&one.trace, &other.trace, &lax).map_or(0.0, |seen| seen.alike));
            } else if let (None, Some(disguise)) = (one.disguise, other.disguise) {
                found.entry(disguise).or_default().push(seen.map_or(0.0, |seen| seen.alike));
            }
        }
    }
    say("against the original    |   found | least alike | mean");
    for (name, _) in DISGUISES {
        let alike = &found[name];
        let hits = alike.iter().filter(|alike| **alike > 0.0).count();
        let least = alike.iter().copied().fold(1.0, f32::min);
        let mean = alike.iter().sum::<f32>() / alike.len() as f32;
        say(&format!("{name:23} | {hits:3}/{:3} |        {least:.2} | {mean:.2}", alike.len()));
    }
    say(&format!(
        "{false_alarms} false alarms in {strangers} pairs of different films; the most alike of them: {most:.2}"
    ));
    let each = comparing.as_secs_f64() * 1000.0 / f64::from(compared.max(1));
    say(&format!("comparing {each:.2} ms a pair"));
}

/// Two lessons of one room with the same people in the same seats.
pub(crate) fn drawn(dir: &Path, seed: u64, seconds: u32) -> Result<Vec<PathBuf>> {
    let cache = dir.join(format!("room-{seed}"));
    let people = cast(seed).into_iter().take(10).enumerate();
    let script =
        people.fold(Script::empty(seed, 12, 2 * seconds), |script, (seat, who)| script.seated(seat as u32, who, 0));
    let config = SimulatorConfig {
        address: "127.0.0.1".into(),
        port: 0,
        credentials: None,
        cameras: vec![CameraConfig::drawn(script)],
        cache_dir: cache.clone(),
    };
    // What it serves lies in its cache as plain streams; the smaller one is the sub-stream.
    drop(Simulator::start(config)?);
    let mut streams = Vec::new();
    for entry in std::fs::read_dir(&cache)? {
        let entry = entry?;
        streams.push((entry.metadata()?.len(), entry.path()));
    }
    let (_, stream) = streams.into_iter().min().context("the simulator keeps no streams")?;
    let mut lessons = Vec::new();
    for (half, from) in [0, seconds].into_iter().enumerate() {
        let file = dir.join(format!("room-{seed}-{half}.mp4"));
        let (from, length) = (from.to_string(), seconds.to_string());
        let mut command = ffmpeg();
        command.args(["-r", "25", "-f", "h264", "-i"]).arg(&stream).args(["-ss", &from, "-t", &length]);
        encode(command, &file)?;
        lessons.push(file);
    }
    Ok(lessons)
}

pub(crate) fn real(videos: &Path) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(videos)? {
        let path = entry?.path();
        if path.extension().is_some_and(|ending| ending == "mp4") && seconds(&path)? >= 60.0 {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}

pub(crate) fn seconds(file: &Path) -> Result<f64> {
    let show = ["-v", "error", "-show_entries", "format=duration", "-of", "csv=p=0"];
    let output = Command::new("ffprobe").args(show).arg(file).output().context("ffprobe cannot be run")?;
    Ok(String::from_utf8_lossy(&output.stdout).trim().parse()?)
}

fn disguise(original: &Path, file: &Path, arguments: &str) -> Result<()> {
    let length = seconds(original)?;
    let mut command = ffmpeg();
    if arguments.contains("TRIM") {
        // Not at a whole second: pictures that are looked at fall between those of the original.
        command.args(["-ss", &format!("{:.2}", length * 0.13 + 0.23), "-t", &format!("{:.2}", length * 0.7)]);
    }
    command.arg("-i").arg(original).args(arguments.split(' ').filter(|word| *word != "TRIM"));
    encode(command, file)
}

pub(crate) fn ffmpeg() -> Command {
    let mut command = Command::new("ffmpeg");
    command.args(["-v", "error", "-nostdin", "-y"]);
    command
}

pub(crate) fn encode(mut command: Command, file: &Path) -> Result<()> {
    command.args(["-an", "-c:v", "libx264", "-preset", "veryfast", "-pix_fmt", "yuv420p"]).arg(file);
    let made = command.status().context("ffmpeg cannot be run")?;
    ensure!(made.success(), "{} could not be made", file.display());
    Ok(())
}

/// As the service makes it.
fn trace(file: &Path) -> Result<Trace> {
    let filter = format!("fps={RATE},scale={SIDE}:{SIDE}:flags=area,format=gray");
    let mut command = ffmpeg();
    command.args(["-threads", "1", "-skip_loop_filter", "all", "-i"]).arg(file);
    command.args(["-map", "0:V:0", "-vf", &filter, "-f", "rawvideo", "pipe:1"]).stdout(Stdio::piped());
    let mut child = command.spawn().context("ffmpeg cannot be run")?;
    let mut out = child.stdout.take().context("no output")?;
    let (mut tracer, mut picture) = (Tracer::default(), vec![0; SIDE * SIDE]);
    while out.read_exact(&mut picture).is_ok() {
        tracer.push(&picture);
    }
    child.wait()?;
    Ok(tracer.finish())
}
