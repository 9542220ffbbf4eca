//! R10.1, R10.2: public notices 公示, objections and payments.

use duxue_rules::{
    ids::{NoticeId, ObjectionId, SubsidyId},
    notice_period as rules,
};
use duxue_storage::{
    notice::{Notice as Row, Objection as StoredObjection},
    payment::RecordedPayment,
};
use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::refs::{ClassRef, UserRef};

/// A notice as everybody may read it while it hangs.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct PublicNotice {
    /// Its identity.
    #[schema(value_type = Uuid)]
    pub id: NoticeId,
    /// 培训机构名称.
    pub institution: String,
    /// The class's name.
    pub class: String,
    /// 补贴学员名单.
    pub lines: Vec<NoticeLine>,
    /// The sum, in fen.
    pub total_fen: u64,
    /// The day on which it went up.
    #[schema(value_type = String, format = Date)]
    pub published_on: Date,
    /// The last day on which it hangs, and on which an objection is in time.
    #[schema(value_type = String, format = Date)]
    pub until: Date,
}

/// A line of a notice.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct NoticeLine {
    /// The student's name.
    pub name: String,
    /// A number that tells students of one name apart, with a part of it hidden; null where none is kept.
    pub masked_number: Option<String>,
    /// In fen.
    pub amount_fen: u64,
}

/// How a notice stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum NoticeStanding {
    /// It still hangs.
    Running,
    /// The days are over, but objections are open.
    Contested,
    /// An objection was right: it falls, and a corrected one starts anew.
    Fallen,
    /// 公示无异议: it may be paid.
    Passed,
}

/// A notice with what came of it.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Notice {
    /// What hangs or hung.
    #[serde(flatten)]
    pub public: PublicNotice,
    /// Of which class.
    pub of_class: ClassRef,
    /// The reckoning that it shows.
    #[schema(value_type = Uuid)]
    pub subsidy_id: SubsidyId,
    /// How it stands today.
    pub standing: NoticeStanding,
    /// The objections to it.
    pub objections: Vec<Objection>,
    /// The payment after it.
    pub payment: Option<Payment>,
    /// The version of the policy that said how long it hangs.
    pub policy_version: i64,
    /// Who published it.
    pub published_by: UserRef,
    /// When.
    pub published_at: Timestamp,
}

/// An objection to record.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewObjection {
    /// The civil day on which it came.
    #[schema(value_type = String, format = Date)]
    pub on: Date,
    /// Who objects, 1 to 100 characters.
    #[schema(min_length = 1, max_length = 100)]
    pub objector: String,
    /// What they say, 1 to 4000 characters.
    #[schema(min_length = 1, max_length = 4000)]
    pub text: String,
}

/// What becomes of an objection.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ObjectionVerdict {
    /// It is right: the notice falls.
    Upheld,
    /// It is wrong.
    Dismissed,
}

/// The decision on an objection.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ObjectionDecision {
    /// Which way.
    pub outcome: ObjectionVerdict,
    /// Why, 1 to 2000 characters.
    #[schema(min_length = 1, max_length = 2000)]
    pub reason: String,
}

/// An objection to a notice.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Objection {
    /// Its identity.
    #[schema(value_type = Uuid)]
    pub id: ObjectionId,
    /// The civil day on which it came.
    #[schema(value_type = String, format = Date)]
    pub on: Date,
    /// Who objects; null for the institution's people, who do not learn it.
    pub objector: Option<String>,
    /// What they say; null likewise.
    pub text: Option<String>,
    /// What became of it; null while it is looked into.
    pub outcome: Option<ObjectionVerdict>,
    /// Who decided it; null likewise for the institution's people.
    pub decided_by: Option<UserRef>,
    /// When.
    pub decided_at: Option<Timestamp>,
    /// Why; null likewise.
    pub reason: Option<String>,
}

/// Where the money comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Fund {
    /// 就业补助资金.
    EmploymentSubsidy,
    /// 职业技能提升行动专账结余资金.
    SkillsActionSurplus,
}

/// What kind of bank account it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum AccountKind {
    /// 基本账户.
    Basic,
    /// Any other.
    Other,
}

/// A payment to record.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewPayment {
    /// The civil day of the payment.
    #[schema(value_type = String, format = Date)]
    pub on: Date,
    /// In whose name the account is.
    pub account_holder: String,
    /// Its kind.
    pub account_kind: AccountKind,
    /// Where the money comes from.
    pub fund: Fund,
}

/// A payment.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Payment {
    /// In fen.
    pub amount_fen: u64,
    /// The civil day.
    #[schema(value_type = String, format = Date)]
    pub on: Date,
    /// In whose name the account is.
    pub account_holder: String,
    /// Its kind.
    pub account_kind: AccountKind,
    /// Where the money came from.
    pub fund: Fund,
    /// Who recorded it.
    pub recorded_by: UserRef,
    /// When.
    pub recorded_at: Timestamp,
}

impl From<&Row> for PublicNotice {
    fn from(row: &Row) -> Self {
        let lines = row.notice.lines.iter().map(|line| NoticeLine {
            name: line.name.clone(),
            masked_number: line.number.as_ref().map(|number| number.as_str().to_owned()),
            amount_fen: line.amount.fen(),
        });
        Self {
            id: row.id,
            institution: row.notice.institution.clone(),
            class: row.class.name.clone(),
            lines: lines.collect(),
            total_fen: row.notice.lines.iter().map(|line| line.amount.fen()).sum(),
            published_on: row.notice.published_on,
            until: row.last_day,
        }
    }
}

impl From<rules::Standing> for NoticeStanding {
    fn from(standing: rules::Standing) -> Self {
        match standing {
            rules::Standing::Running { .. } => Self::Running,
            rules::Standing::Contested { .. } => Self::Contested,
            rules::Standing::Fallen => Self::Fallen,
            rules::Standing::Passed(_) => Self::Passed,
        }
    }
}

impl From<ObjectionVerdict> for rules::ObjectionOutcome {
    fn from(verdict: ObjectionVerdict) -> Self {
        match verdict {
            ObjectionVerdict::Upheld => Self::Upheld,
            ObjectionVerdict::Dismissed => Self::Dismissed,
        }
    }
}

impl Objection {
    /// `whole`: with who objects and what they say.
    pub(crate) fn of(row: StoredObjection, whole: bool) -> Self {
        let (decided_by, decided_at, reason) = match row.decision {
            Some((by, at, reason)) => (Some(by.into()), Some(at), Some(reason)),
            None => (None, None, None),
        };
        Self {
            id: row.id,
            on: row.on,
            objector: Some(row.objector).filter(|_| whole),
            text: Some(row.text).filter(|_| whole),
            outcome: match row.outcome {
                rules::ObjectionOutcome::Open => None,
                rules::ObjectionOutcome::Upheld => Some(ObjectionVerdict::Upheld),
                rules::ObjectionOutcome::Dismissed => Some(ObjectionVerdict::Dismissed),
            },
            decided_by: decided_by.filter(|_| whole),
            decided_at,
            reason: reason.filter(|_| whole),
        }
    }
}

impl From<Fund> for rules::Fund {
    fn from(fund: Fund) -> Self {
        match fund {
            Fund::EmploymentSubsidy => Self::EmploymentSubsidy,
            Fund::SkillsActionSurplus => Self::SkillsActionSurplus,
        }
    }
}

impl From<AccountKind> for rules::AccountKind {
    fn from(kind: AccountKind) -> Self {
        match kind {
            AccountKind::Basic => Self::Basic,
            AccountKind::Other => Self::Other,
        }
    }
}

impl From<RecordedPayment> for Payment {
    fn from(row: RecordedPayment) -> Self {
        let rules::Payment { amount, fund, account, on } = row.payment;
        Self {
            amount_fen: amount.fen(),
            on,
            account_holder: account.holder,
            account_kind: match account.kind {
                rules::AccountKind::Basic => AccountKind::Basic,
                rules::AccountKind::Other => AccountKind::Other,
            },
            fund: match fund {
                rules::Fund::EmploymentSubsidy => Fund::EmploymentSubsidy,
                rules::Fund::SkillsActionSurplus => Fund::SkillsActionSurplus,
            },
            recorded_by: row.recorded_by.into(),
            recorded_at: row.recorded_at,
        }
    }
}
