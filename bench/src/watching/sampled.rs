//! A sample in ten seconds, as the service takes it: decode the key frame, faces, people, whom it knows, measures, the
//! picture for the judge.

use anyhow::{Context, Result};
use duxue_analytics::{
    Analyser, Known, Measured, ObserveOptions, OwnedPicture, cost::CostReport, encode_jpeg, measures,
};
use duxue_ingest::{DecoderPool, KeyFrame};

use super::{HOUR_S, SAMPLE_S, Watched, class::Class, cpu_s};

/// As the service keeps a sample's picture until the session is judged.
const KEPT_WIDTH: u32 = 1280;
const KEPT_QUALITY: u8 = 80;

/// A picture that is looked at, and what decoding it took.
pub struct Sample {
    at_ms: i64,
    picture: OwnedPicture,
    decode_s: f64,
}

impl Sample {
    pub fn picture(&self) -> &OwnedPicture {
        &self.picture
    }
}

/// CPU seconds, of all samples together.
#[derive(Clone, Copy, Default)]
pub struct Spent {
    pub decode: f64,
    pub analyse: f64,
    pub measure: f64,
    pub keep: f64,
    /// Faces that were told, and samples in which people were looked for.
    pub told: usize,
    pub looked: usize,
}

/// Each tenth key frame of the film; they are a second apart.
pub fn samples(keys: &[KeyFrame]) -> Result<Vec<Sample>> {
    let decoders = DecoderPool::new(1)?;
    let runtime = tokio::runtime::Builder::new_current_thread().build()?;
    // The first one makes the decoder.
    runtime.block_on(decoders.decode(keys.first().context("there is no key frame")?, None))?;
    let sample = |(second, key): (usize, &KeyFrame)| {
        let before = cpu_s()?;
        let decoded = runtime.block_on(decoders.decode(key, None))?;
        let picture = OwnedPicture::new(decoded.width, decoded.height, decoded.bgr)?;
        Ok(Sample { at_ms: second as i64 * 1_000, picture, decode_s: cpu_s()? - before })
    };
    keys.iter().enumerate().step_by(SAMPLE_S as usize).map(sample).collect()
}

/// One way of looking at them, over the whole film.
pub fn watch(
    name: &'static str,
    analyser: &Analyser,
    class: &Class,
    samples: &[Sample],
    options: &ObserveOptions,
) -> Result<(Watched, Spent)> {
    let (mut known, mut before) = (Known::default(), None::<Measured>);
    let (mut first, mut later) = (Spent::default(), Spent::default());
    let mut observations = Vec::new();
    for (n, sample) in samples.iter().enumerate() {
        let picture = sample.picture.view();
        let began = cpu_s()?;
        let observed = analyser.observe_again(picture, options, &mut known, &|face| class.who(face))?;
        let analysed = cpu_s()?;
        let measured = measures(picture, before.as_ref());
        let measured_at = cpu_s()?;
        encode_jpeg(picture, Some(KEPT_WIDTH), KEPT_QUALITY)?;
        let kept = cpu_s()?;
        // Nobody is known in the first ones: an hour has them once.
        let spent = if n < Known::AGREED as usize { &mut first } else { &mut later };
        spent.decode += sample.decode_s;
        spent.analyse += analysed - began;
        spent.measure += measured_at - analysed;
        spent.keep += kept - measured_at;
        spent.told += observed.timings.identified;
        spent.looked += usize::from(observed.timings.people_looked_for);
        observations.push(class.observation(n, sample.at_ms, &observed, measured.picture));
        before = Some(measured);
    }
    let later_samples = samples.len().saturating_sub(Known::AGREED as usize).max(1) as f64;
    let an_hour = first.plus(&later.times((HOUR_S / SAMPLE_S - f64::from(Known::AGREED)) / later_samples));
    let watched =
        Watched { name, looked: samples.len(), cpu_s_an_hour: an_hour.total(), verdict: class.verdict(observations)? };
    Ok((watched, an_hour))
}

impl Spent {
    pub fn total(&self) -> f64 {
        self.decode + self.analyse + self.measure + self.keep
    }

    fn plus(&self, other: &Self) -> Self {
        Self {
            decode: self.decode + other.decode,
            analyse: self.analyse + other.analyse,
            measure: self.measure + other.measure,
            keep: self.keep + other.keep,
            told: self.told + other.told,
            looked: self.looked + other.looked,
        }
    }

    fn times(&self, by: f64) -> Self {
        let count = |n: usize| (n as f64 * by).round() as usize;
        Self {
            decode: self.decode * by,
            analyse: self.analyse * by,
            measure: self.measure * by,
            keep: self.keep * by,
            told: count(self.told),
            looked: count(self.looked),
        }
    }

    /// A line a stage, in CPU seconds a camera-hour. Faces and people are what each took alone, times how often; telling
    /// faces is the rest of what the analysis took together.
    pub fn stages(&self, alone: &CostReport) -> Vec<(&'static str, f64)> {
        let faces = alone.detect_ms / 1e3 * HOUR_S / SAMPLE_S;
        let people = alone.people_ms / 1e3 * self.looked as f64;
        vec![
            ("decoding key frames", self.decode),
            ("faces", faces),
            ("people", people),
            ("telling faces", self.analyse - faces - people),
            ("measures", self.measure),
            ("the picture for the judge", self.keep),
        ]
    }
}
