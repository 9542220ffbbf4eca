//! R7.5: violations 违规, the ladder of measures, and suspensions.

use std::collections::HashMap;

use duxue_rules::{
    finding::Record,
    ids::{ClassId, FindingId, InstitutionId, SupervisionId, UserId, ViolationId},
    violation as rules,
};
use duxue_storage::violation::{Case, CaseState as Stored, Violation as Row};
use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{
    finding::Reason,
    refs::{ClassRef, InstitutionRef, Text, UserRef},
    rule_finding::RuleFinding,
};

/// What shows that an institution broke the rules in a class: one at least.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewViolation {
    /// Findings of the class that a person confirmed.
    #[serde(default)]
    #[schema(value_type = Vec<Uuid>)]
    pub findings: Vec<FindingId>,
    /// Signed inspection sheets of the class on which something was not fine.
    #[serde(default)]
    #[schema(value_type = Vec<Uuid>)]
    pub inspections: Vec<SupervisionId>,
}

/// 情节.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// It counts on the ladder.
    Ordinary,
    /// 情节严重: it goes to the judiciary besides.
    Serious,
}

/// What a person decides about a charge, and why.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "snake_case", tag = "outcome", deny_unknown_fields)]
pub enum NewVerdict {
    /// It is a violation.
    Confirmed {
        /// How serious.
        severity: Severity,
        /// Why.
        reason: String,
    },
    /// It is none.
    Dismissed {
        /// Why.
        reason: String,
    },
}

/// Why a confirmation is taken back.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewWithdrawal {
    /// Why.
    pub reason: String,
}

/// A measure that was carried out.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewMeasure {
    /// Which. A suspension has routes of its own.
    pub kind: CarriedKind,
    /// The civil day.
    #[schema(value_type = String, format = Date)]
    pub on: Date,
    /// The paper it is on, or what came of it.
    pub note: String,
}

/// A measure that the centre carries out by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum CarriedKind {
    /// 警告.
    Warning,
    /// 约谈相关负责人.
    Interview,
    /// 报司法机关.
    Judiciary,
}

/// The report of a suspension to the bureau.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewSuspension {
    /// The civil day of the report.
    #[schema(value_type = String, format = Date)]
    pub on: Date,
    /// Its number or file.
    pub document: String,
}

/// The bureau's order.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewOrder {
    /// Its number.
    pub number: String,
    /// The civil day of the order.
    #[schema(value_type = String, format = Date)]
    pub on: Date,
    /// The first day without teaching.
    #[schema(value_type = String, format = Date)]
    pub from: Date,
}

/// The lifting of a suspension.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewLifting {
    /// The first civil day with teaching again.
    #[schema(value_type = String, format = Date)]
    pub on: Date,
    /// Why.
    pub reason: String,
}

/// Which violations.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ViolationQuery {
    /// Only of this institution.
    #[param(value_type = Option<Uuid>)]
    pub institution_id: Option<InstitutionId>,
    /// Only in this class.
    #[param(value_type = Option<Uuid>)]
    pub class_id: Option<ClassId>,
    /// Only those that stand there.
    #[param(inline)]
    pub state: Option<ViolationState>,
    /// The `next` of the page before; the newest page without it.
    pub before: Option<String>,
}

/// Where a violation stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ViolationState {
    /// Nobody has decided yet.
    Open,
    /// It is a violation.
    Confirmed,
    /// It is none.
    Dismissed,
    /// It was held to be one, and no longer is.
    Withdrawn,
}

/// What shows a violation.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum Ground {
    /// A confirmed finding.
    Finding {
        /// Its identity.
        #[schema(value_type = Uuid)]
        id: FindingId,
    },
    /// A signed inspection sheet.
    Inspection {
        /// Its identity.
        #[schema(value_type = Uuid)]
        id: SupervisionId,
    },
}

/// Who said it, when and why.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Word {
    /// Who.
    pub by: UserRef,
    /// When.
    pub at: Timestamp,
    /// Why.
    pub reason: String,
}

/// A violation 违规.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Violation {
    /// Its identity.
    #[schema(value_type = Uuid)]
    pub id: ViolationId,
    /// Whose.
    pub institution: InstitutionRef,
    /// In which class.
    pub class: Option<ClassRef>,
    /// Where it stands.
    pub state: ViolationState,
    /// What shows it; empty for an institution's people.
    pub grounds: Vec<Ground>,
    /// How serious, once confirmed.
    pub severity: Option<Severity>,
    /// Who charged it.
    pub opened_by: UserRef,
    /// When.
    pub opened_at: Timestamp,
    /// Who confirmed or dismissed it.
    pub decision: Option<Word>,
    /// Who withdrew the confirmation.
    pub withdrawal: Option<Word>,
}

impl Violation {
    /// Everybody whose word is in it.
    pub(crate) fn speakers(row: &Row) -> Vec<UserId> {
        let Case::Decided(verdict) = &row.case else { return Vec::new() };
        match verdict {
            rules::Verdict::Confirmed(confirmed) => vec![confirmed.word().by],
            rules::Verdict::Dismissed(dismissed) => vec![dismissed.word().by],
            rules::Verdict::Withdrawn(withdrawn) => vec![withdrawn.confirmed().word().by, withdrawn.word().by],
        }
    }

    pub(crate) fn of(row: Row, names: &HashMap<UserId, String>, whole: bool) -> Self {
        let said = |word: &rules::Word| {
            let display_name = names.get(&word.by).cloned().unwrap_or_default();
            Word { by: UserRef { id: word.by, display_name }, at: word.at, reason: word.why.as_str().to_owned() }
        };
        let (severity, decision, withdrawal) = match &row.case {
            Case::Open(_) => (None, None, None),
            Case::Decided(rules::Verdict::Dismissed(dismissed)) => (None, Some(said(dismissed.word())), None),
            Case::Decided(rules::Verdict::Confirmed(done)) => (Some(done.severity()), Some(said(done.word())), None),
            Case::Decided(rules::Verdict::Withdrawn(withdrawn)) => {
                let done = withdrawn.confirmed();
                (Some(done.severity()), Some(said(done.word())), Some(said(withdrawn.word())))
            }
        };
        let grounds = row.case.charge().grounds.iter().filter_map(|ground| match ground {
            Record::Finding(id) => Some(Ground::Finding { id: *id }),
            Record::Supervision(id) => Some(Ground::Inspection { id: *id }),
            _ => None,
        });
        Self {
            id: row.case.charge().violation,
            state: row.case.state().into(),
            grounds: grounds.filter(|_| whole).collect(),
            severity: severity.map(Into::into),
            decision,
            withdrawal,
            institution: row.institution.into(),
            class: row.class.map(Into::into),
            opened_by: row.opened_by.into(),
            opened_at: row.opened_at,
        }
    }
}

/// A measure of the ladder and whether it was carried out.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Measure {
    /// Because of which violation.
    #[schema(value_type = Uuid)]
    pub violation_id: ViolationId,
    /// The how manieth of the institution it is.
    pub number: u32,
    /// Which.
    pub kind: MeasureKind,
    /// Its words.
    pub text: Text,
    /// Since when it is due.
    #[schema(value_type = String, format = Date)]
    pub since: Date,
    /// When it was carried out.
    #[schema(value_type = Option<String>, format = Date)]
    pub carried_out: Option<Date>,
}

/// What a violation brings on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum MeasureKind {
    /// 报司法机关.
    Judiciary,
    /// 警告.
    Warning,
    /// 约谈相关负责人.
    Interview,
    /// 停课整改.
    Suspension,
}

/// A suspension 停课整改.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Suspension {
    /// Because of which violation.
    #[schema(value_type = Uuid)]
    pub violation_id: ViolationId,
    /// The first day without teaching, once the bureau has ordered it.
    #[schema(value_type = Option<String>, format = Date)]
    pub from: Option<Date>,
    /// The first day with teaching again, once it is lifted.
    #[schema(value_type = Option<String>, format = Date)]
    pub lifted_on: Option<Date>,
    /// What happened, in order.
    pub history: Vec<Text>,
}

/// R7.5: how an institution stands today.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Conduct {
    /// Which institution.
    pub institution: InstitutionRef,
    /// Whether it may teach today.
    pub may_teach: bool,
    /// What stops it, or what a person should know.
    pub reasons: Vec<Reason>,
    /// All that was ever charged, the oldest first.
    pub violations: Vec<Violation>,
    /// What those that stand bring on.
    pub measures: Vec<Measure>,
    /// Its suspensions.
    pub suspensions: Vec<Suspension>,
    /// Measures that are due and were not carried out.
    pub findings: Vec<RuleFinding>,
    /// When the answer was made.
    pub at: Timestamp,
}

/// R7.5: what was charged in one class, and what it brought on.
#[derive(Clone, Debug, Serialize)]
pub struct ClassViolations {
    /// All that was ever charged in it, the oldest first.
    pub violations: Vec<Violation>,
    /// What those that stand bring on.
    pub measures: Vec<Measure>,
    /// The suspensions that rest on them.
    pub suspensions: Vec<Suspension>,
}

impl From<Stored> for ViolationState {
    fn from(state: Stored) -> Self {
        match state {
            Stored::Open => Self::Open,
            Stored::Confirmed => Self::Confirmed,
            Stored::Dismissed => Self::Dismissed,
            Stored::Withdrawn => Self::Withdrawn,
        }
    }
}

impl From<Severity> for rules::Severity {
    fn from(severity: Severity) -> Self {
        match severity {
            Severity::Ordinary => Self::Ordinary,
            Severity::Serious => Self::Serious,
        }
    }
}

impl From<rules::Severity> for Severity {
    fn from(severity: rules::Severity) -> Self {
        match severity {
            rules::Severity::Ordinary => Self::Ordinary,
            rules::Severity::Serious => Self::Serious,
        }
    }
}

impl From<CarriedKind> for rules::MeasureKind {
    fn from(kind: CarriedKind) -> Self {
        match kind {
            CarriedKind::Warning => Self::Warning,
            CarriedKind::Interview => Self::Interview,
            CarriedKind::Judiciary => Self::Judiciary,
        }
    }
}

impl From<rules::MeasureState> for Measure {
    fn from(state: rules::MeasureState) -> Self {
        let rules::MeasureState { measure, carried_out } = state;
        let kind = match measure.kind {
            rules::MeasureKind::Judiciary => MeasureKind::Judiciary,
            rules::MeasureKind::Warning => MeasureKind::Warning,
            rules::MeasureKind::Interview => MeasureKind::Interview,
            rules::MeasureKind::Suspension => MeasureKind::Suspension,
        };
        Self {
            violation_id: measure.violation,
            number: measure.number,
            kind,
            text: measure.kind.text().into(),
            since: measure.since,
            carried_out,
        }
    }
}

impl From<&rules::Suspension> for Suspension {
    fn from(suspension: &rules::Suspension) -> Self {
        Self {
            violation_id: suspension.reported().violation(),
            from: suspension.order().map(|order| order.from),
            lifted_on: suspension.lifted_on(),
            history: suspension.history().into_iter().map(|reason| reason.text.into()).collect(),
        }
    }
}

impl From<ViolationState> for Stored {
    fn from(state: ViolationState) -> Self {
        match state {
            ViolationState::Open => Self::Open,
            ViolationState::Confirmed => Self::Confirmed,
            ViolationState::Dismissed => Self::Dismissed,
            ViolationState::Withdrawn => Self::Withdrawn,
        }
    }
}
