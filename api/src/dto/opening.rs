//! 二, 五, 六: the opening of a class, as it is shown.

use std::collections::HashMap;

use duxue_rules::{
    finding::Finding,
    ids::{CameraId, StudentId, UserId, VenueId},
    opening::{Applied, Approved, CameraReport, Filing as FilingFacts, Opening, RoomReport, TextbookGround},
};
use duxue_storage::opening::Dossier;
use jiff::{Timestamp, civil::Date};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    refs::{ClassRef, StudentRef, UserRef, VenueRef},
    rule_finding::RuleFinding,
    words::{FilingPaper, OpeningStage, SelfCheckItem},
};

/// Names that a dossier needs.
#[derive(Default)]
pub(crate) struct Names {
    pub(crate) users: HashMap<UserId, String>,
    pub(crate) venues: HashMap<VenueId, String>,
    pub(crate) students: HashMap<StudentId, String>,
}

impl Names {
    fn user(&self, id: UserId) -> UserRef {
        UserRef { id, display_name: self.users.get(&id).cloned().unwrap_or_default() }
    }
}

/// How far the opening of a class is.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct OpeningDossier {
    /// Which class.
    pub class: ClassRef,
    /// Where it stands.
    pub stage: OpeningStage,
    /// Grows by one with every step; name it to take the next.
    pub revision: i64,
    /// The name that the class will have (R6.1).
    pub name: String,
    /// The first training day that is planned.
    #[schema(value_type = String, format = Date)]
    pub first_day: Date,
    /// Where it will be taught.
    pub venues: Vec<VenueRef>,
    /// With which textbooks.
    pub textbooks: Vec<Textbook>,
    /// R2.1, item by item; null until it was passed.
    pub self_check: Option<Vec<SelfCheckedItem>>,
    /// R5.1; null until it was passed.
    pub filing: Option<Filing>,
    /// R6.1; null until it was handed in, and after it was sent back.
    pub application: Option<Application>,
    /// R2.2: what the newest application came with, room by room.
    pub readiness: Vec<Readiness>,
    /// Why the newest application was sent back.
    pub sent_back_because: Option<String>,
    /// R6.2; null until it was given.
    pub approval: Option<Approval>,
    /// The day of the first lesson, once the class runs.
    #[schema(value_type = Option<String>, format = Date)]
    pub running_since: Option<Date>,
    /// What the next step misses, were it taken now with nothing more.
    pub missing: Vec<RuleFinding>,
    /// When the newest step was taken; null before the first.
    pub changed_at: Option<Timestamp>,
    /// Who took it.
    pub changed_by: Option<UserRef>,
}

/// Why a textbook may be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = TextbookGround)]
#[serde(rename_all = "snake_case")]
pub enum Ground {
    /// It is in the national catalogue.
    Catalogue,
    /// 特殊情况: the bureau approved it.
    Exception,
    /// Neither, so far.
    None,
}

/// A textbook of a class.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Textbook {
    /// Its title.
    pub title: String,
    /// Why it may be used.
    pub ground: Ground,
}

/// A checked item.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct SelfCheckedItem {
    /// Which.
    pub item: SelfCheckItem,
    /// When.
    #[schema(value_type = String, format = Date)]
    pub on: Date,
    /// The bureau's approval.
    pub file_id: Option<Uuid>,
}

/// The review on site.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Filing {
    /// The reviewer of the centre.
    pub by: UserRef,
    /// When.
    #[schema(value_type = String, format = Date)]
    pub on: Date,
    /// Student by student.
    pub students: Vec<StudentFiling>,
}

/// What the reviewer found of one student.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct StudentFiling {
    /// Who.
    pub student: StudentRef,
    /// The papers that are in order.
    pub in_order: Vec<FilingPaper>,
}

/// What the institution applied with.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Application {
    /// The name on the provincial platform.
    pub online_name: String,
    /// The class's number there.
    pub platform_number: String,
    /// 联络员.
    pub liaison: Option<UserRef>,
    /// 班主任.
    pub class_manager: Option<UserRef>,
    /// When.
    pub applied_at: Timestamp,
}

/// The centre's approval.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Approval {
    /// Who.
    pub by: UserRef,
    /// When.
    #[schema(value_type = String, format = Date)]
    pub on: Date,
}

/// What was measured of a room.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Readiness {
    /// The students who were in the room.
    pub students: u32,
    /// Those among them whom the cameras saw.
    pub students_seen: u32,
    /// Camera by camera.
    pub cameras: Vec<CameraReadiness>,
}

/// What was measured of a camera.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct CameraReadiness {
    /// Which.
    #[schema(value_type = Uuid)]
    pub camera_id: CameraId,
    /// When the measuring ended.
    pub measured_at: Timestamp,
    /// Whether the system measured the pictures itself; otherwise the institution handed the numbers in.
    pub sampled: bool,
    /// Mean luma, 0 to 255.
    pub brightness: f32,
    /// Variance of the Laplacian of luma.
    pub sharpness: f32,
    /// Share of pictures that were black.
    pub black_share: f32,
    /// Share of pictures that were the same as the one before.
    pub frozen_share: f32,
    /// Share of the time in which footage was recorded.
    pub uptime_share: f32,
    /// The longest time without footage.
    pub longest_gap_seconds: u32,
    /// Mean bit rate of what was recorded.
    pub bitrate_bps: u64,
    /// Pixels between the eyes.
    pub eye_distance_px: f32,
    /// Share of the faces that were big enough to be recognised.
    pub recognisable_share: f32,
}

impl OpeningDossier {
    pub(crate) fn of(dossier: Dossier, names: &Names, missing: Vec<Finding>) -> Self {
        let opening = &dossier.opening;
        let draft = opening.draft();
        let venue = |id: &VenueId| VenueRef { id: *id, name: names.venues.get(id).cloned().unwrap_or_default() };
        let textbook = |textbook: &duxue_rules::opening::Textbook| Textbook {
            title: textbook.title.clone(),
            ground: match textbook.ground {
                TextbookGround::Catalogue => Ground::Catalogue,
                TextbookGround::Exception { .. } => Ground::Exception,
                TextbookGround::None => Ground::None,
            },
        };
        let (changed_at, changed_by) = dossier.changed.unzip();
        Self {
            class: dossier.class.into(),
            stage: opening.stage().into(),
            revision: dossier.revision,
            name: draft.name.to_string(),
            first_day: draft.first_day,
            venues: draft.venues.iter().map(venue).collect(),
            textbooks: draft.textbooks.iter().map(textbook).collect(),
            self_check: self_check(opening),
            filing: opening.filed().map(|filed| Filing::of(&filed.filing, names)),
            application: opening.applied().map(|applied| Application::of(applied, names)),
            readiness: dossier.readiness.into_iter().map(Readiness::from).collect(),
            sent_back_because: dossier.sent_back_because,
            approval: opening.approved().map(|Approved { by, on, .. }| Approval { by: names.user(*by), on: *on }),
            running_since: opening.running().map(|running| running.since),
            missing: missing.into_iter().map(Into::into).collect(),
            changed_at,
            changed_by: changed_by.map(Into::into),
        }
    }
}

fn self_check(opening: &Opening) -> Option<Vec<SelfCheckedItem>> {
    let checks = opening.self_checked()?.checks.iter();
    Some(
        checks
            .map(|check| SelfCheckedItem { item: check.item.into(), on: check.on, file_id: check.file.parse().ok() })
            .collect(),
    )
}

impl Filing {
    fn of(filing: &FilingFacts, names: &Names) -> Self {
        let student = |line: &duxue_rules::opening::StudentFiling| StudentFiling {
            student: StudentRef {
                student_id: line.student,
                name: names.students.get(&line.student).cloned().unwrap_or_default(),
            },
            in_order: line.in_order.iter().map(|paper| (*paper).into()).collect(),
        };
        Self { by: names.user(filing.by), on: filing.on, students: filing.students.iter().map(student).collect() }
    }
}

impl Application {
    fn of(applied: &Applied, names: &Names) -> Self {
        let application = &applied.application;
        Self {
            online_name: application.online_name.clone(),
            platform_number: application.platform_number.clone(),
            liaison: application.liaison.map(|id| names.user(id)),
            class_manager: application.class_manager.map(|id| names.user(id)),
            applied_at: application.applied_at,
        }
    }
}

impl From<RoomReport> for Readiness {
    fn from(room: RoomReport) -> Self {
        let RoomReport { cameras, students, students_seen } = room;
        Self { students, students_seen, cameras: cameras.into_iter().map(Into::into).collect() }
    }
}

impl From<CameraReport> for CameraReadiness {
    fn from(report: CameraReport) -> Self {
        let CameraReport {
            camera,
            measured_at,
            sampled,
            brightness,
            sharpness,
            black_share,
            frozen_share,
            uptime_share,
            longest_gap_seconds,
            bitrate_bps,
            eye_distance_px,
            recognisable_share,
        } = report;
        Self {
            camera_id: camera,
            measured_at,
            sampled,
            brightness,
            sharpness,
            black_share,
            frozen_share,
            uptime_share,
            longest_gap_seconds,
            bitrate_bps,
            eye_distance_px,
            recognisable_share,
        }
    }
}
