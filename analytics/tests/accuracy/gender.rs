//! The hint of man or woman on 560 faces of FairFace, balanced over sex and seven groups, aged 20 to 59.

use duxue_analytics::ObserveOptions;
use libtest_mimic::Failed;

use crate::setup::Setup;

/// The faces fill their pictures; at this size the detector finds every one.
const LONG_SIDE: u32 = 160;

/// What came out for one sex.
#[derive(Default)]
struct Tally {
    faces: usize,
    right: usize,
    sure: usize,
    sure_right: usize,
    not_found: usize,
}

fn measure(setup: &Setup, recogniser: &str) -> f64 {
    let analyser = setup.analyser("yunet_n_dynamic", recogniser);
    let [mut men, mut women] = [Tally::default(), Tally::default()];
    for row in setup.table("gender/labels.csv") {
        let picture = setup.picture(&format!("gender/{}", row[0]));
        // That there is a face is known; how big it must be to be told apart is another question.
        let options = ObserveOptions {
            detect_long_side: LONG_SIDE,
            min_score: 0.3,
            identify_min_eye_distance_px: 0.0,
            identify: true,
            ..ObserveOptions::default()
        };
        let observed = analyser.observe(picture.view(), &options).unwrap();
        let is_man = row[1] == "Male";
        let tally = if is_man { &mut men } else { &mut women };
        // The label is of the face that fills the middle.
        let widest = observed.faces.iter().max_by(|a, b| a.area.width.total_cmp(&b.area.width));
        let Some(male) = widest.and_then(|face| face.male_probability) else {
            tally.not_found += 1;
            continue;
        };
        tally.faces += 1;
        let right = (male >= 0.5) == is_man;
        tally.right += usize::from(right);
        let sure = !(0.2..0.8).contains(&male);
        tally.sure += usize::from(sure);
        tally.sure_right += usize::from(sure && right);
    }
    let (faces, right) = (men.faces + women.faces, men.right + women.right);
    let share = |a: usize, b: usize| 100.0 * a as f64 / b as f64;
    println!(
        "{recogniser}: {faces} faces ({} not found), {:.1} % right (men {:.1} %, women {:.1} %)",
        men.not_found + women.not_found,
        share(right, faces),
        share(men.right, men.faces),
        share(women.right, women.faces)
    );
    let (sure, sure_right) = (men.sure + women.sure, men.sure_right + women.sure_right);
    println!("  sure (0.8 and more): {:.1} % of them, {:.1} % right", share(sure, faces), share(sure_right, sure));
    share(right, faces)
}

pub fn reid_0095(setup: &Setup) -> Result<(), Failed> {
    let right = measure(setup, "face-reidentification-retail-0095");
    assert!(right >= 94.1, "{right:.1} %");
    Ok(())
}

pub fn mobilefacenet(setup: &Setup) -> Result<(), Failed> {
    let right = measure(setup, "mobilefacenet_foamliu");
    assert!(right >= 89.0, "{right:.1} %");
    Ok(())
}

/// Men and women counted in the group pictures whose table says how many there are.
pub fn group_pictures(setup: &Setup) -> Result<(), Failed> {
    let analyser = setup.usual();
    let options = ObserveOptions { identify_min_eye_distance_px: 8.0, ..Default::default() };
    let (mut pictures, mut exact, mut off) = (0, 0, 0);
    for row in setup.table("group/counts.csv") {
        let (Ok(men), Ok(women)) = (row[3].parse::<usize>(), row[4].parse::<usize>()) else { continue };
        let picture = setup.picture(&format!("group/{}", row[0]));
        let faces = analyser.observe(picture.view(), &options)?.faces;
        let hints: Vec<_> = faces.iter().filter_map(|face| face.male_probability).collect();
        let counted = hints.iter().filter(|male| **male >= 0.5).count();
        println!("  {:36} men {men} women {women}; counted men {counted} women {}", row[0], hints.len() - counted);
        assert_eq!(hints.len(), men + women, "{}", row[0]);
        pictures += 1;
        exact += usize::from(counted == men);
        off += counted.abs_diff(men);
    }
    println!(
        "{}: men and women right in {exact} of {pictures} pictures, {off} faces off",
        analyser.gender_name().unwrap()
    );
    assert!(off <= 2, "{off} faces off");
    Ok(())
}
