//! Which places are one person's.

use super::place::{Place, Places};
use crate::ids::StudentId;

/// Places no further apart than this, in heads, can be one chair's.
const ONE_CHAIR: f32 = 2.2;
/// Never taken at once though the chance of that is below this: one chair's two places.
const NEAR_CHANCE: f64 = 0.3;
/// The same for places anywhere in the room, where only somebody who walks about takes turns.
const FAR_CHANCE: f64 = 0.01;
/// Whoever is found in this share of the samples between their first and last was there in all of them.
const STEADY: f64 = 0.25;

/// Somebody, by the samples in which they were found; ascending.
pub(super) struct Person {
    found: Vec<usize>,
}

impl Person {
    /// In how many samples they were found.
    pub fn count(&self) -> u32 {
        u32::try_from(self.found.len()).unwrap_or(u32::MAX)
    }

    /// Whether a sample lies between the first and the last in which they were found.
    pub fn spans(&self, sample: usize) -> bool {
        matches!((self.found.first(), self.found.last()), (Some(&first), Some(&last)) if (first..=last).contains(&sample))
    }

    pub fn found_in(&self, sample: usize) -> bool {
        self.found.binary_search(&sample).is_ok()
    }

    /// Whether they were surely there from their first sample to their last.
    pub fn is_steady(&self) -> bool {
        match self.found.as_slice() {
            [first, .., last] => self.found.len() as f64 >= STEADY * (last - first + 1) as f64,
            _ => false,
        }
    }
}

/// The people with a place, who were found in `least` samples or more, and how many others each sample shows.
pub(super) fn of(places: Places, least: usize) -> (Vec<Person>, Vec<usize>) {
    let Places { mut all, samples } = places;
    all.sort_by(|a, b| {
        b.found.len().cmp(&a.found.len()).then(a.key().0.total_cmp(&b.key().0)).then(a.key().1.total_cmp(&b.key().1))
    });
    let mut groups: Vec<Group> = Vec::new();
    for place in all {
        // The likeliest of those it may belong to: the one that is nearest.
        let own = groups
            .iter()
            .enumerate()
            .filter(|(_, group)| group.may_hold(&place, samples))
            .map(|(index, group)| (group.distance(&place), index))
            .min_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        match own {
            Some((_, index)) => groups[index].add(place),
            None => groups.push(Group::new(place)),
        }
    }
    let mut passing = vec![0; samples];
    let mut people = Vec::new();
    for group in groups {
        if group.found.len() >= least {
            people.push(Person { found: group.found });
        } else {
            group.found.iter().for_each(|&sample| passing[sample] += 1);
        }
    }
    (people, passing)
}

/// Places that are one person's.
struct Group {
    places: Vec<Place>,
    found: Vec<usize>,
    student: Option<StudentId>,
}

impl Group {
    fn new(place: Place) -> Self {
        let (found, student) = (place.found.clone(), place.student());
        Self { places: vec![place], found, student }
    }

    fn add(&mut self, place: Place) {
        self.found.extend(&place.found);
        self.found.sort_unstable();
        self.found.dedup();
        self.student = self.student.or(place.student());
        self.places.push(place);
    }

    fn distance(&self, place: &Place) -> f32 {
        self.places.iter().map(|own| own.distance(place)).fold(f32::MAX, f32::min)
    }

    fn may_hold(&self, place: &Place, samples: usize) -> bool {
        let together = place.found.iter().filter(|sample| self.found.binary_search(sample).is_ok()).count();
        match (self.student, place.student()) {
            (Some(own), Some(other)) if own != other => return false,
            // Somebody at two places at once was misread at one of them now and then.
            (Some(_), Some(_)) => return together * 10 <= place.found.len(),
            _ => {}
        }
        if together > 0 {
            return false;
        }
        if self.distance(place) <= ONE_CHAIR {
            // Before or after the other as well: a chair that was moved.
            let overlap = overlap(&self.found, &place.found);
            return overlap.is_none() || never_together(&self.found, &place.found, samples) < NEAR_CHANCE;
        }
        match overlap(&self.found, &place.found) {
            Some((from, to)) => {
                let within =
                    |found: &[usize]| found.iter().copied().filter(|n| (from..=to).contains(n)).collect::<Vec<_>>();
                never_together(&within(&self.found), &within(&place.found), to - from + 1) < FAR_CHANCE
            }
            None => false,
        }
    }
}

/// The samples between the later first and the earlier last of both, if there are any.
fn overlap(a: &[usize], b: &[usize]) -> Option<(usize, usize)> {
    let from = *a.first()?.max(b.first()?);
    let to = *a.last()?.min(b.last()?);
    (from <= to).then_some((from, to))
}

/// The chance that two who are found independently of each other are never found in one sample (hypergeometric).
fn never_together(a: &[usize], b: &[usize], samples: usize) -> f64 {
    let (a, b) = (a.len(), b.len());
    (0..b).map(|n| samples.saturating_sub(a + n) as f64 / samples.saturating_sub(n).max(1) as f64).product()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_chance_of_never_meeting_is_that_of_drawing_none() {
        // Of 4 samples one has 2, the other draws 2: C(2,2)/C(4,2) = 1/6.
        assert!((never_together(&[0, 1], &[2, 3], 4) - 1.0 / 6.0).abs() < 1e-12);
        assert_eq!(never_together(&[0, 1, 2], &[1, 3], 4), 0.0);
        assert_eq!(never_together(&[], &[1], 4), 1.0);
    }

    #[test]
    fn steady_is_found_in_a_quarter_of_the_time_between() {
        let person = |found: &[usize]| Person { found: found.to_vec() };
        assert!(person(&[2, 4, 5]).is_steady());
        assert!(person(&[2, 9]).is_steady() && !person(&[2, 10]).is_steady());
        assert!(!person(&[2]).is_steady());
        assert!(person(&[2, 4, 5]).spans(3) && !person(&[2, 4, 5]).spans(6) && !person(&[]).spans(0));
    }
}
