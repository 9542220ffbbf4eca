//! Real clips of people who stay in the picture, each as a session: frames spread over the clip stand for samples a minute
//! apart.

use std::{fs, path::Path, process::Command};

use anyhow::{Context, Result, ensure};
use duxue_analytics::{Analyser, ObserveOptions, OwnedPicture};
use jiff::Timestamp;

use super::{Tally, drawn, said, simulated::facts};
use crate::say;

/// Every clip of `counts.csv` (`file`, `people`) in which the number of people stays the same.
pub(super) fn run(
    analyser: &Analyser,
    dir: &Path,
    samples: u32,
    options: &ObserveOptions,
) -> Result<Vec<(String, Tally)>> {
    let table = dir.join("counts.csv");
    let text = fs::read_to_string(&table).with_context(|| format!("cannot read {}", table.display()))?;
    let mut lines = text.lines();
    let heading: Vec<&str> = lines.next().unwrap_or_default().split(',').collect();
    let column = |name: &str| {
        heading.iter().position(|cell| *cell == name).with_context(|| format!("{}: no column {name}", table.display()))
    };
    let (file, people) = (column("file")?, column("people")?);
    let mut tallies = Vec::new();
    for line in lines {
        let cells: Vec<&str> = line.split(',').collect();
        let (Some(file), Some(Ok(truth))) = (cells.get(file), cells.get(people).map(|cell| cell.parse::<u32>())) else {
            continue;
        };
        let frames = frames(&dir.join(file), samples as usize)?;
        let observe = |(n, frame): (usize, &OwnedPicture)| {
            Ok(drawn::observation(n as u32, &analyser.observe(frame.view(), options)?))
        };
        let observations = frames.iter().enumerate().map(observe).collect::<Result<Vec<_>>>()?;
        let said = said(&facts(observations, Timestamp::UNIX_EPOCH, frames.len() as i64 * 60), &drawn::settled());
        let (mut places, mut cautious) = (Tally::default(), Tally::default());
        match said.places {
            Some(estimate) => {
                say(&format!("  {file}: {truth} people, {} ({} to {})", estimate.likely, estimate.low, estimate.high));
                places.add(truth, estimate, said.fullest);
            }
            None => say(&format!("  {file}: too few frames to tell")),
        }
        cautious.add(truth, said.cautious, said.fullest);
        tallies.push((format!("{truth}, by places"), places));
        tallies.push((format!("{truth}, for findings"), cautious));
    }
    Ok(tallies)
}

/// At most so many frames, spread over the clip.
fn frames(file: &Path, samples: usize) -> Result<Vec<OwnedPicture>> {
    let (width, height) = size(file)?;
    let mut command = Command::new("ffmpeg");
    command.args(["-v", "error", "-nostdin", "-i"]).arg(file);
    command.args(["-fps_mode", "passthrough", "-f", "rawvideo", "-pix_fmt", "bgr24", "pipe:1"]);
    let output = command.output().context("ffmpeg cannot be run")?;
    ensure!(output.status.success(), "{}: {}", file.display(), String::from_utf8_lossy(&output.stderr));
    let all: Vec<&[u8]> = output.stdout.chunks_exact(width as usize * height as usize * 3).collect();
    let count = samples.min(all.len());
    (0..count).map(|n| Ok(OwnedPicture::new(width, height, all[n * all.len() / count].to_vec())?)).collect()
}

fn size(file: &Path) -> Result<(u32, u32)> {
    let show = ["-v", "error", "-select_streams", "V:0", "-show_entries", "stream=width,height", "-of", "csv=p=0:s=x"];
    let output = Command::new("ffprobe").args(show).arg(file).output().context("ffprobe cannot be run")?;
    let text = String::from_utf8_lossy(&output.stdout);
    let (width, height) = text.trim().split_once('x').with_context(|| format!("{}: no video", file.display()))?;
    Ok((width.parse()?, height.parse()?))
}
