//! A face template from an enrolment picture, or why the picture will not do.

use crate::{
    align::Landmarks,
    analyser::{Analyser, Face, PixelArea},
    embedding::Embedding,
    onnx::RunError,
    picture::{OwnedPicture, Picture},
};

/// Enrolment pictures show large faces, even ones that fill the picture, and the detector finds faces of up to about
/// 300 pixels: where it finds none the picture is reduced further.
const LONG_SIDES: [u32; 3] = [640, 320, 160];
/// A template is only made of a face the detector is sure of.
const MIN_SCORE: f32 = 0.7;
/// Another face counts as a second person when it is at least this share of the widest one's width.
const SECOND_PERSON_FROM: f32 = 0.4;
/// Pixels between the eyes that a template needs.
const MIN_EYE_DISTANCE_PX: f32 = 30.0;
/// Variance of the Laplacian on the upright face below which it is blurred: the least of 143 FairFace faces that passed
/// otherwise had 19, their median was 408, and a face averaged over a fifth of its eye distance has 4.
const MIN_SHARPNESS: f32 = 12.0;
/// The nose's place between the eyes (0 at the left eye, 1 at the right) in a face that looks at the camera, give or
/// take about 35 degrees.
const FRONTAL: std::ops::RangeInclusive<f32> = 0.18..=0.82;

/// A face template and what it was made of.
#[derive(Clone, Debug, PartialEq)]
pub struct Template {
    /// To be compared with faces by the same model.
    pub embedding: Embedding,
    /// Of the picture.
    pub quality: Quality,
    /// Where the face is.
    pub area: PixelArea,
}

/// How good an enrolment picture is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Quality {
    /// The detector's score, 0 to 1.
    pub score: f32,
    /// Pixels between the eyes.
    pub eye_distance_px: f32,
    /// Variance of the Laplacian on the upright face.
    pub sharpness: f32,
}

/// Why there is no template.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum EnrolRefusal {
    /// Nobody was found.
    #[error("no face was found in the picture")]
    NoFace,
    /// Which of them is meant?
    #[error("the picture shows {n} faces; it must show one person only")]
    ManyFaces {
        /// How many.
        n: usize,
    },
    /// Too few pixels.
    #[error("the face is too small: {px:.0} pixels between the eyes, {needed:.0} are needed")]
    TooSmall {
        /// Between the eyes.
        px: f32,
        /// At least.
        needed: f32,
    },
    /// Out of focus or shaken.
    #[error("the face is blurred: sharpness {sharpness:.0}, {needed:.0} is needed")]
    Blurred {
        /// Variance of the Laplacian on the upright face.
        sharpness: f32,
        /// At least.
        needed: f32,
    },
    /// A profile.
    #[error("the face is turned to the side; it must look at the camera")]
    Turned,
    /// No model that could make a template is loaded.
    #[error("there is no face recogniser; no template can be made")]
    NoRecogniser,
    /// A model failed.
    #[error("the picture could not be analysed")]
    Failed(#[from] RunError),
}

impl EnrolRefusal {
    /// A word for programs.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NoFace => "no_face",
            Self::ManyFaces { .. } => "many_faces",
            Self::TooSmall { .. } => "too_small",
            Self::Blurred { .. } => "blurred",
            Self::Turned => "turned",
            Self::NoRecogniser => "no_recogniser",
            Self::Failed(_) => "failed",
        }
    }

    /// The sentence in Chinese.
    pub fn zh(&self) -> String {
        match self {
            Self::NoFace => "照片中没有找到人脸".into(),
            Self::ManyFaces { n } => format!("照片中有 {n} 张人脸，只能有一个人"),
            Self::TooSmall { px, needed } => format!("人脸太小：两眼间距 {px:.0} 像素，至少需要 {needed:.0} 像素"),
            Self::Blurred { sharpness, needed } => {
                format!("人脸模糊：清晰度 {sharpness:.0}，至少需要 {needed:.0}")
            }
            Self::Turned => "人脸偏向一侧，请正对镜头".into(),
            Self::NoRecogniser => "没有人脸识别模型，无法生成人脸模板".into(),
            Self::Failed(_) => "照片分析失败".into(),
        }
    }
}

impl Analyser {
    /// Makes a template of the one face in a picture.
    pub fn enrol(&self, picture: Picture<'_>) -> Result<Template, EnrolRefusal> {
        let recogniser = self.recogniser.as_ref().ok_or(EnrolRefusal::NoRecogniser)?;
        let faces = self.large_faces(picture)?;
        let face = only_one(&faces)?;
        acceptable(face)?;
        let crop = recogniser.crop(picture, &face.landmarks).ok_or(EnrolRefusal::NoFace)?;
        let sharpness = crop.sharpness();
        if sharpness < MIN_SHARPNESS {
            return Err(EnrolRefusal::Blurred { sharpness, needed: MIN_SHARPNESS });
        }
        let embedding = recogniser.embed(&[crop])?.swap_remove(0);
        let quality = Quality { score: face.score, eye_distance_px: face.eye_distance_px, sharpness };
        Ok(Template { embedding, quality, area: face.area })
    }

    fn large_faces(&self, picture: Picture<'_>) -> Result<Vec<Face>, RunError> {
        for long_side in LONG_SIDES {
            let found = self.detector.detect(picture, long_side, MIN_SCORE)?;
            if !found.is_empty() {
                return Ok(found.iter().filter_map(|d| Face::new(d, picture)).collect());
            }
        }
        Ok(Vec::new())
    }
}

/// What of a picture shows the face of a template and little else: twice its size, so that a detector finds it again.
pub fn portrait(picture: Picture<'_>, template: &Template) -> OwnedPicture {
    let PixelArea { x, y, width, height } = template.area;
    let within = |from: f32, size: f32, all: u32| {
        let first = (from - size / 2.0).max(0.0) as u32;
        let end = ((from + size * 1.5).ceil().max(0.0) as u32).min(all);
        (first.min(all.saturating_sub(1)), end)
    };
    let (left, right) = within(x, width, picture.width());
    let (top, bottom) = within(y, height, picture.height());
    picture.part(left, top, right.max(left + 1) - left, bottom.max(top + 1) - top)
}

/// The widest face, when no other comes near it: somebody far behind is no reason to refuse.
fn only_one(faces: &[Face]) -> Result<&Face, EnrolRefusal> {
    let widest = faces.iter().max_by(|a, b| a.area.width.total_cmp(&b.area.width)).ok_or(EnrolRefusal::NoFace)?;
    match faces.iter().filter(|f| f.area.width >= widest.area.width * SECOND_PERSON_FROM).count() {
        1 => Ok(widest),
        n => Err(EnrolRefusal::ManyFaces { n }),
    }
}

fn acceptable(face: &Face) -> Result<(), EnrolRefusal> {
    if !FRONTAL.contains(&nose_between_eyes(&face.landmarks)) {
        return Err(EnrolRefusal::Turned);
    }
    if face.eye_distance_px < MIN_EYE_DISTANCE_PX {
        return Err(EnrolRefusal::TooSmall { px: face.eye_distance_px, needed: MIN_EYE_DISTANCE_PX });
    }
    Ok(())
}

/// Where the nose stands along the line between the eyes: about a half when the face looks at the camera.
fn nose_between_eyes([left, right, nose, ..]: &Landmarks) -> f32 {
    let (dx, dy) = (right[0] - left[0], right[1] - left[1]);
    ((nose[0] - left[0]) * dx + (nose[1] - left[1]) * dy) / (dx * dx + dy * dy)
}

#[cfg(test)]
mod tests {
    use super::*;
    fn face(width: f32, eyes: f32, nose: f32) -> Face {
        let landmarks = [[0.0, 0.0], [eyes, 0.0], [eyes * nose, 20.0], [0.0, 40.0], [eyes, 40.0]];
        let area = PixelArea { x: 0.0, y: 0.0, width, height: width };
        Face { area, score: 0.9, landmarks, eye_distance_px: eyes, embedding: None, male_probability: None }
    }

    #[test]
    fn one_person_is_taken_and_people_behind_do_not_disturb() {
        assert_eq!(only_one(&[]).unwrap_err(), EnrolRefusal::NoFace);
        let (near, far) = (face(200.0, 80.0, 0.5), face(50.0, 20.0, 0.5));
        assert_eq!(only_one(&[far.clone(), near.clone()]).unwrap(), &near);
        assert_eq!(only_one(&[near.clone(), far, near.clone()]).unwrap_err(), EnrolRefusal::ManyFaces { n: 2 });
    }

    #[test]
    fn small_and_turned_faces_are_refused_with_a_reason() {
        assert_eq!(acceptable(&face(100.0, 40.0, 0.5)), Ok(()));
        let small = acceptable(&face(40.0, 16.0, 0.5)).unwrap_err();
        assert_eq!(small.to_string(), "the face is too small: 16 pixels between the eyes, 30 are needed");
        assert_eq!(small.zh(), "人脸太小：两眼间距 16 像素，至少需要 30 像素");
        assert_eq!(acceptable(&face(100.0, 40.0, 0.95)), Err(EnrolRefusal::Turned));
        assert_eq!(acceptable(&face(100.0, 0.0, 0.5)), Err(EnrolRefusal::Turned));
    }
}
