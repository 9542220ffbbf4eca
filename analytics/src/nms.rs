//! Non-maximum suppression: of boxes that overlap, the one with the highest score stays.

/// A box by its corner and size.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Rect {
    pub x: f32,
    pub y: f32,
    pub width: f32,
    pub height: f32,
}

/// Area of the overlap over area of the union, 0 to 1.
pub(crate) fn iou(a: &Rect, b: &Rect) -> f32 {
    let width = (a.x + a.width).min(b.x + b.width) - a.x.max(b.x);
    let height = (a.y + a.height).min(b.y + b.height) - a.y.max(b.y);
    if width <= 0.0 || height <= 0.0 {
        return 0.0;
    }
    let overlap = width * height;
    overlap / (a.width * a.height + b.width * b.height - overlap)
}

/// Keeps, from the highest score down, every item that overlaps none kept before by more than `max_iou`; looks at the
/// best `limit` only, so that a picture made to please the detector cannot cost minutes. Highest score first.
pub(crate) fn suppress<T>(mut items: Vec<T>, max_iou: f32, limit: usize, of: impl Fn(&T) -> (f32, Rect)) -> Vec<T> {
    items.sort_by(|a, b| of(b).0.total_cmp(&of(a).0));
    items.truncate(limit);
    let mut kept: Vec<T> = Vec::new();
    for item in items {
        if kept.iter().all(|other| iou(&of(&item).1, &of(other).1) <= max_iou) {
            kept.push(item);
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn rect(x: f32, y: f32, width: f32, height: f32) -> Rect {
        Rect { x, y, width, height }
    }

    #[test]
    fn iou_by_hand() {
        let a = rect(0.0, 0.0, 10.0, 10.0);
        assert_eq!(iou(&a, &a), 1.0);
        assert_eq!(iou(&a, &rect(10.0, 0.0, 5.0, 5.0)), 0.0);
        // 5 x 10 of overlap in 100 + 100 - 50.
        assert!((iou(&a, &rect(5.0, 0.0, 10.0, 10.0)) - 1.0 / 3.0).abs() < 1e-6);
        // A box inside another: 25 of 100.
        assert!((iou(&a, &rect(2.0, 2.0, 5.0, 5.0)) - 0.25).abs() < 1e-6);
    }

    #[test]
    fn no_more_than_the_limit_is_looked_at() {
        let many: Vec<_> = (0..50).map(|i| (i as f32, rect(i as f32 * 100.0, 0.0, 10.0, 10.0))).collect();
        assert_eq!(suppress(many, 0.3, 7, |item| *item).len(), 7);
    }

    proptest! {
        /// Checked by the definition: the kept do not overlap, and each one dropped overlaps a better one that is kept.
        #[test]
        fn keeps_a_maximal_set_that_does_not_overlap(
            items in prop::collection::vec((0f32..1.0, 0f32..100.0, 0f32..100.0, 1f32..40.0, 1f32..40.0), 0..40),
            max_iou in 0.05f32..0.9,
        ) {
            let items: Vec<_> = items.into_iter().map(|(s, x, y, w, h)| (s, rect(x, y, w, h))).collect();
            let kept = suppress(items.clone(), max_iou, usize::MAX, |item| *item);
            for (i, a) in kept.iter().enumerate() {
                prop_assert!(items.contains(a));
                for b in &kept[i + 1..] {
                    prop_assert!(a.0 >= b.0);
                    prop_assert!(iou(&a.1, &b.1) <= max_iou);
                }
            }
            for item in items.iter().filter(|item| !kept.contains(item)) {
                prop_assert!(kept.iter().any(|k| k.0 >= item.0 && iou(&k.1, &item.1) > max_iou));
            }
        }

        #[test]
        fn iou_is_symmetric_and_a_share(a in (0f32..50.0, 0f32..50.0, 0.1f32..50.0, 0.1f32..50.0), b in (0f32..50.0, 0f32..50.0, 0.1f32..50.0, 0.1f32..50.0)) {
            let (a, b) = (rect(a.0, a.1, a.2, a.3), rect(b.0, b.1, b.2, b.3));
            let share = iou(&a, &b);
            prop_assert!((0.0..=1.0001).contains(&share));
            prop_assert!((share - iou(&b, &a)).abs() < 1e-5);
        }
    }
}
