//! R7.1a, R7.4: records of remote supervision and how a class's supervision stands.

use duxue_rules::{
    ids::{SupervisionId, WatchId},
    supervision as rules,
    text::Remark,
};
use duxue_storage::supervision::RemoteSupervision as Row;
use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::refs::{ClassRef, Text, UserRef};
use crate::{
    problem::{Failure, FieldProblem},
    sign::{Signature, Signing},
};

/// What came of looking at one item.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case", tag = "look", deny_unknown_fields)]
pub enum Look {
    /// As it should be.
    SeenFine,
    /// Not as it should be.
    NotFine {
        /// What is wrong.
        what: String,
    },
    /// Not looked at this time.
    #[default]
    NotLookedAt,
}

macro_rules! checklist {
    ($($(#[$doc:meta])* $item:ident),+ $(,)?) => {
        /// R7.1a: what supervision looks at. An item that is left out was not looked at.
        #[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
        #[serde(default, deny_unknown_fields)]
        pub struct Checklist {
            $($(#[$doc])* pub $item: Look,)+
        }

        impl Checklist {
            /// As the rules want it; every remark that says nothing is named.
            pub(crate) fn checked(self) -> Result<rules::Checklist, Failure> {
                let mut wrong = Vec::new();
                let checked = rules::Checklist {
                    $($item: look(self.$item, concat!("checklist.", stringify!($item), ".what"), &mut wrong),)+
                };
                if wrong.is_empty() { Ok(checked) } else { Err(Failure::Invalid(wrong)) }
            }
        }

        impl From<rules::Checklist> for Checklist {
            fn from(checklist: rules::Checklist) -> Self {
                Self { $($item: checklist.$item.into(),)+ }
            }
        }
    };
}

checklist! {
    /// 参加培训人员是否真实自愿.
    voluntary,
    /// 学员出勤情况是否真实.
    attendance_real,
    /// 是否有专人负责培训班的管理工作.
    manager_named,
    /// 是否建立学员培训台账、档案.
    ledgers_kept,
    /// 是否及时记录学员出勤请假等情况.
    leave_recorded,
    /// 是否存在违反相关补贴性培训要求的情况.
    conduct,
    /// 是否存在中途退出的学员.
    drop_outs,
    /// 是否存在班级男女数量与上报数量不一致.
    sex_counts,
    /// 是否存在学员替换等情况.
    replaced,
    /// 教学计划执行情况.
    plan_followed,
}

fn look(look: Look, field: &str, wrong: &mut Vec<FieldProblem>) -> rules::Look {
    match look {
        Look::SeenFine => rules::Look::SeenFine,
        Look::NotLookedAt => rules::Look::NotLookedAt,
        Look::NotFine { what } => match Remark::new(what) {
            Ok(what) => rules::Look::NotFine { what },
            Err(_) => {
                wrong.push(FieldProblem::rule(field, "R7.1a", "请写明存在的问题。", "say what is not fine"));
                rules::Look::NotLookedAt
            }
        },
    }
}

impl From<rules::Look> for Look {
    fn from(look: rules::Look) -> Self {
        match look {
            rules::Look::SeenFine => Self::SeenFine,
            rules::Look::NotFine { what } => Self::NotFine { what: what.into() },
            rules::Look::NotLookedAt => Self::NotLookedAt,
        }
    }
}

/// A record of remote supervision to sign.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewRemoteSupervision {
    /// The civil day on which was watched; today without it. The system's own log says what was watched then.
    #[schema(value_type = Option<String>, format = Date)]
    pub date: Option<Date>,
    /// What was seen.
    pub checklist: Checklist,
    /// What else there is to say.
    #[serde(default)]
    pub remark: String,
    /// The supervisor's signature.
    pub signing: Signing,
}

/// A signed record of remote supervision.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct RemoteSupervision {
    /// Its identity.
    #[schema(value_type = Uuid)]
    pub id: SupervisionId,
    /// Of which class.
    pub class: ClassRef,
    /// Who watched.
    pub supervisor: UserRef,
    /// The civil day of the watching, by which it counts for a week.
    #[schema(value_type = String, format = Date)]
    pub watched_on: Date,
    /// The logged viewings that it rests on.
    pub watches: Vec<WatchedTeaching>,
    /// What was seen.
    pub checklist: Checklist,
    /// What else there is to say.
    pub remark: Option<String>,
    /// Who signed, when, and whether the record is still what was signed.
    pub signatures: Vec<Signature>,
}

/// A viewing that showed the class's teaching live.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct WatchedTeaching {
    /// The viewing.
    #[schema(value_type = Uuid)]
    pub watch_id: WatchId,
    /// How much teaching it showed.
    pub seconds: u32,
}

impl RemoteSupervision {
    pub(crate) fn of(row: Row, signatures: Vec<duxue_storage::signature::Signature>) -> Self {
        let record = row.signed.record();
        let watches = record.basis.iter();
        Self {
            id: record.id,
            class: row.class.into(),
            supervisor: row.supervisor.into(),
            watched_on: row.signed.watched_on(),
            watches: watches.map(|b| WatchedTeaching { watch_id: b.watch(), seconds: b.seconds() }).collect(),
            checklist: record.checklist.clone().into(),
            remark: record.remark.clone().map(String::from),
            signatures: signatures.into_iter().map(|signature| Signature::of(signature, record)).collect(),
        }
    }
}

/// How something that is due stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// Its time is over and it was not done.
    Overdue,
    /// The day planned for it is over; the notice's time still runs.
    Behind,
    /// There is still time.
    Open,
    /// It is done.
    Done,
}

impl From<rules::Standing> for Standing {
    fn from(standing: rules::Standing) -> Self {
        match standing {
            rules::Standing::Overdue => Self::Overdue,
            rules::Standing::Behind => Self::Behind,
            rules::Standing::Open => Self::Open,
            rules::Standing::Done => Self::Done,
        }
    }
}

/// R7.4: how a class's supervision stands today.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct SupervisionStanding {
    /// Every week of the class that has a training day, in order.
    pub weeks: Vec<SupervisedWeek>,
    /// R7.4b: its on-site inspections; null for a class without a training day.
    pub visits: Option<Visits>,
    /// R7.4c: the kinds of means used on it; null for a class without a training day.
    pub means: Option<MeansCheck>,
    /// What is overdue, in the rules' words.
    pub findings: Vec<Overdue>,
    /// When the answer was made.
    pub at: Timestamp,
}

/// A week's remote supervision.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct SupervisedWeek {
    /// Its Monday.
    #[schema(value_type = String, format = Date)]
    pub monday: Date,
    /// The class's training days in it.
    pub training_days: u32,
    /// How many records are needed.
    pub needed: u32,
    /// How many are signed and count.
    pub signed: u32,
    /// The last training day of the week.
    #[schema(value_type = String, format = Date)]
    pub by: Date,
    /// How it stands.
    pub standing: Standing,
}

/// R7.4b: a class's on-site inspections.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Visits {
    /// How many are needed.
    pub needed: u32,
    /// Those that count: days of teaching with a sheet that everybody signed.
    pub visits: Vec<Visit>,
    /// When each of those needed is planned for.
    pub plan: Vec<PlannedVisit>,
    /// The class's last training day.
    #[schema(value_type = String, format = Date)]
    pub by: Date,
    /// How the whole stands.
    pub standing: Standing,
}

/// A day on which the class was inspected.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Visit {
    /// The day.
    #[schema(value_type = String, format = Date)]
    pub on: Date,
    /// Its sheets.
    #[schema(value_type = Vec<Uuid>)]
    pub sheets: Vec<SupervisionId>,
}

/// One of the inspections that are needed.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct PlannedVisit {
    /// 1 for the first.
    pub number: u32,
    /// The training day by which it is planned.
    #[schema(value_type = String, format = Date)]
    pub by: Date,
    /// How it stands.
    pub standing: Standing,
}

/// A kind of means 监管手段.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Means {
    /// 远程监控.
    Remote,
    /// 现场督导检查.
    OnSite,
    /// 按比例抽查.
    SpotCheck,
}

/// R7.4c: the kinds of means used on a class.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct MeansCheck {
    /// How many kinds are needed.
    pub needed: u32,
    /// Those that were used.
    pub used: Vec<Means>,
    /// The class's last training day.
    #[schema(value_type = String, format = Date)]
    pub by: Date,
    /// How it stands.
    pub standing: Standing,
}

impl From<rules::Visits> for Visits {
    fn from(visits: rules::Visits) -> Self {
        let rules::Visits { needed, visits, plan, by, standing } = visits;
        let planned =
            |rules::PlannedVisit { number, by, standing }| PlannedVisit { number, by, standing: standing.into() };
        Self {
            needed,
            visits: visits.into_iter().map(|rules::Visit { on, sheets }| Visit { on, sheets }).collect(),
            plan: plan.into_iter().map(planned).collect(),
            by,
            standing: standing.into(),
        }
    }
}

impl From<rules::MeansCheck> for MeansCheck {
    fn from(check: rules::MeansCheck) -> Self {
        let rules::MeansCheck { needed, used, by, standing } = check;
        let word = |means| match means {
            rules::Means::Remote => Means::Remote,
            rules::Means::OnSite => Means::OnSite,
            rules::Means::SpotCheck => Means::SpotCheck,
        };
        Self { needed, used: used.into_iter().map(word).collect(), by, standing: standing.into() }
    }
}

/// Something that a rule misses.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Overdue {
    /// The rule.
    #[schema(example = "R7.4a")]
    pub rule: String,
    /// A stable word for it.
    pub code: String,
    /// What was expected.
    pub expected: Text,
    /// What is there.
    pub seen: Text,
}

impl From<duxue_rules::finding::Finding> for Overdue {
    fn from(finding: duxue_rules::finding::Finding) -> Self {
        let duxue_rules::finding::Finding { rule, code, expected, seen, .. } = finding;
        Self { rule: rule.as_str().to_owned(), code, expected: expected.into(), seen: seen.into() }
    }
}

impl From<rules::RemoteWeek> for SupervisedWeek {
    fn from(week: rules::RemoteWeek) -> Self {
        let rules::RemoteWeek { week, training_days, needed, by, signed, standing } = week;
        Self {
            monday: week.monday(),
            training_days,
            needed,
            signed: u32::try_from(signed.len()).unwrap_or(u32::MAX),
            by,
            standing: standing.into(),
        }
    }
}
