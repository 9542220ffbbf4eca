//! Time by stage.

use serde::Serialize;

use crate::Timings;

/// How long a stage took, in microseconds.
type Micros = fn(&Timings) -> u64;

/// The times of many pictures.
#[derive(Clone, Debug, Default)]
pub struct Spent(Vec<Timings>);

/// A stage's wall time a picture, in milliseconds.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Stage {
    /// What is done.
    pub stage: &'static str,
    /// Pictures in which it was done.
    pub pictures: usize,
    /// Half of them took this long or less.
    pub median_ms: f64,
    /// Nine of ten took this long or less.
    pub p90_ms: f64,
}

impl Spent {
    /// One picture more.
    pub fn add(&mut self, timings: Timings) {
        self.0.push(timings);
    }

    /// By stage, those that were done at all.
    pub fn stages(&self) -> Vec<Stage> {
        let stages: [(&'static str, Micros); 4] = [
            ("faces", |times| times.detect_us),
            ("people", |times| times.people_us),
            ("recognise", |times| times.recognise_us),
            ("sex", |times| times.gender_us),
        ];
        stages.into_iter().filter_map(|(stage, of)| Stage::of(stage, self.0.iter().map(of).collect())).collect()
    }
}

impl Stage {
    fn of(stage: &'static str, mut times: Vec<u64>) -> Option<Self> {
        times.retain(|&micros| micros > 0);
        times.sort_unstable();
        let at = |share: usize| times.get((times.len() * share / 100).min(times.len().saturating_sub(1)));
        let ms = |micros: &u64| *micros as f64 / 1_000.0;
        Some(Self { stage, pictures: times.len(), median_ms: at(50).map(ms)?, p90_ms: at(90).map(ms)? })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stage_that_was_never_done_is_not_told() {
        let mut spent = Spent::default();
        for detect_us in 1..=10 {
            spent.add(Timings { detect_us: detect_us * 1_000, ..Timings::default() });
        }
        let stages = spent.stages();
        assert_eq!(stages.len(), 1);
        assert_eq!((stages[0].stage, stages[0].pictures), ("faces", 10));
        assert_eq!((stages[0].median_ms, stages[0].p90_ms), (6.0, 10.0));
    }
}
