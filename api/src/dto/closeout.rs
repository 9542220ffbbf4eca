//! R8.1, R8.2: close-out 结课验收, assessments and certificates.

use duxue_rules::{
    closeout as rules,
    ids::{AssessmentId, CloseOutId, FileId, StudentId},
};
use duxue_storage::closeout::{CloseOut as Row, RecordedAssessment};
use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::refs::{ClassRef, StudentRef, UserRef};

/// An application for close-out.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewCloseOut {
    /// 学员出勤情况台账: a file of the institution.
    #[schema(value_type = Uuid)]
    pub ledger_file_id: FileId,
    /// 合格人员名单: a file of the institution.
    #[schema(value_type = Uuid)]
    pub pass_list_file_id: FileId,
    /// The students on that list, each once.
    #[schema(value_type = Vec<Uuid>)]
    pub pass_list: Vec<StudentId>,
}

/// The centre's decision on an application.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "snake_case", tag = "outcome", deny_unknown_fields)]
pub enum CloseOutDecision {
    /// Students of the pass list are accepted, once the course is over.
    Accepted {
        /// Who.
        #[schema(value_type = Vec<Uuid>)]
        students: Vec<StudentId>,
        /// Why; needed where somebody of the list is left out.
        #[serde(default)]
        reason: String,
    },
    /// It is turned down; another may come.
    TurnedDown {
        /// Why.
        reason: String,
    },
}

/// Where an application stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum CloseOutState {
    /// It lies with the centre.
    Applied,
    /// Students were accepted.
    Accepted,
    /// It was turned down.
    TurnedDown,
}

/// An application for close-out, as it stands.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct CloseOut {
    /// Its identity.
    #[schema(value_type = Uuid)]
    pub id: CloseOutId,
    /// Of which class.
    pub class: ClassRef,
    /// Where it stands.
    pub state: CloseOutState,
    /// The day of the application.
    #[schema(value_type = String, format = Date)]
    pub applied_on: Date,
    /// The last day on which it would have been in time.
    #[schema(value_type = String, format = Date)]
    pub due_on: Date,
    /// Whether that day may still change with the year's holidays.
    pub due_provisional: bool,
    /// Whether it came later; a late one is taken all the same.
    pub late: bool,
    /// 学员出勤情况台账.
    #[schema(value_type = Uuid)]
    pub ledger_file_id: FileId,
    /// 合格人员名单.
    #[schema(value_type = Uuid)]
    pub pass_list_file_id: FileId,
    /// Who is on the pass list.
    #[schema(value_type = Vec<Uuid>)]
    pub pass_list: Vec<StudentId>,
    /// Who was accepted; empty before.
    #[schema(value_type = Vec<Uuid>)]
    pub accepted: Vec<StudentId>,
    /// Who applied.
    pub applied_by: UserRef,
    /// When.
    pub applied_at: Timestamp,
    /// Who decided.
    pub decided_by: Option<UserRef>,
    /// When.
    pub decided_at: Option<Timestamp>,
    /// Why.
    pub reason: Option<String>,
}

/// Assessments to record.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewAssessments {
    /// A line an assessed student, at most 500.
    pub assessments: Vec<NewAssessment>,
}

/// How one student did.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewAssessment {
    /// Who was assessed.
    #[schema(value_type = Uuid)]
    pub student_id: StudentId,
    /// The civil day of the assessment.
    #[schema(value_type = String, format = Date)]
    pub on: Date,
    /// The certificate of who passed; null: they did not.
    #[serde(default)]
    pub certificate: Option<Certificate>,
}

/// A certificate.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Certificate {
    /// Which.
    pub kind: CertificateKind,
    /// Its number, 1 to 100 characters.
    #[schema(min_length = 1, max_length = 100)]
    pub number: String,
    /// The civil day on which it was issued.
    #[schema(value_type = String, format = Date)]
    pub issued_on: Date,
}

/// What is certified.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum CertificateKind {
    /// 职业技能.
    VocationalSkill,
    /// 专项职业能力.
    SpecialAbility,
}

/// An assessment as it was recorded.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Assessment {
    /// Its identity.
    #[schema(value_type = Uuid)]
    pub id: AssessmentId,
    /// Who was assessed.
    pub student: StudentRef,
    /// The civil day of the assessment.
    #[schema(value_type = String, format = Date)]
    pub on: Date,
    /// The certificate of who passed; null: they did not.
    pub certificate: Option<Certificate>,
    /// Who recorded it.
    pub recorded_by: UserRef,
    /// When.
    pub recorded_at: Timestamp,
}

impl NewAssessment {
    pub(crate) fn facts(self) -> rules::Assessment {
        let Self { student_id: student, on, certificate } = self;
        let certificate = certificate.map(|Certificate { kind, number, issued_on }| rules::Certificate {
            student,
            kind: match kind {
                CertificateKind::VocationalSkill => rules::CertificateKind::VocationalSkill,
                CertificateKind::SpecialAbility => rules::CertificateKind::SpecialAbility,
            },
            number: number.trim().to_owned(),
            issued_on,
        });
        rules::Assessment { student, on, certificate }
    }
}

impl From<rules::Certificate> for Certificate {
    fn from(certificate: rules::Certificate) -> Self {
        let rules::Certificate { kind, number, issued_on, .. } = certificate;
        let kind = match kind {
            rules::CertificateKind::VocationalSkill => CertificateKind::VocationalSkill,
            rules::CertificateKind::SpecialAbility => CertificateKind::SpecialAbility,
        };
        Self { kind, number, issued_on }
    }
}

impl From<RecordedAssessment> for Assessment {
    fn from(row: RecordedAssessment) -> Self {
        Self {
            id: row.id,
            student: row.student.into(),
            on: row.assessment.on,
            certificate: row.assessment.certificate.map(Into::into),
            recorded_by: row.recorded_by.into(),
            recorded_at: row.recorded_at,
        }
    }
}

impl From<Row> for CloseOut {
    fn from(row: Row) -> Self {
        let applied = row.application.applied();
        let (state, accepted) = match &row.application {
            rules::Application::Applied(_) => (CloseOutState::Applied, Vec::new()),
            rules::Application::Accepted(accepted) => {
                (CloseOutState::Accepted, accepted.students().iter().copied().collect())
            }
            rules::Application::TurnedDown(_) => (CloseOutState::TurnedDown, Vec::new()),
        };
        let decision = row.application.decision();
        Self {
            id: applied.id(),
            state,
            applied_on: applied.closeout().applied_on,
            due_on: applied.due().value,
            due_provisional: applied.due().provisional,
            late: applied.is_late(),
            pass_list: applied.closeout().pass_list.clone(),
            accepted,
            applied_at: applied.sender().1,
            decided_at: decision.map(|decision| decision.at),
            reason: decision.and_then(|decision| decision.why.clone()).map(String::from),
            class: row.class.into(),
            ledger_file_id: row.ledger,
            pass_list_file_id: row.pass_list,
            applied_by: row.applied_by.into(),
            decided_by: row.decided_by.map(Into::into),
        }
    }
}
