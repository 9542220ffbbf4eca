//! Measures of the picture itself: is it bright, sharp, moving? No model is needed.

use std::fmt;

use duxue_rules::observation::PictureMeasures;

use crate::{picture::Picture, resample, tamper::View};

/// The width that sharpness and change are measured at, so that they do not depend on the camera's resolution.
const MEASURE_WIDTH: u32 = 640;
/// A picture may be absurdly tall; what is measured of it is not.
const MEASURE_MAX_HEIGHT: u32 = 4_096;

/// The measures of one sample, and what the next one is compared with (about 0.5 MB: keep one a camera).
#[derive(Clone)]
pub struct Measured {
    /// The measures.
    pub picture: PictureMeasures,
    height: usize,
    /// Luma in 1/256, so that sensor noise below one step is not rounded away: a still room is not a frozen picture.
    luma: Vec<u16>,
}

/// Measures a picture; `previous` is the sample before it from the same camera.
///
/// Luma is Rec. 601's (0.299 R + 0.587 G + 0.114 B) of the picture scaled to 640 wide. `change` is None without a
/// sample before or when the picture's shape changed since.
pub fn measures(picture: Picture<'_>, previous: Option<&Measured>) -> Measured {
    let width = MEASURE_WIDTH as usize;
    let height =
        resample::proportional(picture.height(), MEASURE_WIDTH, picture.width()).min(MEASURE_MAX_HEIGHT) as usize;
    let mut luma = Vec::with_capacity(width * height);
    resample::rows(picture, width, height, |_, row| {
        luma.extend(row.chunks_exact(3).map(|p| {
            let y = 0.114 * p[0] + 0.587 * p[1] + 0.299 * p[2];
            (y * 256.0).round() as u16
        }));
    });
    let total: u64 = luma.iter().map(|v| u64::from(*v)).sum();
    let change = previous.filter(|p| p.luma.len() == luma.len()).map(|p| {
        let total: u64 = p.luma.iter().zip(&luma).map(|(a, b)| u64::from(a.abs_diff(*b))).sum();
        to_steps(total as f64 / luma.len() as f64)
    });
    let picture = PictureMeasures {
        brightness: to_steps(total as f64 / luma.len() as f64),
        sharpness: laplacian_variance(&luma, width, height),
        change,
    };
    Measured { picture, height, luma }
}

fn to_steps(fixed: f64) -> f32 {
    (fixed / 256.0) as f32
}

/// Variance of the 4-neighbour Laplacian over the inner pixels; 0 where there are none. `luma` in 1/256 steps.
pub(crate) fn laplacian_variance(luma: &[u16], width: usize, height: usize) -> f32 {
    if width < 3 || height < 3 {
        return 0.0;
    }
    let at = |x: usize, y: usize| i64::from(luma[y * width + x]);
    let (mut sum, mut squares, mut n) = (0i64, 0i128, 0i64);
    for y in 1..height - 1 {
        for x in 1..width - 1 {
            let edge = at(x - 1, y) + at(x + 1, y) + at(x, y - 1) + at(x, y + 1) - 4 * at(x, y);
            sum += edge;
            squares += i128::from(edge * edge);
            n += 1;
        }
    }
    let mean = sum as f64 / n as f64;
    ((squares as f64 / n as f64 - mean * mean) / (256.0 * 256.0)).max(0.0) as f32
}

impl Measured {
    /// The picture made small, for telling whether it is what it should be.
    pub fn view(&self) -> View {
        View::of(&self.luma, MEASURE_WIDTH as usize, self.picture.sharpness)
    }
}

impl fmt::Debug for Measured {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Measured").field("picture", &self.picture).field("height", &self.height).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::OwnedPicture;

    fn flat(width: u32, height: u32, value: u8) -> OwnedPicture {
        OwnedPicture::new(width, height, vec![value; (width * height * 3) as usize]).unwrap()
    }

    fn checkers(width: u32, height: u32, square: u32) -> OwnedPicture {
        let bgr = (0..height)
            .flat_map(|y| {
                (0..width).flat_map(move |x| [if (x / square + y / square).is_multiple_of(2) { 30 } else { 200 }; 3])
            })
            .collect();
        OwnedPicture::new(width, height, bgr).unwrap()
    }

    #[test]
    fn a_flat_picture_is_as_bright_as_it_is_and_not_sharp() {
        let measured = measures(flat(1280, 720, 77).view(), None).picture;
        assert!((measured.brightness - 77.0).abs() < 0.01);
        assert!(measured.sharpness < 0.01);
        assert_eq!(measured.change, None);
    }

    #[test]
    fn luma_weighs_green_most() {
        let green = OwnedPicture::new(4, 4, [0, 255, 0].repeat(16)).unwrap();
        assert!((measures(green.view(), None).picture.brightness - 0.587 * 255.0).abs() < 0.1);
    }

    #[test]
    fn sharpness_by_hand() {
        // One bright point in 5x5: the Laplacian of the 9 inner pixels is -4, four times 1, four times 0 (x 100).
        let mut luma = [0u16; 25];
        luma[12] = 100 * 256;
        assert!((laplacian_variance(&luma, 5, 5) - 20.0 / 9.0 * 10_000.0).abs() < 1.0);
    }

    #[test]
    fn blur_lowers_sharpness() {
        let sharp = checkers(1280, 720, 16);
        let mut blurred = Vec::new();
        resample::rows(resample::to_width(sharp.view(), 60).view(), 1280, 720, |_, row| {
            blurred.extend(row.iter().map(|v| v.round() as u8));
        });
        let blurred = OwnedPicture::new(1280, 720, blurred).unwrap();
        let (a, b) = (measures(sharp.view(), None), measures(blurred.view(), None));
        assert!(a.picture.sharpness > 10.0 * b.picture.sharpness, "{:?} {:?}", a.picture, b.picture);
    }

    #[test]
    fn the_same_picture_twice_is_no_change_and_one_noisy_bit_is() {
        let first = checkers(1280, 720, 16);
        let before = measures(first.view(), None);
        assert_eq!(measures(first.view(), Some(&before)).picture.change, Some(0.0));
        let mut noisy = first.clone().into_bgr();
        noisy.iter_mut().step_by(7).for_each(|v| *v ^= 1);
        let noisy = OwnedPicture::new(1280, 720, noisy).unwrap();
        let change = measures(noisy.view(), Some(&before)).picture.change.unwrap();
        assert!(change > 0.02, "{change}");
        let dark = measures(flat(1280, 720, 0).view(), Some(&before)).picture.change.unwrap();
        assert!((dark - 115.0).abs() < 0.5, "{dark}");
    }

    #[test]
    fn another_shape_cannot_be_compared_and_tiny_or_tall_pictures_are_measured() {
        let before = measures(flat(1280, 720, 9).view(), None);
        assert_eq!(measures(flat(640, 480, 9).view(), Some(&before)).picture.change, None);
        assert!((measures(flat(1, 1, 9).view(), None).picture.brightness - 9.0).abs() < 0.01);
        assert!((measures(flat(16, 4000, 9).view(), None).picture.brightness - 9.0).abs() < 0.01);
    }
}
