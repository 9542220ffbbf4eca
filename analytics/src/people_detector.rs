//! The people detector: the model with its own pre- and post-processing around it.

use crate::{
    detect::{self, Fit},
    models::FoundModel,
    onnx::{ModelLoadError, Onnx, RunError},
    people::{self, Person},
    picture::Picture,
    provider::Execution,
    runtime::Runtime,
};

pub(crate) struct PeopleDetector {
    onnx: Onnx,
    fixed: Option<(u32, u32)>,
}

impl PeopleDetector {
    pub(crate) fn load(runtime: &Runtime, found: &FoundModel, execution: &Execution) -> Result<Self, ModelLoadError> {
        let onnx = Onnx::load(runtime, found, &[], execution)?;
        Ok(Self { onnx, fixed: found.spec.detector.as_ref().and_then(|d| d.fixed) })
    }

    pub(crate) fn name(&self) -> &str {
        self.onnx.name()
    }

    /// Everybody with at least `min_score`, best first.
    pub(crate) fn detect(&self, picture: Picture<'_>, long_side: u32, min_score: f32) -> Result<Vec<Person>, RunError> {
        let fit = Fit::new(picture.width(), picture.height(), long_side, self.fixed);
        let shape = [1, 3, fit.input.1 as usize, fit.input.0 as usize];
        let outputs = self.onnx.run(&shape, &detect::prepare(picture, &fit, people::BEYOND))?;
        let output = outputs.first().map(Vec::as_slice).unwrap_or_default();
        people::decode(output, &fit, min_score).map_err(|error| self.onnx.nonsense(error.to_string()))
    }
}
