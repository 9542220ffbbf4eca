//! The enrolled faces of a class, and whom a face looks most like.

use std::collections::BTreeMap;

use duxue_rules::{ids::StudentId, observation::Likeness};

use crate::embedding::{Embedding, dot};

/// The templates of one roster, all of one model. A student may have several.
#[derive(Debug, Default)]
pub struct Gallery {
    model: String,
    students: BTreeMap<StudentId, Vec<Embedding>>,
    left_out: usize,
}

impl Gallery {
    /// Takes the templates that `model` made; those of other models are left out and counted, never compared.
    pub fn new(model: &str, templates: impl IntoIterator<Item = (StudentId, Embedding)>) -> Self {
        let mut gallery = Self { model: model.into(), ..Self::default() };
        let mut length = None;
        for (student, template) in templates {
            let fits =
                template.model() == model && *length.get_or_insert(template.vector().len()) == template.vector().len();
            if fits {
                gallery.students.entry(student).or_default().push(template);
            } else {
                gallery.left_out += 1;
            }
        }
        gallery
    }

    /// How many templates belong to another model: their students must be enrolled again.
    pub fn left_out(&self) -> usize {
        self.left_out
    }

    /// How many students can be recognised.
    pub fn students(&self) -> usize {
        self.students.len()
    }

    /// The student that the face looks most like, how much, and how much it looks like the next. None without any
    /// student to compare with or when another model made the embedding. A stranger gets an answer too: what counts as
    /// a match is the policy's to say.
    pub fn liken(&self, face: &Embedding) -> Option<Likeness> {
        if face.model() != self.model {
            return None;
        }
        let mut best: Option<Likeness> = None;
        for (student, templates) in &self.students {
            let fits = templates.iter().filter(|t| t.vector().len() == face.vector().len());
            let Some(similarity) = fits.map(|t| dot(t.vector(), face.vector())).max_by(f32::total_cmp) else {
                continue;
            };
            best = Some(match best {
                None => Likeness { student: *student, similarity, runner_up: None },
                Some(b) if similarity > b.similarity => {
                    Likeness { student: *student, similarity, runner_up: Some(b.similarity) }
                }
                Some(b) => Likeness { runner_up: Some(b.runner_up.map_or(similarity, |r| r.max(similarity))), ..b },
            });
        }
        best
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn student(n: u8) -> StudentId {
        format!("00000000-0000-7000-8000-0000000000{n:02x}").parse().unwrap()
    }

    fn face(model: &str, vector: &[f32]) -> Embedding {
        Embedding::new(model, vector.to_vec()).unwrap()
    }

    #[test]
    fn best_and_runner_up_are_different_students() {
        let gallery = Gallery::new(
            "m",
            [
                (student(1), face("m", &[1.0, 0.0])),
                (student(1), face("m", &[0.9, 0.1])),
                (student(2), face("m", &[0.0, 1.0])),
            ],
        );
        let likeness = gallery.liken(&face("m", &[1.0, 0.1])).unwrap();
        assert_eq!(likeness.student, student(1));
        assert!(likeness.similarity > 0.99 && likeness.runner_up.unwrap() < 0.2, "{likeness:?}");
        let alone = Gallery::new("m", [(student(1), face("m", &[1.0, 0.0]))]);
        assert_eq!(alone.liken(&face("m", &[1.0, 0.0])).unwrap().runner_up, None);
    }

    #[test]
    fn models_never_mix() {
        let templates = [(student(1), face("m", &[1.0, 0.0])), (student(2), face("other", &[1.0, 0.0]))];
        let gallery = Gallery::new("m", templates);
        assert_eq!((gallery.students(), gallery.left_out()), (1, 1));
        assert_eq!(gallery.liken(&face("other", &[1.0, 0.0])), None);
        assert_eq!(gallery.liken(&face("m", &[1.0, 0.0, 0.0])), None);
        assert_eq!(Gallery::new("m", []).liken(&face("m", &[1.0])), None);
    }

    proptest! {
        /// Held against sorting every student's best.
        #[test]
        fn equals_the_sorted_list(
            entries in prop::collection::vec((0u8..6, prop::array::uniform3(-1f32..1.0)), 0..20),
            probe in prop::array::uniform3(-1f32..1.0),
        ) {
            let made: Vec<_> = entries.iter().filter_map(|(s, v)| Some((student(*s), Embedding::new("m", v.to_vec()).ok()?))).collect();
            let Ok(probe) = Embedding::new("m", probe.to_vec()) else { return Ok(()) };
            let mut each: BTreeMap<StudentId, f32> = BTreeMap::new();
            for (s, e) in &made {
                let similarity = e.similarity(&probe).unwrap();
                let best = each.entry(*s).or_insert(f32::MIN);
                *best = best.max(similarity);
            }
            let mut sorted: Vec<f32> = each.values().copied().collect();
            sorted.sort_by(|a, b| b.total_cmp(a));
            match Gallery::new("m", made).liken(&probe) {
                None => prop_assert!(sorted.is_empty()),
                Some(likeness) => {
                    prop_assert_eq!(likeness.similarity, sorted[0]);
                    prop_assert_eq!(likeness.runner_up, sorted.get(1).copied());
                    prop_assert_eq!(each[&likeness.student], sorted[0]);
                }
            }
        }
    }
}
