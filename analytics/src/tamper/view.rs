//! A sample made small: places for the trail, a little picture for the scene.

use duxue_rules::look::{COLUMNS, Cells, ROWS};

/// Size of the little picture, whatever the shape of the camera's.
pub(super) const WIDTH: usize = 96;
pub(super) const HEIGHT: usize = 54;

/// What is kept of a sample for comparing.
#[derive(Clone, Debug, PartialEq)]
pub struct View {
    /// Mean luma of the places of the picture.
    pub cells: Cells,
    /// Sharpness as [`duxue_rules::observation::PictureMeasures`] has it.
    pub sharpness: f32,
    /// Mean luma of `WIDTH` × `HEIGHT` spots, 0 to 255.
    pub(super) luma: Vec<f32>,
}

impl View {
    /// Of a picture's luma in 1/256 steps, row by row.
    pub(crate) fn of(luma: &[u16], width: usize, sharpness: f32) -> Self {
        let height = luma.len().checked_div(width).unwrap_or(0);
        let small = shrunk(luma, (width, height), (WIDTH, HEIGHT));
        let places = shrunk(luma, (width, height), (COLUMNS, ROWS));
        let mut cells = Cells([0; COLUMNS * ROWS]);
        for (cell, mean) in cells.0.iter_mut().zip(places) {
            *cell = mean.round().clamp(0.0, 255.0) as u8;
        }
        Self { cells, sharpness, luma: small }
    }

    /// Mean luma.
    pub(super) fn brightness(&self) -> f32 {
        self.luma.iter().sum::<f32>() / self.luma.len().max(1) as f32
    }
}

/// Means over the boxes of a grid. A picture smaller than the grid gives some of its pixels several times.
fn shrunk(luma: &[u16], (width, height): (usize, usize), (columns, rows): (usize, usize)) -> Vec<f32> {
    let edge = |at: usize, of: usize, size: usize| (at * size / of).min(size.saturating_sub(1));
    let mut means = Vec::with_capacity(columns * rows);
    for row in 0..rows {
        let top = edge(row, rows, height);
        let bottom = ((row + 1) * height / rows).max(top + 1).min(height);
        for column in 0..columns {
            let left = edge(column, columns, width);
            let right = ((column + 1) * width / columns).max(left + 1).min(width);
            let lines = (top..bottom).filter_map(|y| luma.get(y * width + left..y * width + right));
            let (sum, count) = lines.fold((0u64, 0usize), |(sum, count), line| {
                (sum + line.iter().map(|&v| u64::from(v)).sum::<u64>(), count + line.len())
            });
            means.push(if count == 0 { 0.0 } else { (sum as f64 / count as f64 / 256.0) as f32 });
        }
    }
    means
}
