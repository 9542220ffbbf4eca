//! What moved in a video, moment by moment: a few bytes that outlive re-encoding, scaling and mirroring.

/// The side of the square, grey pictures that a trace is made of; whatever shape the video has.
pub const SIDE: usize = 64;
/// So many pictures a second.
pub const RATE: u32 = 2;

/// The picture is looked at in so many rows of so many cells.
const CELLS: usize = 8;
/// Pixels of a cell's side.
const CELL: usize = SIDE / CELLS;
/// The pictures before a moment that are held against as many after it: two seconds.
const HALF: usize = 2 * RATE as usize;
/// Of all changes in a place, the strongest fifth count as movement: a place in which little moves, such as somebody who
/// sits, has as much to say as one in which much does, such as a film on the wall.
const STRONG: usize = 5;
/// Less than this is noise: half a level of grey, on the average of a cell.
const FLOOR: i32 = (CELL * CELL * HALF) as i32 / 2;
/// What a stored trace begins with.
const MAGIC: &[u8; 4] = b"DXT1";

/// What became brighter and what darker around a moment, a bit a cell: row by row from the top left, the first in the
/// lowest bit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Moves {
    pub(super) up: u64,
    pub(super) down: u64,
}

impl Moves {
    /// How many cells moved.
    pub(super) fn count(self) -> u32 {
        (self.up | self.down).count_ones()
    }

    /// As a mirror shows it: a row is a byte, and its bits the other way round.
    pub(super) fn mirrored(self) -> Self {
        let mirror = |bits: u64| bits.reverse_bits().swap_bytes();
        Self { up: mirror(self.up), down: mirror(self.down) }
    }
}

/// What moved in a video, [`RATE`] times a second.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Trace {
    pub(super) moves: Vec<Moves>,
}

impl Trace {
    /// Whole seconds that it tells of.
    pub fn seconds(&self) -> u32 {
        u32::try_from(self.moves.len()).unwrap_or(u32::MAX) / RATE
    }

    /// As it is stored.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = MAGIC.to_vec();
        for Moves { up, down } in &self.moves {
            bytes.extend(up.to_le_bytes());
            bytes.extend(down.to_le_bytes());
        }
        bytes
    }

    /// Reads a stored one; `None` when it is none.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let (pairs, rest) = bytes.strip_prefix(MAGIC)?.as_chunks::<8>();
        let (pairs, odd) = pairs.as_chunks::<2>();
        let read = |&[up, down]: &[[u8; 8]; 2]| Moves { up: u64::from_le_bytes(up), down: u64::from_le_bytes(down) };
        (rest.is_empty() && odd.is_empty()).then(|| Self { moves: pairs.iter().map(read).collect() })
    }
}

/// Makes a [`Trace`] of pictures that come one by one.
#[derive(Clone, Debug, Default)]
pub struct Tracer {
    cells: Vec<[i32; CELLS * CELLS]>,
}

impl Tracer {
    /// The next picture, [`SIDE`] × [`SIDE`] grey pixels; what is beyond is left out, what is missing is black.
    pub fn push(&mut self, picture: &[u8]) {
        let mut cells = [0; CELLS * CELLS];
        for (row, line) in picture.chunks(SIDE).take(SIDE).enumerate() {
            for (column, &pixel) in line.iter().enumerate() {
                cells[row / CELL * CELLS + column / CELL] += i32::from(pixel);
            }
        }
        self.cells.push(cells);
    }

    /// The end of the video.
    pub fn finish(self) -> Trace {
        let changes = changes(&self.cells);
        let mut moves = vec![Moves::default(); self.cells.len()];
        for cell in 0..CELLS * CELLS {
            let least = strong(changes.iter().map(|cells| cells[cell].abs()).collect());
            for (moves, cells) in moves.iter_mut().skip(HALF).zip(&changes) {
                moves.up |= u64::from(cells[cell] >= least) << cell;
                moves.down |= u64::from(cells[cell] <= -least) << cell;
            }
        }
        Trace { moves }
    }
}

/// From where on a change in a place is one of the strong ones.
fn strong(mut strengths: Vec<i32>) -> i32 {
    let rank = strengths.len().saturating_sub(strengths.len() / STRONG + 1);
    if strengths.is_empty() { FLOOR } else { FLOOR.max(*strengths.select_nth_unstable(rank).1) }
}

/// For each moment that has enough before and after it: what the cells have after it less what they had before, and less
/// what all have in common, which is the light.
fn changes(pictures: &[[i32; CELLS * CELLS]]) -> Vec<[i32; CELLS * CELLS]> {
    let around = pictures.windows(2 * HALF);
    let change = |around: &[[i32; CELLS * CELLS]]| {
        let mut change = [0; CELLS * CELLS];
        for (index, picture) in around.iter().enumerate() {
            let sign = if index < HALF { -1 } else { 1 };
            change.iter_mut().zip(picture).for_each(|(sum, cell)| *sum += sign * cell);
        }
        let mut sorted = change;
        let light = *sorted.select_nth_unstable(CELLS * CELLS / 2).1;
        change.map(|change| change - light)
    };
    around.map(change).collect()
}
