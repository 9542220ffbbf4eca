//! Picture analysis on threads of its own, and [`duxue_api::edges::Vision`] over it.
//!
//! Models are looked for once, at start. Without them duxue runs all the same: cameras are recorded and shown, nobody is
//! counted, and every page says so and how to get them.

use std::{path::PathBuf, sync::Arc};

use bytes::Bytes;
use duxue_analytics::{
    Analyser, Embedding, EnrolRefusal, Gallery, ObserveOptions, Observed, OwnedPicture, models, runtime,
};
use duxue_api::edges::{self, FaceTemplate, VisionModel, VisionStatus};
use duxue_rules::{Text, ids::StudentId, observation::Likeness, policy::Policy};
use futures::{FutureExt, future::BoxFuture};
use tokio::sync::Semaphore;
use tracing::{info, warn};

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
    analyser: Arc<Analyser>,
    models: Vec<VisionModel>,
    options: ObserveOptions,
    /// One picture at a time per permit; the model runtime has its own threads.
    turns: Arc<Semaphore>,
}

impl Vision {
    /// Finds and loads models and runtime. Blocking: some hundred milliseconds.
    pub fn load(config: &AnalysisConfig, policy: &Policy) -> Self {
        if !config.enabled {
            return Self::Off(Text::new(
                "配置中关闭了画面分析（analysis.enabled = false）。",
                "Analysis is switched off in the configuration (analysis.enabled = false).",
            ));
        }
        match load(config, policy) {
            Ok(eyes) => {
                let models: Vec<&str> = eyes.models.iter().map(|model| model.name.as_str()).collect();
                info!(?models, "analysis is on");
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

fn load(config: &AnalysisConfig, policy: &Policy) -> Result<Eyes, Text> {
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
    let analyser = Analyser::load(&set, &library, config.threads)
        .map_err(|error| Text { zh: format!("无法加载模型：{error}"), en: error.to_string() })?;
    let found = [Some(&set.detector), set.people.as_ref(), set.recogniser.as_ref(), set.gender.as_ref()];
    Ok(Eyes {
        analyser: Arc::new(analyser),
        models: found
            .into_iter()
            .flatten()
            .map(|model| VisionModel { name: model.spec.name.clone(), kind: model.spec.kind.to_string() })
            .collect(),
        options: ObserveOptions {
            identify_min_eye_distance_px: policy.identify_min_eye_distance_px,
            ..ObserveOptions::default()
        },
        turns: Arc::new(Semaphore::new(1)),
    })
}

impl Eyes {
    /// The recogniser's name: templates of another one are never compared.
    pub fn recogniser(&self) -> Option<&str> {
        self.analyser.recogniser_name()
    }

    /// Finds the faces of a picture; `Err` says what was wrong with picture or model.
    pub async fn observe(&self, picture: Arc<OwnedPicture>) -> Result<Observed, String> {
        let eyes = self.clone();
        self.take_turn(move || eyes.analyser.observe(picture.view(), &eyes.options).map_err(|error| error.to_string()))
            .await?
    }

    async fn take_turn<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Result<T, String> {
        let _turn = self.turns.clone().acquire_owned().await.map_err(|_| "analysis has stopped".to_owned())?;
        tokio::task::spawn_blocking(work).await.map_err(|_| "analysis of this picture broke down".to_owned())
    }

    async fn enrol(&self, picture: Bytes) -> Result<FaceTemplate, edges::EnrolRefusal> {
        let analyser = self.analyser.clone();
        self.take_turn(move || {
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
        self.take_turn(move || {
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
            Self::On(eyes) => VisionStatus::On { models: eyes.models.clone() },
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
}
