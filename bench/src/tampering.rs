//! How well it is noticed that a picture is not of this moment or not of this room: drawn lessons and real videos are shown
//! as they are, in a loop, on another day, in a mirror, blurred, covered, from elsewhere, in other light; the rules judge
//! each as they judge a session. What was done should be found, and nothing else.

use std::{
    collections::{BTreeMap, BTreeSet, btree_map::Entry},
    io::Read,
    path::{Path, PathBuf},
    process::Stdio,
    time::{Duration, Instant},
};

use anyhow::{Context, Result};
use clap::Args as ClapArgs;
use duxue_analytics::{
    OwnedPicture, measures,
    tamper::{Limits, Repeat, Scene, SceneMaker, Trail, View, repeats},
};
use duxue_rules::{
    crosscheck::{FindingKind, Hints, Replay, SessionFacts, judge_with},
    ids::CameraId,
    look::Look,
    observation::{Area, Observation, PictureMeasures, SeenFace},
    policy::Policy,
    span::Span,
};
use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;

use crate::{footage, say};

#[derive(ClapArgs)]
pub struct Args {
    /// How many drawn rooms; each gives two lessons of the same people
    #[arg(long, default_value_t = 2)]
    rooms: u64,
    /// How long a lesson's film is
    #[arg(long, default_value_t = 240)]
    seconds: u32,
    /// Real videos (.mp4), those of a minute and more are taken; each half counts as a lesson
    #[arg(long, value_name = "DIR")]
    videos: Option<PathBuf>,
    /// How many seconds of a lesson a second of film stands for: drawn people sit otherwise every few seconds
    #[arg(long, default_value_t = 10)]
    speed: i64,
}

/// Pictures of a film that are looked at, a second.
const RATE: i64 = 4;
const SIZE: (u32, u32) = (640, 360);
/// Samples that a reference is the middle of, as the service takes it.
const REFERENCE: usize = 30;
const DAY_MS: i64 = 86_400_000;

/// What is done to a lesson.
struct Case {
    name: &'static str,
    /// As filters of ffmpeg.
    filter: &'static str,
    /// The filter of the lesson before, whose reference and trail it is held against.
    before: &'static str,
    shown: Shown,
    /// What should be found; more than these is a false alarm.
    must: &'static [FindingKind],
    /// What may be found as well, for it is true.
    may: &'static [FindingKind],
}

/// Which pictures are shown.
#[derive(Clone, Copy, PartialEq)]
enum Shown {
    /// The lesson's own.
    Own,
    /// The first third of it, over and over.
    Loop,
    /// Those of the lesson before.
    Before,
}

const AS_IS: &str = "null";
const CASES: [Case; 11] = {
    use FindingKind::{
        CameraMoved as Moved, PictureBlurred as Blurred, PictureCovered as Covered, PictureLooped as Looped,
        PictureReplayed as Replayed,
    };
    const fn case(
        name: &'static str,
        filter: &'static str,
        shown: Shown,
        must: &'static [FindingKind],
        may: &'static [FindingKind],
    ) -> Case {
        Case { name, filter, before: AS_IS, shown, must, may }
    }
    [
        case("as it is", AS_IS, Shown::Own, &[], &[]),
        case("at 150 kbit/s", "BITRATE", Shown::Own, &[], &[]),
        case("darker", "eq=brightness=-0.2", Shown::Own, &[], &[]),
        case("brighter, more contrast", "eq=brightness=0.15:contrast=1.3", Shown::Own, &[], &[]),
        case("in a loop", "BITRATE", Shown::Loop, &[Looped], &[]),
        case("of the day before", "BITRATE", Shown::Before, &[Replayed], &[]),
        case("of the day before, darker", "eq=brightness=-0.15", Shown::Before, &[Replayed], &[]),
        case("of the day before, mirrored", "hflip", Shown::Before, &[Replayed], &[Moved]),
        case("blurred", "gblur=sigma=5", Shown::Own, &[Blurred], &[]),
        case("covered", "drawbox=x=0:y=0:w=iw*0.9:h=ih:color=gray:t=fill", Shown::Own, &[Covered], &[]),
        Case {
            name: "from elsewhere",
            filter: "crop=iw*0.85:ih*0.85:iw*0.15:ih*0.1",
            before: "crop=iw*0.85:ih*0.85:0:0",
            shown: Shown::Own,
            must: &[Moved],
            may: &[],
        },
    ]
};

pub fn run(args: &Args) -> Result<()> {
    let dir = tempfile::tempdir()?;
    let mut pairs: Vec<(PathBuf, PathBuf)> = Vec::new();
    for seed in 0..args.rooms {
        let mut lessons = footage::drawn(dir.path(), seed, args.seconds)?.into_iter();
        pairs.extend(lessons.next().zip(lessons.next()));
    }
    if let Some(videos) = &args.videos {
        for (index, video) in footage::real(videos)?.into_iter().enumerate() {
            pairs.push(halves(dir.path(), index, &video)?);
        }
    }
    let mut found: BTreeMap<&str, (u32, u32)> = BTreeMap::new();
    let mut alarms: BTreeMap<&str, Vec<FindingKind>> = BTreeMap::new();
    let mut most_by_chance = 0;
    let mut searching = Duration::ZERO;
    for (n, (before, now)) in pairs.iter().enumerate() {
        // Most lessons are held against the same one.
        let mut films: BTreeMap<(&Path, &str), Film> = BTreeMap::new();
        for case in &CASES {
            let of_before = (before.as_path(), case.before);
            let of_now = (if case.shown == Shown::Before { before } else { now }.as_path(), case.filter);
            for (path, filter) in [of_before, of_now] {
                if let Entry::Vacant(free) = films.entry((path, filter)) {
                    free.insert(Film::of(path, filter, args.speed)?);
                }
            }
            let (Some(earlier), Some(shown)) = (films.get(&of_before), films.get(&of_now)) else { continue };
            let start = Instant::now();
            let (kinds, repeats) = judged(earlier, shown, case.shown);
            searching += start.elapsed();
            say(&format!("  {} of {}, {}: {kinds:?}", n + 1, pairs.len(), case.name));
            if case.must.is_empty() {
                most_by_chance = repeats.iter().map(|repeat| repeat.pictures).max().unwrap_or(0).max(most_by_chance);
            }
            let (hits, of) = found.entry(case.name).or_default();
            *of += 1;
            *hits += u32::from(case.must.iter().all(|kind| kinds.contains(kind)));
            let more = kinds.into_iter().filter(|kind| !case.must.contains(kind) && !case.may.contains(kind));
            alarms.entry(case.name).or_default().extend(more);
        }
    }
    say("lesson                      | as should be | false alarms");
    for case in &CASES {
        let (hits, of) = found.get(case.name).copied().unwrap_or_default();
        let alarms = alarms.get(case.name).map_or(&[][..], Vec::as_slice);
        say(&format!("{:27} | {hits:8}/{of:3} | {} {alarms:?}", case.name, alarms.len()));
    }
    say(&format!("the most pictures alike where nothing was shown again: {most_by_chance}"));
    let lessons = (pairs.len() * CASES.len()).max(1);
    say(&format!("{:.0} ms a lesson", searching.as_secs_f64() * 1000.0 / lessons as f64));
    Ok(())
}

/// The samples of a film, and how far it goes, in time of the lesson.
struct Film {
    views: Vec<View>,
    step_ms: i64,
}

impl Film {
    fn of(file: &Path, filter: &str, speed: i64) -> Result<Self> {
        let coded;
        let (file, filter) = if filter == "BITRATE" {
            coded = file.with_extension("low.mp4");
            if !coded.exists() {
                let mut command = footage::ffmpeg();
                command.arg("-i").arg(file).args(["-b:v", "150k", "-maxrate", "150k", "-bufsize", "300k", "-g", "250"]);
                footage::encode(command, &coded)?;
            }
            (coded.as_path(), AS_IS)
        } else {
            (file, filter)
        };
        let (width, height) = SIZE;
        let filter = format!("{filter},fps={RATE},scale={width}:{height}:flags=area,format=bgr24");
        let mut command = footage::ffmpeg();
        command.args(["-threads", "1", "-i"]).arg(file).args(["-map", "0:V:0", "-vf", &filter]);
        let mut child = command.args(["-f", "rawvideo", "pipe:1"]).stdout(Stdio::piped()).spawn()?;
        let mut out = child.stdout.take().context("no output")?;
        let mut views = Vec::new();
        let mut pixels = vec![0; (width * height * 3) as usize];
        while out.read_exact(&mut pixels).is_ok() {
            let picture = OwnedPicture::new(width, height, pixels.clone())?;
            views.push(measures(picture.view(), None).view());
        }
        child.wait()?;
        Ok(Self { views, step_ms: 1000 * speed / RATE })
    }

    fn length_ms(&self) -> i64 {
        self.views.len() as i64 * self.step_ms
    }

    /// About ten seconds apart, at uneven times, as the service takes them; `turn` decides which.
    fn sampled(&self, turn: u64, shown: impl Fn(i64) -> i64) -> Vec<(i64, &View)> {
        let uneven = |n: u64| n.wrapping_add(turn).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 40;
        (0..self.length_ms() / 10_000)
            .filter_map(|n| {
                let at = n * 10_000 + ((uneven(n.unsigned_abs()) * 9_000) >> 24) as i64;
                let index = usize::try_from(shown(at) / self.step_ms).ok()?;
                Some((at, self.views.get(index)?))
            })
            .collect()
    }
}

fn judged(earlier: &Film, shown: &Film, how: Shown) -> (BTreeSet<FindingKind>, Vec<Repeat>) {
    let start = 1_728_349_200_000;
    let time = |ms: i64| Timestamp::from_millisecond(ms).unwrap_or_default();
    let before = earlier.sampled(11, |at| at);
    let mut maker = SceneMaker::default();
    for (_, view) in before.iter().take(REFERENCE) {
        maker.push((*view).clone());
    }
    let scene = maker.finish();
    let third = shown.length_ms() / 3;
    let now = shown.sampled(222, |at| match how {
        Shown::Own => at,
        Shown::Loop => at % third,
        // Not at the same second of the day.
        Shown::Before => at + 13_700,
    });
    let trail = |samples: &[(i64, &View)], start: i64| {
        Trail::of(&samples.iter().map(|(at, view)| (time(start + at), view.cells)).collect::<Vec<_>>())
    };
    let (trail, of_before) = (trail(&now, start), trail(&before, start - DAY_MS));
    let found = [repeats(&trail, &of_before, &Limits::default()), repeats(&trail, &trail, &Limits::default())];
    let found: Vec<Repeat> = found.into_iter().flatten().collect();
    let observations = now.iter().enumerate().map(|(n, (at, view))| seen(n, time(start + at), view, scene.as_ref()));
    let observations: Vec<Observation> = observations.collect();
    let end = time(start + shown.length_ms() + 1);
    let Ok(span) = Span::new(time(start), end) else { return (BTreeSet::new(), found) };
    let facts = SessionFacts {
        session: Uuid::from_u128(1).into(),
        span,
        roster: Vec::new(),
        report: None,
        report_sent_at: None,
        observations,
        lessons: Vec::new(),
        outages: Vec::new(),
        now: time(start),
    };
    let replays = found.iter().filter_map(replay).collect();
    let hints = Hints { replays, ..Hints::default() };
    let kinds = judge_with(&facts, &hints, &Policy::default()).findings.into_iter().map(|finding| finding.kind);
    let ours = |kind: &FindingKind| {
        use FindingKind::{CameraMoved, PictureBlurred, PictureCovered, PictureLooped, PictureReplayed};
        [CameraMoved, PictureBlurred, PictureCovered, PictureLooped, PictureReplayed].contains(kind)
    };
    (kinds.filter(ours).collect(), found)
}

fn camera() -> CameraId {
    Uuid::from_u128(1).into()
}

fn seen(n: usize, at: Timestamp, view: &View, scene: Option<&Scene>) -> Observation {
    let area = Area { x: 0.4, y: 0.4, width: 0.1, height: 0.1 };
    let face = SeenFace { area, score: 0.9, eye_distance_px: 30.0, likeness: None, male_probability: None };
    Observation {
        id: Uuid::from_u128(n as u128 + 1).into(),
        session: Uuid::from_u128(1).into(),
        camera: camera(),
        at,
        faces: vec![face],
        faceless: Vec::new(),
        picture: PictureMeasures { brightness: 100.0, sharpness: view.sharpness, change: None },
        look: Some(Look { cells: view.cells, stream: None, scene: scene.map(|scene| scene.matched(view)) }),
    }
}

fn replay(repeat: &Repeat) -> Option<Replay> {
    let Repeat { from, to, earlier_ms, pictures, by_chance, mirrored } = *repeat;
    let earlier = SignedDuration::from_millis(earlier_ms);
    let (span, of) = (Span::new(from, to).ok()?, Span::new(from - earlier, to - earlier).ok()?);
    Some(Replay { camera: camera(), span, of, pictures, by_chance, mirrored })
}

/// A video's two halves, each as a lesson.
fn halves(dir: &Path, index: usize, video: &Path) -> Result<(PathBuf, PathBuf)> {
    let half = footage::seconds(video)? / 2.0;
    let cut = |n: usize| -> Result<PathBuf> {
        let file = dir.join(format!("real-{index}-{n}.mp4"));
        let mut command = footage::ffmpeg();
        command.args(["-ss", &format!("{:.2}", half * n as f64), "-t", &format!("{half:.2}"), "-i"]).arg(video);
        footage::encode(command, &file)?;
        Ok(file)
    };
    Ok((cut(0)?, cut(1)?))
}
