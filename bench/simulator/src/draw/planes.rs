//! A picture as a video encoder takes it: I420, planes one after the other (ITU-R BT.709, limited range).

/// One I420 picture: luma, then blue and red difference at half the width and height. Both sides are even.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Planes {
    /// Pixels across.
    pub(crate) width: usize,
    /// Pixels down.
    pub(crate) height: usize,
    /// Y, U and V, without padding.
    pub(crate) data: Vec<u8>,
}

impl Planes {
    /// A picture of one luma and no colour.
    pub(crate) fn grey(width: usize, height: usize, luma: u8) -> Self {
        let mut data = vec![128; width * height * 3 / 2];
        data[..width * height].fill(luma);
        Self { width, height, data }
    }

    /// The picture at a third of the size: each pixel the mean of nine.
    pub(crate) fn third(&self) -> Self {
        let (width, height) = (self.width / 3, self.height / 3);
        let mut data = Vec::with_capacity(width * height * 3 / 2);
        let luma = self.width * self.height;
        let chroma = luma / 4;
        for (plane, w, h) in [
            (&self.data[..luma], self.width, self.height),
            (&self.data[luma..luma + chroma], self.width / 2, self.height / 2),
            (&self.data[luma + chroma..], self.width / 2, self.height / 2),
        ] {
            for y in 0..h / 3 {
                let rows = [&plane[3 * y * w..], &plane[(3 * y + 1) * w..], &plane[(3 * y + 2) * w..]];
                for x in 0..w / 3 {
                    let sum: u16 = rows.iter().flat_map(|row| &row[3 * x..3 * x + 3]).map(|v| u16::from(*v)).sum();
                    data.push(((sum + 4) / 9) as u8);
                }
            }
        }
        Self { width, height, data }
    }

    /// The picture at about two thirds of the size, by the nearest pixel; rows are a multiple of 8 long.
    pub(crate) fn two_thirds(&self) -> Self {
        let (width, height) = ((self.width / 3 * 2) & !7, (self.height / 3 * 2) & !1);
        let mut data = Vec::with_capacity(width * height * 3 / 2);
        let luma = self.width * self.height;
        let chroma = luma / 4;
        for (plane, w, across, down) in [
            (&self.data[..luma], self.width, width, height),
            (&self.data[luma..luma + chroma], self.width / 2, width / 2, height / 2),
            (&self.data[luma + chroma..], self.width / 2, width / 2, height / 2),
        ] {
            for y in 0..down {
                data.extend((0..across).map(|x| plane[y * 3 / 2 * w + x * 3 / 2]));
            }
        }
        Self { width, height, data }
    }

    /// Red, green and blue of every pixel.
    pub(crate) fn rgb(&self) -> Vec<u8> {
        let luma = self.width * self.height;
        let mut out = Vec::with_capacity(luma * 3);
        for n in 0..luma {
            let at = luma + n / self.width / 2 * (self.width / 2) + n % self.width / 2;
            let y = (f32::from(self.data[n]) - 16.0) * 255.0 / 219.0;
            let u = (f32::from(self.data[at]) - 128.0) * 255.0 / 224.0;
            let v = (f32::from(self.data[at + luma / 4]) - 128.0) * 255.0 / 224.0;
            out.extend(
                [y + 1.5748 * v, y - 0.1873 * u - 0.4681 * v, y + 1.8556 * u].map(|c| c.clamp(0.0, 255.0) as u8),
            );
        }
        out
    }
}
