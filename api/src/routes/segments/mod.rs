//! Recorded segments.

pub mod content;

use std::path::{Component, Path};

/// Whether a stored path stays below the recordings directory, whoever wrote the row.
pub(crate) fn is_below(path: &str) -> bool {
    Path::new(path).components().all(|part| matches!(part, Component::Normal(_)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_never_leads_out() {
        assert!(is_below("0190/2024-10-08/1.mp4"));
        for path in ["../etc/passwd", "/etc/passwd", "a/../../b", "./a"] {
            assert!(!is_below(path), "{path}");
        }
    }
}
