//! Turning a face upright: the least-squares similarity from five landmarks to a template, and the warp.
//!
//! The similarity (rotation, one scale, shift; no mirror) is that of S. Umeyama, "Least-squares estimation of
//! transformation parameters between two point patterns", IEEE PAMI 13(4), 1991. In the plane it has a closed form
//! without a singular value decomposition.

use crate::picture::Picture;

/// Five landmarks in pixels: the eye at the picture's left, the eye at its right, the tip of the nose, the corner of
/// the mouth at the left, the one at the right. A pixel's centre has whole coordinates.
pub type Landmarks = [[f32; 2]; 5];

/// `x' = a x - b y + tx`, `y' = b x + a y + ty`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Similarity {
    /// Scale times the cosine of the angle.
    pub a: f64,
    /// Scale times the sine of the angle.
    pub b: f64,
    /// Shift to the right, in pixels of the target.
    pub tx: f64,
    /// Shift down, in pixels of the target.
    pub ty: f64,
}

impl Similarity {
    /// The similarity that brings `from` nearest to `to`. None when the points of `from` are all one point, when `to`
    /// asks for no size at all, or when a coordinate is not finite.
    pub fn between(from: &Landmarks, to: &Landmarks) -> Option<Self> {
        let (fx, fy) = centre(from);
        let (tx, ty) = centre(to);
        let (mut dot, mut cross, mut spread) = (0.0, 0.0, 0.0);
        for (f, t) in from.iter().zip(to) {
            let (x, y) = (f64::from(f[0]) - fx, f64::from(f[1]) - fy);
            let (u, v) = (f64::from(t[0]) - tx, f64::from(t[1]) - ty);
            dot += x * u + y * v;
            cross += x * v - y * u;
            spread += x * x + y * y;
        }
        let (a, b) = (dot / spread, cross / spread);
        let found = Self { a, b, tx: tx - a * fx + b * fy, ty: ty - b * fx - a * fy };
        (found.scale().is_finite() && found.scale() > 1e-6 && found.tx.is_finite() && found.ty.is_finite())
            .then_some(found)
    }

    /// Target pixels for one source pixel.
    pub fn scale(&self) -> f64 {
        self.a.hypot(self.b)
    }

    /// Where a point goes.
    pub fn apply(&self, [x, y]: [f64; 2]) -> [f64; 2] {
        [self.a * x - self.b * y + self.tx, self.b * x + self.a * y + self.ty]
    }

    /// The way back.
    pub fn inverse(&self) -> Self {
        let square = self.a * self.a + self.b * self.b;
        let (a, b) = (self.a / square, -self.b / square);
        Self { a, b, tx: -(a * self.tx - b * self.ty), ty: -(b * self.tx + a * self.ty) }
    }
}

fn centre(points: &Landmarks) -> (f64, f64) {
    let sum = points.iter().fold((0.0, 0.0), |(x, y), p| (x + f64::from(p[0]), y + f64::from(p[1])));
    (sum.0 / 5.0, sum.1 / 5.0)
}

/// Cuts a `size` x `size` square out of the picture: the pixel at (x, y) of the square is the bilinear sample where
/// `to_square` comes from; outside the picture is black. Interleaved BGR, 0 to 255.
pub fn warp(picture: Picture<'_>, to_square: &Similarity, size: usize) -> Vec<f32> {
    let back = to_square.inverse();
    let mut square = Vec::with_capacity(size * size * 3);
    for y in 0..size {
        for x in 0..size {
            let [sx, sy] = back.apply([x as f64, y as f64]);
            square.extend(sample(picture, sx, sy));
        }
    }
    square
}

fn sample(picture: Picture<'_>, x: f64, y: f64) -> [f32; 3] {
    let (width, height) = (f64::from(picture.width()), f64::from(picture.height()));
    // Written so that a coordinate that is not a number is outside as well.
    if !(x > -1.0 && y > -1.0 && x < width && y < height) {
        return [0.0; 3];
    }
    let (left, top) = (x.floor(), y.floor());
    let (dx, dy) = ((x - left) as f32, (y - top) as f32);
    let mut sum = [0f32; 3];
    for (column, row, weight) in [
        (left, top, (1.0 - dx) * (1.0 - dy)),
        (left + 1.0, top, dx * (1.0 - dy)),
        (left, top + 1.0, (1.0 - dx) * dy),
        (left + 1.0, top + 1.0, dx * dy),
    ] {
        if column >= 0.0 && row >= 0.0 && column < width && row < height {
            let at = column as usize * 3;
            let pixel = &picture.row(row as usize)[at..at + 3];
            for channel in 0..3 {
                sum[channel] += f32::from(pixel[channel]) * weight;
            }
        }
    }
    sum
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::OwnedPicture;

    const FACE: Landmarks =
        [[40.393, 59.081], [87.376, 59.081], [64.034, 81.985], [44.732, 105.561], [83.640, 105.561]];

    fn moved(points: &Landmarks, by: &Similarity) -> Landmarks {
        points.map(|p| by.apply([p[0].into(), p[1].into()]).map(|v| v as f32))
    }

    fn misfit(by: &Similarity, from: &Landmarks, to: &Landmarks) -> f64 {
        from.iter()
            .zip(to)
            .map(|(f, t)| {
                let [x, y] = by.apply([f[0].into(), f[1].into()]);
                (x - f64::from(t[0])).powi(2) + (y - f64::from(t[1])).powi(2)
            })
            .sum()
    }

    /// Computed apart from this code, with numpy's SVD as in Umeyama's paper (equations 34 to 43).
    #[test]
    fn equals_umeyama_by_singular_value_decomposition() {
        let from = [[412.3, 233.1], [449.8, 228.4], [436.2, 252.9], [419.5, 275.0], [447.1, 271.6]];
        let found = Similarity::between(&from, &FACE).unwrap();
        let expected = [1.159_065_491_5, 0.091_203_651_371, -414.815_615_634, -249.551_873_927];
        for (got, want) in [found.a, found.b, found.tx, found.ty].into_iter().zip(expected) {
            assert!((got - want).abs() < 1e-4 * want.abs().max(1.0), "{found:?} is not {expected:?}");
        }
    }

    #[test]
    fn points_without_extent_or_sense_have_no_similarity() {
        assert_eq!(Similarity::between(&[[7.0, 7.0]; 5], &FACE), None);
        assert_eq!(Similarity::between(&FACE, &[[7.0, 7.0]; 5]), None);
        let mut broken = FACE;
        broken[2][0] = f32::NAN;
        assert_eq!(Similarity::between(&broken, &FACE), None);
        broken[2][0] = f32::INFINITY;
        assert_eq!(Similarity::between(&broken, &FACE), None);
    }

    #[test]
    fn whole_shifts_copy_pixels_and_the_outside_is_black() {
        let picture = OwnedPicture::new(3, 2, (1..=18).collect()).unwrap();
        let shift = Similarity { a: 1.0, b: 0.0, tx: 1.0, ty: 1.0 };
        let square = warp(picture.view(), &shift, 4);
        let pixel = |x: usize, y: usize| &square[(y * 4 + x) * 3..][..3];
        assert_eq!(pixel(1, 1), [1.0, 2.0, 3.0]);
        assert_eq!(pixel(3, 2), [16.0, 17.0, 18.0]);
        for (x, y) in [(0, 0), (0, 3), (3, 0), (1, 3)] {
            assert_eq!(pixel(x, y), [0.0; 3]);
        }
    }

    #[test]
    fn between_pixels_is_their_mean_and_the_edge_fades_to_black() {
        let picture = OwnedPicture::new(2, 1, vec![10, 20, 30, 30, 60, 90]).unwrap();
        assert_eq!(sample(picture.view(), 0.5, 0.0), [20.0, 40.0, 60.0]);
        assert_eq!(sample(picture.view(), 1.5, 0.0), [15.0, 30.0, 45.0]);
        assert_eq!(sample(picture.view(), 0.0, -0.25), [7.5, 15.0, 22.5]);
        assert_eq!(sample(picture.view(), f64::NAN, 0.0), [0.0; 3]);
        assert_eq!(sample(picture.view(), 1e300, 0.0), [0.0; 3]);
    }

    fn similarity() -> impl Strategy<Value = Similarity> {
        (0.05f64..8.0, -3.2f64..3.2, -500f64..500.0, -500f64..500.0).prop_map(|(scale, angle, tx, ty)| Similarity {
            a: scale * angle.cos(),
            b: scale * angle.sin(),
            tx,
            ty,
        })
    }

    proptest! {
        #[test]
        fn finds_the_similarity_that_was_applied(by in similarity()) {
            let to = moved(&FACE, &by);
            let found = Similarity::between(&FACE, &to).unwrap();
            prop_assert!(misfit(&found, &FACE, &to) < 1e-2, "{:?} for {:?}", found, by);
        }

        #[test]
        fn no_neighbour_fits_better(
            by in similarity(), noise in prop::array::uniform10(-9f32..9.0),
            step in (-0.05f64..0.05, -0.05f64..0.05, -2f64..2.0, -2f64..2.0),
        ) {
            let mut to = moved(&FACE, &by);
            for (i, n) in noise.iter().enumerate() {
                to[i / 2][i % 2] += n;
            }
            if let Some(found) = Similarity::between(&FACE, &to) {
                let near = Similarity { a: found.a + step.0, b: found.b + step.1, tx: found.tx + step.2, ty: found.ty + step.3 };
                prop_assert!(misfit(&found, &FACE, &to) <= misfit(&near, &FACE, &to) + 1e-6);
            }
        }

        #[test]
        fn the_inverse_comes_back(by in similarity(), x in -900f64..900.0, y in -900f64..900.0) {
            let [bx, by_] = by.inverse().apply(by.apply([x, y]));
            prop_assert!((bx - x).abs() < 1e-6 && (by_ - y).abs() < 1e-6);
        }

        #[test]
        fn any_points_warp_without_a_panic(points in prop::array::uniform5(prop::array::uniform2(any::<f32>()))) {
            let picture = OwnedPicture::new(16, 16, vec![200; 16 * 16 * 3]).unwrap();
            if let Some(found) = Similarity::between(&points, &FACE) {
                let square = warp(picture.view(), &found, 32);
                prop_assert!(square.iter().all(|v| (0.0..=200.01).contains(v)));
            }
        }
    }
}
