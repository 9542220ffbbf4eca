//! The identity pairs: every two of 13 pictures of 7 people, three families among them.

use duxue_analytics::{Embedding, Face, ObserveOptions};
use libtest_mimic::Failed;

use crate::setup::Setup;

/// Similarities of pairs of the same person and of different people.
pub struct Pairs {
    same: Vec<f32>,
    different: Vec<f32>,
}

impl Pairs {
    fn of(faces: &[(String, Embedding)]) -> Self {
        let mut pairs = Self { same: Vec::new(), different: Vec::new() };
        for (i, (person, face)) in faces.iter().enumerate() {
            for (other, other_face) in &faces[i + 1..] {
                let list = if person == other { &mut pairs.same } else { &mut pairs.different };
                list.push(face.similarity(other_face).unwrap());
            }
        }
        pairs
    }

    /// The chance that a same pair is more similar than a different one (area under the ROC curve), by counting.
    fn auc(&self) -> f64 {
        let wins = self.same.iter().flat_map(|s| self.different.iter().map(move |d| s.total_cmp(d)));
        let score: f64 = wins
            .map(|w| match w {
                std::cmp::Ordering::Greater => 1.0,
                std::cmp::Ordering::Equal => 0.5,
                std::cmp::Ordering::Less => 0.0,
            })
            .sum();
        score / (self.same.len() * self.different.len()) as f64
    }

    /// How many same pairs fall below a threshold, and how many different ones reach it.
    fn mistakes(&self, threshold: f32) -> (usize, usize) {
        let missed = self.same.iter().filter(|s| **s < threshold).count();
        (missed, self.different.iter().filter(|d| **d >= threshold).count())
    }
}

fn measure(setup: &Setup, recogniser: &str) -> Pairs {
    let analyser = setup.analyser("yunet_n_dynamic", recogniser);
    let faces: Vec<_> = setup
        .table("identity/labels.csv")
        .iter()
        .map(|row| {
            let picture = setup.picture(&format!("identity/{}", row[0]));
            let mut faces = analyser.observe(picture.view(), &ObserveOptions::default()).unwrap().faces;
            assert_eq!(faces.len(), 1, "{}", row[0]);
            (row[1].clone(), faces.remove(0).embedding.unwrap())
        })
        .collect();
    let pairs = Pairs::of(&faces);
    let lowest = pairs.same.iter().copied().min_by(f32::total_cmp).unwrap();
    let highest = pairs.different.iter().copied().max_by(f32::total_cmp).unwrap();
    println!(
        "{recogniser}: {} pictures, {} same pairs, {} different",
        faces.len(),
        pairs.same.len(),
        pairs.different.len()
    );
    println!("  AUC {:.4}; same from {lowest:.3}, different up to {highest:.3}", pairs.auc());
    for threshold in [0.30, 0.363, 0.45] {
        let (missed, wrong) = pairs.mistakes(threshold);
        println!("  at {threshold:.3}: {missed} same pairs missed, {wrong} different pairs taken for one person");
    }
    pairs
}

pub fn reid_0095(setup: &Setup) -> Result<(), Failed> {
    let pairs = measure(setup, "face-reidentification-retail-0095");
    assert_eq!(pairs.auc(), 1.0);
    Ok(())
}

pub fn mobilefacenet(setup: &Setup) -> Result<(), Failed> {
    let pairs = measure(setup, "mobilefacenet_foamliu");
    assert!(pairs.auc() > 0.999, "{}", pairs.auc());
    Ok(())
}

/// How much a face's embedding depends on the size it is detected at: the same face of the same picture, its landmarks
/// found at the picture's own size and in a reduced one.
pub fn the_same_face_at_other_sizes(setup: &Setup) -> Result<(), Failed> {
    let analyser = setup.analyser("yunet_n_dynamic", "face-reidentification-retail-0095");
    // By width for the detector: up to 12, 18, 26, 40 pixels, and more.
    let mut groups: [(f32, Vec<f32>); 5] = [12.0, 18.0, 26.0, 40.0, f32::MAX].map(|limit| (limit, Vec::new()));
    for row in setup.table("group/counts.csv").iter().filter(|row| row[0] != "omz-classroom-teacher-0002.png") {
        let picture = setup.picture(&format!("group/{}", row[0]));
        let own = picture.view().width().max(picture.view().height());
        let observe = |detect_long_side: u32| {
            let options = ObserveOptions { detect_long_side, ..Default::default() };
            analyser.observe(picture.view(), &options).map(|observed| observed.faces)
        };
        let reference = observe(own)?;
        for long_side in [960, 640, 480, 320].into_iter().filter(|side| *side < own) {
            let reduced = observe(long_side)?;
            for face in &reference {
                let Some(same) = reduced.iter().min_by(|a, b| apart(a, face).total_cmp(&apart(b, face))) else {
                    continue;
                };
                let (Some(a), Some(b)) = (&face.embedding, &same.embedding) else { continue };
                let width = face.area.width * long_side as f32 / own as f32;
                if apart(same, face) < face.area.width {
                    let group = groups.iter_mut().find(|(limit, _)| width <= *limit).unwrap();
                    group.1.push(a.similarity(b).unwrap());
                }
            }
        }
    }
    for (limit, similarities) in &mut groups {
        similarities.sort_by(f32::total_cmp);
        let (least, median) = (similarities[0], similarities[similarities.len() / 2]);
        let up_to = if *limit < f32::MAX { format!("up to {limit} pixels wide") } else { "wider".into() };
        println!("  {up_to:23} {:2} faces, least {least:.3}, median {median:.3}", similarities.len());
        assert!(*limit < 26.0 || median > 0.9, "{median}");
    }
    Ok(())
}

fn apart(a: &Face, b: &Face) -> f32 {
    (a.area.x - b.area.x).hypot(a.area.y - b.area.y)
}
