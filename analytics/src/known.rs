//! Faces that a camera's last samples told already, so that they need not be told again at every sample.
//!
//! Telling a face costs more than finding it, and in a lesson the same people sit in the same places for an hour. A face
//! keeps its embedding while all of this holds, and is embedded anew otherwise:
//! - it was told as the same student in the last [`Known::AGREED`] embeddings, so that one mistake does not multiply;
//! - the sample before showed it in about the same place: who is away for one sample is told anew;
//! - head and shoulders look about the same as when it was embedded: somebody else has other hair and clothes. Whoever moved
//!   looks somewhat different too: where it may be only that, the embedding still serves for [`Known::STIRRED_KEPT`] or
//!   [`Known::MOVED_KEPT`] samples, so that somebody who cannot sit still is not told in each;
//! - the embedding is younger than [`Known::FIRST_KEPT`] samples, than twice as many once it was told the same again, and so
//!   on; and than the caller's limit, whatever else.
//!
//! Whoever has no face to be found is looked for by another model, which costs as much again. Where it found nobody besides
//! the faces, and as many faces show now, it need not look at each sample.

use duxue_rules::ids::StudentId;

use crate::{
    analyser::{Face, PixelArea},
    embedding::Embedding,
    picture::Picture,
};

/// The picture around a face is compared in so many cells a side.
const CELLS: usize = 12;
/// Samples of a cell, a side.
const POINTS: usize = 3;
/// How much of its size a face may move between two samples (intersection over union).
const SAME_PLACE: f32 = 0.5;
/// Correlation of the surroundings from which they are the same.
const SAME_LOOK: f32 = 0.9;
/// And from which they stirred, or else moved; below it somebody else may sit there.
const STIRRED_LOOK: f32 = 0.8;
const MOVED_LOOK: f32 = 0.5;

/// What is known of one camera's faces. Keep one a camera; the first sample of it knows nothing.
#[derive(Clone, Debug, Default)]
pub struct Known {
    size: (u32, u32),
    faces: Vec<KnownFace>,
    everybody: Option<Everybody>,
}

/// When people were last looked for, everybody had a face.
#[derive(Clone, Copy, Debug)]
struct Everybody {
    faces: usize,
    samples: u32,
}

#[derive(Clone, Debug)]
pub(crate) struct KnownFace {
    area: PixelArea,
    look: Look,
    embedding: Embedding,
    male_probability: Option<f32>,
    who: Option<StudentId>,
    agreed: u32,
    samples: u32,
}

impl Known {
    /// So many embeddings in a row must be told as the same student before one is kept.
    pub const AGREED: u32 = 3;
    /// An embedding is kept for so many samples at first, and for twice as many each time it is told as the same student again.
    pub const FIRST_KEPT: u32 = 6;
    /// So many samples an embedding serves while its person looks a little different. Who takes a chair between two samples,
    /// and looks as much like who sat there, has that name for so long at most.
    pub const STIRRED_KEPT: u32 = 8;
    /// And so many while they look more different.
    pub const MOVED_KEPT: u32 = 4;

    /// Gives faces with at least `least_px` between the eyes that are known well enough their embedding, if it would be
    /// younger than `most` samples. What is recalled is in the order of `faces`.
    pub(crate) fn recall(
        &mut self,
        picture: Picture<'_>,
        faces: &mut [Face],
        least_px: f32,
        most: u32,
    ) -> Vec<Recalled> {
        if self.size != (picture.width(), picture.height()) {
            self.faces.clear();
        }
        let mut taken = vec![false; self.faces.len()];
        let recall = |face: &mut Face| {
            if face.eye_distance_px < least_px {
                return Recalled::Nothing;
            }
            let overlap = |known: &KnownFace| overlap(&known.area, &face.area);
            let free = self.faces.iter().enumerate().filter(|(i, _)| !taken[*i]);
            let best = free.max_by(|(_, a), (_, b)| overlap(a).total_cmp(&overlap(b))).map(|(i, _)| i);
            let Some(index) = best.filter(|i| overlap(&self.faces[*i]) >= SAME_PLACE) else { return Recalled::Nothing };
            taken[index] = true;
            let known = &self.faces[index];
            let age = known.samples + 1;
            let settled = known.who.is_some() && age < kept_for(known.agreed, most);
            if !settled || age >= serves_for(known.look.alike(&Look::around(picture, &face.area))) {
                return Recalled::Before(known.clone());
            }
            face.embedding = Some(known.embedding.clone());
            face.male_probability = known.male_probability;
            Recalled::Kept(known.clone())
        };
        faces.iter_mut().map(recall).collect()
    }

    /// Remembers this sample in place of the one before. `who` says whose face an embedding is, if that is sure.
    pub(crate) fn keep(
        &mut self,
        picture: Picture<'_>,
        faces: &[Face],
        recalled: Vec<Recalled>,
        who: &dyn Fn(&Embedding) -> Option<StudentId>,
    ) {
        self.size = (picture.width(), picture.height());
        let keep = |(face, recalled): (&Face, Recalled)| {
            let embedding = face.embedding.clone()?;
            let told = who(&embedding);
            let area = face.area;
            Some(match recalled {
                // The roster may have changed since: then nobody is sure of it any more.
                Recalled::Kept(known) if known.who == told => KnownFace { area, samples: known.samples + 1, ..known },
                Recalled::Kept(known) => KnownFace { area, who: told, agreed: 0, ..known },
                Recalled::Before(_) | Recalled::Nothing => {
                    let before = if let Recalled::Before(known) = &recalled { Some(known) } else { None };
                    let same = before.filter(|known| told.is_some() && known.who == told);
                    KnownFace {
                        area,
                        look: Look::around(picture, &area),
                        embedding,
                        male_probability: face.male_probability,
                        who: told,
                        agreed: same.map_or(0, |known| known.agreed) + 1,
                        samples: 0,
                    }
                }
            })
        };
        self.faces = faces.iter().zip(recalled).filter_map(keep).collect();
    }

    /// Whether people without a face must be looked for in a sample with so many faces, if that is done in one of `every`
    /// samples at least: fewer faces than people were there, or it is time.
    pub(crate) fn must_look_for_people(&self, faces: usize, every: u32) -> bool {
        !self.everybody.is_some_and(|then| faces >= then.faces && then.samples + 1 < every)
    }

    /// How many people without a face there were; `None`: nobody looked.
    pub(crate) fn looked_for_people(&mut self, faces: usize, faceless: Option<usize>) {
        self.everybody = match (faceless, self.everybody) {
            (Some(0), _) => Some(Everybody { faces, samples: 0 }),
            (Some(_), _) | (None, None) => None,
            (None, Some(then)) => Some(Everybody { faces: then.faces.max(faces), samples: then.samples + 1 }),
        };
    }
}

/// For how many samples an embedding is kept that was told as the same student so many times running.
fn kept_for(agreed: u32, most: u32) -> u32 {
    let again = agreed.checked_sub(Known::AGREED);
    again.map_or(0, |again| Known::FIRST_KEPT.saturating_mul(2_u32.saturating_pow(again))).min(most)
}

/// For how many samples an embedding serves whose surroundings are so much alike.
fn serves_for(alike: f32) -> u32 {
    match alike {
        SAME_LOOK.. => u32::MAX,
        STIRRED_LOOK.. => Known::STIRRED_KEPT,
        MOVED_LOOK.. => Known::MOVED_KEPT,
        _ => 0,
    }
}

/// What was known of a face.
#[derive(Clone, Debug)]
pub(crate) enum Recalled {
    /// There was none in this place.
    Nothing,
    /// There was one, and it is to be told anew.
    Before(KnownFace),
    /// Its embedding was kept.
    Kept(KnownFace),
}

/// How head and shoulders look: the colours of a coarse grid, without brightness and contrast of the whole.
#[derive(Clone, Debug, PartialEq)]
struct Look(Vec<f32>);

impl Look {
    /// The face's box, half of it to each side and above, and one below.
    fn around(picture: Picture<'_>, face: &PixelArea) -> Self {
        let (left, top) = (face.x - 0.5 * face.width, face.y - 0.5 * face.height);
        let step = (2.0 * face.width / (CELLS * POINTS) as f32, 2.5 * face.height / (CELLS * POINTS) as f32);
        let (right, bottom) = (picture.width() as usize - 1, picture.height() as usize - 1);
        let at = |from: f32, step: f32, i: usize, last: usize| {
            ((from + step * (i as f32 + 0.5)).max(0.0) as usize).min(last)
        };
        let mut cells = vec![0.0; CELLS * CELLS * 3];
        for y in 0..CELLS * POINTS {
            for x in 0..CELLS * POINTS {
                let pixel = (at(top, step.1, y, bottom) * (right + 1) + at(left, step.0, x, right)) * 3;
                let cell = (y / POINTS * CELLS + x / POINTS) * 3;
                for channel in 0..3 {
                    cells[cell + channel] += f32::from(picture.bgr()[pixel + channel]);
                }
            }
        }
        let mean = cells.iter().sum::<f32>() / cells.len() as f32;
        cells.iter_mut().for_each(|v| *v -= mean);
        let length = cells.iter().map(|v| v * v).sum::<f32>().sqrt();
        if length > 0.0 {
            cells.iter_mut().for_each(|v| *v /= length);
        }
        Self(cells)
    }

    /// -1 to 1; nothing is like a flat surface.
    fn alike(&self, other: &Self) -> f32 {
        self.0.iter().zip(&other.0).map(|(a, b)| a * b).sum()
    }
}

/// Intersection over union.
fn overlap(a: &PixelArea, b: &PixelArea) -> f32 {
    let side = |a: f32, wa: f32, b: f32, wb: f32| ((a + wa).min(b + wb) - a.max(b)).max(0.0);
    let common = side(a.x, a.width, b.x, b.width) * side(a.y, a.height, b.y, b.height);
    common / (a.width * a.height + b.width * b.height - common).max(f32::MIN_POSITIVE)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::OwnedPicture;

    const MOST: u32 = 6;

    fn student(n: u8) -> StudentId {
        format!("00000000-0000-7000-8000-0000000000{n:02x}").parse().unwrap()
    }

    /// A room with a person of these colours (hair, skin, clothes) at `x`, with a little noise.
    fn room(x: usize, colours: [[u8; 3]; 3], noise: u8) -> OwnedPicture {
        let pixel = |i: usize| {
            let (px, py) = (i % 200, i / 200);
            let near = px.abs_diff(x + 20);
            let part = match py {
                20..=39 if near < 22 => Some(0),
                40..=79 if near < 18 => Some(1),
                80..=140 if near < 36 => Some(2),
                _ => None,
            };
            let colour = part.map_or([150, 160, 150], |part| colours[part]);
            colour.map(|v: u8| v.saturating_add((i.wrapping_mul(31) % usize::from(noise.max(1))) as u8))
        };
        OwnedPicture::new(200, 150, (0..200 * 150).flat_map(pixel).collect()).unwrap()
    }

    const LI: [[u8; 3]; 3] = [[20, 20, 20], [120, 160, 210], [180, 60, 40]];
    const WANG: [[u8; 3]; 3] = [[30, 60, 110], [130, 170, 220], [60, 160, 200]];

    fn face(x: f32) -> Face {
        Face {
            area: PixelArea { x, y: 35.0, width: 40.0, height: 45.0 },
            score: 0.9,
            landmarks: [[0.0; 2]; 5],
            eye_distance_px: 20.0,
            embedding: None,
            male_probability: None,
        }
    }

    /// One sample; whether the face was embedded. Embeddings point where `who` says.
    fn sample(known: &mut Known, picture: &OwnedPicture, x: f32, who: Option<u8>) -> bool {
        let mut faces = [face(x)];
        let recalled = known.recall(picture.view(), &mut faces, 16.0, MOST);
        let embedded = faces[0].embedding.is_none();
        if embedded {
            faces[0].embedding = Some(Embedding::new("m", vec![1.0, f32::from(who.unwrap_or(0))]).unwrap());
            faces[0].male_probability = Some(0.25);
        }
        assert_eq!(faces[0].male_probability, Some(0.25));
        known.keep(picture.view(), &faces, recalled, &|e| {
            let n = (e.vector()[1] / e.vector()[0]).round() as u8;
            (n > 0).then(|| student(n))
        });
        embedded
    }

    fn settled() -> Known {
        let mut known = Known::default();
        for _ in 0..Known::AGREED {
            assert!(sample(&mut known, &room(60, LI, 4), 60.0, Some(1)));
        }
        known
    }

    #[test]
    fn a_settled_face_is_embedded_once_in_so_many_samples() {
        let mut known = settled();
        let embedded: Vec<bool> =
            (0..12).map(|n| sample(&mut known, &room(60, LI, 4 + n % 3), 60.0, Some(1))).collect();
        let expected: Vec<bool> = (1..=12).map(|n: u32| n.is_multiple_of(MOST)).collect();
        assert_eq!(embedded, expected);
    }

    #[test]
    fn who_is_told_the_same_again_is_kept_twice_as_long_up_to_the_limit() {
        let picture = room(60, LI, 4);
        let (mut known, mut gaps, mut gap) = (Known::default(), Vec::new(), 0);
        for _ in 0..200 {
            let mut faces = [face(60.0)];
            let recalled = known.recall(picture.view(), &mut faces, 16.0, 30);
            gap += 1;
            if faces[0].embedding.is_none() {
                faces[0].embedding = Some(Embedding::new("m", vec![1.0, 1.0]).unwrap());
                gaps.push(std::mem::take(&mut gap));
            }
            known.keep(picture.view(), &faces, recalled, &|_| Some(student(1)));
        }
        assert_eq!(gaps, [1, 1, 1, 6, 12, 24, 30, 30, 30, 30, 30]);
        assert_eq!([kept_for(2, 30), kept_for(3, 4), kept_for(u32::MAX, 30)], [0, 4, 30]);
    }

    #[test]
    fn people_are_looked_for_where_faces_say_too_little_and_now_and_then() {
        let look = |known: &mut Known, faces: usize, faceless: usize| {
            let look = known.must_look_for_people(faces, 3);
            known.looked_for_people(faces, look.then_some(faceless));
            look
        };
        let mut known = Known::default();
        let looked: Vec<bool> = (0..7).map(|_| look(&mut known, 30, 0)).collect();
        assert_eq!(looked, [true, false, false, true, false, false, true]);
        // One turns away: looked for at once, and for as long as there is somebody without a face.
        assert!(look(&mut known, 29, 1) && look(&mut known, 29, 1) && look(&mut known, 30, 0));
        assert!(!look(&mut known, 30, 0));
        // One more comes and turns away again: fewer than there were just now.
        let mut known = Known::default();
        assert!(look(&mut known, 30, 0) && !look(&mut known, 31, 0) && look(&mut known, 30, 1));
        // Asked for in each sample.
        let known = Known { everybody: Some(Everybody { faces: 1, samples: 0 }), ..Known::default() };
        assert!(known.must_look_for_people(9, 1) && known.must_look_for_people(9, 0));
    }

    #[test]
    fn an_unsure_face_is_embedded_every_time() {
        let mut known = Known::default();
        assert!((0..10).all(|_| sample(&mut known, &room(60, LI, 4), 60.0, None)));
        // And so is one that is told as somebody else each time.
        assert!((0..10).all(|n| sample(&mut known, &room(60, LI, 4), 60.0, Some(1 + n % 2))));
    }

    #[test]
    fn another_person_in_the_same_seat_is_embedded_at_once() {
        let mut known = settled();
        assert!(!sample(&mut known, &room(60, LI, 4), 60.0, Some(1)));
        assert!(sample(&mut known, &room(60, WANG, 4), 60.0, Some(2)));
        // And has to settle first.
        assert!(sample(&mut known, &room(60, WANG, 4), 60.0, Some(2)));
        assert!(sample(&mut known, &room(60, WANG, 4), 60.0, Some(2)));
        assert!(!sample(&mut known, &room(60, WANG, 4), 60.0, Some(2)));
    }

    #[test]
    fn who_cannot_sit_still_is_embedded_now_and_then() {
        // Leans to and fro: the same person, and the surroundings are never those of the sample before.
        let (left, right) = (room(52, LI, 4), room(68, LI, 4));
        let alike = |a: &OwnedPicture, b: &OwnedPicture| {
            let around = |p: &OwnedPicture| Look::around(p.view(), &face(60.0).area);
            around(a).alike(&around(b))
        };
        assert!((MOVED_LOOK..STIRRED_LOOK).contains(&alike(&left, &right)), "{}", alike(&left, &right));
        assert!(alike(&left, &room(52, WANG, 4)) < MOVED_LOOK);
        assert_eq!(
            [1.0, 0.9, 0.89, 0.8, 0.79, 0.5, 0.49, f32::NAN].map(serves_for),
            [u32::MAX, u32::MAX, 8, 8, 4, 4, 0, 0]
        );
        let mut known = Known::default();
        for _ in 0..Known::AGREED {
            sample(&mut known, &left, 60.0, Some(1));
        }
        let embedded: Vec<bool> = (0..10).map(|_| sample(&mut known, &right, 60.0, Some(1))).collect();
        // Told once more, it sits still again, and is told when everybody is.
        assert_eq!(embedded, [false, false, false, true, false, false, false, false, false, true]);
        let mut known = Known::default();
        for _ in 0..Known::AGREED {
            sample(&mut known, &left, 60.0, Some(1));
        }
        // Each time it shows as it was embedded, that holds however old it is; the fourth sample in which it may be another does not.
        let rooms = [&right, &left].into_iter().cycle().take(10);
        let embedded: Vec<bool> = rooms.map(|picture| sample(&mut known, picture, 60.0, Some(1))).collect();
        assert_eq!(embedded, [false, false, false, false, true, false, false, false, false, true]);
    }

    #[test]
    fn who_moves_or_is_away_for_a_sample_is_embedded() {
        let mut known = settled();
        assert!(sample(&mut known, &room(90, LI, 4), 90.0, Some(1)));
        let mut known = settled();
        let empty = known.recall(room(60, LI, 4).view(), &mut [], 16.0, MOST);
        known.keep(room(60, LI, 4).view(), &[], empty, &|_| None);
        assert!(sample(&mut known, &room(60, LI, 4), 60.0, Some(1)));
    }

    #[test]
    fn a_little_brighter_is_no_other_look() {
        let brighter = LI.map(|colour| colour.map(|v| v.saturating_add(12)));
        let mut known = settled();
        assert!(!sample(&mut known, &room(61, brighter, 6), 61.0, Some(1)));
    }

    #[test]
    fn a_face_at_the_edge_and_a_picture_of_one_pixel_have_a_look() {
        let tiny = OwnedPicture::new(1, 1, vec![9; 3]).unwrap();
        let look = Look::around(tiny.view(), &PixelArea { x: 0.0, y: 0.0, width: 1.0, height: 1.0 });
        assert_eq!(look.alike(&look), 0.0);
        let picture = room(60, LI, 4);
        let look = Look::around(picture.view(), &PixelArea { x: 180.0, y: 120.0, width: 20.0, height: 30.0 });
        assert!(look.0.iter().all(|v| v.is_finite()));
    }
}
