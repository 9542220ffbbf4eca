//! Every frame decoded by ffmpeg, five a second told by the same models from scratch, as recorders with analysis do it.

use std::{
    fs,
    io::Read,
    path::Path,
    process::{Command, Stdio},
};

use anyhow::{Context, Result, ensure};
use duxue_analytics::{Analyser, ObserveOptions, OwnedPicture};
use duxue_rules::observation::PictureMeasures;

use super::{HOUR_S, Watched, class::Class, cpu_s};
use crate::say;

/// Frames a second that are told.
pub const RATE: usize = 5;
const SIZE: (usize, usize) = (1920, 1080);
/// It measures nothing: a bright picture that moves.
const MOVING: PictureMeasures = PictureMeasures { brightness: 120.0, sharpness: 200.0, change: Some(1.5) };

/// Over the whole film: all of it is decoded, and of each `every` seconds one is told, five frames of it. What telling takes
/// is multiplied accordingly; whom it saw is what it saw in these.
pub fn watch(
    analyser: &Analyser,
    class: &Class,
    film: &Path,
    seconds: u32,
    every: u32,
    options: &ObserveOptions,
) -> Result<Watched> {
    let children = children_cpu_s()?;
    let mut command = Command::new("ffmpeg");
    command.args(["-v", "error", "-nostdin", "-threads", "1", "-r", "25", "-f", "h264", "-i"]).arg(film);
    command.args(["-t", &seconds.to_string(), "-vf", &format!("fps={RATE}")]);
    command.args(["-pix_fmt", "bgr24", "-f", "rawvideo", "pipe:1"]);
    let mut child = command.stdout(Stdio::piped()).spawn().context("ffmpeg cannot be run")?;
    let mut frames = child.stdout.take().context("ffmpeg has no output")?;
    let (width, height) = SIZE;
    let (mut reading, mut telling) = (0.0, 0.0);
    let (mut read, mut told) = (0_usize, 0_usize);
    let mut observations = Vec::new();
    let mut bgr = vec![0; width * height * 3];
    loop {
        let began = cpu_s()?;
        if frames.read_exact(&mut bgr).is_err() {
            break;
        }
        let picture = cpu_s()?;
        reading += picture - began;
        if (read / RATE).is_multiple_of(every as usize) {
            let copy = OwnedPicture::new(width as u32, height as u32, bgr.clone())?;
            let began = cpu_s()?;
            let observed = analyser.observe(copy.view(), options)?;
            telling += cpu_s()? - began;
            let at_ms = (read * 1_000 / RATE) as i64;
            observations.push(class.observation(read, at_ms, &observed, MOVING));
            told += 1;
            if told.is_multiple_of(RATE * 5) {
                say(&format!("  every frame: {told} told, {:.0} ms CPU each", telling / told as f64 * 1e3));
            }
        }
        read += 1;
    }
    ensure!(child.wait()?.success(), "ffmpeg failed");
    ensure!(told > 0, "ffmpeg gave no frame");
    let decoding = children_cpu_s()? - children;
    let second = |spent: f64, frames: usize| spent / frames as f64 * RATE as f64;
    let (decoding, telling) = (second(decoding + reading, read), second(telling, told));
    say(&format!("  every frame: {decoding:.3} s CPU a second of film for decoding, {telling:.3} s for telling"));
    let cpu_s_an_hour = (decoding + telling) * HOUR_S;
    Ok(Watched {
        name: "every frame decoded, 5 a second told",
        looked: told,
        cpu_s_an_hour,
        verdict: class.verdict(observations)?,
    })
}

/// What the children of this process that have ended took: fields 16 and 17 of /proc/self/stat (proc(5)), in hundredths
/// of a second.
fn children_cpu_s() -> Result<f64> {
    let stat = fs::read_to_string("/proc/self/stat")?;
    let after_name = stat.rsplit_once(')').context("/proc/self/stat is not as expected")?.1;
    let fields: Vec<f64> = after_name.split_whitespace().skip(13).take(2).filter_map(|f| f.parse().ok()).collect();
    Ok(fields.iter().sum::<f64>() / 100.0)
}
