//! What a sampled picture tells of the camera itself: whether it still looks where it looked, and a few bytes by which
//! the same moment is known again.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};

use crate::{observation::Observation, policy::Policy};

/// Places of a picture from left to right.
pub const COLUMNS: usize = 12;
/// And from top to bottom.
pub const ROWS: usize = 8;

/// What a sample tells of its camera.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Look {
    /// How bright each place of the picture is.
    pub cells: Cells,
    /// How the stream describes itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stream: Option<StreamPrint>,
    /// The picture against the camera's reference picture, where there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scene: Option<SceneMatch>,
}

/// Mean luma of [`COLUMNS`] × [`ROWS`] places, row by row; written as hexadecimal digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cells(pub [u8; COLUMNS * ROWS]);

/// How a stream describes itself. The same camera with the same settings says the same, day after day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StreamPrint {
    /// As in RFC 6381, such as `avc1.640028`.
    pub codec: String,
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
    /// The first 16 hexadecimal digits of the SHA-256 of the parameter sets (SPS and PPS), which the encoder writes.
    pub parameters: String,
}

/// A picture against the reference picture of its camera. People and light are let go of: what counts is where the
/// room's own edges are, and that they are there at all.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct SceneMatch {
    /// How much the edges of the reference are where they were: 1 all of them, about 0 none.
    pub alike: f32,
    /// Where they are instead, when they are found together somewhere else.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shift: Option<Shift>,
    /// Of the places in which the reference shows something, the share that show anything now, 0 to 1.
    pub detail: f32,
    /// Sharpness as a share of the reference's.
    pub sharpness: f32,
}

/// Where the room has gone to in the picture, in shares of its width and height; right and down are positive.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Shift {
    /// To the right.
    pub x: f32,
    /// Down.
    pub y: f32,
    /// How much the edges are alike there.
    pub alike: f32,
}

/// Whether a camera's reference picture may be made of this sample: it is as bright and sharp as R2.2 asks (二、2), and somebody
/// is seen in it. A camera that is covered, out of focus or turned to a wall in its first lesson gets its reference later.
pub fn may_be_reference(seen: &Observation, policy: &Policy) -> bool {
    let bright = policy.readiness_min_brightness..=policy.readiness_max_brightness;
    bright.contains(&seen.picture.brightness)
        && seen.picture.sharpness >= policy.readiness_min_sharpness
        && seen.people() > 0
}

impl Serialize for Cells {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let text: String = self.0.iter().map(|luma| format!("{luma:02x}")).collect();
        to.serialize_str(&text)
    }
}

impl<'de> Deserialize<'de> for Cells {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = String::deserialize(from)?;
        Self::read(&text).ok_or_else(|| D::Error::custom(format!("{} hexadecimal digits", 2 * COLUMNS * ROWS)))
    }
}

impl Cells {
    fn read(text: &str) -> Option<Self> {
        let mut cells = [0; COLUMNS * ROWS];
        if text.len() != 2 * cells.len() || !text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return None;
        }
        for (cell, index) in cells.iter_mut().zip((0..).step_by(2)) {
            *cell = u8::from_str_radix(text.get(index..index + 2)?, 16).ok()?;
        }
        Some(Self(cells))
    }
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;
    use uuid::Uuid;

    use super::*;
    use crate::observation::{Area, PictureMeasures};

    #[test]
    fn a_reference_is_bright_sharp_and_shows_somebody() {
        let policy = Policy::default();
        let area = Area { x: 0.4, y: 0.4, width: 0.1, height: 0.3 };
        let sample = |brightness: f32, sharpness: f32, faceless: usize| Observation {
            id: Uuid::nil().into(),
            session: Uuid::nil().into(),
            camera: Uuid::nil().into(),
            at: Timestamp::UNIX_EPOCH,
            faces: Vec::new(),
            faceless: vec![area; faceless],
            picture: PictureMeasures { brightness, sharpness, change: None },
            look: None,
        };
        let (least, most, sharp) =
            (policy.readiness_min_brightness, policy.readiness_max_brightness, policy.readiness_min_sharpness);
        assert!(
            may_be_reference(&sample(least, sharp, 1), &policy) && may_be_reference(&sample(most, sharp, 2), &policy)
        );
        assert!(!may_be_reference(&sample(120.0, sharp, 0), &policy), "nobody is seen");
        assert!(!may_be_reference(&sample(120.0, sharp - 0.1, 1), &policy), "covered or out of focus");
        assert!(!may_be_reference(&sample(least - 0.1, sharp, 1), &policy), "dark");
        assert!(!may_be_reference(&sample(most + 0.1, sharp, 1), &policy), "blinded");
        assert!(!may_be_reference(&sample(f32::NAN, sharp, 1), &policy));
        assert!(!may_be_reference(&sample(120.0, f32::NAN, 1), &policy));
    }

    #[test]
    fn cells_are_written_in_two_digits_each_and_nothing_else_is_read() {
        let mut cells = Cells([7; COLUMNS * ROWS]);
        cells.0[1] = 255;
        let text = serde_json::to_string(&cells).unwrap();
        assert!(text.starts_with("\"07ff07") && text.len() == 2 + 192, "{text}");
        assert_eq!(serde_json::from_str::<Cells>(&text).unwrap(), cells);
        for wrong in ["\"07\"".to_owned(), text.replace("07ff", "+7ff"), text.replace("07ff", "é7f")] {
            assert!(serde_json::from_str::<Cells>(&wrong).is_err(), "{wrong}");
        }
    }
}
