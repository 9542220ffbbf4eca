//! The recogniser and the gender head: upright faces in, embeddings and hints out, several at a time.

use crate::{
    align::{self, Landmarks, Similarity},
    embedding::Embedding,
    measure,
    models::{ChannelOrder, FoundModel, ModelSpec, RecogniserSpec},
    onnx::{ModelLoadError, Onnx, RunError},
    picture::Picture,
    provider::{Execution, Missed},
    runtime::Runtime,
};

/// Faces a run takes at once, at most. On a CPU a batch costs what its faces cost one by one (README.md), so this only
/// bounds memory; it pays on an accelerator.
const MAX_BATCH: usize = 8;

/// A face cut out and turned upright: interleaved BGR, 0 to 255.
pub(crate) struct Crop {
    pub size: usize,
    pub bgr: Vec<f32>,
}

impl Crop {
    /// Variance of the Laplacian of its luma; low is blurred.
    pub(crate) fn sharpness(&self) -> f32 {
        let luma: Vec<u16> = self
            .bgr
            .chunks_exact(3)
            .map(|p| ((0.114 * p[0] + 0.587 * p[1] + 0.299 * p[2]) * 256.0).round() as u16)
            .collect();
        measure::laplacian_variance(&luma, self.size, self.size)
    }

    /// The recogniser's input for this face, appended: three planes in its order, scaled as it wants.
    fn planes(&self, spec: &RecogniserSpec, into: &mut Vec<f32>) {
        for plane in 0..3 {
            let channel = match spec.order {
                ChannelOrder::Bgr => plane,
                ChannelOrder::Rgb => 2 - plane,
            };
            let (mean, std) = (spec.mean[plane], spec.std[plane]);
            into.extend(self.bgr.iter().skip(channel).step_by(3).map(|v| (v - mean) / std));
        }
    }
}

pub(crate) struct Recogniser {
    onnx: Onnx,
    spec: RecogniserSpec,
    size: usize,
}

impl Recogniser {
    pub(crate) fn load(runtime: &Runtime, found: &FoundModel, execution: &Execution) -> Result<Self, ModelLoadError> {
        let (Some(spec), Some(size)) = (found.spec.recogniser.clone(), found.spec.crop_size()) else {
            return Err(other_kind(&found.spec, "a recogniser"));
        };
        let onnx = Onnx::load(runtime, found, spec.output.as_slice(), execution)?;
        Ok(Self { onnx, spec, size })
    }

    pub(crate) fn name(&self) -> &str {
        self.onnx.name()
    }

    /// The provider that failed while it ran.
    pub(crate) fn lost(&self) -> Option<&Missed> {
        self.onnx.lost()
    }

    pub(crate) fn spec(&self) -> &RecogniserSpec {
        &self.spec
    }

    /// The face with these landmarks, as the model wants it; None when they are no face's.
    pub(crate) fn crop(&self, picture: Picture<'_>, landmarks: &Landmarks) -> Option<Crop> {
        let upright = Similarity::between(landmarks, &self.spec.template)?;
        Some(Crop { size: self.size, bgr: align::warp(picture, &upright, self.size) })
    }

    /// One embedding a crop, in order.
    pub(crate) fn embed(&self, crops: &[Crop]) -> Result<Vec<Embedding>, RunError> {
        self.embed_by(crops, if self.spec.batch { MAX_BATCH } else { 1 })
    }

    /// The same, so many faces a run.
    pub(crate) fn embed_by(&self, crops: &[Crop], batch: usize) -> Result<Vec<Embedding>, RunError> {
        let mut embeddings = Vec::with_capacity(crops.len());
        for crops in crops.chunks(batch.max(1)) {
            let mut input = Vec::with_capacity(crops.len() * 3 * self.size * self.size);
            crops.iter().for_each(|crop| crop.planes(&self.spec, &mut input));
            let outputs = self.onnx.run(&[crops.len(), 3, self.size, self.size], &input)?;
            embeddings.extend(self.read(&outputs[0], crops.len())?);
        }
        Ok(embeddings)
    }

    fn read(&self, output: &[f32], faces: usize) -> Result<Vec<Embedding>, RunError> {
        let expected = faces * self.spec.dimension;
        if output.len() != expected {
            let got = output.len();
            return Err(self.onnx.nonsense(format!("{got} numbers for {faces} faces instead of {expected}")));
        }
        let each = output.chunks_exact(self.spec.dimension);
        each.map(|v| Embedding::new(self.name(), v.to_vec()).map_err(|e| self.onnx.nonsense(e.to_string()))).collect()
    }
}

pub(crate) struct GenderHead {
    onnx: Onnx,
    reads: String,
}

impl GenderHead {
    pub(crate) fn load(runtime: &Runtime, found: &FoundModel) -> Result<Self, ModelLoadError> {
        let Some(spec) = found.spec.gender.clone() else { return Err(other_kind(&found.spec, "a gender head")) };
        // Microseconds of work: a second thread, or the way to a card, would cost more than it does.
        let onnx = Onnx::load(runtime, found, &[spec.output], &Execution::cpu(1))?;
        Ok(Self { onnx, reads: spec.reads })
    }

    pub(crate) fn name(&self) -> &str {
        self.onnx.name()
    }

    /// The probability of a man for each embedding, 0 to 1, in order.
    pub(crate) fn male_probabilities(&self, embeddings: &[&Embedding]) -> Result<Vec<f32>, RunError> {
        let Some(first) = embeddings.first() else { return Ok(Vec::new()) };
        let length = first.vector().len();
        if embeddings.iter().any(|e| e.model() != self.reads || e.vector().len() != length) {
            return Err(self.onnx.nonsense(format!("it reads embeddings of {} and of no other model", self.reads)));
        }
        let input: Vec<f32> = embeddings.iter().flat_map(|e| e.vector()).copied().collect();
        let output = self.onnx.run(&[embeddings.len(), length], &input)?.swap_remove(0);
        if output.len() != embeddings.len() || !output.iter().all(|p| (0.0..=1.0).contains(p)) {
            return Err(self.onnx.nonsense("its output is no probability for each face".into()));
        }
        Ok(output)
    }
}

fn other_kind(spec: &ModelSpec, wanted: &str) -> ModelLoadError {
    ModelLoadError::WrongShape {
        model: spec.name.clone(),
        what: "the kind".into(),
        expected: wanted.into(),
        got: format!("a {}", spec.kind),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::models::manifest;

    #[test]
    fn planes_are_in_the_models_order_and_scale() {
        let crop = Crop { size: 2, bgr: [[10.0, 20.0, 30.0], [40.0, 50.0, 60.0]].repeat(2).concat() };
        let planes = |name: &str| {
            let mut planes = Vec::new();
            crop.planes(manifest().get(name).unwrap().recogniser.as_ref().unwrap(), &mut planes);
            planes
        };
        let plain = [10.0, 40.0, 10.0, 40.0, 20.0, 50.0, 20.0, 50.0, 30.0, 60.0, 30.0, 60.0];
        assert_eq!(planes("face-reidentification-retail-0095"), plain);
        // (30 / 255 - 0.485) / 0.229 for the first red, (10 / 255 - 0.406) / 0.225 for the first blue.
        let scaled = planes("mobilefacenet_foamliu");
        assert!((scaled[0] - -1.604_161_3).abs() < 1e-4, "{}", scaled[0]);
        assert!((scaled[8] - -1.630_152_5).abs() < 1e-4, "{}", scaled[8]);
    }

    #[test]
    fn a_flat_crop_is_not_sharp() {
        assert_eq!(Crop { size: 8, bgr: vec![90.0; 192] }.sharpness(), 0.0);
    }
}
