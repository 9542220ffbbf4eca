//! Where heads are found again and again.

use std::collections::BTreeMap;

use super::super::identity::taken_for;
use crate::{
    ids::StudentId,
    observation::{Area, Observation, SeenFace},
    policy::Policy,
};

/// A head is taken to a place no further than this, in sizes of the larger head: people lean and turn on their chairs, and
/// whoever sits beside them is about two away.
const REACH: f32 = 1.0;
/// A head that was only guessed from a body may lie this far off.
const GUESSED_REACH: f32 = 1.6;
/// A place follows at most this slowly, in samples, when somebody moves their chair.
const MEMORY: f32 = 20.0;

/// A head in one sample.
#[derive(Clone, Copy)]
struct Head<'a> {
    area: Area,
    face: Option<&'a SeenFace>,
}

impl<'a> Head<'a> {
    fn of_face(face: &'a SeenFace) -> Self {
        Self { area: face.area, face: Some(face) }
    }

    /// Of somebody without a face, of whom the body is seen from the desk up: about two and a half heads wide, four high.
    fn of_body(body: &Area) -> Self {
        let (width, height) = (body.width * 0.4, body.height * 0.25);
        let area = Area { x: body.x + (body.width - width) / 2.0, y: body.y, width, height };
        Self { area, face: None }
    }
}

/// Somewhere in the picture where a head was found.
#[derive(Clone)]
pub(super) struct Place {
    /// The middle, moving along.
    x: f32,
    y: f32,
    width: f32,
    height: f32,
    /// The samples, by number, in which somebody was found there; ascending.
    pub found: Vec<usize>,
    votes: BTreeMap<StudentId, u32>,
}

impl Place {
    fn new(head: &Head<'_>, sample: usize, policy: &Policy) -> Self {
        let Area { x, y, width, height } = head.area;
        let mut place = Self {
            x: x + width / 2.0,
            y: y + height / 2.0,
            width,
            height,
            found: vec![sample],
            votes: BTreeMap::new(),
        };
        place.vote(head, policy);
        place
    }

    fn take(&mut self, head: &Head<'_>, sample: usize, policy: &Policy) {
        self.found.push(sample);
        self.vote(head, policy);
        // A guess from a body moves a place less than a face does.
        let weight = 1.0 / (self.found.len() as f32).min(MEMORY) * if head.face.is_some() { 1.0 } else { 0.25 };
        let Area { x, y, width, height } = head.area;
        self.x += (x + width / 2.0 - self.x) * weight;
        self.y += (y + height / 2.0 - self.y) * weight;
        if head.face.is_some() {
            self.width += (width - self.width) * weight;
            self.height += (height - self.height) * weight;
        }
    }

    fn vote(&mut self, head: &Head<'_>, policy: &Policy) {
        if let Some(student) = head.face.and_then(|face| taken_for(face, policy)) {
            *self.votes.entry(student).or_default() += 1;
        }
    }

    /// The distance to another place, in sizes of the larger of the two.
    pub fn distance(&self, other: &Self) -> f32 {
        let across = (self.x - other.x) / self.width.max(other.width).max(f32::EPSILON);
        let down = (self.y - other.y) / self.height.max(other.height).max(f32::EPSILON);
        across.hypot(down)
    }

    fn distance_to(&self, head: &Head<'_>) -> f32 {
        let Area { x, y, width, height } = head.area;
        let across = (self.x - (x + width / 2.0)) / self.width.max(width).max(f32::EPSILON);
        let down = (self.y - (y + height / 2.0)) / self.height.max(height).max(f32::EPSILON);
        across.hypot(down)
    }

    /// Where the place is, to keep an order that does not depend on the list's.
    pub fn key(&self) -> (f32, f32) {
        (self.x, self.y)
    }

    /// The student recognised there, if it is mostly one.
    pub fn student(&self) -> Option<StudentId> {
        let total: u32 = self.votes.values().sum();
        let (&student, &votes) = self.votes.iter().max_by_key(|(student, votes)| (**votes, **student))?;
        (votes >= 2 && votes * 2 > total).then_some(student)
    }
}

/// All places, and how many samples there are.
pub(super) struct Places {
    pub all: Vec<Place>,
    pub samples: usize,
}

impl Places {
    /// The places of samples of one camera, in order of time.
    pub fn of(samples: &[&Observation], policy: &Policy) -> Self {
        let mut all: Vec<Place> = Vec::new();
        for (number, sample) in samples.iter().enumerate() {
            let mut heads: Vec<Head<'_>> = sample.faces.iter().map(Head::of_face).collect();
            heads.extend(sample.faceless.iter().map(Head::of_body));
            heads.sort_by(|a, b| order(&a.area, &b.area));
            let mut pairs: Vec<(f32, usize, usize)> = Vec::new();
            for (h, head) in heads.iter().enumerate() {
                let reach = if head.face.is_some() { REACH } else { GUESSED_REACH };
                let near = all.iter().enumerate().map(|(p, place)| (place.distance_to(head), h, p));
                pairs.extend(near.filter(|(distance, ..)| *distance <= reach));
            }
            pairs.sort_by(|a, b| a.0.total_cmp(&b.0).then((a.1, a.2).cmp(&(b.1, b.2))));
            let (mut seated, mut taken) = (vec![false; heads.len()], vec![false; all.len()]);
            for (_, h, p) in pairs {
                if !seated[h] && !taken[p] {
                    (seated[h], taken[p]) = (true, true);
                    all[p].take(&heads[h], number, policy);
                }
            }
            let new = heads.iter().zip(&seated).filter(|(_, seated)| !**seated);
            all.extend(new.map(|(head, _)| Place::new(head, number, policy)));
        }
        Self { all, samples: samples.len() }
    }
}

/// An order of heads that does not depend on the list.
fn order(a: &Area, b: &Area) -> std::cmp::Ordering {
    let key = |area: &Area| [area.x, area.y, area.width, area.height];
    key(a)
        .iter()
        .zip(key(b))
        .map(|(a, b)| a.total_cmp(&b))
        .find(|order| order.is_ne())
        .unwrap_or(std::cmp::Ordering::Equal)
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::{
        ids::{CameraId, ObservationId, SessionId},
        observation::{Likeness, PictureMeasures},
    };
    use jiff::Timestamp;
    use uuid::Uuid;

    pub fn student(n: u128) -> StudentId {
        StudentId(Uuid::from_u128(n))
    }

    /// A head of 0.1 × 0.1 with its middle there, taken for that student.
    pub fn face(x: f32, y: f32, like: Option<u128>) -> SeenFace {
        SeenFace {
            area: Area { x: x - 0.05, y: y - 0.05, width: 0.1, height: 0.1 },
            score: 0.9,
            eye_distance_px: 60.0,
            likeness: like.map(|n| Likeness { student: student(n), similarity: 0.9, runner_up: None }),
            male_probability: None,
        }
    }

    /// A place in which somebody was found in those samples, taken for the student in the first `votes` of them.
    pub fn place(x: f32, y: f32, found: &[usize], like: u128, votes: usize) -> Place {
        let (known, unknown) = (face(x, y, Some(like)), face(x, y, None));
        let head = |n: usize| Head::of_face(if n < votes { &known } else { &unknown });
        let policy = Policy::default();
        let mut place = Place::new(&head(0), found[0], &policy);
        found.iter().enumerate().skip(1).for_each(|(n, &sample)| place.take(&head(n), sample, &policy));
        place
    }

    fn sample(faces: Vec<SeenFace>, faceless: Vec<Area>) -> Observation {
        Observation {
            id: ObservationId(Uuid::nil()),
            session: SessionId(Uuid::nil()),
            camera: CameraId(Uuid::nil()),
            at: Timestamp::UNIX_EPOCH,
            faces,
            faceless,
            picture: PictureMeasures { brightness: 120.0, sharpness: 200.0, change: None },
            look: None,
        }
    }

    fn found(samples: &[Observation]) -> Vec<Vec<usize>> {
        let samples: Vec<&Observation> = samples.iter().collect();
        let places = Places::of(&samples, &Policy::default());
        assert_eq!(places.samples, samples.len());
        places.all.into_iter().map(|place| place.found).collect()
    }

    fn near(a: [f32; 4], b: [f32; 4]) {
        assert!(a.iter().zip(b).all(|(a, b)| (a - b).abs() < 1e-5), "{a:?} {b:?}");
    }

    fn all(place: &Place) -> [f32; 4] {
        [place.x, place.y, place.width, place.height]
    }

    #[test]
    fn the_head_is_above_the_middle_of_the_body() {
        let Area { x, y, width, height } = Head::of_body(&Area { x: 0.1, y: 0.2, width: 0.5, height: 0.8 }).area;
        near([x, y, width, height], [0.25, 0.2, 0.2, 0.2]);
    }

    #[test]
    fn a_place_follows_whoever_sits_there_and_less_so_a_guess() {
        let policy = Policy::default();
        let mut seat = place(0.3, 0.4, &[0], 1, 0);
        near(all(&seat), [0.3, 0.4, 0.1, 0.1]);
        let other = SeenFace { area: Area { x: 0.3, y: 0.4, width: 0.2, height: 0.4 }, ..face(0.0, 0.0, None) };
        // Half of the way from the middle 0.3, 0.4 to 0.4, 0.6.
        seat.take(&Head::of_face(&other), 1, &policy);
        near(all(&seat), [0.35, 0.5, 0.15, 0.25]);
        // A quarter of a third, and no smaller head for it.
        seat.take(&Head { area: Area { x: 0.0, y: 0.0, width: 0.1, height: 0.1 }, face: None }, 2, &policy);
        near(all(&seat), [0.325, 0.4625, 0.15, 0.25]);
        assert_eq!(seat.found, [0, 1, 2]);
        // After many, still a twentieth.
        let mut long = place(0.3, 0.4, &(0..30).collect::<Vec<_>>(), 1, 0);
        long.take(&Head::of_face(&face(0.5, 0.8, None)), 30, &policy);
        near(all(&long), [0.31, 0.42, 0.1, 0.1]);
    }

    #[test]
    fn distances_are_in_sizes_of_the_larger_head() {
        let here = place(0.2, 0.2, &[0], 1, 0);
        assert!((here.distance(&place(0.5, 0.6, &[0], 1, 0)) - 5.0).abs() < 1e-4);
        let large = SeenFace { area: Area { x: 0.4, y: 0.4, width: 0.2, height: 0.4 }, ..face(0.0, 0.0, None) };
        // 0.3 and 0.4 apart: 1.5 widths and one height.
        let (head, there) = (Head::of_face(&large), Place::new(&Head::of_face(&large), 0, &Policy::default()));
        for distance in [here.distance_to(&head), here.distance(&there), there.distance(&here)] {
            assert!((distance - 1.5f32.hypot(1.0)).abs() < 1e-4, "{distance}");
        }
        assert_eq!(here.key(), (here.x, here.y));
    }

    #[test]
    fn a_place_is_a_students_when_two_say_so_and_they_are_most() {
        assert_eq!(place(0.5, 0.5, &[0, 1], 7, 1).student(), None);
        assert_eq!(place(0.5, 0.5, &[0, 1], 7, 2).student(), Some(student(7)));
        let mut mixed = place(0.5, 0.5, &[0, 1], 7, 2);
        for (sample, expected) in [(2, Some(student(7))), (3, None)] {
            mixed.take(&Head::of_face(&face(0.5, 0.5, Some(8))), sample, &Policy::default());
            assert_eq!(mixed.student(), expected, "2 of {}", sample + 1);
        }
        mixed.take(&Head::of_face(&face(0.5, 0.5, Some(8))), 4, &Policy::default());
        assert_eq!(mixed.student(), Some(student(8)));
    }

    #[test]
    fn the_nearest_head_takes_the_place_and_the_other_one_of_its_own() {
        let first = || sample(vec![face(0.30, 0.5, None)], vec![]);
        // Both are within reach of it.
        let two = sample(vec![face(0.22, 0.5, None), face(0.33, 0.5, None)], vec![]);
        assert_eq!(found(&[first(), two.clone()]), [vec![0, 1], vec![1]]);
        assert_eq!(found(&[two, first()]), [vec![0], vec![0, 1]], "the nearer of two places");
        let far = sample(vec![face(0.41, 0.5, None)], vec![]);
        assert_eq!(found(&[first(), far]), [vec![0], vec![1]], "more than a head away");
        let edge = sample(vec![face(0.39, 0.5, None)], vec![]);
        assert_eq!(found(&[first(), edge]), [vec![0, 1]]);
    }

    #[test]
    fn a_guessed_head_may_lie_further_off() {
        // The body's head is 0.1 wide and high, with its middle at `x`.
        let body = |x: f32| sample(vec![], vec![Area { x: x - 0.125, y: 0.45, width: 0.25, height: 0.4 }]);
        let first = || sample(vec![face(0.3, 0.5, None)], vec![]);
        assert_eq!(found(&[first(), body(0.45)]), [vec![0, 1]]);
        assert_eq!(found(&[first(), body(0.47)]), [vec![0], vec![1]]);
    }

    #[test]
    fn heads_have_one_order() {
        use std::cmp::Ordering::{Equal, Greater, Less};
        let area = |[x, y, width, height]: [f32; 4]| Area { x, y, width, height };
        let base = [0.1, 0.2, 0.3, 0.4];
        assert_eq!(order(&area(base), &area(base)), Equal);
        for n in 0..4 {
            let mut larger = base;
            larger[n] += 0.1;
            larger.iter_mut().skip(n + 1).for_each(|value| *value = 0.0);
            assert_eq!((order(&area(base), &area(larger)), order(&area(larger), &area(base))), (Less, Greater));
        }
    }
}
