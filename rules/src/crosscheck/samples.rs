//! The session's samples in order, what each is good for, and which of them show a thing best.

use jiff::SignedDuration;

use crate::{
    crosscheck::SessionFacts,
    ids::{CameraId, ObservationId},
    observation::Observation,
    policy::Policy,
};

/// How many frames show a finding, at most.
const FRAMES: usize = 6;

/// The samples inside the session, in order of time, each once.
pub(super) struct Samples<'a> {
    /// In order of time, camera, identity.
    pub all: Vec<&'a Observation>,
    /// Those on which a finding may rest: the class has settled, the picture is neither dark nor the one before.
    pub telling: Vec<&'a Observation>,
    policy: &'a Policy,
}

impl<'a> Samples<'a> {
    pub fn of(facts: &'a SessionFacts, policy: &'a Policy) -> Self {
        let mut all: Vec<_> = facts.observations.iter().filter(|seen| facts.span.contains(seen.at)).collect();
        all.sort_by_key(|seen| (seen.at, seen.camera, seen.id));
        all.dedup_by_key(|seen| seen.id);
        let settled = facts.span.start() + seconds(policy.crosscheck_settle_seconds);
        let telling = all
            .iter()
            .copied()
            .filter(|seen| seen.at >= settled && !is_dark(seen, policy) && !is_frozen(seen, policy))
            .collect();
        Self { all, telling, policy }
    }

    /// Whether there is enough to judge by.
    pub fn enough(&self) -> bool {
        self.telling.len() >= self.policy.crosscheck_min_samples as usize
    }

    /// The cameras that saw anything of the session.
    pub fn cameras(&self) -> Vec<CameraId> {
        let mut cameras: Vec<_> = self.all.iter().map(|seen| seen.camera).collect();
        cameras.sort_unstable();
        cameras.dedup();
        cameras
    }

    /// How many of some samples, in order of time, are far enough apart to tell something new each.
    pub fn independent(&self, samples: impl IntoIterator<Item = &'a Observation>) -> u32 {
        u32::try_from(self.apart(samples).len()).unwrap_or(u32::MAX)
    }

    /// Those of some samples, in order of time, that are far enough apart to tell something new each.
    pub fn apart(&self, samples: impl IntoIterator<Item = &'a Observation>) -> Vec<&'a Observation> {
        let apart = seconds(self.policy.crosscheck_independent_seconds);
        let mut chosen: Vec<&Observation> = Vec::new();
        for seen in samples {
            if chosen.last().is_none_or(|last| seen.at.duration_since(last.at) >= apart) {
                chosen.push(seen);
            }
        }
        chosen
    }

    /// Cuts samples in order of time wherever `holds` changes or a gap is too long, and gives the runs in which it holds.
    pub fn runs(&self, samples: &[&'a Observation], holds: impl Fn(&Observation) -> bool) -> Vec<Vec<&'a Observation>> {
        let apart = seconds(self.policy.crosscheck_max_gap_seconds);
        let mut runs: Vec<Vec<&Observation>> = Vec::new();
        let mut open = false;
        for &seen in samples {
            let holds = holds(seen);
            let near =
                runs.last().and_then(|run| run.last()).is_some_and(|last| seen.at.duration_since(last.at) <= apart);
            match runs.last_mut() {
                Some(run) if holds && open && near => run.push(seen),
                _ if holds => runs.push(vec![seen]),
                _ => {}
            }
            open = holds;
        }
        runs
    }
}

/// Whether the picture is too dark to see anybody.
pub(crate) fn is_dark(seen: &Observation, policy: &Policy) -> bool {
    seen.picture.brightness < policy.dark_below_brightness
}

/// Whether the picture is the same as the one before.
pub(crate) fn is_frozen(seen: &Observation, policy: &Policy) -> bool {
    seen.picture.change.is_some_and(|change| change < policy.frozen_below_change)
}

/// A number of seconds as a duration.
pub(super) fn seconds(count: u32) -> SignedDuration {
    SignedDuration::from_secs(i64::from(count))
}

/// From the first to the last of samples in order of time.
pub(super) fn length(run: &[&Observation]) -> SignedDuration {
    match run {
        [first, .., last] => last.at.duration_since(first.at),
        _ => SignedDuration::ZERO,
    }
}

/// Up to six frames with the highest scores, in order of time; among equals, spread over the time.
pub(super) fn best_frames<'a>(
    samples: impl IntoIterator<Item = &'a Observation>,
    score: impl Fn(&Observation) -> f32,
) -> Vec<ObservationId> {
    let mut scored: Vec<(f32, &Observation)> = samples.into_iter().map(|seen| (score(seen), seen)).collect();
    scored.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| (a.1.at, a.1.id).cmp(&(b.1.at, b.1.id))));
    let mut chosen: Vec<&Observation> = Vec::new();
    for equals in scored.chunk_by(|a, b| a.0 == b.0) {
        let room = FRAMES - chosen.len();
        chosen.extend(spread(equals, room).map(|&(_, seen)| seen));
        if chosen.len() == FRAMES {
            break;
        }
    }
    chosen.sort_by_key(|seen| (seen.at, seen.id));
    chosen.into_iter().map(|seen| seen.id).collect()
}

/// At most `count` of a list, evenly spread from the first to the last.
pub(super) fn spread<T>(list: &[T], count: usize) -> impl Iterator<Item = &T> {
    let count = count.min(list.len());
    (0..count).map(move |n| &list[if count == 1 { 0 } else { n * (list.len() - 1) / (count - 1) }])
}

/// Up to six frames spread over a run.
pub(super) fn spread_frames(run: &[&Observation]) -> Vec<ObservationId> {
    spread(run, FRAMES).map(|seen| seen.id).collect()
}
