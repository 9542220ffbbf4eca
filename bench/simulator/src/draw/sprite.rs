//! A drawn part with its place in the picture, and putting parts on top of each other.

use tiny_skia::{Pixmap, Transform};

use super::brush::Brush;

/// A rectangle of whole pixels; the right and lower edges are outside.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Bounds {
    pub(crate) left: usize,
    pub(crate) top: usize,
    pub(crate) right: usize,
    pub(crate) bottom: usize,
}

impl Bounds {
    /// The part of a rectangle that lies in a picture, grown to even pixels, as chroma has half the resolution.
    pub(crate) fn within(ltrb: (f32, f32, f32, f32), width: usize, height: usize) -> Self {
        let low = |v: f32| (v.max(0.0) as usize) & !1;
        let high = |v: f32, most: usize| ((v.max(0.0) as usize + 2) & !1).min(most);
        Self { left: low(ltrb.0), top: low(ltrb.1), right: high(ltrb.2, width), bottom: high(ltrb.3, height) }
    }

    fn shared(self, other: Self) -> Option<Self> {
        let both = Self {
            left: self.left.max(other.left),
            top: self.top.max(other.top),
            right: self.right.min(other.right),
            bottom: self.bottom.min(other.bottom),
        };
        (both.left < both.right && both.top < both.bottom).then_some(both)
    }
}

/// A part of the picture.
pub(crate) struct Sprite {
    pub(crate) bounds: Bounds,
    pixmap: Pixmap,
}

impl Sprite {
    /// Draws in picture coordinates; what falls outside `bounds` is lost. None when the bounds are empty.
    pub(crate) fn draw(bounds: Bounds, paint: impl FnOnce(&mut Brush<'_>)) -> Option<Self> {
        let width = bounds.right.checked_sub(bounds.left)?;
        let height = bounds.bottom.checked_sub(bounds.top)?;
        let mut pixmap = Pixmap::new(width as u32, height as u32)?;
        let transform = Transform::from_translate(-(bounds.left as f32), -(bounds.top as f32));
        paint(&mut Brush { pixmap: &mut pixmap, transform });
        Some(Self { bounds, pixmap })
    }

    /// Puts what of it lies within `clip` on `canvas`, an opaque picture of `width` pixels across.
    pub(crate) fn put(&self, canvas: &mut [u8], width: usize, clip: Bounds) {
        let Some(both) = self.bounds.shared(clip) else { return };
        let across = self.bounds.right - self.bounds.left;
        for y in both.top..both.bottom {
            let from = ((y - self.bounds.top) * across + both.left - self.bounds.left) * 4;
            let to = (y * width + both.left) * 4;
            let bytes = (both.right - both.left) * 4;
            let source = self.pixmap.data()[from..from + bytes].chunks_exact(4);
            for (under, over) in canvas[to..to + bytes].chunks_exact_mut(4).zip(source) {
                match over[3] {
                    0 => {}
                    255 => under.copy_from_slice(over),
                    alpha => {
                        let rest = u16::from(255 - alpha);
                        for n in 0..3 {
                            under[n] = over[n].saturating_add(((u16::from(under[n]) * rest + 127) / 255) as u8);
                        }
                    }
                }
            }
        }
    }
}
