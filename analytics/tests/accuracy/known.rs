//! Faces that stay are not embedded anew, and somebody else in the same place is, on a real classroom.

use duxue_analytics::{Analyser, Embedding, Known, ObserveOptions, Observed, OwnedPicture, PixelArea};
use duxue_rules::ids::StudentId;
use libtest_mimic::Failed;

use crate::setup::Setup;

const MOST: u32 = 6;

pub fn who_stays_is_kept_and_who_is_replaced_is_not(setup: &Setup) -> Result<(), Failed> {
    let analyser = setup.usual();
    let picture = setup.picture("group/omz-classroom-action-0005.png");
    let options = ObserveOptions { known_samples: MOST, people_min_score: None, ..ObserveOptions::default() };
    let first = analyser.observe(picture.view(), &options)?;
    let faces: Vec<Embedding> = first.faces.iter().filter_map(|face| face.embedding.clone()).collect();
    assert_eq!(faces.len(), 5);
    let who = |seen: &Embedding| {
        let same = |face: &Embedding| face.similarity(seen).is_some_and(|cosine| cosine > 0.6);
        faces.iter().position(same).map(student)
    };
    let sample = |known: &mut Known, picture: &OwnedPicture| -> Result<Observed, Failed> {
        Ok(analyser.observe_again(picture.view(), &options, known, &who)?)
    };
    let mut known = Known::default();
    for _ in 0..Known::AGREED {
        assert_eq!(told(&sample(&mut known, &picture)?), (5, 0));
    }
    // The lamp is switched on, and the sensor is noisy: nobody else.
    let brighter = picture.view().bgr().iter().enumerate();
    let brighter = brighter.map(|(i, v)| v.saturating_add(10 + (i.wrapping_mul(2_654_435_761) >> 30) as u8 % 4));
    let brighter = OwnedPicture::new(picture.view().width(), picture.view().height(), brighter.collect())?;
    let seen = sample(&mut known.clone(), &brighter)?;
    println!("brighter: {:?}", told(&seen));
    assert!(seen.timings.known >= 4, "{:?}", seen.timings);
    // Each in turn gives their place to another of them.
    for (place, face) in first.faces.iter().enumerate() {
        let other = &first.faces[(place + 1) % first.faces.len()];
        let replaced = put(&picture, around(&other.area), around(&face.area));
        let seen = sample(&mut known.clone(), &replaced)?;
        println!("place {place}: {:?}", told(&seen));
        let here = seen.faces.iter().find(|f| near(&f.area, &face.area)).and_then(|f| f.embedding.as_ref());
        let here = here.ok_or("nobody is found in the place of the one who left")?;
        assert_ne!(who(here), who(&faces[place]), "the one who left is still told in place {place}");
    }
    Ok(())
}

/// How many were told anew, and how many were known.
fn told(observed: &Observed) -> (usize, usize) {
    (observed.timings.identified, observed.timings.known)
}

fn student(n: usize) -> StudentId {
    format!("00000000-0000-7000-8000-{n:012x}").parse().unwrap()
}

/// Head and shoulders.
fn around(face: &PixelArea) -> PixelArea {
    let PixelArea { x, y, width, height } = *face;
    PixelArea { x: x - 0.5 * width, y: y - 0.5 * height, width: 2.0 * width, height: 2.5 * height }
}

fn near(a: &PixelArea, b: &PixelArea) -> bool {
    let middle = |area: &PixelArea| (area.x + area.width / 2.0, area.y + area.height / 2.0);
    let ((ax, ay), (bx, by)) = (middle(a), middle(b));
    (ax - bx).hypot(ay - by) < b.width / 2.0
}

/// The picture with what is at `from` drawn over `to`.
fn put(picture: &OwnedPicture, from: PixelArea, to: PixelArea) -> OwnedPicture {
    let (width, height) = (picture.view().width(), picture.view().height());
    let old = picture.view().bgr();
    let mut new = old.to_vec();
    let source = |to: f32, length: f32, from: f32, from_length: f32, at: f32, most: u32| {
        ((from + (at - to) / length * from_length).max(0.0) as u32).min(most - 1)
    };
    for y in to.y.max(0.0) as u32..((to.y + to.height) as u32).min(height) {
        let sy = source(to.y, to.height, from.y, from.height, y as f32, height);
        for x in to.x.max(0.0) as u32..((to.x + to.width) as u32).min(width) {
            let sx = source(to.x, to.width, from.x, from.width, x as f32, width);
            let (a, b) = ((y * width + x) as usize * 3, (sy * width + sx) as usize * 3);
            new[a..a + 3].copy_from_slice(&old[b..b + 3]);
        }
    }
    OwnedPicture::new(width, height, new).unwrap()
}

/// Asking for nothing to be kept keeps nothing.
pub fn by_default_all_are_told(setup: &Setup) -> Result<(), Failed> {
    let analyser: Analyser = setup.usual();
    let picture = setup.picture("group/omz-classroom-action-0005.png");
    let mut known = Known::default();
    for _ in 0..=Known::AGREED {
        let seen =
            analyser.observe_again(picture.view(), &ObserveOptions::default(), &mut known, &|_| Some(student(1)))?;
        assert_eq!(told(&seen), (5, 0));
    }
    Ok(())
}
