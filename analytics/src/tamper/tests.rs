//! Drawn lessons of an hour: people who sit still for a while and then sit otherwise, a teacher who walks, noise in every
//! picture; looped, replayed, mirrored, covered, blurred, moved.

use duxue_rules::look::Cells;
use jiff::{SignedDuration, Timestamp};

use super::{
    Limits, Repeat, SceneMaker, Trail, View, repeats,
    view::{HEIGHT, WIDTH},
};

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

const HOUR: i64 = 3_600_000;

/// Somebody: from each time on, where they are beside their seat.
struct Sitter {
    seat: (f32, f32),
    grey: f32,
    postures: Vec<(i64, f32, f32)>,
}

/// A lesson as it was, a function of the time.
struct Lesson {
    room: u64,
    sitters: Vec<Sitter>,
}

impl Lesson {
    /// `hold_s`: for how long somebody sits still, on average.
    fn new(room: u64, lesson: u64, people: usize, hold_s: f32) -> Self {
        let mut looks = Chance::new(room * 31 + 5);
        let mut acts = Chance::new(room * 1_000_003 + lesson);
        let sitters = (0..people)
            .map(|n| {
                let seat = (10.0 + (n % 6) as f32 * 14.0 + looks.share(), 22.0 + (n / 6) as f32 * 9.0);
                let grey = 60.0 - 120.0 * looks.share();
                let mut postures = Vec::new();
                let mut at = 0.0f32;
                while at < HOUR as f32 {
                    postures.push((at as i64, 3.0 * (acts.share() - 0.5), 2.0 * (acts.share() - 0.5)));
                    at += 1_000.0 + hold_s * 1_000.0 * -(1.0 - acts.share()).ln();
                }
                Sitter { seat, grey, postures }
            })
            .collect();
        Self { room, sitters }
    }

    fn wall(&self, x: usize, y: usize) -> f32 {
        let stripe = ((x / 7 + self.room as usize) % 3) as f32;
        let board = (20..60).contains(&x) && (4..14).contains(&y);
        90.0 + 25.0 * stripe
            + if board { -60.0 } else { 0.0 }
            + if y > 16 && (y / 3).is_multiple_of(3) { 30.0 } else { 0.0 }
    }

    /// Luma at a moment, with noise of the camera's own.
    fn picture(&self, at_ms: i64, noise: &mut Chance) -> Vec<f32> {
        let mut luma: Vec<f32> = (0..WIDTH * HEIGHT).map(|spot| self.wall(spot % WIDTH, spot / WIDTH)).collect();
        for Sitter { seat, grey, postures } in &self.sitters {
            let now = postures.partition_point(|(from, ..)| *from <= at_ms).saturating_sub(1);
            let Some(&(_, dx, dy)) = postures.get(now) else { continue };
            let (x, y) = (seat.0 + dx, seat.1 + dy);
            for row in (y as usize).saturating_sub(5)..(y as usize + 6).min(HEIGHT) {
                for column in (x as usize).saturating_sub(5)..(x as usize + 6).min(WIDTH) {
                    let far = ((column as f32 - x).powi(2) + (row as f32 - y).powi(2)) / 5.0;
                    luma[row * WIDTH + column] += grey * (-far).exp();
                }
            }
        }
        luma.iter_mut().for_each(|luma| *luma += 2.0 * (noise.share() - 0.5));
        luma
    }
}

fn view(luma: &[f32]) -> View {
    let fixed: Vec<u16> = luma.iter().map(|luma| (luma.clamp(0.0, 255.0) * 256.0) as u16).collect();
    let sharpness = crate::measure::laplacian_variance(&fixed, WIDTH, HEIGHT);
    View::of(&fixed, WIDTH, sharpness)
}

fn day(n: i64) -> i64 {
    1_728_349_200_000 + n * 86_400_000
}

/// Samples of `minutes`, about ten seconds apart, of what `shown` says is on the picture at each moment.
fn sampled(start: i64, minutes: i64, phase: u64, shown: impl Fn(i64, &mut Chance) -> Vec<f32>) -> Trail {
    let (mut noise, mut uneven) = (Chance::new(phase + 7), Chance::new(phase + 77));
    let samples: Vec<(Timestamp, Cells)> = (0..minutes * 6)
        .map(|n| {
            let at = n * 10_000 + (uneven.share() * 9_000.0) as i64;
            (Timestamp::from_millisecond(start + at).unwrap(), view(&shown(at, &mut noise)).cells)
        })
        .collect();
    Trail::of(&samples)
}

fn found(now: &Trail, earlier: &Trail) -> Option<Repeat> {
    repeats(now, earlier, &Limits::default())
}

/// What the rules ask for, roughly: more than chance would give.
fn sure(found: Option<Repeat>) -> Option<Repeat> {
    found.filter(|found| found.pictures >= 10 && found.pictures as f32 >= 6.0 * found.by_chance.max(0.5))
}

#[test]
fn an_earlier_lesson_is_known_again_at_any_offset_and_darker_or_mirrored() {
    for hold in [10.0, 40.0] {
        let lesson = Lesson::new(1, 1, 14, hold);
        let first = sampled(day(0), 60, 1, |at, noise| lesson.picture(at, noise));
        for offset in [0, 4_300, 137_000] {
            let again = sampled(day(1), 40, 2, |at, noise| lesson.picture(at + offset, noise));
            let found =
                sure(found(&again, &first)).unwrap_or_else(|| panic!("{hold} {offset} {:?}", found(&again, &first)));
            assert!((found.earlier_ms - (86_400_000 - offset)).abs() <= 4_000, "{found:?}");
            assert!(
                found.to.duration_since(found.from) > SignedDuration::from_mins(25) && !found.mirrored,
                "{found:?}"
            );
        }
        let darker =
            sampled(day(1), 40, 3, |at, noise| lesson.picture(at, noise).iter().map(|l| l * 0.7 - 5.0).collect());
        assert!(sure(found(&darker, &first)).is_some(), "{hold} darker: {:?}", found(&darker, &first));
        let turned = sampled(day(1), 40, 4, |at, noise| {
            let picture = lesson.picture(at, noise);
            picture.chunks(WIDTH).flat_map(|row| row.iter().rev().copied()).collect()
        });
        let turned = sure(found(&turned, &first)).expect("mirrored");
        assert!(turned.mirrored, "{turned:?}");
    }
}

#[test]
fn a_loop_is_known_by_its_length() {
    let lesson = Lesson::new(2, 1, 14, 25.0);
    for length in [250_000, 613_000] {
        let trail = sampled(day(0), 60, 5, |at, noise| lesson.picture(at % length, noise));
        let found = sure(found(&trail, &trail)).unwrap_or_else(|| panic!("{length} {:?}", found(&trail, &trail)));
        let off = found.earlier_ms % length;
        assert!(off.min(length - off) <= 4_000, "{length}: {found:?}");
    }
}

#[test]
fn lessons_of_the_same_people_in_the_same_room_are_not_taken_for_each_other() {
    for (people, hold) in [(14, 10.0), (14, 40.0), (14, 200.0), (4, 40.0), (30, 60.0)] {
        let days: Vec<Trail> = (0..3)
            .map(|n| {
                let lesson = Lesson::new(3, n, people, hold);
                sampled(day(n as i64), 60, 10 + n, |at, noise| lesson.picture(at, noise))
            })
            .collect();
        for (now, earlier) in [(2, 0), (2, 1), (1, 0), (0, 0), (1, 1), (2, 2)] {
            let found = found(&days[now], &days[earlier]);
            assert!(found.is_none_or(|found| found.pictures < 8), "{people} {hold} {now} {earlier}: {found:?}");
        }
    }
}

#[test]
fn an_empty_room_and_a_film_on_the_wall_are_no_replay() {
    let empty = Lesson::new(4, 1, 0, 1.0);
    let trail = sampled(day(0), 60, 20, |at, noise| empty.picture(at, noise));
    assert_eq!(found(&trail, &trail), None);
    // A presentation that starts over every four minutes, before people who do not.
    let lesson = Lesson::new(4, 2, 14, 30.0);
    let shown = |at: i64, noise: &mut Chance| {
        let slide = Chance::new((at % 240_000 / 12_000) as u64 + 900).share();
        let mut picture = lesson.picture(at, noise);
        for y in 2..16 {
            for x in 20..66 {
                picture[y * WIDTH + x] = 60.0 + 120.0 * ((x / 8 + y / 7) as f32 * slide).sin().abs();
            }
        }
        picture
    };
    let trail = sampled(day(0), 60, 21, shown);
    assert_eq!(sure(found(&trail, &trail)), None, "{:?}", found(&trail, &trail));
}

#[test]
fn nothing_comes_of_nothing() {
    assert_eq!(found(&Trail::default(), &Trail::default()), None);
    let one = Trail::of(&[(Timestamp::UNIX_EPOCH, Cells([9; 96]))]);
    assert_eq!((one.len(), found(&one, &one)), (0, None));
}

/// The reference of a room with people in it, as the first lesson shows it.
fn reference(lesson: &Lesson) -> super::Scene {
    let (mut maker, mut noise) = (SceneMaker::default(), Chance::new(1));
    for n in 0..30 {
        maker.push(view(&lesson.picture(n * 10_000, &mut noise)));
    }
    maker.finish().expect("it shows something")
}

#[test]
fn a_room_is_where_it_was_with_other_people_other_light_and_none() {
    let scene = reference(&Lesson::new(5, 1, 14, 30.0));
    let mut noise = Chance::new(2);
    for people in [0, 6, 14, 30] {
        let other = Lesson { room: 5, ..Lesson::new(6, 9, people, 30.0) };
        for light in [0.3, 0.6, 1.0, 1.4] {
            let luma: Vec<f32> = other.picture(1_000_000, &mut noise).iter().map(|luma| luma * light).collect();
            let found = scene.matched(&view(&luma));
            assert!(found.alike > 0.5 && found.detail > 0.7, "{people} people, light {light}: {found:?}");
            assert_eq!(found.shift, None);
        }
    }
}

#[test]
fn a_moved_camera_shows_the_room_elsewhere() {
    let lesson = Lesson::new(7, 1, 14, 30.0);
    let scene = reference(&lesson);
    let picture = lesson.picture(900_000, &mut Chance::new(3));
    for (across, down) in [(9i32, 0i32), (-14, 5), (20, -8)] {
        let shifted: Vec<f32> = (0..WIDTH * HEIGHT)
            .map(|spot| {
                let x = (spot % WIDTH) as i32 - across;
                let y = (spot / WIDTH) as i32 - down;
                let inside = (0..WIDTH as i32).contains(&x) && (0..HEIGHT as i32).contains(&y);
                if inside { picture[y as usize * WIDTH + x as usize] } else { 120.0 }
            })
            .collect();
        let found = scene.matched(&view(&shifted));
        let shift = found.shift.unwrap_or_else(|| panic!("{across} {down}: {found:?}"));
        assert!(found.alike < 0.5 && shift.alike > 0.8, "{found:?}");
        let (x, y) = ((shift.x * WIDTH as f32).round() as i32, (shift.y * HEIGHT as f32).round() as i32);
        assert_eq!((x, y), (across, down));
    }
    let other = Lesson::new(8, 1, 14, 30.0);
    let other: Vec<f32> = other.picture(0, &mut Chance::new(4)).chunks(WIDTH).rev().flatten().copied().collect();
    let found = scene.matched(&view(&other));
    assert!(found.alike < 0.25, "another view: {found:?}");
}

#[test]
fn a_covered_lens_shows_nothing_and_a_blurred_one_the_room_where_it_was() {
    let lesson = Lesson::new(9, 1, 14, 30.0);
    let scene = reference(&lesson);
    let mut noise = Chance::new(5);
    let hand: Vec<f32> = (0..WIDTH * HEIGHT).map(|spot| 70.0 + (spot % WIDTH) as f32 * 0.1 + noise.share()).collect();
    let covered = scene.matched(&view(&hand));
    assert!(covered.detail < 0.1 && covered.alike < 0.25, "{covered:?}");
    let mut blurred = lesson.picture(500_000, &mut noise);
    for _ in 0..4 {
        let before = blurred.clone();
        for y in 1..HEIGHT - 1 {
            for x in 1..WIDTH - 1 {
                let near = [y - 1, y, y + 1].into_iter().flat_map(|y| [x - 1, x, x + 1].map(|x| before[y * WIDTH + x]));
                blurred[y * WIDTH + x] = near.sum::<f32>() / 9.0;
            }
        }
    }
    let blurred = scene.matched(&view(&blurred));
    assert!(blurred.sharpness < 0.3 && blurred.alike > 0.5, "{blurred:?}");
}

#[test]
fn a_scene_is_kept_and_read_and_one_that_shows_nothing_is_none() {
    let scene = reference(&Lesson::new(10, 1, 14, 30.0));
    let back = super::Scene::from_text(&scene.to_text()).expect("it was kept");
    let view = view(&Lesson::new(10, 2, 5, 30.0).picture(0, &mut Chance::new(6)));
    let (one, other) = (scene.matched(&view), back.matched(&view));
    assert!(
        (one.alike - other.alike).abs() < 0.02 && (one.sharpness - other.sharpness).abs() < 0.01,
        "{one:?} {other:?}"
    );
    for wrong in ["", "AAAA", "?"] {
        assert!(super::Scene::from_text(wrong).is_none());
    }
    let mut flat = SceneMaker::default();
    assert!(flat.finish().is_none());
    flat.push(self::view(&[100.0; WIDTH * HEIGHT]));
    assert!(flat.finish().is_none(), "no edges");
}
