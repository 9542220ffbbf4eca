//! What is shown and compared of a video: a contact sheet, a thumbnail, a trace of its movements.

use std::{path::Path, process::Stdio, time::Duration};

use anyhow::{Context, Result};
use duxue_analytics::footage::{RATE, SIDE, Trace, Tracer};
use tokio::{
    io::AsyncReadExt,
    process::{Child, Command},
    time::timeout,
};

use crate::{config::UploadsConfig, jobs::programs};

/// Rows and columns of a contact sheet.
const GRID: u32 = 4;
/// A picture of the contact sheet.
const CELL: &str =
    "scale=320:180:force_original_aspect_ratio=decrease,pad=320:180:(ow-iw)/2:(oh-ih)/2,setsar=1,format=yuvj420p";
/// The thumbnail.
const THUMBNAIL: &str = "scale=480:270:force_original_aspect_ratio=decrease,setsar=1,format=yuvj420p";
/// A picture that takes more is not kept: none of ours does.
const MOST_BYTES: u64 = 4 << 20;
/// A trace is that long at most; what a file tells of times may be anything.
const MOST_SECONDS: u32 = 8 * 3600;

/// What could be made of a video; `None` where it took too long or gave nothing.
pub(super) struct Looks {
    pub(super) sheet: Option<Vec<u8>>,
    pub(super) thumbnail: Option<Vec<u8>>,
}

/// Both pictures. An error is ours (a program that is missing) and says nothing about the file.
pub(super) async fn looks(config: &UploadsConfig, file: &Path, duration_ms: u64) -> Result<Looks> {
    let seconds = duration_ms as f64 / 1000.0;
    let apart = seconds / f64::from(GRID * GRID);
    let filter = format!("select='isnan(prev_selected_t)+gte(t-prev_selected_t,{apart:.3})',{CELL},tile={GRID}x{GRID}");
    let mut sheet = programs::decoding(&config.ffmpeg, file, &["-threads", "1", "-skip_frame", "nokey"]);
    sheet.args(["-vf", &filter, "-fps_mode", "passthrough"]);
    let middle = format!("{:.3}", seconds / 2.0);
    let mut thumbnail = programs::decoding(&config.ffmpeg, file, &["-threads", "1", "-ss", &middle]);
    thumbnail.args(["-vf", THUMBNAIL]);
    Ok(Looks { sheet: picture(config, sheet).await?, thumbnail: picture(config, thumbnail).await? })
}

/// The first picture that the command gives, as JPEG.
async fn picture(config: &UploadsConfig, mut command: Command) -> Result<Option<Vec<u8>>> {
    command.args(["-frames:v", "1", "-c:v", "mjpeg", "-q:v", "5", "-f", "image2pipe", "pipe:1"]);
    let mut child = spawned(config, command)?;
    let out = child.stdout.take().context("no output")?;
    let read = async {
        let mut jpeg = Vec::new();
        out.take(MOST_BYTES + 1).read_to_end(&mut jpeg).await?;
        anyhow::Ok(jpeg)
    };
    let Ok(jpeg) = timeout(limit(config), read).await else { return Ok(None) };
    let jpeg = jpeg?;
    let whole = jpeg.starts_with(&[0xff, 0xd8]) && jpeg.ends_with(&[0xff, 0xd9]) && jpeg.len() as u64 <= MOST_BYTES;
    Ok(whole.then_some(jpeg))
}

/// What moves in the video: all its pictures are decoded, small and grey, twice a second are looked at.
pub(super) async fn trace(config: &UploadsConfig, file: &Path) -> Result<Option<Trace>> {
    // Smoothed edges of blocks make no difference at this size.
    let mut command = programs::decoding(&config.ffmpeg, file, &["-threads", "1", "-skip_loop_filter", "all"]);
    let filter = format!("fps={RATE},scale={SIDE}:{SIDE}:flags=area,format=gray");
    let frames = (MOST_SECONDS * RATE).to_string();
    command.args(["-vf", &filter, "-frames:v", &frames, "-f", "rawvideo", "pipe:1"]);
    let mut child = spawned(config, command)?;
    let mut out = child.stdout.take().context("no output")?;
    let read = async {
        let (mut tracer, mut picture) = (Tracer::default(), vec![0; SIDE * SIDE]);
        while let Ok(_full) = out.read_exact(&mut picture).await {
            tracer.push(&picture);
        }
        tracer
    };
    let Ok(tracer) = timeout(limit(config), read).await else { return Ok(None) };
    let trace = tracer.finish();
    Ok((trace.seconds() > 0).then_some(trace))
}

fn spawned(config: &UploadsConfig, mut command: Command) -> Result<Child> {
    command.stdout(Stdio::piped()).spawn().with_context(|| programs::missing(&config.ffmpeg))
}

fn limit(config: &UploadsConfig) -> Duration {
    Duration::from_secs(config.check_seconds)
}
