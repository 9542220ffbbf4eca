//! Measures a video with FFmpeg's programs, which read nothing but that one file.
//!
//! They run with one thread ([`crate::jobs::programs`]), and are killed when they take longer than the configuration allows.

use std::{path::Path, process::Stdio, time::Duration};

use anyhow::{Context, Result};
use duxue_rules::{
    policy::Policy,
    upload::{Hole, VideoFacts},
};
use serde::Deserialize;
use tokio::{
    io::{AsyncBufReadExt, AsyncReadExt, BufReader},
    process::Child,
};

use crate::{
    config::UploadsConfig,
    jobs::programs::{MAX_PIXELS, command, decoding, input, missing},
};

/// The size to which sampled pictures are scaled: enough for how bright they are and whether they change.
const WIDTH: usize = 160;
const HEIGHT: usize = 90;
/// At least so long apart are the pictures that are looked at.
const APART: &str = "9.9";

/// What came of it.
#[derive(Debug, PartialEq)]
pub(super) enum Probed {
    /// It has pictures.
    Video(VideoFacts),
    /// It is no video, or one that does not play.
    Unreadable,
    /// Its pictures are larger than is decoded here; memory and time go with their size.
    TooLarge {
        /// Pixels.
        width: u32,
        /// Pixels.
        height: u32,
    },
    /// The configuration's time was over; that says nothing about the video but that it takes long.
    TookTooLong,
}

/// The programs and their limits.
pub(super) struct Probe<'a> {
    config: &'a UploadsConfig,
    policy: &'a Policy,
}

impl<'a> Probe<'a> {
    pub(super) fn new(config: &'a UploadsConfig, policy: &'a Policy) -> Self {
        Self { config, policy }
    }

    /// Measures `file`. An error is ours (a program that is missing, a disk that fails) and says nothing about the file.
    pub(super) async fn measure(&self, file: &Path) -> Result<Probed> {
        let limit = Duration::from_secs(self.config.check_seconds);
        tokio::time::timeout(limit, self.all(file)).await.unwrap_or(Ok(Probed::TookTooLong))
    }

    async fn all(&self, file: &Path) -> Result<Probed> {
        let Some((container, stream)) = self.head(file).await? else { return Ok(Probed::Unreadable) };
        let (width, height) = (stream.width, stream.height);
        if u64::from(width) * u64::from(height) > MAX_PIXELS {
            return Ok(Probed::TooLarge { width, height });
        }
        let mut times = self.times(file).await?;
        times.sort_unstable();
        times.dedup();
        let (Some(&first), Some(&last)) = (times.first(), times.last()) else { return Ok(Probed::Unreadable) };
        let mut steps: Vec<u64> = times.windows(2).map(|pair| pair[1] - pair[0]).collect();
        let longest = u64::from(self.policy.clip_max_gap_ms);
        let hole = |pair: &[u64]| {
            let (from, until) = (pair[0] - first, pair[1] - first);
            (until - from > longest).then_some(Hole { from_ms: from, until_ms: until })
        };
        let holes = times.windows(2).filter_map(hole).collect();
        steps.sort_unstable();
        let step = steps.get(steps.len() / 2).copied().unwrap_or(0);
        let Some(looked) = self.look(file).await? else { return Ok(Probed::Unreadable) };
        Ok(Probed::Video(VideoFacts {
            container,
            codec: stream.codec_name,
            width: stream.width,
            height: stream.height,
            duration_ms: last - first + step,
            holes,
            samples: looked.samples,
            dark: looked.dark,
            frozen: looked.frozen,
        }))
    }

    /// Container and picture stream; `None` where there is none.
    async fn head(&self, file: &Path) -> Result<Option<(String, Stream)>> {
        #[derive(Deserialize)]
        struct Head {
            format: Format,
            streams: Vec<Stream>,
        }
        #[derive(Deserialize)]
        struct Format {
            format_name: String,
        }
        let entries = "format=format_name:stream=codec_name,width,height";
        let mut command = command(&self.config.ffprobe);
        command.args(["-select_streams", "V:0", "-show_entries", entries, "-of", "json"]).arg(input(file));
        let output = command.output().await.with_context(|| missing(&self.config.ffprobe))?;
        if !output.status.success() {
            return Ok(None);
        }
        let head: Option<Head> = serde_json::from_slice(&output.stdout).ok();
        Ok(head.and_then(|head| Some((head.format.format_name, head.streams.into_iter().next()?))))
    }

    /// When each picture is shown, in milliseconds, in the order of the file.
    async fn times(&self, file: &Path) -> Result<Vec<u64>> {
        let mut command = command(&self.config.ffprobe);
        command.args(["-select_streams", "V:0", "-show_entries", "packet=pts_time", "-of", "csv=p=0"]).arg(input(file));
        let mut child = command.stdout(Stdio::piped()).spawn().with_context(|| missing(&self.config.ffprobe))?;
        let mut lines = BufReader::new(child.stdout.take().context("no output")?).lines();
        let mut times = Vec::new();
        while let Some(line) = lines.next_line().await? {
            // A picture without a time of its own cannot be placed; those around it tell of the hole.
            let seconds: Option<f64> = line.trim_end_matches(',').parse().ok();
            if let Some(seconds) = seconds.filter(|seconds| (0.0..1e9).contains(seconds)) {
                times.push((seconds * 1000.0).round() as u64);
            }
        }
        child.wait().await?;
        Ok(times)
    }

    /// Decodes key frames, small and grey; `None` where not one decodes.
    async fn look(&self, file: &Path) -> Result<Option<Looked>> {
        let filter = format!(
            "select='isnan(prev_selected_t)+gte(t-prev_selected_t,{APART})',scale={WIDTH}:{HEIGHT}:flags=area,format=gray"
        );
        let mut command = decoding(&self.config.ffmpeg, file, &["-threads", "1", "-skip_frame", "nokey"]);
        command.args(["-vf", &filter, "-fps_mode", "passthrough", "-f", "rawvideo", "pipe:1"]);
        let mut child = command.stdout(Stdio::piped()).spawn().with_context(|| missing(&self.config.ffmpeg))?;
        let looked = self.grey(&mut child).await?;
        child.wait().await?;
        Ok((looked.samples > 0).then_some(looked))
    }

    async fn grey(&self, child: &mut Child) -> Result<Looked> {
        let mut out = child.stdout.take().context("no output")?;
        let mut looked = Looked::default();
        let (mut picture, mut before) = (vec![0; WIDTH * HEIGHT], None::<Vec<u8>>);
        while let Ok(_full) = out.read_exact(&mut picture).await {
            looked.samples += 1;
            let luma = picture.iter().map(|&pixel| f64::from(pixel)).sum::<f64>() / picture.len() as f64;
            looked.dark += u32::from((luma as f32) < self.policy.dark_below_brightness);
            if let Some(before) = &before {
                let apart = picture.iter().zip(before).map(|(&one, &other)| f64::from(one.abs_diff(other)));
                let change = apart.sum::<f64>() / picture.len() as f64;
                looked.frozen += u32::from((change as f32) < self.policy.frozen_below_change);
            }
            before = Some(picture.clone());
        }
        Ok(looked)
    }
}

/// A picture stream.
#[derive(Deserialize)]
struct Stream {
    codec_name: String,
    width: u32,
    height: u32,
}

/// What the sampled pictures are like.
#[derive(Default)]
struct Looked {
    samples: u32,
    dark: u32,
    frozen: u32,
}

/// How files of that container are called.
pub(super) fn extension(container: &str) -> &'static str {
    match container.split(',').next().unwrap_or_default() {
        "mov" => "mp4",
        "matroska" => "mkv",
        "mpegts" => "ts",
        "mpeg" => "mpg",
        "avi" => "avi",
        "flv" => "flv",
        _ => "bin",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tokio::process::Command;

    /// Makes a video with FFmpeg itself.
    async fn made(folder: &Path, name: &str, arguments: &[&str]) -> std::path::PathBuf {
        let file = folder.join(name);
        let status = Command::new("ffmpeg").args(["-v", "error", "-y"]).args(arguments).arg(&file).status().await;
        assert!(status.unwrap().success());
        file
    }

    async fn measured(file: &Path) -> Probed {
        let (config, policy) = (UploadsConfig::default(), Policy::default());
        Probe::new(&config, &policy).measure(file).await.unwrap()
    }

    fn video(probed: Probed) -> VideoFacts {
        let Probed::Video(video) = probed else { panic!("it plays") };
        video
    }

    const MOVING: &str = "testsrc2=d=45:s=320x240:r=10";

    #[tokio::test]
    async fn a_moving_picture_is_measured_as_it_is() {
        let folder = tempfile::tempdir().unwrap();
        let encoded = ["-f", "lavfi", "-i", MOVING, "-g", "20", "-pix_fmt", "yuv420p"];
        for (name, container) in [("a.mp4", "mov,"), ("a.mkv", "matroska,"), ("a.ts", "mpegts")] {
            let found = video(measured(&made(folder.path(), name, &encoded).await).await);
            assert!(found.container.starts_with(container), "{}", found.container);
            assert_eq!((found.width, found.height, found.holes.as_slice()), (320, 240, &[][..]), "{name}");
            assert!((44_900..=45_100).contains(&found.duration_ms), "{name}: {} ms", found.duration_ms);
            assert_eq!((found.samples, found.dark, found.frozen), (5, 0, 0), "{name}");
        }
    }

    #[tokio::test]
    async fn a_hole_shows_whatever_the_container_claims() {
        let folder = tempfile::tempdir().unwrap();
        // Seven seconds are left out, and the clock goes on.
        let select = "select='not(between(t,20,27))'";
        let arguments = ["-f", "lavfi", "-i", MOVING, "-vf", select, "-fps_mode", "passthrough", "-pix_fmt", "yuv420p"];
        let found = video(measured(&made(folder.path(), "holed.mp4", &arguments).await).await);
        let [hole] = found.holes[..] else { panic!("{:?}", found.holes) };
        assert!(hole.from_ms.abs_diff(19_900) <= 100 && hole.until_ms.abs_diff(27_100) <= 100, "{hole:?}");
        assert!((44_900..=45_100).contains(&found.duration_ms));
    }

    #[tokio::test]
    async fn a_black_or_a_still_picture_is_told() {
        let folder = tempfile::tempdir().unwrap();
        let black = ["-f", "lavfi", "-i", "color=black:d=45:s=320x240:r=5", "-g", "10", "-pix_fmt", "yuv420p"];
        let found = video(measured(&made(folder.path(), "black.mp4", &black).await).await);
        assert_eq!((found.samples, found.dark), (5, 5));
        let still = "testsrc2=d=1:s=320x240:r=1,loop=loop=224:size=1,setpts=N/5/TB";
        let still = ["-f", "lavfi", "-i", still, "-g", "10", "-r", "5", "-pix_fmt", "yuv420p"];
        let found = video(measured(&made(folder.path(), "still.mp4", &still).await).await);
        // The first picture of a stream is coded a little differently from those that repeat it.
        assert!(found.dark == 0 && found.frozen + 2 >= found.samples, "{found:?}");
    }

    #[tokio::test]
    async fn what_is_no_video_of_its_own_is_never_opened() {
        let folder = tempfile::tempdir().unwrap();
        let good = made(folder.path(), "a.mp4", &["-f", "lavfi", "-i", MOVING, "-pix_fmt", "yuv420p"]).await;
        let write = |name: &str, content: &[u8]| {
            let file = folder.path().join(name);
            std::fs::write(&file, content).unwrap();
            file
        };
        let playlist = format!("#EXTM3U\n#EXTINF:10,\nfile:{}\n#EXT-X-ENDLIST\n", good.display());
        let list = format!("ffconcat version 1.0\nfile {}\n", good.display());
        let whole = std::fs::read(&good).unwrap();
        for file in [
            write("playlist", playlist.as_bytes()),
            write("list", list.as_bytes()),
            write("text", "这不是视频".as_bytes()),
            write("nothing", b""),
            // The table of an MP4 that was not finished is missing.
            write("torn", &whole[..whole.len() / 2]),
            made(folder.path(), "sound.m4a", &["-f", "lavfi", "-i", "sine=d=5"]).await,
        ] {
            assert_eq!(measured(&file).await, Probed::Unreadable, "{}", file.display());
        }
        let nowhere = UploadsConfig { ffprobe: "/nowhere/ffprobe".into(), ..UploadsConfig::default() };
        let error = Probe::new(&nowhere, &Policy::default()).measure(&good).await.unwrap_err();
        assert!(error.to_string().contains("install ffmpeg"), "{error}");
    }

    /// Sets the duration in the head of an MP4 (ISO/IEC 14496-12, 8.2.2, version 0).
    fn announcing(content: &[u8], seconds: u32) -> Vec<u8> {
        let mut content = content.to_vec();
        let head = content.windows(4).position(|word| word == b"mvhd").unwrap();
        let scale = u32::from_be_bytes(content[head + 16..head + 20].try_into().unwrap());
        content[head + 20..head + 24].copy_from_slice(&(scale * seconds).to_be_bytes());
        content
    }

    #[tokio::test]
    async fn what_a_file_says_of_itself_is_not_believed() {
        let folder = tempfile::tempdir().unwrap();
        let source = ["-f", "lavfi", "-i", "testsrc2=d=1:s=320x240:r=10", "-pix_fmt", "yuv420p"];
        let short = made(folder.path(), "short.mp4", &source).await;
        let long = folder.path().join("long.mp4");
        std::fs::write(&long, announcing(&std::fs::read(&short).unwrap(), 36_000)).unwrap();
        let mut claimed = Command::new("ffprobe");
        claimed.args(["-v", "error", "-show_entries", "format=duration", "-of", "csv=p=0"]).arg(&long);
        let claimed = claimed.output().await.unwrap();
        assert!(String::from_utf8_lossy(&claimed.stdout).starts_with("36000"), "{claimed:?}");
        assert_eq!(video(measured(&long).await).duration_ms, 1000);
        let nothing = [&source[..], &["-frames:v", "0"]].concat();
        assert_eq!(measured(&made(folder.path(), "empty.mkv", &nothing).await).await, Probed::Unreadable);
        let huge = ["-f", "lavfi", "-i", "color=gray:s=9000x5000:r=1", "-frames:v", "1", "-c:v", "mjpeg"];
        let huge = measured(&made(folder.path(), "huge.mkv", &huge).await).await;
        assert_eq!(huge, Probed::TooLarge { width: 9000, height: 5000 });
    }

    #[tokio::test]
    async fn what_takes_too_long_is_not_said_to_be_no_video() {
        let folder = tempfile::tempdir().unwrap();
        let good = made(folder.path(), "a.mp4", &["-f", "lavfi", "-i", MOVING, "-pix_fmt", "yuv420p"]).await;
        let hasty = UploadsConfig { check_seconds: 0, ..UploadsConfig::default() };
        let probed = Probe::new(&hasty, &Policy::default()).measure(&good).await.unwrap();
        assert_eq!(probed, Probed::TookTooLong);
    }
}
