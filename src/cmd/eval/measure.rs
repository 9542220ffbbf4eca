//! Runs the models over a labelled folder.

use std::path::Path;

use anyhow::{Result, bail};
use duxue_analytics::{
    Analyser, Face, ObserveOptions, Observed,
    evaluation::{Counting, Evaluation, Pairs, Reading, Sexes, Spent, Video},
};

use super::{
    folder::{Line, lines},
    video,
};

/// A picture of one person shows a face for certain: lower than where nobody may be.
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

/// What is true and what was found.
type Counts = Vec<(u32, u32)>;

struct Run<'a> {
    analyser: &'a Analyser,
    spent: Spent,
    left_out: Vec<String>,
}

/// Everything that the folder has labels for.
pub fn measure(analyser: &Analyser, dir: &Path, every: u32) -> Result<Evaluation> {
    let mut run = Run { analyser, spent: Spent::default(), left_out: Vec::new() };
    let groups = lines(dir, "group", "counts.csv")?;
    let videos = lines(dir, "video", "counts.csv")?;
    let persons = lines(dir, "identity", "labels.csv")?;
    let labelled = lines(dir, "gender", "labels.csv")?;
    if groups.is_none() && videos.is_none() && persons.is_none() && labelled.is_none() {
        bail!(
            "{} has none of group/counts.csv, video/counts.csv, identity/labels.csv, gender/labels.csv",
            dir.display()
        );
    }
    let (faces, people) = run.groups(&groups.unwrap_or_default());
    let videos = run.videos(&videos.unwrap_or_default(), every);
    let pairs = run.persons(&persons.unwrap_or_default());
    let readings = run.readings(&labelled.unwrap_or_default());
    let names =
        [Some(analyser.detector_name()), analyser.people_name(), analyser.recogniser_name(), analyser.gender_name()];
    Ok(Evaluation {
        models: names.into_iter().flatten().map(str::to_owned).collect(),
        faces: Counting::of(&faces),
        people: Counting::of(&people),
        videos,
        identity: analyser.same_person_from().and_then(|threshold| pairs.identity(threshold)),
        sexes: analyser.gender_name().and_then(|_| Sexes::of(&readings)),
        spent: run.spent.stages(),
        left_out: run.left_out,
    })
}

impl Run<'_> {
    /// What the models see in a line's picture; `None` when it cannot be used, which is noted.
    fn observe(&mut self, line: &Line, options: &ObserveOptions) -> Option<Observed> {
        let seen = line.picture().and_then(|picture| Ok(self.analyser.observe(picture.view(), options)?));
        match seen {
            Ok(seen) => {
                self.spent.add(seen.timings);
                Some(seen)
            }
            Err(why) => {
                self.left_out.push(format!("{}: {why:#}", line.file));
                None
            }
        }
    }

    /// What a line says; `None` when it makes no sense, which is noted.
    fn usable<T>(&mut self, said: Result<T>) -> Option<T> {
        said.map_err(|why| self.left_out.push(format!("{why:#}"))).ok()
    }

    /// (true, found) of faces and of people.
    fn groups(&mut self, lines: &[Line]) -> (Counts, Counts) {
        let (mut faces, mut people) = (Vec::new(), Vec::new());
        for line in lines {
            let numbers = line.number("visible_faces").and_then(|seen| Ok((seen, line.number("people_in_scene")?)));
            let Some((visible, there)) = self.usable(numbers) else { continue };
            let Some(seen) = self.observe(line, &ObserveOptions::default()) else { continue };
            let found = count(seen.faces.len());
            faces.extend(visible.map(|truth| (truth, found)));
            people.extend(there.map(|truth| (truth, found + count(seen.faceless.len()))));
        }
        (faces, people)
    }

    fn videos(&mut self, lines: &[Line], every: u32) -> Vec<Video> {
        let options = ObserveOptions { identify: false, ..ObserveOptions::default() };
        let mut videos = Vec::new();
        for line in lines {
            let Some(Some(truth)) = self.usable(line.number("people")) else { continue };
            let mut counts = Vec::new();
            let looked = video::frames(&line.path, every, |picture| {
                let seen = self.analyser.observe(picture.view(), &options)?;
                self.spent.add(seen.timings);
                counts.push((truth, count(seen.faces.len() + seen.faceless.len())));
                Ok(())
            });
            if let Err(why) = looked {
                self.left_out.push(format!("{}: {why:#}", line.file));
            }
            videos.extend(Counting::of(&counts).map(|counting| Video { file: line.file.clone(), counting }));
        }
        videos
    }

    fn persons(&mut self, lines: &[Line]) -> Pairs {
        let mut faces = Vec::new();
        for line in lines {
            let Some(person) = self.usable(line.text("person").map(str::to_owned)) else { continue };
            let Some(face) = self.observe(line, &ONE_FACE).and_then(main_face) else { continue };
            match face.embedding {
                Some(embedding) => faces.push((person, embedding)),
                None => self.left_out.push(format!("{}: no face that can be told apart", line.file)),
            }
        }
        Pairs::of(&faces)
    }

    fn readings(&mut self, lines: &[Line]) -> Vec<Reading> {
        let mut readings = Vec::new();
        for line in lines {
            let Some(man) = self.usable(is_man(line)) else { continue };
            let Some(seen) = self.observe(line, &ONE_FACE) else { continue };
            let male_probability = main_face(seen).and_then(|face| face.male_probability);
            readings.push(Reading { man, male_probability, groups: line.others(&["gender"]) });
        }
        readings
    }
}

/// What a line says of the person.
fn is_man(line: &Line) -> Result<bool> {
    match line.text("gender")? {
        "Male" => Ok(true),
        "Female" => Ok(false),
        other => bail!("{}: gender is {other:?}, not Male or Female", line.file),
    }
}

/// The face that a picture of one person is of: the widest.
fn main_face(seen: Observed) -> Option<Face> {
    seen.faces.into_iter().max_by(|a, b| a.area.width.total_cmp(&b.area.width))
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
