//! What watching a class costs: a sample in ten seconds, as duxue takes them, against every frame decoded and five a second
//! analysed by the same models, as recorders with analysis commonly do it. The same drawn lesson, the same run.

mod stream;

use std::{
    collections::BTreeMap,
    fs,
    io::Read,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use anyhow::{Context, Result, bail, ensure};
use duxue_analytics::{
    Analyser, Embedding, Gallery, Known, Measured, ObserveOptions, Observed, OwnedPicture, cost, decode, measures,
    models, runtime,
};
use duxue_ingest::{DecoderPool, KeyFrame};
use duxue_rules::{
    attendance::{FaceAnswer, face_answer},
    ids::StudentId,
    policy::Policy,
};
use duxue_simulator::{CameraConfig, Identity, MAX_SEATS, Script, Simulator, SimulatorConfig, cast, portrait};
use uuid::Uuid;

use crate::say;

const SEED: u64 = 1;
const HOUR_S: f64 = 3_600.0;
/// As the service samples by default.
const SAMPLE_S: f64 = 10.0;
/// A face is told anew after a minute at the latest, as in the service.
const KNOWN_SAMPLES: u32 = 6;
/// Frames a second that are analysed where every frame is decoded.
const RATE: u32 = 5;

#[derive(clap::Args)]
pub struct Args {
    /// How many sit in the class
    #[arg(long, default_value_t = 30, value_parser = clap::value_parser!(u32).range(1..=i64::from(MAX_SEATS)))]
    people: u32,
    /// Samples taken as duxue does; the first ones, in which nobody is known yet, come on top
    #[arg(long, default_value_t = 12)]
    samples: u32,
    /// Seconds of film, of which every frame is decoded
    #[arg(long, default_value_t = 10, value_parser = clap::value_parser!(u32).range(2..=600))]
    seconds: u32,
}

/// What a way of watching saw and took.
struct Watched {
    name: &'static str,
    looked: usize,
    cpu_s_an_hour: f64,
    counts: Vec<usize>,
    recognised: BTreeMap<StudentId, u32>,
}

/// The class, as it is enrolled: those who are there, and as many again who are not as there are portraits.
struct Class {
    there: Vec<StudentId>,
    gallery: Gallery,
    policy: Policy,
}

pub fn run(args: &Args) -> Result<()> {
    let set = models::find(&models::default_dirs())?;
    let analyser = Analyser::load(&set, &runtime::find()?, 1)?;
    let dir = tempfile::tempdir()?;
    let film = film(dir.path(), args.people, args.seconds)?;
    let keys = stream::key_frames(&fs::read(&film)?)?;
    let class = Class::enrol(&analyser, args.people)?;
    say(&format!("a drawn class of {}, {} key frames in {} s of film", args.people, keys.len(), args.seconds));
    let pictures = pictures(&keys)?;
    let (picture, decode_ms) =
        pictures.first().map(|(p, _)| p).zip(mean(pictures.iter().map(|(_, ms)| *ms))).context("no key frame")?;
    let stages = cost::measure(&analyser, picture.view(), &ObserveOptions::default(), 3)?;
    say(&format!("  decode          {decode_ms:8.2} ms CPU a key frame"));
    say(&stages.to_string());

    let anew = sampled("1 in 10 s, all faces told", &analyser, &class, &pictures, args.samples, 1)?;
    let known = sampled("1 in 10 s, known faces kept", &analyser, &class, &pictures, args.samples, KNOWN_SAMPLES)?;
    let every = every_frame(&analyser, &class, &film, args.seconds)?;
    say(
        "                              | looked at | CPU s a camera-hour | people: median (least–most) | recognised | of them not there",
    );
    for watched in [&every, &anew, &known] {
        say(&watched.line(&class));
    }
    say(&format!(
        "cheaper than every frame: {:.0} times, with known faces kept {:.0} times",
        every.cpu_s_an_hour / anew.cpu_s_an_hour,
        every.cpu_s_an_hour / known.cpu_s_an_hour
    ));
    say(&format!("cameras that 8 cores watch at once: {:.0}", 8.0 * HOUR_S / known.cpu_s_an_hour));
    Ok(())
}

/// The lesson as a camera's main stream.
fn film(dir: &Path, people: u32, seconds: u32) -> Result<PathBuf> {
    let seats = (0..people).zip(cast(SEED));
    let script = seats.fold(Script::empty(SEED, people, seconds), |script, (seat, who)| script.seated(seat, who, 0));
    let config = SimulatorConfig {
        address: "127.0.0.1".into(),
        port: 0,
        credentials: None,
        cameras: vec![CameraConfig::drawn(script)],
        cache_dir: dir.to_owned(),
    };
    // What it serves lies in its cache as plain streams; the larger one is the main stream.
    drop(Simulator::start(config)?);
    let files = fs::read_dir(dir)?.map(|entry| entry.and_then(|e| Ok((e.metadata()?.len(), e.path()))));
    let largest = files.collect::<std::io::Result<Vec<_>>>()?.into_iter().max();
    largest.map(|(_, path)| path).context("the simulator keeps no streams")
}

/// Each key frame as a picture, and what decoding it took, in milliseconds.
fn pictures(keys: &[KeyFrame]) -> Result<Vec<(OwnedPicture, f64)>> {
    let decoders = DecoderPool::new(1)?;
    let runtime = tokio::runtime::Builder::new_current_thread().build()?;
    // The first one makes the decoder.
    runtime.block_on(decoders.decode(keys.first().context("there is no key frame")?, None))?;
    let decode = |key: &KeyFrame| {
        let before = cpu_s()?;
        let picture = runtime.block_on(decoders.decode(key, None))?;
        let ms = (cpu_s()? - before) * 1e3;
        Ok((OwnedPicture::new(picture.width, picture.height, picture.bgr)?, ms))
    };
    keys.iter().map(decode).collect()
}

/// As the service does it: measures, faces, people, whom it knows.
fn sampled(
    name: &'static str,
    analyser: &Analyser,
    class: &Class,
    pictures: &[(OwnedPicture, f64)],
    samples: u32,
    known_samples: u32,
) -> Result<Watched> {
    let options = ObserveOptions { known_samples, ..ObserveOptions::default() };
    let (mut known, mut before) = (Known::default(), None::<Measured>);
    let mut watched = Watched::new(name);
    let (mut first_s, mut later_s) = (0.0, 0.0);
    let decode_s = mean(pictures.iter().map(|(_, ms)| ms / 1e3)).unwrap_or_default();
    for n in 0..Known::AGREED + samples {
        // The film is shorter than ten seconds a sample; its key frames come again in turn.
        let (picture, _) = &pictures[n as usize % pictures.len()];
        let began = cpu_s()?;
        let observed = analyser.observe_again(picture.view(), &options, &mut known, &|face| class.who(face))?;
        before = Some(measures(picture.view(), before.as_ref()));
        let took = cpu_s()? - began + decode_s;
        if n < Known::AGREED {
            first_s += took
        } else {
            later_s += took
        };
        watched.add(class, &observed);
    }
    let an_hour = HOUR_S / SAMPLE_S;
    watched.cpu_s_an_hour = first_s + later_s / f64::from(samples.max(1)) * (an_hour - f64::from(Known::AGREED));
    Ok(watched)
}

/// Every frame decoded by ffmpeg, five a second analysed from scratch.
fn every_frame(analyser: &Analyser, class: &Class, film: &Path, seconds: u32) -> Result<Watched> {
    let options = ObserveOptions::default();
    let mut watched = Watched::new("every frame, 5 a second told");
    let children = children_cpu_s()?;
    let mut command = Command::new("ffmpeg");
    command.args(["-v", "error", "-nostdin", "-threads", "1", "-r", "25", "-f", "h264", "-i"]).arg(film);
    command.args([
        "-t",
        &seconds.to_string(),
        "-vf",
        &format!("fps={RATE}"),
        "-pix_fmt",
        "bgr24",
        "-f",
        "rawvideo",
        "pipe:1",
    ]);
    let mut child = command.stdout(Stdio::piped()).spawn().context("ffmpeg cannot be run")?;
    let mut frames = child.stdout.take().context("ffmpeg has no output")?;
    let (width, height) = (1920, 1080);
    let began = cpu_s()?;
    loop {
        let mut bgr = Vec::with_capacity(width * height * 3);
        (&mut frames).take((width * height * 3) as u64).read_to_end(&mut bgr)?;
        if bgr.is_empty() {
            break;
        }
        let picture = OwnedPicture::new(width as u32, height as u32, bgr).context("a frame is cut")?;
        watched.add(class, &analyser.observe(picture.view(), &options)?);
    }
    let ours = cpu_s()? - began;
    ensure!(child.wait()?.success(), "ffmpeg failed");
    let decoding = children_cpu_s()? - children;
    say(&format!("  every frame: {:.2} s CPU decoding and {ours:.2} s analysing {seconds} s", decoding));
    watched.cpu_s_an_hour = (ours + decoding) / f64::from(seconds) * HOUR_S;
    Ok(watched)
}

impl Class {
    fn enrol(analyser: &Analyser, people: u32) -> Result<Self> {
        let Some(model) = analyser.recogniser_name() else { bail!("there is no model that recognises faces") };
        let id = |n: usize| StudentId(Uuid::from_u128(n as u128 + 1));
        let enrol = |(n, who): (usize, Identity)| {
            let template = analyser.enrol(decode(&portrait(who)?)?.view())?;
            Ok((id(n), template.embedding))
        };
        let entries = cast(SEED).into_iter().enumerate().map(enrol).collect::<Result<Vec<_>>>()?;
        let there = (0..people as usize).map(id).collect();
        Ok(Self { there, gallery: Gallery::new(model, entries), policy: Policy::default() })
    }

    /// Whose face it is, where that is sure.
    fn who(&self, face: &Embedding) -> Option<StudentId> {
        match face_answer(self.gallery.liken(face), &self.policy) {
            FaceAnswer::Recognised { student, .. } => Some(student),
            FaceAnswer::Unsure | FaceAnswer::Unknown => None,
        }
    }
}

impl Watched {
    fn new(name: &'static str) -> Self {
        Self { name, looked: 0, cpu_s_an_hour: 0.0, counts: Vec::new(), recognised: BTreeMap::new() }
    }

    fn add(&mut self, class: &Class, observed: &Observed) {
        self.looked += 1;
        self.counts.push(observed.faces.len() + observed.faceless.len());
        let told = observed.faces.iter().filter_map(|face| class.who(face.embedding.as_ref()?));
        told.for_each(|student| *self.recognised.entry(student).or_default() += 1);
    }

    fn line(&self, class: &Class) -> String {
        let mut counts = self.counts.clone();
        counts.sort_unstable();
        let at = |index: usize| counts.get(index).copied().unwrap_or_default();
        let enough = self.recognised.iter().filter(|(_, votes)| **votes >= class.policy.identify_min_samples);
        let (there, wrong): (Vec<StudentId>, Vec<StudentId>) =
            enough.map(|(student, _)| *student).partition(|student| class.there.contains(student));
        format!(
            "{:29} | {:9} | {:19.1} | {:15} ({:2}–{:2})     | {:10} | {:17}",
            self.name,
            self.looked,
            self.cpu_s_an_hour,
            at(counts.len() / 2),
            at(0),
            at(counts.len().saturating_sub(1)),
            there.len(),
            wrong.len()
        )
    }
}

fn mean(values: impl ExactSizeIterator<Item = f64>) -> Option<f64> {
    let many = values.len() as f64;
    (many > 0.0).then(|| values.sum::<f64>() / many)
}

/// What this process took so far.
fn cpu_s() -> Result<f64> {
    Ok(cost::cpu_ns().context("the CPU time of this process cannot be read from /proc")? as f64 / 1e9)
}

/// What its children that have ended took: fields 16 and 17 of /proc/self/stat (proc(5)), in hundredths of a second.
fn children_cpu_s() -> Result<f64> {
    let stat = fs::read_to_string("/proc/self/stat")?;
    let after_name = stat.rsplit_once(')').context("/proc/self/stat is not as expected")?.1;
    let fields: Vec<f64> = after_name.split_whitespace().skip(13).take(2).filter_map(|f| f.parse().ok()).collect();
    Ok(fields.iter().sum::<f64>() / 100.0)
}
