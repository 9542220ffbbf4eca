//! R9.1, R9.2: how a class's video evidence 视频资料 stands, and what is planned.

use duxue_rules::{
    evidence::{self as rules, Exhibit},
    ids::{ClipId, UploadId},
    policy::Policy,
};
use jiff::{Timestamp, civil::Date};
use serde::Serialize;
use utoipa::ToSchema;

use super::{
    finding::Reason,
    refs::{ClassRef, InstitutionRef, Text, TimeSpan},
    supervision::Overdue,
};

/// Whether the rule holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum EvidenceOutlook {
    /// It holds with the clips that are there.
    Met,
    /// It holds once the planned days are recorded.
    Open,
    /// The class has no training days yet.
    NoDays,
    /// No plan can meet it any more.
    OutOfReach,
}

/// The short of it, for a list of classes.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct EvidenceSummary {
    /// Which class.
    pub class: ClassRef,
    /// Whose it is.
    pub institution: InstitutionRef,
    /// Whether the rule holds.
    pub outlook: EvidenceOutlook,
    /// How many clips count.
    pub counted: u32,
    /// How many must count.
    pub needed: u32,
    /// How many further recordings may fail; null when nothing more is needed or nothing helps any more.
    pub may_fail: Option<u32>,
    /// The last day on which the rest can begin; null when nothing more is needed.
    #[schema(value_type = Option<String>, format = Date)]
    pub last_safe_day: Option<Date>,
    /// The state in sentences.
    pub reasons: Vec<Reason>,
}

/// How a class's evidence stands.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct EvidenceStanding {
    /// The short of it.
    #[serde(flatten)]
    pub summary: EvidenceSummary,
    /// The day on which the last chance to meet the rule was lost; null while there is one, or when there never was.
    #[schema(value_type = Option<String>, format = Date)]
    pub out_of_reach_since: Option<Date>,
    /// How many clips, far enough apart, the open days still have room for.
    pub slots: u32,
    /// Each month of the class's training days.
    pub months: Vec<EvidenceMonth>,
    /// Each training day, in order.
    pub days: Vec<EvidenceDay>,
    /// The clips that do not count, and why.
    pub set_aside: Vec<SetAside>,
    /// What the rule misses today, in its own words; empty when it holds.
    pub findings: Vec<Overdue>,
    /// The numbers that were asked for.
    pub policy: EvidencePolicy,
    /// When the answer was made.
    pub at: Timestamp,
}

/// A month's share.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct EvidenceMonth {
    /// `YYYY-MM`.
    #[schema(example = "2024-10")]
    pub month: String,
    /// How many must count in it.
    pub needed: u32,
    /// How many do.
    pub counted: u32,
    /// How many can still count at best, where that is fewer than needed.
    pub at_best: Option<u32>,
}

/// What a training day has to do with the evidence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum EvidenceDayState {
    /// A clip of it counts.
    Counted,
    /// A clip is planned.
    Planned,
    /// One could still be had, and is not needed.
    Open,
    /// None can be had any more.
    Lost,
}

/// A training day.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct EvidenceDay {
    /// Which.
    #[schema(value_type = String, format = Date)]
    pub date: Date,
    /// What it has to do with the evidence.
    pub state: EvidenceDayState,
    /// The clip that counts.
    #[schema(value_type = Option<Uuid>)]
    pub clip_id: Option<ClipId>,
    /// The video that counts in its place, handed in by the institution and taken as evidence.
    #[schema(value_type = Option<Uuid>)]
    pub upload_id: Option<UploadId>,
    /// The lessons out of which the planned clip is to come, in the order in which they are tried.
    pub lessons: Vec<TimeSpan>,
}

/// A clip, or a video that was handed in, that does not count.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct SetAside {
    /// Which, where it is a clip.
    #[schema(value_type = Option<Uuid>)]
    pub clip_id: Option<ClipId>,
    /// Which, where it is a video that was handed in.
    #[schema(value_type = Option<Uuid>)]
    pub upload_id: Option<UploadId>,
    /// Its date.
    #[schema(value_type = String, format = Date)]
    pub date: Date,
    /// Why not.
    pub why: Text,
}

/// R9.1 in numbers.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
pub struct EvidencePolicy {
    /// Clips of a class, at least.
    pub clips: u32,
    /// Clips of a month, at least.
    pub clips_a_month: u32,
    /// Days between two of them, at least.
    pub days_apart: u32,
    /// Unbroken seconds of each, at least.
    pub seconds: u32,
}

impl EvidencePolicy {
    fn of(policy: &Policy) -> Self {
        Self {
            clips: policy.clip_min_count,
            clips_a_month: policy.clip_month_count,
            days_apart: policy.clip_days_apart,
            seconds: policy.clip_min_seconds,
        }
    }
}

fn count(len: usize) -> u32 {
    u32::try_from(len).unwrap_or(u32::MAX)
}

impl EvidenceSummary {
    pub(crate) fn of(
        class: ClassRef,
        institution: InstitutionRef,
        check: &rules::EvidenceCheck,
        plan: &rules::Plan,
    ) -> Self {
        Self {
            class,
            institution,
            outlook: match plan.outlook {
                rules::Outlook::Met => EvidenceOutlook::Met,
                rules::Outlook::Open => EvidenceOutlook::Open,
                rules::Outlook::NoDays => EvidenceOutlook::NoDays,
                rules::Outlook::OutOfReach { .. } => EvidenceOutlook::OutOfReach,
            },
            counted: count(check.counted.len()),
            needed: check.needed,
            may_fail: plan.may_fail,
            last_safe_day: plan.last_safe_day,
            reasons: plan.reasons.iter().cloned().map(Into::into).collect(),
        }
    }
}

/// A clip or an upload, each in its own field.
fn told(exhibit: Exhibit) -> (Option<ClipId>, Option<UploadId>) {
    match exhibit {
        Exhibit::Clip(id) => (Some(id), None),
        Exhibit::Upload(id) => (None, Some(id)),
    }
}

impl EvidenceStanding {
    pub(crate) fn of(
        summary: EvidenceSummary,
        (days, clips): (&[rules::PlanDay], &[rules::EvidenceClip]),
        (check, plan): (rules::EvidenceCheck, &rules::Plan),
        policy: &Policy,
        at: Timestamp,
    ) -> Self {
        let counted = clips.iter().filter(|clip| check.counted.contains(&clip.clip));
        let counted: Vec<(Date, Exhibit)> = counted.map(|clip| (clip.date(), clip.clip)).collect();
        let day = |day: &rules::PlanDay| {
            let clip = counted.iter().find(|(date, _)| *date == day.date).map(|(_, clip)| *clip);
            let planned = plan.planned.iter().find(|planned| planned.date == day.date);
            let state = match (clip, planned, &day.chance) {
                (Some(_), ..) => EvidenceDayState::Counted,
                (None, Some(_), _) => EvidenceDayState::Planned,
                (None, None, rules::Chance::Open { .. }) => EvidenceDayState::Open,
                (None, None, rules::Chance::Lost { .. }) => EvidenceDayState::Lost,
            };
            let lessons = planned.filter(|_| clip.is_none()).into_iter().flat_map(|planned| &planned.lessons);
            let (clip_id, upload_id) = clip.map_or((None, None), told);
            let lessons = lessons.copied().map(Into::into).collect();
            EvidenceDay { date: day.date, state, clip_id, upload_id, lessons }
        };
        let month = |month: &rules::MonthEvidence| EvidenceMonth {
            month: month.month.to_string(),
            needed: month.needed,
            counted: count(month.counted.len()),
            at_best: plan.short.iter().find(|short| short.month == Some(month.month)).map(|short| short.possible),
        };
        let aside = |aside: rules::SetAside| {
            let (clip_id, upload_id) = told(aside.clip);
            SetAside { clip_id, upload_id, date: aside.date, why: aside.why.text().into() }
        };
        Self {
            summary,
            out_of_reach_since: match plan.outlook {
                rules::Outlook::OutOfReach { since } => since,
                rules::Outlook::Met | rules::Outlook::Open | rules::Outlook::NoDays => None,
            },
            slots: plan.slots,
            months: check.months.iter().map(month).collect(),
            days: days.iter().map(day).collect(),
            set_aside: check.set_aside.into_iter().map(aside).collect(),
            findings: check.findings.into_iter().map(Into::into).collect(),
            policy: EvidencePolicy::of(policy),
            at,
        }
    }
}
