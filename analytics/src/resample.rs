//! Changing a picture's size: area average when it shrinks, bilinear when it grows, pixel centres at one half.

use crate::picture::{OwnedPicture, Picture};

/// Which input positions make one output position, and how much of each.
struct Tap {
    first: usize,
    weights: Vec<f32>,
}

/// The taps along one axis from `from` to `to` positions.
fn taps(from: usize, to: usize) -> Vec<Tap> {
    let ratio = from as f64 / to as f64;
    (0..to).map(|at| if ratio > 1.0 { area_tap(at, ratio, from) } else { linear_tap(at, ratio, from) }).collect()
}

fn area_tap(at: usize, ratio: f64, from: usize) -> Tap {
    let (begin, end) = (at as f64 * ratio, ((at + 1) as f64 * ratio).min(from as f64));
    let first = (begin as usize).min(from - 1);
    let last = ((end.ceil() as usize).max(first + 1) - 1).min(from - 1);
    let covered = (first..=last).map(|i| (end.min((i + 1) as f64) - begin.max(i as f64)).max(0.0));
    let total: f64 = covered.clone().sum();
    Tap { first, weights: covered.map(|part| (part / total) as f32).collect() }
}

fn linear_tap(at: usize, ratio: f64, from: usize) -> Tap {
    let centre = ((at as f64 + 0.5) * ratio - 0.5).clamp(0.0, (from - 1) as f64);
    let first = centre as usize;
    let share = (centre - first as f64) as f32;
    let weights = if share > 0.0 { vec![1.0 - share, share] } else { vec![1.0] };
    Tap { first, weights }
}

/// Calls `row` with each output row of the picture scaled to `width` x `height`: interleaved BGR, 0 to 255.
pub(crate) fn rows(picture: Picture<'_>, width: usize, height: usize, mut row: impl FnMut(usize, &[f32])) {
    let across = taps(picture.width() as usize, width);
    let down = taps(picture.height() as usize, height);
    let mut tall = vec![0f32; picture.width() as usize * 3];
    let mut out = vec![0f32; width * 3];
    for (y, tap) in down.iter().enumerate() {
        tall.fill(0.0);
        for (i, &weight) in tap.weights.iter().enumerate() {
            for (sum, &byte) in tall.iter_mut().zip(picture.row(tap.first + i)) {
                *sum += f32::from(byte) * weight;
            }
        }
        for (pixel, tap) in out.chunks_exact_mut(3).zip(&across) {
            let mut sum = [0f32; 3];
            for (from, &weight) in tall[tap.first * 3..].chunks_exact(3).zip(&tap.weights) {
                for channel in 0..3 {
                    sum[channel] += from[channel] * weight;
                }
            }
            pixel.copy_from_slice(&sum);
        }
        row(y, &out);
    }
}

/// The picture scaled to a width, its height in proportion.
pub(crate) fn to_width(picture: Picture<'_>, width: u32) -> OwnedPicture {
    let height = proportional(picture.height(), width, picture.width());
    let mut bgr = Vec::with_capacity(width as usize * height as usize * 3);
    rows(picture, width as usize, height as usize, |_, row| bgr.extend(row.iter().map(|v| v.round() as u8)));
    OwnedPicture::new(width, height, bgr).expect("a reduced picture is within the limits of the one it came from")
}

/// `side * to / from`, rounded, at least 1.
pub(crate) fn proportional(side: u32, to: u32, from: u32) -> u32 {
    let scaled = (u64::from(side) * u64::from(to) + u64::from(from) / 2) / u64::from(from);
    scaled.clamp(1, u64::from(u32::MAX)) as u32
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn scaled(picture: &OwnedPicture, width: usize, height: usize) -> Vec<f32> {
        let mut all = Vec::new();
        rows(picture.view(), width, height, |_, row| all.extend_from_slice(row));
        all
    }

    fn grey(width: u32, height: u32, values: &[u8]) -> OwnedPicture {
        OwnedPicture::new(width, height, values.iter().flat_map(|v| [*v; 3]).collect()).unwrap()
    }

    #[test]
    fn halving_is_the_mean_of_four() {
        let picture = grey(4, 2, &[0, 10, 100, 200, 20, 30, 50, 250]);
        let small: Vec<f32> = scaled(&picture, 2, 1).chunks(3).map(|p| p[0]).collect();
        assert_eq!(small, [15.0, 150.0]);
    }

    #[test]
    fn three_to_two_shares_the_middle_pixel() {
        let small: Vec<f32> = scaled(&grey(3, 1, &[0, 90, 240]), 2, 1).chunks(3).map(|p| p[0]).collect();
        // 0*2/3 + 90*1/3 and 90*1/3 + 240*2/3, by hand.
        assert!((small[0] - 30.0).abs() < 1e-3 && (small[1] - 190.0).abs() < 1e-3, "{small:?}");
    }

    #[test]
    fn doubling_is_bilinear_about_pixel_centres() {
        let large: Vec<f32> = scaled(&grey(2, 1, &[0, 100]), 4, 1).chunks(3).map(|p| p[0]).collect();
        assert_eq!(large, [0.0, 25.0, 75.0, 100.0]);
    }

    proptest! {
        #[test]
        fn values_stay_between_darkest_and_brightest_and_flat_stays_flat(
            (w, h) in (1u32..40, 1u32..40), (tw, th) in (1usize..60, 1usize..60), seed: u64, flat: u8,
        ) {
            let values: Vec<u8> = (0..w * h).map(|i| (seed.wrapping_mul(u64::from(i) * 2 + 1) >> 40) as u8).collect();
            let (low, high) = (*values.iter().min().unwrap(), *values.iter().max().unwrap());
            for v in scaled(&grey(w, h, &values), tw, th) {
                prop_assert!(v >= f32::from(low) - 0.01 && v <= f32::from(high) + 0.01);
            }
            for v in scaled(&grey(w, h, &vec![flat; (w * h) as usize]), tw, th) {
                prop_assert!((v - f32::from(flat)).abs() < 0.01);
            }
        }

        #[test]
        fn shrinking_keeps_the_mean((w, h) in (8u32..60, 8u32..60), (tw, th) in (1usize..8, 1usize..8), seed: u64) {
            let values: Vec<u8> = (0..w * h).map(|i| (seed.wrapping_mul(u64::from(i) * 2 + 1) >> 40) as u8).collect();
            let mean = values.iter().map(|v| f64::from(*v)).sum::<f64>() / values.len() as f64;
            let small = scaled(&grey(w, h, &values), tw, th);
            let got = small.iter().map(|v| f64::from(*v)).sum::<f64>() / small.len() as f64;
            prop_assert!((mean - got).abs() < 0.05, "{mean} became {got}");
        }
    }
}
