//! Whatever a model gives out, nothing behind it panics, and no box leaves its picture: any bits at all as numbers, among
//! such as models usually give.

use duxue_rules::observation::Area;
use proptest::prelude::*;

use crate::{
    Embedding, Gallery, Observed, OwnedPicture,
    align::{Landmarks, Similarity, warp},
    analyser::{Face, PixelArea, Timings},
    detect::{self, Fit, Grid, STRIDES},
    faceless::without_face,
    nms::{Rect, suppress},
    people,
};

/// A number of any kind: NaN, infinite, as big as there are, next to nothing, or as usual.
fn any_number() -> impl Strategy<Value = f32> {
    prop_oneof![
        3 => -6f32..6.0,
        2 => prop::num::f32::ANY,
        1 => prop::sample::select(vec![f32::MAX, f32::MIN, f32::INFINITY, f32::NEG_INFINITY, 88.0, -88.0, 1e20, 0.0]),
    ]
}

/// The same without NaN, which every decoder refuses by name.
fn any_real() -> impl Strategy<Value = f32> {
    any_number().prop_map(|number| if number.is_nan() { 3.0 } else { number })
}

fn black(width: u32, height: u32) -> OwnedPicture {
    OwnedPicture::new(width, height, vec![0; (width * height * 3) as usize]).unwrap()
}

/// So many numbers out of a few.
fn filled(count: usize, numbers: &[f32], from: usize) -> Vec<f32> {
    numbers.iter().cycle().skip(from % numbers.len()).take(count).copied().collect()
}

fn faces(fit: &Fit, numbers: &[f32], min_score: f32) -> Result<Vec<detect::Detection>, detect::DecodeError> {
    let outputs = STRIDES.map(|stride| {
        let cells = (fit.input.0 / stride * (fit.input.1 / stride)) as usize;
        (stride, [1, 1, 4, 10].map(|per_cell| filled(cells * per_cell, numbers, stride as usize + per_cell)))
    });
    let grids: Vec<Grid<'_>> =
        outputs.iter().map(|(stride, [cls, obj, bbox, kps])| Grid { stride: *stride, cls, obj, bbox, kps }).collect();
    detect::decode(&grids, fit, min_score)
}

fn bodies(fit: &Fit, numbers: &[f32], min_score: f32) -> Result<Vec<people::Person>, people::PeopleError> {
    let cells: u32 = STRIDES.iter().map(|stride| fit.input.0 / stride * (fit.input.1 / stride)).sum();
    people::decode(&filled(cells as usize * people::NUMBERS, numbers, 0), fit, min_score)
}

fn is_share(area: Area) -> bool {
    let Area { x, y, width, height } = area;
    let inside = |from: f32, size: f32| from >= 0.0 && size > 0.0 && from + size <= 1.0001;
    inside(x, width) && inside(y, height)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn any_numbers_give_faces_and_people_within_the_picture_or_an_error(
        numbers in prop::collection::vec(any_number(), 40..140),
        real in any::<bool>(),
        (width, height) in (1u32..120, 1u32..120),
        min_score in 0.01f32..0.9,
    ) {
        let numbers: Vec<f32> = numbers.into_iter().map(|n| if real && n.is_nan() { 2.0 } else { n }).collect();
        let (fit, picture) = (Fit::new(width, height, 96, None), black(width, height));
        let found = faces(&fit, &numbers, min_score);
        let people = bodies(&fit, &numbers, min_score);
        if real {
            prop_assert!(found.is_ok() && people.is_ok());
        }
        let faces: Vec<Face> =
            found.unwrap_or_default().iter().filter_map(|face| Face::new(face, picture.view())).collect();
        let areas: Vec<PixelArea> = faces.iter().map(|face| face.area).collect();
        let faceless: Vec<PixelArea> = without_face(&people.unwrap_or_default(), &areas)
            .iter()
            .filter_map(|person| PixelArea::of_person(person, picture.view()))
            .collect();
        let observed = Observed { width, height, faces, faceless, timings: Timings::default() };
        for face in observed.seen(None) {
            prop_assert!(is_share(face.area) && (0.0..=1.0).contains(&face.score), "{face:?}");
            prop_assert!(face.eye_distance_px.is_finite() && face.eye_distance_px >= 0.0, "{face:?}");
            let text = serde_json::to_string(&face).unwrap();
            prop_assert!(serde_json::from_str::<duxue_rules::observation::SeenFace>(&text).is_ok(), "{text}");
        }
        prop_assert!(observed.seen_faceless().into_iter().all(is_share));
    }

    #[test]
    fn any_boxes_are_suppressed_without_a_panic_and_in_order(
        boxes in prop::collection::vec((any_number(), any_number(), any_number(), any_number(), any_number()), 0..60),
        max_iou in 0.05f32..0.9,
    ) {
        let of = |it: &(f32, f32, f32, f32, f32)| (it.0, Rect { x: it.1, y: it.2, width: it.3, height: it.4 });
        let count = boxes.len();
        let kept = suppress(boxes, max_iou, 40, of);
        prop_assert!(kept.len() <= count.min(40));
        prop_assert!(kept.windows(2).all(|pair| pair[0].0.total_cmp(&pair[1].0).is_ge()));
    }

    #[test]
    fn any_landmarks_are_turned_upright_or_refused(
        points in prop::collection::vec(any_number(), 10), (width, height) in (1u32..60, 1u32..60),
    ) {
        let landmarks: Landmarks = std::array::from_fn(|n| [points[2 * n], points[2 * n + 1]]);
        let template: Landmarks = [[38.0, 51.0], [73.0, 51.0], [56.0, 71.0], [41.0, 92.0], [70.0, 92.0]];
        if let Some(upright) = Similarity::between(&landmarks, &template) {
            let crop = warp(black(width, height).view(), &upright, 16);
            prop_assert_eq!(crop.len(), 16 * 16 * 3);
            prop_assert!(crop.iter().all(|value| (0.0..=255.0).contains(value)));
        }
    }

    #[test]
    fn any_vector_is_an_embedding_of_length_one_or_refused(
        vector in prop::collection::vec(any_number(), 0..24), other in prop::collection::vec(any_real(), 1..24),
    ) {
        for vector in [vector, other.clone()] {
            let finite = vector.iter().all(|value| value.is_finite());
            match Embedding::new("m", vector) {
                Ok(embedding) => {
                    let length: f32 = embedding.vector().iter().map(|value| value * value).sum();
                    prop_assert!(finite && (length - 1.0).abs() < 1e-3, "{length}");
                    let alone = Gallery::new("m", []);
                    prop_assert!(alone.liken(&embedding).is_none(), "nobody is enrolled");
                }
                Err(error) => prop_assert!(!error.to_string().is_empty()),
            }
        }
    }
}

/// A roster of five hundred: each is found among all, and with what lead over the next.
#[test]
fn five_hundred_are_told_apart() {
    let vector = |n: u128| -> Vec<f32> {
        let mut state = (n as u64 + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        (0..128)
            .map(|_| {
                state ^= state << 13;
                state ^= state >> 7;
                state ^= state << 17;
                (state >> 40) as f32 / (1u64 << 23) as f32 - 1.0
            })
            .collect()
    };
    let student = |n: u128| duxue_rules::ids::StudentId(uuid::Uuid::from_u128(n));
    let gallery = Gallery::new("m", (0..500).map(|n| (student(n), Embedding::new("m", vector(n)).unwrap())));
    for n in [0, 1, 250, 499] {
        let likeness = gallery.liken(&Embedding::new("m", vector(n)).unwrap()).unwrap();
        assert_eq!(likeness.student, student(n));
        assert!(likeness.similarity > 0.99 && likeness.runner_up.is_some_and(|next| next < 0.6), "{likeness:?}");
    }
}
