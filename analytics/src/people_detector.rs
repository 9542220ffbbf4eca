//! The people detector: the model with its own pre- and post-processing around it.

use crate::{
    detect::{self, Fit},
    models::FoundModel,
    onnx::{ModelLoadError, Onnx, RunError},
    people::{self, Person},
    picture::Picture,
    provider::{Execution, Missed},
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

    /// The provider that failed while it ran.
    pub(crate) fn lost(&self) -> Option<&Missed> {
        self.onnx.lost()
    }

    /// Everybody with at least `min_score`, best first.
    pub(crate) fn detect(&self, picture: Picture<'_>, long_side: u32, min_score: f32) -> Result<Vec<Person>, RunError> {
        Ok(self.detect_all(&[picture], long_side, min_score)?.pop().unwrap_or_default())
    }

    /// The same of several pictures of one size in one run of the model, in order.
    pub(crate) fn detect_all(
        &self,
        pictures: &[Picture<'_>],
        long_side: u32,
        min_score: f32,
    ) -> Result<Vec<Vec<Person>>, RunError> {
        let Some(first) = pictures.first() else { return Ok(Vec::new()) };
        let fit = Fit::new(first.width(), first.height(), long_side, self.fixed);
        let (shape, planes) = detect::prepare_all(pictures, &fit, people::BEYOND);
        let outputs = self.onnx.run(&shape, &planes)?;
        let output = outputs.first().map(Vec::as_slice).unwrap_or_default();
        let length = (output.len() / pictures.len()).max(1);
        let people = |n: usize| {
            let part = output.get(n * length..(n + 1) * length).unwrap_or_default();
            people::decode(part, &fit, min_score).map_err(|error| self.onnx.nonsense(error.to_string()))
        };
        (0..pictures.len()).map(people).collect()
    }
}
