//! Drawn lessons: people who sit and move now and then, somebody who walks in front, noise in every picture.

use super::{Limits, Match, RATE, SIDE, Trace, Tracer, compare};

/// Pictures a second before the trace takes its own.
const FILMED: u32 = 10;
const SECONDS: u32 = 150;

/// Numbers that look random (xorshift), the same for the same seed.
struct Chance(u64);

impl Chance {
    fn new(seed: u64) -> Self {
        let mut chance = Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
        for _ in 0..9 {
            chance.share();
        }
        chance
    }

    /// 0 to 1.
    fn share(&mut self) -> f32 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 40) as f32 / (1_u64 << 24) as f32
    }
}

/// A spot of a picture: middle, width, brightness.
type Spot = (f32, f32, f32, f32);

/// A lesson as it was filmed: the room by `room`, what people do by `lesson`, pictures from 0 to 1.
fn filmed(room: u64, lesson: u64) -> Vec<Vec<f32>> {
    let mut looks = Chance::new(room);
    let wall: Vec<f32> = (0..SIDE * SIDE).map(|at| 0.4 + 0.2 * ((at / 700) % 3) as f32 + 0.1 * looks.share()).collect();
    let seats: Vec<Spot> = (0..10)
        .map(|seat| {
            let (column, row) = ((seat % 5) as f32, (seat / 5) as f32);
            (8.0 + column * 12.0 + looks.share(), 30.0 + row * 18.0, 3.0, 0.3 - 0.6 * looks.share())
        })
        .collect();
    let mut acts = Chance::new(room * 1_000_003 + lesson);
    let mut noise = Chance::new(lesson + 77);
    let (mut at, mut to) = (vec![(0.0_f32, 0.0_f32); 10], vec![(0.0_f32, 0.0_f32); 10]);
    let (mut teacher, mut goal) = (12.0_f32, 40.0_f32);
    let mut film = Vec::new();
    for _ in 0..SECONDS * FILMED {
        for (at, to) in at.iter_mut().zip(&mut to) {
            if acts.share() < 0.01 {
                *to = ((acts.share() - 0.5) * 3.0, (acts.share() - 0.5) * 2.0);
            }
            at.0 += (to.0 - at.0) * 0.15;
            at.1 += (to.1 - at.1) * 0.15;
        }
        if acts.share() < 0.01 {
            goal = 4.0 + acts.share() * 56.0;
        }
        teacher += (goal - teacher).clamp(-0.4, 0.4);
        let mut picture: Vec<f32> = wall.iter().map(|grey| grey + 0.02 * noise.share()).collect();
        let people = seats.iter().zip(&at).map(|(seat, at)| (seat.0 + at.0, seat.1 + at.1, seat.2, seat.3));
        for (x, y, width, light) in people.chain([(teacher, 12.0, 4.0, -0.3)]) {
            let near =
                |middle: f32| (middle - 3.0 * width).max(0.0) as usize..((middle + 3.0 * width) as usize).min(SIDE);
            for row in near(y) {
                for column in near(x) {
                    let far = ((column as f32 - x).powi(2) + (row as f32 - y).powi(2)) / (width * width);
                    picture[row * SIDE + column] += light * (-far).exp();
                }
            }
        }
        film.push(picture);
    }
    film
}

/// What somebody does to a film before handing it in again, picture by picture.
type Change = fn(usize, usize, &[f32]) -> f32;

const AS_IT_IS: Change = |row, column, picture| picture[row * SIDE + column];

/// Two pictures a second, from picture `first` on.
fn traced(film: &[Vec<f32>], first: usize, change: Change) -> Trace {
    let mut tracer = Tracer::default();
    for picture in film[first..].iter().step_by((FILMED / RATE) as usize) {
        let pixels = (0..SIDE * SIDE).map(|at| (change(at / SIDE, at % SIDE, picture) * 255.0).clamp(0.0, 255.0) as u8);
        tracer.push(&pixels.collect::<Vec<u8>>());
    }
    tracer.finish()
}

fn found(first: &Trace, second: &Trace) -> Option<Match> {
    compare(first, second, &Limits::default())
}

#[test]
fn a_film_is_found_again_whatever_was_done_to_it() {
    let film = filmed(1, 1);
    let whole = traced(&film, 0, AS_IT_IS);
    let coarse: Change = |row, column, picture| (picture[row * SIDE + column] * 24.0).round() / 24.0;
    let bright: Change = |row, column, picture| picture[row * SIDE + column] * 1.2 + 0.1;
    let cropped: Change = |row, column, picture| {
        let within = |at: usize| (SIDE as f32 * 0.025 + at as f32 * 0.95) as usize;
        picture[within(row) * SIDE + within(column)]
    };
    for (change, what) in [(AS_IT_IS, "as it is"), (coarse, "coarse"), (bright, "bright"), (cropped, "cropped")] {
        let found = found(&whole, &traced(&film, 0, change)).expect(what);
        assert!(!found.mirrored && found.alike > 0.6, "{what}: {found:?}");
        assert!(found.first.1 - found.first.0 >= SECONDS - 35, "{what}: {found:?}");
        assert!(found.first.0.abs_diff(found.second.0) <= 1, "{what}: {found:?}");
    }
    let mirror: Change = |row, column, picture| picture[row * SIDE + SIDE - 1 - column];
    let found = found(&whole, &traced(&film, 0, mirror)).expect("mirrored");
    assert!(found.mirrored && found.alike > 0.8, "{found:?}");
}

#[test]
fn a_part_is_found_where_it_was_cut_out() {
    let film = filmed(2, 1);
    let whole = traced(&film, 0, AS_IT_IS);
    // The pictures of the two fall between each other.
    let part = traced(&film[..120 * FILMED as usize], 33 * FILMED as usize + 3, AS_IT_IS);
    for (found, here, there) in [
        (found(&whole, &part).expect("a part of it"), 0, 33),
        (found(&part, &whole).map(turned).expect("the other way round"), 0, 33),
    ] {
        assert!((found.first.0 as i64 - i64::from(found.second.0) - there).abs() <= 1, "{found:?}");
        assert!(found.first.1 - found.first.0 >= 60 && found.second.0 >= here, "{found:?}");
    }
    let short = traced(&film[..60 * FILMED as usize], 20 * FILMED as usize, AS_IT_IS);
    assert_eq!(found(&whole, &short), None, "40 seconds are no proof");
}

fn turned(found: Match) -> Match {
    Match { first: found.second, second: found.first, ..found }
}

#[test]
fn lessons_in_one_room_are_not_taken_for_each_other() {
    let lessons: Vec<Trace> = [(1, 1), (1, 2), (1, 3), (1, 4), (2, 1), (2, 2)]
        .map(|(room, lesson)| traced(&filmed(room, lesson), 0, AS_IT_IS))
        .into();
    // Not even by limits far below ours.
    let limits = Limits { block_alike: 0.2, stretch_alike: 0.25, ..Limits::default() };
    for (index, first) in lessons.iter().enumerate() {
        for second in &lessons[index + 1..] {
            assert_eq!(compare(first, second, &limits), None);
        }
    }
}

#[test]
fn the_same_film_on_the_wall_makes_no_match() {
    let (one, other, shown) = (filmed(3, 1), filmed(3, 2), filmed(4, 9));
    let with_screen = |film: &[Vec<f32>]| -> Vec<Vec<f32>> {
        let on_the_wall = |(picture, shown): (&Vec<f32>, &Vec<f32>)| {
            let mut picture = picture.clone();
            for row in 0..SIDE * 3 / 8 {
                let (wall, film) = (row * SIDE, (row + 24) * SIDE);
                for column in 0..SIDE * 5 / 8 {
                    picture[wall + column] = 6.0 * shown[film + column] - 3.0;
                }
            }
            picture
        };
        film.iter().zip(&shown).map(on_the_wall).collect()
    };
    let [one, other] = [one, other].map(|film| traced(&with_screen(&film), 0, AS_IT_IS));
    assert_eq!(found(&one, &other), None);
    let lax = Limits { block_alike: 0.15, stretch_alike: 0.15, ..Limits::default() };
    assert_eq!(compare(&one, &other, &lax), None);
    assert!(compare(&one, &other, &Limits { places_alike: 0.0, ..lax }).is_some(), "the film itself is the same");
}

#[test]
fn where_nothing_moves_nothing_is_said() {
    let still = vec![filmed(1, 1).swap_remove(0); 900];
    let still = traced(&still, 0, AS_IT_IS);
    assert_eq!(found(&still, &still), None);
    let nothing = Tracer::default().finish();
    assert_eq!(found(&nothing, &nothing), None);
    let mut short = Tracer::default();
    short.push(&[]);
    short.push(&[9; 3]);
    assert_eq!(found(&short.finish(), &still), None);
}

#[test]
fn a_trace_is_stored_and_read_and_nothing_else_is_one() {
    let trace = traced(&filmed(1, 1)[..200], 0, AS_IT_IS);
    let bytes = trace.to_bytes();
    assert_eq!((bytes.len(), trace.seconds()), (4 + 40 * 16, 20));
    assert_eq!(Trace::from_bytes(&bytes), Some(trace));
    assert_eq!(Trace::from_bytes(&bytes[..bytes.len() - 1]), None);
    assert_eq!(Trace::from_bytes(&bytes[1..]), None);
    assert_eq!(Trace::from_bytes(b"DXT1"), Some(Trace::default()));
}
