//! What moved in a camera's samples: for each, which places were brighter and which darker than in the minute around it.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use duxue_rules::look::{COLUMNS, Cells, ROWS};
use jiff::{SignedDuration, Timestamp};

/// What is around a sample is so far from it at most, or three samples where these are further apart.
const AROUND: SignedDuration = SignedDuration::from_secs(60);
/// So many samples around one are needed to tell what is usual.
const ENOUGH: usize = 4;
/// Less than this many steps of luma is noise on the mean of a place.
const FLOOR: f32 = 1.0;
/// Bytes of a moment as it is kept: milliseconds since the first, then a bit a place, twice.
const BYTES: usize = 4 + 2 * PLACES / 8;
const PLACES: usize = COLUMNS * ROWS;

/// One sample of a trail. The first place is in the lowest bit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Moment {
    /// Milliseconds of the Unix epoch.
    pub(super) at: i64,
    pub(super) up: u128,
    pub(super) down: u128,
}

/// A camera's samples, in order of time.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Trail {
    pub(super) moments: Vec<Moment>,
}

impl Moment {
    pub(super) fn places(self) -> u128 {
        self.up | self.down
    }

    /// How alike two are, −1 to 1, as a correlation; 0 where nothing moved.
    pub(super) fn alike(self, other: Self) -> f32 {
        let scale = (self.places().count_ones() * other.places().count_ones()) as f32;
        if scale == 0.0 {
            return 0.0;
        }
        let alike = (self.up & other.up).count_ones() + (self.down & other.down).count_ones();
        let against = (self.up & other.down).count_ones() + (self.down & other.up).count_ones();
        (alike as f32 - against as f32) / scale.sqrt()
    }

    fn mirrored(self) -> Self {
        Self { up: mirrored(self.up), down: mirrored(self.down), ..self }
    }
}

/// Each row of places the other way round.
fn mirrored(bits: u128) -> u128 {
    let row = (1u128 << COLUMNS) - 1;
    (0..ROWS).fold(0, |all, n| {
        let places = (bits >> (n * COLUMNS)) & row;
        all | (places.reverse_bits() >> (128 - COLUMNS)) << (n * COLUMNS)
    })
}

impl Trail {
    /// Of samples in order of time.
    pub fn of(samples: &[(Timestamp, Cells)]) -> Self {
        let around = around(samples);
        let mut moments = Vec::new();
        let (mut first, mut end) = (0, 0);
        for (index, (at, cells)) in samples.iter().enumerate() {
            while samples.get(first).is_some_and(|(other, _)| at.duration_since(*other) > around) {
                first += 1;
            }
            while samples.get(end).is_some_and(|(other, _)| other.duration_since(*at) <= around) {
                end += 1;
            }
            // Neither the first nor the last of a run has enough on both sides of it.
            if index - first < ENOUGH / 2 || end - index <= ENOUGH / 2 {
                continue;
            }
            moments.push(moment(*at, cells, samples.get(first..end).unwrap_or_default()));
        }
        Self { moments }
    }

    /// How many moments it tells of.
    pub fn len(&self) -> usize {
        self.moments.len()
    }

    /// Whether it tells of none.
    pub fn is_empty(&self) -> bool {
        self.moments.is_empty()
    }

    /// As it is shown in a mirror.
    pub(super) fn mirrored(&self) -> Self {
        Self { moments: self.moments.iter().map(|moment| moment.mirrored()).collect() }
    }

    /// As it is kept: about 37 characters a moment. What is more than 24 days after the first is left out.
    pub fn to_text(&self) -> String {
        let Some(first) = self.moments.first() else { return String::new() };
        let mut bytes = first.at.to_le_bytes().to_vec();
        for Moment { at, up, down } in &self.moments {
            let Ok(after) = u32::try_from(at - first.at) else { break };
            bytes.extend(after.to_le_bytes());
            bytes.extend(&up.to_le_bytes()[..PLACES / 8]);
            bytes.extend(&down.to_le_bytes()[..PLACES / 8]);
        }
        STANDARD.encode(bytes)
    }

    /// Reads a kept one; `None` when it is none.
    pub fn from_text(text: &str) -> Option<Self> {
        if text.is_empty() {
            return Some(Self::default());
        }
        let bytes = STANDARD.decode(text).ok()?;
        let (first, rest) = bytes.split_first_chunk::<8>()?;
        let first = i64::from_le_bytes(*first);
        let (moments, odd) = rest.as_chunks::<BYTES>();
        let bits = |from: &[u8]| {
            let mut wide = [0; 16];
            wide.iter_mut().zip(from).for_each(|(to, from)| *to = *from);
            u128::from_le_bytes(wide)
        };
        let read = |moment: &[u8; BYTES]| {
            let (after, places) = moment.split_first_chunk::<4>()?;
            let (up, down) = places.split_at(PLACES / 8);
            let at = first.checked_add(i64::from(u32::from_le_bytes(*after)))?;
            Some(Moment { at, up: bits(up), down: bits(down) })
        };
        let moments = odd.is_empty().then(|| moments.iter().map(read).collect::<Option<_>>())??;
        Some(Self { moments })
    }
}

fn around(samples: &[(Timestamp, Cells)]) -> SignedDuration {
    let mut apart: Vec<_> = samples.windows(2).map(|pair| pair[1].0.duration_since(pair[0].0)).collect();
    apart.sort_unstable();
    AROUND.max(apart.get(apart.len() / 2).copied().unwrap_or_default() * 3)
}

/// What differs from the usual, less what all places have in common, which is the light.
fn moment(at: Timestamp, cells: &Cells, around: &[(Timestamp, Cells)]) -> Moment {
    let mut usual = [0u32; PLACES];
    for (_, other) in around {
        usual.iter_mut().zip(other.0).for_each(|(sum, luma)| *sum += u32::from(luma));
    }
    let mut change = [0f32; PLACES];
    for ((change, &luma), &sum) in change.iter_mut().zip(&cells.0).zip(&usual) {
        *change = f32::from(luma) - sum as f32 / around.len().max(1) as f32;
    }
    let mut sorted = change;
    let light = *sorted.select_nth_unstable_by(PLACES / 2, f32::total_cmp).1;
    let mut moment = Moment { at: at.as_millisecond(), up: 0, down: 0 };
    for (place, change) in change.into_iter().enumerate() {
        moment.up |= u128::from(change - light >= FLOOR) << place;
        moment.down |= u128::from(light - change >= FLOOR) << place;
    }
    moment
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mirror_turns_each_row_and_twice_is_as_before() {
        assert_eq!(mirrored(1), 1 << (COLUMNS - 1));
        assert_eq!(mirrored(0b110 << (3 * COLUMNS)), 0b11 << (3 * COLUMNS + COLUMNS - 3));
        let any = 0x0123_4567_89ab_cdef_1122_3344;
        assert_eq!(mirrored(mirrored(any)), any);
    }

    #[test]
    fn it_is_kept_and_read_and_nothing_else_is_one() {
        let moment = |at: i64, up, down| Moment { at: 1_728_349_200_000 + at, up, down };
        let trail = Trail { moments: vec![moment(0, 5, 1 << 95), moment(9_873, 0, 0), moment(20_001, 1, 2)] };
        let text = trail.to_text();
        assert_eq!(Trail::from_text(&text), Some(trail));
        assert_eq!(Trail::from_text(""), Some(Trail::default()));
        for wrong in ["?", "AAAA", &text[..text.len() - 4]] {
            assert_eq!(Trail::from_text(wrong), None, "{wrong}");
        }
    }
}
