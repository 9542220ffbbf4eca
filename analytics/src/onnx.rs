//! One model, loaded: its shapes held against the manifest, one call at a time.

use ort::{
    session::Session,
    value::{Outlet, TensorElementType, TensorRef},
};

use crate::{
    models::{FoundModel, InputSpec, ModelSource},
    provider::{Execution, Missed, Provider, Standby},
    runtime::Runtime,
};

/// Why a model does not load.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ModelLoadError {
    /// ONNX Runtime refuses the file.
    #[error("ONNX Runtime cannot load the model {model}: {reason}")]
    Refused {
        /// Its name.
        model: String,
        /// What ONNX Runtime said.
        reason: String,
    },
    /// It loads, and takes or gives something else than the manifest says.
    #[error("the model {model} does not fit its entry in the manifest: {what} should be {expected} and is {got}")]
    WrongShape {
        /// Its name.
        model: String,
        /// Which input or output.
        what: String,
        /// By the manifest.
        expected: String,
        /// By the file.
        got: String,
    },
}

/// Why a run gives nothing.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RunError {
    /// ONNX Runtime failed.
    #[error("the model {model} failed: {reason}")]
    Failed {
        /// Its name.
        model: String,
        /// What ONNX Runtime said.
        reason: String,
    },
    /// The output is not what the model promised.
    #[error("the model {model} gave nonsense: {reason}")]
    Nonsense {
        /// Its name.
        model: String,
        /// In words.
        reason: String,
    },
}

/// What stands for a side that a model leaves open when it is tried: a multiple of every detector's stride.
const OPEN_SIDE: usize = 64;

/// A loaded model. ONNX Runtime's `Run` is not safe from two threads at once in all its providers, so calls take turns;
/// callers on several threads still overlap detector and recogniser.
pub(crate) struct Onnx {
    name: String,
    input: String,
    outputs: Vec<String>,
    session: Standby<Session>,
    runtime: Runtime,
    source: ModelSource,
    threads: usize,
}

impl Onnx {
    /// Loads a model whose outputs are `outputs`, in this order; empty means the only one there is.
    pub(crate) fn load(
        runtime: &Runtime,
        found: &FoundModel,
        outputs: &[String],
        execution: &Execution,
    ) -> Result<Self, ModelLoadError> {
        let name = found.spec.name.clone();
        let session = open(runtime, &found.source, execution)
            .map_err(|reason| ModelLoadError::Refused { model: name.clone(), reason })?;
        let wrong = |what: String, expected: String, got: String| ModelLoadError::WrongShape {
            model: name.clone(),
            what,
            expected,
            got,
        };
        let [input] = session.inputs() else {
            return Err(wrong("the number of inputs".into(), "1".into(), session.inputs().len().to_string()));
        };
        let wanted = &found.spec.input;
        if let Some(expected) = wanted.name.as_ref().filter(|name| *name != input.name()) {
            return Err(wrong("the input's name".into(), expected.clone(), input.name().into()));
        }
        if !fits(input, &wanted.shape) {
            let expected = format!("f32{:?}", wanted.shape);
            return Err(wrong(format!("the input {}", input.name()), expected, describe(input)));
        }
        let input = input.name().to_owned();
        let there: Vec<_> = session.outputs().iter().map(|o| o.name().to_owned()).collect();
        let outputs = match (outputs, &there[..]) {
            ([], [only]) => vec![only.clone()],
            ([], several) => return Err(wrong("the number of outputs".into(), "1".into(), several.len().to_string())),
            (named, _) => {
                if let Some(missing) = named.iter().find(|name| !there.contains(name)) {
                    return Err(wrong("the outputs".into(), format!("with {missing}"), there.join(", ")));
                }
                named.to_vec()
            }
        };
        let loaded = Self {
            name,
            input,
            outputs,
            session: Standby::new(session, execution.provider),
            runtime: runtime.clone(),
            source: found.source.clone(),
            threads: execution.threads,
        };
        if execution.provider != Provider::Cpu {
            loaded.try_once(wanted)?;
        }
        Ok(loaded)
    }

    /// A card that is too old for the provider's kernels, or is full, is found out by a run and not by loading.
    fn try_once(&self, input: &InputSpec) -> Result<(), ModelLoadError> {
        let open = |(i, side): (usize, &i64)| usize::try_from(*side).unwrap_or(if i == 0 { 1 } else { OPEN_SIDE });
        let shape: Vec<usize> = input.shape.iter().enumerate().map(open).collect();
        let run = self.run(&shape, &vec![0.0; shape.iter().product()]);
        let failed = run.err().map(|e| e.to_string()).or_else(|| self.lost().map(|lost| lost.reason.clone()));
        failed.map_or(Ok(()), |reason| Err(ModelLoadError::Refused { model: self.name.clone(), reason }))
    }

    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    /// The provider that failed while the model ran; the CPU runs it now.
    pub(crate) fn lost(&self) -> Option<&Missed> {
        self.session.lost()
    }

    /// Runs the model once; the outputs in the order asked for at load, flat.
    pub(crate) fn run(&self, shape: &[usize], data: &[f32]) -> Result<Vec<Vec<f32>>, RunError> {
        let by_cpu = || open(&self.runtime, &self.source, &Execution::cpu(self.threads)).ok();
        self.session.run(|session| self.calculate(session, shape, data), by_cpu)
    }

    fn calculate(&self, session: &mut Session, shape: &[usize], data: &[f32]) -> Result<Vec<Vec<f32>>, RunError> {
        let failed = |e: ort::Error| RunError::Failed { model: self.name.clone(), reason: one_line(&e.to_string()) };
        let tensor = TensorRef::from_array_view((shape.to_vec(), data)).map_err(failed)?;
        let outputs = session.run(ort::inputs![self.input.as_str() => tensor]).map_err(failed)?;
        self.outputs
            .iter()
            .map(|name| {
                let value = outputs.get(name).ok_or_else(|| self.nonsense(format!("there is no output {name}")))?;
                Ok(value.try_extract_tensor::<f32>().map_err(failed)?.1.to_vec())
            })
            .collect()
    }

    pub(crate) fn nonsense(&self, reason: String) -> RunError {
        RunError::Nonsense { model: self.name.clone(), reason }
    }
}

fn open(runtime: &Runtime, source: &ModelSource, execution: &Execution) -> Result<Session, String> {
    let text = |e: ort::Error| one_line(&e.to_string());
    let bytes = match source {
        ModelSource::BuiltIn(bytes) => bytes.to_vec(),
        ModelSource::File(path) => std::fs::read(path).map_err(|e| format!("{}: {e}", path.display()))?,
    };
    // Threads that spin between two frames would burn the cores that the recorder needs.
    let builder = Session::builder(&runtime.environment).map_err(text)?;
    let builder = builder.with_intra_threads(execution.threads.max(1)).map_err(|e| one_line(&e.to_string()))?;
    let mut builder = builder.with_intra_op_spinning(false).map_err(|e| one_line(&e.to_string()))?;
    execution.register(&mut builder).map_err(text)?;
    builder.commit_from_memory(&bytes).map_err(text)
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A dimension of the manifest must be the model's or left open by the model; -1 must be left open.
fn fits(outlet: &Outlet, wanted: &[i64]) -> bool {
    let dtype = outlet.dtype();
    dtype.tensor_type() == Some(TensorElementType::Float32)
        && dtype.tensor_shape().is_some_and(|shape| {
            shape.len() == wanted.len() && shape.iter().zip(wanted).all(|(has, wants)| *has == -1 || has == wants)
        })
}

fn describe(outlet: &Outlet) -> String {
    match outlet.dtype().tensor_shape() {
        Some(shape) => format!(
            "{}{:?}",
            if outlet.dtype().tensor_type() == Some(TensorElementType::Float32) { "f32" } else { "another type " },
            shape.to_vec()
        ),
        None => "no tensor".into(),
    }
}
