//! Desks and chairs.

use super::{
    brush::{Brush, Rgb, Step::*, draw},
    layout::Place,
};
use crate::chance::Chance;

/// The back of a chair, behind whoever sits there.
pub(crate) fn chair(b: &mut Brush<'_>, place: Place) {
    let (x, y, f) = (place.x, place.y, place.face);
    let steel = Rgb::hex(0x7d868e);
    for side in [-1.0, 1.0] {
        draw!(
            b,
            line,
            [M(x + side * 0.52 * f, y + 0.72 * f), L(x + side * 0.56 * f, y + 2.1 * f)],
            steel,
            1.0,
            0.06 * f
        );
    }
    draw!(
        b,
        fade,
        [
            M(x - 0.62 * f, y + 0.62 * f),
            Q(x, y + 0.52 * f, x + 0.62 * f, y + 0.62 * f),
            L(x + 0.60 * f, y + 1.22 * f),
            Q(x, y + 1.30 * f, x - 0.60 * f, y + 1.22 * f),
            Z
        ],
        (0.0, y + 0.6 * f, Rgb::hex(0x4f7fa3), 1.0),
        (0.0, y + 1.3 * f, Rgb::hex(0x3b6486), 1.0)
    );
}

/// The desk, with what lies on it.
pub(crate) fn desk(b: &mut Brush<'_>, place: Place, seat: u32, seed: u64) {
    let (x, y, f) = (place.x, place.desk_y(), place.face);
    let mut c = Chance::new(seed, 2000 + u64::from(seat));
    let wood = Rgb::hex(0xdcb987);
    b.mist(x, y + 1.5 * f, 1.35 * f, 0.25 * f, Rgb::hex(0x3a2c1e), 0.28);
    let steel = Rgb::hex(0x8a949c);
    for side in [-1.0, 1.0] {
        draw!(
            b,
            line,
            [M(x + side * 1.0 * f, y + 0.3 * f), L(x + side * 1.03 * f, y + 1.5 * f)],
            steel,
            1.0,
            0.075 * f
        );
    }
    // Top in perspective, edge, and the panel below.
    draw!(
        b,
        fade,
        [M(x - 1.06 * f, y), L(x + 1.06 * f, y), L(x + 1.16 * f, y + 0.24 * f), L(x - 1.16 * f, y + 0.24 * f), Z],
        (x - f, y, wood.times(1.08), 1.0),
        (x + f, y + 0.2 * f, wood.times(0.97), 1.0)
    );
    b.block(x - 1.16 * f, y + 0.24 * f, 2.32 * f, 0.075 * f, wood.times(0.78), 1.0);
    draw!(
        b,
        fade,
        [
            M(x - 1.04 * f, y + 0.315 * f),
            L(x + 1.04 * f, y + 0.315 * f),
            L(x + 1.04 * f, y + 0.86 * f),
            L(x - 1.04 * f, y + 0.86 * f),
            Z
        ],
        (0.0, y + 0.3 * f, Rgb::hex(0xc5ccd0).times(0.82), 1.0),
        (0.0, y + 0.86 * f, Rgb::hex(0xc5ccd0), 1.0)
    );
    things(b, &mut c, x, y, f);
}

fn things(b: &mut Brush<'_>, c: &mut Chance, x: f32, y: f32, f: f32) {
    let covers = [0x3f7cac, 0xc8553d, 0x588157, 0xe0a458, 0x6d597a];
    let cover = |c: &mut Chance| Rgb::hex(covers[(c.next() % 5) as usize]);
    // An open book.
    let bx = x + c.between(-0.25, 0.20) * f;
    let paper = Rgb::hex(0xfbfaf5);
    let colour = cover(c);
    draw!(
        b,
        fill,
        [
            M(bx - 0.37 * f, y + 0.035 * f),
            L(bx + 0.37 * f, y + 0.035 * f),
            L(bx + 0.41 * f, y + 0.205 * f),
            L(bx - 0.41 * f, y + 0.205 * f),
            Z
        ],
        colour,
        1.0
    );
    for side in [-1.0, 1.0] {
        draw!(
            b,
            fill,
            [
                M(bx, y + 0.04 * f),
                L(bx + side * 0.34 * f, y + 0.03 * f),
                L(bx + side * 0.375 * f, y + 0.185 * f),
                L(bx, y + 0.20 * f),
                Z
            ],
            paper,
            1.0
        );
        for line in 0..4 {
            let ly = y + (0.065 + 0.032 * line as f32) * f;
            draw!(
                b,
                line,
                [M(bx + side * 0.05 * f, ly), L(bx + side * (0.28 + 0.012 * line as f32) * f, ly)],
                Rgb::hex(0x9aa0a6),
                0.7,
                0.010 * f
            );
        }
    }
    if c.chance(0.6) {
        let sx = x + 0.72 * f;
        for n in 0..1 + c.next() % 3 {
            let sy = y + 0.10 * f - 0.075 * f * n as f32;
            let colour = cover(c);
            b.block(sx - 0.22 * f, sy, 0.46 * f, 0.075 * f, colour, 1.0);
            b.block(sx - 0.20 * f, sy + 0.018 * f, 0.44 * f, 0.03 * f, paper, 0.85);
        }
    }
    if c.chance(0.55) {
        let (sx, colour) = (x - 0.82 * f, cover(c).mix(Rgb(255.0, 255.0, 255.0), 0.35));
        draw!(
            b,
            fade,
            [
                M(sx - 0.085 * f, y - 0.20 * f),
                L(sx + 0.085 * f, y - 0.20 * f),
                L(sx + 0.07 * f, y + 0.13 * f),
                L(sx - 0.07 * f, y + 0.13 * f),
                Z
            ],
            (sx - 0.08 * f, 0.0, colour, 1.0),
            (sx + 0.09 * f, 0.0, colour.times(0.75), 1.0)
        );
        b.oval(sx, y - 0.20 * f, 0.085 * f, 0.028 * f, colour.times(0.7), 1.0);
    }
    draw!(b, line, [M(x + 0.46 * f, y + 0.18 * f), L(x + 0.62 * f, y + 0.08 * f)], Rgb::hex(0x2b4a7a), 1.0, 0.026 * f);
}
