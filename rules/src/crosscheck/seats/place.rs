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
