//! Where the seats of a room are in the picture.

/// Pixels across and down of a drawn picture.
pub(crate) const WIDTH: f32 = 1920.0;
pub(crate) const HEIGHT: f32 = 1080.0;

/// Where the rear wall meets the floor.
pub(crate) const FLOOR_Y: f32 = 470.0;

/// One seat.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Place {
    /// The row, 0 in front.
    pub(crate) row: u32,
    /// The middle of the face of whoever sits there.
    pub(crate) x: f32,
    pub(crate) y: f32,
    /// How wide that face is.
    pub(crate) face: f32,
}

impl Place {
    /// The upper edge of the desk.
    pub(crate) fn desk_y(self) -> f32 {
        self.y + 1.52 * self.face
    }
}

/// The places of `seats` seats: front row first, each row from left to right.
pub(crate) fn places(seats: u32) -> Vec<Place> {
    let rows = match seats {
        0..=4 => 1,
        5..=8 => 2,
        9..=12 => 3,
        13..=20 => 4,
        _ => 5,
    };
    let columns = seats.div_ceil(rows);
    // Two elbows fit between two faces, and a single row sits in the middle of the room.
    let crowd = match rows {
        5 => 0.78,
        4 => 0.84,
        _ => 1.0,
    };
    let front = (WIDTH / (columns as f32 * 2.75)).clamp(60.0, 150.0) * crowd;
    let back = (front * 0.66).max(58.0).min(front);
    let (front_y, back_y) = (HEIGHT - 2.15 * front, if rows > 3 { 170.0 } else { 255.0 });
    let mut places = Vec::new();
    for row in 0..rows {
        // Rows come closer to each other towards the back, as faces get smaller.
        let depth = if rows == 1 { 0.35 } else { row as f32 / (rows - 1) as f32 };
        let face = front + (back - front) * depth.powf(0.85);
        let y = front_y + (back_y - front_y) * depth.powf(0.86);
        let narrow = 1.0 - 0.16 * depth;
        let here = columns.min(seats - row * columns);
        for column in 0..here {
            let slot = (column as f32 + 0.5) / here as f32 - 0.5;
            let aside = if row % 2 == 0 { 0.0 } else { 0.10 / columns as f32 };
            places.push(Place { row, x: WIDTH * (0.5 + (slot + aside) * narrow), y, face });
        }
    }
    places
}

/// Where the face of whoever sits on a seat of a room is drawn, as shares of the picture: left, top, width and height. Heads
/// move by a tenth of a face around it.
pub fn face_at(seats: u32, seat: u32) -> Option<[f32; 4]> {
    let Place { x, y, face, .. } = *places(seats).get(seat as usize)?;
    Some([(x - 0.5 * face) / WIDTH, (y - 0.62 * face) / HEIGHT, face / WIDTH, 1.3 * face / HEIGHT])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::script::MAX_SEATS;

    #[test]
    fn a_face_is_where_its_place_is() {
        let [left, top, width, height] = face_at(20, 7).unwrap();
        let place = places(20)[7];
        assert!((left..left + width).contains(&(place.x / WIDTH)) && (top..top + height).contains(&(place.y / HEIGHT)));
        assert_eq!(face_at(20, 20), None);
    }

    #[test]
    fn nobody_hides_anybody_and_all_are_in_the_picture() {
        for seats in 1..=MAX_SEATS {
            let places = places(seats);
            assert_eq!(places.len() as u32, seats);
            let smallest = places.iter().map(|p| p.face).fold(f32::MAX, f32::min);
            assert!(smallest >= if seats <= 12 { 90.0 } else { 55.0 }, "{seats} seats: {smallest}");
            for (n, a) in places.iter().enumerate() {
                assert!(a.x > 0.8 * a.face && a.x < WIDTH - 0.8 * a.face && a.y > a.face && a.desk_y() < HEIGHT);
                for b in &places[n + 1..] {
                    // Hair ends 1 face width above the middle, chins 0.7 below; heads move by a tenth.
                    let beside = (a.x - b.x).abs() > 0.75 * (a.face + b.face);
                    let above = (a.y - a.face) - (b.y + 0.72 * b.face) > 0.0;
                    assert!(beside || above, "{seats} seats: {a:?} {b:?}");
                }
            }
        }
    }
}
