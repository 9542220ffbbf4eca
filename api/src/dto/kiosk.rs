//! Check-in at a kiosk.

use duxue_rules::{attendance::Window, ids::PunchId};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{
    refs::{ClassRef, DeviceRef, InstitutionRef, StudentRef, Text, VenueRef},
    words::Side,
};

/// What a kiosk has to know before it can check anybody in.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Kiosk {
    /// The device that the token belongs to.
    pub device: DeviceRef,
    /// Where it hangs.
    pub venue: VenueRef,
    /// Whose classroom that is.
    pub institution: InstitutionRef,
    /// What time it is here: a device whose own clock is ahead of it makes punches that do not count.
    pub now: Timestamp,
    /// Whether it can check in by face now.
    pub face: bool,
    /// Why not; null when it can.
    pub face_off: Option<Text>,
    /// The classes that are taught in the classroom today, by their first lesson. Who their students are it is not told: a
    /// device may punch and nothing else.
    pub classes: Vec<KioskClass>,
}

/// A class that is taught in a kiosk's classroom today.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct KioskClass {
    /// Which.
    pub class: ClassRef,
    /// When sign-in counts (R7.3a), both ends inside.
    pub sign_in: KioskWindow,
    /// When sign-out counts.
    pub sign_out: KioskWindow,
}

/// When punches of one side count.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
pub struct KioskWindow {
    /// The first instant.
    pub opens: Timestamp,
    /// The last instant.
    pub closes: Timestamp,
}

impl From<Window> for KioskWindow {
    fn from(Window { opens, closes }: Window) -> Self {
        Self { opens, closes }
    }
}

/// A check-in without a face.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct KioskNumber {
    /// The device's own identity of the punch, 1 to 100 characters. Sent again, it is known and not kept twice.
    #[schema(min_length = 1, max_length = 100, example = "20241008-000124")]
    pub id: String,
    /// 学号, as the student types it.
    #[schema(min_length = 1, max_length = 100)]
    pub number: String,
    /// When it was typed, by the device's clock.
    pub at: Timestamp,
    /// For which end of the day; without it the middle of the day's teaching divides them.
    pub side: Option<Side>,
}

/// What a kiosk is to show of a check-in without a face.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct KioskNumberAnswer {
    /// The punch's identity.
    #[schema(value_type = Uuid)]
    pub punch_id: PunchId,
    /// The family name, and an asterisk for every further character: enough for the student to see that it is them, and
    /// nothing for whoever tries numbers.
    #[schema(example = "李**")]
    pub name: String,
    /// Their class.
    pub class: ClassRef,
    /// For which end of the day.
    pub side: Side,
    /// When it was made.
    pub at: Timestamp,
    /// Whether it was kept before.
    pub known: bool,
    /// What is still to be done, for the student to read: by itself such a punch does not count (R7.3d).
    pub notice: Text,
    /// Whether the device should send its picture of who typed it, by `PUT /punches/{id}/picture`: the student agreed to be
    /// recognised, and somebody is there who can compare. If not, any picture is to be thrown away unseen.
    pub picture_wanted: bool,
}

/// A name of which only the first character can be read.
pub fn masked(name: &str) -> String {
    let mut characters = name.trim().chars();
    characters.next().into_iter().chain(characters.map(|_| '*')).collect()
}

/// What goes along with a kiosk's picture.
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct KioskQuery {
    /// The device's own identity of the punch, 1 to 100 characters. Sent again, it is known and not kept twice.
    #[param(min_length = 1, max_length = 100, example = "20241008-000123")]
    pub id: String,
    /// When the picture was taken, by the device's clock. One that comes later, as there was no network, is compared with
    /// those who were taught then, kept and marked.
    pub at: Timestamp,
    /// For which end of the day; without it the middle of the day's teaching divides them.
    pub side: Option<Side>,
}

/// What a kiosk is to show.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct KioskAnswer {
    /// What was made of the face.
    pub outcome: KioskOutcome,
    /// The punch that was kept; null unless somebody was recognised.
    pub punch: Option<KioskPunch>,
}

/// What was made of a face.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum KioskOutcome {
    /// One of the students, and clearly no other.
    Recognised,
    /// It may be a student's: try again, or check in another way.
    Unsure,
    /// It is nobody's of the classes that are taught here today.
    Unknown,
}

/// A punch by face.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct KioskPunch {
    /// Its identity.
    #[schema(value_type = Uuid)]
    pub id: PunchId,
    /// Who.
    pub student: StudentRef,
    /// Their class.
    pub class: ClassRef,
    /// For which end of the day.
    pub side: Side,
    /// When it was made.
    pub at: Timestamp,
    /// How much the face looks like the student's: cosine, -1 to 1.
    pub similarity: f32,
    /// How much less it looks like the next student's; null: nobody else was there to be compared.
    pub margin: Option<f32>,
    /// Whether it was kept before: the kiosk sent it again.
    pub known: bool,
}

#[cfg(test)]
mod tests {
    use super::masked;

    #[test]
    fn of_a_name_the_first_character_is_left() {
        for (name, shown) in [("李小华", "李**"), ("欧阳", "欧*"), ("王", "王"), (" 张 三", "张**"), ("", "")]
        {
            assert_eq!(masked(name), shown);
        }
    }
}
