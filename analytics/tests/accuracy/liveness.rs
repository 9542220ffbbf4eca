//! Three published samples: two pictures held up, one person.

use duxue_analytics::{ObserveOptions, Vote};
use libtest_mimic::Failed;

use crate::setup::Setup;

pub fn pictures_held_up_and_a_person(setup: &Setup) -> Result<(), Failed> {
    let analyser = setup.usual();
    assert_eq!(analyser.liveness_name(), Some("minifas_v2_128_9820"));
    let mut votes = [Vote::default(), Vote::default()];
    for line in setup.table("liveness/labels.csv") {
        let picture = setup.picture(&format!("liveness/{}", line[0]));
        let observed = analyser.observe(picture.view(), &ObserveOptions::default())?;
        let face = observed.faces.iter().max_by(|a, b| a.area.width.total_cmp(&b.area.width)).unwrap();
        let seen = analyser.liveness(picture.view(), face)?.unwrap();
        println!("{}: {}, {:.0} px wide, margin {:.2}", line[0], line[1], face.area.width, seen.margin);
        assert_eq!(seen.in_person(), line[1] == "real", "{}", line[0]);
        votes[usize::from(line[1] == "real")].add(Some(seen));
    }
    assert_eq!(votes, [Vote { pictures: 2, in_person: 0 }, Vote { pictures: 1, in_person: 1 }]);
    Ok(())
}

/// Below 80 pixels it says nothing.
pub fn small_faces_say_nothing(setup: &Setup) -> Result<(), Failed> {
    let analyser = setup.usual();
    let picture = setup.picture("group/omz-classroom-action-0005.png");
    let observed = analyser.observe(picture.view(), &ObserveOptions::default())?;
    let mut said = 0;
    for face in &observed.faces {
        let seen = analyser.liveness(picture.view(), face)?;
        assert_eq!(seen.is_some(), face.area.width.min(face.area.height) >= 80.0);
        said += usize::from(seen.is_some());
    }
    assert!(said < observed.faces.len(), "{said} of {}", observed.faces.len());
    Ok(())
}
