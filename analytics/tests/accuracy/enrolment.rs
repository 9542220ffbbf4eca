//! From an enrolment picture to being recognised in another one.

use duxue_analytics::{EnrolRefusal, Gallery, ObserveOptions, OwnedPicture, Picture};
use duxue_rules::ids::StudentId;
use libtest_mimic::Failed;

use crate::setup::Setup;

fn student(n: usize) -> StudentId {
    format!("00000000-0000-7000-8000-{n:012x}").parse().unwrap()
}

pub fn people_are_enrolled_and_found_again(setup: &Setup) -> Result<(), Failed> {
    let analyser = setup.usual();
    let rows = setup.table("identity/labels.csv");
    let mut people: Vec<String> = Vec::new();
    let mut templates = Vec::new();
    let mut probes = Vec::new();
    for row in &rows {
        let picture = setup.picture(&format!("identity/{}", row[0]));
        if people.contains(&row[1]) {
            probes.push((row, picture));
            continue;
        }
        match analyser.enrol(picture.view()) {
            Ok(template) => {
                println!("{:24} enrolled: {:?}", row[0], template.quality);
                templates.push((student(people.len()), template.embedding));
                people.push(row[1].clone());
            }
            Err(refusal) => println!("{:24} {refusal}", row[0]),
        }
    }
    let gallery = Gallery::new(analyser.recogniser_name().unwrap(), templates);
    assert!(gallery.students() >= 6, "{} people enrolled", gallery.students());
    for (row, picture) in probes {
        let observed = analyser.observe(picture.view(), &ObserveOptions::default())?;
        let likeness = observed.seen(Some(&gallery))[0].likeness.unwrap();
        println!("{:24} similarity {:.3}, next {:.3}", row[0], likeness.similarity, likeness.runner_up.unwrap());
        let who = people.iter().position(|p| *p == row[1]).unwrap();
        assert_eq!(likeness.student, student(who), "{}", row[0]);
    }
    Ok(())
}

/// Averages squares of `side` pixels, as a lens out of focus would.
fn blurred(picture: Picture<'_>, side: usize) -> OwnedPicture {
    let (w, h) = (picture.width() as usize, picture.height() as usize);
    let mut out = picture.bgr().to_vec();
    for y in 0..h {
        for x in 0..w {
            for c in 0..3 {
                let (mut sum, mut n) = (0usize, 0);
                for yy in y.saturating_sub(side / 2)..(y + side / 2 + 1).min(h) {
                    for xx in x.saturating_sub(side / 2)..(x + side / 2 + 1).min(w) {
                        sum += usize::from(picture.bgr()[(yy * w + xx) * 3 + c]);
                        n += 1;
                    }
                }
                out[(y * w + x) * 3 + c] = (sum / n) as u8;
            }
        }
    }
    OwnedPicture::new(picture.width(), picture.height(), out).unwrap()
}

fn cut_out(picture: Picture<'_>, x: usize, y: usize, side: usize) -> OwnedPicture {
    let rows = picture.bgr().chunks(picture.width() as usize * 3).skip(y).take(side);
    let bgr = rows.flat_map(|row| row[x * 3..(x + side) * 3].to_vec()).collect();
    OwnedPicture::new(side as u32, side as u32, bgr).unwrap()
}

pub fn pictures_that_will_not_do(setup: &Setup) -> Result<(), Failed> {
    let analyser = setup.usual();
    let refusal = |picture: &OwnedPicture| analyser.enrol(picture.view()).unwrap_err();
    assert_eq!(refusal(&setup.picture("group/compreface-017_0.jpg")), EnrolRefusal::NoFace);
    let group = refusal(&setup.picture("group/compreface-000_5.jpg"));
    assert_eq!(group, EnrolRefusal::ManyFaces { n: 5 });
    let lady = setup.picture("identity/Family2-Lady1.jpg");
    let sharp = analyser.enrol(lady.view())?.quality;
    let soft = refusal(&blurred(lady.view(), 15));
    println!("sharp: {sharp:?}; blurred over 15 pixels: {soft}");
    assert_eq!(soft.code(), "blurred");
    let small = refusal(&cut_out(setup.picture("group/omz-classroom-action-0005.png").view(), 460, 420, 120));
    println!("{small}");
    assert_eq!(small.code(), "too_small");
    Ok(())
}
