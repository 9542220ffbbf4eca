//! People who look like nobody on the roster: strangers at about the same place over many samples.

use std::collections::{BTreeMap, BTreeSet};

use super::{Estimate, identity::taken_for, samples::Samples};
use crate::{
    ids::{CameraId, ObservationId},
    observation::{Area, Observation, SeenFace},
    policy::Policy,
};

/// One place at which a stranger was seen.
#[derive(Clone, Debug)]
pub(super) struct Stranger<'a> {
    pub camera: CameraId,
    /// Where the face was last.
    place: Area,
    pub sightings: Vec<(&'a Observation, &'a SeenFace)>,
    /// Faces of students at that place meanwhile.
    students_there: u32,
}

/// Everybody unknown.
pub(super) struct Unknown<'a> {
    pub people: Vec<Stranger<'a>>,
    pub estimate: Estimate,
}

impl<'a> Unknown<'a> {
    pub fn of(samples: &Samples<'a>, policy: &Policy) -> Self {
        let mut people = places(samples, policy);
        people.retain(|stranger| stranger.holds(policy));
        // One person who changes seats is two places, never at once.
        let mut in_sample: BTreeMap<ObservationId, u32> = BTreeMap::new();
        for (sample, _) in people.iter().flat_map(|stranger| &stranger.sightings) {
            *in_sample.entry(sample.id).or_default() += 1;
        }
        let mut at_once: Vec<u32> = in_sample.into_values().collect();
        at_once.sort_unstable_by(|a, b| b.cmp(a));
        let low = at_once.get(policy.unknown_min_samples as usize / 2).copied().unwrap_or(0);
        let high = u32::try_from(people.len()).unwrap_or(u32::MAX);
        Self { people, estimate: Estimate { likely: low, low, high } }
    }
}

impl Stranger<'_> {
    /// The share of the faces at this place that are the stranger's.
    pub fn share(&self) -> f32 {
        let strange = self.sightings.len() as f32;
        strange / (strange + self.students_there as f32)
    }

    fn holds(&self, policy: &Policy) -> bool {
        self.sightings.len() >= policy.unknown_min_samples.max(2) as usize && self.share() >= policy.unknown_min_share
    }
}

/// Whether a face is big enough to tell, and like nobody.
fn is_strange(face: &SeenFace, policy: &Policy) -> bool {
    face.eye_distance_px >= policy.unknown_min_eye_distance_px
        && face.likeness.is_some_and(|likeness| likeness.similarity < policy.unknown_max_similarity)
}

/// Groups strange faces by place, in order of time, at most one a sample in each.
fn places<'a>(samples: &Samples<'a>, policy: &Policy) -> Vec<Stranger<'a>> {
    let mut people: Vec<Stranger<'_>> = Vec::new();
    for &sample in &samples.all {
        let mut faces: Vec<&SeenFace> = sample.faces.iter().filter(|face| is_strange(face, policy)).collect();
        faces.sort_by(|a, b| left_to_right(a, b));
        for face in faces {
            let nearest = people
                .iter_mut()
                .filter(|stranger| {
                    stranger.camera == sample.camera
                        && stranger.sightings.last().is_none_or(|(last, _)| last.id != sample.id)
                })
                .map(|stranger| (distance(&stranger.place, &face.area), stranger))
                .filter(|(distance, _)| *distance <= 1.0)
                .min_by(|a, b| a.0.total_cmp(&b.0));
            match nearest {
                Some((_, stranger)) => {
                    stranger.place = face.area;
                    stranger.sightings.push((sample, face));
                }
                None => people.push(Stranger {
                    camera: sample.camera,
                    place: face.area,
                    sightings: vec![(sample, face)],
                    students_there: 0,
                }),
            }
        }
    }
    for stranger in &mut people {
        stranger.students_there = students_there(stranger, samples, policy);
    }
    people
}

/// Samples between the stranger's first and last in which a student is recognised at that place instead.
fn students_there(stranger: &Stranger<'_>, samples: &Samples<'_>, policy: &Policy) -> u32 {
    let (Some((first, _)), Some((last, _))) = (stranger.sightings.first(), stranger.sightings.last()) else { return 0 };
    let strange: BTreeSet<ObservationId> = stranger.sightings.iter().map(|(sample, _)| sample.id).collect();
    let there = |sample: &&&Observation| {
        sample.camera == stranger.camera
            && (first.at..=last.at).contains(&sample.at)
            && !strange.contains(&sample.id)
            && sample
                .faces
                .iter()
                .any(|face| taken_for(face, policy).is_some() && distance(&stranger.place, &face.area) <= 0.5)
    };
    u32::try_from(samples.all.iter().filter(there).count()).unwrap_or(u32::MAX)
}

/// The distance of two faces' centres in widths of the larger face.
fn distance(a: &Area, b: &Area) -> f32 {
    let width = a.width.max(b.width).max(f32::EPSILON);
    let height = a.height.max(b.height).max(f32::EPSILON);
    let across = ((a.x + a.width / 2.0) - (b.x + b.width / 2.0)) / width;
    let down = ((a.y + a.height / 2.0) - (b.y + b.height / 2.0)) / height;
    across.hypot(down)
}

/// An order of faces that does not depend on the list.
fn left_to_right(a: &SeenFace, b: &SeenFace) -> std::cmp::Ordering {
    let key = |face: &SeenFace| [face.area.x, face.area.y, face.area.width, face.area.height, face.score];
    key(a)
        .iter()
        .zip(key(b))
        .map(|(a, b)| a.total_cmp(&b))
        .find(|order| order.is_ne())
        .unwrap_or(std::cmp::Ordering::Equal)
}
