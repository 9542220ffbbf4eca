//! YOLOX around the model: people out of its output, also those who turn away from the camera.
//!
//! Z. Ge, S. Liu, F. Wang, Z. Li, J. Sun, "YOLOX: Exceeding YOLO Series in 2021", arXiv:2107.08430; the decoding is that of
//! its `demo_postprocess`. Class 0 is "person" (COCO).

use crate::{
    detect::{FURTHEST, Fit},
    nms::{Rect, suppress},
};

/// The strides of the three grids, one after the other in the output.
const STRIDES: [u32; 3] = [8, 16, 32];
/// Centre x, centre y, log width, log height, objectness, then 80 classes.
pub(crate) const NUMBERS: usize = 85;
/// Of boxes that overlap more than this the best stays.
const MAX_IOU: f32 = 0.45;
/// At most so many candidates are compared.
const MAX_CANDIDATES: usize = 2_000;
/// What lies beyond the picture in the input, in each plane.
pub(crate) const BEYOND: f32 = 114.0;

/// A person as the detector gives it, in pixels of the picture; may reach beyond it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Person {
    /// Left edge.
    pub x: f32,
    /// Top edge.
    pub y: f32,
    /// Width.
    pub width: f32,
    /// Height.
    pub height: f32,
    /// 0 to 1.
    pub score: f32,
}

/// Why an output makes no sense.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PeopleError {
    /// Its length is not what the input's size asks for.
    #[error("the output has {got} numbers instead of {expected}")]
    WrongLength {
        /// Of it.
        expected: usize,
        /// Of it.
        got: usize,
    },
    /// It holds NaN.
    #[error("the output holds values that are not numbers")]
    NotANumber,
}

/// The people with at least `min_score`, best first, each once.
pub fn decode(output: &[f32], fit: &Fit, min_score: f32) -> Result<Vec<Person>, PeopleError> {
    let cells: usize = STRIDES.iter().map(|&stride| columns(fit, stride) * rows(fit, stride)).sum();
    if output.len() != cells * NUMBERS {
        return Err(PeopleError::WrongLength { expected: cells * NUMBERS, got: output.len() });
    }
    let places = STRIDES.iter().flat_map(|&stride| {
        let wide = columns(fit, stride);
        (0..wide * rows(fit, stride)).map(move |cell| (stride as f32, (cell % wide) as f32, (cell / wide) as f32))
    });
    let (across, down) = fit.back();
    let mut found = Vec::new();
    for ((stride, column, row), cell) in places.zip(output.chunks_exact(NUMBERS)) {
        let [bx, by, bw, bh, objectness, person] = std::array::from_fn(|i| cell[i]);
        if [bx, by, bw, bh, objectness, person].iter().any(|value| value.is_nan()) {
            return Err(PeopleError::NotANumber);
        }
        let score = objectness.clamp(0.0, 1.0) * person.clamp(0.0, 1.0);
        if score < min_score {
            continue;
        }
        let (width, height) = (bw.exp() * stride * across, bh.exp() * stride * down);
        let (x, y) = ((column + bx) * stride * across - width / 2.0, (row + by) * stride * down - height / 2.0);
        let person = Person { x, y, width, height, score };
        // exp() of a wild output is infinite, enormous or nothing; such a box is nobody.
        if [x, y, width, height].iter().all(|value| value.abs() <= FURTHEST) && width > 0.0 && height > 0.0 {
            found.push(person);
        }
    }
    let area = |p: &Person| (p.score, Rect { x: p.x, y: p.y, width: p.width, height: p.height });
    Ok(suppress(found, MAX_IOU, MAX_CANDIDATES, area))
}

fn columns(fit: &Fit, stride: u32) -> usize {
    (fit.input.0 / stride) as usize
}

fn rows(fit: &Fit, stride: u32) -> usize {
    (fit.input.1 / stride) as usize
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn empty(fit: &Fit) -> Vec<f32> {
        let cells: u32 = STRIDES.iter().map(|s| (fit.input.0 / s) * (fit.input.1 / s)).sum();
        vec![0.0; cells as usize * NUMBERS]
    }

    /// One cell of the second grid, worked by hand: stride 16, column 3, row 2 in an input half the picture's size.
    #[test]
    fn decodes_one_cell_by_hand() {
        let fit = Fit::new(256, 128, 128, None);
        let mut output = empty(&fit);
        let cell = 16 * 8 + 2 * 8 + 3;
        output[cell * NUMBERS..][..6].copy_from_slice(&[0.5, -0.25, 2f32.ln(), 3f32.ln(), 0.9, 1.2]);
        let people = decode(&output, &fit, 0.35).unwrap();
        let [person] = people[..] else { panic!("{people:?}") };
        assert!((person.score - 0.9).abs() < 1e-6);
        // Centre ((3 + .5), (2 - .25)) x 16 x 2, size (2, 3) x 16 x 2.
        for (got, want) in
            [person.x, person.y, person.width, person.height].into_iter().zip([112.0 - 32.0, 56.0 - 48.0, 64.0, 96.0])
        {
            assert!((got - want).abs() < 1e-3, "{person:?}");
        }
        assert_eq!(decode(&output, &fit, 0.91).unwrap(), [], "below the score");
    }

    #[test]
    fn outputs_that_make_no_sense_are_named() {
        let fit = Fit::new(64, 64, 64, None);
        let mut output = empty(&fit);
        output[3] = f32::NAN;
        assert_eq!(decode(&output, &fit, 0.35), Err(PeopleError::NotANumber));
        output.pop();
        let expected = (64 + 16 + 4) * NUMBERS;
        assert_eq!(decode(&output, &fit, 0.35), Err(PeopleError::WrongLength { expected, got: expected - 1 }));
    }

    proptest! {
        #[test]
        fn any_output_decodes_to_sane_people(
            values in prop::collection::vec(-20f32..20.0, 97), (w, h) in (1u32..200, 1u32..200), min_score in 0.01f32..1.0,
        ) {
            let fit = Fit::new(w, h, 96, None);
            let mut output = empty(&fit);
            let mut next = values.iter().cycle();
            output.iter_mut().for_each(|value| *value = *next.next().unwrap());
            for person in decode(&output, &fit, min_score).unwrap() {
                prop_assert!(person.width > 0.0 && person.height > 0.0 && person.x.is_finite() && person.y.is_finite());
                prop_assert!((min_score..=1.0).contains(&person.score));
            }
        }
    }
}
