//! One person once: which of the people found have none of the faces found.

use crate::{analyser::PixelArea, people::Person};

/// A face belongs to a person whose box holds its middle in this upper share.
const HEAD_SHARE: f32 = 0.6;

/// The people, in their order, to whom no face belongs: they look away, or their head is down.
///
/// A face may belong to several: to the same person found twice, or to somebody sitting right behind. Those are not counted
/// again, as one too many would hide somebody who is missing, and one too few is allowed for in every estimate.
pub(crate) fn without_face(people: &[Person], faces: &[PixelArea]) -> Vec<Person> {
    let faceless = |person: &&Person| !faces.iter().any(|face| belongs(face, person));
    people.iter().filter(faceless).copied().collect()
}

fn belongs(face: &PixelArea, person: &Person) -> bool {
    let across = (face.x + face.width / 2.0 - person.x) / person.width;
    let down = (face.y + face.height / 2.0 - person.y) / person.height;
    (0.0..=1.0).contains(&across) && (0.0..=HEAD_SHARE).contains(&down) && face.width <= person.width
}

#[cfg(test)]
mod tests {
    use super::*;

    fn person(x: f32, y: f32, width: f32, height: f32) -> Person {
        Person { x, y, width, height, score: 0.9 }
    }

    fn face(x: f32, y: f32, side: f32) -> PixelArea {
        PixelArea { x, y, width: side, height: side }
    }

    #[test]
    fn who_faces_the_camera_counts_by_the_face_alone() {
        let (near, away) = (person(0.0, 0.0, 40.0, 100.0), person(100.0, 0.0, 40.0, 100.0));
        assert_eq!(without_face(&[near, away], &[face(10.0, 5.0, 20.0)]), [away]);
        assert_eq!(without_face(&[near, away], &[]), [near, away]);
        assert_eq!(without_face(&[], &[face(10.0, 5.0, 20.0)]), []);
    }

    #[test]
    fn a_person_found_twice_is_one() {
        let (whole, head_and_shoulders) = (person(0.0, 0.0, 60.0, 200.0), person(5.0, 0.0, 50.0, 60.0));
        assert_eq!(without_face(&[whole, head_and_shoulders], &[face(20.0, 5.0, 20.0)]), []);
    }

    #[test]
    fn a_face_at_somebodys_feet_or_larger_than_they_are_is_anothers() {
        let person = person(0.0, 0.0, 40.0, 100.0);
        assert_eq!(without_face(&[person], &[face(10.0, 80.0, 20.0)]), [person]);
        assert_eq!(without_face(&[person], &[face(-5.0, 5.0, 50.0)]), [person]);
    }
}
