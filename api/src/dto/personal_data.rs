//! What is kept of a person: given to them, or deleted where the law allows.

use std::collections::BTreeMap;

use duxue_rules::{
    ids::{ClassId, StudentId},
    retention::Fate,
};
use jiff::{Timestamp, civil::Date};
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

use super::{
    class::Student,
    exchange::Exchange,
    refs::{Text, UserRef},
    words::Kept,
};

/// Everything that is kept of a student in a class.
#[derive(Clone, Serialize, ToSchema)]
pub struct PersonalData {
    /// Who.
    pub student: Student,
    /// Their ID number in full, if it was recorded.
    pub id_number: Option<String>,
    /// How many face templates there are. A template itself is of use to nobody but the recogniser.
    pub face_templates: u32,
    /// Where else the same person is enrolled, as far as the reader may see: each is asked for by itself.
    pub other_enrolments: Vec<OtherEnrolment>,
    /// When another office was asked about them by file, their ID number with it.
    pub exchanges: Vec<Exchange>,
    /// What was done with what is kept of them, and by whom: each time that the ID number was shown, for one.
    pub log: Vec<PersonalLogEntry>,
    /// The records of the class that are about them, by kind, as a package of the class holds them; ID numbers masked.
    #[schema(value_type = Object)]
    pub records: BTreeMap<String, Value>,
    /// When this was made.
    pub made_at: Timestamp,
}

/// Something that was done with what is kept of a person, out of the audit log.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct PersonalLogEntry {
    /// When.
    pub at: Timestamp,
    /// What, in the log's word.
    #[schema(example = "reveal_id_number")]
    pub action: String,
    /// By whom; null: by the system.
    pub by: Option<UserRef>,
}

/// The same person in another class.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct OtherEnrolment {
    /// As whom.
    #[schema(value_type = Uuid)]
    pub student_id: StudentId,
    /// Where.
    #[schema(value_type = Uuid)]
    pub class_id: ClassId,
}

/// What came of a wish to be forgotten.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Erasure {
    /// What went, and what stays, each with its reason.
    pub items: Vec<ErasureItem>,
}

/// What happened to one kind of what is kept.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ErasureItem {
    /// What it is.
    pub kept: Kept,
    /// Whether it was deleted now.
    pub deleted: bool,
    /// How many there were to delete.
    pub count: u64,
    /// Until when it has to be kept, where that is known.
    #[schema(value_type = Option<String>, format = Date)]
    pub until: Option<Date>,
    /// Why it stays, or why it went.
    pub reason: Text,
}

impl ErasureItem {
    /// A face template goes; everything else stays, by what the rules say of it.
    pub(crate) fn of(kept: duxue_rules::retention::Kept, fate: Fate, deleted: Option<u64>) -> Self {
        let (until, reason) = match fate {
            Fate::MustStay { until, reason } => (until, reason.text.into()),
            Fate::MayGo { .. } => {
                let en = "the time of the archive is over: whoever is in charge of it lets it go with the whole class";
                (None, Text::new("档案保存期已满，由档案负责人随全班一并销毁", en))
            }
            Fate::MustGo { .. } => (None, Text::new("已撤回同意，应予删除", "consent was taken back: it must go")),
        };
        Self { kept: kept.into(), deleted: deleted.is_some(), count: deleted.unwrap_or(0), until, reason }
    }
}
