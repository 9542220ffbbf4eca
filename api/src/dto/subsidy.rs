//! R4.4, R9.4: subsidy standards, claims, spot checks and reckonings.

use std::collections::HashMap;

use duxue_rules::{
    ids::{ClaimId, FileId, SpotCheckId, StandardId, StudentId, SubsidyId},
    verification,
};
use duxue_storage::{
    Named,
    spot_check::{RecordedResult, RecordedSpotCheck},
    subsidy::{Annexes as StoredAnnexes, Claim, RecordedSubsidy, Standard},
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    finding::Reason,
    refs::{ClassRef, StudentRef, UserRef},
    rule_finding::RuleFinding,
};

/// A standard to set.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewStandard {
    /// 专业, as the class has it.
    #[schema(min_length = 1, max_length = 100)]
    pub major: String,
    /// The programme's year, as in the class's name.
    #[schema(minimum = 2000, maximum = 2200)]
    pub year: i16,
    /// For one student, in fen; at most 100 000 yuan.
    #[schema(minimum = 1, maximum = 10_000_000)]
    pub amount_fen: u64,
    /// The document that it rests on.
    #[schema(min_length = 1, max_length = 200)]
    pub document: String,
}

/// What a student of a major is worth in a year.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct SubsidyStandard {
    /// Its identity.
    #[schema(value_type = Uuid)]
    pub id: StandardId,
    /// 专业.
    pub major: String,
    /// The programme's year.
    pub year: i16,
    /// For one student, in fen.
    pub amount_fen: u64,
    /// The document that it rests on.
    pub document: String,
    /// Who set it.
    pub set_by: UserRef,
    /// When.
    pub set_at: Timestamp,
}

/// The papers of a claim, each a file of the institution. One that is missing stands before payment.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Annexes {
    /// 附件6: 考勤情况签名汇总表.
    #[serde(default)]
    #[schema(value_type = Option<Uuid>)]
    pub annex6_file_id: Option<FileId>,
    /// 附件7.
    #[serde(default)]
    #[schema(value_type = Option<Uuid>)]
    pub annex7_file_id: Option<FileId>,
    /// 附件8.
    #[serde(default)]
    #[schema(value_type = Option<Uuid>)]
    pub annex8_file_id: Option<FileId>,
}

/// A claim as it was handed in.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct SubsidyClaim {
    /// Its identity.
    #[schema(value_type = Uuid)]
    pub id: ClaimId,
    /// Its papers.
    pub annexes: Annexes,
    /// Who claimed.
    pub claimed_by: UserRef,
    /// When.
    pub claimed_at: Timestamp,
}

/// A spot check to draw.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewSpotCheck {
    /// Why it is drawn again; none for the first of a class.
    #[serde(default)]
    pub reason: String,
}

/// What the centre's own query said of a drawn student.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewSpotCheckResult {
    /// Of whom.
    #[schema(value_type = Uuid)]
    pub student_id: StudentId,
    /// Whether it says what the institution's says.
    pub agrees: bool,
    /// What else there is to say; needed where it says something else.
    #[serde(default)]
    pub note: String,
}

/// R4.4: the spot checks of a class and what came out.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct SpotChecks {
    /// All draws, the first one first. The last one counts.
    pub draws: Vec<SpotCheckDraw>,
    /// What came out.
    pub results: Vec<SpotCheckResult>,
    /// What is open or wrong.
    pub findings: Vec<RuleFinding>,
}

/// A draw of a class's students.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct SpotCheckDraw {
    /// Its identity.
    #[schema(value_type = Uuid)]
    pub id: SpotCheckId,
    /// The how manieth of the class.
    pub number: u32,
    /// 32 bytes of the system's randomness, in hexadecimal: anyone can draw again.
    pub seed: String,
    /// Among whom, in the order of their identities, each with the same chance.
    #[schema(value_type = Vec<Uuid>)]
    pub candidates: Vec<StudentId>,
    /// Who was drawn, in the order of the lots.
    pub drawn: Vec<StudentRef>,
    /// Why it was drawn again.
    pub reason: Option<String>,
    /// The version of the policy that said how many.
    pub policy_version: i64,
    /// Who drew.
    pub drawn_by: UserRef,
    /// When.
    pub drawn_at: Timestamp,
}

/// What came out for one student.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct SpotCheckResult {
    /// Whose.
    pub student: StudentRef,
    /// Whether the centre's query says what the institution's says.
    pub agrees: bool,
    /// What else there is to say.
    pub note: String,
    /// Who recorded it.
    pub recorded_by: UserRef,
    /// When.
    pub recorded_at: Timestamp,
}

/// A reckoning of a class's subsidy.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Subsidy {
    /// Its identity.
    #[schema(value_type = Uuid)]
    pub id: SubsidyId,
    /// Of which class.
    pub class: ClassRef,
    /// The standard that it used.
    #[schema(value_type = Uuid)]
    pub standard_id: StandardId,
    /// For one student, in fen.
    pub standard_fen: u64,
    /// The claim that it answers.
    #[schema(value_type = Uuid)]
    pub claim_id: ClaimId,
    /// A line a student.
    pub lines: Vec<SubsidyLine>,
    /// Their sum, in fen.
    pub total_fen: u64,
    /// What stood before payment when it was reckoned.
    pub blocked: Vec<RuleFinding>,
    /// Whether it can go to public notice.
    pub payable: bool,
    /// The version of the policy.
    pub policy_version: i64,
    /// Who reckoned.
    pub reckoned_by: UserRef,
    /// When.
    pub reckoned_at: Timestamp,
}

/// One student's line.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct SubsidyLine {
    /// Who.
    pub student: StudentRef,
    /// In fen: the standard, or nothing.
    pub amount_fen: u64,
    /// Why nothing is paid, or what was let pass.
    pub reasons: Vec<Reason>,
}

impl From<Annexes> for StoredAnnexes {
    fn from(annexes: Annexes) -> Self {
        let Annexes { annex6_file_id: six, annex7_file_id: seven, annex8_file_id: eight } = annexes;
        Self { six, seven, eight }
    }
}

impl From<Standard> for SubsidyStandard {
    fn from(row: Standard) -> Self {
        let Standard { id, major, year, amount, document, set_by, set_at } = row;
        Self { id, major, year, amount_fen: amount.fen(), document, set_by: set_by.into(), set_at }
    }
}

impl From<Claim> for SubsidyClaim {
    fn from(row: Claim) -> Self {
        let StoredAnnexes { six, seven, eight } = row.annexes;
        Self {
            id: row.id,
            annexes: Annexes { annex6_file_id: six, annex7_file_id: seven, annex8_file_id: eight },
            claimed_by: row.claimed_by.into(),
            claimed_at: row.claimed_at,
        }
    }
}

impl SpotChecks {
    pub(crate) fn of(
        draws: Vec<RecordedSpotCheck>,
        results: Vec<RecordedResult>,
        names: &HashMap<StudentId, String>,
    ) -> Self {
        let checks: Vec<_> = draws.iter().map(|draw| draw.check.clone()).collect();
        let facts: Vec<_> = results.iter().map(RecordedResult::facts).collect();
        Self {
            findings: verification::findings(&checks, &facts).into_iter().map(Into::into).collect(),
            draws: draws.into_iter().map(|row| SpotCheckDraw::of(row, names)).collect(),
            results: results.into_iter().map(Into::into).collect(),
        }
    }
}

impl SpotCheckDraw {
    fn of(row: RecordedSpotCheck, names: &HashMap<StudentId, String>) -> Self {
        let verification::SpotCheck { draw, again_because } = row.check;
        Self {
            id: row.id,
            number: row.number,
            seed: hex::encode(draw.seed.0),
            candidates: draw.candidates.iter().map(|candidate| StudentId(candidate.id)).collect(),
            drawn: draw.drawn.iter().map(|&id| named(StudentId(id), names)).collect(),
            reason: again_because,
            policy_version: row.policy_version,
            drawn_by: row.drawn_by.into(),
            drawn_at: row.drawn_at,
        }
    }
}

impl From<RecordedResult> for SpotCheckResult {
    fn from(row: RecordedResult) -> Self {
        let RecordedResult { student, agrees, note, recorded_by, recorded_at } = row;
        Self { student: student.into(), agrees, note, recorded_by: recorded_by.into(), recorded_at }
    }
}

impl Subsidy {
    pub(crate) fn of(row: RecordedSubsidy, names: &HashMap<StudentId, String>) -> Self {
        let (claim, subsidy) = (row.reckoning.claim, row.reckoning.subsidy);
        let payable = subsidy.is_payable();
        let lines = subsidy.lines.into_iter().map(|line| SubsidyLine {
            student: named(line.student, names),
            amount_fen: line.amount.fen(),
            reasons: line.reasons.into_iter().map(Into::into).collect(),
        });
        Self {
            id: row.id,
            class: row.class.into(),
            standard_id: row.standard,
            standard_fen: claim.standard.fen(),
            claim_id: row.claim,
            lines: lines.collect(),
            total_fen: subsidy.total.fen(),
            blocked: subsidy.blocked.into_iter().map(Into::into).collect(),
            payable,
            policy_version: row.policy_version,
            reckoned_by: row.reckoned_by.into(),
            reckoned_at: row.reckoned_at,
        }
    }
}

/// A student by name, where the roster still has one.
fn named(id: StudentId, names: &HashMap<StudentId, String>) -> StudentRef {
    Named { id, name: names.get(&id).cloned().unwrap_or_default() }.into()
}
