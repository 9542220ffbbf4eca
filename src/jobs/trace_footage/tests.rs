//! FFmpeg's programs on made videos, hostile ones too.

use std::path::{Path, PathBuf};

use duxue_analytics::footage::{Limits, compare};
use tokio::process::Command;

use super::{likeness, pictures};
use crate::config::UploadsConfig;

async fn made(folder: &Path, name: &str, arguments: &[&str]) -> PathBuf {
    let file = folder.join(name);
    let status = Command::new("ffmpeg").args(["-v", "error", "-y"]).args(arguments).arg(&file).status().await;
    assert!(status.unwrap().success());
    file
}

/// Cells that live and die: what moves here never comes again.
const LIVING: &str = "life=s=32x18:mold=20:r=4:ratio=0.4:death_color=#206020:life_color=white:seed=5,\
                      scale=320:180:flags=neighbor";

#[tokio::test]
async fn a_video_is_shown_in_pictures_and_known_again_in_a_mirror() {
    let folder = tempfile::tempdir().unwrap();
    let config = UploadsConfig::default();
    let encoded = ["-t", "100", "-g", "8", "-pix_fmt", "yuv420p"];
    let film = made(folder.path(), "a.mp4", &[&["-f", "lavfi", "-i", LIVING][..], &encoded[..]].concat()).await;
    let looks = pictures::looks(&config, &film, 100_000).await.unwrap();
    for (picture, width) in [(looks.sheet.unwrap(), 1280), (looks.thumbnail.unwrap(), 480)] {
        assert_eq!(image_width(&picture), width);
    }
    let trace = pictures::trace(&config, &film).await.unwrap().unwrap();
    assert!((99..=101).contains(&trace.seconds()), "{}", trace.seconds());
    let source = film.to_str().unwrap();
    let mirror = ["-i", source, "-vf", "hflip,scale=200:150", "-b:v", "60k", "-g", "50", "-r", "7"];
    let mirror = pictures::trace(&config, &made(folder.path(), "b.mkv", &mirror).await).await.unwrap().unwrap();
    let found = compare(&trace, &mirror, &Limits::default()).expect("it is the same");
    assert!(found.mirrored && found.first.1 - found.first.0 >= 75, "{found:?}");
}

/// The width in the head of a JPEG's frame (ITU-T T.81, B.2.2).
fn image_width(jpeg: &[u8]) -> u16 {
    let head = jpeg.windows(2).position(|pair| pair == [0xff, 0xc0]).expect("a baseline JPEG");
    u16::from_be_bytes([jpeg[head + 7], jpeg[head + 8]])
}

#[tokio::test]
async fn what_gives_no_picture_is_looked_at_all_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let config = UploadsConfig::default();
    let sound = made(folder.path(), "sound.m4a", &["-f", "lavfi", "-i", "sine=d=2"]).await;
    let text = folder.path().join("text.mp4");
    std::fs::write(&text, "这不是视频").unwrap();
    for file in [sound, text] {
        let looks = pictures::looks(&config, &file, 5000).await.unwrap();
        assert_eq!((looks.sheet, looks.thumbnail), (None, None), "{}", file.display());
        assert!(pictures::trace(&config, &file).await.unwrap().is_none());
    }
    // One that says it is long, and is not.
    let short = made(folder.path(), "short.mp4", &["-f", "lavfi", "-i", "testsrc2=d=2:s=320x240:r=5", "-g", "5"]).await;
    assert!(pictures::looks(&config, &short, 36_000_000).await.unwrap().sheet.is_some());
    let nowhere = UploadsConfig { ffmpeg: "/nowhere/ffmpeg".into(), ..UploadsConfig::default() };
    assert!(pictures::trace(&nowhere, &short).await.is_err(), "that is our fault");
    let never = UploadsConfig { check_seconds: 0, ..UploadsConfig::default() };
    assert!(pictures::trace(&never, &short).await.unwrap().is_none(), "its time is over");
}

#[test]
fn the_same_file_is_a_likeness_also_where_nothing_moves() {
    let found = likeness(None, true, 90_500).unwrap();
    assert_eq!((found.span, found.other_span, found.alike, found.same_file), ((0, 90), (0, 90), 1.0, true));
    assert_eq!(likeness(None, false, 90_500), None);
}
