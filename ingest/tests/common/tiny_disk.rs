//! A disk that is soon full.

use std::{path::Path, process::Command};

/// A file system of its own over a folder, gone when dropped.
pub struct TinyDisk<'a>(&'a Path);

impl<'a> TinyDisk<'a> {
    /// `size` as tmpfs takes it, such as `400k`. `None`, with a line that says so, where this process may not mount.
    #[expect(clippy::print_stderr, reason = "a test that is skipped says so")]
    pub fn mount(folder: &'a Path, size: &str) -> Option<Self> {
        let options = format!("size={size}");
        let mounted = Command::new("mount").args(["-t", "tmpfs", "-o", &options, "none"]).arg(folder).output();
        if mounted.is_ok_and(|mounted| mounted.status.success()) {
            return Some(Self(folder));
        }
        eprintln!("SKIPPED: only root may mount a small file system; nothing was tested");
        None
    }
}

impl Drop for TinyDisk<'_> {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg(self.0).status();
    }
}
