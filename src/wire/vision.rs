//! Picture analysis on threads of its own, and [`duxue_api::edges::Vision`] over it.
//!
//! Models are looked for once, at start. Without them duxue runs all the same: cameras are recorded and shown, nobody is
//! counted, and every page says so and how to get them.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use bytes::Bytes;
use duxue_analytics::{
    Analyser, Embedding, EnrolRefusal, Gallery, Known, ObserveOptions, Observed, OwnedPicture, Vote, models,
    provider::{Execution, Running},
    runtime,
};
use duxue_api::edges::{self, FaceTemplate, VisionModel, VisionProvider, VisionStatus};
use duxue_rules::{
    Text,
    attendance::{FaceAnswer, face_answer},
    ids::{DeviceId, StudentId},
    observation::Likeness,
};
use duxue_storage::{liveness::Liveness, policy::StoredPolicy};
use futures::{FutureExt, future::BoxFuture};
use tracing::{info, warn};

use super::{check_ins::CheckIns, pool::Pool};
use crate::config::AnalysisConfig;

/// A portrait is at most this wide: faces of that size are told apart as well as larger ones.
const PORTRAIT_WIDTH: u32 = 480;
const PORTRAIT_QUALITY: u8 = 90;

/// Analysis, on or off.
#[derive(Clone)]
pub enum Vision {
    /// The models are loaded.
    On(Eyes),
    /// Why not, and what to do.
    Off(Text),
}

/// The loaded models, shared by all cameras.
#[derive(Clone)]
pub struct Eyes {
    pool: Arc<Pool>,
    analysers: Arc<[Arc<Analyser>]>,
    recogniser: Option<Arc<str>>,
    models: Vec<VisionModel>,
    runtime: Option<String>,
    looking: ObserveOptions,
    check_ins: Arc<CheckIns>,
}

impl Vision {
    /// Finds and loads models and runtime. Blocking: some hundred milliseconds.
    pub fn load(config: &AnalysisConfig, data_dir: &Path) -> Self {
        if !config.enabled {
            return Self::Off(Text::new(
                "配置中关闭了画面分析（analysis.enabled = false）。",
                "Analysis is switched off in the configuration (analysis.enabled = false).",
            ));
        }
        match load(config, data_dir) {
            Ok(eyes) => {
                let models: Vec<&str> = eyes.models.iter().map(|model| model.name.as_str()).collect();
                info!(?models, provider = eyes.provider().running, "analysis is on");
                Self::On(eyes)
            }
            Err(why) => {
                warn!("analysis is off: {}", why.en);
                Self::Off(why)
            }
        }
    }

    /// The models, when analysis is on.
    pub fn eyes(&self) -> Option<&Eyes> {
        match self {
            Self::On(eyes) => Some(eyes),
            Self::Off(_) => None,
        }
    }
}

fn load(config: &AnalysisConfig, data_dir: &Path) -> Result<Eyes, Text> {
    let dirs: Vec<PathBuf> = config.models.iter().cloned().chain(models::default_dirs()).collect();
    let mut set = models::find(&dirs).map_err(|problem| Text { zh: problem.zh(), en: problem.to_string() })?;
    if !config.people {
        set.people = None;
    }
    for note in &set.notes {
        warn!("{note}");
    }
    let library = match &config.onnxruntime {
        Some(path) => path.clone(),
        None => runtime::find().map_err(|problem| Text { zh: problem.zh(), en: problem.to_string() })?,
    };
    let load = |wanted: &Execution| {
        Analyser::load_on(&set, &library, wanted)
            .map_err(|error| Text { zh: format!("无法加载模型：{error}"), en: error.to_string() })
    };
    let wanted = execution(config, data_dir);
    let first = load(&wanted)?;
    let running = first.running();
    let recogniser = first.recogniser_name().map(Arc::from);
    let runtime = Some(first.runtime().build.clone());
    // The others run where the first one does: what cannot be used is told once.
    let like_first = Execution { provider: running.provider, ..wanted };
    let mut analysers = vec![Arc::new(first)];
    for _ in 1..config.workers {
        analysers.push(Arc::new(load(&like_first)?));
    }
    if running.fell_back() {
        warn!("{running}");
    }
    let found =
        [Some(&set.detector), set.people.as_ref(), set.recogniser.as_ref(), set.gender.as_ref(), set.liveness.as_ref()];
    Ok(Eyes {
        pool: Arc::new(Pool::new(analysers.clone())),
        analysers: analysers.into(),
        recogniser,
        models: found
            .into_iter()
            .flatten()
            .map(|model| VisionModel {
                name: model.spec.name.clone(),
                kind: model.spec.kind.to_string(),
                sha256: Some(model.spec.sha256.clone()),
                licence: Some(model.spec.licence.clone()),
                origin: Some(model.spec.origin.clone()),
            })
            .collect(),
        runtime,
        looking: looking(config),
        check_ins: Arc::default(),
    })
}

/// How samples are looked at.
fn looking(config: &AnalysisConfig) -> ObserveOptions {
    ObserveOptions {
        detect_long_side: config.faces_long_side,
        people_long_side: config.people_long_side,
        people_every: config.people_every,
        known_samples: (config.known_seconds / config.sample_seconds).max(1),
        ..ObserveOptions::default()
    }
}

fn execution(config: &AnalysisConfig, data_dir: &Path) -> Execution {
    let engines = data_dir.join("engines");
    Execution {
        provider: config.provider,
        device: config.device,
        threads: config.threads,
        precision: config.precision,
        engines: Some(engines),
    }
}

impl Eyes {
    /// The recogniser's name: templates of another one are never compared.
    pub fn recogniser(&self) -> Option<&str> {
        self.recogniser.as_deref()
    }

    /// Who runs the models now; with several sets of them, the one that had to change tells.
    fn provider(&self) -> VisionProvider {
        let all = || self.analysers.iter().map(|analyser| analyser.running());
        let running = all().find(Running::fell_back).or_else(|| all().next()).unwrap_or_default();
        VisionProvider {
            wanted: running.wanted.name(),
            running: running.provider.name(),
            reason: running.fell_back().then(|| Text { zh: running.zh(), en: running.to_string() }),
        }
    }

    /// Finds the faces of a camera's next picture, for this policy; `Err` says what was wrong with picture or model. Faces
    /// that `known` and the gallery tell already are not told again.
    pub async fn observe(
        &self,
        picture: Arc<OwnedPicture>,
        policy: Arc<StoredPolicy>,
        mut known: Known,
        gallery: Option<Arc<Gallery>>,
    ) -> Result<(Observed, Known), String> {
        let options =
            ObserveOptions { identify_min_eye_distance_px: policy.policy.identify_min_eye_distance_px, ..self.looking };
        self.take_turn(move |analyser| {
            let who = |face: &Embedding| match face_answer(gallery.as_ref()?.liken(face), &policy.policy) {
                FaceAnswer::Recognised { student, .. } => Some(student),
                FaceAnswer::Unsure | FaceAnswer::Unknown => None,
            };
            let observed = analyser.observe_again(picture.view(), &options, &mut known, &who);
            observed.map(|observed| (observed, known)).map_err(|error| error.to_string())
        })
        .await?
    }

    async fn take_turn<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Analyser) -> T + Send + 'static,
    ) -> Result<T, String> {
        let turn = self.pool.clone().take_turn().await.ok_or("analysis has stopped")?;
        let done = tokio::task::spawn_blocking(move || turn.with(work)).await;
        done.ok().flatten().ok_or_else(|| "analysis of this picture broke down".to_owned())
    }

    async fn enrol(&self, picture: Bytes) -> Result<FaceTemplate, edges::EnrolRefusal> {
        self.take_turn(move |analyser| {
            let picture = duxue_analytics::decode(&picture).map_err(|error| edges::EnrolRefusal::Picture {
                code: "not_a_picture".into(),
                text: Text { zh: format!("无法识别该图片：{error}"), en: error.to_string() },
            })?;
            let template = analyser.enrol(picture.view()).map_err(refusal)?;
            Ok(FaceTemplate {
                model: template.embedding.model().to_owned(),
                vector: template.embedding.vector().to_vec(),
                score: template.quality.score,
                eye_distance_px: template.quality.eye_distance_px,
                sharpness: template.quality.sharpness,
                portrait: portrait(&picture, &template)?,
            })
        })
        .await
        .unwrap_or_else(|why| Err(edges::EnrolRefusal::Unavailable(Text { zh: why.clone(), en: why })))
    }
}

impl Eyes {
    async fn liken(
        &self,
        picture: Bytes,
        known: Vec<(StudentId, Vec<f32>)>,
    ) -> Result<Option<Likeness>, edges::EnrolRefusal> {
        let template = self.enrol(picture).await?;
        self.take_turn(move |_| {
            let embedding = |vector| Embedding::new(&template.model, vector).ok();
            let known = known.into_iter().filter_map(|(student, vector)| Some((student, embedding(vector)?)));
            let gallery = Gallery::new(&template.model, known);
            embedding(template.vector.clone()).and_then(|face| gallery.liken(&face))
        })
        .await
        .map_err(|why| edges::EnrolRefusal::Unavailable(Text { zh: why.clone(), en: why }))
    }
}

/// The face alone, small enough to be kept.
fn portrait(picture: &OwnedPicture, template: &duxue_analytics::Template) -> Result<Vec<u8>, edges::EnrolRefusal> {
    let face = duxue_analytics::portrait(picture.view(), template);
    duxue_analytics::encode_jpeg(face.view(), Some(PORTRAIT_WIDTH), PORTRAIT_QUALITY).map_err(|error| {
        edges::EnrolRefusal::Unavailable(Text { zh: "无法生成头像".into(), en: error.to_string() })
    })
}

impl Eyes {
    async fn liveness(&self, device: DeviceId, picture: Bytes) -> Option<Liveness> {
        let check_ins = self.check_ins.clone();
        let vote = self.take_turn(move |analyser| {
            let picture = duxue_analytics::decode(&picture).ok()?;
            let (template, seen) = analyser.check_in(picture.view()).ok()?;
            Some(check_ins.vote(device, template.embedding, seen, analyser.same_person_from()?))
        });
        let Vote { pictures, in_person } = vote.await.ok().flatten()?;
        (pictures > 0).then_some(Liveness { pictures, in_person })
    }
}

fn refusal(refusal: EnrolRefusal) -> edges::EnrolRefusal {
    let text = Text { zh: refusal.zh(), en: refusal.to_string() };
    match refusal {
        EnrolRefusal::NoRecogniser | EnrolRefusal::Failed(_) => edges::EnrolRefusal::Unavailable(text),
        _ => edges::EnrolRefusal::Picture { code: refusal.code().to_owned(), text },
    }
}

impl edges::Vision for Vision {
    fn status(&self) -> VisionStatus {
        match self {
            Self::On(eyes) => VisionStatus::On {
                models: eyes.models.clone(),
                runtime: eyes.runtime.clone(),
                provider: eyes.provider(),
            },
            Self::Off(reason) => VisionStatus::Off { reason: reason.clone() },
        }
    }

    fn enrol(&self, picture: Bytes) -> BoxFuture<'_, Result<FaceTemplate, edges::EnrolRefusal>> {
        async move {
            match self {
                Self::On(eyes) => eyes.enrol(picture).await,
                Self::Off(reason) => Err(edges::EnrolRefusal::Unavailable(reason.clone())),
            }
        }
        .boxed()
    }

    fn recogniser(&self) -> Option<String> {
        self.eyes()?.recogniser().map(str::to_owned)
    }

    fn liken(
        &self,
        picture: Bytes,
        known: Vec<(StudentId, Vec<f32>)>,
    ) -> BoxFuture<'_, Result<Option<Likeness>, edges::EnrolRefusal>> {
        async move {
            match self {
                Self::On(eyes) => eyes.liken(picture, known).await,
                Self::Off(reason) => Err(edges::EnrolRefusal::Unavailable(reason.clone())),
            }
        }
        .boxed()
    }

    fn liveness(&self, device: DeviceId, picture: Bytes) -> BoxFuture<'_, Option<Liveness>> {
        async move { self.eyes()?.liveness(device, picture).await }.boxed()
    }
}
