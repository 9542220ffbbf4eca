//! R3: what students handed in. ID numbers come in whole and go out masked.

use duxue_rules::{
    enrolment::{self, HandedIn, StatusPaper},
    finding::Finding,
    ids::{FileId, StudentId},
};
use duxue_storage::{consent, departure, enrolment as stored, student::Student};
use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Deserializer, Serialize, de::Error as _};
use utoipa::ToSchema;

use super::{
    refs::{StudentRef, UserRef},
    rule_finding::RuleFinding,
};
use crate::problem::FieldProblem;

/// Who issued a student-status proof; either will do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum StatusProofIssuer {
    /// 教育部学籍在线验证报告.
    MinistryReport,
    /// 所在学校开具.
    School,
}

/// The student-status proof 学籍证明.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct StatusProof {
    /// Who issued it.
    pub issued_by: StatusProofIssuer,
    /// Its scan.
    #[schema(value_type = Uuid)]
    pub file_id: FileId,
}

/// A student's papers to keep; what is left out is not there.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewStudentPapers {
    /// The revision that this replaces; 0 where nothing was handed in yet.
    pub revision: i64,
    /// The ID number, 18 characters (R3.3). Left out: it stays as it is.
    #[serde(default, deserialize_with = "quiet")]
    #[schema(value_type = Option<String>, example = "11010519491231002X")]
    pub id_number: Option<String>,
    /// Somebody saw the original ID card.
    pub id_card_seen: bool,
    /// 身份证复印件.
    #[schema(value_type = Option<Uuid>)]
    pub id_card_copy: Option<FileId>,
    /// 学籍证明.
    pub status_proof: Option<StatusProof>,
    /// 学员登记表 (附件2), signed by the student.
    #[schema(value_type = Option<Uuid>)]
    pub registration_form: Option<FileId>,
    /// 户籍证明, for students of the province who study outside the city (R3.2).
    #[schema(value_type = Option<Uuid>)]
    pub hukou_proof: Option<FileId>,
    /// 未创业说明 (R5.1).
    #[schema(value_type = Option<Uuid>)]
    pub no_business_statement: Option<FileId>,
    /// Province of the household register, two digits by GB/T 2260.
    #[schema(example = "21", pattern = "^[0-9]{2}$")]
    pub hukou_province: String,
    /// City of the school, four digits by GB/T 2260.
    #[schema(example = "2104", pattern = "^[0-9]{4}$")]
    pub school_city: String,
}

/// An ID number that came as something else than text is not repeated in the refusal.
fn quiet<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    match Option::<serde_json::Value>::deserialize(deserializer)? {
        None => Ok(None),
        Some(serde_json::Value::String(text)) => Ok(Some(text)),
        Some(_) => Err(D::Error::custom("invalid type: an ID number is written as text")),
    }
}

impl NewStudentPapers {
    /// As the rules take it; what is not of the right form is named.
    pub(crate) fn handed_in(&self) -> Result<HandedIn, Vec<FieldProblem>> {
        let digits = |text: &str, many: usize| text.len() == many && text.bytes().all(|byte| byte.is_ascii_digit());
        let mut wrong = Vec::new();
        if !digits(&self.hukou_province, 2) {
            wrong.push(FieldProblem::shape("hukou_province", "省级代码为两位数字。", "a province has two digits"));
        }
        if !digits(&self.school_city, 4) {
            wrong.push(FieldProblem::shape("school_city", "地市代码为四位数字。", "a city has four digits"));
        }
        if !wrong.is_empty() {
            return Err(wrong);
        }
        Ok(HandedIn {
            id_card_seen: self.id_card_seen,
            id_card_copy: self.id_card_copy,
            status_proof: self.status_proof.map(|proof| StatusPaper {
                issued_by: match proof.issued_by {
                    StatusProofIssuer::MinistryReport => enrolment::StatusProof::MinistryReport,
                    StatusProofIssuer::School => enrolment::StatusProof::School,
                },
                file: proof.file_id,
            }),
            registration_form: self.registration_form,
            hukou_proof: self.hukou_proof,
            no_business_statement: self.no_business_statement,
            hukou_province: self.hukou_province.clone(),
            school_city: self.school_city.clone(),
        })
    }
}

/// A student's papers.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct StudentPapers {
    /// Whose.
    pub student: StudentRef,
    /// The first day on which they were no longer in the class; null while they are.
    #[schema(value_type = Option<String>, format = Date)]
    pub left_on: Option<Date>,
    /// Grows by one with every change; 0 before anything was handed in.
    pub revision: i64,
    /// The ID number with ten characters hidden.
    #[schema(example = "1101**********002X")]
    pub id_number_masked: Option<String>,
    /// Somebody saw the original ID card.
    pub id_card_seen: bool,
    /// 身份证复印件.
    #[schema(value_type = Option<Uuid>)]
    pub id_card_copy: Option<FileId>,
    /// 学籍证明.
    pub status_proof: Option<StatusProof>,
    /// 学员登记表 (附件2).
    #[schema(value_type = Option<Uuid>)]
    pub registration_form: Option<FileId>,
    /// 户籍证明.
    #[schema(value_type = Option<Uuid>)]
    pub hukou_proof: Option<FileId>,
    /// 未创业说明.
    #[schema(value_type = Option<Uuid>)]
    pub no_business_statement: Option<FileId>,
    /// Province of the household register.
    pub hukou_province: String,
    /// City of the school.
    pub school_city: String,
    /// What R3 still misses.
    pub missing: Vec<RuleFinding>,
}

impl StudentPapers {
    pub(crate) fn of(student: Student, papers: Option<stored::StudentPapers>, missing: Vec<Finding>) -> Self {
        let (revision, number, papers) =
            papers.map_or((0, None, HandedIn::default()), |row| (row.revision, row.number, row.papers));
        Self {
            student: StudentRef { student_id: student.id, name: student.name },
            left_on: student.left_on,
            revision,
            id_number_masked: number.map(|number| number.masked()),
            id_card_seen: papers.id_card_seen,
            id_card_copy: papers.id_card_copy,
            status_proof: papers.status_proof.map(|proof| StatusProof {
                issued_by: match proof.issued_by {
                    enrolment::StatusProof::MinistryReport => StatusProofIssuer::MinistryReport,
                    enrolment::StatusProof::School => StatusProofIssuer::School,
                },
                file_id: proof.file,
            }),
            registration_form: papers.registration_form,
            hukou_proof: papers.hukou_proof,
            no_business_statement: papers.no_business_statement,
            hukou_province: papers.hukou_province,
            school_city: papers.school_city,
            missing: missing.into_iter().map(Into::into).collect(),
        }
    }
}

/// Why an ID number is to be shown in full.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RevealRequest {
    /// 1 to 500 characters; it stays in the audit log beside the reader's name.
    #[schema(min_length = 1, max_length = 500, example = "核对养老保险缴费记录")]
    pub reason: String,
}

/// An ID number in full. That it was shown is in the audit log.
#[derive(Clone, Serialize, ToSchema)]
pub struct RevealedNumber {
    /// The number.
    pub id_number: String,
}

/// A student leaves the class 中途退出.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewDeparture {
    /// The first day on which they are no longer in the class; not after today.
    #[schema(value_type = String, format = Date)]
    pub on: Date,
    /// Why, 1 to 2000 characters.
    #[schema(min_length = 1, max_length = 2000)]
    pub reason: String,
}

/// A student left the class.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Departure {
    /// Who.
    #[schema(value_type = Uuid)]
    pub student_id: StudentId,
    /// The first day on which they were no longer in the class.
    #[schema(value_type = String, format = Date)]
    pub on: Date,
    /// Why.
    pub reason: String,
    /// Who recorded it.
    pub recorded_by: UserRef,
    /// When.
    pub recorded_at: Timestamp,
}

impl From<departure::Departure> for Departure {
    fn from(row: departure::Departure) -> Self {
        Self {
            student_id: row.student,
            on: row.left_on,
            reason: row.reason,
            recorded_by: row.recorded_by.into(),
            recorded_at: row.recorded_at,
        }
    }
}

/// Consent to face recognition to record.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewConsent {
    /// Whether it is given; otherwise it is taken back, and the student's face templates are deleted at once.
    pub given: bool,
    /// The day on the signed paper; today without it.
    #[schema(value_type = Option<String>, format = Date)]
    pub dated: Option<Date>,
    /// The signed paper.
    #[schema(value_type = Option<Uuid>)]
    pub file_id: Option<FileId>,
}

/// A line of a student's consent ledger.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Consent {
    /// Its place, counting up from 1.
    pub seq: i64,
    /// Whether it was given; otherwise taken back.
    pub given: bool,
    /// The day on the signed paper; null: the day of the record.
    #[schema(value_type = Option<String>, format = Date)]
    pub dated: Option<Date>,
    /// The signed paper.
    #[schema(value_type = Option<Uuid>)]
    pub file_id: Option<FileId>,
    /// When it was recorded.
    pub recorded_at: Timestamp,
    /// By whom; null: together with the student.
    pub recorded_by: Option<UserRef>,
}

impl From<consent::Consent> for Consent {
    fn from(row: consent::Consent) -> Self {
        Self {
            seq: row.seq,
            given: row.given,
            dated: row.dated,
            file_id: row.file,
            recorded_at: row.recorded_at,
            recorded_by: row.recorded_by.map(Into::into),
        }
    }
}
