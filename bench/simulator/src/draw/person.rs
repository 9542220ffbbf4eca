//! A whole person at a desk.

use tiny_skia::Transform;

use super::{
    body,
    brush::{Brush, Step::*, draw},
    face, hair,
    looks::Looks,
    pose::Pose,
};

/// Draws somebody whose face is `width` pixels wide and, at rest, has its middle at (`x`, `y`).
pub(crate) fn person(brush: &mut Brush<'_>, looks: &Looks, pose: &Pose, x: f32, y: f32, width: f32) {
    let seat = Transform::from_translate(x + pose.shift.0 * 0.4 * width, y).pre_scale(width, width);
    let head = Transform::from_translate(x + pose.shift.0 * width, y + pose.shift.1 * width)
        .pre_scale(width, width)
        // The neck is what a head turns about.
        .pre_concat(Transform::from_rotate_at(pose.tilt, 0.0, 0.75));
    hair::behind(&mut brush.within(head), looks, pose);
    body::body(&mut brush.within(seat), looks, pose);
    face::face(&mut brush.within(head), looks, pose);
    hair::before(&mut brush.within(head), looks, pose);
}

/// Draws sleeves and hands as they rest on the desk, in front of it.
pub(crate) fn arms(brush: &mut Brush<'_>, looks: &Looks, pose: &Pose, x: f32, y: f32, width: f32) {
    let mut seat = brush.within(Transform::from_translate(x + pose.shift.0 * 0.4 * width, y).pre_scale(width, width));
    let b = &mut seat;
    let cloth = looks.clothes.colour.times(0.86 * pose.light);
    let skin = looks.skin.times(0.97 * pose.light);
    let w = looks.build;
    for side in [-1.0, 1.0] {
        draw!(
            b,
            fill,
            [
                M(side * (w + 0.04), 1.28),
                C(side * (w + 0.10), 1.50, side * (w + 0.10), 1.68, side * (w - 0.14), 1.70),
                L(side * 0.50, 1.69),
                C(side * 0.44, 1.66, side * 0.45, 1.57, side * 0.52, 1.55),
                L(side * (w - 0.22), 1.50),
                Q(side * (w - 0.20), 1.40, side * (w - 0.18), 1.28),
                Z
            ],
            cloth,
            1.0
        );
        draw!(
            b,
            line,
            [M(side * (w - 0.20), 1.36), Q(side * (w - 0.19), 1.48, side * (w - 0.24), 1.51)],
            cloth.times(0.7),
            0.7,
            0.018
        );
        b.oval(side * 0.42, 1.62, 0.105, 0.06, skin, 1.0);
        for finger in 0..3 {
            let fy = 1.60 + 0.022 * finger as f32;
            draw!(b, line, [M(side * 0.40, fy), L(side * 0.31, fy + 0.012)], skin.times(0.96), 1.0, 0.026);
        }
    }
}
