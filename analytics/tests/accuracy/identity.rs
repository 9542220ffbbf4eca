//! The identity pairs: every two of 13 pictures of 7 people, three families among them.

use duxue_analytics::{Embedding, ObserveOptions};
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
