//! A face, feature by feature, as much shaded as a detector needs to take it for one.

use tiny_skia::Transform;

use super::{
    brush::{Brush, Rgb, Step::*, draw, oval, shape},
    looks::{Beard, Looks},
    pose::Pose,
};
use crate::identity::Sex;

const INK: Rgb = Rgb(26.0, 18.0, 16.0);

/// Where the chin ends below the middle of the face.
pub(crate) fn chin_y(looks: &Looks) -> f32 {
    0.62 * looks.length
}

fn outline(looks: &Looks) -> [super::brush::Step; 8] {
    let (j, c, y) = (looks.jaw, looks.chin, chin_y(looks));
    [
        M(0.0, -0.70),
        C(0.33, -0.70, 0.50, -0.48, 0.50, -0.12),
        C(0.50, 0.06, j + 0.055, 0.22, j, 0.56 * y),
        C(j - 0.05, 0.80 * y, c + 0.03, y, 0.0, y),
        C(-c - 0.03, y, 0.05 - j, 0.80 * y, -j, 0.56 * y),
        C(-j - 0.055, 0.22, -0.50, 0.06, -0.50, -0.12),
        C(-0.50, -0.48, -0.33, -0.70, 0.0, -0.70),
        Z,
    ]
}

/// Draws head, ears and features; hair comes before and after.
pub(crate) fn face(brush: &mut Brush<'_>, looks: &Looks, pose: &Pose) {
    let skin = looks.skin.times(pose.light);
    let shade = skin.mix(Rgb(120.0, 62.0, 44.0), 0.45);
    for side in [-1.0, 1.0] {
        brush.oval(side * 0.505, 0.0, 0.065, 0.125, skin.times(0.93), 1.0);
        brush.oval(side * 0.512, 0.01, 0.032, 0.075, shade, 0.45);
    }
    let Some(head) = shape(&outline(looks)) else { return };
    let to_light = (-0.14 + pose.turn.0, -0.16);
    brush.glow(&head, (to_light.0, to_light.1, 0.92), (skin.times(1.045), 1.0), (skin.mix(shade, 0.62), 1.0));
    brush.fade(&head, (0.0, 0.30, shade, 0.0), (0.0, chin_y(looks) + 0.06, shade, 0.42));
    let mut features = brush.within(Transform::from_translate(pose.turn.0, pose.turn.1));
    let b = &mut features;
    for side in [-1.0, 1.0] {
        b.mist(side * looks.eyes.apart, looks.eyes.y - 0.01, 0.17, 0.115, shade, 0.42);
        b.mist(side * 0.27, 0.19, 0.16, 0.12, Rgb(226.0, 110.0, 96.0), looks.blush);
    }
    b.mist(0.0, chin_y(looks) - 0.10, 0.15, 0.09, skin.times(1.08), 0.5);
    b.mist(0.0, looks.mouth.y + looks.mouth.lower + 0.045, 0.12, 0.035, shade, 0.55);
    beard(b, looks, &head);
    nose(b, looks, skin, shade);
    mouth(b, looks, shade);
    for side in [-1.0, 1.0] {
        eye(b, looks, pose, side, skin, shade);
        brow(b, looks, side);
    }
    if let Some((x, y)) = looks.mole {
        b.oval(x, y, 0.013, 0.013, Rgb(74.0, 44.0, 34.0), 0.85);
    }
    glasses(b, looks);
}

fn eye(brush: &mut Brush<'_>, looks: &Looks, pose: &Pose, side: f32, skin: Rgb, shade: Rgb) {
    let e = looks.eyes;
    let place =
        Transform::from_translate(side * e.apart, e.y).pre_scale(side, 1.0).pre_concat(Transform::from_rotate(e.tilt));
    let mut within = brush.within(place);
    let b = &mut within;
    let (w, h) = (e.width, e.height);
    // From the inner corner (towards the nose) to the outer one.
    draw!(
        b,
        line,
        [M(-w, -h * 0.6), Q(0.0, -h * 2.1 - 0.012, w * 1.05, -h * 0.7)],
        shade,
        0.25 + 0.35 * e.crease,
        0.010
    );
    if pose.blink {
        draw!(b, line, [M(-w, h * 0.2), Q(0.0, h * 1.1, w, 0.0)], INK, 0.85, 0.014);
        return;
    }
    let almond = [
        M(-w, h * 0.35),
        C(-w * 0.45, -h * 1.25, w * 0.45, -h * 1.35, w, -h * 0.1),
        C(w * 0.5, h * 1.05, -w * 0.4, h * 1.15, -w, h * 0.35),
        Z,
    ];
    let Some(opening) = shape(&almond) else { return };
    b.fill(&opening, Rgb(243.0, 240.0, 236.0), 1.0);
    let r = h * 1.02;
    let (x, y) = (side * pose.gaze.0 * w * 0.22, pose.gaze.1 * h * 0.25 - h * 0.08);
    b.oval(x, y, r, r, e.iris.times(0.55), 1.0);
    b.oval(x, y, r * 0.82, r * 0.82, e.iris, 1.0);
    b.oval(x, y, r * 0.45, r * 0.45, Rgb(8.0, 6.0, 6.0), 1.0);
    b.oval(x - side * r * 0.32, y - r * 0.36, r * 0.22, r * 0.22, Rgb(255.0, 255.0, 255.0), 0.95);
    // The lids cover what of the iris stands out of the opening.
    draw!(
        b,
        fill,
        [
            M(-w * 1.1, h * 0.35),
            C(-w * 0.45, -h * 1.25, w * 0.45, -h * 1.35, w * 1.1, -h * 0.1),
            L(w * 1.1, -h * 2.0),
            L(-w * 1.1, -h * 2.0),
            Z
        ],
        skin.mix(shade, 0.34),
        1.0
    );
    draw!(
        b,
        fill,
        [M(w, -h * 0.1), C(w * 0.5, h * 1.05, -w * 0.4, h * 1.15, -w, h * 0.35), L(-w, h * 1.7), L(w, h * 1.7), Z],
        skin.mix(shade, 0.22),
        1.0
    );
    draw!(
        b,
        line,
        [M(-w, -h * 0.6), Q(0.0, -h * 2.1 - 0.012, w * 1.05, -h * 0.7)],
        shade,
        0.25 + 0.35 * e.crease,
        0.010
    );
    let lid = 0.012 + 0.008 * e.lashes;
    draw!(b, line, [M(-w, h * 0.35), C(-w * 0.45, -h * 1.25, w * 0.45, -h * 1.35, w, -h * 0.1)], INK, 0.92, lid);
    draw!(
        b,
        line,
        [M(w, -h * 0.1), C(w * 0.5, h * 1.05, -w * 0.4, h * 1.15, -w, h * 0.35)],
        shade.times(0.7),
        0.55,
        0.006
    );
    if e.lashes > 0.0 {
        draw!(b, line, [M(w * 0.92, -h * 0.25), L(w * 1.22, -h * 0.75)], INK, e.lashes, 0.010);
        draw!(b, line, [M(w * 0.62, -h * 0.75), L(w * 0.84, -h * 1.45)], INK, e.lashes * 0.8, 0.007);
    }
    draw!(b, line, [M(-w * 0.7, h * 1.75), Q(0.1 * w, h * 2.5, w * 0.8, h * 1.5)], shade, 0.35, 0.008);
}

fn brow(brush: &mut Brush<'_>, looks: &Looks, side: f32) {
    let v = looks.brows;
    let x = looks.eyes.apart;
    let mut within = brush.within(Transform::from_scale(side, 1.0));
    let b = &mut within;
    let (inner, outer) = (x - v.long * 0.95, x + v.long);
    let (y, t) = (v.y, v.thick);
    let colour = looks.hair.mix(INK, 0.35);
    draw!(
        b,
        fill,
        [
            M(inner, y + v.slant + t * 0.55),
            C(
                x - 0.03,
                y - v.arch + v.slant * 0.4 - t * 0.5,
                x + 0.05,
                y - v.arch - t * 0.7,
                outer,
                y - v.slant + 0.014
            ),
            C(x + 0.05, y - v.arch + t * 0.35, x - 0.03, y - v.arch + t * 0.8, inner, y + v.slant + t * 0.55),
            Z
        ],
        colour,
        0.9
    );
}

fn nose(b: &mut Brush<'_>, looks: &Looks, skin: Rgb, shade: Rgb) {
    let n = looks.nose;
    let (w, y) = (n.width, n.y);
    for side in [-1.0, 1.0] {
        draw!(
            b,
            line,
            [
                M(side * 0.055, looks.eyes.y + 0.01),
                C(side * 0.045, 0.02, side * 0.05, y - 0.12, side * w * 0.72, y - 0.03)
            ],
            shade,
            0.16 + 0.16 * n.bridge,
            0.026
        );
    }
    b.mist(0.0, 0.02, 0.035, 0.15, skin.times(1.12), 0.55);
    b.mist(0.0, y + 0.03, w * 1.35, 0.055, shade, 0.75);
    for side in [-1.0, 1.0] {
        b.oval(side * w * 0.68, y - 0.008, w * 0.36, 0.036, skin.mix(shade, 0.30), 0.8);
        draw!(
            b,
            line,
            [M(side * w * 0.95, y - 0.04), Q(side * w * 1.14, y, side * w * 0.78, y + 0.022)],
            shade.times(0.85),
            0.75,
            0.011
        );
        b.oval(side * w * 0.42, y + 0.016, w * 0.20, 0.013, Rgb(58.0, 26.0, 22.0), 0.9);
    }
    b.oval(0.0, y - 0.018, w * 0.55, 0.044, skin.mix(shade, 0.08), 0.75);
    b.mist(-0.012, y - 0.032, w * 0.36, 0.030, skin.times(1.2), 0.65);
    draw!(b, line, [M(0.0, y + 0.055), L(0.0, y + 0.105)], shade, 0.22, 0.03);
}

fn mouth(b: &mut Brush<'_>, looks: &Looks, shade: Rgb) {
    let m = looks.mouth;
    let (w, y) = (m.width, m.y);
    let corner = y - m.smile;
    draw!(
        b,
        fill,
        [
            M(-w, corner),
            C(-w * 0.5, y - m.upper * 1.1, -w * 0.25, y - m.upper * 1.5, 0.0, y - m.upper * 0.85),
            C(w * 0.25, y - m.upper * 1.5, w * 0.5, y - m.upper * 1.1, w, corner),
            Q(0.0, y + 0.016, -w, corner),
            Z
        ],
        m.colour.times(0.88),
        1.0
    );
    draw!(
        b,
        fill,
        [
            M(-w, corner),
            Q(0.0, y + 0.012, w, corner),
            C(w * 0.55, y + m.lower * 1.25, -w * 0.55, y + m.lower * 1.25, -w, corner),
            Z
        ],
        m.colour,
        1.0
    );
    b.mist(0.0, y + m.lower * 0.5, w * 0.4, m.lower * 0.32, m.colour.mix(Rgb(255.0, 235.0, 225.0), 0.6), 0.6);
    draw!(b, line, [M(-w * 1.02, corner), Q(0.0, y + 0.014, w * 1.02, corner)], Rgb(78.0, 26.0, 26.0), 0.85, 0.012);
    for side in [-1.0, 1.0] {
        b.mist(side * w * 1.06, corner, 0.03, 0.028, shade.times(0.8), 0.6);
    }
}

fn beard(b: &mut Brush<'_>, looks: &Looks, head: &tiny_skia::Path) {
    let hair = looks.hair.mix(INK, 0.25);
    let chin = chin_y(looks);
    let (m, j) = (looks.mouth, looks.jaw);
    if looks.sex == Sex::Male && looks.beard != Beard::None {
        b.fade(head, (0.0, 0.17, hair, 0.0), (0.0, 0.45, hair, if looks.beard == Beard::Full { 0.30 } else { 0.16 }));
    }
    if looks.beard == Beard::Full {
        draw!(
            b,
            fill,
            [
                M(-0.49, 0.02),
                C(-0.46, 0.26, -j + 0.10, 0.26, -m.width * 1.25, m.y - 0.09),
                Q(0.0, m.y - 0.15, m.width * 1.25, m.y - 0.09),
                C(j - 0.10, 0.26, 0.46, 0.26, 0.49, 0.02),
                C(0.50, 0.20, j + 0.03, 0.30, j, 0.60 * chin),
                C(j - 0.04, 0.88 * chin, 0.20, chin + 0.05, 0.0, chin + 0.05),
                C(-0.20, chin + 0.05, 0.04 - j, 0.88 * chin, -j, 0.60 * chin),
                C(-j - 0.03, 0.30, -0.50, 0.20, -0.49, 0.02),
                Z
            ],
            hair,
            0.86
        );
        b.oval(0.0, m.y + 0.012, m.width * 1.08, m.lower * 1.5, looks.skin.times(0.86), 0.8);
    }
    if matches!(looks.beard, Beard::Moustache | Beard::Goatee) {
        let y = m.y - m.upper * 1.5 - m.smile * 0.5 - 0.012;
        draw!(
            b,
            fill,
            [
                M(-m.width * 1.1, y + 0.012),
                C(-m.width * 0.6, y - 0.055, -0.03, y - 0.045, 0.0, y - 0.028),
                C(0.03, y - 0.045, m.width * 0.6, y - 0.055, m.width * 1.1, y + 0.012),
                Q(0.0, y - 0.01, -m.width * 1.1, y + 0.012),
                Z
            ],
            hair,
            0.9
        );
    }
    if looks.beard == Beard::Goatee
        && let Some(tuft) = oval(0.0, (m.y + m.lower + chin) / 2.0 + 0.02, 0.13, (chin - m.y - m.lower) / 2.0 + 0.005)
    {
        b.fill(&tuft, hair, 0.85);
    }
}

fn glasses(b: &mut Brush<'_>, looks: &Looks) {
    let Some(g) = looks.glasses else { return };
    let (x, y) = (looks.eyes.apart, looks.eyes.y + 0.012);
    let rx = (0.152 * g.size).min(x - 0.03);
    let ry = if g.round { rx * 0.94 } else { rx * 0.70 };
    let k = if g.round { 0.552 } else { 0.86 };
    for side in [-1.0, 1.0] {
        let mut within = b.within(Transform::from_translate(side * x, y));
        let rim = [
            M(rx, 0.0),
            C(rx, ry * k, rx * k, ry, 0.0, ry),
            C(-rx * k, ry, -rx, ry * k, -rx, 0.0),
            C(-rx, -ry * k, -rx * k, -ry, 0.0, -ry),
            C(rx * k, -ry, rx, -ry * k, rx, 0.0),
            Z,
        ];
        if let Some(rim) = shape(&rim) {
            within.fill(&rim, Rgb(225.0, 238.0, 248.0), 0.13);
            within.line(&rim, g.colour, 0.95, g.thick);
        }
        draw!(
            within,
            line,
            [M(side * rx, -ry * 0.25), L(side * (0.5 - x).max(rx), -ry * 0.32)],
            g.colour,
            0.9,
            g.thick
        );
    }
    draw!(b, line, [M(rx - x, y - ry * 0.2), Q(0.0, y - ry * 0.55, x - rx, y - ry * 0.2)], g.colour, 0.95, g.thick);
}
