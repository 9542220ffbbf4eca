//! The frames of a video, decoded by FFmpeg.

use std::{
    io::{ErrorKind, Read},
    path::Path,
    process::{Command, Stdio},
};

use anyhow::{Context, Result, bail};
use duxue_analytics::OwnedPicture;

/// Calls `look` with every `every`th frame, in order.
pub fn frames(path: &Path, every: u32, mut look: impl FnMut(OwnedPicture) -> Result<()>) -> Result<()> {
    let (width, height) = size(path)?;
    let mut ffmpeg = Command::new("ffmpeg")
        .args(["-v", "error", "-nostdin", "-i"])
        .arg(path)
        .args(["-vf", &format!("select=not(mod(n\\,{every}))"), "-fps_mode", "passthrough"])
        .args(["-f", "rawvideo", "-pix_fmt", "bgr24", "-"])
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .context("ffmpeg is needed to decode videos")?;
    let mut pictures = ffmpeg.stdout.take().context("ffmpeg has no output")?;
    let outcome = loop {
        let mut bgr = vec![0; width as usize * height as usize * 3];
        match pictures.read_exact(&mut bgr) {
            Ok(()) => {}
            Err(end) if end.kind() == ErrorKind::UnexpectedEof => break Ok(()),
            Err(error) => break Err(error.into()),
        }
        let looked = OwnedPicture::new(width, height, bgr).map_err(Into::into).and_then(&mut look);
        if looked.is_err() {
            break looked;
        }
    };
    if outcome.is_err() {
        ffmpeg.kill().ok();
    }
    drop(pictures);
    let status = ffmpeg.wait()?;
    outcome?;
    if !status.success() {
        bail!("ffmpeg could not decode all of it");
    }
    Ok(())
}

/// Width and height of its first picture stream.
fn size(path: &Path) -> Result<(u32, u32)> {
    let output = Command::new("ffprobe")
        .args(["-v", "error", "-select_streams", "v:0", "-show_entries", "stream=width,height", "-of", "csv=p=0"])
        .arg(path)
        .output()
        .context("ffprobe is needed to look at videos")?;
    let text = String::from_utf8_lossy(&output.stdout);
    let size = text.lines().next().and_then(|line| line.split_once(',')).and_then(|(width, height)| {
        Some((width.trim().parse().ok()?, height.trim().trim_end_matches(',').parse().ok()?))
    });
    size.filter(|&(width, height): &(u32, u32)| width > 0 && height > 0).context("it is no video")
}
