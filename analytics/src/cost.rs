//! What analysing a key frame costs, by stage: CPU time, so that it can be compared on a busy machine. Only where a card
//! calculates, wall time says more.

use std::{fmt, fs, time::Instant};

use crate::{
    analyser::{Analyser, ObserveError, ObserveOptions},
    measure::measures,
    picture::Picture,
    recogniser::Crop,
};

/// What is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Clock {
    /// How long the threads of this process ran.
    Cpu,
    /// How long it took.
    Wall,
}

/// Time per stage, in milliseconds; CPU time is that of all threads of the process together.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CostReport {
    /// Which time.
    pub clock: Clock,
    /// Of the picture.
    pub width: u32,
    /// Of the picture.
    pub height: u32,
    /// The detector's long side.
    pub detect_long_side: u32,
    /// Faces found.
    pub faces: usize,
    /// Faces that got an embedding.
    pub identified: usize,
    /// How often each stage ran.
    pub rounds: u32,
    /// Brightness, sharpness and change, a frame.
    pub measure_ms: f64,
    /// Scaling, detector and decoding, a frame.
    pub detect_ms: f64,
    /// The same for the people detector, a frame; 0 without one.
    pub people_ms: f64,
    /// Turning upright and recogniser, a face, all faces in batches.
    pub recognise_ms_per_face: f64,
    /// The same with one face a run.
    pub recognise_ms_per_face_alone: f64,
    /// Gender head, a face.
    pub gender_ms_per_face: f64,
}

/// Why nothing was measured.
#[derive(Debug, thiserror::Error)]
pub enum CostError {
    /// The system does not tell how much CPU time a process took (it takes Linux with /proc).
    #[error("the CPU time of this process cannot be read from /proc")]
    NoCpuClock,
    /// The analysis failed.
    #[error(transparent)]
    Observe(#[from] ObserveError),
}

/// Analyses the picture `rounds` times after one to warm up. The process should do nothing else meanwhile.
pub fn measure(
    analyser: &Analyser,
    picture: Picture<'_>,
    options: &ObserveOptions,
    rounds: u32,
) -> Result<CostReport, CostError> {
    measure_by(Clock::Cpu, analyser, picture, options, rounds)
}

/// As [`measure`], by either clock.
pub fn measure_by(
    clock: Clock,
    analyser: &Analyser,
    picture: Picture<'_>,
    options: &ObserveOptions,
    rounds: u32,
) -> Result<CostReport, CostError> {
    let average = |rounds: u32, stage: &mut Stage<'_>| average(clock, rounds, stage);
    let rounds = rounds.max(1);
    let observed = analyser.observe(picture, options)?;
    let before = measures(picture, None);
    let measure_ms = average(rounds, &mut || {
        measures(picture, Some(&before));
        Ok(())
    })?;
    let detect_ms = average(rounds, &mut || {
        analyser.detector.detect(picture, options.detect_long_side, options.min_score)?;
        Ok(())
    })?;
    let people_ms = average(rounds, &mut || analyser.people(picture, options).map(drop).map_err(Into::into))?;
    let identified = observed.timings.identified;
    let mut report = CostReport {
        clock,
        width: observed.width,
        height: observed.height,
        detect_long_side: options.detect_long_side,
        faces: observed.faces.len(),
        identified,
        rounds,
        measure_ms,
        detect_ms,
        people_ms,
        recognise_ms_per_face: 0.0,
        recognise_ms_per_face_alone: 0.0,
        gender_ms_per_face: 0.0,
    };
    let Some(recogniser) = analyser.recogniser.as_ref().filter(|_| identified > 0) else { return Ok(report) };
    let faces: Vec<_> = observed.faces.iter().filter(|f| f.embedding.is_some()).collect();
    let crops = || -> Vec<Crop> { faces.iter().filter_map(|f| recogniser.crop(picture, &f.landmarks)).collect() };
    let per_face = |ms: f64| ms / identified as f64;
    report.recognise_ms_per_face =
        per_face(average(rounds, &mut || recogniser.embed(&crops()).map(drop).map_err(Into::into))?);
    report.recognise_ms_per_face_alone = per_face(average(rounds, &mut || {
        for crop in crops() {
            recogniser.embed(&[crop])?;
        }
        Ok(())
    })?);
    let embeddings: Vec<_> = faces.iter().filter_map(|f| f.embedding.as_ref()).collect();
    // It takes microseconds, and the system counts CPU time in steps of milliseconds.
    let many = rounds.saturating_mul(200);
    report.gender_ms_per_face =
        per_face(average(many, &mut || analyser.male_probabilities(&embeddings).map(drop).map_err(Into::into))?);
    Ok(report)
}

/// What the face detector takes a frame when so many pictures, all of one size, go through one run, in milliseconds. Each is
/// looked at `rounds` times; those that remain after the last whole run are left out.
pub fn faces_ms_by_batch(
    clock: Clock,
    analyser: &Analyser,
    pictures: &[Picture<'_>],
    options: &ObserveOptions,
    batch: usize,
    rounds: u32,
) -> Result<f64, CostError> {
    by_batch(clock, pictures, batch, rounds, &mut |run| {
        analyser.detector.detect_all(run, options.detect_long_side, options.min_score)?;
        Ok(())
    })
}

/// The same of the people detector; nothing at all without one.
pub fn people_ms_by_batch(
    clock: Clock,
    analyser: &Analyser,
    pictures: &[Picture<'_>],
    options: &ObserveOptions,
    batch: usize,
    rounds: u32,
) -> Result<f64, CostError> {
    by_batch(clock, pictures, batch, rounds, &mut |run| {
        analyser.people_in_all(run, options)?;
        Ok(())
    })
}

type Run<'a> = dyn FnMut(&[Picture<'_>]) -> Result<(), ObserveError> + 'a;

fn by_batch(
    clock: Clock,
    pictures: &[Picture<'_>],
    batch: usize,
    rounds: u32,
    run: &mut Run<'_>,
) -> Result<f64, CostError> {
    let batch = batch.max(1);
    let mut all = || pictures.chunks_exact(batch).try_for_each(&mut *run);
    // The first run of a shape takes its memory.
    all()?;
    let frames = pictures.len() / batch * batch;
    Ok(average(clock, rounds.max(1), &mut all)? / frames.max(1) as f64)
}

/// Wall milliseconds a face for the picture's faces, repeated until they fill a run of `batch` faces; `None` without a
/// face that is big enough, or a recogniser that takes several.
pub fn recognise_ms_by_batch(
    analyser: &Analyser,
    picture: Picture<'_>,
    options: &ObserveOptions,
    batch: usize,
    rounds: u32,
) -> Result<Option<f64>, CostError> {
    let observed = analyser.observe(picture, options)?;
    let Some(recogniser) = analyser.recogniser.as_ref().filter(|r| r.spec().batch) else { return Ok(None) };
    let faces: Vec<_> = observed.faces.iter().filter(|face| face.embedding.is_some()).collect();
    let crops: Vec<Crop> = faces
        .iter()
        .cycle()
        .take(batch * faces.len().min(1))
        .filter_map(|f| recogniser.crop(picture, &f.landmarks))
        .collect();
    if crops.is_empty() {
        return Ok(None);
    }
    let run = || recogniser.embed_by(&crops, batch).map(drop).map_err(ObserveError::from);
    // The first run of a shape is not like the others on a card.
    run()?;
    let ms = average(Clock::Wall, rounds.max(1), &mut || run())?;
    Ok(Some(ms / crops.len() as f64))
}

type Stage<'a> = dyn FnMut() -> Result<(), ObserveError> + 'a;

/// Milliseconds a round.
fn average(clock: Clock, rounds: u32, stage: &mut Stage<'_>) -> Result<f64, CostError> {
    let began = Instant::now();
    let now = || match clock {
        Clock::Cpu => cpu_ns(),
        Clock::Wall => u64::try_from(began.elapsed().as_nanos()).ok(),
    };
    let before = now().ok_or(CostError::NoCpuClock)?;
    for _ in 0..rounds {
        stage()?;
    }
    let after = now().ok_or(CostError::NoCpuClock)?;
    Ok(after.saturating_sub(before) as f64 / 1e6 / f64::from(rounds))
}

/// Nanoseconds that the living threads of this process have run: the first number of /proc/self/task/*/schedstat
/// (Documentation/scheduler/sched-stats.rst of Linux).
pub fn cpu_ns() -> Option<u64> {
    let mut total = 0;
    for task in fs::read_dir("/proc/self/task").ok()?.flatten() {
        let Ok(text) = fs::read_to_string(task.path().join("schedstat")) else { continue };
        total += text.split(' ').next()?.parse::<u64>().ok()?;
    }
    (total > 0).then_some(total)
}

impl fmt::Display for CostReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { width, height, detect_long_side, faces, identified, .. } = self;
        let ms = if self.clock == Clock::Cpu { "ms CPU" } else { "ms" };
        writeln!(f, "{width}x{height}, detector at {detect_long_side}: {faces} faces, {identified} identified")?;
        writeln!(f, "  measures        {:8.2} {ms} a frame", self.measure_ms)?;
        writeln!(f, "  detect          {:8.2} {ms} a frame", self.detect_ms)?;
        writeln!(f, "  people          {:8.2} {ms} a frame", self.people_ms)?;
        writeln!(f, "  recognise       {:8.2} {ms} a face in batches", self.recognise_ms_per_face)?;
        writeln!(f, "  recognise       {:8.2} {ms} a face one by one", self.recognise_ms_per_face_alone)?;
        write!(f, "  gender          {:8.4} {ms} a face", self.gender_ms_per_face)
    }
}
