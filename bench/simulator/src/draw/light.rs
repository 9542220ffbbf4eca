//! The camera's sensor: colours become luma and chroma, daylight comes and goes a little, and there is some noise.

use super::{Planes, sprite::Bounds};
use crate::chance::Chance;

/// How much daylight changes, up and down.
const CLOUDS: f32 = 0.016;

/// Numbers of noise before they come again; a power of two.
const NOISE: usize = 1 << 16;

/// What the sensor has seen, before light and noise.
pub(crate) struct Light {
    seed: u64,
    length_s: u32,
    seen: Planes,
    noise: Vec<i8>,
    /// What came out last, of which second, and what has been seen anew since.
    out: Planes,
    second: Option<u32>,
    fresh: Vec<Bounds>,
}

impl Light {
    pub(crate) fn new(seed: u64, length_s: u32, width: usize, height: usize) -> Self {
        let mut chance = Chance::new(seed, 12);
        // The sum of two even chances, -1 to 1.
        let noise = (0..NOISE).map(|_| (chance.next() % 2) as i8 - (chance.next() % 2) as i8).collect();
        let blank = Planes::grey(width, height, 16);
        Self { seed, length_s, seen: blank.clone(), noise, out: blank, second: None, fresh: Vec::new() }
    }

    /// Takes in a part of an RGBA picture (ITU-R BT.709, limited range, chroma of 2x2 pixels).
    pub(crate) fn see(&mut self, canvas: &[u8], part: Bounds) {
        self.fresh.push(part);
        let (width, height) = (self.seen.width, self.seen.height);
        let (luma, chroma) = self.seen.data.split_at_mut(width * height);
        let (blue, red) = chroma.split_at_mut(width * height / 4);
        for y in (part.top..part.bottom).step_by(2) {
            for x in (part.left..part.right).step_by(2) {
                let mut sum = [0i32; 3];
                for at in [y * width + x, y * width + x + 1, (y + 1) * width + x, (y + 1) * width + x + 1] {
                    let [r, g, b] = [0, 1, 2].map(|n| i32::from(canvas[at * 4 + n]));
                    // 219/255 · (0.2126, 0.7152, 0.0722) in 1/65536.
                    luma[at] = (16 + ((11_966 * r + 40_254 * g + 4_064 * b + 32_768) >> 16)) as u8;
                    sum = [sum[0] + r, sum[1] + g, sum[2] + b];
                }
                let [r, g, b] = sum;
                let at = y / 2 * (width / 2) + x / 2;
                // 224/255 · the rows of BT.709, in 1/65536, for the sum of four.
                blue[at] = (128 + ((-6_596 * r - 22_189 * g + 28_784 * b + 131_072) >> 18)) as u8;
                red[at] = (128 + ((28_784 * r - 26_145 * g - 2_639 * b + 131_072) >> 18)) as u8;
            }
        }
    }

    /// What comes out in a second of the script. Light and noise change once a second, with the key frame, as the
    /// pictures in between would cost many bits and show nothing more.
    pub(crate) fn lit(&mut self, second: u32) -> Planes {
        let turn = std::f32::consts::TAU / self.length_s as f32;
        let phase = (self.seed % 628) as f32 / 100.0;
        // Two waves that both end where the loop ends.
        let wave = 0.6 * (turn * second as f32 + phase).sin() + 0.4 * (turn * 3.0 * second as f32).sin();
        let gain = 1.0 + CLOUDS * wave;
        let mut table = [0i16; 256];
        for (v, lit) in table.iter_mut().enumerate() {
            *lit = (16.0 + (v as f32 - 16.0) * gain + 0.5) as i16;
        }
        let start = Chance::new(self.seed, 4_000 + u64::from(second)).next() as usize;
        let (width, height) = (self.seen.width, self.seen.height);
        let fresh = std::mem::take(&mut self.fresh);
        let all = [Bounds { left: 0, top: 0, right: width, bottom: height }];
        let parts = if self.second == Some(second) { &fresh[..] } else { &all[..] };
        self.second = Some(second);
        for part in parts {
            for y in part.top..part.bottom {
                let row = y * width + part.left..y * width + part.right;
                for (n, (out, seen)) in
                    self.out.data[row.clone()].iter_mut().zip(&self.seen.data[row.clone()]).enumerate()
                {
                    let noise = self.noise[(row.start + n + start) & (NOISE - 1)];
                    *out = (table[usize::from(*seen)] + i16::from(noise)).clamp(16, 235) as u8;
                }
            }
            for plane in [width * height, width * height * 5 / 4] {
                for y in part.top / 2..part.bottom / 2 {
                    let row = plane + y * (width / 2) + part.left / 2..plane + y * (width / 2) + part.right / 2;
                    self.out.data[row.clone()].copy_from_slice(&self.seen.data[row]);
                }
            }
        }
        self.out.clone()
    }
}
