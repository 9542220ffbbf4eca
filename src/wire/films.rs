//! Stretches of what was recorded, cut into one film each for whoever takes them out.

use std::{
    fs::{self, File},
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

use duxue_api::edges::{CutRefusal, Film};
use duxue_ingest::clip::{self, CutError};
use duxue_rules::span::Span;
use tokio::sync::Semaphore;
use tracing::error;

/// How many films are cut at once: each copies what it shows, beside the recording.
const AT_ONCE: usize = 2;

/// Cuts films, in a folder of its own.
#[derive(Clone)]
pub struct Films {
    folder: PathBuf,
    turns: Arc<Semaphore>,
    made: Arc<AtomicU64>,
}

impl Films {
    /// In a folder below the data directory.
    pub fn below(data_dir: &Path) -> Self {
        Self {
            folder: data_dir.join("exporting"),
            turns: Arc::new(Semaphore::new(AT_ONCE)),
            made: Arc::new(AtomicU64::new(0)),
        }
    }

    /// What the files have of `wanted`. A film that nobody waits for any more is cut to its end and gone.
    pub async fn cut(&self, files: Vec<PathBuf>, wanted: Span) -> Result<Film, CutRefusal> {
        let turn = self.turns.clone().try_acquire_owned().map_err(|_| CutRefusal::Busy)?;
        // What a crash leaves behind is overwritten by a later film.
        let out = self.folder.join(format!("{}.mp4", self.made.fetch_add(1, Ordering::Relaxed)));
        let cut = tokio::task::spawn_blocking(move || {
            let _turn = turn;
            film(&files, wanted, &out)
        });
        cut.await.unwrap_or_else(|error| {
            error!("a film was not cut to its end: {error}");
            Err(CutRefusal::Failed)
        })
    }
}

fn film(files: &[PathBuf], wanted: Span, out: &Path) -> Result<Film, CutRefusal> {
    if let Some(folder) = out.parent() {
        fs::create_dir_all(folder).map_err(failed)?;
    }
    let report = clip::cut(files, wanted, out).map_err(|error| match error {
        CutError::NoFootage => CutRefusal::Nothing,
        CutError::FormatChanged { at } => CutRefusal::FormatChanged { at },
        CutError::Overlap { at } => CutRefusal::ClockSetBack { at },
        error @ (CutError::DifferentCameras | CutError::Segment(_) | CutError::Write { .. }) => failed(error),
    })?;
    // From here on the bytes are there as long as somebody holds them.
    let file = File::open(out);
    fs::remove_file(out).map_err(failed)?;
    let file = file.map_err(failed)?;
    let span = Span::new(report.start, report.end).map_err(failed)?;
    Ok(Film { file, span, gaps: report.gaps })
}

/// Somebody must look; whoever asked hears that it cannot be had now.
fn failed(error: impl Into<anyhow::Error>) -> CutRefusal {
    error!("a film cannot be cut: {:#}", error.into());
    CutRefusal::Failed
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use jiff::Timestamp;

    use super::*;

    fn wanted() -> Span {
        let at = |second| Timestamp::from_second(second).unwrap();
        Span::new(at(1_728_360_000), at(1_728_360_060)).unwrap()
    }

    #[tokio::test]
    async fn where_nothing_can_be_cut_nothing_is_left_behind_and_turns_come_back() {
        let folder = tempfile::tempdir().unwrap();
        let films = Films::below(folder.path());
        let broken = folder.path().join("1.mp4");
        fs::write(&broken, b"no film").unwrap();
        for _ in 0..=AT_ONCE {
            assert_eq!(films.cut(vec![broken.clone()], wanted()).await.unwrap_err(), CutRefusal::Failed);
            assert_eq!(films.cut(Vec::new(), wanted()).await.unwrap_err(), CutRefusal::Nothing);
        }
        let gone = folder.path().join("2.mp4");
        assert_eq!(films.cut(vec![gone], wanted()).await.unwrap_err(), CutRefusal::Failed);
        assert_eq!(fs::read_dir(folder.path().join("exporting")).unwrap().count(), 0);
        let turns: Vec<_> = (0..AT_ONCE).map(|_| films.turns.clone().try_acquire_owned().unwrap()).collect();
        assert_eq!(films.cut(Vec::new(), wanted()).await.unwrap_err(), CutRefusal::Busy);
        drop(turns);
        let mut nothing = String::new();
        File::open(&broken).unwrap().read_to_string(&mut nothing).unwrap();
        assert_eq!(nothing, "no film", "what was recorded is left alone");
    }
}
