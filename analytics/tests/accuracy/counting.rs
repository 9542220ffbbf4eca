//! Faces in group pictures against `group/counts.csv`, and in every frame of four clips against `video/counts.csv`.

use std::process::Command;

use duxue_analytics::{Analyser, ObserveOptions, OwnedPicture};
use libtest_mimic::Failed;

use crate::setup::Setup;

/// The long sides tried: 0 stands for the picture's own.
const LONG_SIDES: [u32; 4] = [640, 960, 1280, 0];
/// 17 people seen from behind and above: no face detector can count them.
const FACING_AWAY: &str = "omz-classroom-teacher-0002.png";

fn count(analyser: &Analyser, setup: &Setup, file: &str, long_side: u32) -> usize {
    let picture = setup.picture(&format!("group/{file}"));
    let own = picture.view().width().max(picture.view().height());
    let detect_long_side = if long_side == 0 { own } else { long_side };
    let options = ObserveOptions { detect_long_side, identify: false, ..Default::default() };
    analyser.observe(picture.view(), &options).unwrap().faces.len()
}

/// File name and visible faces.
fn truth(setup: &Setup) -> Vec<(String, usize)> {
    let rows = setup.table("group/counts.csv");
    rows.iter().map(|row| (row[0].clone(), row[2].parse().unwrap())).collect()
}

fn check(analyser: &Analyser, setup: &Setup, long_sides: &[u32]) {
    println!("{}: faces found at long side {long_sides:?} (0: the picture's own)", analyser.detector_name());
    let mut wrong = Vec::new();
    for (file, visible) in truth(setup).iter().filter(|(file, _)| file != FACING_AWAY) {
        let found: Vec<_> = long_sides.iter().map(|side| count(analyser, setup, file, *side)).collect();
        println!("  {file:36} visible {visible}  found {found:?}");
        if found.iter().any(|n| n != visible) {
            wrong.push(format!("{file}: {found:?} instead of {visible}"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

pub fn group_pictures(setup: &Setup) -> Result<(), Failed> {
    let analyser = setup.analyser("yunet_n_dynamic", "face-reidentification-retail-0095");
    check(&analyser, setup, &LONG_SIDES);
    Ok(())
}

pub fn fixed_size_detector(setup: &Setup) -> Result<(), Failed> {
    let analyser = setup.analyser("face_detection_yunet_2023mar", "face-reidentification-retail-0095");
    check(&analyser, setup, &[640]);
    Ok(())
}

/// A limit that whoever reads a count of faces must know: it is written down, and this notices when it changes.
pub fn people_facing_away_have_no_face(setup: &Setup) -> Result<(), Failed> {
    let analyser = setup.analyser("yunet_n_dynamic", "face-reidentification-retail-0095");
    let found = LONG_SIDES.map(|side| count(&analyser, setup, FACING_AWAY, side));
    println!("{FACING_AWAY}: 17 people, at most 2 partly seen from the side; found {found:?}");
    assert!(found.iter().all(|n| *n <= 4), "{found:?}");
    Ok(())
}

/// Faces and, where no face belongs to a person, people: nobody twice, and most of a room seen from behind.
pub fn people_and_faces_together(setup: &Setup) -> Result<(), Failed> {
    let analyser = setup.usual();
    let mut wrong = Vec::new();
    for row in setup.table("group/counts.csv") {
        let (file, people): (&str, usize) = (&row[0], row[1].parse()?);
        let picture = setup.picture(&format!("group/{file}"));
        let long = picture.view().width().max(picture.view().height());
        let counts: Vec<(usize, usize)> = [640, 960, long]
            .into_iter()
            .map(|people_long_side| {
                let options = ObserveOptions { people_long_side, identify: false, ..Default::default() };
                analyser.observe(picture.view(), &options).map(|seen| (seen.faces.len(), seen.faceless.len()))
            })
            .collect::<Result<_, _>>()?;
        println!("  {file:36} {people:2} people, faces + people without at 640, 960, {long}: {counts:?}");
        let together = counts[1].0 + counts[1].1;
        if (file == FACING_AWAY && together < 12) || together > people || (file != FACING_AWAY && together < people) {
            wrong.push(format!("{file}: {together} of {people}"));
        }
    }
    for (file, width, height) in CLIPS {
        let rows = setup.table("video/counts.csv");
        let people: usize = rows.iter().find(|row| row[0] == file).ok_or(file)?[2].parse()?;
        let options = ObserveOptions { identify: false, ..Default::default() };
        let mut counts = std::collections::BTreeMap::<usize, usize>::new();
        for frame in frames(setup, file, width, height).iter().step_by(4) {
            let seen = analyser.observe(frame.view(), &options)?;
            *counts.entry(seen.faces.len() + seen.faceless.len()).or_default() += 1;
        }
        println!("  {file:52} {people} people, frames by count: {counts:?}");
        if counts.keys().any(|&count| count != people) {
            wrong.push(format!("{file}: {counts:?} instead of {people}"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    Ok(())
}

/// How small a face may be: the pictures are reduced until their faces are 7 to 25 pixels wide for the detector.
pub fn small_faces(setup: &Setup) -> Result<(), Failed> {
    let analyser = setup.analyser("yunet_n_dynamic", "face-reidentification-retail-0095");
    println!("{}: faces found, and how wide they are for the detector", analyser.detector_name());
    for long_side in [640, 480, 320, 240, 200, 160] {
        let (mut visible, mut seen, mut widths) = (0, 0, Vec::new());
        for (file, n) in truth(setup).iter().filter(|(file, _)| file != FACING_AWAY) {
            let picture = setup.picture(&format!("group/{file}"));
            let own = picture.view().width().max(picture.view().height());
            let observe = |detect_long_side: u32| {
                let options = ObserveOptions { detect_long_side, identify: false, ..Default::default() };
                analyser.observe(picture.view(), &options).map(|observed| observed.faces)
            };
            let scale = long_side as f32 / own as f32;
            widths.extend(observe(own)?.iter().map(|face| face.area.width * scale));
            (visible, seen) = (visible + n, seen + observe(long_side)?.len());
        }
        widths.sort_by(f32::total_cmp);
        let (least, most) = (widths[0], widths[widths.len() - 1]);
        println!("  long side {long_side:4}: {seen} of {visible} faces, {least:.0} to {most:.0} pixels wide");
        assert!(long_side < 240 || seen == visible, "{seen} of {visible} at {long_side}");
    }
    Ok(())
}

/// Decodes a clip with ffmpeg, frame by frame, as BGR.
fn frames(setup: &Setup, file: &str, width: u32, height: u32) -> Vec<OwnedPicture> {
    let output = Command::new("ffmpeg")
        .args(["-v", "error", "-i"])
        .arg(setup.path(&format!("video/{file}")))
        .args(["-fps_mode", "passthrough", "-f", "rawvideo", "-pix_fmt", "bgr24", "-"])
        .output()
        .unwrap_or_else(|e| panic!("ffmpeg is needed to decode {file}: {e}"));
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let frames = output.stdout.chunks(width as usize * height as usize * 3);
    frames.map(|bgr| OwnedPicture::new(width, height, bgr.to_vec()).unwrap()).collect()
}

/// Clips and their sizes.
const CLIPS: [(&str, u32, u32); 4] = [
    ("intel-classroom.gif", 480, 270),
    ("omz-smart_classroom.gif", 800, 438),
    ("intel-head-pose-face-detection-female-and-male.gif", 480, 270),
    ("intel-face-demographics-walking-and-pause.gif", 480, 270),
];

pub fn clips(setup: &Setup) -> Result<(), Failed> {
    let analyser = setup.analyser("yunet_n_dynamic", "face-reidentification-retail-0095");
    let options = ObserveOptions { identify: false, ..Default::default() };
    let truth = setup.table("video/counts.csv");
    for (file, width, height) in CLIPS {
        let row = truth.iter().find(|row| row[0] == file).ok_or_else(|| format!("{file} is not in the table"))?;
        let (expected, visible): (usize, usize) = (row[1].parse()?, row[3].parse()?);
        let frames = frames(setup, file, width, height);
        assert_eq!(frames.len(), expected, "frames of {file}");
        let mut right = 0;
        for frame in &frames {
            right += usize::from(analyser.observe(frame.view(), &options)?.faces.len() == visible);
        }
        println!("{file:52} {visible} people: counted right in {right} of {expected} frames");
        assert_eq!(right, expected, "{file}");
    }
    Ok(())
}
