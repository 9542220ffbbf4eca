//! The empty room: walls, windows, the blackboard at the back, floor and ceiling lamps.

use tiny_skia::Pixmap;

use super::{
    brush::{Brush, Rgb, Step::*, draw},
    layout::{FLOOR_Y, HEIGHT, WIDTH},
};
use crate::chance::Chance;

/// The rear wall's left and right edge, and the ceiling's rear edge.
const LEFT: f32 = 250.0;
const RIGHT: f32 = 1670.0;
const CEILING_Y: f32 = 62.0;

/// How one room differs from the next.
struct Taste {
    wall: Rgb,
    dado: Rgb,
    board: Rgb,
    floor: Rgb,
    curtain: Rgb,
    sky: Rgb,
}

impl Taste {
    fn of(seed: u64) -> Self {
        let mut c = Chance::new(seed, 9);
        let dado = c.pick(&[(0x9fc2b4, 1.0), (0xa9c0d6, 1.0), (0xd8c3a0, 1.0), (0xb9c7a5, 1.0)]);
        Self {
            wall: Rgb::hex(c.pick(&[(0xf1ece0, 2.0), (0xe9eef0, 1.0), (0xf3ead9, 1.0)])),
            dado: Rgb::hex(dado),
            board: Rgb::hex(c.pick(&[(0x2f5b4c, 2.0), (0x2c4a56, 1.0)])),
            floor: Rgb::hex(c.pick(&[(0xc9b79c, 1.0), (0xbfc3c4, 1.0), (0xc4ae8f, 1.0)])),
            curtain: Rgb::hex(c.pick(&[(0xd9b48a, 1.0), (0x8fb0c4, 1.0), (0xa8bf9a, 1.0)])),
            sky: Rgb::hex(c.pick(&[(0xbfe0f4, 2.0), (0xdfe9ef, 1.0)])),
        }
    }
}

/// Paints the room over the whole pixmap.
pub(crate) fn room(brush: &mut Brush<'_>, seed: u64) {
    let taste = Taste::of(seed);
    let b = brush;
    b.block(0.0, 0.0, WIDTH, HEIGHT, taste.wall, 1.0);
    floor(b, taste.floor);
    draw!(
        b,
        fade,
        [M(0.0, 0.0), L(WIDTH, 0.0), L(RIGHT, CEILING_Y), L(LEFT, CEILING_Y), Z],
        (0.0, 0.0, Rgb::hex(0xf4f3ee), 1.0),
        (0.0, CEILING_Y, Rgb::hex(0xe2e0d8), 1.0)
    );
    side_wall(b, &taste, 0.0, LEFT, 0.90);
    side_wall(b, &taste, WIDTH, RIGHT, 0.95);
    rear_wall(b, &taste);
    windows(b, &taste);
    door(b);
    lamps(b);
    blackboard(b, &taste, seed);
    clock(b);
    // Daylight falls in from the left.
    draw!(
        b,
        fade,
        [M(0.0, 0.0), L(WIDTH, 0.0), L(WIDTH, HEIGHT), L(0.0, HEIGHT), Z],
        (0.0, 300.0, Rgb::hex(0xfff6dc), 0.20),
        (1500.0, 500.0, Rgb::hex(0x30405a), 0.10)
    );
    grain(b.pixmap, seed);
}

fn floor(b: &mut Brush<'_>, colour: Rgb) {
    draw!(
        b,
        fade,
        [M(0.0, FLOOR_Y), L(WIDTH, FLOOR_Y), L(WIDTH, HEIGHT), L(0.0, HEIGHT), Z],
        (0.0, FLOOR_Y, colour.times(0.88), 1.0),
        (0.0, HEIGHT, colour.times(1.05), 1.0)
    );
    let line = colour.times(0.80);
    for n in -9..=9 {
        let n = n as f32;
        draw!(b, line, [M(960.0 + n * 150.0, FLOOR_Y), L(960.0 + n * 430.0, HEIGHT)], line, 0.55, 2.0);
    }
    let mut y = FLOOR_Y;
    let mut step = 18.0;
    while y < HEIGHT {
        draw!(b, line, [M(0.0, y), L(WIDTH, y)], line, 0.45, 1.6);
        y += step;
        step *= 1.32;
    }
}

fn side_wall(b: &mut Brush<'_>, taste: &Taste, outer: f32, inner: f32, light: f32) {
    draw!(
        b,
        fade,
        [M(outer, 0.0), L(inner, CEILING_Y), L(inner, FLOOR_Y), L(outer, 760.0), Z],
        (outer, 0.0, taste.wall.times(light), 1.0),
        (inner, 0.0, taste.wall.times(light * 0.94), 1.0)
    );
    draw!(
        b,
        fill,
        [M(outer, 480.0), L(inner, 345.0), L(inner, FLOOR_Y), L(outer, 760.0), Z],
        taste.dado.times(light),
        1.0
    );
    draw!(b, line, [M(outer, 480.0), L(inner, 345.0)], taste.dado.times(0.75), 0.9, 4.0);
    draw!(b, line, [M(outer, 760.0), L(inner, FLOOR_Y)], taste.dado.times(0.55), 0.9, 7.0);
}

fn rear_wall(b: &mut Brush<'_>, taste: &Taste) {
    draw!(
        b,
        fade,
        [M(LEFT, CEILING_Y), L(RIGHT, CEILING_Y), L(RIGHT, FLOOR_Y), L(LEFT, FLOOR_Y), Z],
        (LEFT, 0.0, taste.wall.times(1.02), 1.0),
        (RIGHT, 0.0, taste.wall.times(0.95), 1.0)
    );
    b.block(LEFT, 345.0, RIGHT - LEFT, FLOOR_Y - 345.0, taste.dado, 1.0);
    b.block(LEFT, 343.0, RIGHT - LEFT, 4.0, taste.dado.times(0.75), 0.9);
    b.block(LEFT, FLOOR_Y - 8.0, RIGHT - LEFT, 8.0, taste.dado.times(0.55), 0.9);
    for x in [LEFT, RIGHT] {
        draw!(b, line, [M(x, CEILING_Y), L(x, FLOOR_Y)], Rgb::hex(0x8b8678), 0.35, 3.0);
    }
}

fn windows(b: &mut Brush<'_>, taste: &Taste) {
    // Along the left wall, in its perspective.
    let y = |x: f32, top: bool| if top { 62.0 + x * 0.19 } else { 452.0 - x * 0.50 };
    for (x0, x1) in [(8.0, 116.0), (134.0, 226.0)] {
        draw!(
            b,
            fade,
            [M(x0, y(x0, true)), L(x1, y(x1, true)), L(x1, y(x1, false)), L(x0, y(x0, false)), Z],
            (0.0, 70.0, taste.sky, 1.0),
            (0.0, 420.0, Rgb::hex(0xf7fbfd), 1.0)
        );
        let hills = y(x0, false) - 92.0;
        draw!(
            b,
            fill,
            [
                M(x0, hills),
                Q((x0 + x1) / 2.0, hills - 58.0, x1, hills - 14.0),
                L(x1, y(x1, false)),
                L(x0, y(x0, false)),
                Z
            ],
            Rgb::hex(0x9fc39a),
            0.85
        );
        draw!(
            b,
            line,
            [M(x0, y(x0, true)), L(x1, y(x1, true)), L(x1, y(x1, false)), L(x0, y(x0, false)), Z],
            Rgb::hex(0xfdfdfb),
            1.0,
            9.0
        );
        let mid = (x0 + x1) / 2.0;
        draw!(b, line, [M(mid, y(mid, true)), L(mid, y(mid, false))], Rgb::hex(0xfdfdfb), 1.0, 6.0);
        let cross = |x: f32| y(x, true) + (y(x, false) - y(x, true)) * 0.34;
        draw!(b, line, [M(x0, cross(x0)), L(x1, cross(x1))], Rgb::hex(0xfdfdfb), 1.0, 5.0);
        draw!(
            b,
            line,
            [M(x0 - 6.0, y(x0, false) + 6.0), L(x1 + 6.0, y(x1, false) + 6.0)],
            Rgb::hex(0xd9d5c9),
            1.0,
            8.0
        );
    }
    for (x, width) in [(118.0, 22.0), (224.0, 16.0)] {
        draw!(
            b,
            fill,
            [
                M(x, y(x, true) - 10.0),
                L(x + width, y(x, true) - 8.0),
                C(x + width * 0.7, 220.0, x + width * 1.2, 300.0, x + width, y(x, false) + 20.0),
                L(x - 3.0, y(x, false) + 24.0),
                Z
            ],
            taste.curtain,
            0.96
        );
        draw!(
            b,
            line,
            [M(x + width * 0.4, y(x, true)), L(x + width * 0.45, y(x, false) + 16.0)],
            taste.curtain.times(0.8),
            0.8,
            3.0
        );
    }
}

fn door(b: &mut Brush<'_>) {
    let wood = Rgb::hex(0xa9794c);
    draw!(b, fill, [M(1720.0, 172.0), L(1850.0, 138.0), L(1850.0, 660.0), L(1720.0, 545.0), Z], wood.times(0.72), 1.0);
    draw!(
        b,
        fade,
        [M(1728.0, 180.0), L(1842.0, 150.0), L(1842.0, 650.0), L(1728.0, 550.0), Z],
        (1728.0, 0.0, wood, 1.0),
        (1842.0, 0.0, wood.times(1.1), 1.0)
    );
    draw!(
        b,
        fill,
        [M(1752.0, 212.0), L(1818.0, 198.0), L(1818.0, 330.0), L(1752.0, 318.0), Z],
        Rgb::hex(0xcfe3ea),
        1.0
    );
    draw!(
        b,
        line,
        [M(1752.0, 212.0), L(1818.0, 198.0), L(1818.0, 330.0), L(1752.0, 318.0), Z],
        wood.times(0.7),
        1.0,
        5.0
    );
    b.oval(1741.0, 392.0, 6.0, 8.0, Rgb::hex(0xe0c068), 1.0);
}

fn lamps(b: &mut Brush<'_>) {
    for (x, tip) in [(600.0, 700.0), (960.0, 960.0), (1320.0, 1220.0)] {
        draw!(
            b,
            fill,
            [M(x - 130.0, 0.0), L(x + 130.0, 0.0), L(tip + 66.0, 34.0), L(tip - 66.0, 34.0), Z],
            Rgb::hex(0xffffff),
            0.95
        );
        draw!(
            b,
            line,
            [M(x - 130.0, 0.0), L(tip - 66.0, 34.0), L(tip + 66.0, 34.0), L(x + 130.0, 0.0)],
            Rgb::hex(0xc9c6bb),
            0.8,
            3.0
        );
        b.mist(tip, 70.0, 260.0, 60.0, Rgb::hex(0xffffff), 0.35);
    }
}

fn blackboard(b: &mut Brush<'_>, taste: &Taste, seed: u64) {
    let mut c = Chance::new(seed, 10);
    let (x, y, w, h) = (520.0, 98.0, 880.0, 196.0);
    b.block(x - 12.0, y - 10.0, w + 24.0, h + 24.0, Rgb::hex(0x000000), 0.10);
    b.block(x - 10.0, y - 10.0, w + 20.0, h + 20.0, Rgb::hex(0xb58a5a), 1.0);
    draw!(
        b,
        fade,
        [M(x, y), L(x + w, y), L(x + w, y + h), L(x, y + h), Z],
        (x, y, taste.board.times(1.12), 1.0),
        (x + w, y + h, taste.board.times(0.92), 1.0)
    );
    b.block(x - 10.0, y + h + 6.0, w + 20.0, 8.0, Rgb::hex(0x94703f), 1.0);
    let chalk = [Rgb::hex(0xf4f4ea), Rgb::hex(0xf4dd8a), Rgb::hex(0xf2b1b1), Rgb::hex(0xa9d7ea)];
    // A class's wall newspaper: headings, columns of writing, a little drawing. Signs, no real writing.
    for n in 0..6 {
        let (sx, sy) = (x + 300.0 + 50.0 * n as f32, y + 34.0);
        draw!(b, line, [M(sx - 12.0, sy - 8.0), L(sx + 12.0, sy - 8.0)], chalk[1], 0.9, 4.0);
        draw!(b, line, [M(sx, sy - 16.0), L(sx, sy + 14.0)], chalk[1], 0.9, 4.0);
        draw!(
            b,
            line,
            [M(sx - 12.0, sy + 10.0), Q(sx, sy + 2.0 + c.between(-6.0, 6.0), sx + 13.0, sy + 12.0)],
            chalk[1],
            0.9,
            4.0
        );
    }
    for (column, left) in [x + 30.0, x + 300.0, x + 590.0].into_iter().enumerate() {
        let colour = chalk[(column * 2) % 4];
        for line in 0..6 {
            let ly = y + 74.0 + 19.0 * line as f32;
            let mut lx = left;
            let end = left + c.between(170.0, 235.0);
            while lx < end {
                let step = c.between(9.0, 15.0);
                draw!(
                    b,
                    line,
                    [M(lx, ly + c.between(-3.0, 3.0)), L(lx + step * 0.6, ly + c.between(-3.0, 3.0))],
                    colour,
                    0.65,
                    2.4
                );
                lx += step;
            }
        }
    }
    let (fx, fy) = (x + w - 74.0, y + 60.0);
    for n in 0..5 {
        let a = n as f32 * std::f32::consts::TAU / 5.0;
        b.oval(fx + 17.0 * a.cos(), fy + 17.0 * a.sin(), 11.0, 11.0, chalk[2], 0.75);
    }
    b.oval(fx, fy, 9.0, 9.0, chalk[1], 0.95);
    draw!(b, line, [M(fx, fy + 22.0), Q(fx - 10.0, fy + 66.0, fx - 4.0, fy + 104.0)], Rgb::hex(0xa6d79a), 0.85, 4.0);
    draw!(
        b,
        line,
        [M(fx - 6.0, fy + 74.0), Q(fx + 20.0, fy + 52.0, fx + 30.0, fy + 66.0)],
        Rgb::hex(0xa6d79a),
        0.85,
        4.0
    );
    // Posters on either side.
    for (px, colour) in [
        (300.0, Rgb::hex(0xd2685a)),
        (392.0, Rgb::hex(0x5a8fbf)),
        (1462.0, Rgb::hex(0xd9a441)),
        (1560.0, Rgb::hex(0x6a9f72)),
    ] {
        b.block(px + 3.0, 133.0, 74.0, 104.0, Rgb::hex(0x000000), 0.12);
        b.block(px, 130.0, 74.0, 104.0, Rgb::hex(0xfcfaf4), 1.0);
        b.block(px + 7.0, 137.0, 60.0, 40.0, colour, 0.95);
        for line in 0..4 {
            b.block(px + 9.0, 187.0 + 11.0 * line as f32, c.between(34.0, 56.0), 4.0, Rgb::hex(0x8b8f94), 0.8);
        }
    }
}

fn clock(b: &mut Brush<'_>) {
    let (x, y) = (1436.0, 104.0);
    b.oval(x, y, 27.0, 27.0, Rgb::hex(0x4a4f55), 1.0);
    b.oval(x, y, 23.0, 23.0, Rgb::hex(0xfdfdfa), 1.0);
    draw!(b, line, [M(x, y), L(x - 9.0, y - 9.0)], Rgb::hex(0x22262a), 1.0, 4.0);
    draw!(b, line, [M(x, y), L(x + 3.0, y - 17.0)], Rgb::hex(0x22262a), 1.0, 3.0);
}

/// A little unevenness, as no camera sees an even wall.
fn grain(pixmap: &mut Pixmap, seed: u64) {
    let mut chance = Chance::new(seed, 11);
    for pixel in pixmap.data_mut().chunks_exact_mut(4) {
        let bits = chance.next();
        let step = (bits & 3) as i16 - (bits >> 2 & 3) as i16;
        for value in &mut pixel[..3] {
            *value = (i16::from(*value) + step).clamp(0, 255) as u8;
        }
    }
}
