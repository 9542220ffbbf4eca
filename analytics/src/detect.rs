//! YuNet around the model: fitting a picture into its input, and reading faces out of its outputs.
//!
//! W. Wu, H. Peng, S. Yu, "YuNet: A Tiny Millisecond-level Face Detector", Machine Intelligence Research 20, 2023; the
//! decoding is that of OpenCV's `FaceDetectorYN`.

use crate::{
    align::Landmarks,
    nms::{Rect, suppress},
    picture::Picture,
    resample,
};

/// No picture reaches as far, so nothing in it does. Beyond, distances and areas would soon be no numbers any more.
pub(crate) const FURTHEST: f32 = 1e6;
/// The input's sides are multiples of this, the coarsest stride.
const SIDE_STEP: u32 = 32;
/// The strides of the three grids, in input pixels.
pub(crate) const STRIDES: [u32; 3] = [8, 16, 32];
/// Of boxes that overlap more than this the best stays.
const MAX_IOU: f32 = 0.3;
/// At most so many candidates are compared; a full classroom gives a few hundred.
const MAX_CANDIDATES: usize = 2_000;
/// Pictures are reduced and never enlarged: enlarging loses big faces and finds no more small ones (README.md).
const MAX_SCALE: f64 = 1.0;

/// How a picture lies in the detector's input: scaled, at the top left, one colour to the right and below.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fit {
    /// Of the picture, in its own pixels.
    pub picture: (u32, u32),
    /// Width and height of the picture in the input.
    pub scaled: (u32, u32),
    /// Width and height of the input.
    pub input: (u32, u32),
}

/// A face as the detector gives it, in pixels of the picture.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Detection {
    /// Left edge; may be outside the picture.
    pub x: f32,
    /// Top edge.
    pub y: f32,
    /// Width.
    pub width: f32,
    /// Height.
    pub height: f32,
    /// 0 to 1.
    pub score: f32,
    /// Eyes, nose, corners of the mouth.
    pub landmarks: Landmarks,
}

/// The outputs for one stride; N = (input width / stride) x (input height / stride), row by row.
#[derive(Clone, Copy, Debug)]
pub struct Grid<'a> {
    /// In input pixels.
    pub stride: u32,
    /// N class scores.
    pub cls: &'a [f32],
    /// N objectness scores.
    pub obj: &'a [f32],
    /// N times centre x, centre y, log width, log height.
    pub bbox: &'a [f32],
    /// N times five points.
    pub kps: &'a [f32],
}

/// Why outputs make no sense.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DecodeError {
    /// An output's length is not what the input's size asks for.
    #[error("the output {output}_{stride} has {got} numbers instead of {expected}")]
    WrongLength {
        /// "cls", "obj", "bbox" or "kps".
        output: &'static str,
        /// Of its grid.
        stride: u32,
        /// Of it.
        expected: usize,
        /// Of it.
        got: usize,
    },
    /// An output holds NaN.
    #[error("the output {output}_{stride} holds values that are not numbers")]
    NotANumber {
        /// As above.
        output: &'static str,
        /// Of its grid.
        stride: u32,
    },
}

impl Fit {
    /// Lays a picture out so that its long side is at most `long_side` pixels, or within a fixed input of the given
    /// width and height.
    pub fn new(width: u32, height: u32, long_side: u32, fixed: Option<(u32, u32)>) -> Self {
        let picture = (width.max(1), height.max(1));
        let (w, h) = (f64::from(picture.0), f64::from(picture.1));
        let long_side = f64::from(long_side.max(SIDE_STEP));
        let scale = match fixed {
            Some((fw, fh)) => (f64::from(fw) / w).min(f64::from(fh) / h),
            None => long_side / w.max(h),
        }
        .min(MAX_SCALE);
        let within = |side: f64, limit: u32| ((side * scale).round() as u32).clamp(1, limit);
        let up = |side: u32| side.div_ceil(SIDE_STEP) * SIDE_STEP;
        match fixed {
            Some((fw, fh)) => Self { picture, scaled: (within(w, fw), within(h, fh)), input: (fw, fh) },
            None => {
                let scaled = (within(w, u32::MAX - SIDE_STEP), within(h, u32::MAX - SIDE_STEP));
                Self { picture, scaled, input: (up(scaled.0), up(scaled.1)) }
            }
        }
    }

    /// Picture pixels for one input pixel, across and down.
    pub(crate) fn back(&self) -> (f32, f32) {
        (self.picture.0 as f32 / self.scaled.0 as f32, self.picture.1 as f32 / self.scaled.1 as f32)
    }
}

/// The input of a run over pictures of one size: its shape, and the planes of one picture after the other.
pub fn prepare_all(pictures: &[Picture<'_>], fit: &Fit, beyond: f32) -> ([usize; 4], Vec<f32>) {
    let planes = match pictures {
        [only] => prepare(*only, fit, beyond),
        several => several.iter().flat_map(|picture| prepare(*picture, fit, beyond)).collect(),
    };
    ([pictures.len(), 3, fit.input.1 as usize, fit.input.0 as usize], planes)
}

/// A detector's input: three planes (blue, green, red) of 0 to 255, and `beyond` where the picture does not reach.
pub fn prepare(picture: Picture<'_>, fit: &Fit, beyond: f32) -> Vec<f32> {
    let (width, plane) = (fit.input.0 as usize, fit.input.0 as usize * fit.input.1 as usize);
    let mut planes = vec![beyond; plane * 3];
    let (blue, rest) = planes.split_at_mut(plane);
    let (green, red) = rest.split_at_mut(plane);
    resample::rows(picture, fit.scaled.0 as usize, fit.scaled.1 as usize, |y, row| {
        let from = y * width;
        for (x, pixel) in row.chunks_exact(3).enumerate() {
            blue[from + x] = pixel[0];
            green[from + x] = pixel[1];
            red[from + x] = pixel[2];
        }
    });
    planes
}

/// The faces with at least `min_score`, best first, each once.
pub fn decode(grids: &[Grid<'_>], fit: &Fit, min_score: f32) -> Result<Vec<Detection>, DecodeError> {
    let mut found = Vec::new();
    for grid in grids {
        candidates(grid, fit, min_score, &mut found)?;
    }
    let area = |d: &Detection| (d.score, Rect { x: d.x, y: d.y, width: d.width, height: d.height });
    Ok(suppress(found, MAX_IOU, MAX_CANDIDATES, area))
}

fn candidates(grid: &Grid<'_>, fit: &Fit, min_score: f32, found: &mut Vec<Detection>) -> Result<(), DecodeError> {
    let stride = grid.stride;
    let columns = (fit.input.0 / stride) as usize;
    let cells = columns * (fit.input.1 / stride) as usize;
    for (output, values, per_cell) in
        [("cls", grid.cls, 1), ("obj", grid.obj, 1), ("bbox", grid.bbox, 4), ("kps", grid.kps, 10)]
    {
        let expected = cells * per_cell;
        if values.len() != expected {
            return Err(DecodeError::WrongLength { output, stride, expected, got: values.len() });
        }
        if values.iter().any(|v| v.is_nan()) {
            return Err(DecodeError::NotANumber { output, stride });
        }
    }
    let (across, down) = fit.back();
    let size = stride as f32;
    for cell in 0..cells {
        let score = (grid.cls[cell].clamp(0.0, 1.0) * grid.obj[cell].clamp(0.0, 1.0)).sqrt();
        if score < min_score {
            continue;
        }
        let (column, row) = ((cell % columns) as f32, (cell / columns) as f32);
        let [bx, by, bw, bh] = std::array::from_fn(|i| grid.bbox[cell * 4 + i]);
        let (width, height) = (bw.exp() * size * across, bh.exp() * size * down);
        let detection = Detection {
            x: (column + bx) * size * across - width / 2.0,
            y: (row + by) * size * down - height / 2.0,
            width,
            height,
            score,
            landmarks: std::array::from_fn(|k| {
                let [x, y] = [grid.kps[cell * 10 + 2 * k], grid.kps[cell * 10 + 2 * k + 1]];
                [(column + x) * size * across, (row + y) * size * down]
            }),
        };
        if is_sane(&detection) {
            found.push(detection);
        }
    }
    Ok(())
}

/// exp() of a wild output is infinite, enormous or nothing; such a box is not a face.
fn is_sane(d: &Detection) -> bool {
    let all = [d.x, d.y, d.width, d.height];
    all.iter().chain(d.landmarks.as_flattened()).all(|v| v.abs() <= FURTHEST) && d.width > 0.0 && d.height > 0.0
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::OwnedPicture;

    struct Outputs(Vec<(u32, [Vec<f32>; 4])>);

    impl Outputs {
        fn empty(fit: &Fit) -> Self {
            Self(
                STRIDES
                    .map(|s| {
                        let n = (fit.input.0 / s * (fit.input.1 / s)) as usize;
                        (s, [1, 1, 4, 10].map(|k| vec![0.0; n * k]))
                    })
                    .to_vec(),
            )
        }

        fn grids(&self) -> Vec<Grid<'_>> {
            self.0.iter().map(|(stride, [cls, obj, bbox, kps])| Grid { stride: *stride, cls, obj, bbox, kps }).collect()
        }
    }

    #[test]
    fn fits_1080p_a_small_picture_and_a_fixed_input() {
        let fit = Fit::new(1920, 1080, 960, None);
        assert_eq!((fit.scaled, fit.input), ((960, 540), (960, 544)));
        // Never enlarged.
        let fit = Fit::new(16, 40, 960, None);
        assert_eq!((fit.scaled, fit.input), ((16, 40), (32, 64)));
        let fit = Fit::new(1080, 1920, 960, Some((640, 640)));
        assert_eq!((fit.scaled, fit.input), ((360, 640), (640, 640)));
        let fit = Fit::new(10_000, 1, 640, None);
        assert_eq!((fit.scaled, fit.input), ((640, 1), (640, 32)));
    }

    #[test]
    fn prepares_planes_at_the_top_left_with_black_beyond() {
        let picture = OwnedPicture::new(33, 2, [10, 20, 30].repeat(66)).unwrap();
        let fit = Fit::new(33, 2, 33, None);
        assert_eq!(fit.input, (64, 32));
        let planes = prepare(picture.view(), &fit, 0.0);
        let at = |channel: usize, x: usize, y: usize| planes[channel * 64 * 32 + y * 64 + x];
        assert_eq!([at(0, 0, 0), at(1, 32, 1), at(2, 32, 0)], [10.0, 20.0, 30.0]);
        assert_eq!([at(0, 33, 0), at(1, 0, 2), at(2, 63, 31)], [0.0; 3]);
    }

    /// One cell, worked by hand: stride 16, column 3, row 2 in an input half the picture's size.
    #[test]
    fn decodes_one_cell_by_hand() {
        let fit = Fit::new(256, 128, 128, None);
        let mut outputs = Outputs::empty(&fit);
        let cell = 2 * 8 + 3;
        let (_, [cls, obj, bbox, kps]) = &mut outputs.0[1];
        cls[cell] = 0.81;
        obj[cell] = 1.2; // clamped to 1
        bbox[cell * 4..][..4].copy_from_slice(&[0.5, -0.25, 2f32.ln(), 3f32.ln()]);
        kps[cell * 10..][..10].copy_from_slice(&[0.0, 0.0, 1.0, 0.0, 0.5, 0.5, 0.0, 1.0, 1.0, 1.0]);
        let faces = decode(&outputs.grids(), &fit, 0.6).unwrap();
        let [face] = faces[..] else { panic!("{faces:?}") };
        // Centre ((3 + .5), (2 - .25)) x 16 x 2, size (2, 3) x 16 x 2.
        assert!((face.score - 0.9).abs() < 1e-6);
        let expected = [112.0 - 32.0, 56.0 - 48.0, 64.0, 96.0];
        for (got, want) in [face.x, face.y, face.width, face.height].into_iter().zip(expected) {
            assert!((got - want).abs() < 1e-3, "{face:?}");
        }
        assert_eq!(face.landmarks, [[96.0, 64.0], [128.0, 64.0], [112.0, 80.0], [96.0, 96.0], [128.0, 96.0]]);
    }

    #[test]
    fn outputs_that_make_no_sense_are_named() {
        let fit = Fit::new(64, 64, 64, None);
        let mut outputs = Outputs::empty(&fit);
        outputs.0[2].1[3].pop();
        let error = decode(&outputs.grids(), &fit, 0.6).unwrap_err();
        assert_eq!(error.to_string(), "the output kps_32 has 39 numbers instead of 40");
        let mut outputs = Outputs::empty(&fit);
        outputs.0[0].1[1][5] = f32::NAN;
        let error = decode(&outputs.grids(), &fit, 0.6).unwrap_err();
        assert_eq!(error, DecodeError::NotANumber { output: "obj", stride: 8 });
    }

    #[test]
    fn an_infinite_box_is_no_face() {
        let fit = Fit::new(64, 64, 64, None);
        let mut outputs = Outputs::empty(&fit);
        let (_, [cls, obj, bbox, _]) = &mut outputs.0[0];
        (cls[0], obj[0], bbox[2]) = (1.0, 1.0, 1e9);
        assert_eq!(decode(&outputs.grids(), &fit, 0.6).unwrap(), []);
    }

    proptest! {
        #[test]
        fn any_outputs_decode_to_sane_faces(
            values in prop::collection::vec(-20f32..20.0, 64), min_score in 0f32..1.0, (w, h) in (1u32..200, 1u32..200),
        ) {
            let fit = Fit::new(w, h, 96, None);
            let mut outputs = Outputs::empty(&fit);
            let mut next = values.iter().cycle();
            for (_, arrays) in &mut outputs.0 {
                for v in arrays.iter_mut().flatten() {
                    *v = *next.next().unwrap();
                }
            }
            let faces = decode(&outputs.grids(), &fit, min_score).unwrap();
            for pair in faces.windows(2) {
                prop_assert!(pair[0].score >= pair[1].score);
            }
            for face in &faces {
                prop_assert!(is_sane(face) && (min_score..=1.0).contains(&face.score));
            }
        }

        #[test]
        fn a_fit_is_within_its_input_in_steps_of_32(w in 1u32..16_384, h in 1u32..16_384, long in 32u32..4096) {
            for fixed in [None, Some((640, 640))] {
                let fit = Fit::new(w, h, long, fixed);
                prop_assert!(fit.scaled.0 >= 1 && fit.scaled.1 >= 1);
                prop_assert!(fit.scaled.0 <= fit.input.0 && fit.scaled.1 <= fit.input.1);
                prop_assert!(fit.input.0.is_multiple_of(32) && fit.input.1.is_multiple_of(32));
            }
        }
    }
}
