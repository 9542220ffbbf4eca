//! Which pictures make a clip, and when each is shown in it. Pure.

use duxue_rules::span::Span;
use jiff::Timestamp;

use super::cut::CutError;
use crate::mp4::read::{Footage, Indexed};

/// A hole longer than this is reported (µs). Shorter ones are within a slow camera's rate.
const REPORTED_GAP_US: i64 = 200_000;
/// Segments may overlap by this much (µs) through corrections of the clock; by more, the clock was set back.
const OVERLAP_MAX_US: i64 = 200_000;

/// Pictures of a clip.
#[derive(Debug)]
pub(crate) struct Plan {
    /// When the first picture was taken.
    pub start: Timestamp,
    /// When the last picture's time ends.
    pub end: Timestamp,
    pub pictures: Vec<Planned>,
    /// Pieces of files to copy, in order.
    pub runs: Vec<Run>,
    pub gaps: Vec<Span>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Planned {
    pub duration: u32,
    pub size: u32,
    pub offset: i32,
    pub key: bool,
}

/// Pictures that lie together in a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Run {
    /// Index of the file among those given.
    pub file: usize,
    pub at: u64,
    pub bytes: u64,
    pub pictures: u32,
}

/// A picture with the instants it is about.
#[derive(Clone, Copy)]
struct Instant {
    taken: Timestamp,
    until: Timestamp,
}

fn instants(fragment: &Indexed) -> impl Iterator<Item = Instant> + '_ {
    let mut dts = fragment.dts;
    fragment.samples.iter().map(move |sample| {
        let pts = dts + i64::from(sample.offset);
        dts += i64::from(sample.duration);
        Instant { taken: fragment.anchor.wall(pts), until: fragment.anchor.wall(pts + i64::from(sample.duration)) }
    })
}

/// Everything from the key frame at or before the start of `wanted` (or the first one after it, if there is none) up to its
/// end. `files` are in order of time.
pub(crate) fn plan(files: &[Footage], wanted: Span) -> Result<Plan, CutError> {
    let mut plan =
        Plan { start: wanted.start(), end: wanted.start(), pictures: Vec::new(), runs: Vec::new(), gaps: Vec::new() };
    for (index, file) in files.iter().enumerate() {
        let (Some(start), Some(end)) = (file.start(), file.end()) else { continue };
        if end <= wanted.start() || start >= wanted.end() {
            continue;
        }
        if plan.pictures.is_empty() {
            plan.start = start;
        } else {
            plan.join(start)?;
        }
        plan.take(index, file, wanted);
    }
    if plan.pictures.is_empty() {
        return Err(CutError::NoFootage);
    }
    plan.trim(wanted.end());
    Ok(plan)
}

impl Plan {
    /// Moves the end of the pictures so far to where the next file begins.
    fn join(&mut self, start: Timestamp) -> Result<(), CutError> {
        let hole_us = start.as_microsecond() - self.end.as_microsecond();
        if hole_us < -OVERLAP_MAX_US {
            return Err(CutError::Overlap { at: start });
        }
        if hole_us > REPORTED_GAP_US
            && let Ok(gap) = Span::new(self.end, start)
        {
            self.gaps.push(gap);
        }
        if let Some(last) = self.pictures.last_mut() {
            let duration = (i64::from(last.duration) + hole_us * 9 / 100).clamp(1, i64::from(u32::MAX));
            last.duration = duration as u32;
        }
        Ok(())
    }

    fn take(&mut self, index: usize, file: &Footage, wanted: Span) {
        let all = || file.fragments.iter().flat_map(instants);
        let keys = || file.fragments.iter().flat_map(|fragment| &fragment.samples).map(|sample| sample.key);
        // With B-frames a picture may be decoded after one that is shown later: the last one needed counts.
        let stop = all().enumerate().filter(|(_, picture)| picture.taken < wanted.end()).map(|(at, _)| at + 1).last();
        let begin = if self.pictures.is_empty() {
            let before =
                all().zip(keys()).enumerate().filter(|(_, (picture, key))| *key && picture.taken <= wanted.start());
            before.map(|(at, _)| at).last().unwrap_or(0)
        } else {
            0
        };
        let stop = stop.unwrap_or(0).max(begin);
        let mut at = 0;
        for fragment in &file.fragments {
            let mut run = Run { file: index, at: fragment.data_offset, bytes: 0, pictures: 0 };
            for (sample, picture) in fragment.samples.iter().zip(instants(fragment)) {
                if at < begin {
                    run.at += u64::from(sample.size);
                } else if at < stop {
                    if self.pictures.is_empty() {
                        self.start = picture.taken;
                    }
                    self.pictures.push(Planned {
                        duration: sample.duration,
                        size: sample.size,
                        offset: sample.offset,
                        key: sample.key,
                    });
                    self.end = self.end.max(picture.until);
                    run.bytes += u64::from(sample.size);
                    run.pictures += 1;
                }
                at += 1;
            }
            if run.pictures > 0 {
                self.runs.push(run);
            }
        }
    }

    /// Shortens the last picture to end where the clip was to end, never before.
    fn trim(&mut self, wanted_end: Timestamp) {
        let excess_us = self.end.as_microsecond() - wanted_end.as_microsecond();
        if excess_us <= 0 {
            return;
        }
        if let Some(last) = self.pictures.last_mut() {
            let ticks = (excess_us * 9 / 100).min(i64::from(last.duration) - 1).max(0);
            last.duration -= ticks as u32;
            let micros = self.end.as_microsecond() - ticks * 100 / 9;
            self.end = Timestamp::from_microsecond(micros).unwrap_or(self.end);
        }
    }
}

#[cfg(test)]
#[path = "plan_tests.rs"]
mod tests;
