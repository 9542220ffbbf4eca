//! A whole person at a desk.

use tiny_skia::Transform;

use super::{body, brush::Brush, face, hair, looks::Looks, pose::Pose};

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
