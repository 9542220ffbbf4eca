//! Whether two videos show the same: a stretch in which the same places moved at the same times.
//!
//! Classrooms stand still, and two lessons in one room look alike. So no picture is held against another; what is compared
//! is what changes, which no two lessons have in common. The one video is cut into blocks. Each looks in the other video
//! for the moments that are most like it, and votes for the offset between the two; only a row of blocks that agree on one
//! offset, over places all over the picture, is a match.

use std::collections::BTreeMap;

use super::trace::{Moves, RATE, Trace};

/// What makes a match.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Limits {
    /// Seconds of a block.
    pub block_seconds: u32,
    /// How alike a block and its counterpart are at least, −1 to 1.
    pub block_alike: f32,
    /// Seconds that a stretch has at least.
    pub stretch_seconds: u32,
    /// How alike a stretch is at least, −1 to 1.
    pub stretch_alike: f32,
    /// Of the places that move in a stretch, the share that must move alike: the same film on the wall of two lessons is
    /// one place.
    pub places_alike: f32,
    /// Movements a second, averaged over a block, below which it says nothing.
    pub moves_a_second: f32,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            block_seconds: 30,
            block_alike: 0.35,
            stretch_seconds: 60,
            stretch_alike: 0.4,
            places_alike: 0.5,
            moves_a_second: 2.0,
        }
    }
}

/// Two videos show the same.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Match {
    /// Seconds of the first video.
    pub first: (u32, u32),
    /// Seconds of the second video that show the same.
    pub second: (u32, u32),
    /// Whether the one is the other in a mirror.
    pub mirrored: bool,
    /// How alike the stretch is, 0 to 1.
    pub alike: f32,
}

/// The longest stretch that both videos show; `None` when there is none.
pub fn compare(first: &Trace, second: &Trace, limits: &Limits) -> Option<Match> {
    let mirrored: Vec<Moves> = second.moves.iter().map(|moves| moves.mirrored()).collect();
    let plain = stretch(&first.moves, &second.moves, limits).map(|found| (found, false));
    let turned = stretch(&first.moves, &mirrored, limits).map(|found| (found, true));
    let (found, mirrored) = [plain, turned].into_iter().flatten().max_by(|(one, _), (other, _)| {
        let weight = |it: &Stretch| it.alike * (it.until - it.from) as f32;
        weight(one).total_cmp(&weight(other))
    })?;
    let second = |at: usize| u32::try_from(at as i64 + found.offset).unwrap_or(0) / RATE;
    let first = |at: usize| u32::try_from(at).unwrap_or(u32::MAX) / RATE;
    Some(Match {
        first: (first(found.from), first(found.until)),
        second: (second(found.from), second(found.until)),
        mirrored,
        alike: found.alike,
    })
}

/// Moments `from..until` of the first video are those `offset` later of the second.
#[derive(Clone, Copy, Debug)]
struct Stretch {
    from: usize,
    until: usize,
    offset: i64,
    alike: f32,
}

/// How much two stretches of equal length have in common.
#[derive(Clone, Copy, Debug, Default)]
struct Common {
    /// Movements alike, less movements that contradict each other.
    agree: i64,
    first: u64,
    second: u64,
}

impl Common {
    fn of(first: &[Moves], second: &[Moves]) -> Self {
        first.iter().zip(second).fold(Self::default(), |sum, (&one, &other)| sum.and(one, other))
    }

    fn and(self, one: Moves, other: Moves) -> Self {
        let alike = (one.up & other.up).count_ones() + (one.down & other.down).count_ones();
        let against = (one.up & other.down).count_ones() + (one.down & other.up).count_ones();
        Self {
            agree: self.agree + i64::from(alike) - i64::from(against),
            first: self.first + u64::from(one.count()),
            second: self.second + u64::from(other.count()),
        }
    }

    /// −1 to 1, as a correlation.
    fn alike(self) -> f32 {
        let scale = (self.first as f64 * self.second as f64).sqrt();
        if scale > 0.0 { (self.agree as f64 / scale) as f32 } else { 0.0 }
    }
}

fn stretch(first: &[Moves], second: &[Moves], limits: &Limits) -> Option<Stretch> {
    let length = (limits.block_seconds * RATE) as usize;
    let least = (limits.block_seconds as f32 * limits.moves_a_second) as u64;
    // Each block's vote: the offset at which it is most like the second video.
    let mut votes: BTreeMap<i64, Vec<usize>> = BTreeMap::new();
    for from in (0..).step_by(length / 2).take_while(|from| from + length <= first.len()) {
        let block = &first[from..from + length];
        let best = second.windows(length).enumerate().map(|(at, there)| (at, Common::of(block, there)));
        let best = best.filter(|(_, common)| common.first >= least && common.second >= least);
        let best = best.max_by(|(_, one), (_, other)| one.alike().total_cmp(&other.alike()));
        if let Some((at, common)) = best
            && common.alike() >= limits.block_alike
        {
            votes.entry(at as i64 - from as i64).or_default().push(from);
        }
    }
    // Pictures of the two fall between each other: offsets next to one another are one.
    let near = |offset: i64| votes.range(offset - 1..=offset + 1).flat_map(|(_, blocks)| blocks.iter().copied());
    let offset = votes.keys().copied().max_by_key(|&offset| near(offset).count())?;
    let mut blocks: Vec<usize> = near(offset).collect();
    blocks.sort_unstable();
    rows(&blocks, length)
        .into_iter()
        .filter_map(|(from, until)| judged(first, second, (from, until, offset), limits))
        .max_by(|one, other| (one.until - one.from).cmp(&(other.until - other.from)))
}

/// Blocks that follow on each other, as stretches; one that did not vote along, between two that did, is passed over.
fn rows(blocks: &[usize], length: usize) -> Vec<(usize, usize)> {
    let mut rows: Vec<(usize, usize)> = Vec::new();
    for &from in blocks {
        match rows.last_mut() {
            Some((_, until)) if from <= *until + length => *until = from + length,
            _ => rows.push((from, from + length)),
        }
    }
    rows
}

/// The stretch, if it is long enough, alike enough, and alike in enough places.
fn judged(
    first: &[Moves],
    second: &[Moves],
    (from, until, offset): (usize, usize, i64),
    limits: &Limits,
) -> Option<Stretch> {
    if until - from < (limits.stretch_seconds * RATE) as usize {
        return None;
    }
    let there = |offset: i64| {
        let start = from as i64 + offset;
        usize::try_from(start).ok().and_then(|start| second.get(start..start + (until - from)))
    };
    let here = &first[from..until];
    let (offset, there, common) = (offset - 1..=offset + 1)
        .filter_map(|offset| there(offset).map(|there| (offset, there, Common::of(here, there))))
        .max_by(|(.., one), (.., other)| one.alike().total_cmp(&other.alike()))?;
    let alike = common.alike();
    (alike >= limits.stretch_alike && places(here, there) >= limits.places_alike).then_some(Stretch {
        from,
        until,
        offset,
        alike,
    })
}

/// The share of places that move alike, of those that move.
fn places(first: &[Moves], second: &[Moves]) -> f32 {
    let (mut moving, mut alike) = (0_u32, 0_u32);
    let least = first.len() as u64 / 100 + 1;
    for cell in 0..64 {
        let only = |moves: &Moves| Moves { up: moves.up & (1 << cell), down: moves.down & (1 << cell) };
        let pairs = first.iter().zip(second);
        let common = pairs.fold(Common::default(), |sum, (one, other)| sum.and(only(one), only(other)));
        if common.first >= least && common.second >= least {
            moving += 1;
            alike += u32::from(common.alike() >= 0.25);
        }
    }
    if moving == 0 { 0.0 } else { alike as f32 / moving as f32 }
}
