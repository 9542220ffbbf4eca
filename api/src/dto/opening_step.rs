//! 二, 五, 六: what is sent along with a step of an opening.

use duxue_rules::{
    ids::{CameraId, FileId, StudentId, UserId, VenueId},
    opening::PictureReport,
};
use jiff::{Timestamp, civil::Date};
use serde::Deserialize;
use utoipa::ToSchema;

use super::words::{FilingPaper, SelfCheckItem};
use crate::problem::FieldProblem;

/// What an opening is to be from now on.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewDraft {
    /// The revision that the change starts from.
    pub revision: i64,
    /// The class's name, `YYYY年{major}专业{batch}班期` (R6.1); the class is called that from now on.
    #[schema(example = "2024年电子商务专业1班期")]
    pub name: String,
    /// Where it will be taught (R1.2).
    #[schema(value_type = Vec<Uuid>)]
    pub venue_ids: Vec<VenueId>,
    /// With which textbooks (R1.3).
    pub textbooks: Vec<NewTextbook>,
}

/// A textbook to use.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewTextbook {
    /// Its title.
    #[schema(min_length = 1, max_length = 200)]
    pub title: String,
    /// Whether it is in 《人力资源社会保障部职业培训规划教材选用目录》. One that is not needs the bureau's exception.
    pub in_catalogue: bool,
}

/// A self-check (R2.1).
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewSelfCheck {
    /// The revision that it starts from.
    pub revision: i64,
    /// Item by item.
    pub checks: Vec<NewSelfCheckItem>,
}

/// An item of a self-check.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewSelfCheckItem {
    /// Which.
    pub item: SelfCheckItem,
    /// When it was checked; not after today.
    #[schema(value_type = String, format = Date)]
    pub on: Date,
    /// The bureau's approval.
    #[schema(value_type = Uuid)]
    pub file_id: FileId,
}

/// A review on site (R5.1), as the signed-in reviewer found it today.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewFiling {
    /// The revision that it starts from.
    pub revision: i64,
    /// Student by student.
    pub students: Vec<NewStudentFiling>,
}

/// What the reviewer found of one student.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewStudentFiling {
    /// Who.
    #[schema(value_type = Uuid)]
    pub student_id: StudentId,
    /// The papers that are in order.
    pub in_order: Vec<FilingPaper>,
}

/// An application (R6.1, R2.2, 七(六)).
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewApplication {
    /// The revision that it starts from.
    pub revision: i64,
    /// The name on the provincial platform.
    pub online_name: String,
    /// The class's number there.
    #[schema(max_length = 100)]
    pub platform_number: String,
    /// 联络员 of the institution.
    #[schema(value_type = Option<Uuid>)]
    pub liaison_id: Option<UserId>,
    /// 班主任 of the class.
    #[schema(value_type = Option<Uuid>)]
    pub class_manager_id: Option<UserId>,
    /// The readiness of every room of the draft.
    pub rooms: Vec<NewRoom>,
}

/// A room in which people sat before its cameras.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewRoom {
    /// Which.
    #[schema(value_type = Uuid)]
    pub venue_id: VenueId,
    /// From when; uptime, gaps and bit rate are taken from what was recorded.
    pub from: Timestamp,
    /// Until when, ten minutes or more later and not after now.
    pub until: Timestamp,
    /// The students who were in the room, as counted by a person.
    pub students: u32,
    /// The different students whose faces the cameras saw.
    pub students_seen: u32,
    /// What the pictures were like, where the system did not sample them in that time itself.
    #[serde(default)]
    pub pictures: Vec<NewPictures>,
}

/// What the pictures of a camera were like.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewPictures {
    /// Which camera of the room.
    #[schema(value_type = Uuid)]
    pub camera_id: CameraId,
    /// Middle value of the mean luma, 0 to 255.
    pub brightness: f64,
    /// Middle value of the variance of the Laplacian of luma on the picture scaled to 640 wide.
    pub sharpness: f64,
    /// Share of pictures that were black, 0 to 1.
    pub black_share: f64,
    /// Share of pictures that were the same as the one before, 0 to 1.
    pub frozen_share: f64,
    /// Middle value of the pixels between the eyes over all faces.
    pub eye_distance_px: f64,
    /// Share of the faces that were big enough to be recognised, 0 to 1.
    pub recognisable_share: f64,
}

impl NewPictures {
    /// As the rules take it; numbers that nothing can have are named, below `field`.
    pub(crate) fn report(&self, field: &str) -> Result<PictureReport, Vec<FieldProblem>> {
        let mut wrong = Vec::new();
        let mut up_to = |name: &str, value: f64, most: f64| {
            if !(0.0..=most).contains(&value) {
                let en = format!("a number from 0 to {most}");
                wrong.push(FieldProblem::shape(format!("{field}.{name}"), format!("应为 0 至 {most} 的数"), en));
            }
            value as f32
        };
        let report = PictureReport {
            brightness: up_to("brightness", self.brightness, 255.0),
            // The greatest variance that 8-bit luma can have is far below.
            sharpness: up_to("sharpness", self.sharpness, 1e7),
            black_share: up_to("black_share", self.black_share, 1.0),
            frozen_share: up_to("frozen_share", self.frozen_share, 1.0),
            eye_distance_px: up_to("eye_distance_px", self.eye_distance_px, 10_000.0),
            recognisable_share: up_to("recognisable_share", self.recognisable_share, 1.0),
        };
        if wrong.is_empty() { Ok(report) } else { Err(wrong) }
    }
}

/// The centre's word on an application (R6.2).
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OpeningDecision {
    /// The revision that it starts from.
    pub revision: i64,
    /// Whether it is approved; otherwise it goes back.
    pub approved: bool,
    /// Why it goes back, 1 to 2000 characters; of no meaning with an approval.
    #[serde(default)]
    #[schema(max_length = 2000)]
    pub reason: Option<String>,
}

/// The class begins.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewStart {
    /// The revision that it starts from.
    pub revision: i64,
    /// The day of its first lesson, not after today.
    #[schema(value_type = String, format = Date)]
    pub on: Date,
}
