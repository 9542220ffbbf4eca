//! Similarity as a probability: families, and strangers before a class of thirty.

use duxue_analytics::{Analyser, Embedding, Face, Gallery, ObserveOptions, OwnedPicture, decode, encode_jpeg};
use duxue_rules::{ids::StudentId, likelihood::probability, observation::Likeness, policy::Policy};
use libtest_mimic::Failed;

use crate::setup::Setup;

/// A picture of one person shows a face for certain.
const ONE_FACE: ObserveOptions = ObserveOptions {
    min_score: 0.3,
    detect_long_side: 640,
    people_min_score: None,
    people_long_side: 640,
    identify_min_eye_distance_px: 0.0,
    identify: true,
    known_samples: 1,
    people_every: 1,
};

fn student(n: usize) -> StudentId {
    format!("00000000-0000-7000-8000-{n:012x}").parse().unwrap()
}

fn face(analyser: &Analyser, picture: &OwnedPicture) -> Option<Face> {
    let faces = analyser.observe(picture.view(), &ONE_FACE).unwrap().faces;
    faces.into_iter().filter(|face| face.embedding.is_some()).max_by(|a, b| a.area.width.total_cmp(&b.area.width))
}

/// Every picture against one picture of each of the others' families and, once, without the person: they are found where they
/// are enrolled, and no relative is taken for them where they are not.
pub fn families_are_told_apart(setup: &Setup) -> Result<(), Failed> {
    let analyser = setup.usual();
    let model = analyser.recogniser_name().unwrap().to_owned();
    let pictures: Vec<(String, String, Embedding)> = setup
        .table("identity/labels.csv")
        .into_iter()
        .map(|row| {
            let face = face(&analyser, &setup.picture(&format!("identity/{}", row[0]))).unwrap();
            (row[0].clone(), row[1].clone(), face.embedding.unwrap())
        })
        .collect();
    let mut people: Vec<&String> = pictures.iter().map(|(_, person, _)| person).collect();
    people.sort();
    people.dedup();
    let known = |without: Option<&String>, not: &str| {
        let one = |person: &&String| pictures.iter().find(|(file, whose, _)| whose == *person && file != not);
        let chosen = people.iter().enumerate().filter(|(_, person)| Some(**person) != without);
        Gallery::new(
            &model,
            chosen.filter_map(|(n, person)| Some((student(n), one(person)?.2.clone()))).collect::<Vec<_>>(),
        )
    };
    let (mut surest_other, mut least_own) = (0.0f32, 1.0f32);
    for (file, person, embedding) in &pictures {
        let several = pictures.iter().filter(|(_, whose, _)| whose == person).count() > 1;
        if several {
            let own: Likeness = known(None, file).liken(embedding).unwrap();
            assert_eq!(own.student, student(people.iter().position(|one| *one == person).unwrap()), "{file}");
            least_own = least_own.min(probability(&own, None));
        }
        let other = known(Some(person), file).liken(embedding).unwrap();
        println!("{file:28} most like somebody else {:.3}: {:.3}", other.similarity, probability(&other, None));
        surest_other = surest_other.max(probability(&other, None));
    }
    println!("enrolled: {least_own:.3} and more; not enrolled: {surest_other:.3} and less");
    let limit = Policy::default().identify_min_probability;
    assert!(least_own > 0.95 && surest_other < limit, "{least_own} {surest_other}");
    Ok(())
}

/// How often one of 120 people who are on no roster is taken for one of a class of thirty, by the width of their face: by the
/// similarity alone, and with the probability.
pub fn strangers_before_a_class(setup: &Setup) -> Result<(), Failed> {
    let analyser = setup.usual();
    let model = analyser.recogniser_name().unwrap().to_owned();
    let rows = setup.table("gender/labels.csv");
    let pictures: Vec<OwnedPicture> =
        rows.iter().step_by(3).take(150).map(|row| setup.picture(&format!("gender/{}", row[0]))).collect();
    let (class, strangers) = pictures.split_at(30);
    let enrolled: Vec<_> = class
        .iter()
        .enumerate()
        .filter_map(|(n, picture)| Some((student(n), face(&analyser, picture)?.embedding?)))
        .collect();
    let gallery = Gallery::new(&model, enrolled);
    let policy = Policy::default();
    for side in [224, 112, 56] {
        let (mut seen, mut alike, mut likely, mut sure) = (0, 0, 0, 0.0f64);
        let mut widths = Vec::new();
        for stranger in strangers {
            let small = decode(&encode_jpeg(stranger.view(), Some(side), 95)?)?;
            let Some(face) = face(&analyser, &small) else { continue };
            let Some(likeness) = face.embedding.as_ref().and_then(|embedding| gallery.liken(embedding)) else {
                continue;
            };
            let margin = likeness.similarity - likeness.runner_up.unwrap_or(-1.0);
            let chance = probability(&likeness, Some(face.eye_distance_px));
            let is_alike =
                likeness.similarity >= policy.identify_min_similarity && margin >= policy.identify_min_margin;
            seen += 1;
            alike += usize::from(is_alike);
            likely += usize::from(is_alike && chance >= policy.identify_min_probability);
            sure += f64::from(chance);
            widths.push(face.area.width);
        }
        widths.sort_by(f32::total_cmp);
        let width = widths[widths.len() / 2];
        println!(
            "faces {width:3.0} pixels wide: of {seen} strangers {alike} by similarity and margin, {likely} with the \
             probability; expected by it {sure:.1}"
        );
        assert!(seen >= 100 && likely <= alike && likely * 50 <= seen, "{likely} of {seen} at {width}");
    }
    Ok(())
}
