//! How many different people there were over the whole session, by where they sit and whom they look like.
//!
//! A camera rarely finds everybody at once: heads are down, or hidden behind others. Who sits somewhere is found there
//! again and again, so the places, filled over the gaps, count people that no single picture shows together. What of a
//! session counts is samples far enough apart to tell something new each, one camera at a time:
//!
//! 1. [`place`]: each head is taken to the place nearest to it, one head a place in a sample.
//! 2. [`person`]: places that are one person's are joined: the same student was recognised at both and never at both at
//!    once; they are within reach of one chair; or they are never taken at once though chance would have it (a teacher
//!    who has two places to stand). What is found too rarely to be a seat is somebody passing by.
//! 3. [`population`]: how many were never found often enough to have a place, from how unevenly the others were found.
//!
//! The lower end is how many were there at once for certain; the upper end takes places in turn as different people and
//! adds whoever the model leaves possible. It is narrower than [`super::headcount`], which takes nothing from the data but
//! the fullest samples, and rests on more assumptions: how well the interval holds is measured (`docs/evaluation.md`).

mod person;
mod place;
mod population;

use self::{person::Person, place::Places, population::never_found};
use super::{Estimate, samples::Samples};
use crate::{ids::CameraId, policy::Policy};

/// Fewer samples that tell something new say nothing about who was missed.
const LEAST_SAMPLES: usize = 10;

/// The different people of a session; `None` while too little is known.
pub(super) fn estimate(samples: &Samples<'_>, policy: &Policy) -> Option<Estimate> {
    let views: Vec<Estimate> =
        samples.cameras().into_iter().filter_map(|camera| view(samples, camera, policy)).collect();
    // Cameras of one room may show the same people or others.
    let most = |of: fn(&Estimate) -> u32| views.iter().map(of).max();
    let high = views.iter().fold(0, |sum: u32, view| sum.saturating_add(view.high));
    Some(Estimate { likely: most(|view| view.likely)?, low: most(|view| view.low)?, high })
}

/// The people before one camera.
fn view(samples: &Samples<'_>, camera: CameraId, policy: &Policy) -> Option<Estimate> {
    let own = samples.telling.iter().copied().filter(|seen| seen.camera == camera);
    let apart = samples.apart(own);
    if apart.len() < LEAST_SAMPLES {
        return None;
    }
    let places = Places::of(&apart, policy);
    let least = population::least_to_be_a_seat(apart.len());
    let (people, passing) = person::of(places, least);

    let rank = least.max(policy.count_confirmed_by_samples as usize).max(1);
    let each = |of: &dyn Fn(usize) -> usize| reached_by(rank, (0..apart.len()).map(of));
    let at_once = |sample: usize, people: &[&Person]| people.iter().filter(|person| person.spans(sample)).count();
    let all: Vec<&Person> = people.iter().collect();
    let steady: Vec<&Person> = people.iter().filter(|person| person.is_steady()).collect();
    let found = |sample: usize| people.iter().filter(|person| person.found_in(sample)).count() + passing[sample];
    // Somebody who passes by may be anyone whose place is empty just then.
    let strange = |sample: usize| {
        let away = all.iter().filter(|person| person.spans(sample) && !person.found_in(sample)).count();
        passing[sample].saturating_sub(away)
    };
    let low = each(&|sample| at_once(sample, &steady).max(found(sample)));
    let sitting = each(&|sample| at_once(sample, &all));
    let counts: Vec<u32> = people.iter().map(Person::count).collect();
    let never = never_found(&counts, apart.len(), least, policy);
    let likely = (sitting + each(&strange)).max(low) + never.likely;
    let high = people.len() + each(&|sample| passing[sample]) + never.most;
    let number = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    Some(Estimate { likely: number(likely), low: number(low), high: number(high.max(likely)) })
}

/// The highest number that at least so many of the samples reach.
fn reached_by(rank: usize, numbers: impl Iterator<Item = usize>) -> usize {
    let mut numbers: Vec<usize> = numbers.collect();
    numbers.sort_unstable_by(|a, b| b.cmp(a));
    numbers.get(rank - 1).copied().unwrap_or(0)
}
