//! Room on the disk of the recordings.

use std::path::Path;

/// Free (to this process) and total bytes of the file system that holds `path`; `None` when the system does not tell.
pub fn room(path: &Path) -> Option<(u64, u64)> {
    let stat = rustix::fs::statvfs(path).ok()?;
    Some((stat.f_bavail * stat.f_frsize, stat.f_blocks * stat.f_frsize))
}
