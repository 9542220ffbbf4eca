//! The identity pairs: every two of 13 pictures of 7 people, three families among them.

use duxue_analytics::{
    Face, ObserveOptions,
    evaluation::{AtThreshold, Identity, Pairs},
};
use libtest_mimic::Failed;

use crate::setup::Setup;

fn measure(setup: &Setup, recogniser: &str) -> Identity {
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
    let identity = pairs.identity(0.363).unwrap();
    let Identity { same, different, auc, lowest_same, highest_different, .. } = identity;
    println!("{recogniser}: {} pictures, {same} same pairs, {different} different", faces.len());
    println!("  AUC {auc:.4}; same from {lowest_same:.3}, different up to {highest_different:.3}");
    for threshold in [0.30, 0.363, 0.45] {
        let AtThreshold { missed, mistaken, .. } = pairs.at(threshold);
        println!("  at {threshold:.3}: {missed} same pairs missed, {mistaken} different pairs taken for one person");
    }
    identity
}

pub fn reid_0095(setup: &Setup) -> Result<(), Failed> {
    let identity = measure(setup, "face-reidentification-retail-0095");
    assert_eq!(identity.auc, 1.0);
    Ok(())
}

pub fn mobilefacenet(setup: &Setup) -> Result<(), Failed> {
    let identity = measure(setup, "mobilefacenet_foamliu");
    assert!(identity.auc > 0.999, "{identity:?}");
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
