//! Where a room's own edges are in a camera's picture, people and light let go of, and whether they still are.
//!
//! The middle value of many samples takes away who moves. Of what stays, the strongest edges are looked for in a sample:
//! not how strong they are, which the light decides, but which way they run. When they are not where they were, they are
//! looked for all around.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use duxue_rules::look::{SceneMatch, Shift};

use super::view::{HEIGHT, View, WIDTH};

/// How far around edges are looked for: a quarter of the picture.
const ACROSS: i32 = WIDTH as i32 / 4;
const DOWN: i32 = HEIGHT as i32 / 4;
/// Of all spots, the strongest sixth are the room's edges.
const STRONGEST: usize = 6;
/// A slope of fewer steps of luma a spot is no edge.
const SLOPE: f32 = 1.5;
/// Only when fewer edges than this are where they were are they looked for elsewhere.
const LOOK_AROUND_BELOW: f32 = 0.5;
/// Edges are found elsewhere when they are so much alike there, and by so much more than where they were.
const FOUND: f32 = 0.35;
const FOUND_MORE: f32 = 0.2;
/// Spots of a side of the places that show something or nothing.
const PATCH: usize = 6;
/// Spread of luma from which a place shows something.
const SHOWS: f32 = 3.0;

/// A camera's reference: the middle of what it showed for some time.
#[derive(Clone, Debug, PartialEq)]
pub struct Scene {
    luma: Vec<f32>,
    sharpness: f32,
    /// The strongest edges: where, and the way they run as a vector of length 1.
    edges: Vec<(usize, (f32, f32))>,
}

/// Gathers samples until a [`Scene`] can be made of them.
#[derive(Clone, Debug, Default)]
pub struct SceneMaker {
    views: Vec<View>,
}

impl SceneMaker {
    /// Another sample; how many there are now.
    pub fn push(&mut self, view: View) -> usize {
        self.views.push(view);
        self.views.len()
    }

    /// The middle of all samples; `None` without any, or where they show nothing at all.
    pub fn finish(&self) -> Option<Scene> {
        let middle = |mut values: Vec<f32>| {
            let at = values.len() / 2;
            (at < values.len()).then(|| *values.select_nth_unstable_by(at, f32::total_cmp).1)
        };
        let luma: Option<Vec<f32>> = (0..WIDTH * HEIGHT)
            .map(|spot| middle(self.views.iter().filter_map(|view| view.luma.get(spot).copied()).collect()))
            .collect();
        let sharpness = middle(self.views.iter().map(|view| view.sharpness).collect())?;
        Scene::new(luma?, sharpness)
    }
}

impl Scene {
    fn new(luma: Vec<f32>, sharpness: f32) -> Option<Self> {
        let slopes = slopes(&luma);
        let strength = |(x, y): (f32, f32)| x.hypot(y);
        let mut strengths: Vec<f32> = slopes.iter().map(|&slope| strength(slope)).collect();
        let rank = strengths.len() - strengths.len() / STRONGEST - 1;
        let least = strengths.select_nth_unstable_by(rank, f32::total_cmp).1.max(SLOPE);
        let edge = |(spot, &(x, y)): (usize, &(f32, f32))| {
            let strength = strength((x, y));
            (strength >= least).then(|| (spot, (x / strength, y / strength)))
        };
        let edges: Vec<_> = slopes.iter().enumerate().filter_map(edge).collect();
        (edges.len() >= WIDTH).then_some(Self { luma, sharpness, edges })
    }

    /// The sharpness that is usual for this camera.
    pub fn sharpness(&self) -> f32 {
        self.sharpness
    }

    /// As it is kept, about 7 kB.
    pub fn to_text(&self) -> String {
        let mut bytes = self.sharpness.to_le_bytes().to_vec();
        bytes.extend(self.luma.iter().map(|luma| luma.round().clamp(0.0, 255.0) as u8));
        STANDARD.encode(bytes)
    }

    /// Reads a kept one; `None` when it is none.
    pub fn from_text(text: &str) -> Option<Self> {
        let bytes = STANDARD.decode(text).ok()?;
        let (sharpness, luma) = bytes.split_first_chunk::<4>()?;
        let sharpness = f32::from_le_bytes(*sharpness);
        let luma: Vec<f32> = luma.iter().map(|&luma| f32::from(luma)).collect();
        (luma.len() == WIDTH * HEIGHT && sharpness.is_finite()).then(|| Self::new(luma, sharpness))?
    }

    /// How a sample compares.
    pub fn matched(&self, view: &View) -> SceneMatch {
        // Half the light is half of every slope, and still the same room.
        let usual = self.luma.iter().sum::<f32>() / self.luma.len().max(1) as f32;
        let light = (usual / view.brightness().max(1.0)).clamp(0.25, 8.0);
        let luma: Vec<f32> = view.luma.iter().map(|luma| luma * light).collect();
        let here = slopes(&luma);
        let alike = self.alike_at(&here, 0, 0).unwrap_or(0.0);
        SceneMatch {
            alike,
            shift: if alike < LOOK_AROUND_BELOW { self.shift(&here, alike) } else { None },
            detail: self.detail(&luma),
            sharpness: if self.sharpness > 0.0 { view.sharpness / self.sharpness } else { 1.0 },
        }
    }

    /// How much the edges are alike when they are looked for that far from where they were; `None` when most of them are
    /// out of the picture.
    fn alike_at(&self, here: &[(f32, f32)], across: i32, down: i32) -> Option<f32> {
        let (mut sum, mut count) = (0.0, 0usize);
        for &(spot, (ex, ey)) in &self.edges {
            let (x, y) = ((spot % WIDTH) as i32 + across, (spot / WIDTH) as i32 + down);
            if !(0..WIDTH as i32).contains(&x) || !(0..HEIGHT as i32).contains(&y) {
                continue;
            }
            count += 1;
            let Some(&(sx, sy)) = here.get(y as usize * WIDTH + x as usize) else { continue };
            let strength = sx.hypot(sy);
            if strength >= SLOPE {
                sum += (ex * sx + ey * sy) / strength;
            }
        }
        (count * 2 >= self.edges.len()).then(|| sum / count.max(1) as f32)
    }

    fn shift(&self, here: &[(f32, f32)], alike: f32) -> Option<Shift> {
        let places = (-DOWN..=DOWN).flat_map(|down| (-ACROSS..=ACROSS).map(move |across| (across, down)));
        let all = places.filter_map(|(across, down)| Some((self.alike_at(here, across, down)?, across, down)));
        let (best, across, down) = all.max_by(|one, other| one.0.total_cmp(&other.0))?;
        let found = best >= FOUND && best >= alike + FOUND_MORE;
        let share = |spots: i32, of: usize| spots as f32 / of as f32;
        found.then(|| Shift { x: share(across, WIDTH), y: share(down, HEIGHT), alike: best })
    }

    /// Of the places that show something, the share that show anything now.
    fn detail(&self, luma: &[f32]) -> f32 {
        let (mut shown, mut still) = (0u32, 0u32);
        for top in (0..HEIGHT).step_by(PATCH) {
            for left in (0..WIDTH).step_by(PATCH) {
                let (before, now) = (spread(&self.luma, left, top), spread(luma, left, top));
                if before >= SHOWS {
                    shown += 1;
                    still += u32::from(now >= SHOWS.max(before / 4.0));
                }
            }
        }
        if shown == 0 { 1.0 } else { still as f32 / shown as f32 }
    }
}

/// Standard deviation of a place's spots.
fn spread(luma: &[f32], left: usize, top: usize) -> f32 {
    let spots: Vec<f32> = (top..top + PATCH)
        .filter_map(|y| luma.get(y * WIDTH + left..y * WIDTH + left + PATCH))
        .flatten()
        .copied()
        .collect();
    let count = spots.len().max(1) as f32;
    let mean = spots.iter().sum::<f32>() / count;
    (spots.iter().map(|luma| (luma - mean).powi(2)).sum::<f32>() / count).sqrt()
}

/// How luma rises to the right and down at each spot; nothing at the rim.
fn slopes(luma: &[f32]) -> Vec<(f32, f32)> {
    let at = |x: usize, y: usize| luma.get(y * WIDTH + x).copied().unwrap_or(0.0);
    let mut slopes = vec![(0.0, 0.0); WIDTH * HEIGHT];
    for y in 1..HEIGHT - 1 {
        for x in 1..WIDTH - 1 {
            // Sobel, so that one noisy spot is no edge.
            let column = |x: usize| at(x, y - 1) + 2.0 * at(x, y) + at(x, y + 1);
            let row = |y: usize| at(x - 1, y) + 2.0 * at(x, y) + at(x + 1, y);
            slopes[y * WIDTH + x] = ((column(x + 1) - column(x - 1)) / 8.0, (row(y + 1) - row(y - 1)) / 8.0);
        }
    }
    slopes
}
