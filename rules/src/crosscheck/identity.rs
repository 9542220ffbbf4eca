//! Which students were recognised, by votes over many samples, one face a student in each.

use std::collections::{BTreeMap, BTreeSet};

use super::{Presence, StudentPresence, binomial::at_most, samples::Samples};
use crate::{
    ids::{ObservationId, StudentId},
    likelihood::probability,
    observation::{Likeness, Observation, SeenFace},
    policy::Policy,
    roster::RosterStudent,
};

/// The samples in which each student was recognised.
pub(super) struct Identity<'a> {
    votes: BTreeMap<StudentId, Vec<(&'a Observation, &'a SeenFace)>>,
    seen: BTreeSet<StudentId>,
    in_sample: BTreeMap<ObservationId, u32>,
    needed: u32,
    /// Samples that each tell something new.
    independent: u32,
    telling: u32,
}

impl<'a> Identity<'a> {
    pub fn of(samples: &Samples<'a>, roster: &[RosterStudent], policy: &Policy) -> Self {
        let on_roster: BTreeSet<StudentId> = roster.iter().map(|student| student.id).collect();
        let mut votes: BTreeMap<StudentId, Vec<(&Observation, &SeenFace)>> = BTreeMap::new();
        for &sample in &samples.all {
            for (student, face) in one_to_one(sample, policy) {
                if on_roster.contains(&student) {
                    votes.entry(student).or_default().push((sample, face));
                }
            }
        }
        let telling = u32::try_from(samples.telling.len()).unwrap_or(u32::MAX);
        let by_share = (f64::from(policy.identify_min_share) * f64::from(telling)).ceil() as u32;
        let needed = policy.identify_min_samples.max(by_share).max(2);
        let mut seen = BTreeSet::new();
        let mut in_sample: BTreeMap<ObservationId, u32> = BTreeMap::new();
        for (&student, votes) in votes.iter().filter(|(_, votes)| votes.len() >= needed as usize) {
            seen.insert(student);
            for (sample, _) in votes {
                *in_sample.entry(sample.id).or_default() += 1;
            }
        }
        let independent = samples.independent(samples.telling.iter().copied());
        Self { votes, seen, in_sample, needed, independent, telling }
    }

    /// Different students that were recognised.
    pub fn recognised(&self) -> u32 {
        u32::try_from(self.seen.len()).unwrap_or(u32::MAX)
    }

    /// The samples and faces by which a student was recognised, in order of time.
    pub fn votes(&self, student: StudentId) -> &[(&'a Observation, &'a SeenFace)] {
        self.votes.get(&student).map_or(&[], Vec::as_slice)
    }

    /// Whether a student was recognised often enough.
    pub fn is_seen(&self, student: StudentId) -> bool {
        self.seen.contains(&student)
    }

    /// The recognised students.
    pub fn seen(&self) -> impl Iterator<Item = StudentId> + '_ {
        self.seen.iter().copied()
    }

    /// How many students are recognised in one sample.
    pub fn recognised_in(&self, sample: ObservationId) -> u32 {
        self.in_sample.get(&sample).copied().unwrap_or(0)
    }

    /// The share of samples in which a student who sits unfavourably would still be recognised: half of what the
    /// lowest quarter of the recognised reach. `None` while too few others are recognised to tell.
    fn careful_rate(&self, policy: &Policy) -> Option<f64> {
        if self.recognised() < policy.never_seen_min_others.max(1) || self.telling == 0 {
            return None;
        }
        let mut counts: Vec<usize> = self.seen().map(|student| self.votes(student).len()).collect();
        counts.sort_unstable();
        Some((counts[counts.len() / 4] as f64 / f64::from(self.telling)).min(1.0) / 2.0)
    }

    /// The chance that a student who was in the room all the time was recognised as rarely as this one.
    /// 1 where that cannot be told.
    pub fn chance_of_missing(&self, student: StudentId, policy: &Policy) -> f64 {
        let Some(rate) = self.careful_rate(policy) else { return 1.0 };
        let votes = u32::try_from(self.votes(student).len()).unwrap_or(u32::MAX);
        at_most(self.independent, rate, votes)
    }

    /// Every student of the roster; `unplaced` people in the room are neither recognised nor strangers.
    pub fn presences(
        &self,
        samples: &Samples<'_>,
        roster: &[RosterStudent],
        unplaced: u32,
        policy: &Policy,
    ) -> Vec<StudentPresence> {
        roster
            .iter()
            .map(|student| {
                let votes = self.votes(student.id);
                let missed = student.enrolled
                    && samples.enough()
                    && unplaced == 0
                    && self.chance_of_missing(student.id, policy) < f64::from(policy.crosscheck_error);
                let presence = match (self.is_seen(student.id), missed) {
                    (true, _) => Presence::Seen,
                    (false, true) => Presence::NotSeen,
                    (false, false) => Presence::Unclear,
                };
                StudentPresence {
                    student: student.id,
                    presence,
                    frames_seen: u32::try_from(votes.len()).unwrap_or(u32::MAX),
                    first_seen: votes.first().map(|(seen, _)| seen.at),
                    last_seen: votes.last().map(|(seen, _)| seen.at),
                    best_similarity: votes
                        .iter()
                        .filter_map(|(_, face)| face.likeness.map(|likeness| likeness.similarity))
                        .max_by(f32::total_cmp),
                    best_probability: votes
                        .iter()
                        .filter_map(|(_, face)| recognised(face, policy).map(|recognised| recognised.probability))
                        .max_by(f32::total_cmp),
                }
            })
            .collect()
    }

    /// How many votes make a student seen.
    pub fn needed(&self) -> u32 {
        self.needed
    }
}

/// How many people usually show: the number that the policy's share of the telling samples reaches. Not the highest of
/// all, as a detector now and then sees somebody in a coat.
pub(super) fn usual_count(samples: &Samples<'_>, policy: &Policy) -> u32 {
    let mut usual = 0;
    for camera in samples.cameras() {
        let mut counts: Vec<u32> =
            samples.telling.iter().filter(|seen| seen.camera == camera).map(|seen| seen.people()).collect();
        counts.sort_unstable_by(|a, b| b.cmp(a));
        let rank = (f64::from(policy.never_seen_count_share) * counts.len() as f64).ceil() as usize;
        let rank = rank.max(policy.count_confirmed_by_samples as usize).max(1);
        usual = usual.max(counts.get(rank - 1).copied().unwrap_or(0));
    }
    usual
}

/// Whom a face was taken for, and how sure that is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Recognised {
    /// Who.
    pub student: StudentId,
    /// How much it looks like them: cosine.
    pub similarity: f32,
    /// How likely it is them, 0 to 1: a hint for a person, never a fact.
    pub probability: f32,
}

/// The student a face is taken for: big, similar, unambiguous and likely enough.
pub fn recognised(face: &SeenFace, policy: &Policy) -> Option<Recognised> {
    let likeness = face.likeness?;
    let clear = likeness.runner_up.is_none_or(|other| likeness.similarity - other >= policy.identify_min_margin);
    let alike = likeness.similarity >= policy.identify_min_similarity;
    let probability = probability(&likeness, Some(face.eye_distance_px));
    let likely = probability >= policy.identify_min_probability;
    let Likeness { student, similarity, .. } = likeness;
    (face.eye_distance_px >= policy.identify_min_eye_distance_px && alike && clear && likely).then_some(Recognised {
        student,
        similarity,
        probability,
    })
}

/// The same, if only who is asked.
pub(super) fn taken_for(face: &SeenFace, policy: &Policy) -> Option<StudentId> {
    recognised(face, policy).map(|recognised| recognised.student)
}

/// In one sample a student is one face: of several, the likeliest, then the most similar.
fn one_to_one<'a>(sample: &'a Observation, policy: &Policy) -> BTreeMap<StudentId, &'a SeenFace> {
    let mut faces: BTreeMap<StudentId, &SeenFace> = BTreeMap::new();
    for face in &sample.faces {
        let Some(Recognised { student, similarity, probability }) = recognised(face, policy) else { continue };
        let best = faces.entry(student).or_insert(face);
        let Some(other) = recognised(best, policy) else { continue };
        let order = probability.total_cmp(&other.probability).then(similarity.total_cmp(&other.similarity));
        // A tie goes to the place further left, then up, whatever the order of the list.
        let place = |face: &SeenFace| (face.area.x, face.area.y);
        if order.is_gt() || (order.is_eq() && place(face) < place(best)) {
            *best = face;
        }
    }
    faces
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        ids::{CameraId, ObservationId, SessionId},
        observation::{Area, PictureMeasures},
    };
    use jiff::Timestamp;
    use uuid::Uuid;

    fn twice_at(places: [(f32, f32); 2], similarity: [f32; 2]) -> (f32, f32) {
        let face = |(x, y): (f32, f32), similarity| SeenFace {
            area: Area { x, y, width: 0.1, height: 0.1 },
            score: 0.9,
            eye_distance_px: 60.0,
            likeness: Some(Likeness { student: StudentId(Uuid::from_u128(1)), similarity, runner_up: None }),
            male_probability: None,
        };
        let sample = Observation {
            id: ObservationId(Uuid::nil()),
            session: SessionId(Uuid::nil()),
            camera: CameraId(Uuid::nil()),
            at: Timestamp::UNIX_EPOCH,
            look: None,
            faceless: vec![],
            faces: vec![face(places[0], similarity[0]), face(places[1], similarity[1])],
            picture: PictureMeasures { brightness: 120.0, sharpness: 200.0, change: None },
        };
        let taken = one_to_one(&sample, &Policy::default());
        assert_eq!(taken.len(), 1);
        let area = taken.values().next().unwrap().area;
        (area.x, area.y)
    }

    #[test]
    fn of_two_faces_alike_the_same_student_the_likelier_counts_then_the_one_further_left_then_up() {
        assert_eq!(twice_at([(0.1, 0.1), (0.5, 0.5)], [0.8, 0.9]), (0.5, 0.5));
        for places in [[(0.1, 0.6), (0.5, 0.2)], [(0.5, 0.2), (0.1, 0.6)]] {
            assert_eq!(twice_at(places, [0.8, 0.8]), (0.1, 0.6));
        }
        for places in [[(0.3, 0.6), (0.3, 0.2)], [(0.3, 0.2), (0.3, 0.6)]] {
            assert_eq!(twice_at(places, [0.8, 0.8]), (0.3, 0.2));
        }
    }

    #[test]
    fn a_face_is_taken_for_a_student_only_if_all_of_it_holds() {
        let policy = Policy { identify_min_probability: 0.5, ..Policy::default() };
        let of = |similarity: f32, runner_up: Option<f32>, eye_distance_px: f32, policy: &Policy| {
            let likeness = Some(Likeness { student: StudentId(Uuid::nil()), similarity, runner_up });
            let area = Area { x: 0.0, y: 0.0, width: 0.1, height: 0.1 };
            let face = SeenFace { area, score: 0.9, eye_distance_px, likeness, male_probability: None };
            assert_eq!(taken_for(&face, policy).is_some(), recognised(&face, policy).is_some());
            recognised(&face, policy).is_some()
        };
        assert!(of(0.8, Some(0.5), 40.0, &policy));
        assert!(!of(0.8, Some(0.5), policy.identify_min_eye_distance_px - 0.1, &policy), "too small");
        let sure = Policy { identify_min_similarity: 0.81, ..policy.clone() };
        assert!(!of(0.8, Some(0.5), 40.0, &sure), "not alike");
        let clear = Policy { identify_min_margin: 0.31, ..policy.clone() };
        assert!(!of(0.8, Some(0.5), 40.0, &clear), "as like as another");
        let likely = Policy { identify_min_probability: 1.1, ..policy.clone() };
        assert!(!of(0.8, Some(0.5), 40.0, &likely), "unlikely");
    }
}
