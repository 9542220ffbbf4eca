//! The face detector: the model with its own pre- and post-processing around it.

use crate::{
    detect::{self, Detection, Fit, Grid, STRIDES},
    models::FoundModel,
    onnx::{ModelLoadError, Onnx, RunError},
    picture::Picture,
    provider::{Execution, Missed},
    runtime::Runtime,
};

/// Black lies beyond the picture.
const BEYOND: f32 = 0.0;
/// The outputs of one stride, in the order they are asked for.
const OUTPUTS: [&str; 4] = ["cls", "obj", "bbox", "kps"];

pub(crate) struct Detector {
    onnx: Onnx,
    fixed: Option<(u32, u32)>,
}

impl Detector {
    pub(crate) fn load(runtime: &Runtime, found: &FoundModel, execution: &Execution) -> Result<Self, ModelLoadError> {
        let outputs: Vec<_> = STRIDES.iter().flat_map(|s| OUTPUTS.map(|name| format!("{name}_{s}"))).collect();
        let onnx = Onnx::load(runtime, found, &outputs, execution)?;
        Ok(Self { onnx, fixed: found.spec.detector.as_ref().and_then(|d| d.fixed) })
    }

    pub(crate) fn name(&self) -> &str {
        self.onnx.name()
    }

    /// The provider that failed while it ran.
    pub(crate) fn lost(&self) -> Option<&Missed> {
        self.onnx.lost()
    }

    /// Every face with at least `min_score`, best first.
    pub(crate) fn detect(
        &self,
        picture: Picture<'_>,
        long_side: u32,
        min_score: f32,
    ) -> Result<Vec<Detection>, RunError> {
        Ok(self.detect_all(&[picture], long_side, min_score)?.pop().unwrap_or_default())
    }

    /// The same of several pictures of one size in one run of the model, in order.
    pub(crate) fn detect_all(
        &self,
        pictures: &[Picture<'_>],
        long_side: u32,
        min_score: f32,
    ) -> Result<Vec<Vec<Detection>>, RunError> {
        let Some(first) = pictures.first() else { return Ok(Vec::new()) };
        let fit = Fit::new(first.width(), first.height(), long_side, self.fixed);
        let (shape, planes) = detect::prepare_all(pictures, &fit, BEYOND);
        let outputs = self.onnx.run(&shape, &planes)?;
        let faces = |n: usize| {
            // An output that is no multiple is found out by its length.
            let part = |output: &[f32]| n * (output.len() / pictures.len())..(n + 1) * (output.len() / pictures.len());
            let grids: Vec<_> = STRIDES
                .iter()
                .zip(outputs.chunks_exact(OUTPUTS.len()))
                .map(|(stride, o)| Grid {
                    stride: *stride,
                    cls: &o[0][part(&o[0])],
                    obj: &o[1][part(&o[1])],
                    bbox: &o[2][part(&o[2])],
                    kps: &o[3][part(&o[3])],
                })
                .collect();
            detect::decode(&grids, &fit, min_score).map_err(|e| self.onnx.nonsense(e.to_string()))
        };
        (0..pictures.len()).map(faces).collect()
    }
}
