//! Neck, shoulders and what somebody wears.

use super::{
    brush::{Brush, Rgb, Step::*, draw},
    face::chin_y,
    looks::{Garment, Looks},
    pose::Pose,
};
use crate::identity::Sex;

/// Draws neck and torso, with the head's middle at the origin.
pub(crate) fn body(b: &mut Brush<'_>, looks: &Looks, pose: &Pose) {
    let skin = looks.skin.times(pose.light);
    let shade = skin.mix(Rgb(110.0, 56.0, 40.0), 0.5);
    let neck = if looks.sex == Sex::Male { 0.265 } else { 0.20 };
    let top = chin_y(looks);
    let c = looks.clothes;
    let (cloth, fold) = (c.colour.times(pose.light), c.colour.times(0.72 * pose.light));
    let w = looks.build;
    draw!(
        b,
        fill,
        [
            M(-neck, 0.30),
            L(-neck, top + 0.12),
            Q(-neck - 0.03, top + 0.25, -0.42, top + 0.44),
            L(0.42, top + 0.44),
            Q(neck + 0.03, top + 0.25, neck, top + 0.12),
            L(neck, 0.30),
            Z
        ],
        skin.times(0.94),
        1.0
    );
    draw!(
        b,
        fill,
        [M(-neck, 0.30), L(-neck, top + 0.02), Q(0.0, top + 0.20, neck, top + 0.02), L(neck, 0.30), Z],
        shade,
        0.6
    );
    let s = top + 0.26;
    let torso = [
        M(-0.28, s - 0.02),
        C(-0.55, s + 0.07, -w + 0.10, s + 0.10, -w + 0.02, s + 0.34),
        C(-w - 0.07, s + 0.70, -w - 0.05, s + 1.2, -w - 0.02, s + 1.9),
        L(w + 0.02, s + 1.9),
        C(w + 0.05, s + 1.2, w + 0.07, s + 0.70, w - 0.02, s + 0.34),
        C(w - 0.10, s + 0.10, 0.55, s + 0.07, 0.28, s - 0.02),
        Q(0.0, s + 0.26, -0.28, s - 0.02),
        Z,
    ];
    if let Some(torso) = super::brush::shape(&torso) {
        b.fade(&torso, (-w, s, cloth.times(1.06), 1.0), (w, s + 1.0, fold, 1.0));
    }
    for side in [-1.0, 1.0] {
        draw!(
            b,
            line,
            [
                M(side * (w - 0.22), s + 0.62),
                C(side * (w - 0.26), s + 0.9, side * (w - 0.24), s + 1.2, side * (w - 0.22), s + 1.6)
            ],
            fold.times(0.8),
            0.6,
            0.02
        );
    }
    match c.kind {
        Garment::Tee => draw!(
            b,
            line,
            [M(-0.28, s - 0.02), Q(0.0, s + 0.26, 0.28, s - 0.02)],
            c.second.times(pose.light),
            0.9,
            0.045
        ),
        Garment::Jumper => {
            draw!(b, line, [M(-0.28, s - 0.02), Q(0.0, s + 0.26, 0.28, s - 0.02)], fold, 1.0, 0.07);
            draw!(
                b,
                fill,
                [M(-w, s + 0.55), L(w, s + 0.55), L(w, s + 0.72), L(-w, s + 0.72), Z],
                c.second.times(pose.light),
                0.85
            );
        }
        Garment::Shirt => {
            for side in [-1.0, 1.0] {
                draw!(
                    b,
                    fill,
                    [M(side * 0.27, s - 0.07), L(side * 0.36, s + 0.12), L(side * 0.12, s + 0.25), L(0.0, s + 0.13), Z],
                    cloth.times(1.14),
                    1.0
                );
                draw!(
                    b,
                    line,
                    [M(side * 0.36, s + 0.12), L(side * 0.12, s + 0.25), L(0.0, s + 0.13)],
                    fold,
                    0.7,
                    0.012
                );
            }
            draw!(b, line, [M(0.0, s + 0.15), L(0.0, s + 1.8)], fold, 0.8, 0.016);
            for n in 0..4 {
                b.oval(0.03, s + 0.34 + 0.26 * n as f32, 0.018, 0.018, fold.times(0.6), 0.9);
            }
        }
        Garment::Hoodie => {
            draw!(b, line, [M(-0.36, s + 0.0), C(-0.30, s + 0.28, 0.30, s + 0.28, 0.36, s + 0.0)], fold, 1.0, 0.13);
            for side in [-1.0, 1.0] {
                draw!(
                    b,
                    line,
                    [M(side * 0.13, s + 0.24), L(side * 0.15, s + 0.56)],
                    Rgb(236.0, 232.0, 224.0),
                    0.9,
                    0.022
                );
            }
        }
        Garment::Jacket => {
            draw!(
                b,
                fill,
                [M(-0.25, s), L(0.0, s + 0.75), L(0.25, s), Q(0.0, s + 0.24, -0.25, s), Z],
                c.second.times(1.05 * pose.light),
                1.0
            );
            for side in [-1.0, 1.0] {
                draw!(
                    b,
                    fill,
                    [M(side * 0.26, s - 0.03), L(side * 0.47, s + 0.12), L(side * 0.30, s + 0.36), L(0.0, s + 0.80), Z],
                    fold,
                    1.0
                );
            }
        }
    }
}
