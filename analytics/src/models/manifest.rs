//! `manifest.toml` as types. It is part of the program, so a mistake in it is a mistake of ours: a test reads it.

use std::{fmt, sync::LazyLock};

use serde::Deserialize;

use crate::align::Landmarks;

/// Every model duxue knows, in the order of preference within a kind.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// The models.
    #[serde(rename = "model")]
    pub models: Vec<ModelSpec>,
}

/// What a model is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ModelKind {
    /// Finds faces in a picture.
    Detector,
    /// Finds people in a picture, whichever way they look.
    People,
    /// Turns a face into an embedding.
    Recogniser,
    /// Turns an embedding into the hint of man or woman.
    Gender,
    /// Gives the hint whether a face is there in person.
    Liveness,
}

/// One model file and how it is fed.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ModelSpec {
    /// The name it goes by, in the database too: a face template carries it.
    pub name: String,
    /// What it is for.
    pub kind: ModelKind,
    /// The file's name.
    pub file: String,
    /// The file's size.
    pub bytes: u64,
    /// The file's SHA-256, in lower-case hexadecimal.
    pub sha256: String,
    /// Its licence, by SPDX name.
    pub licence: String,
    /// Whose work it is.
    pub origin: String,
    /// Where it can be fetched.
    pub url: Option<String>,
    /// Why it cannot be fetched, when it cannot.
    pub no_download: Option<String>,
    /// It is fetched when nothing of its kind is there.
    #[serde(default)]
    pub pull: bool,
    /// It is part of the program.
    #[serde(default)]
    pub built_in: bool,
    /// What goes in.
    pub input: InputSpec,
    /// For a detector of faces or people.
    pub detector: Option<DetectorSpec>,
    /// For a recogniser.
    pub recogniser: Option<RecogniserSpec>,
    /// For a gender head.
    pub gender: Option<GenderSpec>,
    /// For a liveness model.
    pub liveness: Option<LivenessSpec>,
}

/// The one input of a model, 32-bit floats.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InputSpec {
    /// Its name in the graph; the graph's only input when it is not said.
    pub name: Option<String>,
    /// Its dimensions; -1 where the model must take any.
    pub shape: Vec<i64>,
}

/// How a detector is fed and read.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DetectorSpec {
    /// Which decoder reads it: "yunet" finds faces, "yolox" people.
    pub family: String,
    /// Width and height, for a model that takes one size only.
    pub fixed: Option<(u32, u32)>,
}

/// The order of the three colour planes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ChannelOrder {
    /// Red first.
    Rgb,
    /// Blue first.
    Bgr,
}

/// How a recogniser is fed and read.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RecogniserSpec {
    /// The output with the embedding; the graph's only output when it is not said.
    pub output: Option<String>,
    /// The embedding's length.
    pub dimension: usize,
    /// Of the input's planes.
    pub order: ChannelOrder,
    /// Taken off each plane's values (0 to 255), in the model's channel order.
    pub mean: [f32; 3],
    /// Then divided by this.
    pub std: [f32; 3],
    /// It takes several faces at once.
    pub batch: bool,
    /// Where the landmarks of an upright face belong in the input, in pixels.
    pub template: Landmarks,
    /// The cosine similarity from which its makers or measurements call two faces one person's.
    pub same_person_from: f32,
}

/// How a gender head is fed and read.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GenderSpec {
    /// The recogniser whose embeddings, scaled to length 1, it reads.
    pub reads: String,
    /// The output with the probability of a man.
    pub output: String,
}

/// How a liveness model is fed (red, green and blue of 0 to 1) and read (two logits: in person, a picture).
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LivenessSpec {
    /// The output with the two logits.
    pub output: String,
    /// The side of the square that it sees, in longer sides of the face's box.
    pub around: f32,
    /// Faces narrower or lower than this say nothing, in pixels.
    pub least_px: f32,
}

/// What is wrong with a manifest.
#[derive(Debug, thiserror::Error)]
pub enum ManifestError {
    /// Not TOML, an unknown key, a missing one or one of the wrong type.
    #[error("the model manifest cannot be read")]
    Syntax(#[from] toml::de::Error),
    /// A value that contradicts another.
    #[error("model {name} in the manifest: {problem}")]
    Model {
        /// The model.
        name: String,
        /// In words.
        problem: &'static str,
    },
}

impl Manifest {
    /// Reads and checks a manifest.
    pub fn parse(text: &str) -> Result<Self, ManifestError> {
        let manifest: Self = toml::from_str(text)?;
        for (i, model) in manifest.models.iter().enumerate() {
            let twice = manifest.models[..i].iter().any(|m| m.name == model.name || m.file == model.file);
            let problem = if twice { Some("its name or file stands there twice") } else { model.problem(&manifest) };
            if let Some(problem) = problem {
                return Err(ManifestError::Model { name: model.name.clone(), problem });
            }
        }
        Ok(manifest)
    }

    /// The model of that name.
    pub fn get(&self, name: &str) -> Option<&ModelSpec> {
        self.models.iter().find(|m| m.name == name)
    }

    /// The models of a kind, the preferred first.
    pub fn of_kind(&self, kind: ModelKind) -> impl Iterator<Item = &ModelSpec> {
        self.models.iter().filter(move |m| m.kind == kind)
    }

    /// The gender head for a recogniser's embeddings.
    pub fn gender_head_for(&self, recogniser: &str) -> Option<&ModelSpec> {
        self.of_kind(ModelKind::Gender).find(|m| m.gender.as_ref().is_some_and(|g| g.reads == recogniser))
    }
}

impl ModelSpec {
    fn problem(&self, manifest: &Manifest) -> Option<&'static str> {
        let parts =
            [self.detector.is_some(), self.recogniser.is_some(), self.gender.is_some(), self.liveness.is_some()];
        let fits = match self.kind {
            ModelKind::Detector | ModelKind::People => parts == [true, false, false, false],
            ModelKind::Recogniser => parts == [false, true, false, false],
            ModelKind::Gender => parts == [false, false, true, false],
            ModelKind::Liveness => parts == [false, false, false, true],
        };
        if !fits {
            return Some("it needs the table of its kind and no other");
        }
        if self.sha256.len() != 64 || !self.sha256.bytes().all(|c| matches!(c, b'0'..=b'9' | b'a'..=b'f')) {
            return Some("sha256 is not 64 lower-case hexadecimal digits");
        }
        if self.file.contains(['/', '\\']) || self.file.is_empty() {
            return Some("file must be a plain file name");
        }
        let ways = [self.url.is_some(), self.no_download.is_some(), self.built_in];
        if ways.iter().filter(|way| **way).count() != 1 || (self.pull && self.url.is_none()) {
            return Some("it needs one of url, no_download and built_in, and a url to be pulled");
        }
        if let Some(detector) = &self.detector
            && (detector.family != self.kind.family()
                || detector.fixed.is_some_and(|(w, h)| w % 32 != 0 || h % 32 != 0))
        {
            return Some("its family is not known or its size no multiple of 32");
        }
        if let Some(recogniser) = &self.recogniser
            && (recogniser.std.contains(&0.0) || recogniser.dimension == 0 || self.crop_size().is_none())
        {
            return Some("std must not be 0 and the input must be a square of known size");
        }
        if let Some(gender) = &self.gender
            && manifest.get(&gender.reads).is_none_or(|m| m.kind != ModelKind::Recogniser)
        {
            return Some("it reads a recogniser that is not there");
        }
        if let Some(liveness) = &self.liveness
            && (liveness.around < 1.0 || liveness.least_px < 1.0 || self.crop_size().is_none())
        {
            return Some("around and least_px must be at least 1 and the input a square of known size");
        }
        None
    }

    /// The side of the square a recogniser or liveness model takes, in pixels.
    pub fn crop_size(&self) -> Option<usize> {
        match self.input.shape[..] {
            [_, 3, height, width] if height == width && width > 0 => usize::try_from(width).ok(),
            _ => None,
        }
    }
}

impl ModelKind {
    /// The one family of detectors of this kind that there is a decoder for.
    fn family(self) -> &'static str {
        if self == Self::People { "yolox" } else { "yunet" }
    }

    /// In Chinese, for sentences.
    pub fn zh(self) -> &'static str {
        match self {
            Self::Detector => "人脸检测模型",
            Self::People => "人员检测模型",
            Self::Recogniser => "人脸识别模型",
            Self::Gender => "性别提示模型",
            Self::Liveness => "活体提示模型",
        }
    }
}

impl fmt::Display for ModelKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Detector => "face detector",
            Self::People => "people detector",
            Self::Recogniser => "face recogniser",
            Self::Gender => "gender head",
            Self::Liveness => "liveness model",
        })
    }
}

/// The manifest this program was built with.
pub fn manifest() -> &'static Manifest {
    static MANIFEST: LazyLock<Manifest> = LazyLock::new(|| {
        Manifest::parse(include_str!("../../manifest.toml")).expect("manifest.toml is checked by a test")
    });
    &MANIFEST
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = include_str!("../../manifest.toml");

    #[test]
    fn our_manifest_is_sound_and_has_every_kind() {
        let manifest = Manifest::parse(TEXT).unwrap();
        let names = |kind| manifest.of_kind(kind).map(|m| m.name.as_str()).collect::<Vec<_>>();
        assert_eq!(names(ModelKind::Detector)[0], "yunet_n_dynamic");
        assert_eq!(
            names(ModelKind::Recogniser),
            ["face-reidentification-retail-0095", "face_recognition_sface_2021dec", "mobilefacenet_foamliu"]
        );
        assert_eq!(manifest.gender_head_for("mobilefacenet_foamliu").unwrap().name, "gender_head_mobilefacenet");
        assert_eq!(manifest.gender_head_for("face_recognition_sface_2021dec"), None);
        assert_eq!(names(ModelKind::People), ["yolox_nano_dynamic", "yolox_nano"]);
        for kind in [ModelKind::Detector, ModelKind::People, ModelKind::Recogniser, ModelKind::Liveness] {
            assert_eq!(manifest.of_kind(kind).filter(|m| m.pull).count(), 1, "one {kind} to pull");
        }
    }

    #[test]
    fn mistakes_are_named() {
        let broken = |from: &str, to: &str| Manifest::parse(&TEXT.replacen(from, to, 1)).unwrap_err();
        let text = |error: ManifestError| error.to_string();
        assert!(matches!(broken("licence", "lisence"), ManifestError::Syntax(_)));
        assert!(text(broken("104ee26c", "104EE26C")).contains("yunet_n_dynamic in the manifest: sha256"));
        assert!(text(broken("family = \"yunet\"", "family = \"resnet\"")).contains("family"));
        assert!(text(broken("std = [1.0,", "std = [0.0,")).contains("std must not be 0"));
        assert!(text(broken("pull = true\ninput", "built_in = true\ninput")).contains("one of url"));
        assert!(text(broken("reads = \"face", "reads = \"fase")).contains("reads a recogniser that is not there"));
        assert!(text(broken("face_detection_yunet_2026may\"", "yunet_n_dynamic\"")).contains("twice"));
        assert!(text(broken("around = 1.5", "around = 0.5")).contains("around and least_px"));
        assert!(text(broken("file = \"yunet", "file = \"../yunet")).contains("plain file name"));
    }
}
