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
    use super::{
        super::place::tests::{place, student},
        *,
    };

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

    fn held(a: Place, b: &Place, samples: usize) -> bool {
        Group::new(a).may_hold(b, samples)
    }

    #[test]
    fn a_student_may_have_two_places_and_two_students_have_two() {
        let many: Vec<usize> = (10..20).collect();
        let other = |found: &[usize], like| place(0.9, 0.9, found, like, 2);
        assert!(held(place(0.1, 0.1, &[0, 1], 7, 2), &other(&many, 7), 20));
        assert!(held(place(0.1, 0.1, &[0, 10], 7, 2), &other(&many, 7), 20), "one misreading in ten");
        assert!(!held(place(0.1, 0.1, &[0, 10], 7, 2), &other(&many[..9], 7), 20), "or in nine");
        assert!(!held(place(0.1, 0.1, &[0, 1], 7, 2), &place(0.1, 0.1, &many, 8, 2), 20), "another student");
        assert!(!held(place(0.1, 0.1, &[0, 10], 7, 2), &place(0.1, 0.1, &many, 7, 0), 20), "seen at once");
    }

    #[test]
    fn places_of_one_chair_are_one_persons_if_they_hardly_miss_each_other_by_chance() {
        let at = |x: f32, found: &[usize]| place(x, 0.5, found, 1, 0);
        assert!(held(at(0.2, &[0, 1]), &at(0.4, &[2, 3]), 40), "a chair that was moved");
        assert!(!held(at(0.2, &[0, 1]), &at(0.43, &[2, 3]), 40), "further than a chair");
        assert!(held(at(0.2, &[0, 3]), &at(0.3, &[1, 2]), 4), "once in six by chance");
        assert!(!held(at(0.2, &[0, 2]), &at(0.3, &[1]), 4), "every other time");
        assert!(!held(at(0.2, &[0, 1]), &at(0.3, &[1, 2]), 40), "seen at once");
        assert!(!held(at(0.2, &[0, 1, 2, 3, 5, 6, 9]), &at(0.3, &[4]), 10), "three in ten is no less than that");
    }

    #[test]
    fn whoever_takes_turns_between_distant_places_walks_about() {
        let turns = |to: usize, odd: usize| (0..to).map(|n| 2 * n + odd).collect::<Vec<_>>();
        let at = |x: f32, found: &[usize]| place(x, 0.5, found, 1, 0);
        let walks = |n: usize| held(at(0.1, &turns(n, 0)), &at(0.9, &turns(n, 1)), 100);
        // Between the first and the last of both, one in C(8, 4) = 70 or in C(10, 5) = 252.
        assert!(!walks(5) && walks(6));
        assert!(!held(at(0.1, &[0, 1, 2, 3, 4, 5]), &at(0.9, &[6, 7, 8, 9, 10]), 100), "one after the other: two");
    }

    #[test]
    fn an_overlap_is_from_the_later_first_to_the_earlier_last() {
        assert_eq!(overlap(&[1, 5], &[3, 9]), Some((3, 5)));
        assert_eq!(overlap(&[3, 9], &[1, 5]), Some((3, 5)));
        assert_eq!(overlap(&[1, 3], &[3, 4]), Some((3, 3)));
        assert_eq!((overlap(&[1, 2], &[3]), overlap(&[], &[1])), (None, None));
    }

    #[test]
    fn a_group_has_the_finds_of_all_its_places_and_is_as_near_as_the_nearest() {
        let mut group = Group::new(place(0.1, 0.5, &[0, 4], 7, 0));
        group.add(place(0.3, 0.5, &[2, 4, 6], 7, 2));
        assert_eq!((&group.found[..], group.student), (&[0, 2, 4, 6][..], Some(student(7))));
        assert!((group.distance(&place(0.5, 0.5, &[9], 1, 0)) - 2.0).abs() < 1e-3);
    }

    #[test]
    fn who_is_found_too_rarely_passes_by() {
        let all = vec![place(0.1, 0.1, &[1], 1, 0), place(0.5, 0.5, &[0, 1, 3], 1, 0), place(0.9, 0.9, &[1, 3], 1, 0)];
        let (people, passing) = of(Places { all, samples: 4 }, 2);
        assert_eq!(people.iter().map(Person::count).collect::<Vec<_>>(), [3, 2]);
        assert_eq!(passing, [0, 1, 0, 0]);
        assert!(people[1].found_in(3) && !people[1].found_in(2));
    }

    /// Somebody between two chairs is at the nearer one, whichever was found more often.
    #[test]
    fn a_place_goes_to_the_nearest_that_may_hold_it() {
        let all = vec![
            place(0.20, 0.5, &[0, 1, 2, 3, 4, 5, 6], 1, 0),
            place(0.60, 0.5, &[0, 1, 2, 3, 4, 5], 1, 0),
            place(0.41, 0.5, &[8, 9], 1, 0),
        ];
        let (people, _) = of(Places { all, samples: 10 }, 2);
        assert_eq!(people.iter().map(Person::count).collect::<Vec<_>>(), [7, 8]);
    }
}
