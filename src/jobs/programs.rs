//! FFmpeg's programs, which read one file and nothing else.
//!
//! What is handed in may be hostile. Only containers that hold their own pictures are opened, so that a playlist cannot have
//! other files or addresses read; a program gets no input and no environment of ours to act on, and is killed when whoever
//! waits for it gives up.

use std::{ffi::OsString, path::Path, process::Stdio};

use tokio::process::Command;

/// MP4, Matroska, MPEG-TS, MPEG-PS, AVI and Flash video, and what recorders write raw.
const CONTAINERS: &str = "mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,mpegts,mpeg,avi,flv,h264,hevc";

/// Larger pictures are not decoded: 8192 × 4320, with room to spare for any camera.
pub const MAX_PIXELS: u64 = 8192 * 4320;

/// One of the programs, about to read a file.
pub fn command(program: &Path) -> Command {
    let mut command = Command::new(program);
    command.args(["-v", "error", "-protocol_whitelist", "file,pipe", "-format_whitelist", CONTAINERS]);
    command.stdin(Stdio::null()).stderr(Stdio::null()).kill_on_drop(true);
    command
}

/// `ffmpeg` decoding the pictures of `file`; `before` are options of its decoder.
pub fn decoding(program: &Path, file: &Path, before: &[&str]) -> Command {
    let mut command = command(program);
    command.arg("-nostdin").args(before);
    // What the head of a file says holds for its first picture alone.
    command.arg("-max_pixels").arg(MAX_PIXELS.to_string()).arg("-i").arg(input(file)).args(["-map", "0:V:0"]);
    command
}

/// Never read as an address, whatever it is called.
pub fn input(file: &Path) -> OsString {
    let mut name = OsString::from("file:");
    name.push(file);
    name
}

/// What to tell whoever runs this where a program cannot be run.
pub fn missing(program: &Path) -> String {
    format!("{} cannot be run: install ffmpeg, or say under [uploads] where it is", program.display())
}
