//! What runs the models: the CPU, or an accelerator with the CPU behind it.
//!
//! An accelerator needs a build of ONNX Runtime with its provider (`libonnxruntime_providers_cuda.so` beside
//! `libonnxruntime.so`), the libraries that this one links, a driver and a card. What of that is missing shows only when
//! a model is loaded on it, so that is what is tried: all models, each with one run. What fails is told and the next
//! provider is tried; the CPU is always the last. It also takes over from a card that fails later, while it runs.

use std::{
    fmt,
    path::PathBuf,
    sync::{Mutex, OnceLock, PoisonError},
};

use ort::{
    ep::{CUDA, ExecutionProvider, TensorRT, cuda::ConvAlgorithmSearch},
    session::builder::SessionBuilder,
};
use serde::{Deserialize, Serialize};

/// Who calculates.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Provider {
    /// The processor: always there.
    #[default]
    Cpu,
    /// A card of NVIDIA's by CUDA and cuDNN.
    Cuda,
    /// The same card by TensorRT, which builds an engine of each model first; what it cannot do goes to CUDA.
    TensorRt,
}

/// How exactly an accelerator calculates. It changes nothing on the CPU: a model of another precision is another model,
/// an entry of the manifest.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Precision {
    /// In 32-bit floats, as on the CPU.
    #[default]
    Exact,
    /// In TF32 by CUDA, in 16-bit floats by TensorRT.
    Fast,
}

/// How the models are to be run.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Execution {
    /// By whom, if it can be had.
    pub provider: Provider,
    /// Which card, counted from 0.
    pub device: u16,
    /// Threads that a model may use for one run on the CPU; 1 is best when several pictures are analysed at once.
    pub threads: usize,
    /// How exactly.
    pub precision: Precision,
    /// Where TensorRT keeps the engines that it has built; without it, it builds them at every start.
    pub engines: Option<PathBuf>,
}

/// A provider that was to be used and could not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Missed {
    /// Which.
    pub provider: Provider,
    /// What ONNX Runtime said.
    pub reason: String,
}

/// Who runs the models in the end.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Running {
    /// Who was asked for.
    pub wanted: Provider,
    /// Who it is.
    pub provider: Provider,
    /// Those before it, in the order they were tried.
    pub missed: Vec<Missed>,
}

impl Execution {
    /// On the CPU with so many threads a model.
    pub fn cpu(threads: usize) -> Self {
        Self { threads, ..Self::default() }
    }

    /// Registers the provider with a session; the CPU needs no registering.
    pub(crate) fn register(&self, session: &mut SessionBuilder) -> ort::Result<()> {
        let (device, fast) = (i32::from(self.device), self.precision == Precision::Fast);
        if self.provider == Provider::TensorRt {
            let engine = TensorRT::default().with_device_id(device).with_fp16(fast);
            match self.engines.as_ref().map(|folder| folder.display()) {
                Some(folder) => engine
                    .with_engine_cache(true)
                    .with_engine_cache_path(&folder)
                    .with_timing_cache(true)
                    .with_timing_cache_path(&folder)
                    .register(session)?,
                None => engine.register(session)?,
            }
        }
        if self.provider != Provider::Cpu {
            // Cameras differ in size: an exhaustive search would time every convolution anew for each of them.
            let search = ConvAlgorithmSearch::Heuristic;
            let cuda = CUDA::default().with_device_id(device).with_tf32(fast).with_conv_algorithm_search(search);
            cuda.register(session)?;
        }
        Ok(())
    }
}

impl Provider {
    /// The name it has in the configuration.
    pub fn name(self) -> &'static str {
        match self {
            Self::Cpu => "cpu",
            Self::Cuda => "cuda",
            Self::TensorRt => "tensorrt",
        }
    }

    /// Itself and those that stand in for it, the CPU last.
    fn in_turn(self) -> &'static [Self] {
        match self {
            Self::Cpu => &[Self::Cpu],
            Self::Cuda => &[Self::Cuda, Self::Cpu],
            Self::TensorRt => &[Self::TensorRt, Self::Cuda, Self::Cpu],
        }
    }
}

impl std::str::FromStr for Provider {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, String> {
        let all = Self::TensorRt.in_turn();
        all.iter().copied().find(|p| p.name() == name).ok_or_else(|| format!("{name} is none of cpu, cuda, tensorrt"))
    }
}

/// Loads by the wanted provider or the first behind it that can; the error is the CPU's, behind which there is nobody.
pub(crate) fn first_that_works<T, E: fmt::Display>(
    wanted: &Execution,
    mut load: impl FnMut(&Execution) -> Result<T, E>,
) -> Result<(T, Running), E> {
    let mut running = Running { wanted: wanted.provider, provider: Provider::Cpu, missed: Vec::new() };
    for &provider in wanted.provider.in_turn() {
        match load(&Execution { provider, ..wanted.clone() }) {
            Ok(loaded) => {
                running.provider = provider;
                return Ok((loaded, running));
            }
            Err(error) if provider == Provider::Cpu => return Err(error),
            Err(error) => {
                let reason = error.to_string();
                tracing::warn!(provider = provider.name(), "the models do not run on this provider: {reason}");
                running.missed.push(Missed { provider, reason });
            }
        }
    }
    load(&Execution { provider: Provider::Cpu, ..wanted.clone() }).map(|loaded| (loaded, running))
}

/// What is loaded on a provider, used by one at a time, and on the CPU in its place once the provider fails.
pub(crate) struct Standby<T> {
    loaded: Mutex<T>,
    provider: Provider,
    lost: OnceLock<Missed>,
}

impl<T> Standby<T> {
    pub(crate) fn new(loaded: T, provider: Provider) -> Self {
        Self { loaded: Mutex::new(loaded), provider, lost: OnceLock::new() }
    }

    /// The provider that was given up, and why.
    pub(crate) fn lost(&self) -> Option<&Missed> {
        self.lost.get()
    }

    /// Works with what is loaded. A card that fails is given up for good if the CPU, on which `by_cpu` loads the same, can
    /// do this work; what neither can do is no fault of the card's.
    pub(crate) fn run<R, E: fmt::Display>(
        &self,
        work: impl Fn(&mut T) -> Result<R, E>,
        by_cpu: impl FnOnce() -> Option<T>,
    ) -> Result<R, E> {
        let mut loaded = self.loaded.lock().unwrap_or_else(PoisonError::into_inner);
        let error = match work(&mut loaded) {
            Err(error) if self.provider != Provider::Cpu && self.lost.get().is_none() => error,
            done => return done,
        };
        let Some(mut spare) = by_cpu() else { return Err(error) };
        let Ok(done) = work(&mut spare) else { return Err(error) };
        *loaded = spare;
        let reason = error.to_string();
        tracing::warn!(provider = self.provider.name(), "a model runs on the CPU from now on: {reason}");
        self.lost.get_or_init(|| Missed { provider: self.provider, reason });
        Ok(done)
    }
}

impl Running {
    /// With what was lost since: the CPU runs that part.
    pub(crate) fn after(&self, lost: &Missed) -> Self {
        let missed = self.missed.iter().chain([lost]).cloned().collect();
        Self { provider: Provider::Cpu, missed, ..self.clone() }
    }

    /// Whether another runs than was asked for.
    pub fn fell_back(&self) -> bool {
        self.provider != self.wanted
    }

    /// The sentence in Chinese.
    pub fn zh(&self) -> String {
        let missed: Vec<_> =
            self.missed.iter().map(|m| format!("{}不可用（{}）", m.provider.name(), m.reason)).collect();
        match &missed[..] {
            [] => format!("模型由 {} 运行", self.provider.name()),
            _ => format!("模型改由 {} 运行：{}", self.provider.name(), missed.join("；")),
        }
    }
}

impl fmt::Display for Running {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "models run on {}", self.provider.name())?;
        if self.fell_back() {
            write!(f, " instead of {}", self.wanted.name())?;
        }
        self.missed.iter().try_for_each(|missed| write!(f, "; {}: {}", missed.provider.name(), missed.reason))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Loading where only these providers work.
    fn load_where(works: &[Provider], wanted: Provider) -> Result<(u16, Running), String> {
        let wanted = Execution { provider: wanted, device: 3, threads: 2, ..Execution::default() };
        first_that_works(&wanted, |execution| {
            assert_eq!((execution.device, execution.threads), (3, 2));
            match works.contains(&execution.provider) {
                true => Ok(execution.device),
                false => Err(format!("no {}", execution.provider.name())),
            }
        })
    }

    #[test]
    fn the_wanted_one_runs_where_it_can() {
        for wanted in [Provider::Cpu, Provider::Cuda, Provider::TensorRt] {
            let (_, running) = load_where(&[Provider::Cpu, Provider::Cuda, Provider::TensorRt], wanted).unwrap();
            assert_eq!((running.provider, running.fell_back(), running.missed.len()), (wanted, false, 0));
        }
    }

    #[test]
    fn each_that_cannot_is_told_and_the_next_is_tried() {
        let (_, running) = load_where(&[Provider::Cpu], Provider::TensorRt).unwrap();
        assert!(running.fell_back());
        let text = "models run on cpu instead of tensorrt; tensorrt: no tensorrt; cuda: no cuda";
        assert_eq!(running.to_string(), text);
        assert_eq!(running.zh(), "模型改由 cpu 运行：tensorrt不可用（no tensorrt）；cuda不可用（no cuda）");
        let (_, running) = load_where(&[Provider::Cpu, Provider::Cuda], Provider::TensorRt).unwrap();
        assert_eq!((running.provider, running.missed.len()), (Provider::Cuda, 1));
    }

    #[test]
    fn behind_the_cpu_there_is_nobody() {
        assert_eq!(load_where(&[], Provider::Cuda), Err("no cpu".to_owned()));
        // Whoever asks for the CPU is never given an accelerator.
        assert_eq!(load_where(&[Provider::Cuda], Provider::Cpu), Err("no cpu".to_owned()));
    }

    /// Says what is there, where that works.
    fn work(works: &'static [&'static str]) -> impl Fn(&mut &'static str) -> Result<&'static str, String> {
        move |loaded| if works.contains(loaded) { Ok(*loaded) } else { Err(format!("{loaded} fell out")) }
    }

    #[test]
    fn a_card_that_fails_while_it_runs_is_given_up_for_the_cpu_for_good() {
        let standby = Standby::new("card", Provider::Cuda);
        assert_eq!(standby.run(work(&["card"]), || panic!("it works")), Ok("card"));
        assert_eq!(standby.lost(), None);
        assert_eq!(standby.run(work(&["cpu"]), || Some("cpu")), Ok("cpu"));
        let lost = Missed { provider: Provider::Cuda, reason: "card fell out".into() };
        assert_eq!(standby.lost(), Some(&lost));
        assert_eq!(standby.run(work(&["cpu", "card"]), || panic!("it is there already")), Ok("cpu"));
        assert_eq!(standby.run(work(&[]), || panic!("behind the CPU there is nobody")), Err("cpu fell out".into()));
        let before = Running { wanted: Provider::Cuda, provider: Provider::Cuda, missed: Vec::new() };
        let now = before.after(&lost);
        assert!(now.fell_back() && !before.fell_back());
        assert_eq!(now.to_string(), "models run on cpu instead of cuda; cuda: card fell out");
    }

    #[test]
    fn what_the_cpu_cannot_do_either_is_no_fault_of_the_cards() {
        let standby = Standby::new("card", Provider::TensorRt);
        assert_eq!(standby.run(work(&[]), || Some("cpu")), Err("card fell out".into()));
        assert_eq!(standby.run(work(&["cpu"]), || None), Err("card fell out".into()));
        assert_eq!((standby.lost(), standby.run(work(&["card"]), || None)), (None, Ok("card")));
        // On the CPU nothing stands behind.
        let standby = Standby::new("cpu", Provider::Cpu);
        assert_eq!(standby.run(work(&["spare"]), || Some("spare")), Err("cpu fell out".into()));
    }

    #[test]
    fn names_are_those_of_the_configuration() {
        for provider in [Provider::Cpu, Provider::Cuda, Provider::TensorRt] {
            assert_eq!(provider.name().parse(), Ok(provider));
        }
        assert!("gpu".parse::<Provider>().unwrap_err().contains("cpu, cuda, tensorrt"));
    }
}
