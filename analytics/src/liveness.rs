//! The hint whether a face is there in person, or a picture of it is held up. It is wrong too often to refuse anybody for
//! it, least of all by one picture: it is voted over the pictures of a check-in, stored and shown.

use crate::{
    analyser::{Face, PixelArea},
    models::{FoundModel, LivenessSpec},
    onnx::{ModelLoadError, Onnx, RunError},
    picture::Picture,
    provider::Execution,
    runtime::Runtime,
};

/// Points of the picture that make one pixel of the crop, a side, at most.
const MOST_POINTS: usize = 8;

/// What one picture says.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Liveness {
    /// How much more the model takes it for a person than for a picture of one, as a difference of logits: 0 is undecided.
    pub margin: f32,
}

impl Liveness {
    /// Whether it looks like a person rather than a picture of one.
    pub fn in_person(self) -> bool {
        self.margin >= 0.0
    }
}

/// What several pictures of one check-in say together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Vote {
    /// Pictures with a face that was large enough.
    pub pictures: u32,
    /// Of them, those that look like a person.
    pub in_person: u32,
}

impl Vote {
    /// One picture more; `None` was too small, or there is no model.
    pub fn add(&mut self, seen: Option<Liveness>) {
        self.pictures += u32::from(seen.is_some());
        self.in_person += u32::from(seen.is_some_and(Liveness::in_person));
    }
}

pub(crate) struct LivenessModel {
    onnx: Onnx,
    spec: LivenessSpec,
    size: usize,
}

impl LivenessModel {
    pub(crate) fn load(runtime: &Runtime, found: &FoundModel, execution: &Execution) -> Result<Self, ModelLoadError> {
        let (Some(spec), Some(size)) = (found.spec.liveness.clone(), found.spec.crop_size()) else {
            return Err(ModelLoadError::WrongShape {
                model: found.spec.name.clone(),
                what: "the kind".into(),
                expected: "a liveness model".into(),
                got: format!("a {}", found.spec.kind),
            });
        };
        let onnx = Onnx::load(runtime, found, std::slice::from_ref(&spec.output), execution)?;
        Ok(Self { onnx, spec, size })
    }

    pub(crate) fn name(&self) -> &str {
        self.onnx.name()
    }

    /// What the picture says of this face; `None` when it is too small to say anything.
    pub(crate) fn look(&self, picture: Picture<'_>, face: &Face) -> Result<Option<Liveness>, RunError> {
        if face.area.width.min(face.area.height) < self.spec.least_px {
            return Ok(None);
        }
        let input = crop(picture, &face.area, self.spec.around, self.size);
        let output = self.onnx.run(&[1, 3, self.size, self.size], &input)?.swap_remove(0);
        match output[..] {
            [real, spoof] if (real - spoof).is_finite() => Ok(Some(Liveness { margin: real - spoof })),
            _ => Err(self.onnx.nonsense("its output is no pair of numbers".into())),
        }
    }
}

/// A square of `around` times the face's longer side about its middle, as three planes red, green, blue of 0 to 1. Beyond
/// the picture's edge it is mirrored, the edge itself not repeated.
fn crop(picture: Picture<'_>, face: &PixelArea, around: f32, size: usize) -> Vec<f32> {
    let side = around * face.width.max(face.height);
    let (left, top) = (face.x + (face.width - side) / 2.0, face.y + (face.height - side) / 2.0);
    let step = side / size as f32;
    let points = (step.ceil() as usize).clamp(1, MOST_POINTS);
    let at = |from: f32, index: usize, length: u32| {
        mirrored((from + step / points as f32 * (index as f32 + 0.5)).floor() as i64, i64::from(length))
    };
    let columns: Vec<usize> = (0..size * points).map(|x| at(left, x, picture.width())).collect();
    let mut planes = vec![0.0; 3 * size * size];
    let share = 1.0 / (255.0 * (points * points) as f32);
    for y in 0..size * points {
        let row = at(top, y, picture.height()) * picture.width() as usize;
        for (x, column) in columns.iter().enumerate() {
            let pixel = &picture.bgr()[(row + column) * 3..][..3];
            let place = y / points * size + x / points;
            for (plane, channel) in pixel.iter().rev().enumerate() {
                planes[plane * size * size + place] += f32::from(*channel) * share;
            }
        }
    }
    planes
}

/// An index beyond 0 to `length`, mirrored back at the first and last.
fn mirrored(index: i64, length: i64) -> usize {
    let period = (2 * (length - 1)).max(1);
    let index = index.rem_euclid(period);
    usize::try_from(index.min(period - index).min(length - 1)).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::OwnedPicture;

    #[test]
    fn beyond_the_edge_it_is_mirrored_without_repeating_the_edge() {
        let row: Vec<usize> = (-4..9).map(|i| mirrored(i, 5)).collect();
        assert_eq!(row, [4, 3, 2, 1, 0, 1, 2, 3, 4, 3, 2, 1, 0]);
        assert!((-3..4).all(|i| mirrored(i, 1) == 0));
    }

    #[test]
    fn the_crop_is_about_the_face_and_red_comes_first() {
        // 40 x 30, blue = x, green = y, red = 200.
        let bgr = (0..30u8).flat_map(|y| (0..40u8).flat_map(move |x| [x, y, 200])).collect();
        let picture = OwnedPicture::new(40, 30, bgr).unwrap();
        let face = PixelArea { x: 15.0, y: 10.0, width: 10.0, height: 10.0 };
        // 20 pixels from (10, 5) on, one pixel of the crop for each four.
        let planes = crop(picture.view(), &face, 2.0, 10);
        let value = |plane: usize, x: usize, y: usize| planes[plane * 100 + y * 10 + x] * 255.0;
        assert!((value(0, 3, 7) - 200.0).abs() < 0.01);
        assert!((value(1, 0, 0) - 5.5).abs() < 0.01 && (value(1, 9, 9) - 23.5).abs() < 0.01);
        assert!((value(2, 0, 0) - 10.5).abs() < 0.01 && (value(2, 9, 0) - 28.5).abs() < 0.01);
        let corner = PixelArea { x: 0.0, y: 0.0, width: 10.0, height: 10.0 };
        assert!(crop(picture.view(), &corner, 3.0, 8).iter().all(|v| (0.0..=1.0).contains(v)));
    }

    #[test]
    fn a_vote_counts_pictures_that_say_something() {
        let mut vote = Vote::default();
        [Some(1.5), None, Some(-0.1), Some(0.0)]
            .into_iter()
            .for_each(|m| vote.add(m.map(|margin| Liveness { margin })));
        assert_eq!(vote, Vote { pictures: 3, in_person: 2 });
    }
}
