//! Whether a stretch of samples was shown before: many pairs of moments, alike in what moved, at one distance in time.
//!
//! Samples are ten seconds apart and people move between them, so most moments of a replay fall between those of the first
//! showing. But samples are taken at uneven times (`src/jobs/sample_sessions.rs`), so some fall together, and of people who
//! hold still for a while many do. Each pair that is alike votes for its distance in time. A living room gives votes as
//! well, at all distances alike; a replay gives one distance far more than the others have. What the others have is given
//! with it, for the rules to tell whether that may be chance.

use jiff::Timestamp;

use super::trail::{Moment, Trail};

/// What makes a vote, and a stretch of them.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Limits {
    /// Two moments that are so much alike are a vote, −1 to 1.
    pub alike: f32,
    /// Moments in which fewer places moved do not vote.
    pub places: u32,
    /// Distances that differ by so many milliseconds are one: as much as people hold still for.
    pub together_ms: i64,
    /// Votes for one distance closer together in time than this are one picture.
    pub apart_ms: i64,
    /// A stretch ends where no vote comes for so long.
    pub gap_ms: i64,
    /// Pictures of one session are held against those at least so much earlier.
    pub loop_ms: i64,
    /// Of the places that move in the stretch, the share that must move alike: a film on the wall that is shown again
    /// is one place.
    pub places_alike: f32,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            alike: 0.6,
            places: 5,
            together_ms: 1_500,
            apart_ms: 20_000,
            gap_ms: 600_000,
            loop_ms: 180_000,
            places_alike: 0.6,
        }
    }
}

/// A stretch that was shown before.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Repeat {
    /// Its first sample.
    pub from: Timestamp,
    /// Its last.
    pub to: Timestamp,
    /// How much earlier it was shown first, in milliseconds.
    pub earlier_ms: i64,
    /// How many pictures are the same.
    pub pictures: u32,
    /// How many are at another distance, on average over all that have room for the stretch.
    pub by_chance: f32,
    /// Whether the one is the other in a mirror.
    pub mirrored: bool,
}

/// The distance in time at which most of `now` was shown before in `earlier`, as it is or in a mirror; `None` when no two
/// moments of it are alike. Of one trail held against itself only what is [`Limits::loop_ms`] apart counts.
pub fn repeats(now: &Trail, earlier: &Trail, limits: &Limits) -> Option<Repeat> {
    let plain = repeat(now, earlier, limits, false);
    let turned = repeat(now, &earlier.mirrored(), limits, true);
    [plain, turned].into_iter().flatten().max_by(|one, other| weight(one).total_cmp(&weight(other)))
}

/// By how much more pictures are the same than by chance.
fn weight(repeat: &Repeat) -> f32 {
    repeat.pictures as f32 - 3.0 * repeat.by_chance
}

/// Two moments that are alike.
#[derive(Clone, Copy)]
struct Vote {
    earlier_ms: i64,
    now: Moment,
    then: Moment,
}

fn repeat(now: &Trail, earlier: &Trail, limits: &Limits, mirrored: bool) -> Option<Repeat> {
    let mut votes = votes(now, earlier, limits);
    votes.sort_by_key(|vote| (vote.earlier_ms, vote.now.at));
    let (first, last) = (votes.first()?.earlier_ms, votes.last()?.earlier_ms);
    let mut best: Option<((u32, usize), &[Vote])> = None;
    let (mut start, mut end) = (0, 0);
    // Every window of distances that begins with a vote; the fullest, by pictures, wins.
    while start < votes.len() {
        while votes.get(end).is_some_and(|vote| vote.earlier_ms - votes[start].earlier_ms <= 2 * limits.together_ms) {
            end += 1;
        }
        let window = votes.get(start..end).unwrap_or_default();
        let least = best.map_or((0, 0), |(most, _)| most);
        if window.len() >= least.0 as usize {
            let most = longest(window, limits).map_or(0, |stretch| pictures(&stretch, limits));
            if (most, window.len()) > least {
                best = Some(((most, window.len()), window));
            }
        }
        start += 1;
    }
    let ((pictures, _), window) = best?;
    let stretch = longest(window, limits)?;
    let places = places_alike(now, &stretch, limits);
    if places < limits.places_alike {
        return None;
    }
    let middle = window.get(window.len() / 2)?.earlier_ms;
    // How many votes fall into a window elsewhere. Windows that no vote could fall into do not count.
    let elsewhere = votes.iter().filter(|vote| (vote.earlier_ms - middle).abs() > 10 * limits.together_ms).count();
    let windows = ((last - first) as f32 / (2 * limits.together_ms) as f32 - 10.0).max(1.0);
    let at = |moment: Option<&Vote>| Timestamp::from_millisecond(moment?.now.at).ok();
    Some(Repeat {
        from: at(stretch.first())?,
        to: at(stretch.last())?,
        earlier_ms: middle,
        pictures,
        by_chance: elsewhere as f32 / windows,
        mirrored,
    })
}

fn votes(now: &Trail, earlier: &Trail, limits: &Limits) -> Vec<Vote> {
    let moving = |moment: &&Moment| moment.places().count_ones() >= limits.places;
    let then: Vec<Moment> = earlier.moments.iter().filter(moving).copied().collect();
    let mut votes = Vec::new();
    for &now in now.moments.iter().filter(moving) {
        for &then in then.iter().take_while(|then| now.at - then.at >= limits.loop_ms) {
            if now.alike(then) >= limits.alike {
                votes.push(Vote { earlier_ms: now.at - then.at, now, then });
            }
        }
    }
    votes
}

/// The stretch with the most pictures of a window, in order of time.
fn longest(window: &[Vote], limits: &Limits) -> Option<Vec<Vote>> {
    let mut sorted = window.to_vec();
    sorted.sort_by_key(|vote| vote.now.at);
    sorted
        .chunk_by(|one, next| next.now.at - one.now.at <= limits.gap_ms)
        .max_by_key(|stretch| pictures(stretch, limits))
        .map(<[Vote]>::to_vec)
}

/// How many votes, those close together counted once: by the sample and by the one that it is like.
fn pictures(stretch: &[Vote], limits: &Limits) -> u32 {
    let mut count = 0;
    let mut last: Option<i64> = None;
    for vote in stretch {
        if last.is_none_or(|last| vote.now.at - last >= limits.apart_ms) {
            count += 1;
            last = Some(vote.now.at);
        }
    }
    count
}

/// Of the places that move at all in the stretch, the share that do so alike.
fn places_alike(now: &Trail, stretch: &[Vote], limits: &Limits) -> f32 {
    let (Some(first), Some(last)) = (stretch.first(), stretch.last()) else { return 0.0 };
    let within: Vec<&Moment> = now.moments.iter().filter(|m| (first.now.at..=last.now.at).contains(&m.at)).collect();
    let (mut moving, mut alike) = (0u32, 0u32);
    for place in 0..128 {
        let bit = 1u128 << place;
        let moves = within.iter().filter(|moment| moment.places() & bit != 0).count();
        if moves * 20 < within.len().max(20) {
            continue;
        }
        moving += 1;
        let (mut same, mut either) = (0i32, 0i32);
        for Vote { now, then, .. } in stretch {
            let (here, there) = (now.places() & bit != 0, then.places() & bit != 0);
            either += i32::from(here || there);
            let agree = now.up & then.up & bit != 0 || now.down & then.down & bit != 0;
            same += if agree { 1 } else { -i32::from(here && there) };
        }
        // A place that did not move while pictures were the same says nothing against it.
        alike += u32::from(either == 0 || same * 3 >= either);
    }
    if moving < limits.places { 0.0 } else { alike as f32 / moving as f32 }
}
