//! One picture through the models: faces, who they might be as embeddings, and the hint of man or woman.

use std::{path::Path, time::Instant};

use duxue_rules::{
    ids::StudentId,
    observation::{Area, SeenFace},
};

use crate::{
    align::Landmarks,
    detect::Detection,
    detector::Detector,
    embedding::Embedding,
    faceless::without_face,
    gallery::Gallery,
    known::Known,
    liveness::{Liveness, LivenessModel},
    models::ModelSet,
    onnx::{ModelLoadError, RunError},
    people::Person,
    people_detector::PeopleDetector,
    picture::Picture,
    provider::{self, Execution, Running},
    recogniser::{Crop, GenderHead, Recogniser},
    runtime::{self, Runtime, RuntimeProblem},
};

/// The loaded models. Calls from several threads are safe; each model runs one call at a time.
pub struct Analyser {
    pub(crate) detector: Detector,
    people: Option<PeopleDetector>,
    pub(crate) recogniser: Option<Recogniser>,
    gender: Option<GenderHead>,
    liveness: Option<LivenessModel>,
    runtime: Runtime,
    running: Running,
}

/// Why there is no analyser.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LoadError {
    /// ONNX Runtime is missing, unusable or too old.
    #[error(transparent)]
    Runtime(#[from] RuntimeProblem),
    /// A model does not load.
    #[error(transparent)]
    Model(#[from] ModelLoadError),
}

impl LoadError {
    /// The sentence in Chinese.
    pub fn zh(&self) -> String {
        match self {
            Self::Runtime(problem) => problem.zh(),
            Self::Model(ModelLoadError::Refused { model, reason }) => {
                format!("ONNX Runtime 无法加载模型 {model}（{reason}）")
            }
            Self::Model(ModelLoadError::WrongShape { model, what, expected, got }) => {
                format!("模型 {model} 的输入或输出与清单不符（{what}: {got}, expected {expected}）")
            }
        }
    }
}

/// Why a picture could not be analysed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(transparent)]
pub struct ObserveError(#[from] pub RunError);

/// How to look at a picture.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ObserveOptions {
    /// A face counts from this detector score on, 0 to 1.
    pub min_score: f32,
    /// A picture with a longer side is reduced to this many pixels for the detector; none is enlarged. Time grows with
    /// its square, and so do small faces missed when it is low. No effect on a detector of fixed size.
    pub detect_long_side: u32,
    /// Somebody without a face counts from this score of the people detector on, 0 to 1; `None`: faces only.
    pub people_min_score: Option<f32>,
    /// As [`Self::detect_long_side`], for the people detector.
    pub people_long_side: u32,
    /// People are looked for in one of so many samples at least, and wherever faces say too little (see [`Known`]); 1: in each.
    pub people_every: u32,
    /// A face gets an embedding from this many pixels between its eyes on, in the picture as given.
    pub identify_min_eye_distance_px: f32,
    /// Whether to make embeddings and hints at all, or to count only.
    pub identify: bool,
    /// A face that is known from the samples before keeps its embedding for less than so many samples; 1: never.
    pub known_samples: u32,
}

impl Default for ObserveOptions {
    fn default() -> Self {
        Self {
            min_score: 0.6,
            detect_long_side: 960,
            // At 0.35 an empty chair was a person in most frames of one clip; at 0.5 none, and no person was lost (README.md).
            people_min_score: Some(0.5),
            people_long_side: 640,
            people_every: 1,
            identify_min_eye_distance_px: 16.0,
            identify: true,
            known_samples: 1,
        }
    }
}

/// A rectangle in pixels from the picture's top left, within the picture.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PixelArea {
    /// Left edge.
    pub x: f32,
    /// Top edge.
    pub y: f32,
    /// Width, more than 0.
    pub width: f32,
    /// Height, more than 0.
    pub height: f32,
}

/// One face.
#[derive(Clone, Debug, PartialEq)]
pub struct Face {
    /// Where.
    pub area: PixelArea,
    /// The detector's score, 0 to 1.
    pub score: f32,
    /// Eyes, nose, corners of the mouth, in pixels; may lie outside a picture that cuts the face.
    pub landmarks: Landmarks,
    /// Between the eyes, in pixels of the picture as given.
    pub eye_distance_px: f32,
    /// Present when the face is big enough and there is a recogniser.
    pub embedding: Option<Embedding>,
    /// The hint that this is a man, 0 to 1; present when there is an embedding and a gender head for it.
    pub male_probability: Option<f32>,
}

/// Wall time by stage, in microseconds. Waiting for another thread's turn with a model counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Timings {
    /// Scaling, detector, decoding.
    pub detect_us: u64,
    /// The same for the people detector.
    pub people_us: u64,
    /// Turning upright and recogniser, all faces together.
    pub recognise_us: u64,
    /// Gender head, all faces together.
    pub gender_us: u64,
    /// How many faces got an embedding.
    pub identified: usize,
    /// How many kept the one of a sample before.
    pub known: usize,
    /// Whether people without a face were looked for.
    pub people_looked_for: bool,
}

/// What a picture shows.
#[derive(Clone, Debug, PartialEq)]
pub struct Observed {
    /// Of the picture, in pixels.
    pub width: u32,
    /// Of the picture, in pixels.
    pub height: u32,
    /// The faces, highest score first.
    pub faces: Vec<Face>,
    /// People to whom none of the faces belongs, highest score first.
    pub faceless: Vec<PixelArea>,
    /// How long it took.
    pub timings: Timings,
}

impl Analyser {
    /// Loads ONNX Runtime and the models, to run on the CPU. `threads` is how many threads a model may use for one run;
    /// 1 is best when several pictures are analysed at once.
    pub fn load(models: &ModelSet, onnxruntime: &Path, threads: usize) -> Result<Self, LoadError> {
        Self::load_on(models, onnxruntime, &Execution::cpu(threads))
    }

    /// Loads ONNX Runtime and the models, to run as asked for or, where that cannot be, by the CPU: see
    /// [`Self::running`].
    pub fn load_on(models: &ModelSet, onnxruntime: &Path, wanted: &Execution) -> Result<Self, LoadError> {
        let runtime = runtime::load(onnxruntime)?;
        let ((detector, people, recogniser), running) = provider::first_that_works(wanted, |how| {
            let detector = Detector::load(&runtime, &models.detector, how)?;
            let people = models.people.as_ref().map(|m| PeopleDetector::load(&runtime, m, how)).transpose()?;
            let recogniser = models.recogniser.as_ref().map(|m| Recogniser::load(&runtime, m, how)).transpose()?;
            Ok::<_, ModelLoadError>((detector, people, recogniser))
        })?;
        let gender = models.gender.as_ref().map(|m| GenderHead::load(&runtime, m)).transpose()?;
        // One face now and then: a card would not notice.
        let liveness =
            models.liveness.as_ref().map(|m| LivenessModel::load(&runtime, m, &Execution::cpu(1))).transpose()?;
        Ok(Self { detector, people, recogniser, gender, liveness, runtime, running })
    }

    /// Who runs the models, and why it is not who was asked for. A card may fail later: then the CPU goes on.
    pub fn running(&self) -> Running {
        let people = self.people.as_ref().and_then(PeopleDetector::lost);
        let recogniser = self.recogniser.as_ref().and_then(Recogniser::lost);
        let lost = self.detector.lost().or(people).or(recogniser);
        lost.map_or_else(|| self.running.clone(), |lost| self.running.after(lost))
    }

    /// The detector's name in the manifest.
    pub fn detector_name(&self) -> &str {
        self.detector.name()
    }

    /// The people detector's name.
    pub fn people_name(&self) -> Option<&str> {
        self.people.as_ref().map(PeopleDetector::name)
    }

    /// The recogniser's name, which its templates carry.
    pub fn recogniser_name(&self) -> Option<&str> {
        self.recogniser.as_ref().map(Recogniser::name)
    }

    /// The gender head's name.
    pub fn gender_name(&self) -> Option<&str> {
        self.gender.as_ref().map(GenderHead::name)
    }

    /// The liveness model's name.
    pub fn liveness_name(&self) -> Option<&str> {
        self.liveness.as_ref().map(LivenessModel::name)
    }

    /// The hint whether a face of this picture is there in person; `None` when it is too small, or there is no model.
    pub fn liveness(&self, picture: Picture<'_>, face: &Face) -> Result<Option<Liveness>, ObserveError> {
        Ok(self.liveness.as_ref().map(|model| model.look(picture, face)).transpose()?.flatten())
    }

    /// The cosine similarity from which the recogniser's makers or measurements call two faces one person's.
    pub fn same_person_from(&self) -> Option<f32> {
        self.recogniser.as_ref().map(|r| r.spec().same_person_from)
    }

    /// ONNX Runtime as loaded.
    pub fn runtime(&self) -> &Runtime {
        &self.runtime
    }

    /// Finds the faces of a picture and, where asked for and big enough, what tells people apart.
    pub fn observe(&self, picture: Picture<'_>, options: &ObserveOptions) -> Result<Observed, ObserveError> {
        self.observe_again(picture, options, &mut Known::default(), &|_| None)
    }

    /// As [`Self::observe`], the next sample of a camera of which `known` is known: faces told before are not told again
    /// (see [`Known`]). `who` says whose face an embedding is, where that is sure.
    pub fn observe_again(
        &self,
        picture: Picture<'_>,
        options: &ObserveOptions,
        known: &mut Known,
        who: &dyn Fn(&Embedding) -> Option<StudentId>,
    ) -> Result<Observed, ObserveError> {
        let mut timings = Timings::default();
        let began = Instant::now();
        let found = self.detector.detect(picture, options.detect_long_side, options.min_score)?;
        let mut faces: Vec<_> = found.iter().filter_map(|d| Face::new(d, picture)).collect();
        timings.detect_us = micros(began);
        if options.identify {
            let least_px = options.identify_min_eye_distance_px;
            let recalled = known.recall(picture, &mut faces, least_px, options.known_samples);
            timings.known = faces.iter().filter(|face| face.embedding.is_some()).count();
            self.identify(picture, &mut faces, least_px, &mut timings)?;
            known.keep(picture, &faces, recalled, who);
        }
        let mut faceless = Vec::new();
        if self.looks_for_people(options) {
            timings.people_looked_for = known.must_look_for_people(faces.len(), options.people_every);
            if timings.people_looked_for {
                let began = Instant::now();
                let people = self.people(picture, options)?;
                timings.people_us = micros(began);
                let areas: Vec<PixelArea> = faces.iter().map(|face| face.area).collect();
                let without = without_face(&people, &areas);
                faceless.extend(without.iter().filter_map(|person| PixelArea::of_person(person, picture)));
            }
            known.looked_for_people(faces.len(), timings.people_looked_for.then_some(faceless.len()));
        }
        Ok(Observed { width: picture.width(), height: picture.height(), faces, faceless, timings })
    }

    fn looks_for_people(&self, options: &ObserveOptions) -> bool {
        self.people.is_some() && options.people_min_score.is_some()
    }

    /// Everybody that the people detector finds; nobody where there is none, or none is asked.
    pub(crate) fn people(&self, picture: Picture<'_>, options: &ObserveOptions) -> Result<Vec<Person>, RunError> {
        match (&self.people, options.people_min_score) {
            (Some(detector), Some(min_score)) => detector.detect(picture, options.people_long_side, min_score),
            _ => Ok(Vec::new()),
        }
    }

    /// The same of several pictures of one size in one run of the model.
    pub(crate) fn people_in_all(
        &self,
        pictures: &[Picture<'_>],
        options: &ObserveOptions,
    ) -> Result<Vec<Vec<Person>>, RunError> {
        match (&self.people, options.people_min_score) {
            (Some(detector), Some(min_score)) => detector.detect_all(pictures, options.people_long_side, min_score),
            _ => Ok(Vec::new()),
        }
    }

    fn identify(
        &self,
        picture: Picture<'_>,
        faces: &mut [Face],
        min_eye_distance_px: f32,
        timings: &mut Timings,
    ) -> Result<(), RunError> {
        let Some(recogniser) = &self.recogniser else { return Ok(()) };
        let began = Instant::now();
        let (mut big, crops): (Vec<&mut Face>, Vec<Crop>) = faces
            .iter_mut()
            .filter(|face| face.embedding.is_none() && face.eye_distance_px >= min_eye_distance_px)
            .filter_map(|face| recogniser.crop(picture, &face.landmarks).map(|crop| (face, crop)))
            .unzip();
        let embeddings = recogniser.embed(&crops)?;
        timings.recognise_us = micros(began);
        timings.identified = embeddings.len();
        let began = Instant::now();
        let hints = self.male_probabilities(&embeddings.iter().collect::<Vec<_>>())?;
        timings.gender_us = micros(began);
        for (i, embedding) in embeddings.into_iter().enumerate() {
            big[i].embedding = Some(embedding);
            big[i].male_probability = hints.get(i).copied();
        }
        Ok(())
    }

    /// One a face, or none at all without a gender head.
    pub(crate) fn male_probabilities(&self, embeddings: &[&Embedding]) -> Result<Vec<f32>, RunError> {
        self.gender.as_ref().map_or(Ok(Vec::new()), |gender| gender.male_probabilities(embeddings))
    }
}

impl PixelArea {
    /// What of a box (left, top, width, height) lies within the picture; `None` when nothing does.
    fn within([x, y, width, height]: [f32; 4], picture: Picture<'_>) -> Option<Self> {
        let (right, bottom) = ((x + width).min(picture.width() as f32), (y + height).min(picture.height() as f32));
        let (x, y) = (x.clamp(0.0, picture.width() as f32), y.clamp(0.0, picture.height() as f32));
        let area = Self { x, y, width: right - x, height: bottom - y };
        (area.width > 0.0 && area.height > 0.0).then_some(area)
    }

    pub(crate) fn of_person(person: &Person, picture: Picture<'_>) -> Option<Self> {
        Self::within([person.x, person.y, person.width, person.height], picture)
    }

    /// In shares of a picture of `width` x `height` pixels.
    fn share(&self, width: u32, height: u32) -> Area {
        let (width, height) = (width as f32, height as f32);
        Area { x: self.x / width, y: self.y / height, width: self.width / width, height: self.height / height }
    }
}

impl Face {
    /// None when nothing of the box is inside the picture.
    pub(crate) fn new(found: &Detection, picture: Picture<'_>) -> Option<Self> {
        let area = PixelArea::within([found.x, found.y, found.width, found.height], picture)?;
        let [[lx, ly], [rx, ry], ..] = found.landmarks;
        Some(Self {
            area,
            score: found.score,
            landmarks: found.landmarks,
            eye_distance_px: (rx - lx).hypot(ry - ly),
            embedding: None,
            male_probability: None,
        })
    }
}

impl Observed {
    /// The faces as the rules know them, each likened to the gallery's students.
    pub fn seen(&self, gallery: Option<&Gallery>) -> Vec<SeenFace> {
        let seen = |face: &Face| SeenFace {
            area: face.area.share(self.width, self.height),
            score: face.score,
            eye_distance_px: face.eye_distance_px,
            likeness: face.embedding.as_ref().and_then(|e| gallery?.liken(e)),
            male_probability: face.male_probability,
        };
        self.faces.iter().map(seen).collect()
    }

    /// Where the people without a face are, as the rules know them.
    pub fn seen_faceless(&self) -> Vec<Area> {
        self.faceless.iter().map(|area| area.share(self.width, self.height)).collect()
    }
}

fn micros(since: Instant) -> u64 {
    u64::try_from(since.elapsed().as_micros()).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::OwnedPicture;

    fn found(x: f32, y: f32, width: f32, height: f32) -> Detection {
        let landmarks = [[10.0, 10.0], [13.0, 14.0], [0.0, 0.0], [0.0, 0.0], [0.0, 0.0]];
        Detection { x, y, width, height, score: 0.9, landmarks }
    }

    #[test]
    fn a_face_at_the_edge_is_cut_and_one_beyond_it_is_none() {
        let picture = OwnedPicture::new(100, 50, vec![0; 15_000]).unwrap();
        let face = Face::new(&found(-10.0, 40.0, 30.0, 30.0), picture.view()).unwrap();
        assert_eq!(face.area, PixelArea { x: 0.0, y: 40.0, width: 20.0, height: 10.0 });
        assert_eq!(face.eye_distance_px, 5.0);
        assert_eq!(Face::new(&found(100.0, 0.0, 30.0, 30.0), picture.view()), None);
    }

    #[test]
    fn seen_faces_are_in_shares_of_the_picture() {
        let picture = OwnedPicture::new(100, 50, vec![0; 15_000]).unwrap();
        let face = Face::new(&found(20.0, 10.0, 10.0, 20.0), picture.view()).unwrap();
        let faceless = vec![PixelArea { x: 50.0, y: 25.0, width: 50.0, height: 25.0 }];
        let observed = Observed { width: 100, height: 50, faces: vec![face], faceless, timings: Timings::default() };
        let seen = observed.seen(None);
        assert_eq!(seen[0].area, Area { x: 0.2, y: 0.2, width: 0.1, height: 0.4 });
        assert_eq!(seen[0].likeness, None);
        assert_eq!(observed.seen_faceless(), [Area { x: 0.5, y: 0.5, width: 0.5, height: 0.5 }]);
    }
}
